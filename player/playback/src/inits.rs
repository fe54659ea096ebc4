//! Initialization segments: one of each is fetched, read and kept.

use std::sync::Arc;

use container::read::Init;
use playlist::Map;

use crate::Now;
use crate::event::RequestId;
use crate::retry::Retry;

/// How many are kept: every rung of a ladder, video and sound.
const KEEP: usize = 16;

/// An initialization segment on its way or here.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Where it is, its address made absolute.
    pub(crate) map: Arc<Map>,
    pub(crate) progress: Progress,
    pub(crate) retry: Retry,
}

#[derive(Debug)]
pub(crate) enum Progress {
    Due(Now),
    Fetching(RequestId),
    Ready { body: RequestId, length: usize, init: Arc<Init> },
}

/// The initialization segments of a session, the last used at the end.
#[derive(Debug, Default)]
pub(crate) struct Inits {
    entries: Vec<Entry>,
}

impl Inits {
    /// The entry for a map; a new one is due at once. The second value is one that had to go.
    pub(crate) fn want(&mut self, map: &Arc<Map>, now: Now) -> Option<Entry> {
        if let Some(place) = self.entries.iter().position(|entry| entry.map == *map) {
            let entry = self.entries.remove(place);
            self.entries.push(entry);
            return None;
        }
        let entry = Entry { map: map.clone(), progress: Progress::Due(now), retry: Retry::default() };
        self.entries.push(entry);
        (self.entries.len() > KEEP).then(|| self.entries.remove(0))
    }

    /// What is ready of a map.
    pub(crate) fn ready(&self, map: &Map) -> Option<(RequestId, usize, Arc<Init>)> {
        self.entries.iter().find(|entry| *entry.map == *map).and_then(|entry| match &entry.progress {
            Progress::Ready { body, length, init } => Some((*body, *length, init.clone())),
            _ => None,
        })
    }

    /// The entry that a request is for.
    pub(crate) fn of_request(&mut self, request: RequestId) -> Option<&mut Entry> {
        self.entries
            .iter_mut()
            .find(|entry| matches!(entry.progress, Progress::Fetching(id) if id == request))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.iter_mut()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}
