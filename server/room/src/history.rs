use crate::State;
use protocol::{Event, ServerTime};
use std::borrow::Borrow;
use std::collections::VecDeque;

/// Events that a reconnecting client may have missed and still be given one by one.
const KEPT: usize = 5_000;
/// Events younger than this follow a snapshot one by one, in milliseconds: a viewer so far behind still sees each at
/// its own picture.
const TAIL_MS: i64 = 90_000;

/// The end of a room's log: the state now, the state that a joiner starts from, and the events between.
#[derive(Debug, Clone)]
pub struct History<E> {
    now: State,
    base: State,
    events: VecDeque<E>,
}

/// What a client is told when it joins, or comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resume<E> {
    /// It missed exactly these.
    Tail(Vec<E>),
    /// It starts from this state, followed by these.
    Fresh(Box<State>, Vec<E>),
}

impl<E: Borrow<Event> + Clone> History<E> {
    /// From a state that was folded from the log up to its `seq`, and whose next events will be pushed.
    pub fn new(base: State) -> Self {
        Self { now: base.clone(), base, events: VecDeque::new() }
    }

    /// The room as it stands.
    pub fn now(&self) -> &State {
        &self.now
    }

    /// Appends the next event of the log.
    pub fn push(&mut self, event: E) {
        self.now.apply(event.borrow());
        self.events.push_back(event);
        if self.events.len() > KEPT
            && let Some(oldest) = self.events.pop_front()
        {
            self.base.apply(oldest.borrow());
        }
    }

    /// What to tell a client that has seen everything up to `after`, or nothing yet.
    pub fn resume(&mut self, after: Option<u64>, now: ServerTime) -> Resume<E> {
        let first = self.events.front().map_or(self.now.seq.saturating_add(1), |e| e.borrow().seq);
        match after {
            Some(after) if after <= self.now.seq && after.saturating_add(1) >= first => {
                Resume::Tail(self.after(after))
            }
            _ => {
                self.advance(now);
                Resume::Fresh(Box::new(self.base.clone()), self.after(self.base.seq))
            }
        }
    }

    fn after(&self, seq: u64) -> Vec<E> {
        let start = self.events.partition_point(|event| event.borrow().seq <= seq);
        self.events.range(start..).cloned().collect()
    }

    /// Moves the base up to the last event that every viewer has left behind.
    fn advance(&mut self, now: ServerTime) {
        let start = self.events.partition_point(|event| event.borrow().seq <= self.base.seq);
        for event in self.events.range(start..).map(Borrow::borrow) {
            if now.0.saturating_sub(event.time.0) < TAIL_MS {
                break;
            }
            self.base.apply(event);
        }
    }
}
