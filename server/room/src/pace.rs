//! How fast each user speaks, as a fold of the comments: what is resent, repeated or too much.

use crate::Refusal;
use protocol::{ChatMessage, ServerTime};
use std::collections::{HashMap, VecDeque};

/// Comments that one user may make in [`WINDOW_MS`] (YouTube allows 11 in 30 s; a shopping room is livelier).
const MOST: usize = 5;
/// Milliseconds that [`MOST`] looks back over.
const WINDOW_MS: i64 = 5_000;
/// The same words by the same user count as repeated for so long, in milliseconds.
const REPEAT_MS: i64 = 3_000;
/// Comments remembered, so that one that is sent again after a break is known: 5 minutes of a busy room.
const REMEMBERED: usize = 5_000;

/// What is remembered of the last comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pace {
    sent: HashMap<(i64, String), u64>,
    order: VecDeque<(i64, String)>,
    recent: HashMap<i64, VecDeque<(ServerTime, String)>>,
}

impl Pace {
    /// The event that the user's own id already stands for.
    pub(crate) fn sent(&self, user: i64, client_id: &str) -> Option<u64> {
        self.sent.get(&(user, client_id.to_owned())).copied()
    }

    /// Whether `user` may say `text` now.
    pub(crate) fn check(&self, user: i64, text: &str, now: ServerTime) -> Result<(), Refusal> {
        let Some(recent) = self.recent.get(&user) else { return Ok(()) };
        let age = |at: &ServerTime| now.0.saturating_sub(at.0);
        if let Some((at, _)) = recent.iter().find(|(at, said)| said == text && age(at) < REPEAT_MS) {
            return Err(Refusal::Repeated { wait_ms: REPEAT_MS - age(at) });
        }
        match recent.front() {
            Some((at, _)) if recent.len() >= MOST && age(at) < WINDOW_MS => {
                Err(Refusal::SlowDown { most: MOST, window_ms: WINDOW_MS, wait_ms: WINDOW_MS - age(at) })
            }
            _ => Ok(()),
        }
    }

    /// Takes note of a comment.
    pub(crate) fn apply(&mut self, chat: &ChatMessage, seq: u64, time: ServerTime) {
        let key = (chat.user.id, chat.client_id.clone());
        if self.sent.insert(key.clone(), seq).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.sent.remove(&oldest);
            self.forget_quiet(time);
        }
        let recent = self.recent.entry(chat.user.id).or_default();
        recent.push_back((time, chat.text.clone()));
        if recent.len() > MOST {
            recent.pop_front();
        }
    }

    /// Drops users who have been quiet, now and then, so that the table stays as small as the room.
    fn forget_quiet(&mut self, now: ServerTime) {
        if self.recent.len() > REMEMBERED {
            self.recent
                .retain(|_, said| said.back().is_some_and(|(at, _)| now.0.saturating_sub(at.0) < WINDOW_MS));
        }
    }
}
