//! Who gave most in a room or a show. The ledger's own sums up to a watermark: nothing is counted beside it.

use axum::extract::State;
use protocol::{Leaderboard, Naming, Problem, Rank};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::auth::{MaybeViewer, Viewer};
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, Query};
use crate::room::shows;
use crate::state::App;
use crate::store::leaderboard::{self, Stretch};
use crate::store::{self, Db};

/// Ranks in a list, at most.
const MOST: i64 = 100;

/// Which gifts count.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct LeaderboardQuery {
    /// Those of this show, by its number; of all shows when absent.
    show: Option<u64>,
    /// Ranks, 1 to 100; 10 when absent.
    limit: Option<i64>,
}

/// Who gave most. Names are told of those who said so (`PUT /api/v1/wallet/naming`), to the host as to everybody.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/leaderboard", tag = "wallet",
    params(("room" = String, Path), LeaderboardQuery),
    responses((status = 200, body = Leaderboard), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(app): State<App>,
    InRoom(room): InRoom,
    MaybeViewer(viewer): MaybeViewer,
    Query(query): Query<LeaderboardQuery>,
) -> ApiResult<Json<Leaderboard>> {
    let mut db = app.store.read().await?;
    let board = board(&app.boards, &mut db, &room.id, query.show).await?;
    let limit = query.limit.unwrap_or(10).clamp(1, MOST);
    let mut ranks = Vec::new();
    for (place, &(user, coins)) in (1..=limit).zip(&board.given) {
        ranks.push(Rank { place, user: leaderboard::named(&mut db, user).await?, coins });
    }
    let own = viewer.and_then(|viewer| {
        let places = (1..).zip(&board.given);
        let mut own = places.filter(|(_, (user, _))| *user == viewer.id);
        own.next().map(|(place, &(_, coins))| Rank { place, user: Some(viewer.user), coins })
    });
    let coins = board.given.iter().fold(0_i64, |sum, (_, coins)| sum.saturating_add(*coins));
    let givers = i64::try_from(board.given.len()).unwrap_or(i64::MAX);
    Ok(Json(Leaderboard { watermark: board.watermark, coins, givers, ranks, own }))
}

/// How long a board is shown before it is added up again. Everybody who watches asks for it.
const FRESH: Duration = Duration::from_secs(1);
/// Boards kept at a time.
const MOST_BOARDS: usize = 1_000;

/// Boards as they were last added up, by room and show.
pub type Boards = Arc<Mutex<HashMap<(String, Option<u64>), (Instant, Arc<Board>)>>>;

/// What was given up to a watermark, by user, most first.
#[derive(Debug)]
pub struct Board {
    watermark: i64,
    given: Vec<(i64, i64)>,
}

async fn board(boards: &Boards, db: &mut Db, room: &str, show: Option<u64>) -> ApiResult<Arc<Board>> {
    let key = (room.to_owned(), show);
    let known = boards.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some((_, board)) = known.filter(|(read, _)| read.elapsed() < FRESH) {
        return Ok(board);
    }
    let read = Instant::now();
    let stretch = stretch(db, room, show).await?;
    let given = leaderboard::given(db, room, stretch).await?;
    let board = Arc::new(Board { watermark: stretch.until, given });
    let mut boards = boards.lock().unwrap_or_else(PoisonError::into_inner);
    if boards.len() >= MOST_BOARDS {
        boards.clear();
    }
    boards.insert(key, (read, Arc::clone(&board)));
    Ok(board)
}

/// What of the ledger is a show's, or the room's.
async fn stretch(db: &mut Db, room: &str, show: Option<u64>) -> ApiResult<Stretch> {
    let watermark = store::ledger::last(db).await?;
    let Some(show) = show else { return Ok(Stretch { after: 0, until: watermark }) };
    let span = shows::span(db, room, show).await?;
    let span =
        span.ok_or_else(|| ApiError::unknown("unknown_show", "this room has no show of this number"))?;
    let after = leaderboard::marked(db, room, span.after).await?;
    let until = match span.last {
        Some(last) => leaderboard::marked(db, room, last).await?.min(watermark),
        None => watermark,
    };
    Ok(Stretch { after, until })
}

/// Whether one's name stands in leaderboards.
#[utoipa::path(get, path = "/api/v1/wallet/naming", tag = "wallet",
    responses((status = 200, body = Naming), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn naming(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Naming>> {
    let named = leaderboard::is_named(&mut *app.store.read().await?, viewer.id).await?;
    Ok(Json(Naming { named }))
}

/// Say whether one's name stands in leaderboards; it holds at once, of what was given before too.
#[utoipa::path(put, path = "/api/v1/wallet/naming", tag = "wallet", request_body = Naming,
    responses((status = 200, body = Naming), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn set_naming(
    State(app): State<App>,
    viewer: Viewer,
    Json(naming): Json<Naming>,
) -> ApiResult<Json<Naming>> {
    let mut tx = app.store.write().await?;
    leaderboard::set_named(&mut tx, viewer.id, naming.named, now()).await?;
    store::commit(tx).await?;
    Ok(Json(naming))
}
