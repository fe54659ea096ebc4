//! `EXT-X-RENDITION-REPORT` (RFC 8216bis 4.4.5.4).

/// How far another rendition has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenditionReport {
    /// `URI` of the other media playlist.
    pub uri: String,
    /// `LAST-MSN`: its last segment, which may still be growing.
    pub last_msn: Option<u64>,
    /// `LAST-PART`: index of its last part, from 0.
    pub last_part: Option<u64>,
}
