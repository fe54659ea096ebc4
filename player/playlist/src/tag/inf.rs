//! `EXTINF` (RFC 8216bis 4.4.4.1): a segment's duration and title.

use std::fmt;
use std::time::Duration;

use crate::attributes::{Attributes, Rest};
use crate::decimal::Seconds;
use crate::scan::{cut, trim};

/// What `EXTINF` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inf {
    pub(crate) duration: Duration,
    pub(crate) title: Option<String>,
}

pub(crate) fn read(tag: &mut Attributes<'_>) -> Inf {
    let (seconds, title) = cut(tag.text, b',').unwrap_or((tag.text, ""));
    let title = trim(title);
    Inf {
        duration: tag.duration_of("duration", trim(seconds)),
        title: (!title.is_empty()).then(|| title.to_owned()),
    }
}

impl fmt::Display for Inf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#EXTINF:{},{}", Seconds(self.duration), Rest(self.title.as_deref().unwrap_or_default()))
    }
}
