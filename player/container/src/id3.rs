//! ID3v2.3 and v2.4 tags, as streams carry them for metadata in time. Reads text and leaves every other frame as bytes;
//! knows neither pictures nor the older v2.2.

use crate::FourCc;
use crate::bytes::Bytes;

/// Frames of one message. A tag of a song that is on air has about ten.
const MAX_FRAMES: usize = 64;
const HEADER: usize = 10;

/// One frame of a tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Four letters, such as `TIT2`.
    pub id: String,
    /// Description of a `TXXX` or `WXXX`, owner of a `PRIV`; else empty.
    pub name: String,
    /// Text of a `T…` or `W…` frame, else empty. Several values are parted by zero characters.
    pub text: String,
    /// Content of every other frame.
    pub data: Vec<u8>,
}

/// The frames of all tags that stand at the front of a message. What cannot be read ends the list.
#[must_use]
pub fn read(mut bytes: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    while let Some((tag, rest)) = split_tag(bytes) {
        read_frames(&tag, &mut frames);
        bytes = rest;
    }
    frames
}

struct Tag {
    version: u8,
    body: Vec<u8>,
}

/// The first tag, and what follows it.
fn split_tag(bytes: &[u8]) -> Option<(Tag, &[u8])> {
    let (header, rest) = bytes.split_at_checked(HEADER)?;
    let &[b'I', b'D', b'3', version @ 3..=4, _, flags, a, b, c, d] = header else { return None };
    let (body, mut rest) = rest.split_at_checked(syncsafe([a, b, c, d]))?;
    if flags & 0x10 != 0 {
        rest = rest.get(HEADER..).unwrap_or_default();
    }
    let mut body = if version == 3 && flags & 0x80 != 0 { synchronized(body) } else { body.to_owned() };
    if flags & 0x40 != 0 {
        let word = body.first_chunk().copied().unwrap_or_default();
        // Version 4 counts the four bytes of the size itself.
        let length =
            if version == 3 { (u32::from_be_bytes(word) as usize).saturating_add(4) } else { syncsafe(word) };
        body.drain(..length.min(body.len()));
    }
    Some((Tag { version, body }, rest))
}

fn read_frames(tag: &Tag, frames: &mut Vec<Frame>) {
    let mut rest = tag.body.as_slice();
    while let Some((header, after)) = rest.split_at_checked(HEADER).filter(|_| frames.len() < MAX_FRAMES) {
        let &[a, b, c, d, e, f, g, h, _, flags] = header else { return };
        let id = [a, b, c, d];
        let size =
            if tag.version == 3 { u32::from_be_bytes([e, f, g, h]) as usize } else { syncsafe([e, f, g, h]) };
        let Some((body, after)) = after.split_at_checked(size) else { return };
        // Zeros after the last frame are padding.
        if !id.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            return;
        }
        rest = after;
        frames.push(frame(id, &unwrapped(tag.version, flags, body)));
    }
}

/// A frame's content without what its flags put around it.
fn unwrapped(version: u8, flags: u8, body: &[u8]) -> Vec<u8> {
    let body = if version == 4 && flags & 0x01 != 0 { body.get(4..).unwrap_or_default() } else { body };
    if version == 4 && flags & 0x02 != 0 { synchronized(body) } else { body.to_owned() }
}

fn frame(id: [u8; 4], body: &[u8]) -> Frame {
    let mut frame = Frame { id: FourCc(id).to_string(), ..Frame::default() };
    let (encoding, rest) = body.split_first().unwrap_or((&0, &[]));
    match &id {
        b"TXXX" => {
            let (name, text) = split_text(*encoding, rest);
            frame.name = text_of(*encoding, name);
            frame.text = text_of(*encoding, text);
        }
        b"WXXX" => {
            let (name, address) = split_text(*encoding, rest);
            frame.name = text_of(*encoding, name);
            frame.text = text_of(0, address);
        }
        b"PRIV" => {
            let (owner, data) = split_text(0, body);
            frame.name = text_of(0, owner);
            frame.data = data.to_owned();
        }
        [b'T', ..] => frame.text = text_of(*encoding, rest),
        [b'W', ..] => frame.text = text_of(0, body),
        _ => frame.data = body.to_owned(),
    }
    frame
}

/// Up to the first zero character, and after it.
fn split_text(encoding: u8, bytes: &[u8]) -> (&[u8], &[u8]) {
    let width = if matches!(encoding, 1 | 2) { 2 } else { 1 };
    let end = bytes.chunks(width).position(|unit| unit.iter().all(|byte| *byte == 0));
    let at = end.map_or(bytes.len(), |units| units * width);
    let (before, after) = bytes.split_at_checked(at).unwrap_or((bytes, &[]));
    (before, after.get(width..).unwrap_or_default())
}

/// Latin 1, UTF-16 with a byte-order mark, UTF-16 big-endian, or UTF-8; zeros at the end are left out.
fn text_of(encoding: u8, bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], little: bool| {
        let unit = |pair: &[u8]| {
            let unit = Bytes::new(FourCc(*b"text"), pair).u16();
            if little { unit.swap_bytes() } else { unit }
        };
        String::from_utf16_lossy(&bytes.chunks_exact(2).map(unit).collect::<Vec<_>>())
    };
    let text = match (encoding, bytes) {
        (1, [0xff, 0xfe, rest @ ..]) => wide(rest, true),
        (1, [0xfe, 0xff, rest @ ..]) | (1 | 2, rest) => wide(rest, false),
        (3, _) => String::from_utf8_lossy(bytes).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    text.trim_end_matches('\0').to_owned()
}

/// Four times seven bits.
fn syncsafe(word: [u8; 4]) -> usize {
    word.iter().fold(0, |number, byte| number << 7 | usize::from(byte & 0x7f))
}

/// Takes out the zeros that were put after `ff` so that no decoder takes the tag for sound.
fn synchronized(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut stuffed = false;
    for byte in bytes {
        if !(stuffed && *byte == 0) {
            kept.push(*byte);
        }
        stuffed = *byte == 0xff;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(version: u8, flags: u8, frames: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (id, content) in frames {
            body.extend_from_slice(*id);
            body.extend_from_slice(&(content.len() as u32).to_be_bytes());
            body.extend_from_slice(&[0, 0]);
            body.extend_from_slice(content);
        }
        let mut tag =
            vec![b'I', b'D', b'3', version, 0, flags, 0, 0, (body.len() >> 7) as u8, body.len() as u8 & 0x7f];
        tag.extend_from_slice(&body);
        tag
    }

    #[test]
    fn text_is_read_in_every_encoding() {
        let frames = read(&tag(
            4,
            0,
            &[
                (b"TIT2", b"\x03Tee \xe8\x8c\xb6\0"),
                (b"TPE1", b"\0caf\xe9"),
                (b"TALB", b"\x01\xff\xfea\0b\0\0\0"),
                (b"TXXX", b"\x02\0k\0\0\x8c\xb6"),
                (b"WXXX", b"\0shop\0https://x"),
                (b"PRIV", b"owner\0\x01\x02"),
                (b"GEOB", b"\x07"),
            ],
        ));
        let told: Vec<_> = frames
            .iter()
            .map(|f| (f.id.as_str(), f.name.as_str(), f.text.as_str(), f.data.as_slice()))
            .collect();
        assert_eq!(
            told,
            [
                ("TIT2", "", "Tee \u{8336}", &[][..]),
                ("TPE1", "", "caf\u{e9}", &[]),
                ("TALB", "", "ab", &[]),
                ("TXXX", "k", "\u{8cb6}", &[]),
                ("WXXX", "shop", "https://x", &[]),
                ("PRIV", "owner", "", &[1, 2]),
                ("GEOB", "", "", &[7]),
            ]
        );
    }

    #[test]
    fn older_tags_several_tags_and_stuffed_zeros_are_read() {
        let mut bytes = tag(3, 0x80, &[(b"PRIV", b"o\0\xff\0")]);
        // The frame's size counts what is there once the stuffed zero is out.
        bytes[17] = 3;
        bytes.extend(tag(4, 0, &[(b"TIT2", b"\x03two")]));
        let frames = read(&bytes);
        assert_eq!(frames[0].data, [0xff]);
        assert_eq!(frames[1].text, "two");
    }

    #[test]
    fn what_cannot_be_read_ends_the_list_and_nothing_grows_beyond_the_limit() {
        assert_eq!(read(b"no tag at all"), []);
        let whole = tag(4, 0, &[(b"TIT2", b"\x03one"), (b"TIT3", b"\x03two")]);
        for length in 0..whole.len() {
            assert!(read(whole.get(..length).unwrap()).is_empty());
        }
        let mut lying = whole;
        lying[31] = 0x7f;
        assert_eq!(read(&lying).len(), 1);
        assert_eq!(read(&tag(4, 0, &vec![(b"TIT2", &b"\x03x"[..]); 200])).len(), MAX_FRAMES);
    }
}
