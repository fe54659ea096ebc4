//! How streams are cut, and how much of them is kept.

use std::time::Duration;

use crate::MediaTime;

/// How streams are cut, and how much of them is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// Nominal duration of a part.
    pub part: Duration,
    /// Shortest segment; it ends with the first key frame after this.
    pub segment: Duration,
    /// `EXT-X-TARGETDURATION`, whole seconds. A segment that would pass it ends without a key frame.
    pub target_duration: Duration,
    /// Duration of the listed segments, at least three target durations.
    pub window: Duration,
    /// Bytes of media kept, listed or not.
    pub max_bytes: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            part: Duration::from_millis(200),
            segment: Duration::from_secs(2),
            target_duration: Duration::from_secs(4),
            window: Duration::from_secs(40),
            max_bytes: 64 << 20,
        }
    }
}

impl Config {
    /// The longest part that this configuration means to make. A tenth above the nominal length there is a whole number
    /// of frames for every usual frame rate (five at 24 Hz, six at 29.97 Hz), and of AAC frames.
    pub(crate) fn part_target(&self) -> MediaTime {
        MediaTime::from_ticks(self.nominal_part().ticks() * 11 / 10)
    }

    pub(crate) fn nominal_part(&self) -> MediaTime {
        MediaTime::from(self.part.clamp(Duration::from_millis(50), Duration::from_secs(2)))
    }

    pub(crate) fn target(&self) -> MediaTime {
        let seconds = i64::try_from(self.target_duration.as_secs()).unwrap_or(i64::MAX).clamp(1, 60);
        MediaTime::from_millis(seconds * 1_000)
    }

    /// Key frames this far into a segment begin the next; a twentieth less than asked, since clocks jitter.
    pub(crate) fn shortest_segment(&self) -> MediaTime {
        let ticks = MediaTime::from(self.segment).min(self.target()).ticks();
        MediaTime::from_ticks(ticks * 19 / 20)
    }

    /// Rounded, it is still the target duration (RFC 8216bis 4.4.3.1).
    pub(crate) fn longest_segment(&self) -> MediaTime {
        self.target() + MediaTime::from_millis(490)
    }

    /// Never less than three target durations (6.2.2).
    pub(crate) fn window(&self) -> MediaTime {
        let least = MediaTime::from_ticks(self.target().ticks() * 3);
        MediaTime::from(self.window).max(least)
    }
}
