//! FLV audio and video tags as RTMP carries them (FLV 10.1, E.4.2 and E.4.3; enhanced RTMP v2), as far as H.264 and AAC go.
//! Looks into no frame.

use bytes::{Buf, Bytes};

use crate::{IngestError, limits};

const H264: &str = "H.264 (AVC)";
const AAC: &str = "AAC";

/// What a tag holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tag {
    /// The decoder configuration.
    Config(Bytes),
    /// A frame, and its composition offset in milliseconds.
    Frame { composition: i32, data: Bytes },
    /// Nothing to package.
    Nothing,
}

/// Reads the payload of a video message.
pub(crate) fn video(mut data: Bytes) -> Result<Tag, IngestError> {
    let Ok(first) = data.try_get_u8() else { return Ok(Tag::Nothing) };
    if first & 0x80 != 0 {
        return enhanced_video(first & 0x0f, data);
    }
    let codec = first & 0x0f;
    if first >> 4 == 5 {
        return Ok(Tag::Nothing);
    }
    if codec != 7 {
        return Err(unsupported("video", video_name(codec), H264));
    }
    match data.try_get_u8().map_err(|_| cut_short("video tag"))? {
        0 => {
            composition(&mut data)?;
            config("video configuration", data)
        }
        1 => coded(composition(&mut data)?, data),
        _ => Ok(Tag::Nothing),
    }
}

/// Reads the payload of an audio message.
pub(crate) fn audio(mut data: Bytes) -> Result<Tag, IngestError> {
    let Ok(first) = data.try_get_u8() else { return Ok(Tag::Nothing) };
    match first >> 4 {
        9 => enhanced_audio(first & 0x0f, data),
        10 => match data.try_get_u8().map_err(|_| cut_short("audio tag"))? {
            0 => config("audio configuration", data),
            1 => coded(0, data),
            _ => Ok(Tag::Nothing),
        },
        codec => Err(unsupported("audio", audio_name(codec), AAC)),
    }
}

/// Enhanced RTMP names codecs by four characters.
fn enhanced_video(packet: u8, mut data: Bytes) -> Result<Tag, IngestError> {
    let codec = four_cc(&mut data, "video tag")?;
    if &codec != b"avc1" {
        return Err(unsupported("video", codec.escape_ascii().to_string(), H264));
    }
    match packet {
        0 => config("video configuration", data),
        1 => coded(composition(&mut data)?, data),
        3 => coded(0, data),
        2 | 4 => Ok(Tag::Nothing),
        other => Err(unsupported("video", format!("packet type {other} of enhanced RTMP"), H264)),
    }
}

fn enhanced_audio(packet: u8, mut data: Bytes) -> Result<Tag, IngestError> {
    let codec = four_cc(&mut data, "audio tag")?;
    if &codec != b"mp4a" {
        return Err(unsupported("audio", codec.escape_ascii().to_string(), AAC));
    }
    match packet {
        0 => config("audio configuration", data),
        1 => coded(0, data),
        2 | 4 => Ok(Tag::Nothing),
        other => Err(unsupported("audio", format!("packet type {other} of enhanced RTMP"), AAC)),
    }
}

fn config(what: &'static str, data: Bytes) -> Result<Tag, IngestError> {
    if data.is_empty() {
        return Err(cut_short(what));
    }
    if data.len() > limits::MAX_CONFIG {
        return Err(IngestError::TooMuch { what: "bytes of configuration", limit: limits::MAX_CONFIG });
    }
    Ok(Tag::Config(data))
}

fn coded(composition: i32, data: Bytes) -> Result<Tag, IngestError> {
    Ok(if data.is_empty() { Tag::Nothing } else { Tag::Frame { composition, data } })
}

/// Three bytes, signed.
fn composition(data: &mut Bytes) -> Result<i32, IngestError> {
    let high = data.try_get_i8().map_err(|_| cut_short("video tag"))?;
    let low = data.try_get_u16().map_err(|_| cut_short("video tag"))?;
    Ok((i32::from(high) << 16) | i32::from(low))
}

fn four_cc(data: &mut Bytes, what: &'static str) -> Result<[u8; 4], IngestError> {
    data.try_get_u32().map(u32::to_be_bytes).map_err(|_| cut_short(what))
}

const fn cut_short(what: &'static str) -> IngestError {
    IngestError::Malformed { what, expected: "more bytes" }
}

fn unsupported(kind: &'static str, codec: String, wanted: &'static str) -> IngestError {
    IngestError::Codec { kind, codec, wanted }
}

fn video_name(codec: u8) -> String {
    match codec {
        2 => "Sorenson H.263".to_owned(),
        3 | 6 => "Screen Video".to_owned(),
        4 | 5 => "VP6".to_owned(),
        12 => "HEVC".to_owned(),
        13 => "AV1".to_owned(),
        other => format!("number {other}"),
    }
}

fn audio_name(codec: u8) -> String {
    match codec {
        0 | 3 => "PCM".to_owned(),
        1 => "ADPCM".to_owned(),
        2 | 14 => "MP3".to_owned(),
        4..=6 => "Nellymoser".to_owned(),
        7 | 8 => "G.711".to_owned(),
        11 => "Speex".to_owned(),
        13 => "Opus".to_owned(),
        other => format!("number {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(bytes: &'static [u8]) -> Bytes {
        Bytes::from_static(bytes)
    }

    #[test]
    fn a_frame_carries_its_signed_composition_offset() {
        let frame = |composition| Ok(Tag::Frame { composition, data: bytes(b"unit") });
        assert_eq!(video(bytes(b"\x27\x01\0\0\x42unit")), frame(66));
        assert_eq!(video(bytes(b"\x27\x01\xff\xff\xdfunit")), frame(-33));
        assert_eq!(video(bytes(b"\xa1avc1\0\0\x42unit")), frame(66));
        assert_eq!(video(bytes(b"\xa3avc1unit")), frame(0));
    }

    #[test]
    fn other_codecs_are_refused_by_name() {
        let said = |tag: Result<Tag, IngestError>| tag.unwrap_err().to_string();
        let wanted = "is not supported: set the encoder to H.264 (AVC)";
        assert_eq!(said(video(bytes(b"\x90hvc1\0\0\0"))), format!("video codec hvc1 {wanted}"));
        assert_eq!(said(video(bytes(b"\x1c\0\0\0\0"))), format!("video codec HEVC {wanted}"));
        assert_eq!(said(audio(bytes(b"\x2f\0"))), "audio codec MP3 is not supported: set the encoder to AAC");
        assert_eq!(
            said(audio(bytes(b"\x90Opus"))),
            "audio codec Opus is not supported: set the encoder to AAC"
        );
    }

    #[test]
    fn a_tag_that_ends_early_is_refused() {
        assert_eq!(video(bytes(b"\x17\x01\0")), Err(cut_short("video tag")));
        assert_eq!(audio(bytes(b"\xaf")), Err(cut_short("audio tag")));
        assert_eq!(video(bytes(b"")), Ok(Tag::Nothing));
    }
}
