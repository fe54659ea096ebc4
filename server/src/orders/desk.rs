//! Where orders wait to be placed. One connection writes, and each statement takes its time: those that came while it was
//! at work are placed together, in one write of few statements. Not the place where anything is decided about an order.

use axum::response::Response;
use protocol::Checkout;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

use super::place::{self, Done};
use crate::error::{ApiError, ApiResult};
use crate::once::Claimed;
use crate::state::App;
use crate::store::{self, Write};

/// Orders placed together, at most: the first is answered with the last.
const MOST: usize = 256;
/// Orders of one shopper that wait, at most.
const MOST_OF_ONE: usize = 8;
/// Orders that wait, at most: more than are placed in the time for which a client has patience.
const MOST_WAITING: usize = 20_000;
/// What is waited after a fault of ours, before the next are served.
const BREATH: Duration = Duration::from_millis(100);

/// The orders that wait. Whoever finds nobody serving them serves them all.
#[derive(Debug, Default)]
pub struct Desk(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    /// By shopper, in the order in which they came.
    waiting: HashMap<i64, VecDeque<Waiting>>,
    /// Whose turn it is; each who waits is here once.
    turns: VecDeque<i64>,
    length: usize,
    served: bool,
}

/// An order that somebody asks for.
#[derive(Debug)]
pub(super) struct Asked {
    /// The key it is asked under.
    pub(super) claimed: Claimed,
    /// The room.
    pub(super) room: String,
    /// The shopper.
    pub(super) user: i64,
    /// What is asked.
    pub(super) checkout: Checkout,
}

#[derive(Debug)]
struct Waiting {
    asked: Asked,
    answer: oneshot::Sender<ApiResult<Response>>,
}

impl Waiting {
    /// Answers; the key is free by then, or whoever asks again at once would hear that it is in use.
    fn hears(self, answer: ApiResult<Response>) {
        drop(self.asked);
        // Whoever has gone away asks again under the same key.
        _ = self.answer.send(answer);
    }
}

impl Desk {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many orders wait.
    pub fn waiting(&self) -> usize {
        self.queue().length
    }

    /// Adds an order. Answers whether nobody serves, so that somebody must.
    fn join(&self, one: Waiting) -> ApiResult<bool> {
        let mut queue = self.queue();
        let user = one.asked.user;
        let of_one = queue.waiting.get(&user).map_or(0, VecDeque::len);
        if of_one >= MOST_OF_ONE || queue.length >= MOST_WAITING {
            return Err(ApiError::busy("too many orders wait to be placed; ask again in a moment"));
        }
        if of_one == 0 {
            queue.turns.push_back(user);
        }
        queue.waiting.entry(user).or_default().push_back(one);
        queue.length = queue.length.saturating_add(1);
        Ok(!std::mem::replace(&mut queue.served, true))
    }

    /// Whether anybody waits; when nobody does, whoever serves is gone.
    fn goes_on(&self) -> bool {
        let mut queue = self.queue();
        queue.served = !queue.turns.is_empty();
        queue.served
    }

    /// Those who are next, each shopper once: what one order changes of what its shopper may still buy and use is written
    /// before the next is looked at.
    fn next(&self) -> Vec<Waiting> {
        let mut queue = self.queue();
        let count = queue.turns.len().min(MOST);
        let users: Vec<i64> = queue.turns.drain(..count).collect();
        let mut next = Vec::with_capacity(count);
        for user in users {
            let Some(mut of_one) = queue.waiting.remove(&user) else { continue };
            next.extend(of_one.pop_front());
            if !of_one.is_empty() {
                queue.turns.push_back(user);
                queue.waiting.insert(user, of_one);
            }
        }
        queue.length = queue.length.saturating_sub(next.len());
        next
    }
}

/// Has an order placed, with those who wait beside it. It is, even if whoever asked goes away.
pub(super) async fn place(app: &App, asked: Asked) -> ApiResult<Response> {
    let (answer, hears) = oneshot::channel();
    if app.desk.join(Waiting { asked, answer })? {
        tokio::spawn(serve(app.clone()));
    }
    // Only what ends in a panic answers nobody.
    hears.await.unwrap_or_else(|_| Err(ApiError::internal()))
}

/// Serves until nobody waits.
async fn serve(app: App) {
    while app.desk.goes_on() {
        if let Err(error) = tokio::spawn(serve_next(app.clone())).await {
            // Those whose turn it was have heard; whoever waits still is served after a breath.
            tracing::error!(%error, "Orders could not be placed");
            tokio::time::sleep(BREATH).await;
        }
    }
}

async fn serve_next(app: App) {
    let begun = app.store.write().await;
    // Not before it is their turn: more have come since.
    let next = app.desk.next();
    let write = match begun {
        Ok(write) => write,
        // Each of them alone would wait as long, one after the other.
        Err(error) => {
            let error = ApiError::from(error);
            return next.into_iter().for_each(|one| one.hears(Err(error.clone())));
        }
    };
    let Err((error, failed)) = serve_all(&app, write, next).await else { return };
    if let [_] = &failed[..] {
        return failed.into_iter().for_each(|one| one.hears(Err(error.clone())));
    }
    // What is wrong with one of them is not to be the others' harm.
    for one in failed {
        let alone = match app.store.write().await {
            Ok(write) => serve_all(&app, write, vec![one]).await,
            Err(error) => Err((error.into(), vec![one])),
        };
        if let Err((error, failed)) = alone {
            failed.into_iter().for_each(|one| one.hears(Err(error.clone())));
        }
    }
}

/// Places orders in one write. When that fails they are given back, and nothing of them is written.
async fn serve_all(app: &App, mut write: Write, next: Vec<Waiting>) -> Result<(), (ApiError, Vec<Waiting>)> {
    let asked: Vec<&Asked> = next.iter().map(|one| &one.asked).collect();
    let done = match place::all(&mut write, &asked, app.config.hold_seconds).await {
        Ok(done) => done,
        Err(error) => return Err((error, next)),
    };
    // The next write may go on while these wait for the disk.
    tokio::spawn(finish(app.clone(), write, next, done));
    Ok(())
}

/// Answers once it is on the disk.
async fn finish(app: App, write: Write, next: Vec<Waiting>, Done { answers, placed }: Done) {
    let committed = store::commit(write).await.map_err(ApiError::from);
    if committed.is_ok() {
        metrics::counter!("livestall_orders_placed_total").increment(placed);
    }
    let rooms: BTreeSet<String> = next.iter().map(|one| one.asked.room.clone()).collect();
    for (one, answer) in next.into_iter().zip(answers) {
        one.hears(committed.clone().and(answer));
    }
    for room in &rooms {
        app.rooms.wake(room);
    }
}
