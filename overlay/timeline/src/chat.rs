use crate::frame::ChatLine;
use protocol::{ChatMessage, StreamTime};
use std::sync::Arc;

/// Lines kept: what a viewer would scroll back through.
const MOST: usize = 1_000;

/// Lines of a frame as the list follows what comes.
const SHOWN: usize = 100;

/// Lines that are added when the viewer has scrolled to the first one, and the most that a frame then has: what a phone
/// lays out without effort.
const MORE: usize = 100;
const MOST_SHOWN: usize = 300;

/// The chat list: every comment whose picture has come, in the order of the pictures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chat {
    lines: Vec<(StreamTime, u64, Arc<ChatMessage>)>,
    /// The first line of the list when the viewer has scrolled back.
    held: Option<(StreamTime, u64)>,
}

impl Chat {
    /// Adds a comment; answers whether it is new.
    pub(crate) fn insert(&mut self, seq: u64, at: StreamTime, message: Arc<ChatMessage>) -> bool {
        let index = self.lines.partition_point(|(other, number, _)| (*other, *number) < (at, seq));
        if self.lines.get(index).is_some_and(|(_, number, _)| *number == seq) {
            return false;
        }
        self.lines.insert(index, (at, seq, message));
        if self.lines.len() > MOST {
            self.lines.remove(0);
        }
        true
    }

    /// The lines of the list, and how many have come that are newer than those.
    pub(crate) fn until(&self, t: StreamTime, me: Option<i64>) -> (Vec<ChatLine>, usize) {
        let end = self.end(t);
        let first = self.first(end);
        let last = if self.held.is_some() { end.min(first + MOST_SHOWN) } else { end };
        let lines = self.lines.iter().take(last).skip(first);
        let list = lines.map(|(_, seq, message)| ChatLine {
            seq: *seq,
            message: message.clone(),
            own: Some(message.user.id) == me,
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
        self.lines.partition_point(|(at, ..)| *at <= t)
    }

    /// The first line of the list, of `end` that have come. After a seek back there may be none at the held place.
    fn first(&self, end: usize) -> usize {
        let newest = end.saturating_sub(SHOWN);
        let place = |held: (StreamTime, u64)| self.lines.partition_point(|(at, seq, _)| (*at, *seq) < held);
        self.held.map(place).filter(|first| *first < end).unwrap_or(newest)
    }

    fn key(&self, place: usize) -> Option<(StreamTime, u64)> {
        self.lines.get(place).map(|(at, seq, _)| (*at, *seq))
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        self.lines.get(self.end(t)).map(|(at, ..)| *at)
    }
}
