//! How hls.js chooses, in a few lines, to compare with: two moving averages by time (half of it after 3 s and 9 s of
//! transfer), the lower one counts; 0.95 of it to stay, 0.7 of it to climb; one segment at a time, 30 s of buffer; a
//! segment that would come too late is given up for the lowest one. Its recording begins at the lowest quality.

use crate::trace::Watched;

/// kbit/s: as the playlist says, and what is in it.
const RUNGS: [(f64, f64); 3] = [(440.0, 400.0), (1_100.0, 1_000.0), (2_420.0, 2_200.0)];
/// Seconds of a segment, of the buffer, and of a round trip.
const SEGMENT: f64 = 2.0;
const FULL: f64 = 30.0;
const ROUND_TRIP: f64 = 0.04;
/// Seconds of a step.
const STEP: f64 = 0.01;

#[derive(Default)]
struct Average {
    value: f64,
    weight: f64,
}

impl Average {
    fn add(&mut self, value: f64, seconds: f64, half_life: f64) {
        let keep = 0.5_f64.powf(seconds / half_life);
        self.value = self.value * keep + value * (1.0 - keep);
        self.weight = self.weight * keep + (1.0 - keep);
    }

    fn get(&self) -> f64 {
        if self.weight > 0.0 { self.value / self.weight } else { 500.0 }
    }
}

/// A line of these rates, in seconds and kbit/s.
pub fn watch(trace: &[(u64, u64)]) -> Watched {
    let (mut fast, mut slow) = (Average::default(), Average::default());
    let mut rung = 0;
    let mut loading: Option<(f64, f64)> = None;
    let (mut buffered, mut played, mut shown, mut stood, mut now) = (Vec::new(), 0.0, 0.0, 0.0, 0.0);
    let mut start = 0.0;
    for (seconds, rate) in trace {
        start += *seconds as f64;
        while now < start {
            now += STEP;
            let ahead = buffered.len() as f64 * SEGMENT - played;
            match &mut loading {
                None if ahead < FULL => loading = Some((0.0, 0.0)),
                None => {}
                Some((took, kilobits)) => {
                    *took += STEP;
                    if *took > ROUND_TRIP {
                        *kilobits += *rate as f64 * STEP;
                    }
                    let size = RUNGS[rung].1 * SEGMENT;
                    let transfer = *took - ROUND_TRIP;
                    if *kilobits >= size {
                        fast.add(*kilobits / transfer, transfer, 3.0);
                        slow.add(*kilobits / transfer, transfer, 9.0);
                        buffered.push(RUNGS[rung].1);
                        loading = None;
                        let line = fast.get().min(slow.get());
                        // What is in it on the average is enough once there is something to lean on.
                        let needs = |at: usize| if ahead < SEGMENT * 2.0 { RUNGS[at].0 } else { RUNGS[at].1 };
                        rung = (0..RUNGS.len())
                            .rev()
                            .find(|at| needs(*at) <= line * if *at > rung { 0.7 } else { 0.95 })
                            .unwrap_or(0);
                    } else if rung > 0 && *took > SEGMENT / 2.0 && *kilobits > 0.0 {
                        let speed = *kilobits / transfer;
                        let lowest = RUNGS[0].1 * SEGMENT / speed;
                        let left = (size - *kilobits) / speed;
                        if left > ahead && lowest < left {
                            fast.add(speed, transfer, 3.0);
                            slow.add(speed, transfer, 9.0);
                            (rung, loading) = (0, None);
                        }
                    }
                }
            }
            if ahead > 0.0 {
                shown += buffered[(played / SEGMENT) as usize] * STEP;
                played += STEP;
            } else if !buffered.is_empty() {
                stood += STEP;
            }
        }
    }
    Watched { stood: (stood * 1_000.0) as u64, mean: shown / played }
}
