//! How fast the network is. Measures only bodies that the server was not still producing.

use std::time::Duration;

/// Fewer bytes than this say more about latency than about throughput: small bodies are counted together.
const MIN_BYTES: usize = 16 << 10;
/// Times shorter than this are below the browser's timer.
const MIN_TIME: Duration = Duration::from_millis(2);
/// Seconds of transfer after which a sample counts half.
const FAST: f64 = 2.0;
const SLOW: f64 = 8.0;

/// Throughput in bits a second: the lower of a fast and a slow moving average, so that it falls quickly and rises slowly.
#[derive(Debug, Default)]
pub(crate) struct Bandwidth {
    /// Bodies that were too small to count alone.
    bytes: usize,
    time: Duration,
    fast: Average,
    slow: Average,
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
    /// Learns from a body that took this long from its first byte on.
    pub(crate) fn sample(&mut self, bytes: usize, time: Duration) {
        self.bytes = self.bytes.saturating_add(bytes);
        self.time = self.time.saturating_add(time);
        if self.bytes < MIN_BYTES || self.time < MIN_TIME {
            return;
        }
        let seconds = std::mem::take(&mut self.time).as_secs_f64();
        let bits = std::mem::take(&mut self.bytes) as f64 * 8.0 / seconds;
        // A short transfer still moves the average: a tenth of a second at least.
        let weight = seconds.max(0.1);
        self.fast.add(bits, weight, FAST);
        self.slow.add(bits, weight, SLOW);
    }

    /// Bits a second; `None` before the first sample.
    pub(crate) fn estimate(&self) -> Option<f64> {
        Some(self.fast.get()?.min(self.slow.get()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_at_once_and_rises_slowly() {
        let mut bandwidth = Bandwidth::default();
        for _ in 0..20 {
            bandwidth.sample(1_000_000, Duration::from_secs(1));
        }
        assert!((bandwidth.estimate().unwrap() - 8e6).abs() < 1e3);
        bandwidth.sample(125_000, Duration::from_secs(2));
        let fallen = bandwidth.estimate().unwrap();
        assert!(fallen < 5e6, "{fallen}");
        bandwidth.sample(1_000_000, Duration::from_secs(1));
        assert!(bandwidth.estimate().unwrap() < 7.5e6);
    }

    #[test]
    fn small_bodies_count_together() {
        let mut bandwidth = Bandwidth::default();
        bandwidth.sample(8_000, Duration::from_millis(16));
        assert_eq!(bandwidth.estimate(), None);
        bandwidth.sample(10_000, Duration::from_millis(20));
        assert!((bandwidth.estimate().unwrap() - 4e6).abs() < 1e3);
    }
}
