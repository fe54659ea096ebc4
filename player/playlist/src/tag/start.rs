//! `EXT-X-START` (RFC 8216bis 4.4.2.2).

use std::time::Duration;

/// Where playback should begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// `TIME-OFFSET`, without its sign.
    pub offset: Duration,
    /// The offset counts back from the end (it was written with a minus sign).
    pub from_end: bool,
    /// `PRECISE`: begin exactly there, not at the segment's start.
    pub precise: bool,
}
