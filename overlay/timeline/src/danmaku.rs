//! Comments over the picture: who flies, in which row, from when. Knows no pixels but widths.

mod comment;
mod cursor;
mod essence;
mod expression;
mod filter;
mod layout;
mod lifted;
mod rules;
mod stage;
mod stats;
mod zones;

use crate::frame::Flight;
use comment::Waiting;
use layout::{Fate, Law, Layout};
use lifted::Lifted;
use protocol::{StreamTime, Zone};
use std::{collections::VecDeque, ops::Range};
use zones::Zones;

pub use comment::{Comment, FLIGHT_CHARS};
pub use expression::{EXPRESSION_CHARS, Expression, ExpressionError};
pub use filter::{Filter, Kind, MOST_FILTERS, WORD_CHARS};
pub use layout::{HOLD_MS, OWN_HOLD_MS};
pub use rules::Rules;
pub use stage::Stage;
pub(crate) use stage::left;
pub use stats::Stats;
pub use zones::Picture;

/// Comments kept: an hour of a busy room, at 14 a second.
const MOST: usize = 50_000;

/// Comments kept that came too late to fly: some minutes' worth; of more, the oldest are dropped for good.
const MOST_LATE: usize = 5_000;

/// Local comments are numbered from here, above every event.
const LOCAL: u64 = 1 << 48;

/// A comment that comes in: its key, itself, and when it starts; none when it came too late to fly.
pub(crate) type Coming = (u64, Comment, Option<StreamTime>);

/// All comments, and the layout of those whose time has come.
pub(crate) struct Danmaku {
    /// By start, then key.
    comments: Vec<Waiting>,
    rules: Rules,
    zones: Zones,
    /// Fates of the first comments.
    layout: Layout,
    lifted: Lifted,
    /// Those that came too late to fly, until the next jump settles them.
    late: VecDeque<Waiting>,
    /// What became of comments that are no longer kept.
    forgotten: Stats,
    locals: u64,
    measure: Box<dyn Fn(&Comment) -> f64>,
}

impl Danmaku {
    pub(crate) fn new(stage: Stage, measure: Box<dyn Fn(&Comment) -> f64>) -> Self {
        Self {
            comments: Vec::new(),
            rules: Rules::default(),
            zones: Zones::default(),
            layout: Layout::new(stage),
            lifted: Lifted::default(),
            late: VecDeque::new(),
            forgotten: Stats::default(),
            locals: LOCAL,
            measure,
        }
    }

    pub(crate) const fn stage(&self) -> Stage {
        self.layout.stage()
    }

    /// A stage of another shape may come with another size of type: everything is measured anew.
    pub(crate) fn set_stage(&mut self, stage: Stage) {
        if stage == self.stage() {
            return;
        }
        self.layout = Layout::new(stage);
        for waiting in self.comments.iter_mut().chain(&mut self.late) {
            waiting.width = (self.measure)(&waiting.comment);
        }
    }

    pub(crate) const fn rules(&self) -> &Rules {
        &self.rules
    }

    pub(crate) fn set_rules(&mut self, rules: Rules) {
        if rules == self.rules {
            return;
        }
        if rules.filter != self.rules.filter {
            for waiting in self.comments.iter_mut().chain(&mut self.late) {
                waiting.blocked = rules.filter.hides(&waiting.comment);
            }
        }
        self.rules = rules;
        self.layout = Layout::new(self.stage());
    }

    pub(crate) fn set_picture(&mut self, picture: Picture) {
        if self.zones.set_picture(picture) && !self.zones.is_empty() {
            self.layout = Layout::new(self.stage());
        }
    }

    pub(crate) fn set_zones(&mut self, seq: u64, at: StreamTime, zones: Vec<Zone>) {
        if let Some(from) = self.zones.insert(seq, at, zones) {
            // Whoever waits for a row by then may find it closed.
            let first = from.plus(-OWN_HOLD_MS);
            self.layout.keep(self.comments.partition_point(|waiting| waiting.start < first));
        }
    }

    pub(crate) fn clear_zones(&mut self) {
        if !self.zones.is_empty() {
            self.zones.clear();
            self.layout = Layout::new(self.stage());
        }
    }

    /// Takes comments in; a comment that is known already is left alone.
    pub(crate) fn insert(&mut self, coming: impl IntoIterator<Item = Coming>) {
        let before = self.comments.len();
        for (key, comment, start) in coming {
            let width = (self.measure)(&comment);
            let mut waiting = Waiting::new(key, start.unwrap_or(comment.at), width, comment);
            waiting.blocked = self.rules.filter.hides(&waiting.comment);
            match start {
                Some(_) => self.comments.push(waiting),
                None => self.insert_late(waiting),
            }
        }
        self.merge(before);
        self.forget_beyond(MOST);
    }

    fn insert_late(&mut self, waiting: Waiting) {
        if self.late.len() == MOST_LATE
            && let Some(oldest) = self.late.pop_front()
        {
            self.forgotten.count(fate_of_late(&oldest));
        }
        self.late.push_back(waiting);
    }

    /// Puts the comments from number `first` on in their places. One, or many in a row, are cheap; so is a whole show.
    fn merge(&mut self, first: usize) {
        let Some(earliest) = self.comments.iter().skip(first).map(Waiting::order).min() else { return };
        let sorted = self.comments.get(..first).unwrap_or_default();
        let index = sorted.partition_point(|waiting| waiting.order() < earliest);
        self.layout.keep(index);
        if self.comments.len() - first == 1 {
            // The usual one: no sorting for it.
            let is_known =
                self.comments.get(index).is_some_and(|other| index < first && other.order() == earliest);
            if let Some(one) = self.comments.pop().filter(|_| !is_known) {
                self.comments.insert(index, one);
            }
            return;
        }
        self.comments.sort_by_key(Waiting::order);
        self.comments.dedup_by_key(|waiting| waiting.order());
    }

    /// Keeps no more than `most`: the oldest tenth goes, and what flies stays where it is.
    fn forget_beyond(&mut self, most: usize) {
        if self.comments.len() <= most {
            return;
        }
        let oldest = self.comments.len() - most + most / 10;
        for index in 0..oldest {
            self.forgotten.count(self.layout.fate(index).unwrap_or(Fate::Dropped));
        }
        self.comments.drain(..oldest);
        self.layout.forget(oldest);
    }

    /// Forgets the room's comments and zones; the page's own comments stay.
    pub(crate) fn clear(&mut self) {
        self.comments.retain(|waiting| waiting.key > LOCAL);
        self.late.clear();
        self.lifted.clear();
        self.zones.clear();
        self.forgotten = Stats::default();
        self.layout = Layout::new(self.stage());
    }

    pub(crate) fn insert_local(&mut self, comments: impl IntoIterator<Item = (Comment, Option<StreamTime>)>) {
        let locals = self.locals;
        let numbered = (locals + 1..).zip(comments).map(|(key, (comment, start))| (key, comment, start));
        let coming: Vec<Coming> = numbered.collect();
        self.locals = locals.saturating_add(coming.len() as u64);
        self.insert(coming);
    }

    /// Puts every late comment where it would have been had it come in time, and every held one back in its place:
    /// after a jump nobody saw otherwise.
    pub(crate) fn settle(&mut self) {
        self.lifted.clear();
        let moved = self.comments.iter().filter(|waiting| waiting.start != waiting.comment.at);
        let moved = moved.map(|waiting| waiting.start.min(waiting.comment.at));
        let Some(earliest) = moved.chain(self.late.iter().map(|waiting| waiting.start)).min() else { return };
        // What comes before the earliest of them stays as it is.
        self.layout.keep(self.comments.partition_point(|waiting| waiting.start < earliest));
        for waiting in &mut self.comments {
            waiting.start = waiting.comment.at;
        }
        self.comments.extend(self.late.drain(..));
        self.comments.sort_by_key(Waiting::order);
        self.forget_beyond(MOST);
    }

    /// Holds the comment `key`, if it flies at `now`.
    pub(crate) fn hold(&mut self, key: u64, now: StreamTime) {
        if let Some((index, _)) = self.flying(now).into_iter().find(|(_, flight)| flight.key == key)
            && let Some(waiting) = self.comments.get(index)
        {
            self.lifted.hold(waiting.order(), now);
        }
    }

    /// Lets the comment `key` go on.
    pub(crate) fn release(&mut self, key: u64, now: StreamTime) {
        self.lifted.release(key, now);
    }

    /// Lays out every comment that starts by `t`.
    fn reach(&mut self, t: StreamTime) -> usize {
        let end = self.comments.partition_point(|waiting| waiting.start <= t);
        let law = Law { rules: &self.rules, zones: &self.zones };
        self.layout.extend(&self.comments, end, law);
        end
    }

    /// Indices of the comments that may fly at `t`, of those laid out.
    fn near(&self, t: StreamTime, end: usize) -> Range<usize> {
        let oldest = t.plus(-self.stage().duration_ms - OWN_HOLD_MS);
        self.comments.partition_point(|waiting| waiting.start < oldest)..end
    }

    pub(crate) fn at(&mut self, t: StreamTime) -> Vec<Flight> {
        self.flying(t).into_iter().map(|(_, flight)| flight).collect()
    }

    /// With the index of each; those that are, or were, held come last, above the others.
    fn flying(&mut self, t: StreamTime) -> Vec<(usize, Flight)> {
        let end = self.reach(t);
        let mut flights: Vec<(usize, Flight)> = Vec::new();
        for index in self.near(t, end) {
            match self.layout.fate(index) {
                Some(Fate::Flies { .. }) => {
                    let flight = self.flight(index).filter(|(flight, end)| flight.launch <= t && t < *end);
                    flights.extend(flight.map(|(flight, _)| (index, flight)));
                }
                Some(Fate::Merged { into }) => {
                    if let Ok(found) = flights.binary_search_by_key(&into, |(index, _)| *index)
                        && let Some((_, flight)) = flights.get_mut(found)
                    {
                        flight.count += 1;
                    }
                }
                Some(Fate::Dropped | Fate::Blocked) | None => {}
            }
        }
        self.lift(flights, t)
    }

    fn lift(&self, mut flights: Vec<(usize, Flight)>, t: StreamTime) -> Vec<(usize, Flight)> {
        for one in self.lifted.all() {
            let index = self.comments.partition_point(|waiting| waiting.order() < one.order);
            let Some((flight, end)) = self.flight(index).filter(|(flight, _)| flight.key == one.order.1)
            else {
                continue;
            };
            flights.retain(|(at, _)| *at != index);
            let launch = flight.launch.plus(one.behind_ms);
            if launch <= t && (one.since.is_some() || t < end.plus(one.behind_ms)) {
                let count = self.layout.stand_for(index);
                flights.push((index, Flight { launch, held: one.since, count, ..flight }));
            }
        }
        flights
    }

    /// A comment that flies at some time, and when it is gone.
    fn flight(&self, index: usize) -> Option<(Flight, StreamTime)> {
        let (waiting, fate) = (self.comments.get(index)?, self.layout.fate(index)?);
        let Fate::Flies { row, launch } = fate else { return None };
        let law = Law { rules: &self.rules, zones: &self.zones };
        let end = self.layout.end(waiting, row, launch, law);
        let Comment { text, mode, color, user, own, host, moderator, .. } = waiting.comment.clone();
        let (key, width, duration_ms) = (waiting.key, waiting.width, self.stage().duration(mode));
        let (held, count, likes) = (None, 1, 0);
        let flight = Flight {
            key,
            text,
            mode,
            color,
            user,
            own,
            host,
            moderator,
            row,
            launch,
            duration_ms,
            width,
            held,
            count,
            likes,
        };
        Some((flight, end))
    }

    pub(crate) fn next_after(&mut self, t: StreamTime) -> Option<StreamTime> {
        let end = self.reach(t);
        let next_start = self.comments.get(end).map(|waiting| waiting.start);
        let law = Law { rules: &self.rules, zones: &self.zones };
        let changes = self.near(t, end).filter_map(|index| {
            let waiting = self.comments.get(index)?;
            let Fate::Flies { row, launch } = self.layout.fate(index)? else { return None };
            if launch > t {
                return Some(launch);
            }
            // One that is held, or was, goes by another clock.
            let end = self.layout.end(waiting, row, launch, law);
            (end > t && !self.lifted.has(waiting.order())).then_some(end)
        });
        let lifted = self.lifted.all().filter(|one| one.since.is_none()).filter_map(|one| {
            let index = self.comments.partition_point(|waiting| waiting.order() < one.order);
            let (_, end) = self.flight(index)?;
            Some(end.plus(one.behind_ms)).filter(|end| *end > t)
        });
        changes.chain(lifted).chain(next_start).min()
    }

    pub(crate) fn stats(&mut self, t: StreamTime) -> Stats {
        let end = self.reach(t);
        let mut stats = self.forgotten;
        self.late.iter().for_each(|late| stats.count(fate_of_late(late)));
        (0..end).filter_map(|index| self.layout.fate(index)).for_each(|fate| stats.count(fate));
        stats.on_screen = self.at(t).len();
        stats
    }
}

const fn fate_of_late(waiting: &Waiting) -> Fate {
    if waiting.blocked { Fate::Blocked } else { Fate::Dropped }
}
