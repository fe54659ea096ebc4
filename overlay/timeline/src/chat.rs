use crate::frame::ChatLine;
use protocol::{ChatMessage, StreamTime};
use std::sync::Arc;

/// Lines kept: what a viewer would scroll back through.
const MOST: usize = 1_000;

/// Lines of a frame; the list scrolls within these.
const SHOWN: usize = 100;

/// The chat list: every comment whose picture has come, in the order of the pictures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chat {
    lines: Vec<(StreamTime, u64, Arc<ChatMessage>)>,
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

    pub(crate) fn until(&self, t: StreamTime, me: Option<i64>) -> Vec<ChatLine> {
        let end = self.lines.partition_point(|(at, ..)| *at <= t);
        let lines = self.lines.iter().take(end).skip(end.saturating_sub(SHOWN));
        lines
            .map(|(_, seq, message)| ChatLine {
                seq: *seq,
                message: message.clone(),
                own: Some(message.user.id) == me,
            })
            .collect()
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        let index = self.lines.partition_point(|(at, ..)| *at <= t);
        self.lines.get(index).map(|(at, ..)| *at)
    }
}
