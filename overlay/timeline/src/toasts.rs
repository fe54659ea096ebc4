use crate::frame::ToastCard;
use protocol::{OrderToast, StreamTime};
use std::sync::Arc;

/// How long a toast is read.
const WINDOW_MS: i64 = 4_000;

/// Toasts on the screen at once: more would cover the picture.
const SHOWN: usize = 2;

/// Toasts kept, for seeking back: a show with an order every three seconds for four hours.
const MOST: usize = 5_000;

/// Who bought what.
#[derive(Debug, Clone, Default)]
pub(crate) struct Toasts {
    toasts: Vec<(StreamTime, u64, Arc<OrderToast>)>,
}

impl Toasts {
    pub(crate) fn insert(&mut self, seq: u64, start: StreamTime, toast: OrderToast) {
        let index = self.toasts.partition_point(|(other, number, _)| (*other, *number) < (start, seq));
        self.toasts.insert(index, (start, seq, Arc::new(toast)));
        if self.toasts.len() > MOST {
            self.toasts.remove(0);
        }
    }

    /// The newest ones whose window `t` is in.
    pub(crate) fn at(&self, t: StreamTime) -> Vec<ToastCard> {
        let first = self.toasts.partition_point(|(start, ..)| start.plus(WINDOW_MS) <= t);
        let end = self.toasts.partition_point(|(start, ..)| *start <= t);
        let shown = self.toasts.iter().take(end).skip(first.max(end.saturating_sub(SHOWN)));
        shown.map(|(_, seq, toast)| ToastCard { seq: *seq, toast: toast.clone() }).collect()
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        let first = self.toasts.partition_point(|(start, ..)| start.plus(WINDOW_MS) <= t);
        let near = self.toasts.iter().skip(first);
        near.flat_map(|(start, ..)| [*start, start.plus(WINDOW_MS)]).filter(|change| *change > t).min()
    }
}
