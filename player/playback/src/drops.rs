//! Whether the machine keeps up with the picture, by the frames that were decoded too late. Chooses no quality.

use std::time::Duration;

use crate::{Now, Video};

/// Frames are counted over this long.
const PERIOD: Duration = Duration::from_secs(5);
/// Fewer frames than this say nothing: the page was busy, or the picture stood still.
const ENOUGH: u32 = 60;
/// One in so many frames dropped is too many.
const TOO_MANY: u32 = 5;

/// Counts dropped frames.
#[derive(Debug, Default)]
pub(crate) struct Drops {
    /// When counting began, and the numbers of frames dropped and decoded by then.
    began: Option<(Now, u32, u32)>,
}

impl Drops {
    /// News of the `<video>`. Says whether the period that ends with it was too much for the machine.
    pub(crate) fn observe(&mut self, video: &Video, now: Now) -> bool {
        // A hidden page shows nothing, a seek skips, and a new source counts from the start.
        if video.hidden || video.paused || video.seeking {
            self.began = None;
            return false;
        }
        let (at, dropped, decoded) = *self.began.get_or_insert((now, video.dropped, video.decoded));
        if now.saturating_sub(at) < PERIOD {
            return false;
        }
        self.began = Some((now, video.dropped, video.decoded));
        let (dropped, decoded) =
            (video.dropped.saturating_sub(dropped), video.decoded.saturating_sub(decoded));
        decoded >= ENOUGH && dropped > decoded / TOO_MANY
    }
}

/// The first doubt about a machine lasts this long, each one after it twice as long, up to the most: what kept it busy may
/// have been something else.
const DOUBT: Duration = Duration::from_secs(60);
const LONGEST_DOUBT: Duration = Duration::from_secs(960);

/// What is too much for the machine, for a while.
#[derive(Debug, Default)]
pub(crate) struct Heavy {
    /// Bits a second of the lowest variant that was too much, and until when it counts as that.
    lowest: Option<(u64, Now)>,
    doubts: u32,
}

impl Heavy {
    /// A variant of so many bits a second was too much.
    pub(crate) fn found(&mut self, rate: u64, now: Now) {
        let until = now + DOUBT.saturating_mul(1 << self.doubts.min(10)).min(LONGEST_DOUBT);
        self.doubts += 1;
        self.lowest = Some((self.lowest(now).map_or(rate, |known| known.min(rate)), until));
    }

    /// Bits a second of the lowest variant that is too much.
    pub(crate) fn lowest(&self, now: Now) -> Option<u64> {
        self.lowest.filter(|(_, until)| now < *until).map(|(rate, _)| rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether any of the periods was too much; `dropped` of the 30 frames of each second.
    fn too_much(seconds: u32, dropped: u32, hidden: bool) -> bool {
        let mut drops = Drops::default();
        (0..=seconds).any(|second| {
            let video = Video { dropped: second * dropped, decoded: second * 30, hidden, ..Video::default() };
            drops.observe(&video, Duration::from_secs(second.into()))
        })
    }

    #[test]
    fn a_third_of_the_frames_dropped_is_too_much() {
        assert!(too_much(6, 10, false));
    }

    #[test]
    fn a_few_dropped_frames_are_not() {
        assert!(!too_much(60, 3, false));
    }

    #[test]
    fn a_machine_is_given_another_chance_and_later_ones_later() {
        let (mut heavy, minute) = (Heavy::default(), Duration::from_secs(60));
        heavy.found(3_000_000, minute);
        assert_eq!(heavy.lowest(minute), Some(3_000_000));
        assert_eq!(heavy.lowest(minute * 2), None);
        heavy.found(3_000_000, minute * 2);
        assert_eq!(heavy.lowest(minute * 3), Some(3_000_000));
        assert_eq!(heavy.lowest(minute * 4), None);
    }

    #[test]
    fn a_hidden_page_drops_what_it_likes() {
        assert!(!too_much(60, 30, true));
    }
}
