//! `stsd` (ISO 14496-12 8.5.2): what the samples of a track are.

use super::walk::{Box, Walker};
use super::{TrackKind, codec, esds};
use crate::FourCc;

/// What the first sample entry says.
pub(super) struct Entry {
    pub(super) kind: TrackKind,
    pub(super) codec: String,
    pub(super) protected: bool,
}

/// Reads the first entry. Others are for streams that change within one initialization segment, which players do not take.
pub(super) fn read(found: &Box<'_>, handler: FourCc) -> Entry {
    let mut bytes = found.bytes();
    bytes.skip(8);
    let Some(entry) = Walker::inside(found, bytes.rest()).next() else {
        found.faults.note(bytes.malformed("a sample entry", 0));
        return Entry { kind: TrackKind::Other(handler), codec: String::new(), protected: false };
    };
    match &handler.0 {
        b"vide" => video(&entry),
        b"soun" => audio(&entry),
        _ => Entry { kind: TrackKind::Other(handler), codec: entry.kind.name(), protected: false },
    }
}

fn video(entry: &Box<'_>) -> Entry {
    let mut bytes = entry.bytes();
    bytes.skip(24);
    let (width, height) = (u32::from(bytes.u16()), u32::from(bytes.u16()));
    bytes.skip(50);
    entry.check(&bytes);
    let children = Walker::inside(entry, bytes.rest());
    let (name, protected) = original(entry.kind, &children);
    let codec = match &name.0 {
        b"avc1" | b"avc3" => codec::avc(name, &children.need(b"avcC")),
        b"hvc1" | b"hev1" => codec::hevc(name, &children.need(b"hvcC")),
        b"av01" => codec::av1(&children.need(b"av1C")),
        b"vp09" => codec::vp9(&children.need(b"vpcC")),
        _ => name.name(),
    };
    Entry { kind: TrackKind::Video { width, height }, codec, protected }
}

fn audio(entry: &Box<'_>) -> Entry {
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
    entry.check(&bytes);
    let children = Walker::inside(entry, bytes.rest());
    let (name, protected) = original(entry.kind, &children);
    let codec = match &name.0 {
        b"mp4a" => {
            let sound = esds::read(&children.need(b"esds"));
            if let Some(config) = sound.config {
                sample_rate = config.extension_sample_rate.unwrap_or(config.sample_rate);
                channels = if config.channels == 0 { channels } else { u16::from(config.channels) };
            }
            sound.codec
        }
        b"Opus" => "opus".to_owned(),
        b"fLaC" => "flac".to_owned(),
        _ => name.name(),
    };
    Entry { kind: TrackKind::Audio { channels, sample_rate }, codec, protected }
}

/// The entry's own name, or the one that encryption has put aside (`sinf`, `frma`).
fn original(name: FourCc, children: &Walker<'_>) -> (FourCc, bool) {
    if name != FourCc(*b"encv") && name != FourCc(*b"enca") {
        return (name, false);
    }
    let frma = children.need(b"sinf").child(b"frma");
    let mut bytes = frma.bytes();
    let name = bytes.fourcc();
    frma.check(&bytes);
    (name, true)
}
