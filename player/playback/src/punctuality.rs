//! How regularly awaited parts arrive, and so how close to the live edge one can play without running dry. Knows neither
//! the edge nor the playhead.

use std::collections::VecDeque;
use std::time::Duration;

use crate::{MediaTime, Now};

/// Arrivals that are kept.
const KEEP: usize = 256;
/// An arrival says something about the next ones for this long.
const MEMORY: Duration = Duration::from_secs(20);
/// A longer silence was an outage: staying further from the edge would not have helped, and what comes after it is another
/// story than what came before.
const OUTAGE: Duration = Duration::from_secs(3);
/// Fewer arrivals than this say nothing yet.
const ENOUGH: usize = 8;
/// Seconds between a part's arrival in the buffer and the moment when it may be needed: the decoder works a few frames
/// ahead of the picture, and the page's news of the playhead is a little old.
const MARGIN: f64 = 0.08;

/// Watches the arrivals.
#[derive(Debug, Default)]
pub(crate) struct Punctuality {
    /// When a part was in the buffer, and how far its end was ahead of the shell's clock, in seconds.
    seen: VecDeque<(Now, f64)>,
}

impl Punctuality {
    /// A part that was asked for before it existed is in the buffer, up to `head`.
    pub(crate) fn arrived(&mut self, head: MediaTime, now: Now) {
        if self.seen.back().is_some_and(|(at, _)| now.saturating_sub(*at) > OUTAGE) {
            self.seen.clear();
        }
        while self.seen.len() >= KEEP
            || self.seen.front().is_some_and(|(at, _)| now.saturating_sub(*at) > MEMORY)
        {
            self.seen.pop_front();
        }
        self.seen.push_back((now, head.0 - now.as_secs_f64()));
    }

    /// Media has another timeline from now on.
    pub(crate) fn reset(&mut self) {
        self.seen.clear();
    }

    /// Seconds to stay from the edge at the least, where the edge grows by steps of `step` seconds: what is buffered must last
    /// until the next part is there, even when it is as late as the latest one was. `None` as long as too little is known.
    pub(crate) fn closest(&self, step: f64) -> Option<f64> {
        if self.seen.len() < ENOUGH {
            return None;
        }
        let leads = || self.seen.iter().map(|(_, lead)| *lead);
        let lateness = leads().fold(f64::MIN, f64::max) - leads().fold(f64::MAX, f64::min);
        Some(step + lateness + MARGIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts of 200 ms, each in the buffer this many milliseconds after it was produced.
    fn after(delays: &[u64]) -> Option<f64> {
        let mut punctuality = Punctuality::default();
        for (count, delay) in delays.iter().enumerate() {
            let end = 200 * (count as u64 + 1);
            punctuality.arrived(MediaTime(end as f64 / 1e3), Duration::from_millis(end + delay));
        }
        punctuality.closest(0.2).map(|seconds| (seconds * 1e3).round())
    }

    #[test]
    fn parts_that_come_like_clockwork_allow_one_part_and_a_margin() {
        assert_eq!(after(&[30; 20]), Some(280.0));
    }

    #[test]
    fn the_latest_part_counts() {
        let mut delays = [30; 20];
        delays[7] = 180;
        assert_eq!(after(&delays), Some(430.0));
    }

    #[test]
    fn a_late_part_is_forgotten_in_time() {
        let mut delays = [30; 120];
        delays[2] = 500;
        assert_eq!(after(&delays), Some(280.0));
    }

    #[test]
    fn an_outage_says_nothing_about_what_comes_after_it() {
        let mut punctuality = Punctuality::default();
        for end in (200..=4_000).step_by(200).chain((8_200..=12_000).step_by(200)) {
            let late = if end == 8_200 { 10 } else { 30 };
            punctuality.arrived(MediaTime(end as f64 / 1e3), Duration::from_millis(end + late));
        }
        assert_eq!(punctuality.closest(0.2).map(|seconds| (seconds * 1e3).round()), Some(300.0));
    }

    #[test]
    fn a_few_parts_say_nothing() {
        assert_eq!(after(&[30; 7]), None);
    }
}
