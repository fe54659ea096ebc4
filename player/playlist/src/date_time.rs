//! The broadcaster's programme clock: RFC 3339 dates as milliseconds. Not a calendar.

use std::fmt;
use std::str::FromStr;

/// A moment on the programme clock, in milliseconds since the Unix epoch (UTC). Finer digits are rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProgramDateTime(i64);

/// Text that is not an RFC 3339 date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a date and time such as 2026-11-23T04:05:06.789Z")]
pub struct DateTimeError;

impl ProgramDateTime {
    /// From milliseconds since the Unix epoch.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }
}

impl FromStr for ProgramDateTime {
    type Err = DateTimeError;

    fn from_str(_text: &str) -> Result<Self, DateTimeError> {
        Err(DateTimeError)
    }
}

impl fmt::Display for ProgramDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
