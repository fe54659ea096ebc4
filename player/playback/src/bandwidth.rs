//! How fast the line is, whatever goes over it at one time. Measures only bodies that the server was not still producing.

use std::time::Duration;

use crate::Now;

/// Fewer bytes than this say more about latency than about throughput: small bodies are counted together.
const MIN_BYTES: usize = 16 << 10;
/// Times shorter than this are below the browser's timer.
const MIN_TIME: Duration = Duration::from_millis(2);
/// Seconds after which a sample counts half: seconds of the clock, since an old sample says as little about the present after
/// a quiet time as after a busy one.
const FAST: f64 = 2.0;
const SLOW: f64 = 8.0;
/// Seconds of bodies that come as fast as they are produced after which as much again is hoped for; four times as many after
/// each hope that came to nothing, up to the most.
const HOPE: f64 = 20.0;
const LEAST_HOPE: f64 = 320.0;
/// Bits a second beyond which there is nothing to hope for.
const PLENTY: f64 = 1e8;
/// Share of what was hoped for below which it came to nothing.
const DISAPPOINTING: f64 = 0.7;

/// Throughput in bits a second: the lower of a fast and a slow moving average, so that it falls quickly and rises slowly.
#[derive(Debug, Default)]
pub(crate) struct Bandwidth {
    /// Bodies that were too small to count alone.
    bytes: usize,
    time: Duration,
    /// Until when the line's time is accounted for.
    counted: Now,
    /// When the last sample was taken.
    sampled: Option<Now>,
    fast: Average,
    slow: Average,
    /// How often hope came to nothing, and whether there is some.
    disappointed: i32,
    hopes: bool,
}

#[derive(Debug, Default)]
struct Average {
    value: f64,
    weight: f64,
}

impl Average {
    fn add(&mut self, value: f64, seconds: f64, half_life: f64) {
        // As good as a power of one half here, and without the module's share of a mathematics library.
        let keep = half_life / (half_life + seconds);
        self.value = self.value * keep + value * (1.0 - keep);
        self.weight = self.weight * keep + (1.0 - keep);
    }

    fn get(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.value / self.weight)
    }
}

impl Bandwidth {
    /// Learns from a body that came from `first_byte` on and is whole now.
    pub(crate) fn sample(&mut self, bytes: usize, first_byte: Now, now: Now) {
        // Bodies share the line: the time until the one before was whole is that one's already.
        self.time += now.saturating_sub(first_byte.max(self.counted));
        self.counted = now;
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes < MIN_BYTES || self.time < MIN_TIME {
            return;
        }
        let seconds = std::mem::take(&mut self.time).as_secs_f64();
        let bits = std::mem::take(&mut self.bytes) as f64 * 8.0 / seconds;
        // It speaks for all the time since the sample before, but not for so long that it would speak alone.
        let since = self.sampled.replace(now).map_or(0.1, |at| now.saturating_sub(at).as_secs_f64());
        let weight = since.clamp(0.0, SLOW).max(seconds);
        let hope = self.estimate().filter(|_| std::mem::take(&mut self.hopes));
        if hope.is_some_and(|hope| bits < hope * DISAPPOINTING) {
            self.disappointed += 1;
            (self.fast, self.slow) = (Average::default(), Average::default());
        }
        self.fast.add(bits, weight, FAST);
        self.slow.add(bits, weight, SLOW);
    }

    /// Learns from a body that came as slowly as it was produced, over `seconds`: the line carries that, and maybe more. Only
    /// trying shows how much more.
    pub(crate) fn paced(&mut self, bytes: usize, seconds: f64) {
        if self.estimate().is_none() {
            let bits = bytes as f64 * 8.0 / seconds.max(0.1);
            self.fast.add(bits, seconds, FAST);
            self.slow.add(bits, seconds, SLOW);
        }
        if self.estimate().is_some_and(|estimate| estimate > PLENTY) {
            return;
        }
        let rises = 1.0 + seconds / (HOPE * 4_f64.powi(self.disappointed)).min(LEAST_HOPE);
        self.fast.value *= rises;
        self.slow.value *= rises;
        self.hopes = true;
    }

    /// What is on its way would be here if the line carried more than this.
    pub(crate) fn at_most(&mut self, bits: f64) {
        self.fast.value = self.fast.value.min(bits * self.fast.weight);
    }

    /// Bits a second; `None` before the first sample.
    pub(crate) fn estimate(&self) -> Option<f64> {
        Some(self.fast.get()?.min(self.slow.get()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Now {
        Duration::from_millis(ms)
    }

    #[test]
    fn falls_at_once_and_rises_slowly() {
        let mut bandwidth = Bandwidth::default();
        for second in 0..20 {
            bandwidth.sample(1_000_000, ms(second * 1_000), ms(second * 1_000 + 1_000));
        }
        assert!((bandwidth.estimate().unwrap() - 8e6).abs() < 1e3);
        bandwidth.sample(125_000, ms(20_000), ms(22_000));
        let fallen = bandwidth.estimate().unwrap();
        assert!(fallen < 5e6, "{fallen}");
        bandwidth.sample(1_000_000, ms(22_000), ms(23_000));
        assert!(bandwidth.estimate().unwrap() < 7.5e6);
    }

    #[test]
    fn small_bodies_count_together() {
        let mut bandwidth = Bandwidth::default();
        bandwidth.sample(8_000, ms(0), ms(16));
        assert_eq!(bandwidth.estimate(), None);
        bandwidth.sample(10_000, ms(100), ms(120));
        assert!((bandwidth.estimate().unwrap() - 4e6).abs() < 1e3);
    }

    #[test]
    fn two_bodies_at_one_time_do_not_halve_the_line() {
        let mut bandwidth = Bandwidth::default();
        for second in 0..20 {
            // Each takes two seconds, and half of the line.
            bandwidth.sample(500_000, ms(second * 1_000), ms(second * 1_000 + 2_000));
        }
        assert!(bandwidth.estimate().unwrap() > 3.7e6, "{:?}", bandwidth.estimate());
    }

    #[test]
    fn what_comes_as_it_is_produced_leaves_hope_for_more() {
        let mut bandwidth = Bandwidth::default();
        let hope = |bandwidth: &mut Bandwidth, seconds: u32| {
            (0..seconds * 5).for_each(|_| bandwidth.paced(25_000, 0.2));
            bandwidth.estimate().unwrap()
        };
        assert!((1.9e6..3.1e6).contains(&hope(&mut bandwidth, 20)));
        // The line carries no more than 1.2 Mbit/s.
        for second in 0..10 {
            bandwidth.sample(150_000, ms(10_000 + second * 1_000), ms(11_000 + second * 1_000));
        }
        assert!(hope(&mut bandwidth, 10) < 2.1e6, "it is more careful now");
    }

    #[test]
    fn what_was_slow_is_forgotten_in_quiet_times_too() {
        let mut bandwidth = Bandwidth::default();
        bandwidth.sample(250_000, ms(0), ms(8_000));
        // A tenth of a second each two: a full buffer is kept full.
        for time in (10_000..30_000).step_by(2_000) {
            bandwidth.sample(50_000, ms(time), ms(time + 100));
        }
        assert!(bandwidth.estimate().unwrap() > 3e6, "{:?}", bandwidth.estimate());
    }
}
