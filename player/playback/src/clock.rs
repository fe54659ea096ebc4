//! The programme clock: presentation time to the broadcaster's time. Knows media times as they really are in the bytes,
//! never sums of `EXTINF`.

use crate::MediaTime;

/// Anchors that are kept: the window of a long show has a few discontinuities.
const MAX_ANCHORS: usize = 16;
/// Programme dates are written in milliseconds; differences below this are rounding.
const ROUNDING_MS: f64 = 3.0;

/// From this moment on, presentation time and programme time run together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchor {
    /// On the presentation timeline.
    pub media: MediaTime,
    /// On the programme clock, in milliseconds since the Unix epoch.
    pub program_ms: f64,
}

/// Maps presentation time to programme time.
#[derive(Debug, Default)]
pub(crate) struct ProgramClock {
    anchors: Vec<Anchor>,
}

impl ProgramClock {
    /// Learns that the programme clock read `program_ms` at `media`. Says whether that is news.
    pub(crate) fn learn(&mut self, media: MediaTime, program_ms: f64) -> bool {
        if self.at(media).is_some_and(|known| (known - program_ms).abs() <= ROUNDING_MS) {
            return false;
        }
        self.anchors.retain(|anchor| (anchor.media - media).abs() > 1e-3);
        let place = self.anchors.partition_point(|anchor| anchor.media < media);
        self.anchors.insert(place, Anchor { media, program_ms });
        if self.anchors.len() > MAX_ANCHORS {
            self.anchors.remove(0);
        }
        true
    }

    /// Programme time at a moment, in milliseconds since the Unix epoch.
    pub(crate) fn at(&self, media: MediaTime) -> Option<f64> {
        let after = self.anchors.partition_point(|anchor| anchor.media <= media);
        let anchor = self.anchors.get(after.saturating_sub(1))?;
        Some(anchor.program_ms + (media - anchor.media) * 1_000.0)
    }

    /// The moment at which the programme clock reads so. A time that was never shown is passed where its gap is jumped.
    pub(crate) fn media_at(&self, program_ms: f64) -> Option<MediaTime> {
        let before = |anchor: &Anchor| anchor.program_ms <= program_ms + ROUNDING_MS;
        let place = self.anchors.iter().rposition(before).unwrap_or(0);
        let anchor = self.anchors.get(place)?;
        let time = anchor.media + (program_ms - anchor.program_ms) / 1_000.0;
        Some(self.anchors.get(place + 1).map_or(time, |next| time.min(next.media)))
    }

    pub(crate) fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_by_the_last_anchor_at_or_before_the_moment() {
        let mut clock = ProgramClock::default();
        assert!(clock.learn(MediaTime(10.0), 50_000.0));
        assert!(clock.learn(MediaTime(20.0), 90_000.0));
        assert_eq!(clock.at(MediaTime(12.5)), Some(52_500.0));
        assert_eq!(clock.at(MediaTime(21.0)), Some(91_000.0));
        assert_eq!(clock.at(MediaTime(9.0)), Some(49_000.0));
    }

    #[test]
    fn a_time_that_was_never_shown_is_passed_where_its_gap_is_jumped() {
        let mut clock = ProgramClock::default();
        clock.learn(MediaTime(10.0), 50_000.0);
        clock.learn(MediaTime(20.0), 90_000.0);
        assert_eq!(clock.media_at(52_500.0), Some(MediaTime(12.5)));
        assert_eq!(clock.media_at(70_000.0), Some(MediaTime(20.0)));
        assert_eq!(clock.media_at(91_000.0), Some(MediaTime(21.0)));
        assert_eq!(clock.media_at(49_000.0), Some(MediaTime(9.0)));
    }

    #[test]
    fn rounding_in_dates_makes_no_new_anchor() {
        let mut clock = ProgramClock::default();
        clock.learn(MediaTime(0.0), 1_000.0);
        assert!(!clock.learn(MediaTime(2.0), 3_001.0));
        assert_eq!(clock.anchors().len(), 1);
    }

    #[test]
    fn keeps_a_bounded_number_of_anchors() {
        let mut clock = ProgramClock::default();
        for n in 0..1_000 {
            clock.learn(MediaTime(f64::from(n)), f64::from(n * 5_000));
        }
        assert_eq!(clock.anchors().len(), MAX_ANCHORS);
        assert_eq!(clock.at(MediaTime(999.0)), Some(4_995_000.0));
    }
}
