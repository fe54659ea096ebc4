use super::{Given, past::Past};
use protocol::StreamTime;
use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

/// Luxury gifts that wait for the stage; of more, the least takes a tray instead: half a minute's worth of them.
pub const WAITING: usize = 8;

/// How long one plays whose length the catalogue does not say, milliseconds.
const PLAY_MS: i64 = 4_000;

/// What ends a luxury gift before its time, and at which picture.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cut {
    /// The viewer has seen enough of it.
    Skipped(StreamTime),
    /// It cannot be played here: it takes a tray.
    Failed(StreamTime),
}

/// By the gift's number.
pub(super) type Cuts = BTreeMap<u64, Cut>;

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

    fn play(self, at: StreamTime, cuts: &Cuts) -> Played {
        let Self { seq, since, given } = self;
        let whole = at.plus(given.gift.duration_ms.map_or(PLAY_MS, i64::from));
        let (end, fails) = match cuts.get(&seq) {
            Some(Cut::Skipped(t)) if (at..whole).contains(t) => (*t, false),
            Some(Cut::Failed(t)) if *t < whole => (at.max(*t), true),
            _ => (whole, false),
        };
        Played { seq, since, shown: at, end, fails, given }
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
    /// Whether it takes a tray at its end, and is not seen before.
    pub(super) fails: bool,
    pub(super) given: Arc<Given>,
}

impl Luxury {
    /// Takes a gift; answers the one that there is no room for.
    pub(super) fn give(
        &mut self,
        seq: u64,
        at: StreamTime,
        given: &Arc<Given>,
        cuts: &Cuts,
    ) -> Option<Waiting> {
        let new = Waiting { seq, since: at, given: given.clone() };
        if self.playing.is_none() {
            self.playing = Some(new.play(at, cuts));
            return None;
        }
        let index = self.waiting.partition_point(|other| other.rank() < new.rank());
        self.waiting.insert(index, new);
        if self.waiting.len() > WAITING { self.waiting.pop() } else { None }
    }

    /// Goes on to `to`; answers those that could not be played, in the order of time.
    pub(super) fn advance(&mut self, to: StreamTime, cuts: &Cuts, past: &mut Past) -> Vec<Played> {
        let mut failed = Vec::new();
        while let Some(played) = self.playing.take_if(|playing| playing.end <= to) {
            let end = played.end;
            if played.fails {
                past.moved(played.since, end);
                failed.push(played);
            } else {
                past.played(played);
            }
            if !self.waiting.is_empty() {
                self.playing = Some(self.waiting.remove(0).play(end, cuts));
            }
        }
        failed
    }
}
