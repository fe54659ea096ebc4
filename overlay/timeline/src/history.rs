use protocol::StreamTime;

/// Changes kept; a show of eight hours with a pin a minute has 480.
const MOST: usize = 1_000;

/// Changes of one thing, in the log's order. The log's order wins over the pictures': a change never takes effect before
/// the one that precedes it, or "pin, unpin" with a host whose clock stepped back would end up pinned.
#[derive(Debug, Clone)]
pub(crate) struct History<T> {
    changes: Vec<Change<T>>,
}

#[derive(Debug, Clone)]
struct Change<T> {
    seq: u64,
    at: StreamTime,
    effective: StreamTime,
    what: T,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self { changes: Vec::new() }
    }
}

impl<T> History<T> {
    /// Adds a change; one that is known already is left alone. Answers from when on things are otherwise than they were.
    pub(crate) fn insert(&mut self, seq: u64, at: StreamTime, what: T) -> Option<StreamTime> {
        let index = self.changes.partition_point(|change| change.seq < seq);
        let next = self.changes.get(index);
        if next.is_some_and(|change| change.seq == seq) {
            return None;
        }
        let next = next.map(|change| change.effective);
        self.changes.insert(index, Change { seq, at, effective: at, what });
        let before = index.checked_sub(1).and_then(|i| self.changes.get(i)).map(|before| before.effective);
        let mut reached = before;
        for change in self.changes.iter_mut().skip(index) {
            change.effective = reached.map_or(change.at, |reached| reached.max(change.at));
            reached = Some(change.effective);
        }
        if self.changes.len() > MOST {
            self.changes.remove(0);
        }
        let effective = before.map_or(at, |before| before.max(at));
        Some(next.map_or(effective, |next| next.min(effective)))
    }

    /// The changes in effect at some time from `from` on, each with when it takes effect.
    pub(crate) fn since(&self, from: StreamTime) -> impl Iterator<Item = (StreamTime, &T)> {
        let start = self.changes.partition_point(|change| change.effective <= from).saturating_sub(1);
        self.changes.iter().skip(start).map(|change| (change.effective, &change.what))
    }

    /// Whether there was never a change.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes in effect at `t`, in the log's order, with the picture of each.
    pub(crate) fn until(&self, t: StreamTime) -> impl Iterator<Item = (StreamTime, &T)> {
        self.changes.iter().take_while(move |change| change.effective <= t).map(|c| (c.at, &c.what))
    }

    /// Every change, whatever its picture.
    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        self.changes.iter().map(|change| &change.what)
    }

    /// When the next change after `t` takes effect.
    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        let index = self.changes.partition_point(|change| change.effective <= t);
        self.changes.get(index).map(|change| change.effective)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_never_overtakes_the_one_before_it_in_the_log() {
        let mut history = History::default();
        history.insert(2, StreamTime(90), "unpin");
        history.insert(1, StreamTime(100), "pin");
        history.insert(1, StreamTime(100), "pin");
        assert_eq!(history.until(StreamTime(99)).count(), 0);
        assert_eq!(history.until(StreamTime(100)).map(|(_, w)| *w).collect::<Vec<_>>(), ["pin", "unpin"]);
        assert_eq!(history.next_after(StreamTime(0)), Some(StreamTime(100)));
        assert_eq!(history.next_after(StreamTime(100)), None);
    }
}
