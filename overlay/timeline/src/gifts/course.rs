use super::{Given, luxury::Luxury, past::Past, trays::Trays};
use protocol::{GiftTier, StreamTime};
use std::{collections::BTreeMap, sync::Arc};

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
        skips: &BTreeMap<u64, StreamTime>,
        past: &mut Past,
    ) {
        self.trays.advance(at, past);
        self.luxury.advance(at, skips, past);
        if calm || given.gift.tier == GiftTier::Small {
            self.trays.give(seq, at, given);
        } else if let Some(least) = self.luxury.give(seq, at, given, skips) {
            past.moved(least.since, at);
            self.trays.give(least.seq, at, &least.given);
        }
        // A card that others wait for may have had its time.
        self.trays.advance(at, past);
    }

    /// Everything goes on as if nothing more came.
    pub(super) fn run_out(&mut self, skips: &BTreeMap<u64, StreamTime>, past: &mut Past) {
        let end = StreamTime(i64::MAX);
        self.trays.advance(end, past);
        self.luxury.advance(end, skips, past);
    }
}
