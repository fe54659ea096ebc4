//! What the packager takes.

use bytes::Bytes;

/// Which track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// H.264.
    Video,
    /// AAC.
    Audio,
}

impl Track {
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Video => Self::Audio,
            Self::Audio => Self::Video,
        }
    }

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Video => 0,
            Self::Audio => 1,
        }
    }
}

/// One access unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its track.
    pub track: Track,
    /// Decode time on the publisher's clock, in milliseconds; starts anywhere, jumps and wraps.
    pub timestamp: u32,
    /// Presentation time minus decode time, in milliseconds.
    pub composition: i32,
    /// Length-prefixed units of H.264, or one raw AAC frame.
    pub data: Bytes,
}

/// What the encoder said will come; believed only for so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// Whether there will be pictures.
    pub video: Option<bool>,
    /// Whether there will be sound.
    pub audio: Option<bool>,
    /// Frames in a thousand seconds.
    pub millihertz: Option<u32>,
}

impl Hints {
    /// Whether to wait for a track's configuration.
    pub(crate) fn expects(&self, track: Track) -> bool {
        match track {
            Track::Video => self.video,
            Track::Audio => self.audio,
        }
        .unwrap_or(true)
    }
}
