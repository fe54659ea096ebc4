use ::room::{LiveChange, Resume, Who};
use protocol::{Command, RoomStatus};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{broadcast, mpsc, oneshot};

use super::entry::Entry;
use super::task;
use super::watchers::{Watchers, Watching};
use crate::error::{ApiError, ApiResult};
use crate::gifts::Gifts;
use crate::live::Live;
use crate::store::Store;

/// Messages that wait for a room's task; past it, askers wait.
const QUEUE: usize = 1_024;

/// The rooms at work.
#[derive(Clone)]
pub struct Hub {
    store: Store,
    live: Live,
    gifts: Gifts,
    rooms: Arc<Mutex<HashMap<String, Handle>>>,
}

/// A way to a room's task.
#[derive(Debug, Clone)]
pub struct Handle {
    messages: mpsc::Sender<Message>,
    watchers: Watchers,
}

/// What a room's task is asked.
#[derive(Debug)]
pub(super) enum Message {
    /// Put a command through the rules.
    Command { who: Who, command: Command, reply: oneshot::Sender<ApiResult<u64>> },
    /// The publisher came or went.
    Live(LiveChange),
    /// The outbox has something to be told.
    Outbox,
    /// Likes that were counted are to be told.
    Likes,
    /// A socket joins, or comes back.
    Join { after: Option<u64>, reply: oneshot::Sender<Joined> },
}

/// Where a socket starts from.
#[derive(Debug)]
pub(super) struct Joined {
    /// The newest event's number.
    pub(super) seq: u64,
    /// Where the show stands.
    pub(super) status: RoomStatus,
    /// What it has missed.
    pub(super) resume: Resume<Entry>,
    /// What happens from now on.
    pub(super) entries: broadcast::Receiver<Entry>,
}

impl Hub {
    /// No room at work yet.
    pub fn new(store: Store, live: Live, gifts: Gifts) -> Self {
        Self { store, live, gifts, rooms: Arc::default() }
    }

    /// A way to a room that is known to exist; its task starts when it is first asked for.
    pub fn open(&self, room: &str) -> Handle {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(handle) = rooms.get(room) {
            return handle.clone();
        }
        let (messages, queue) = mpsc::channel(QUEUE);
        let handle = Handle { messages, watchers: Watchers::default() };
        let Self { store, live, gifts, .. } = self.clone();
        tokio::spawn(task::run(room.to_owned(), store, live, gifts, queue));
        rooms.insert(room.to_owned(), handle.clone());
        handle
    }

    /// How many watch a room.
    pub fn viewers(&self, room: &str) -> u32 {
        let rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.get(room).map_or(0, |handle| handle.watchers.count())
    }

    /// Sees to it that what the outbox holds for a room is told.
    pub fn wake(&self, room: &str) {
        // A full queue has somebody in it who looks into the outbox anyway: see `task`.
        let _ = self.open(room).messages.try_send(Message::Outbox);
    }
}

impl Handle {
    /// Puts a command through the room's rules. Answers its event's number, once that is on the disk.
    ///
    /// # Errors
    /// The rules' refusal, or that the store failed.
    pub async fn command(&self, who: Who, command: Command) -> ApiResult<u64> {
        let (reply, answer) = oneshot::channel();
        self.ask(Message::Command { who, command, reply }).await?;
        answer.await.unwrap_or_else(|_| Err(ApiError::internal()))
    }

    /// The publisher came or went.
    pub async fn live(&self, change: LiveChange) {
        // Only a server that stops has no task to tell.
        let _ = self.ask(Message::Live(change)).await;
    }

    /// Joins, or comes back after having seen everything up to `after`.
    pub(super) async fn join(&self, after: Option<u64>) -> ApiResult<Joined> {
        let (reply, answer) = oneshot::channel();
        self.ask(Message::Join { after, reply }).await?;
        answer.await.map_err(|_| ApiError::internal())
    }

    /// Counts a socket.
    pub(super) fn enter(&self, user: Option<i64>) -> Watching {
        self.watchers.enter(user)
    }

    /// How many watch.
    pub(super) fn viewers(&self) -> u32 {
        self.watchers.count()
    }

    async fn ask(&self, message: Message) -> ApiResult<()> {
        self.messages.send(message).await.map_err(|_| ApiError::internal())
    }
}
