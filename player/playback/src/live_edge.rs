//! Where the live edge is at this moment, judged by when media turned up. Uses no wall clock, so a wrong or jumping one
//! does no harm.

use std::collections::VecDeque;

use crate::{MediaTime, Now};

/// Observations that are kept.
const KEEP: usize = 64;
/// Seconds after which an observation says nothing about the present; the newest always counts.
const MEMORY: f64 = 12.0;

/// Watches the edge.
#[derive(Debug, Default)]
pub(crate) struct LiveEdge {
    /// When seen, and how far media time was ahead of the shell's clock.
    seen: VecDeque<(Now, f64)>,
    edge: MediaTime,
    grew_at: Option<Now>,
    step: f64,
}

impl LiveEdge {
    /// Media up to `edge` turned up; it grows by steps of about `step` seconds.
    pub(crate) fn observe(&mut self, edge: MediaTime, step: f64, now: Now) {
        if self.grew_at.is_some() && edge <= self.edge {
            return;
        }
        // After a pause in growing, what was seen before says nothing any more.
        if self.grew_at.is_some_and(|at| (now.saturating_sub(at)).as_secs_f64() > 3.0 * step + 1.0) {
            self.seen.clear();
        }
        self.edge = edge;
        self.step = step;
        self.grew_at = Some(now);
        self.seen.push_back((now, edge.0 - now.as_secs_f64()));
        if self.seen.len() > KEEP {
            self.seen.pop_front();
        }
    }

    /// Forgets everything: the stream began anew.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }

    /// The edge now: it moves on by itself, but not further than one step and a half without proof.
    pub(crate) fn at(&self, now: Now) -> Option<MediaTime> {
        self.grew_at?;
        let newest = self.seen.back()?;
        let recent = |at: Now| now.saturating_sub(at).as_secs_f64() <= MEMORY.max(self.step * 3.0);
        let lead =
            self.seen.iter().filter(|(at, _)| recent(*at)).map(|(_, lead)| *lead).fold(newest.1, f64::max);
        Some(MediaTime((now.as_secs_f64() + lead).min(self.edge.0 + self.step * 1.5)).max(self.edge))
    }

    /// Seconds of the longest piece that it grows by.
    pub(crate) fn step(&self) -> f64 {
        self.step
    }

    /// When it last grew.
    pub(crate) fn grew_at(&self) -> Option<Now> {
        self.grew_at
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn moves_on_between_parts() {
        let mut edge = LiveEdge::default();
        edge.observe(MediaTime(10.0), 0.2, Duration::from_secs(100));
        assert_eq!(edge.at(Duration::from_millis(100_100)).map(|t| (t.0 * 1e3).round()), Some(10_100.0));
    }

    #[test]
    fn the_part_that_came_soonest_counts() {
        let mut edge = LiveEdge::default();
        edge.observe(MediaTime(10.0), 0.2, Duration::from_millis(1_000));
        edge.observe(MediaTime(10.2), 0.2, Duration::from_millis(1_250));
        edge.observe(MediaTime(10.4), 0.2, Duration::from_millis(1_400));
        assert_eq!(edge.at(Duration::from_millis(1_500)).map(|t| (t.0 * 1e3).round()), Some(10_500.0));
    }

    #[test]
    fn does_not_run_away_when_nothing_comes() {
        let mut edge = LiveEdge::default();
        edge.observe(MediaTime(10.0), 0.2, Duration::from_secs(1));
        assert_eq!(edge.at(Duration::from_secs(60)), Some(MediaTime(10.3)));
    }
}
