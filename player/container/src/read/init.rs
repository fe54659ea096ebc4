//! Initialization segments: `ftyp` and `moov`.

use super::faults::Faults;
use super::trak;
use super::walk::{Box, Walker};
use crate::limits::MAX_TRACKS;
use crate::{Error, FourCc};

const MOOV: FourCc = FourCc(*b"moov");

/// An initialization segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Init {
    /// Its tracks, in the order of the file; never empty.
    pub tracks: Vec<Track>,
}

/// One track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Track ID, never 0.
    pub id: u32,
    /// Units a second of decode times and durations; never 0.
    pub timescale: u32,
    /// What it carries.
    pub kind: TrackKind,
    /// Codec as MSE and `CODECS` name it (RFC 6381), such as `avc1.64001f`; the bare sample entry where the rest is not known.
    pub codec: String,
    /// The media is encrypted (Common Encryption); the codec is that of the clear media.
    pub protected: bool,
    /// Defaults for the samples of fragments (`trex`).
    pub(crate) defaults: Defaults,
}

/// What a track carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackKind {
    /// Pictures.
    Video {
        /// Pixels across, as shown.
        width: u32,
        /// Pixels down, as shown.
        height: u32,
    },
    /// Sound.
    Audio {
        /// Channels.
        channels: u16,
        /// Samples a second.
        sample_rate: u32,
    },
    /// Something else, by its handler.
    Other(FourCc),
}

/// Defaults for samples (`trex`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Defaults {
    pub(crate) duration: u32,
    pub(crate) flags: u32,
}

impl Init {
    /// Reads an initialization segment. Bytes after `moov` are left alone.
    ///
    /// # Errors
    /// [`Error::NeedMore`] when `moov` is not whole yet; other errors when it never will be right.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let faults = Faults::default();
        let init = Walker::file(bytes, &faults).find(MOOV).map(|moov| read_moov(&moov));
        faults.check()?;
        let have = bytes.len() as u64;
        init.ok_or(Error::NeedMore { what: MOOV, needed: have + 8, have })
    }

    /// The track with this ID.
    #[must_use]
    pub fn track(&self, id: u32) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    /// The first video track.
    #[must_use]
    pub fn video(&self) -> Option<&Track> {
        self.tracks.iter().find(|track| matches!(track.kind, TrackKind::Video { .. }))
    }

    /// The first audio track.
    #[must_use]
    pub fn audio(&self) -> Option<&Track> {
        self.tracks.iter().find(|track| matches!(track.kind, TrackKind::Audio { .. }))
    }

    /// The type to give to `addSourceBuffer`: `video/mp4; codecs="avc1.64001f,mp4a.40.2"`.
    #[must_use]
    pub fn mime(&self) -> String {
        let kind = if self.video().is_some() { "video" } else { "audio" };
        let played = self.tracks.iter().filter(|track| !matches!(track.kind, TrackKind::Other(_)));
        let mut mime = [kind, "/mp4; codecs=\""].concat();
        for (index, track) in played.enumerate() {
            mime.push_str(if index > 0 { "," } else { "" });
            mime.push_str(&track.codec);
        }
        mime.push('"');
        mime
    }
}

fn read_moov(moov: &Box<'_>) -> Init {
    let mut tracks: Vec<Track> = Vec::new();
    let mut children = moov.children();
    while let Some(child) = children.next() {
        if child.kind == FourCc(*b"trak") {
            if tracks.len() >= MAX_TRACKS {
                moov.faults.note(Error::TooMany { what: "tracks", limit: MAX_TRACKS as u64 });
            }
            tracks.push(trak::read(&child));
        }
    }
    if tracks.is_empty() {
        moov.faults.note(Error::Missing { parent: MOOV, child: FourCc(*b"trak") });
    }
    // Without `mvex` there are no fragments to come, and the file is not for MSE.
    let mut extends = moov.child(b"mvex").children();
    while let Some(child) = extends.next() {
        if child.kind == FourCc(*b"trex") {
            let (id, defaults) = trak::read_defaults(&child);
            tracks.iter_mut().filter(|track| track.id == id).for_each(|track| track.defaults = defaults);
        }
    }
    Init { tracks }
}
