//! Holds the distance to the live edge: a little faster or slower, rarely changed, and a jump when far behind. Touches no
//! `<video>`.

use std::time::Duration;

use crate::Now;

/// The rate changes at most this often: each change is a small disturbance of the sound.
const CALM: Duration = Duration::from_secs(1);
/// Nobody likes to wait: beyond this many seconds too far, jump.
const JUMP: f64 = 6.0;
/// What a short stall adds to the target, and the most that stalls may add, in seconds.
const PENALTY: f64 = 0.15;
const MAX_PENALTY: f64 = 1.0;
/// Seconds in which what one stall added is forgiven.
const FORGIVE: f64 = 30.0;

/// What to do about the distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    /// Nothing.
    Keep,
    /// Play at this rate.
    Rate(f64),
    /// Seek to the target.
    Jump,
}

/// Holds the distance to the live edge.
#[derive(Debug)]
pub(crate) struct Hold {
    rate: f64,
    changed_at: Option<Now>,
    penalty: f64,
    penalty_at: Now,
}

impl Default for Hold {
    fn default() -> Self {
        Self { rate: 1.0, changed_at: None, penalty: 0.0, penalty_at: Duration::ZERO }
    }
}

impl Hold {
    /// Seconds to stay from the edge: what the server asks for, or less where arrivals have shown that less will do, and
    /// more after stalls.
    pub(crate) fn target(&self, hold_back: f64, closest: Option<f64>, now: Now) -> f64 {
        closest.map_or(hold_back, |closest| closest.min(hold_back)) + self.penalty_now(now)
    }

    /// Playback ran dry although the stream went on: stay a little further away for a while.
    pub(crate) fn stalled(&mut self, now: Now) {
        self.penalty = (self.penalty_now(now) + PENALTY).min(MAX_PENALTY);
        self.penalty_at = now;
    }

    fn penalty_now(&self, now: Now) -> f64 {
        let forgiven = now.saturating_sub(self.penalty_at).as_secs_f64() * PENALTY / FORGIVE;
        (self.penalty - forgiven).max(0.0)
    }

    /// Decides; `behind` is the distance to the edge, `ahead` what is buffered, both in seconds.
    pub(crate) fn decide(&mut self, behind: f64, target: f64, ahead: f64, now: Now) -> Verdict {
        let error = behind - target;
        if error > JUMP.max(target * 2.0) {
            return Verdict::Jump;
        }
        let wanted = self.wanted(error, target, ahead);
        let calm = self.changed_at.is_none_or(|at| now.saturating_sub(at) >= CALM);
        if (wanted - self.rate).abs() < 1e-6 || !calm {
            return Verdict::Keep;
        }
        self.set(wanted, now)
    }

    /// Back to normal speed at once.
    pub(crate) fn release(&mut self, now: Now) -> Verdict {
        if (self.rate - 1.0).abs() < 1e-6 { Verdict::Keep } else { self.set(1.0, now) }
    }

    fn set(&mut self, rate: f64, now: Now) -> Verdict {
        self.rate = rate;
        self.changed_at = Some(now);
        Verdict::Rate(rate)
    }

    /// The rate for an error in seconds. While a correction runs it goes on until the error is small, so that the rate
    /// does not flutter at the threshold.
    fn wanted(&self, error: f64, target: f64, ahead: f64) -> f64 {
        let tolerance = (target * 0.08).clamp(0.05, 0.5);
        let near = if (self.rate - 1.0).abs() > 1e-6 { tolerance * 0.25 } else { tolerance };
        if error > near && ahead > target * 0.4 {
            match error {
                e if e > 1.5 => 1.4,
                e if e > 0.75 => 1.25,
                e if e > 0.3 => 1.15,
                e if e > 0.12 => 1.1,
                _ => 1.05,
            }
        } else if error < -near {
            if error < -target * 0.4 { 0.9 } else { 0.95 }
        } else {
            1.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Now {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_small_error_changes_nothing() {
        assert_eq!(Hold::default().decide(0.63, 0.6, 0.6, at(0)), Verdict::Keep);
    }

    #[test]
    fn behind_plays_faster_and_too_close_plays_slower() {
        assert_eq!(Hold::default().decide(2.0, 0.6, 1.5, at(0)), Verdict::Rate(1.25));
        assert_eq!(Hold::default().decide(0.5, 0.6, 0.4, at(0)), Verdict::Rate(0.95));
    }

    #[test]
    fn does_not_hurry_into_an_empty_buffer() {
        assert_eq!(Hold::default().decide(2.0, 0.6, 0.1, at(0)), Verdict::Keep);
    }

    #[test]
    fn the_rate_changes_at_most_once_a_second() {
        let mut hold = Hold::default();
        assert_eq!(hold.decide(2.0, 0.6, 1.5, at(0)), Verdict::Rate(1.25));
        assert_eq!(hold.decide(0.6, 0.6, 0.6, at(500)), Verdict::Keep);
        assert_eq!(hold.decide(0.6, 0.6, 0.6, at(1_000)), Verdict::Rate(1.0));
    }

    #[test]
    fn far_behind_jumps() {
        assert_eq!(Hold::default().decide(30.0, 0.6, 20.0, at(0)), Verdict::Jump);
    }

    #[test]
    fn stalls_widen_the_distance_for_a_while_only() {
        let mut hold = Hold::default();
        hold.stalled(at(0));
        hold.stalled(at(1_000));
        assert!(hold.target(0.6, None, at(1_000)) > 0.85);
        assert_eq!(hold.target(0.6, None, at(200_000)), 0.6);
    }

    #[test]
    fn punctual_parts_bring_the_target_closer_and_late_ones_no_further_than_the_server_asks() {
        assert_eq!(Hold::default().target(0.6, Some(0.3), at(0)), 0.3);
        assert_eq!(Hold::default().target(0.6, Some(2.0), at(0)), 0.6);
    }
}
