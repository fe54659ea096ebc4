use crate::frame::ChatLine;
use protocol::{ChatMessage, StreamTime};
use std::sync::Arc;

/// Lines kept: as many as comments, so that a replay finds its list wherever it is sought to.
const MOST: usize = 50_000;

/// Lines of a frame as the list follows what comes.
const SHOWN: usize = 100;

/// Lines that are added when the viewer has scrolled to the first one, and the most that a frame then has: what a phone
/// lays out without effort.
const MORE: usize = 100;
const MOST_SHOWN: usize = 300;

/// The chat list: every comment whose picture has come, in the order of the pictures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chat {
    /// By when they show, then number.
    lines: Vec<Line>,
    /// How many show at another time than their own.
    moved: usize,
    /// The first line of the list when the viewer has scrolled back.
    held: Option<(StreamTime, u64)>,
}

#[derive(Debug, Clone)]
struct Line {
    shows: StreamTime,
    seq: u64,
    at: StreamTime,
    message: Arc<ChatMessage>,
}

impl Line {
    const fn order(&self) -> (StreamTime, u64) {
        (self.shows, self.seq)
    }
}

impl Chat {
    /// Adds a comment of the picture `at` that `shows` then; answers whether it is new.
    pub(crate) fn insert(
        &mut self,
        seq: u64,
        at: StreamTime,
        shows: StreamTime,
        message: Arc<ChatMessage>,
    ) -> bool {
        let line = Line { shows, seq, at, message };
        let index = self.place(line.order());
        let is_here = self.lines.get(index).is_some_and(|other| other.seq == seq);
        if is_here || (self.moved > 0 && self.lines.iter().any(|other| other.seq == seq)) {
            return false;
        }
        self.moved += usize::from(shows != at);
        self.lines.insert(index, line);
        if self.lines.len() > MOST {
            // Many at once: a busy room would move all of them for each.
            self.lines.drain(..MOST / 10);
        }
        true
    }

    /// Puts every line where its picture is.
    pub(crate) fn settle(&mut self) {
        if self.moved > 0 {
            self.moved = 0;
            self.lines.iter_mut().for_each(|line| line.shows = line.at);
            self.lines.sort_by_key(Line::order);
        }
    }

    /// The comment of this number, whenever it shows.
    pub(crate) fn said(&self, seq: u64) -> Option<&Arc<ChatMessage>> {
        self.lines.iter().rev().find(|line| line.seq == seq).map(|line| &line.message)
    }

    /// The lines of the list, and how many have come that are newer than those.
    pub(crate) fn until(&self, t: StreamTime, me: Option<i64>) -> (Vec<ChatLine>, usize) {
        let end = self.end(t);
        let first = self.first(end);
        let last = if self.held.is_some() { end.min(first + MOST_SHOWN) } else { end };
        let lines = self.lines.iter().take(last).skip(first);
        let list = lines.map(|line| ChatLine {
            seq: line.seq,
            message: line.message.clone(),
            own: Some(line.message.user.id) == me,
        });
        (list.collect(), end - last)
    }

    /// Stays with the lines that are shown now.
    pub(crate) fn hold(&mut self, t: StreamTime) {
        if self.held.is_none() {
            self.held = self.key(self.first(self.end(t)));
        }
    }

    /// Begins earlier.
    pub(crate) fn further_back(&mut self, t: StreamTime) {
        self.held = self.key(self.first(self.end(t)).saturating_sub(MORE));
    }

    /// Goes with what comes.
    pub(crate) fn follow(&mut self) {
        self.held = None;
    }

    fn end(&self, t: StreamTime) -> usize {
        self.lines.partition_point(|line| line.shows <= t)
    }

    /// The first line of the list, of `end` that have come. After a seek back there may be none at the held place.
    fn first(&self, end: usize) -> usize {
        let newest = end.saturating_sub(SHOWN);
        self.held.map(|held| self.place(held)).filter(|first| *first < end).unwrap_or(newest)
    }

    fn place(&self, order: (StreamTime, u64)) -> usize {
        self.lines.partition_point(|line| line.order() < order)
    }

    fn key(&self, place: usize) -> Option<(StreamTime, u64)> {
        self.lines.get(place).map(Line::order)
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        self.lines.get(self.end(t)).map(|line| line.shows)
    }
}
