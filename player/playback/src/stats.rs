//! Numbers about how playback goes, for people and tests.

use std::time::Duration;

use crate::Now;

/// How playback goes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stats {
    /// From `Load` to the first media in the buffer.
    pub startup: Option<Duration>,
    /// How often playback ran dry.
    pub stalls: u32,
    /// How long it was dry, in all.
    pub stalled: Duration,
    /// Bits a second that the network gives; `None` when not known.
    pub bandwidth: Option<f64>,
    /// Seconds buffered after the playhead.
    pub buffer_ahead: f64,
    /// Seconds between the live edge and the playhead; `None` when not live.
    pub behind: Option<f64>,
    /// Bits a second of what plays, by the playlist.
    pub bitrate: u64,
    /// Whole segments appended.
    pub segments: u32,
    /// Parts appended.
    pub parts: u32,
}

/// Counts the times that playback ran dry.
#[derive(Debug, Default)]
pub(crate) struct Stalls {
    count: u32,
    total: Duration,
    since: Option<Now>,
}

impl Stalls {
    /// Playback ran dry.
    pub(crate) fn begin(&mut self, now: Now) {
        if self.since.is_none() {
            self.since = Some(now);
            self.count = self.count.saturating_add(1);
        }
    }

    /// The picture moves, or need not: how long it stood still.
    pub(crate) fn end(&mut self, now: Now) -> Option<Duration> {
        let stalled = now.saturating_sub(self.since.take()?);
        self.total += stalled;
        Some(stalled)
    }

    pub(crate) fn since(&self) -> Option<Now> {
        self.since
    }

    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    pub(crate) fn total(&self, now: Now) -> Duration {
        self.total + self.since.map_or(Duration::ZERO, |since| now.saturating_sub(since))
    }
}
