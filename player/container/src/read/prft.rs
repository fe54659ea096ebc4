//! `prft` (ISO 14496-12 8.16.5): the producer's clock at a sample.

/// The producer's clock at a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProducerReferenceTime {
    /// The track whose time is meant.
    pub track_id: u32,
    /// The producer's clock, in milliseconds since the Unix epoch.
    pub unix_ms: i64,
    /// The same moment on the track's timeline, in its units.
    pub media_time: u64,
}
