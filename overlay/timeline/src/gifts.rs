//! Gifts over the picture: two trays with combos, and a stage for luxury gifts. Knows no pixels and no files.

mod course;
mod luxury;
mod past;
mod trays;

use crate::frame::{LuxuryCard, TrayCard};
use course::Course;
use luxury::{Cut, Cuts};
use past::{Mark, Past};
use protocol::{Gift, GiftSent, StreamTime, User};
use std::{collections::HashSet, sync::Arc};

pub use luxury::WAITING;
pub use trays::{HOLD_MS, LONGEST_MS, PRESSED_MS, QUEUE, TRAYS};

/// Gifts kept: an hour at five a second, and a tenth more.
const MOST: usize = 20_000;

/// Gifts between two courses that are kept to go back to.
const STRIDE: usize = 128;

/// Kinds of gifts that are kept once for all that were sent.
const KINDS: usize = 200;

/// A gift that somebody sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Who sent it.
    pub user: User,
    /// The gift as it was then.
    pub gift: Arc<Gift>,
    /// How many at once.
    pub count: u32,
    /// The sender's own name for the row of taps.
    pub combo: String,
    /// How many of the row, these included.
    pub combo_total: u32,
    /// Whether the viewer sent it.
    pub own: bool,
}

impl Given {
    /// What it is worth, coins.
    pub fn value(&self) -> u64 {
        u64::from(self.gift.price) * u64::from(self.count)
    }
}

/// What became of the gifts so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GiftStats {
    /// Have, or had, a card or the stage of their own.
    pub shown: usize,
    /// Are counted in the card of their row.
    pub merged: usize,
    /// Wait for a tray or for the stage.
    pub queued: usize,
    /// Are counted in a card for many: the trays and their queue were full.
    pub summarised: usize,
}

impl GiftStats {
    /// All of them.
    pub const fn all(self) -> usize {
        self.shown + self.merged + self.queued + self.summarised
    }
}

#[derive(Debug, Clone)]
struct Sent {
    seq: u64,
    /// The picture that it belongs to.
    at: StreamTime,
    /// When it is due: later than `at` when it came late.
    start: StreamTime,
    given: Arc<Given>,
}

/// All gifts, and the course of those whose time has come.
#[derive(Debug, Default)]
pub(crate) struct Gifts {
    me: Option<i64>,
    calm: bool,
    kinds: Vec<Arc<Gift>>,
    known: HashSet<u64>,
    /// By start, then number.
    sent: Vec<Sent>,
    /// What ended before its time.
    cuts: Cuts,
    /// The course before the first gift that is kept.
    base: Course,
    /// The course of the first so many gifts, and what had been by then.
    followed: Point,
    /// Points to go back to when something comes in between.
    points: Vec<Point>,
    past: Past,
    /// Whether the past holds how all that stands and waits goes on when nothing more comes.
    ran_out: bool,
}

#[derive(Debug, Clone, Default)]
struct Point {
    count: usize,
    course: Course,
    mark: Mark,
}

impl Gifts {
    /// Whose gifts are the viewer's own.
    pub(crate) fn set_me(&mut self, me: Option<i64>) {
        if self.me != me {
            self.me = me;
            for sent in &mut self.sent {
                let own = Some(sent.given.user.id) == me;
                if sent.given.own != own {
                    sent.given = Arc::new(Given { own, ..Given::clone(&sent.given) });
                }
            }
            self.back_to(0);
        }
    }

    /// Whether luxury gifts take a tray instead of the stage.
    pub(crate) fn set_calm(&mut self, calm: bool) {
        if self.calm != calm {
            self.calm = calm;
            self.back_to(0);
        }
    }

    /// Ends the luxury gift `seq` at `t`.
    pub(crate) fn skip(&mut self, seq: u64, t: StreamTime) {
        self.cut(seq, Cut::Skipped(t));
    }

    /// Has the luxury gift `seq` take a tray at `t`, or when its turn comes, if that is later.
    pub(crate) fn give_up(&mut self, seq: u64, t: StreamTime) {
        self.cut(seq, Cut::Failed(t));
    }

    fn cut(&mut self, seq: u64, cut: Cut) {
        if self.cuts.len() < MOST && !self.cuts.contains_key(&seq) {
            self.cuts.insert(seq, cut);
            self.back_to(self.sent.iter().position(|sent| sent.seq == seq).unwrap_or(0));
        }
    }

    /// Forgets all that happened in the room.
    pub(crate) fn clear(&mut self) {
        *self = Self { me: self.me, calm: self.calm, ..Self::default() };
    }

    pub(crate) fn insert(&mut self, seq: u64, at: StreamTime, start: StreamTime, sent: GiftSent) {
        if !self.known.insert(seq) {
            return;
        }
        let GiftSent { user, gift, count, combo, combo_total, .. } = sent;
        let own = Some(user.id) == self.me;
        let gift = self.kind(gift);
        let given = Arc::new(Given { user, gift, count, combo, combo_total, own });
        let index = self.sent.partition_point(|other| (other.start, other.seq) < (start, seq));
        self.sent.insert(index, Sent { seq, at, start, given });
        self.back_to(index);
        if self.sent.len() > MOST {
            self.forget();
        }
    }

    /// Puts every gift that came late where it would have been had it come in time: after a jump nobody saw otherwise.
    pub(crate) fn settle(&mut self) {
        let moved = self.sent.iter().filter(|sent| sent.start != sent.at);
        let Some(earliest) = moved.map(|sent| sent.at).min() else { return };
        self.back_to(self.sent.partition_point(|sent| sent.start < earliest));
        for sent in &mut self.sent {
            sent.start = sent.at;
        }
        self.sent.sort_by_key(|sent| (sent.start, sent.seq));
    }

    pub(crate) fn trays(&mut self, t: StreamTime) -> [Option<TrayCard>; TRAYS] {
        self.reach(t);
        self.past.trays(t)
    }

    pub(crate) fn luxury(&mut self, t: StreamTime) -> Option<LuxuryCard> {
        self.reach(t);
        self.past.luxury(t)
    }

    pub(crate) fn next_after(&mut self, t: StreamTime) -> Option<StreamTime> {
        let due = self.reach(t);
        let next = self.sent.get(due).map(|sent| sent.start);
        [next, self.past.next_after(t)].into_iter().flatten().min()
    }

    pub(crate) fn stats(&mut self, t: StreamTime) -> GiftStats {
        self.reach(t);
        self.past.stats(t)
    }

    /// Luxury gifts that are due within `ahead_ms` of `t`, so that their files can be there in time; soonest first.
    pub(crate) fn coming(&self, t: StreamTime, ahead_ms: i64) -> impl Iterator<Item = &Arc<Given>> {
        let from = self.sent.partition_point(|sent| sent.start < t);
        let near = move |sent: &&Sent| sent.start <= t.plus(ahead_ms);
        self.sent.iter().skip(from).take_while(near).map(|sent| &sent.given)
    }

    /// Follows the course up to `t`; answers how many gifts are due by then.
    fn reach(&mut self, t: StreamTime) -> usize {
        let due = self.sent.partition_point(|sent| sent.start <= t);
        let Point { count, course, mark } = &mut self.followed;
        if due > *count || !self.ran_out {
            self.past.back_to(*mark);
            for sent in self.sent.iter().take(due).skip(*count) {
                course.give(sent.seq, sent.start, &sent.given, self.calm, &self.cuts, &mut self.past);
                *count += 1;
                *mark = self.past.mark();
                if count.is_multiple_of(STRIDE) {
                    self.points.push(Point { count: *count, course: course.clone(), mark: *mark });
                }
            }
            course.clone().run_out(&self.cuts, &mut self.past);
            self.ran_out = true;
        }
        due
    }

    /// The course must be followed anew from the gift at `index` on.
    fn back_to(&mut self, index: usize) {
        if index >= self.followed.count {
            return;
        }
        while self.points.last().is_some_and(|point| point.count > index) {
            self.points.pop();
        }
        let first = || Point { count: 0, course: self.base.clone(), mark: Mark::default() };
        self.followed = self.points.last().cloned().unwrap_or_else(first);
        self.ran_out = false;
    }

    /// One copy of each kind of gift.
    fn kind(&mut self, gift: Gift) -> Arc<Gift> {
        if let Some(known) = self.kinds.iter().rev().find(|known| ***known == gift) {
            return known.clone();
        }
        if self.kinds.len() == KINDS {
            self.kinds.remove(0);
        }
        let gift = Arc::new(gift);
        self.kinds.push(gift.clone());
        gift
    }

    /// Lets the oldest tenth go; what it led to stays.
    fn forget(&mut self) {
        let wanted = MOST / 10 / STRIDE * STRIDE;
        let last = self.sent.get(wanted).map_or(StreamTime(0), |sent| sent.start);
        self.reach(last);
        let Some(point) = self.points.iter().find(|point| point.count == wanted).cloned() else { return };
        self.past.forget(point.mark);
        self.base = point.course;
        self.points.clear();
        self.followed = Point { count: 0, course: self.base.clone(), mark: Mark::default() };
        self.ran_out = false;
        for sent in self.sent.drain(..wanted) {
            self.known.remove(&sent.seq);
        }
    }
}
