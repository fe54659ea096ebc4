use protocol::StreamTime;

/// Off by more than this, motion is set anew: the picture has jumped.
const JUMP_MS: f64 = 350.0;

/// Off by less than this, nothing is done: `currentTime` itself is that coarse.
const CALM_MS: f64 = 25.0;

/// An error is worked off over this long, so that nothing is seen of it.
const EASE_MS: f64 = 1_500.0;

/// A picture that has not moved for this long stands: paused, or stalled.
const STILL_MS: f64 = 250.0;

/// What to do with everything that moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Motion {
    /// Let it run.
    Keep,
    /// Put everything where it is at this moment, and let it run at this rate (0: stand still).
    Jump(StreamTime, f64),
    /// Run at this rate.
    Rate(f64),
}

/// Keeps animations, which run on the compositor's own clock, in step with the picture: by small changes of rate, and by
/// a jump only where the picture jumped.
#[derive(Debug, Clone, Default)]
pub struct Follower {
    /// Local time and the picture then.
    origin: Option<(f64, f64)>,
    rate: f64,
    /// Local time and the picture when the picture was last seen to move.
    moved: (f64, f64),
}

impl Follower {
    /// At local time `now` (milliseconds, monotonic) the picture is at `t`, and is to play at `rate`.
    pub fn on(&mut self, now: f64, t: StreamTime, rate: f64) -> Motion {
        let t = t.millis() as f64;
        if (t - self.moved.1).abs() > f64::EPSILON {
            self.moved = (now, t);
        }
        let stands = now - self.moved.0 > STILL_MS;
        let wanted = if stands { 0.0 } else { rate };
        let Some((since, origin)) = self.origin else {
            return self.jump(now, t, wanted);
        };
        let error = t - (origin + (now - since) * self.rate);
        if error.abs() > JUMP_MS || (wanted == 0.0) != (self.rate == 0.0) {
            return self.jump(now, t, wanted);
        }
        let eased = if error.abs() > CALM_MS { wanted + error / EASE_MS } else { wanted };
        if wanted == 0.0 || (eased - self.rate).abs() < 0.004 {
            return Motion::Keep;
        }
        self.origin = Some((now, origin + (now - since) * self.rate));
        self.rate = eased;
        Motion::Rate(eased)
    }

    /// Where the animations are at local time `now`; none before the first picture.
    pub fn position(&self, now: f64) -> Option<f64> {
        self.origin.map(|(since, origin)| origin + (now - since) * self.rate)
    }

    /// The rate at which they run.
    pub const fn rate(&self) -> f64 {
        self.rate
    }

    fn jump(&mut self, now: f64, t: f64, rate: f64) -> Motion {
        self.origin = Some((now, t));
        self.rate = rate;
        Motion::Jump(StreamTime(t as i64), rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_runs_true_is_left_alone() {
        let mut follower = Follower::default();
        assert_eq!(follower.on(0.0, StreamTime(5_000), 1.0), Motion::Jump(StreamTime(5_000), 1.0));
        for step in 1..100 {
            assert_eq!(
                follower.on(f64::from(step) * 16.0, StreamTime(5_000 + i64::from(step) * 16), 1.0),
                Motion::Keep
            );
        }
    }

    #[test]
    fn a_picture_that_creeps_ahead_is_caught_up_with_and_never_jumped_to() {
        let mut follower = Follower::default();
        follower.on(0.0, StreamTime(0), 1.0);
        let mut now = 0.0;
        while now < 20_000.0 {
            now += 16.0;
            let motion = follower.on(now, StreamTime((now * 1.04) as i64), 1.0);
            assert!(!matches!(motion, Motion::Jump(..)), "at {now}: {motion:?}");
        }
        let error = now * 1.04 - follower.position(now).unwrap();
        assert!(error.abs() < 100.0, "{error}");
    }

    #[test]
    fn a_seek_a_pause_and_a_stall_are_jumps() {
        let mut follower = Follower::default();
        follower.on(0.0, StreamTime(0), 1.0);
        assert_eq!(follower.on(16.0, StreamTime(60_000), 1.0), Motion::Jump(StreamTime(60_000), 1.0));
        assert_eq!(follower.on(32.0, StreamTime(60_016), 0.0), Motion::Jump(StreamTime(60_016), 0.0));
        assert_eq!(follower.on(5_000.0, StreamTime(60_016), 0.0), Motion::Keep);
        assert!(matches!(follower.on(5_016.0, StreamTime(60_032), 1.0), Motion::Jump(_, 1.0)));
        assert!(matches!(follower.on(5_300.0, StreamTime(60_032), 1.0), Motion::Jump(_, 0.0)));
    }
}
