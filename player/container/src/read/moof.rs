//! `moof` (ISO 14496-12 8.8.4): the headers of one fragment.

use super::init::Defaults;
use super::walk::Box;
use super::{Fragment, Init, Track, TrackFragment, trun};
use crate::limits::MAX_TRACKS;
use crate::{Error, FourCc};

// Flags of `tfhd`.
const BASE_DATA_OFFSET: u32 = 1;
const SAMPLE_DESCRIPTION: u32 = 2;
const DEFAULT_DURATION: u32 = 8;
const DEFAULT_SIZE: u32 = 0x10;
const DEFAULT_FLAGS: u32 = 0x20;

/// Reads a fragment's headers; its range ends with the `mdat`, which the caller adds.
pub(super) fn read(moof: &Box<'_>, init: &Init) -> Fragment {
    let mfhd = moof.child(b"mfhd");
    let mut bytes = mfhd.bytes();
    bytes.version_flags();
    let sequence = bytes.u32();
    mfhd.check(&bytes);
    let mut tracks = Vec::new();
    let mut children = moof.children();
    while let Some(child) = children.next() {
        if child.kind != FourCc(*b"traf") {
            continue;
        }
        if tracks.len() >= MAX_TRACKS {
            moof.faults.note(Error::TooMany { what: "track fragments", limit: MAX_TRACKS as u64 });
        }
        tracks.extend(read_traf(&child, init));
    }
    Fragment { sequence, range: moof.start..moof.end, tracks }
}

/// Reads a track fragment; none when its track is not of the initialization segment, or has no samples here.
fn read_traf(traf: &Box<'_>, init: &Init) -> Option<TrackFragment> {
    let (track, defaults) = read_tfhd(&traf.child(b"tfhd"), init)?;
    let tfdt = traf.child(b"tfdt");
    let mut bytes = tfdt.bytes();
    let (version, _) = bytes.version_flags();
    let base_decode_time = bytes.versioned(version);
    tfdt.check(&bytes);
    let mut run = trun::Summary::begin(base_decode_time);
    let mut children = traf.children();
    while let Some(child) = children.next() {
        if child.kind == FourCc(*b"trun") {
            run.add(&child, defaults);
        }
    }
    run.finish(track.id, track.timescale, base_decode_time)
}

/// The track that is meant, and what its samples default to here.
fn read_tfhd<'a>(tfhd: &Box<'_>, init: &'a Init) -> Option<(&'a Track, Defaults)> {
    let mut bytes = tfhd.bytes();
    let (_, flags) = bytes.version_flags();
    let track = init.track(bytes.u32());
    if flags & BASE_DATA_OFFSET != 0 {
        bytes.u64();
    }
    if flags & SAMPLE_DESCRIPTION != 0 {
        bytes.u32();
    }
    let duration = if flags & DEFAULT_DURATION != 0 { Some(bytes.u32()) } else { None };
    if flags & DEFAULT_SIZE != 0 {
        bytes.u32();
    }
    let sample_flags = if flags & DEFAULT_FLAGS != 0 { Some(bytes.u32()) } else { None };
    tfhd.check(&bytes);
    let track = track?;
    let Defaults { duration: usual, flags } = track.defaults;
    Some((track, Defaults { duration: duration.unwrap_or(usual), flags: sample_flags.unwrap_or(flags) }))
}
