use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Who watches: a user once however many tabs they have, a guest for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    User(i64),
    Guest(u64),
}

/// The sessions that watch a room now.
#[derive(Debug, Clone, Default)]
pub(super) struct Watchers(Arc<Mutex<HashMap<Key, u32>>>);

/// One socket's share; dropping it ends it.
#[derive(Debug)]
pub(super) struct Watching {
    watchers: Watchers,
    key: Key,
}

impl Watchers {
    /// Counts one more socket of this user, or of a guest.
    pub(super) fn enter(&self, user: Option<i64>) -> Watching {
        static GUESTS: AtomicU64 = AtomicU64::new(0);
        let key = user.map_or_else(|| Key::Guest(GUESTS.fetch_add(1, Ordering::Relaxed)), Key::User);
        let mut sockets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = sockets.entry(key).or_insert(0);
        *count = count.saturating_add(1);
        drop(sockets);
        Watching { watchers: self.clone(), key }
    }

    /// How many watch.
    pub(super) fn count(&self) -> u32 {
        let sockets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        u32::try_from(sockets.len()).unwrap_or(u32::MAX)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let mut sockets = self.watchers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = sockets.get_mut(&self.key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                sockets.remove(&self.key);
            }
        }
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
