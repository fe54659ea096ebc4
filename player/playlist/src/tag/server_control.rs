//! `EXT-X-SERVER-CONTROL` (RFC 8216bis 4.4.3.8).

use std::fmt;
use std::time::Duration;

use crate::attributes::{Attributes, TagWriter};

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

pub(crate) fn read(attributes: &mut Attributes<'_>) -> ServerControl {
    ServerControl {
        can_block_reload: attributes.yes("CAN-BLOCK-RELOAD"),
        can_skip_until: attributes.duration("CAN-SKIP-UNTIL"),
        can_skip_date_ranges: attributes.yes("CAN-SKIP-DATERANGES"),
        hold_back: attributes.duration("HOLD-BACK"),
        part_hold_back: attributes.duration("PART-HOLD-BACK"),
    }
}

impl fmt::Display for ServerControl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-SERVER-CONTROL")?;
        tag.yes("CAN-BLOCK-RELOAD", self.can_block_reload)?;
        tag.seconds("CAN-SKIP-UNTIL", self.can_skip_until)?;
        tag.yes("CAN-SKIP-DATERANGES", self.can_skip_date_ranges)?;
        tag.seconds("HOLD-BACK", self.hold_back)?;
        tag.seconds("PART-HOLD-BACK", self.part_hold_back)
    }
}
