//! `trak` and `trex` (ISO 14496-12 8.3.1, 8.8.3): one track, and the defaults of its fragments' samples.

use super::init::Defaults;
use super::walk::Box;
use super::{Track, stsd};

/// Reads a track; its defaults come from `trex`.
pub(super) fn read(trak: &Box<'_>) -> Track {
    let mdia = trak.child(b"mdia");
    let hdlr = mdia.child(b"hdlr");
    let mut handler = hdlr.bytes();
    handler.skip(8);
    let kind = handler.fourcc();
    hdlr.check(&handler);
    let stsd = mdia.child(b"minf").child(b"stbl").child(b"stsd");
    let entry = stsd::read(&stsd, kind);
    Track {
        id: after_times(&trak.child(b"tkhd"), "a track ID above 0"),
        timescale: after_times(&mdia.child(b"mdhd"), "a timescale above 0"),
        kind: entry.kind,
        codec: entry.codec,
        protected: entry.protected,
        defaults: Defaults::default(),
    }
}

/// The number that follows the times of creation and modification; never 0.
fn after_times(found: &Box<'_>, expected: &'static str) -> u32 {
    let mut bytes = found.bytes();
    let (version, _) = bytes.version_flags();
    bytes.versioned(version);
    bytes.versioned(version);
    let number = bytes.u32();
    found.check(&bytes);
    if number == 0 {
        found.faults.note(bytes.malformed(expected, 0));
    }
    number
}

/// Reads `trex`: the track it is for, and its defaults.
pub(super) fn read_defaults(trex: &Box<'_>) -> (u32, Defaults) {
    let mut bytes = trex.bytes();
    bytes.version_flags();
    let id = bytes.u32();
    bytes.u32();
    let duration = bytes.u32();
    bytes.u32();
    let flags = bytes.u32();
    trex.check(&bytes);
    (id, Defaults { duration, flags })
}
