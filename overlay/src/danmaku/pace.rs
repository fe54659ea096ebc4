/// Comments that every machine can take in a frame.
const FEWEST: usize = 12;

/// Comments in a frame at most: some five milliseconds of script, layout and painting on a slow desktop.
const MOST: usize = 64;

/// Frames further apart than this, in milliseconds, were held up: one of sixty a second was lost.
const HELD_UP_MS: f64 = 25.0;

/// How many comments come onto the sky in a frame while a crowd waits: as many as the machine takes without losing
/// frames.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    many: usize,
    /// When the last ones came, if more were waiting then.
    last: Option<f64>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { many: MOST / 2, last: None }
    }
}

impl Pace {
    /// How many may come in the frame at local time `now`.
    pub(super) fn next(&mut self, now: f64) -> usize {
        if let Some(last) = self.last {
            let many = if now - last > HELD_UP_MS { self.many / 2 } else { self.many + 8 };
            self.many = many.clamp(FEWEST, MOST);
        }
        self.last = Some(now);
        self.many
    }

    /// Whether nobody waits any longer: how long it is until the next come says nothing of the machine.
    pub(super) fn rest(&mut self, done: bool) {
        if done {
            self.last = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_comes_faster_on_a_fast_machine_and_slower_on_a_slow_one() {
        let (mut fast, mut slow) = (Pace::default(), Pace::default());
        let (fast_ones, slow_ones): (Vec<_>, Vec<_>) = (0..8)
            .map(|frame| (fast.next(f64::from(frame) * 16.7), slow.next(f64::from(frame) * 50.0)))
            .unzip();
        assert_eq!(fast_ones.last(), Some(&MOST));
        assert_eq!(slow_ones.last(), Some(&FEWEST));
    }

    #[test]
    fn a_quiet_minute_is_not_taken_for_a_slow_machine() {
        let mut pace = Pace::default();
        let before = pace.next(0.0);
        pace.rest(true);
        assert_eq!(pace.next(60_000.0), before);
    }
}
