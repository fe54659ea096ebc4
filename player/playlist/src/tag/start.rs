//! `EXT-X-START` (RFC 8216bis 4.4.2.2).

use std::fmt;
use std::time::Duration;

use crate::attributes::{Attributes, TagWriter};
use crate::decimal::Seconds;

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

pub(crate) fn read(attributes: &mut Attributes<'_>) -> Start {
    let offset = attributes.need("TIME-OFFSET");
    let (from_end, digits) = match offset.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, offset.as_str()),
    };
    Start {
        offset: attributes.duration_of("TIME-OFFSET", digits),
        from_end,
        precise: attributes.yes("PRECISE"),
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-START")?;
        let sign = if self.from_end { "-" } else { "" };
        tag.plain("TIME-OFFSET", format_args!("{sign}{}", Seconds(self.offset)))?;
        tag.yes("PRECISE", self.precise)
    }
}
