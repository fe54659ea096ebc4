use protocol::StreamTime;

/// Comments that are out of step at once; of more, the one that was held first is given up.
const MOST: usize = 16;

/// Comments that the viewer holds, or has held.
///
/// A comment that is held stays where it is, above the others, which pass beneath it as if it went on. Let go, it goes on
/// from where it stood, still above, and is that much later at its end. A jump of the picture ends all that.
#[derive(Debug, Default)]
pub(super) struct Lifted {
    all: Vec<One>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct One {
    /// Start and key: its place among the comments.
    pub(super) order: (StreamTime, u64),
    /// How much later it is than it would be.
    pub(super) behind_ms: i64,
    /// Since when it is held.
    pub(super) since: Option<StreamTime>,
}

impl Lifted {
    pub(super) fn hold(&mut self, order: (StreamTime, u64), now: StreamTime) {
        match self.all.iter_mut().find(|one| one.order == order) {
            Some(one) => one.since = one.since.or(Some(now)),
            None => {
                if self.all.len() == MOST {
                    self.all.remove(0);
                }
                self.all.push(One { order, behind_ms: 0, since: Some(now) });
            }
        }
    }

    /// Lets go of every one of this key.
    pub(super) fn release(&mut self, key: u64, now: StreamTime) {
        for one in self.all.iter_mut().filter(|one| one.order.1 == key) {
            if let Some(since) = one.since.take() {
                one.behind_ms = one.behind_ms.saturating_add((now.millis() - since.millis()).max(0));
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &One> {
        self.all.iter()
    }

    pub(super) fn has(&self, order: (StreamTime, u64)) -> bool {
        self.all.iter().any(|one| one.order == order)
    }
}
