use ::room::{
    Asked, Decision, History, Likes, LiveChange, Offered, Picture, Refusal, State, Who, decide, on_live,
};
use protocol::{Command, Event, EventBody, ServerTime, StreamTime};
use std::collections::HashSet;
use std::time::Duration;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::time::Instant;

use super::entry::Entry;
use super::hub::{Joined, Message};
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::gifts::{Charge, Gifts};
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
/// Likes are told no more often.
const LIKES: Duration = Duration::from_millis(500);

struct Task {
    room: String,
    store: Store,
    live: Live,
    gifts: Gifts,
    likes: Likes,
    /// When likes that were counted are to be told; none when all are.
    likes_due: Option<Instant>,
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
    liked: bool,
}

/// A room's task: the only writer of its log.
pub(super) async fn run(
    room: String,
    store: Store,
    live: Live,
    gifts: Gifts,
    mut queue: mpsc::Receiver<Message>,
) {
    let (entries, _) = broadcast::channel(BEHIND);
    let likes = Likes::default();
    let mut task =
        Task { room, store, live, gifts, likes, likes_due: None, entries, history: None, untold: None };
    let (mut batch, mut more) = (Vec::new(), true);
    loop {
        if more {
            batch.push(Message::Outbox);
        }
        if batch.is_empty() {
            let received = queue.recv_many(&mut batch, BATCH);
            let count = match task.patience() {
                None => Ok(received.await),
                Some(patience) => tokio::time::timeout(patience, received).await,
            };
            if count == Ok(0) {
                return;
            }
        }
        if task.likes_due.is_some_and(|due| due <= Instant::now()) {
            batch.push(Message::Likes);
        }
        if let Some(change) = task.untold.take() {
            batch.insert(0, Message::Live(change));
        }
        more = task.handle(std::mem::take(&mut batch)).await;
    }
}

impl Task {
    /// How long to wait for messages before something is to be done without.
    fn patience(&self) -> Option<Duration> {
        let likes = self.likes_due.map(|due| due.saturating_duration_since(Instant::now()));
        self.untold.map(|_| AGAIN).into_iter().chain(likes).min()
    }

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
        let (likes, gifts) = (&mut self.likes, &self.gifts);
        let mut log =
            Log { room: &self.room, history, db: &mut tx, picture, gifts, likes, new: &mut outcome.new };
        let (mut outbox, mut told) = (false, None);
        for message in writes {
            match message {
                Message::Command { who, command, reply } => {
                    let ends_show = command == Command::EndShow;
                    let likes = matches!(command, Command::Like { .. } | Command::LikeComment { .. });
                    let answer = log.command(&who, command).await?;
                    outcome.ends_show |= ends_show && answer.is_ok();
                    outcome.liked |= likes && answer.is_ok();
                    outcome.replies.push((reply, answer));
                }
                Message::Live(change) => log.live(change).await?,
                Message::Outbox => outbox = true,
                Message::Likes => told = Some(log.tell_likes().await?),
                Message::Join { .. } => {}
            }
        }
        if outbox {
            outcome.more = log.outbox().await?;
        }
        store::commit(tx).await?;
        let now = Instant::now();
        match told {
            // Those that are counted meanwhile are told no sooner than this.
            Some(news) => self.likes_due = news.then(|| now + LIKES),
            None if outcome.liked => _ = self.likes_due.get_or_insert(now),
            None => {}
        }
        Ok(())
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
        self.likes_due = self.likes_due.map(|_| Instant::now() + AGAIN);
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
        // Some may have been counted and not told when the server stopped.
        self.likes_due.get_or_insert(Instant::now());
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

/// The same without what a later one makes idle talk: of many numbers that a rush leaves of one product, the newest is true.
fn newest_stock(
    mut bodies: Vec<(Option<StreamTime>, EventBody)>,
) -> impl Iterator<Item = (Option<StreamTime>, EventBody)> {
    let mut told = HashSet::new();
    bodies.reverse();
    bodies.retain(|(_, body)| match body {
        EventBody::StockChanged { product, .. } => told.insert(*product),
        _ => true,
    });
    bodies.into_iter().rev()
}

/// The end of a log, inside a write.
struct Log<'a> {
    room: &'a str,
    history: &'a mut History<Entry>,
    db: &'a mut Db,
    picture: Picture,
    gifts: &'a Gifts,
    likes: &'a mut Likes,
    new: &'a mut Vec<Entry>,
}

impl Log<'_> {
    async fn command(&mut self, who: &Who, command: Command) -> Result<ApiResult<u64>, StoreError> {
        if let Command::Like { count } = command {
            return self.like(who, count).await;
        }
        if let Command::LikeComment { comment } = command {
            return self.like_comment(who, comment).await;
        }
        let asked = self.look_up(command).await?;
        match decide(self.history.now(), who, asked, now(), self.picture) {
            Ok(Decision::New { at, body }) => match self.charge(&body).await? {
                Ok(()) => self.append(at, body).await.map(Ok),
                Err(refused) => Ok(Err(refused)),
            },
            Ok(Decision::Already(seq)) => Ok(Ok(seq)),
            Err(refusal) => Ok(Err(refusal.into())),
        }
    }

    /// Has a gift that is not free paid for, in the same write.
    async fn charge(&mut self, body: &EventBody) -> Result<ApiResult<()>, StoreError> {
        let EventBody::GiftSent(sent) = body else { return Ok(Ok(())) };
        let coins = u64::from(sent.gift.price) * u64::from(sent.count);
        if coins == 0 {
            return Ok(Ok(()));
        }
        let (room, user, gift) = (self.room, sent.user.id, &sent.gift);
        let charge = Charge { room, user, gift, count: sent.count, coins, client_id: &sent.client_id };
        self.gifts.wallet().charge(self.db, &charge).await
    }

    /// Counts likes; the log hears of them in a while, together with others'.
    async fn like(&mut self, who: &Who, count: u32) -> Result<ApiResult<u64>, StoreError> {
        if let Err(refusal) = self.likes.take(who, count, now()) {
            return Ok(Err(refusal.into()));
        }
        store::gifts::like(self.db, self.room, count).await?;
        Ok(Ok(self.history.now().seq))
    }

    /// Counts a like of a comment, at the pace at which one may tap; the log hears of it in a while.
    async fn like_comment(&mut self, who: &Who, comment: u64) -> Result<ApiResult<u64>, StoreError> {
        let user = match self.likes.take(who, 1, now()).and_then(|()| who.user()) {
            Ok(user) => user.id,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        let said = store::log::find(self.db, self.room, comment).await?;
        if !said.is_some_and(|event| matches!(event.body, EventBody::Chat(_))) {
            return Ok(Err(Refusal::UnknownComment { comment }.into()));
        }
        store::comment_likes::like(self.db, self.room, comment, user).await?;
        Ok(Ok(self.history.now().seq))
    }

    /// Tells how many likes there are. Answers whether that was news.
    async fn tell_likes(&mut self) -> Result<bool, StoreError> {
        let total = store::gifts::likes(self.db, self.room).await?;
        let grown = total > self.history.now().likes;
        if grown {
            self.append(self.picture.newest, EventBody::Likes { total }).await?;
        }
        let comments = store::comment_likes::take_untold(self.db, self.room).await?;
        let liked = !comments.is_empty();
        if liked {
            self.append(self.picture.newest, EventBody::CommentsLiked { comments }).await?;
        }
        Ok(grown || liked)
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
        for (at, body) in newest_stock(bodies) {
            self.append(self.picture.place(at), body).await?;
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
            EventBody::ShowEnded => store::leaderboard::mark(self.db, self.room, event.seq).await?,
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
        let gift = match &command {
            Command::SendGift(send) => {
                let catalogue = self.gifts.fresh(self.db).await?;
                let gift = catalogue.gifts.iter().find(|gift| gift.id == send.gift).cloned();
                Offered { version: catalogue.version, gift }
            }
            _ => Offered::default(),
        };
        Ok(Asked { command, product, coupon, gift })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_rush_s_numbers_the_newest_of_each_product_is_told_and_nothing_else_is_lost() {
        let stock = |product, stock| (None, EventBody::StockChanged { product, stock });
        let bodies = vec![stock(1, 9), (None, EventBody::PublisherOn), stock(2, 5), stock(1, 8), stock(1, 7)];
        let told: Vec<_> = newest_stock(bodies).map(|(_, body)| body).collect();
        let left = |product, stock| EventBody::StockChanged { product, stock };
        assert_eq!(told, [EventBody::PublisherOn, left(2, 5), left(1, 7)]);
    }
}
