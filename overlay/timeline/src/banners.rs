use crate::frame::Banner;
use protocol::StreamTime;
use std::sync::Arc;

/// How long an announcement stands: two lines are read twice.
const WINDOW_MS: i64 = 12_000;

/// Announcements kept, for seeking back.
const MOST: usize = 200;

/// What the host announced. One stands at a time: a new one takes the place of the one before.
#[derive(Debug, Clone, Default)]
pub(crate) struct Banners {
    banners: Vec<(StreamTime, u64, Arc<str>)>,
}

impl Banners {
    pub(crate) fn insert(&mut self, seq: u64, at: StreamTime, text: &str) {
        let index = self.banners.partition_point(|(other, number, _)| (*other, *number) < (at, seq));
        if self.banners.get(index).is_some_and(|(_, number, _)| *number == seq) {
            return;
        }
        self.banners.insert(index, (at, seq, Arc::from(text)));
        if self.banners.len() > MOST {
            self.banners.remove(0);
        }
    }

    pub(crate) fn at(&self, t: StreamTime) -> Option<Banner> {
        let end = self.banners.partition_point(|(at, ..)| *at <= t);
        let (at, seq, text) = self.banners.get(end.checked_sub(1)?)?;
        (t < at.plus(WINDOW_MS)).then(|| Banner { seq: *seq, text: text.clone() })
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        let next = self.banners.partition_point(|(at, ..)| *at <= t);
        let begins = self.banners.get(next).map(|(at, ..)| *at);
        let stands = next.checked_sub(1).and_then(|last| self.banners.get(last));
        let ends = stands.map(|(at, ..)| at.plus(WINDOW_MS)).filter(|end| *end > t);
        begins.into_iter().chain(ends).min()
    }
}
