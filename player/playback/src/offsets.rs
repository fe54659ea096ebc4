//! From the media's own timelines to the one presentation timeline: one offset for each stretch between discontinuities.

use crate::MediaTime;

/// Stretches that are remembered.
const KEEP: usize = 32;

/// A stretch with one media timeline: the server's life it belongs to, and its discontinuity number.
pub(crate) type Stretch = (u32, u64);

/// The offsets that are known.
#[derive(Debug, Default)]
pub(crate) struct Offsets {
    known: Vec<(Stretch, f64)>,
}

impl Offsets {
    /// The offset of a stretch, in seconds.
    pub(crate) fn get(&self, stretch: Stretch) -> Option<f64> {
        self.known.iter().find(|(known, _)| *known == stretch).map(|(_, offset)| *offset)
    }

    /// The offset of a stretch whose media at `media` seconds is expected at `expected`. What is known stays, unless it is
    /// further off than `tolerance`: then the media's timeline jumped without a word.
    pub(crate) fn settle(
        &mut self,
        stretch: Stretch,
        media: f64,
        expected: MediaTime,
        tolerance: f64,
    ) -> f64 {
        let fresh = expected.0 - media;
        if let Some((_, offset)) = self.known.iter_mut().find(|(known, _)| *known == stretch) {
            if (fresh - *offset).abs() > tolerance {
                *offset = fresh;
            }
            return *offset;
        }
        if self.known.len() >= KEEP {
            self.known.remove(0);
        }
        self.known.push((stretch, fresh));
        fresh
    }
}
