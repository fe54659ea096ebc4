//! How fast each user likes. Taps are counted, not logged one by one, so that this is no fold of the log: a restarted
//! server forgets it, and the window is over by then.

use crate::{Refusal, Who};
use protocol::{LIMITS, ServerTime};
use std::collections::{HashMap, VecDeque};

/// Taps that one user may make in [`WINDOW_MS`]: two commands as full as they may be.
const MOST: u32 = 2 * LIMITS.like_count;
/// Milliseconds that [`MOST`] looks back over.
const WINDOW_MS: i64 = 3_000;
/// Users remembered before the quiet ones are forgotten.
const REMEMBERED: usize = 5_000;

/// The last taps of each user.
#[derive(Debug, Clone, Default)]
pub struct Likes {
    recent: HashMap<i64, VecDeque<(ServerTime, u32)>>,
}

impl Likes {
    /// Takes `count` taps of somebody, all or none.
    ///
    /// # Errors
    /// A [`Refusal`] when they are too many, in one command or in a short time, or nobody's.
    pub fn take(&mut self, who: &Who, count: u32, now: ServerTime) -> Result<(), Refusal> {
        let user = who.user()?.id;
        if !(1..=LIMITS.like_count).contains(&count) {
            return Err(Refusal::BadLikeCount { found: count, most: LIMITS.like_count });
        }
        if self.recent.len() > REMEMBERED {
            let young = |at: ServerTime| now.0.saturating_sub(at.0) < WINDOW_MS;
            self.recent.retain(|_, taps| taps.back().is_some_and(|(at, _)| young(*at)));
        }
        let recent = self.recent.entry(user).or_default();
        while recent.front().is_some_and(|(at, _)| now.0.saturating_sub(at.0) >= WINDOW_MS) {
            recent.pop_front();
        }
        let made: u32 = recent.iter().map(|(_, count)| count).sum();
        if made + count > MOST {
            let oldest = recent.front().map_or(now.0, |(at, _)| at.0);
            let wait_ms = WINDOW_MS - now.0.saturating_sub(oldest);
            return Err(Refusal::TooManyLikes { most: MOST, window_ms: WINDOW_MS, wait_ms });
        }
        recent.push_back((now, count));
        Ok(())
    }
}
