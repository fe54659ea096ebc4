//! Fragments: one `moof` with a `traf` for each track, and one `mdat`.

use bytes::Bytes;

use crate::Error;

/// One fragment. A low-latency part is one fragment, a segment is the concatenation of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment {
    /// Sequence number (`mfhd`); goes up by one with each fragment.
    pub sequence: u32,
    /// Tracks with at least one sample.
    pub tracks: Vec<TrackFragment>,
}

/// The samples of one track.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrackFragment {
    /// Which track of the initialization segment.
    pub track_id: u32,
    /// Decode time of the first sample, in the track's units.
    pub base_decode_time: u64,
    /// Samples in decode order.
    pub samples: Vec<Sample>,
}

/// One access unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample {
    /// Time to the next sample's decode time, in the track's units.
    pub duration: u32,
    /// Presentation time minus decode time, in the track's units.
    pub composition_offset: i32,
    /// It decodes alone.
    pub sync: bool,
    /// The bytes: length-prefixed units of H.264, or one raw AAC frame.
    pub data: Bytes,
}

impl Fragment {
    /// The fragment's bytes, `moof` and `mdat`.
    ///
    /// # Errors
    /// When a size does not fit its field.
    pub fn to_bytes(&self) -> Result<Bytes, Error> {
        Err(Error::NotYet("writing fMP4"))
    }
}
