use super::{
    Given,
    luxury::{Cuts, Luxury},
    past::Past,
    trays::Trays,
};
use protocol::{GiftTier, StreamTime};
use std::sync::Arc;

/// What stands on the trays and on the stage, and what waits, after so many gifts. It only ever goes on in time; what is
/// over goes into the [`Past`].
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    trays: Trays,
    luxury: Luxury,
}

impl Course {
    /// Somebody sent a gift, due at `at`. `calm`: no gift takes the stage.
    pub(super) fn give(
        &mut self,
        seq: u64,
        at: StreamTime,
        given: &Arc<Given>,
        calm: bool,
        cuts: &Cuts,
        past: &mut Past,
    ) {
        self.advance(at, cuts, past);
        if calm || given.gift.tier == GiftTier::Small {
            self.trays.give(seq, at, given);
        } else if let Some(least) = self.luxury.give(seq, at, given, cuts) {
            past.moved(least.since, at);
            self.trays.give(least.seq, at, &least.given);
        }
        // A card that others wait for may have had its time, a gift may be one that is known to fail.
        self.advance(at, cuts, past);
    }

    /// Everything goes on as if nothing more came.
    pub(super) fn run_out(&mut self, cuts: &Cuts, past: &mut Past) {
        self.advance(StreamTime(i64::MAX), cuts, past);
    }

    fn advance(&mut self, to: StreamTime, cuts: &Cuts, past: &mut Past) {
        for failed in self.luxury.advance(to, cuts, past) {
            self.trays.advance(failed.end, past);
            self.trays.give(failed.seq, failed.end, &failed.given);
        }
        self.trays.advance(to, past);
    }
}
