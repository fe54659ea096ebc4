use std::sync::atomic::{AtomicU64, Ordering};

use crate::shares::{Share, Shares};

/// Who watches: a user once however many tabs they have, a guest for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    User(i64),
    Guest(u64),
}

/// The sessions that watch a room now.
#[derive(Debug, Clone, Default)]
pub(super) struct Watchers(Shares<Key>);

/// One socket's share; dropping it ends it.
pub(super) type Watching = Share<Key>;

impl Watchers {
    /// Counts one more socket of this user, or of a guest.
    pub(super) fn enter(&self, user: Option<i64>) -> Watching {
        static GUESTS: AtomicU64 = AtomicU64::new(0);
        let key = user.map_or_else(|| Key::Guest(GUESTS.fetch_add(1, Ordering::Relaxed)), Key::User);
        self.0.enter(key)
    }

    /// How many watch.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.0.keys()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_with_two_tabs_is_one_viewer() {
        let watchers = Watchers::default();
        let (first, second, guest) = (watchers.enter(Some(1)), watchers.enter(Some(1)), watchers.enter(None));
        assert_eq!(watchers.count(), 2);
        drop(first);
        assert_eq!(watchers.count(), 2);
        drop((second, guest));
        assert_eq!(watchers.count(), 0);
    }
}
