//! `stsd` (ISO 14496-12 8.5.2): what the samples of a track are.

use super::walk::{Box, Walker};
use super::{TrackKind, codec, esds};
use crate::{Error, FourCc};

/// What the first sample entry says.
pub(super) struct Entry {
    pub(super) kind: TrackKind,
    pub(super) codec: String,
    pub(super) protected: bool,
}

/// Reads the first entry. Others are for streams that change within one initialization segment, which players do not take.
pub(super) fn read(found: &Box<'_>, handler: FourCc) -> Result<Entry, Error> {
    let mut bytes = found.bytes();
    bytes.skip(8);
    let mut entries = Walker::inside(found.kind, bytes.rest());
    let entry = entries.next()?.ok_or_else(|| bytes.malformed("a sample entry", 0))?;
    match &handler.0 {
        b"vide" => video(&entry),
        b"soun" => audio(&entry),
        _ => Ok(Entry { kind: TrackKind::Other(handler), codec: entry.kind.to_string(), protected: false }),
    }
}

fn video(entry: &Box<'_>) -> Result<Entry, Error> {
    let mut bytes = entry.bytes();
    bytes.skip(24);
    let (width, height) = (u32::from(bytes.u16()), u32::from(bytes.u16()));
    bytes.skip(50);
    bytes.check()?;
    let children = Walker::inside(entry.kind, bytes.rest());
    let (name, protected) = original(entry.kind, &children)?;
    let config = |kind: &[u8; 4]| {
        let child = FourCc(*kind);
        children.clone().find(child)?.ok_or(Error::Missing { parent: entry.kind, child })
    };
    let codec = match &name.0 {
        b"avc1" | b"avc3" => codec::avc(name, &config(b"avcC")?)?,
        b"hvc1" | b"hev1" => codec::hevc(name, &config(b"hvcC")?)?,
        b"av01" => codec::av1(&config(b"av1C")?)?,
        b"vp09" => codec::vp9(&config(b"vpcC")?)?,
        _ => name.to_string(),
    };
    Ok(Entry { kind: TrackKind::Video { width, height }, codec, protected })
}

fn audio(entry: &Box<'_>) -> Result<Entry, Error> {
    let mut bytes = entry.bytes();
    bytes.skip(8);
    let version = bytes.u16();
    bytes.skip(6);
    let mut channels = bytes.u16();
    bytes.skip(6);
    let mut sample_rate = bytes.u32() >> 16;
    // QuickTime's two longer forms.
    bytes.skip(match version {
        1 => 16,
        2 => 36,
        _ => 0,
    });
    bytes.check()?;
    let children = Walker::inside(entry.kind, bytes.rest());
    let (name, protected) = original(entry.kind, &children)?;
    let codec = match &name.0 {
        b"mp4a" => {
            let child = FourCc(*b"esds");
            let found = children.find(child)?.ok_or(Error::Missing { parent: entry.kind, child })?;
            let sound = esds::read(&found)?;
            if let Some(config) = sound.config {
                sample_rate = config.extension_sample_rate.unwrap_or(config.sample_rate);
                channels = if config.channels == 0 { channels } else { u16::from(config.channels) };
            }
            sound.codec
        }
        b"Opus" => "opus".to_owned(),
        b"fLaC" => "flac".to_owned(),
        _ => name.to_string(),
    };
    Ok(Entry { kind: TrackKind::Audio { channels, sample_rate }, codec, protected })
}

/// The entry's own name, or the one that encryption has put aside (`sinf`, `frma`).
fn original(name: FourCc, children: &Walker<'_>) -> Result<(FourCc, bool), Error> {
    if name != FourCc(*b"encv") && name != FourCc(*b"enca") {
        return Ok((name, false));
    }
    let child = FourCc(*b"sinf");
    let sinf = children.clone().find(child)?.ok_or(Error::Missing { parent: name, child })?;
    let mut frma = sinf.child(b"frma")?.bytes();
    let name = frma.fourcc();
    frma.check().map(|()| (name, true))
}
