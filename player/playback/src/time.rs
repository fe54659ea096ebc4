//! The engine's two axes. A moment on one cannot be mistaken for a moment on the other.

use std::ops::{Add, AddAssign, Sub};
use std::time::Duration;

/// A moment on the shell's monotonic clock, since any fixed moment.
pub type Now = Duration;

/// A moment on the presentation timeline, in seconds: the axis of `currentTime` and of buffered ranges.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct MediaTime(pub f64);

impl MediaTime {
    /// The later of two moments.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The earlier of two moments.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl Add<f64> for MediaTime {
    type Output = Self;
    fn add(self, seconds: f64) -> Self {
        Self(self.0 + seconds)
    }
}

impl AddAssign<f64> for MediaTime {
    fn add_assign(&mut self, seconds: f64) {
        self.0 += seconds;
    }
}

impl Sub<f64> for MediaTime {
    type Output = Self;
    fn sub(self, seconds: f64) -> Self {
        Self(self.0 - seconds)
    }
}

impl Sub for MediaTime {
    type Output = f64;
    fn sub(self, other: Self) -> f64 {
        self.0 - other.0
    }
}

/// A stretch of the presentation timeline.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Span {
    /// Where it begins.
    pub start: MediaTime,
    /// Where it ends.
    pub end: MediaTime,
}

impl Span {
    /// From seconds.
    #[must_use]
    pub const fn new(start: f64, end: f64) -> Self {
        Self { start: MediaTime(start), end: MediaTime(end) }
    }

    /// Whether a moment lies in it, its end included, with some slack at the start.
    #[must_use]
    pub fn holds(self, time: MediaTime, slack: f64) -> bool {
        time >= self.start - slack && time <= self.end
    }
}
