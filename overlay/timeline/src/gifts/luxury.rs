use super::{Given, past::Past};
use protocol::StreamTime;
use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

/// Luxury gifts that wait for the stage; of more, the least takes a tray instead: half a minute's worth of them.
pub const WAITING: usize = 8;

/// How long one plays whose length the catalogue does not say, milliseconds.
const PLAY_MS: i64 = 4_000;

/// The stage: one luxury gift at a time; then the most valuable that waits, the viewer's own first among equals, then the
/// oldest.
#[derive(Debug, Clone, Default)]
pub(super) struct Luxury {
    playing: Option<Played>,
    waiting: Vec<Waiting>,
}

/// A luxury gift that waits.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) seq: u64,
    pub(super) since: StreamTime,
    pub(super) given: Arc<Given>,
}

impl Waiting {
    /// The first in this order is the first to play.
    fn rank(&self) -> impl Ord + use<> {
        (Reverse(self.given.value()), Reverse(self.given.own), self.since, self.seq)
    }

    fn play(self, at: StreamTime, skips: &BTreeMap<u64, StreamTime>) -> Played {
        let Self { seq, since, given } = self;
        let end = at.plus(given.gift.duration_ms.map_or(PLAY_MS, i64::from));
        let skipped = skips.get(&seq).copied().filter(|skip| (at..end).contains(skip));
        Played { seq, since, shown: at, end: skipped.unwrap_or(end), given }
    }
}

/// A luxury gift that plays, or has played.
#[derive(Debug, Clone)]
pub(super) struct Played {
    pub(super) seq: u64,
    /// Since when it waited.
    pub(super) since: StreamTime,
    pub(super) shown: StreamTime,
    pub(super) end: StreamTime,
    pub(super) given: Arc<Given>,
}

impl Luxury {
    /// Takes a gift; answers the one that there is no room for.
    pub(super) fn give(
        &mut self,
        seq: u64,
        at: StreamTime,
        given: &Arc<Given>,
        skips: &BTreeMap<u64, StreamTime>,
    ) -> Option<Waiting> {
        let new = Waiting { seq, since: at, given: given.clone() };
        if self.playing.is_none() {
            self.playing = Some(new.play(at, skips));
            return None;
        }
        let index = self.waiting.partition_point(|other| other.rank() < new.rank());
        self.waiting.insert(index, new);
        if self.waiting.len() > WAITING { self.waiting.pop() } else { None }
    }

    /// Goes on to `to`.
    pub(super) fn advance(&mut self, to: StreamTime, skips: &BTreeMap<u64, StreamTime>, past: &mut Past) {
        while let Some(played) = self.playing.take_if(|playing| playing.end <= to) {
            let end = played.end;
            past.played(played);
            if !self.waiting.is_empty() {
                self.playing = Some(self.waiting.remove(0).play(end, skips));
            }
        }
    }
}
