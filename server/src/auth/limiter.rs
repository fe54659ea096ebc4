use protocol::ServerTime;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Keys remembered at most; past it, those whose time is over are dropped, then all: a flood forgives, it never
/// fills the memory.
const MOST_KEYS: usize = 50_000;

/// How often something may happen to a key in a window of time. In memory: a restart forgives.
#[derive(Debug)]
pub struct Limiter<K> {
    most: u32,
    window_ms: i64,
    seen: Mutex<HashMap<K, (ServerTime, u32)>>,
}

impl<K: Hash + Eq> Limiter<K> {
    /// At most `most` in `window_ms` milliseconds.
    pub fn new(most: u32, window_ms: i64) -> Self {
        Self { most, window_ms, seen: Mutex::default() }
    }

    fn is_over(&self, start: ServerTime, now: ServerTime) -> bool {
        now.0.saturating_sub(start.0) >= self.window_ms
    }

    /// Seconds to wait before it may happen again; none when it may now.
    pub fn wait(&self, key: &K, now: ServerTime) -> Option<i64> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, count) = seen.get(key)?;
        let left = self.window_ms.saturating_sub(now.0.saturating_sub(start.0));
        (*count >= self.most && left > 0).then_some(left / 1_000 + 1)
    }

    /// Takes note that it happened.
    pub fn note(&self, key: K, now: ServerTime) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST_KEYS {
            seen.retain(|_, (start, _)| !self.is_over(*start, now));
            if seen.len() >= MOST_KEYS {
                seen.clear();
            }
        }
        let entry = seen.entry(key).or_insert((now, 0));
        if self.is_over(entry.0, now) {
            *entry = (now, 0);
        }
        entry.1 = entry.1.saturating_add(1);
    }

    /// Takes back the note of one: it was none of those that count.
    pub fn take_back(&self, key: &K) {
        if let Some((_, count)) = self.seen.lock().unwrap_or_else(PoisonError::into_inner).get_mut(key) {
            *count = count.saturating_sub(1);
        }
    }

    /// Forgives.
    pub fn forget(&self, key: &K) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_in_a_window_waits_for_its_end() {
        let limiter = Limiter::new(3, 60_000);
        for second in 0..3 {
            assert_eq!(limiter.wait(&"bob", ServerTime(second * 1_000)), None);
            limiter.note("bob", ServerTime(second * 1_000));
        }
        assert_eq!(limiter.wait(&"bob", ServerTime(10_000)), Some(51));
        assert_eq!(limiter.wait(&"eve", ServerTime(10_000)), None);
        assert_eq!(limiter.wait(&"bob", ServerTime(60_000)), None);
    }
}
