//! The one place that decides to try again: how soon, and for how long. Sends nothing.

use std::time::Duration;

use crate::Now;

/// First pause.
const FIRST: Duration = Duration::from_millis(250);
/// Longest pause: a server that comes back is found within this time.
const LONGEST: Duration = Duration::from_secs(4);
/// Longest pause of the first tries: short outages are the common ones.
const EARLY: Duration = Duration::from_secs(1);
const EARLY_TRIES: u32 = 12;

/// Tries of one thing after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Retry {
    failures: u32,
}

impl Retry {
    /// It worked.
    pub(crate) fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// It failed once more: when to try again.
    pub(crate) fn failed(&mut self, now: Now, dice: &mut Dice) -> Now {
        let pause = FIRST.saturating_mul(1 << self.failures.min(10)).min(if self.failures < EARLY_TRIES {
            EARLY
        } else {
            LONGEST
        });
        self.failures = self.failures.saturating_add(1);
        // Between half and all of the pause: players that lost one server together do not come back together.
        now + pause.mul_f64(0.5 + dice.roll() / 2.0)
    }

    /// How often it failed in a row.
    pub(crate) fn failures(self) -> u32 {
        self.failures
    }
}

/// A small generator of numbers (`xorshift`), so that the same seed gives the same session.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from 0 to 1.
    pub(crate) fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f64 / f64::from(1 << 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_are_bounded() {
        let (mut retry, mut dice) = (Retry::default(), Dice::new(7));
        let pauses: Vec<_> = (0..16).map(|_| retry.failed(Duration::ZERO, &mut dice)).collect();
        assert!(pauses[0] >= FIRST / 2 && pauses[0] <= FIRST);
        assert!(pauses.iter().all(|pause| *pause <= LONGEST));
        assert!(pauses[11] <= EARLY);
        assert!(pauses[15] >= LONGEST / 2);
    }

    #[test]
    fn two_seeds_give_two_rhythms() {
        let pause = |seed| Retry::default().failed(Duration::ZERO, &mut Dice::new(seed));
        assert_ne!(pause(1), pause(2));
        assert_eq!(pause(1), pause(1));
    }
}
