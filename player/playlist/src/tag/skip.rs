//! `EXT-X-SKIP` (RFC 8216bis 4.4.5.2): what a delta update leaves out.

/// What a delta update leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Skip {
    /// `SKIPPED-SEGMENTS`.
    pub segments: u64,
    /// `RECENTLY-REMOVED-DATERANGES`: IDs that have left the playlist. `None` when the update does not skip date ranges.
    pub removed_date_ranges: Option<Vec<String>>,
}
