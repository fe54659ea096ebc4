//! `EXTINF` (RFC 8216bis 4.4.4.1): a segment's duration and title.

use std::fmt;
use std::time::Duration;

use crate::Problem;
use crate::attributes::{Rest, duration};
use crate::decimal::Seconds;

/// What `EXTINF` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inf {
    pub(crate) duration: Duration,
    pub(crate) title: Option<String>,
}

pub(crate) fn read(value: &str) -> Result<Inf, Problem> {
    let (seconds, title) = value.split_once(',').unwrap_or((value, ""));
    let title = title.trim();
    Ok(Inf {
        duration: duration("duration", seconds.trim())?,
        title: (!title.is_empty()).then(|| title.to_owned()),
    })
}

impl fmt::Display for Inf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#EXTINF:{},{}", Seconds(self.duration), Rest(self.title.as_deref().unwrap_or_default()))
    }
}
