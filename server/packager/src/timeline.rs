//! The publisher's clock: 31- or 32-bit milliseconds that start anywhere, wrap and jump, made into one line for both tracks.
//! Knows nothing of wall clocks: what a jump means for the stream is the packager's to say.

use crate::Track;

/// A track may fall silent this long without its clock counting as having jumped, in milliseconds.
const FORWARD: i64 = 3_000;
/// A track may step back this far, in milliseconds.
const BACK: i64 = -250;
/// This many frames of a track off the other's clock are stragglers from before a jump; with more, it is a clock of its own.
const STRAGGLERS: u32 = 100;

/// What a timestamp means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Milliseconds since the line's first timestamp. May be negative, for the track that began second.
    InOrder(i64),
    /// Left over from before a jump: to be dropped.
    Straggler,
    /// The clock jumped: the line is over, and another one began with this timestamp at 0.
    Jump,
}

/// One line of time, from one jump to the next.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    /// Last timestamp of each track, and where it is on the line.
    last: [Option<(u32, i64)>; 2],
    /// Frames that were dropped of the track that has no place yet.
    stragglers: u32,
}

impl Timeline {
    /// Places a timestamp on the line.
    pub(crate) fn admit(&mut self, track: Track, timestamp: u32) -> Admission {
        let own = self.last[track.index()];
        let other = self.last[track.other().index()];
        let Some(reference) = own.or(other) else {
            return self.place(track, timestamp, 0);
        };
        let at = distance(reference, timestamp);
        let near_own = own.is_some_and(|(_, last)| (BACK..=FORWARD).contains(&(at - last)));
        // A track that slept while the other went on has not jumped.
        let near_other = other.is_some_and(|(_, last)| (-FORWARD..=FORWARD).contains(&(at - last)));
        let ahead = own.is_none_or(|(_, last)| at - last >= BACK);
        if near_own || (near_other && ahead) {
            return self.place(track, timestamp, at);
        }
        if own.is_some() {
            *self = Self::default();
            self.place(track, timestamp, 0);
            return Admission::Jump;
        }
        if self.stragglers < STRAGGLERS {
            self.stragglers += 1;
            return Admission::Straggler;
        }
        // Its clock has nothing to do with the other's: what comes together belongs together.
        self.place(track, timestamp, reference.1)
    }

    fn place(&mut self, track: Track, timestamp: u32, at: i64) -> Admission {
        if self.last[track.index()].replace((timestamp, at)).is_none() {
            self.stragglers = 0;
        }
        Admission::InOrder(at)
    }
}

/// Where `timestamp` is, the shorter way round from a known place. Clocks wrap at 32 bits, ffmpeg's at 31: what counts
/// is the difference of the lower 31.
fn distance((known, at): (u32, i64), timestamp: u32) -> i64 {
    at + i64::from((timestamp.wrapping_sub(known) << 1).cast_signed() >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Admission::{InOrder, Jump, Straggler};
    use Track::{Audio, Video};

    #[test]
    fn a_clock_that_wraps_goes_on() {
        let mut timeline = Timeline::default();
        assert_eq!(timeline.admit(Video, u32::MAX - 10), InOrder(0));
        assert_eq!(timeline.admit(Audio, u32::MAX - 5), InOrder(5));
        assert_eq!(timeline.admit(Video, 22), InOrder(33));
        assert_eq!(timeline.admit(Audio, 12), InOrder(23));
    }

    #[test]
    fn a_clock_that_wraps_at_31_bits_as_ffmpegs_does_goes_on() {
        let mut timeline = Timeline::default();
        assert_eq!(timeline.admit(Video, 0x7fff_fff0), InOrder(0));
        assert_eq!(timeline.admit(Video, 17), InOrder(33));
        assert_eq!(timeline.admit(Audio, 0x7fff_fff2), InOrder(2));
    }

    #[test]
    fn a_jump_in_either_direction_begins_a_new_line_for_both_tracks() {
        for jumped in [10_000_000, 1_000] {
            let mut timeline = Timeline::default();
            timeline.admit(Video, 5_000_000);
            timeline.admit(Audio, 5_000_010);
            assert_eq!(timeline.admit(Video, jumped), Jump);
            assert_eq!(timeline.admit(Audio, 5_000_033), Straggler);
            assert_eq!(timeline.admit(Audio, jumped + 5), InOrder(5));
            assert_eq!(timeline.admit(Video, jumped + 33), InOrder(33));
        }
    }

    #[test]
    fn a_camera_that_sleeps_while_the_sound_goes_on_has_not_jumped() {
        let mut timeline = Timeline::default();
        timeline.admit(Video, 0);
        for at in (0..10_000).step_by(20) {
            assert_eq!(timeline.admit(Audio, at), InOrder(at.into()));
        }
        assert_eq!(timeline.admit(Video, 10_000), InOrder(10_000));
    }

    #[test]
    fn a_track_whose_clock_began_elsewhere_joins_where_the_other_is() {
        let mut timeline = Timeline::default();
        let mut sound = Vec::new();
        for at in 0..200_u32 {
            assert_eq!(timeline.admit(Video, 1_000_000 + at * 20), InOrder(i64::from(at) * 20));
            sound.push(timeline.admit(Audio, at * 20));
        }
        assert_eq!(sound[..100], [Straggler; 100]);
        let placed = (100..200).map(|at| InOrder(at * 20));
        assert!(sound[100..].iter().copied().eq(placed), "{:?}", &sound[100..]);
    }

    #[test]
    fn one_track_whose_clock_jumps_alone_leaves_the_other_its_own() {
        let mut timeline = Timeline::default();
        let mut seen = Vec::new();
        for at in 0..400_u32 {
            let jumped = if at < 100 { 0 } else { 5_000_000 };
            seen.push((timeline.admit(Video, jumped + at * 20), timeline.admit(Audio, at * 20)));
        }
        assert_eq!(seen.iter().filter(|(video, audio)| *video == Jump || *audio == Jump).count(), 1);
        assert_eq!(seen[399], (InOrder(299 * 20), InOrder(299 * 20)));
    }
}
