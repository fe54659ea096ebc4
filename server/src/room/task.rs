use ::room::{Asked, Decision, History, LiveChange, Picture, State, Who, decide, on_live};
use protocol::{Command, Event, EventBody, ServerTime, StreamTime};
use std::time::Duration;
use tokio::sync::{broadcast, mpsc, oneshot};

use super::entry::Entry;
use super::hub::{Joined, Message};
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::live::Live;
use crate::store::{self, Db, Store, StoreError};

/// Messages that share one write to the disk: what comes in while one write is on its way shares the next.
const BATCH: usize = 256;
/// Events told from the outbox in one write.
const OUTBOX: i64 = 256;
/// Events that a socket may fall behind before it is dropped; it may come back and resume.
const BEHIND: usize = 1_024;
/// Events that a restarted server can still resume one by one.
const TAIL: u64 = 2_000;
/// How far before the window a command may point, in milliseconds: viewers with a long buffer.
const SLACK_MS: i64 = 60_000;

/// When a write that failed is tried again for the publisher's sake.
const AGAIN: Duration = Duration::from_secs(1);

struct Task {
    room: String,
    store: Store,
    live: Live,
    entries: broadcast::Sender<Entry>,
    /// None after a failed write, until it is read again.
    history: Option<History<Entry>>,
    /// The publisher's newest coming or going that a failed write left untold: unlike a command's sender, nobody waits
    /// for an answer and asks again.
    untold: Option<LiveChange>,
}

type Reply = (oneshot::Sender<ApiResult<u64>>, ApiResult<u64>);

/// What a batch came to.
#[derive(Default)]
struct Outcome {
    new: Vec<Entry>,
    replies: Vec<Reply>,
    ends_show: bool,
    more: bool,
}

/// A room's task: the only writer of its log.
pub(super) async fn run(room: String, store: Store, live: Live, mut queue: mpsc::Receiver<Message>) {
    let (entries, _) = broadcast::channel(BEHIND);
    let mut task = Task { room, store, live, entries, history: None, untold: None };
    let (mut batch, mut more) = (Vec::new(), true);
    loop {
        if more {
            batch.push(Message::Outbox);
        }
        if batch.is_empty() {
            let received = queue.recv_many(&mut batch, BATCH);
            let count = match task.untold {
                None => Ok(received.await),
                Some(_) => tokio::time::timeout(AGAIN, received).await,
            };
            if count == Ok(0) {
                return;
            }
        }
        if let Some(change) = task.untold.take() {
            batch.insert(0, Message::Live(change));
        }
        more = task.handle(std::mem::take(&mut batch)).await;
    }
}

impl Task {
    /// Does a batch in one write. Answers whether the outbox holds more.
    async fn handle(&mut self, batch: Vec<Message>) -> bool {
        let (mut joins, mut writes) = (Vec::new(), Vec::new());
        for message in batch {
            match message {
                Message::Join { after, reply } => joins.push((after, reply)),
                write => writes.push(write),
            }
        }
        let newest = writes.iter().rev().find_map(|message| match message {
            Message::Live(change) => Some(*change),
            _ => None,
        });
        let mut more = false;
        if !writes.is_empty() {
            let mut outcome = Outcome::default();
            match self.write(writes, &mut outcome).await {
                Ok(()) => more = self.tell(outcome),
                Err(error) => {
                    self.untold = newest;
                    self.fail(outcome, &error);
                }
            }
        }
        for (after, reply) in joins {
            if let Err(error) = self.join(after, reply).await {
                tracing::error!(%error, room = self.room, "A viewer could not join");
            }
        }
        more
    }

    async fn write(&mut self, writes: Vec<Message>, outcome: &mut Outcome) -> Result<(), StoreError> {
        self.load().await?;
        let Some(history) = &mut self.history else { return Ok(()) };
        let mut tx = self.store.write().await?;
        let picture = picture(&self.live, &self.room);
        let mut log = Log { room: &self.room, history, db: &mut tx, picture, new: &mut outcome.new };
        let mut outbox = false;
        for message in writes {
            match message {
                Message::Command { who, command, reply } => {
                    let ends_show = command == Command::EndShow;
                    let answer = log.command(&who, command).await?;
                    outcome.ends_show |= ends_show && answer.is_ok();
                    outcome.replies.push((reply, answer));
                }
                Message::Live(change) => log.live(change).await?,
                Message::Outbox => outbox = true,
                Message::Join { .. } => {}
            }
        }
        if outbox {
            outcome.more = log.outbox().await?;
        }
        store::commit(tx).await
    }

    /// What is on the disk is told.
    fn tell(&self, outcome: Outcome) -> bool {
        metrics::counter!("livestall_room_events_total")
            .increment(u64::try_from(outcome.new.len()).unwrap_or(0));
        for entry in outcome.new {
            // Nobody listening is fine.
            let _ = self.entries.send(entry);
        }
        for (reply, answer) in outcome.replies {
            let _ = reply.send(answer);
        }
        if outcome.ends_show {
            self.live.end_show(&self.room);
        }
        outcome.more
    }

    /// What is not on the disk has not happened: the state is read again before the next write.
    fn fail(&mut self, outcome: Outcome, error: &StoreError) {
        tracing::error!(%error, room = self.room, "The room's log could not be written");
        self.history = None;
        for (reply, _) in outcome.replies {
            let _ = reply.send(Err(ApiError::internal()));
        }
    }

    async fn join(&mut self, after: Option<u64>, reply: oneshot::Sender<Joined>) -> Result<(), StoreError> {
        self.load().await?;
        let Some(history) = &mut self.history else { return Ok(()) };
        let resume = history.resume(after, now());
        let state = history.now();
        let entries = self.entries.subscribe();
        // A socket that went away meanwhile needs no answer.
        let _ = reply.send(Joined { seq: state.seq, status: state.status, resume, entries });
        Ok(())
    }

    /// Reads the end of the log, unless it is at hand.
    async fn load(&mut self) -> Result<(), StoreError> {
        if self.history.is_some() {
            return Ok(());
        }
        let mut db = self.store.read().await?;
        let until = store::log::last(&mut db, &self.room).await?.saturating_sub(TAIL);
        let mut base = State::default();
        for event in store::log::lasting(&mut db, &self.room, until, 50).await? {
            base.apply(&event);
        }
        base.seq = until;
        let mut history = History::new(base);
        for event in store::log::after(&mut db, &self.room, until, i64::MAX).await? {
            history.push(Entry::new(event));
        }
        self.history = Some(history);
        Ok(())
    }
}

/// The pictures that somebody may be watching.
fn picture(live: &Live, room: &str) -> Picture {
    let clock = StreamTime(now().0);
    let newest = live.newest_picture(room).unwrap_or(clock);
    let oldest = live.window_start(room).unwrap_or(newest).min(newest).plus(-SLACK_MS);
    Picture { oldest, newest }
}

/// The end of a log, inside a write.
struct Log<'a> {
    room: &'a str,
    history: &'a mut History<Entry>,
    db: &'a mut Db,
    picture: Picture,
    new: &'a mut Vec<Entry>,
}

impl Log<'_> {
    async fn command(&mut self, who: &Who, command: Command) -> Result<ApiResult<u64>, StoreError> {
        let asked = self.look_up(command).await?;
        match decide(self.history.now(), who, asked, now(), self.picture) {
            Ok(Decision::New { at, body }) => self.append(at, body).await.map(Ok),
            Ok(Decision::Already(seq)) => Ok(Ok(seq)),
            Err(refusal) => Ok(Err(refusal.into())),
        }
    }

    async fn live(&mut self, change: LiveChange) -> Result<(), StoreError> {
        if let Some(body) = on_live(self.history.now().status, change) {
            self.append(self.picture.newest, body).await?;
        }
        Ok(())
    }

    /// Tells what the outbox holds. Answers whether it holds more.
    async fn outbox(&mut self) -> Result<bool, StoreError> {
        let bodies = store::outbox::take(self.db, self.room, OUTBOX).await?;
        let more = i64::try_from(bodies.len()).unwrap_or(OUTBOX) >= OUTBOX;
        for body in bodies {
            self.append(self.picture.newest, body).await?;
        }
        Ok(more)
    }

    async fn append(&mut self, at: StreamTime, body: EventBody) -> Result<u64, StoreError> {
        let state = self.history.now();
        // The server's clock may be set back; the log's never is.
        let time = ServerTime(now().0.max(state.time.0));
        let event = Event { seq: state.seq.saturating_add(1), time, at, body };
        store::log::append(self.db, self.room, &event).await?;
        match &event.body {
            EventBody::CouponReleased { coupon } => {
                store::coupons::set_released(self.db, coupon.id, true).await?;
            }
            EventBody::CouponWithdrawn { coupon } => {
                store::coupons::set_released(self.db, *coupon, false).await?;
            }
            _ => {}
        }
        let (seq, entry) = (event.seq, Entry::new(event));
        self.history.push(entry.clone());
        self.new.push(entry);
        Ok(seq)
    }

    async fn look_up(&mut self, command: Command) -> Result<Asked, StoreError> {
        let product = match &command {
            Command::PinProduct { product, .. } => {
                store::products::by_id(self.db, self.room, *product).await?
            }
            _ => None,
        };
        let coupon = match &command {
            Command::ReleaseCoupon { coupon, .. } => {
                store::coupons::by_id(self.db, self.room, *coupon).await?.map(|row| row.coupon)
            }
            _ => None,
        };
        Ok(Asked { command, product, coupon })
    }
}
