//! Times of AAC frames, counted rather than measured: RTMP rounds them to milliseconds, which clicks.

use crate::MediaTime;

/// Frames may be this far off the count before the count gives in, in milliseconds.
const TOLERANCE: i64 = 40;

/// Counts frames of one track.
#[derive(Debug)]
pub(crate) struct AudioClock {
    rate: u32,
    frame: u32,
    /// Where the next frame is, in the track's units.
    next: Option<u64>,
}

impl AudioClock {
    pub(crate) fn new(rate: u32, frame: u32) -> Self {
        Self { rate: rate.max(1), frame: frame.max(1), next: None }
    }

    /// Where the frame with a timestamp begins, in the track's units; `None` when it would lie upon the one before.
    pub(crate) fn place(&mut self, time: MediaTime) -> Option<u64> {
        let measured = time.units(self.rate);
        let tolerance = MediaTime::from_millis(TOLERANCE).units(self.rate).max(self.frame.into());
        let begin = match self.next {
            Some(next) if measured.abs_diff(next) <= tolerance => next,
            Some(next) if measured < next => return None,
            _ => measured,
        };
        self.next = Some(begin + u64::from(self.frame));
        Some(begin)
    }

    /// Length of a frame in the track's units.
    pub(crate) const fn frame(&self) -> u32 {
        self.frame
    }

    pub(crate) fn time(&self, units: u64) -> MediaTime {
        MediaTime::from_units(units, self.rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_timestamps_make_a_seamless_track() {
        let mut clock = AudioClock::new(44_100, 1_024);
        for frame in 0..10_000_u64 {
            let millis = i64::try_from((frame * 1_024_000 + 22_050) / 44_100).unwrap();
            assert_eq!(clock.place(MediaTime::from_millis(millis)), Some(frame * 1_024));
        }
    }

    #[test]
    fn a_gap_stays_a_gap_and_an_overlap_is_dropped() {
        let mut clock = AudioClock::new(48_000, 1_024);
        assert_eq!(clock.place(MediaTime::ZERO), Some(0));
        assert_eq!(clock.place(MediaTime::from_millis(500)), Some(24_000));
        assert_eq!(clock.place(MediaTime::from_millis(100)), None);
        assert_eq!(clock.place(MediaTime::from_millis(521)), Some(25_024));
    }
}
