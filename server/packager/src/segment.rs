//! Segments, their parts, and what they begin with. All immutable, all shared.

use std::sync::Arc;

use bytes::Bytes;
use container::avc::Dimensions;

use crate::{MediaTime, WallTime};

/// An initialization segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Init {
    /// Number in its address.
    pub number: u64,
    /// The bytes.
    pub data: Bytes,
    /// Value of `CODECS`.
    pub codecs: String,
    /// Size of the picture, if there is one.
    pub dimensions: Option<Dimensions>,
}

/// A part: one fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Number in its address; counts on from segment to segment, so that the next one is always known.
    pub number: u64,
    /// Duration as listed.
    pub duration: MediaTime,
    /// It holds a picture that decodes alone, or sound only.
    pub independent: bool,
    /// Pictures in it.
    pub pictures: u32,
    /// The bytes.
    pub data: Bytes,
}

/// A segment: the concatenation of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Media sequence number.
    pub number: u64,
    /// Decode time of its first sample.
    pub start: MediaTime,
    /// When its first sample is presented, on the programme clock.
    pub program_time: WallTime,
    /// To the start of the next segment.
    pub duration: MediaTime,
    /// It does not follow from the segment before.
    pub discontinuity: bool,
    /// What decodes it.
    pub init: Arc<Init>,
    /// Its parts, never empty.
    pub parts: Vec<Arc<Part>>,
}

impl Segment {
    /// Bytes of all parts.
    #[must_use]
    pub fn size(&self) -> usize {
        self.parts.iter().map(|part| part.data.len()).sum()
    }

    /// Decode time after its last sample.
    #[must_use]
    pub fn end(&self) -> MediaTime {
        self.start + self.duration
    }

    /// Pictures in all parts.
    #[must_use]
    pub fn pictures(&self) -> u32 {
        self.parts.iter().map(|part| part.pictures).sum()
    }
}
