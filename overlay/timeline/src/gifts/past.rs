use super::{
    GiftStats, TRAYS,
    luxury::Played,
    trays::{Card, LONGEST_MS, Tap},
};
use crate::frame::{LuxuryCard, TrayBody, TrayCard};
use protocol::StreamTime;

/// What stood on trays and stage, each with its time: from it any moment can be told.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// By end.
    cards: Vec<Card>,
    /// By end.
    played: Vec<Played>,
    /// From when to when a luxury gift waited that took a tray in the end.
    moved: Vec<(StreamTime, StreamTime)>,
    /// What became of gifts that are no longer kept.
    forgotten: GiftStats,
}

/// How much of the past there was at some point.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    cards: usize,
    played: usize,
    moved: usize,
}

impl Past {
    pub(super) fn stood(&mut self, card: Card) {
        self.cards.push(card);
    }

    pub(super) fn played(&mut self, played: Played) {
        self.played.push(played);
    }

    pub(super) fn moved(&mut self, since: StreamTime, at: StreamTime) {
        self.moved.push((since, at));
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { cards: self.cards.len(), played: self.played.len(), moved: self.moved.len() }
    }

    /// Undoes what came after the mark.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.cards.truncate(mark.cards);
        self.played.truncate(mark.played);
        self.moved.truncate(mark.moved);
    }

    /// Only counts from now on what came before the mark, and undoes what came after.
    pub(super) fn forget(&mut self, mark: Mark) {
        self.back_to(mark);
        self.forgotten = self.stats(StreamTime(i64::MAX));
        self.back_to(Mark::default());
    }

    pub(super) fn trays(&self, t: StreamTime) -> [Option<TrayCard>; TRAYS] {
        let mut trays = [const { None }; TRAYS];
        for card in self.near(t).iter().filter(|card| card.shown <= t) {
            if let Some(tray) = trays.get_mut(card.tray) {
                *tray = card.at(t);
            }
        }
        trays
    }

    /// The cards that stand at `t`, and some that come soon after.
    fn near(&self, t: StreamTime) -> &[Card] {
        let from = self.cards.partition_point(|card| card.end <= t);
        let to = self.cards.partition_point(|card| card.end <= t.plus(LONGEST_MS));
        self.cards.get(from..self.cards.len().min(to + 1)).unwrap_or_default()
    }

    pub(super) fn luxury(&self, t: StreamTime) -> Option<LuxuryCard> {
        let played = self.played.get(self.played.partition_point(|played| played.end <= t))?;
        (played.shown <= t).then(|| LuxuryCard {
            key: played.seq,
            given: played.given.clone(),
            since: played.shown,
            until: played.end,
        })
    }

    /// When something of what is known next comes, goes or is tapped after `t`; what comes new is not among it.
    pub(super) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        let cards = self.near(t).iter().flat_map(|card| [card.shown, card.end]);
        let played = self.played.get(self.played.partition_point(|played| played.end <= t));
        let stage = played.into_iter().flat_map(|played| [played.shown, played.end]);
        cards.chain(stage).filter(|change| *change > t).min()
    }

    pub(super) fn stats(&self, t: StreamTime) -> GiftStats {
        let mut stats = self.forgotten;
        for card in &self.cards {
            let taps = card.taps.iter().filter(|tap| tap.at <= t).count();
            match card.many {
                true => stats.summarised += taps,
                false if taps == 0 => {}
                false => {
                    stats.merged += taps - 1;
                    if card.shown <= t { stats.shown += 1 } else { stats.queued += 1 }
                }
            }
        }
        for played in self.played.iter().filter(|played| played.since <= t) {
            if played.shown <= t { stats.shown += 1 } else { stats.queued += 1 }
        }
        stats.queued += self.moved.iter().filter(|(since, at)| *since <= t && t < *at).count();
        stats
    }
}

impl Card {
    /// What it says at `t`.
    fn at(&self, t: StreamTime) -> Option<TrayCard> {
        let Tap { at, given, count, senders } =
            self.taps.get(self.taps.partition_point(|tap| tap.at <= t).checked_sub(1)?)?;
        let body = if self.many {
            TrayBody::Many { gifts: *count, senders: *senders }
        } else {
            TrayBody::Row { given: given.clone(), count: *count }
        };
        Some(TrayCard { key: self.key, body, since: self.shown, tapped: *at })
    }
}
