//! `EXT-X-SERVER-CONTROL` (RFC 8216bis 4.4.3.8).

use std::time::Duration;

/// What the server can do, and how far players should stay from the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ServerControl {
    /// `CAN-BLOCK-RELOAD`.
    pub can_block_reload: bool,
    /// `CAN-SKIP-UNTIL`: segments further from the end may be skipped.
    pub can_skip_until: Option<Duration>,
    /// `CAN-SKIP-DATERANGES`.
    pub can_skip_date_ranges: bool,
    /// `HOLD-BACK`; three target durations when absent.
    pub hold_back: Option<Duration>,
    /// `PART-HOLD-BACK`.
    pub part_hold_back: Option<Duration>,
}
