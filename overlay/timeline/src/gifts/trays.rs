use super::{Given, past::Past};
use protocol::StreamTime;
use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};

/// Trays: more would cover the picture.
pub const TRAYS: usize = 2;

/// How long a card stays after its last tap, milliseconds: as long as taps count together.
pub const HOLD_MS: i64 = protocol::LIMITS.combo_ms;

/// The same while others wait: long enough to be read.
pub const PRESSED_MS: i64 = 1_500;

/// The longest that a card stays, however often it is tapped, milliseconds; then it queues again.
pub const LONGEST_MS: i64 = 20_000;

/// Cards that wait for a tray; what comes beyond them is counted in one card for all.
pub const QUEUE: usize = 12;

/// Senders that a card for many counts.
const SENDERS: usize = 999;

/// The cards on the trays, and those that wait.
#[derive(Debug, Clone, Default)]
pub(super) struct Trays {
    trays: [Option<Card>; TRAYS],
    queue: VecDeque<Card>,
}

/// A card that waits, stands on a tray, or did.
#[derive(Debug, Clone)]
pub(super) struct Card {
    /// The first gift's number.
    pub(super) key: u64,
    /// Whether it counts whatever found no room.
    pub(super) many: bool,
    /// What it counts, in the order of time; never empty.
    pub(super) taps: Vec<Tap>,
    senders: BTreeSet<i64>,
    pub(super) tray: usize,
    pub(super) shown: StreamTime,
    pub(super) end: StreamTime,
}

/// A gift that a card counts.
#[derive(Debug, Clone)]
pub(super) struct Tap {
    pub(super) at: StreamTime,
    pub(super) given: Arc<Given>,
    /// What the card says with it.
    pub(super) count: u32,
    /// How many people's they are.
    pub(super) senders: u32,
}

impl Card {
    fn new(key: u64, at: StreamTime, given: &Arc<Given>, many: bool) -> Self {
        let (taps, senders) = (Vec::new(), BTreeSet::new());
        let mut card = Self { key, many, taps, senders, tray: 0, shown: at, end: at };
        card.tap(at, given);
        card
    }

    fn tap(&mut self, at: StreamTime, given: &Arc<Given>) {
        let before = self.taps.last().map_or(0, |tap| tap.count);
        let count =
            if self.many { before.saturating_add(given.count) } else { before.max(given.combo_total) };
        if self.many && self.senders.len() < SENDERS {
            self.senders.insert(given.user.id);
        }
        let senders = u32::try_from(self.senders.len()).unwrap_or(u32::MAX);
        self.taps.push(Tap { at, given: given.clone(), count, senders });
    }

    fn is_of(&self, given: &Given) -> bool {
        !self.many
            && self.taps.last().is_some_and(|tap| {
                let row = &tap.given;
                (row.user.id, row.gift.id, &row.combo) == (given.user.id, given.gift.id, &given.combo)
            })
    }

    fn last(&self) -> StreamTime {
        self.taps.last().map_or(self.shown, |tap| tap.at)
    }

    /// Stays on for the last tap's sake; `pressed` when others wait.
    fn stay(&mut self, now: StreamTime, pressed: bool) {
        let hold = if pressed { PRESSED_MS } else { HOLD_MS };
        let since = self.last().max(self.shown);
        self.end = since.plus(hold).max(now).min(self.shown.plus(LONGEST_MS).max(now));
    }

    fn show(mut self, tray: usize, now: StreamTime, pressed: bool) -> Self {
        (self.tray, self.shown) = (tray, now);
        self.stay(now, pressed);
        self
    }
}

impl Trays {
    /// A gift comes at `at`, up to which the trays have gone on.
    pub(super) fn give(&mut self, seq: u64, at: StreamTime, given: &Arc<Given>) {
        let pressed = !self.queue.is_empty();
        if let Some(card) = self.trays.iter_mut().flatten().find(|card| card.is_of(given)) {
            card.tap(at, given);
            return card.stay(at, pressed);
        }
        if let Some(card) = self.queue.iter_mut().find(|card| card.is_of(given)) {
            return card.tap(at, given);
        }
        if let Some((tray, free)) = self.trays.iter_mut().enumerate().find(|(_, tray)| tray.is_none()) {
            *free = Some(Card::new(seq, at, given, false).show(tray, at, false));
            return;
        }
        if self.queue.iter().filter(|card| !card.many).count() < QUEUE {
            self.queue.push_back(Card::new(seq, at, given, false));
        } else {
            let many = self.queue.iter_mut().chain(self.trays.iter_mut().flatten()).find(|card| card.many);
            match many {
                Some(card) => card.tap(at, given),
                None => self.queue.push_back(Card::new(seq, at, given, true)),
            }
        }
        if !pressed {
            for card in self.trays.iter_mut().flatten() {
                card.stay(at, true);
            }
        }
    }

    /// Goes on to `to`: what had its time gives way to what waits, the viewer's own first.
    pub(super) fn advance(&mut self, to: StreamTime, past: &mut Past) {
        loop {
            let over = self.trays.iter_mut().filter(|tray| tray.as_ref().is_some_and(|card| card.end <= to));
            let Some(tray) = over.min_by_key(|tray| tray.as_ref().map(|card| card.end)) else { return };
            let Some(card) = tray.take() else { return };
            let (index, now) = (card.tray, card.end);
            past.stood(card);
            let own = self.queue.iter().position(|card| card.taps.iter().any(|tap| tap.given.own));
            if let Some(next) = self.queue.remove(own.unwrap_or(0)) {
                *tray = Some(next.show(index, now, !self.queue.is_empty()));
            }
        }
    }
}
