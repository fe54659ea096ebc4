//! Comments over the picture: who flies, in which row, from when. Knows no pixels but widths.

mod layout;
mod stage;

use crate::frame::Flight;
use layout::{Fate, Layout, Waiting};
use protocol::{DanmakuMode, StreamTime};
use std::{collections::VecDeque, sync::Arc};

pub use layout::{HOLD_MS, OWN_HOLD_MS};
pub use stage::Stage;

/// Comments kept: an hour of a busy room, at 14 a second.
const MOST: usize = 50_000;

/// Comments kept that came too late to fly: some minutes' worth; of more, the oldest are dropped for good.
const MOST_LATE: usize = 5_000;

/// Local comments are numbered from here, above every event.
const LOCAL: u64 = 1 << 48;

/// What became of the comments so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Flew, or fly.
    pub shown: usize,
    /// Counted with an equal one that flew.
    pub merged: usize,
    /// Not over the picture: no row was free, or it came too late.
    pub dropped: usize,
    /// Fly now.
    pub on_screen: usize,
}

impl Stats {
    fn count(&mut self, fate: Fate) {
        match fate {
            Fate::Flies { .. } => self.shown += 1,
            Fate::Merged { .. } => self.merged += 1,
            Fate::Dropped => self.dropped += 1,
        }
    }
}

/// A comment that wants to fly.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// What it says.
    pub text: Arc<str>,
    /// How it flies.
    pub mode: DanmakuMode,
    /// Colour, `0xRRGGBB`.
    pub color: u32,
    /// Whether the viewer said it.
    pub own: bool,
    /// Whether the host said it.
    pub host: bool,
    /// The picture that it belongs to.
    pub at: StreamTime,
}

/// All comments, and the layout of those whose time has come.
pub(crate) struct Danmaku {
    /// By start, then key.
    comments: Vec<Waiting>,
    /// Fates of the first so many comments.
    layout: Layout,
    /// How many came too late to fly, until the next jump settles them.
    late: VecDeque<(u64, Comment)>,
    /// What became of comments that are no longer kept.
    forgotten: Stats,
    locals: u64,
    measure: Box<dyn Fn(&Comment) -> f64>,
}

impl Danmaku {
    pub(crate) fn new(stage: Stage, measure: Box<dyn Fn(&Comment) -> f64>) -> Self {
        Self {
            comments: Vec::new(),
            layout: Layout::new(stage),
            late: VecDeque::new(),
            forgotten: Stats::default(),
            locals: LOCAL,
            measure,
        }
    }

    pub(crate) const fn stage(&self) -> Stage {
        self.layout.stage()
    }

    pub(crate) fn set_stage(&mut self, stage: Stage) {
        if stage != self.stage() {
            self.layout = Layout::new(stage);
        }
    }

    pub(crate) fn insert(&mut self, key: u64, comment: Comment, start: Option<StreamTime>) {
        let Some(start) = start else {
            if self.late.len() == MOST_LATE {
                self.late.pop_front();
                self.forgotten.dropped += 1;
            }
            return self.late.push_back((key, comment));
        };
        let waiting = Waiting::new(key, start, (self.measure)(&comment), comment);
        let index = self.comments.partition_point(|other| other.order() < waiting.order());
        self.layout.keep(index);
        self.comments.insert(index, waiting);
        self.forget_beyond(MOST);
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

    pub(crate) fn insert_local(&mut self, comment: Comment, start: Option<StreamTime>) {
        self.locals += 1;
        self.insert(self.locals, comment, start);
    }

    /// Puts every late comment where it would have been had it come in time: after a jump nobody saw otherwise.
    pub(crate) fn settle(&mut self) {
        let moved = self.comments.iter().filter(|waiting| waiting.start != waiting.comment.at);
        let late = self.late.iter().map(|(_, comment)| comment.at);
        let Some(earliest) = moved.map(|waiting| waiting.comment.at).chain(late).min() else { return };
        // What comes before the earliest of them stays as it is.
        self.layout.keep(self.comments.partition_point(|waiting| waiting.start < earliest));
        for waiting in &mut self.comments {
            waiting.start = waiting.comment.at;
        }
        for (key, comment) in std::mem::take(&mut self.late) {
            let width = (self.measure)(&comment);
            self.comments.push(Waiting::new(key, comment.at, width, comment));
        }
        self.comments.sort_by_key(Waiting::order);
        self.forget_beyond(MOST);
    }

    /// Lays out every comment that starts by `t`.
    fn reach(&mut self, t: StreamTime) -> usize {
        let end = self.comments.partition_point(|waiting| waiting.start <= t);
        self.layout.extend(&self.comments, end);
        end
    }

    /// Indices of the comments that may fly at `t`, of those laid out.
    fn near(&self, t: StreamTime, end: usize) -> std::ops::Range<usize> {
        let oldest = t.plus(-self.stage().duration_ms - OWN_HOLD_MS);
        self.comments.partition_point(|waiting| waiting.start < oldest)..end
    }

    pub(crate) fn at(&mut self, t: StreamTime) -> Vec<Flight> {
        let end = self.reach(t);
        let mut flights: Vec<(usize, Flight)> = Vec::new();
        for index in self.near(t, end) {
            let (Some(waiting), Some(fate)) = (self.comments.get(index), self.layout.fate(index)) else {
                continue;
            };
            match fate {
                Fate::Flies { row, launch } => {
                    let duration_ms = self.stage().duration(waiting.comment.mode);
                    if launch <= t && t < launch.plus(duration_ms) {
                        flights.push((index, waiting.flight(row, launch, duration_ms)));
                    }
                }
                Fate::Merged { into } => {
                    if let Ok(found) = flights.binary_search_by_key(&into, |(index, _)| *index)
                        && let Some((_, flight)) = flights.get_mut(found)
                    {
                        flight.count += 1;
                    }
                }
                Fate::Dropped => {}
            }
        }
        flights.into_iter().map(|(_, flight)| flight).collect()
    }

    pub(crate) fn next_after(&mut self, t: StreamTime) -> Option<StreamTime> {
        let end = self.reach(t);
        let next_start = self.comments.get(end).map(|waiting| waiting.start);
        let changes = self.near(t, end).filter_map(|index| {
            let duration_ms = self.stage().duration(self.comments.get(index)?.comment.mode);
            match self.layout.fate(index)? {
                Fate::Flies { launch, .. } if launch > t => Some(launch),
                Fate::Flies { launch, .. } if launch.plus(duration_ms) > t => Some(launch.plus(duration_ms)),
                _ => None,
            }
        });
        changes.chain(next_start).min()
    }

    pub(crate) fn stats(&mut self, t: StreamTime) -> Stats {
        let end = self.reach(t);
        let mut stats = self.forgotten;
        stats.dropped += self.late.len();
        (0..end).filter_map(|index| self.layout.fate(index)).for_each(|fate| stats.count(fate));
        stats.on_screen = self.at(t).len();
        stats
    }
}
