//! Shows over HTTP.

use axum::extract::State;
use packager::chapters_vtt as vtt;
use protocol::{Chapter, Event, EventBody, Problem, Show, StreamTime};
use serde::Deserialize;
use std::sync::Arc;

use super::Span;
use super::comments::place;
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, Path, Query};
use crate::recordings::Replay;
use crate::room::api::EventsQuery;
use crate::state::App;
use crate::store::{self, Db, StoreError};

/// Shows listed: the newest.
const SHOWS: usize = 100;
/// Chapters of one show; a pin a minute for eight hours has 480.
const CHAPTERS: i64 = 1_000;

/// Names a show in a path.
#[derive(Deserialize)]
pub struct ShowPath {
    pub(super) show: u64,
}

/// A room's shows, the newest first.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/shows", tag = "shows", params(("room" = String, Path)),
    responses((status = 200, body = Vec<Show>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(app): State<App>, InRoom(room): InRoom) -> ApiResult<Json<Vec<Show>>> {
    let mut db = app.store.read().await?;
    let mut all = Vec::new();
    for span in super::spans(&mut db, &room.id).await?.into_iter().rev().take(SHOWS) {
        all.push(show(&app, &mut db, &room.id, span).await?);
    }
    Ok(Json(all))
}

/// One show.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/shows/{show}", tag = "shows",
    params(("room" = String, Path), ("show" = u64, Path)),
    responses((status = 200, body = Show), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(app): State<App>,
    InRoom(room): InRoom,
    Path(path): Path<ShowPath>,
) -> ApiResult<Json<Show>> {
    let mut db = app.store.read().await?;
    let span = find(&mut db, &room.id, path.show).await?;
    Ok(Json(show(&app, &mut db, &room.id, span).await?))
}

/// What happened in a show, oldest first: what a replay shows at its pictures.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/shows/{show}/events", tag = "shows",
    params(("room" = String, Path), ("show" = u64, Path), EventsQuery),
    responses((status = 200, body = Vec<Event>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn events(
    State(app): State<App>,
    InRoom(room): InRoom,
    Path(path): Path<ShowPath>,
    Query(query): Query<EventsQuery>,
) -> ApiResult<Json<Vec<Event>>> {
    let mut db = app.store.read().await?;
    let span = find(&mut db, &room.id, path.show).await?;
    Ok(Json(page(&mut db, &room.id, span, query.after(), query.limit()).await?))
}

/// Events of a show after the number `after`, at most `limit`: those of the log, then comments that were imported.
pub(super) async fn page(
    db: &mut Db,
    room: &str,
    span: Span,
    after: u64,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let last = span.last.unwrap_or(u64::MAX);
    let mut events = store::log::between(db, room, after.max(span.after), last, limit).await?;
    let left = limit.saturating_sub(i64::try_from(events.len()).unwrap_or(i64::MAX));
    if left > 0 {
        events.extend(store::imported::after(db, room, span.id, after, left).await?);
    }
    Ok(events)
}

/// The show's replay, if there is one.
pub(super) async fn replay_of(app: &App, room: &str, span: Span) -> ApiResult<Option<Arc<Replay>>> {
    let Some(replays) = &app.replays else { return Ok(None) };
    replays.get(room, span).await.map_err(|error| {
        tracing::error!(%error, room, show = span.id, "A recording could not be read");
        ApiError::internal()
    })
}

/// The show of this number.
///
/// # Errors
/// 404 `unknown_show`.
pub async fn find(db: &mut Db, room: &str, show: u64) -> ApiResult<Span> {
    let found = super::span(db, room, show).await?;
    found.ok_or_else(|| ApiError::unknown("unknown_show", "the room has had no show of this number"))
}

async fn show(app: &App, db: &mut Db, room: &str, span: Span) -> ApiResult<Show> {
    let replay = replay_of(app, room, span).await?;
    let replay = replay.as_deref();
    let start = replay.and_then(Replay::start).unwrap_or(span.start);
    let end = replay.and_then(Replay::end).or(span.end);
    let until = end.map_or(now().0, StreamTime::millis);
    let spanned = u64::try_from(until.saturating_sub(start.0)).unwrap_or(0);
    let played = replay.map(|replay| u64::try_from(replay.vod.duration().as_millis()).unwrap_or(u64::MAX));
    Ok(Show {
        id: span.id,
        start,
        end,
        duration_ms: played.unwrap_or(spanned),
        replay: replay.map(|_| format!("/live/{room}/shows/{}/index.m3u8", span.id)),
        chapters: chapters(db, room, span, replay).await?,
    })
}

/// A chapter for each product that was pinned; pinning the same one again begins none.
async fn chapters(
    db: &mut Db,
    room: &str,
    span: Span,
    replay: Option<&Replay>,
) -> Result<Vec<Chapter>, StoreError> {
    let mut chapters: Vec<Chapter> = Vec::new();
    let last = span.last.unwrap_or(u64::MAX);
    for event in store::log::pins(db, room, span.after, last, CHAPTERS).await? {
        let EventBody::ProductPinned { product } = event.body else { continue };
        let start_ms = u64::try_from(place(span, replay, event.at)).unwrap_or(0);
        match chapters.last() {
            Some(before) if before.product == product.id => continue,
            // Pinned by mistake, and another at once.
            Some(before) if before.start_ms >= start_ms => drop(chapters.pop()),
            _ => {}
        }
        chapters.push(Chapter { at: event.at, start_ms, product: product.id, title: product.title });
    }
    Ok(chapters)
}

/// A replay's chapters as WebVTT.
///
/// # Errors
/// When the store fails.
pub async fn chapters_vtt(app: &App, room: &str, span: Span, replay: &Replay) -> Result<String, StoreError> {
    let mut db = app.store.read().await?;
    let chapters = chapters(&mut db, room, span, Some(replay)).await?;
    let chapters: Vec<_> = chapters
        .into_iter()
        .map(|chapter| packager::Chapter {
            start: std::time::Duration::from_millis(chapter.start_ms),
            title: chapter.title,
        })
        .collect();
    Ok(vtt(&chapters, replay.vod.duration()))
}
