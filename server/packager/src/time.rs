//! The two axes: the stream's own, and the wall's.

use std::ops::{Add, Sub};
use std::time::Duration;

/// A point, or a length, on a stream's media timeline, in 1/90,000 s. The first frame of a show is at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct MediaTime(i64);

/// A point on the server's clock, in milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallTime(pub i64);

impl MediaTime {
    /// Units a second.
    pub const TIMESCALE: u32 = 90_000;
    /// The beginning, or no length.
    pub const ZERO: Self = Self(0);

    /// From 1/90,000 s.
    #[must_use]
    pub const fn from_ticks(ticks: i64) -> Self {
        Self(ticks)
    }

    /// From milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(90))
    }

    /// From units of which there are `timescale` a second, rounded down.
    pub(crate) fn from_units(units: u64, timescale: u32) -> Self {
        let ticks = u128::from(units) * u128::from(Self::TIMESCALE) / u128::from(timescale.max(1));
        Self(i64::try_from(ticks).unwrap_or(i64::MAX))
    }

    /// In 1/90,000 s.
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// In whole milliseconds, rounded down.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(90)
    }

    /// As a duration; nothing when it is negative.
    #[must_use]
    pub fn duration(self) -> Duration {
        let ticks = u64::try_from(self.0).unwrap_or(0);
        Duration::from_nanos(ticks.saturating_mul(100_000) / 9)
    }

    /// In units of which there are `timescale` a second, to the nearest; 0 when it is negative.
    pub(crate) fn units(self, timescale: u32) -> u64 {
        let ticks = u128::try_from(self.0).unwrap_or(0);
        let scale = u128::from(Self::TIMESCALE);
        u64::try_from((ticks * u128::from(timescale) + scale / 2) / scale).unwrap_or(u64::MAX)
    }
}

impl From<Duration> for MediaTime {
    fn from(duration: Duration) -> Self {
        Self(i64::try_from(duration.as_micros().saturating_mul(9) / 100).unwrap_or(i64::MAX))
    }
}

impl Add for MediaTime {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for MediaTime {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
