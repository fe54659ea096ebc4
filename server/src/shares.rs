//! How many of something each key has at this moment. Knows no time: what happened in the last minute is the limiter's.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts by key; clones count together.
#[derive(Debug)]
pub(crate) struct Shares<K>(Arc<Mutex<HashMap<K, usize>>>);

/// One of those that are counted; dropping it ends it.
#[derive(Debug)]
pub(crate) struct Share<K: Copy + Eq + Hash> {
    shares: Shares<K>,
    key: K,
}

impl<K> Clone for Shares<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K> Default for Shares<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Copy + Eq + Hash> Shares<K> {
    /// Counts one more for `key`.
    pub(crate) fn enter(&self, key: K) -> Share<K> {
        self.count(&mut self.lock(), key)
    }

    /// The same, unless `key` has `most` already.
    pub(crate) fn enter_within(&self, key: K, most: usize) -> Option<Share<K>> {
        let mut counts = self.lock();
        let there = counts.get(&key).copied().unwrap_or(0);
        (there < most).then(|| self.count(&mut counts, key))
    }

    fn count(&self, counts: &mut HashMap<K, usize>, key: K) -> Share<K> {
        let count = counts.entry(key).or_insert(0);
        *count = count.saturating_add(1);
        Share { shares: self.clone(), key }
    }

    /// Keys that have one or more.
    pub(crate) fn keys(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Copy + Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        let mut counts = self.shares.lock();
        if let Some(count) = counts.get_mut(&self.key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}
