//! `trak` and `trex` (ISO 14496-12 8.3.1, 8.8.3): one track, and the defaults of its fragments' samples.

use super::init::Defaults;
use super::walk::Box;
use super::{Track, stsd};
use crate::Error;

/// Reads a track; its defaults come from `trex`.
pub(super) fn read(trak: &Box<'_>) -> Result<Track, Error> {
    let id = track_id(&trak.child(b"tkhd")?)?;
    let mdia = trak.child(b"mdia")?;
    let timescale = timescale(&mdia.child(b"mdhd")?)?;
    let mut handler = mdia.child(b"hdlr")?.bytes();
    handler.skip(8);
    let kind = handler.fourcc();
    handler.check()?;
    let stsd = mdia.child(b"minf")?.child(b"stbl")?.child(b"stsd")?;
    let entry = stsd::read(&stsd, kind)?;
    let defaults = Defaults::default();
    Ok(Track { id, timescale, kind: entry.kind, codec: entry.codec, protected: entry.protected, defaults })
}

fn track_id(tkhd: &Box<'_>) -> Result<u32, Error> {
    after_times(tkhd, "a track ID above 0")
}

fn timescale(mdhd: &Box<'_>) -> Result<u32, Error> {
    after_times(mdhd, "a timescale above 0")
}

/// The number that follows the times of creation and modification; never 0.
fn after_times(found: &Box<'_>, expected: &'static str) -> Result<u32, Error> {
    let mut bytes = found.bytes();
    let (version, _) = bytes.version_flags();
    bytes.versioned(version);
    bytes.versioned(version);
    let number = bytes.u32();
    bytes.check()?;
    if number == 0 { Err(bytes.malformed(expected, 0)) } else { Ok(number) }
}

/// Reads `trex`: the track it is for, and its defaults.
pub(super) fn read_defaults(trex: &Box<'_>) -> Result<(u32, Defaults), Error> {
    let mut bytes = trex.bytes();
    bytes.version_flags();
    let id = bytes.u32();
    bytes.u32();
    let duration = bytes.u32();
    bytes.u32();
    let flags = bytes.u32();
    bytes.check().map(|()| (id, Defaults { duration, flags }))
}
