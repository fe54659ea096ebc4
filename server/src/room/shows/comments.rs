//! A show's comments as files, out and in.

use ::room::comments::{self, FiledComment, Format, MOST_BYTES, MOST_COMMENTS, Refused};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use packager::WallTime;
use protocol::{Event, EventBody, Problem, StreamTime};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;

use super::Span;
use super::api::{ShowPath, find, page, replay_of};
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, OwnRoom, Path, Query};
use crate::recordings::Replay;
use crate::state::App;
use crate::store::{self, Db, imported::Imported};

/// Events read at once.
const PAGE: i64 = 1_000;
/// Comments written at once: the shop's other writes wait no longer than for these.
const BATCH: usize = 500;

/// Files come in and go out one at a time: each is tens of thousands of comments, and everybody else wants the store too.
static FILES: Semaphore = Semaphore::const_new(1);

/// Waits for the turn of a file; dropping it ends the turn.
pub(super) async fn turn() -> ApiResult<SemaphorePermit<'static>> {
    FILES.acquire().await.map_err(|_| ApiError::internal())
}

/// Which format.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
pub struct FormatQuery {
    /// `xml` (bilibili's), `ass` or `json`.
    #[param(value_type = String)]
    format: Format,
}

/// What became of an import.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ImportAnswer {
    /// How many comments the show has got.
    pub imported: usize,
    /// How many were not taken.
    pub refused_count: usize,
    /// The first hundred of those: `number` in the file, from 1, and the `reason`.
    #[schema(value_type = Vec<Object>)]
    pub refused: Vec<Refused>,
}

/// A show's comments as a file.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/shows/{show}/comments", tag = "shows",
    params(("room" = String, Path), ("show" = u64, Path), FormatQuery),
    responses((status = 200, body = String), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn export(
    State(app): State<App>,
    InRoom(room): InRoom,
    Path(path): Path<ShowPath>,
    Query(FormatQuery { format }): Query<FormatQuery>,
) -> ApiResult<Response> {
    let _turn = turn().await?;
    let mut db = app.store.read().await?;
    let span = find(&mut db, &room.id, path.show).await?;
    let replay = replay_of(&app, &room.id, span).await?;
    let all = filed(&mut db, &room.id, span, replay.as_deref()).await?;
    drop(db);
    let kind = match format {
        Format::Xml => "application/xml; charset=utf-8",
        Format::Ass => "text/x-ssa; charset=utf-8",
        Format::Json => "application/json",
    };
    // A room's name and a number need no quoting.
    let name = format!("attachment; filename=\"{}-{}.{}\"", room.id, span.id, format.suffix());
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    let written = spawn_blocking(move || comments::write(format, &room.title, &all)).await;
    Ok((headers, written.map_err(|_| ApiError::internal())?).into_response())
}

/// Import comments into a show that is over (the room's host). The body is the file.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/shows/{show}/comments", tag = "shows",
    params(("room" = String, Path), ("show" = u64, Path), FormatQuery), request_body = String,
    responses((status = 200, body = ImportAnswer), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn import(
    State(app): State<App>,
    own: OwnRoom,
    Path(path): Path<ShowPath>,
    Query(FormatQuery { format }): Query<FormatQuery>,
    body: Body,
) -> ApiResult<Json<ImportAnswer>> {
    let file = to_bytes(body, MOST_BYTES).await.map_err(|_| {
        let detail = format!("expected a file of at most {MOST_BYTES} bytes");
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
    })?;
    Ok(Json(take(&app, &own.room.id, path.show, format, file.into()).await?))
}

/// Imports a file into a show that is over, in batches: one that is cut short is begun again, and adds what is missing. A
/// comment that is there already, at its place in the replay, is left out.
///
/// # Errors
/// 422 `bad_file` for a file of another format, 409 `show_is_on`, 409 `too_many_comments`.
pub async fn take(
    app: &App,
    room: &str,
    show: u64,
    format: Format,
    file: Vec<u8>,
) -> ApiResult<ImportAnswer> {
    let bad = |detail: String| {
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_file", format!("file: {detail}"))
    };
    let _turn = turn().await?;
    let text = String::from_utf8(file).map_err(|error| bad(format!("expected UTF-8: {error}")))?;
    let read = spawn_blocking(move || comments::read(format, &text)).await;
    let content = read.map_err(|_| ApiError::internal())?.map_err(|error| bad(error.to_string()))?;
    let span = find(&mut *app.store.read().await?, room, show).await?;
    if span.last.is_none() {
        let detail = "the show is still on; import once it is over";
        return Err(ApiError::new(StatusCode::CONFLICT, "show_is_on", detail));
    }
    let replay = replay_of(app, room, span).await?;
    let mut db = app.store.read().await?;
    let there = filed(&mut db, room, span, replay.as_deref()).await?;
    let before = store::imported::count(&mut db, room, show).await?;
    drop(db);
    // ASS has hundredths of a second.
    let key = |at_ms: i64, text: &str, author: &str| (at_ms / 10, text.to_owned(), author.to_owned());
    let mut known: HashSet<_> =
        there.iter().map(|comment| key(comment.at_ms, &comment.text, &comment.author)).collect();
    let mut fresh = Vec::new();
    for comment in content.comments {
        let at = moment(span, replay.as_deref(), comment.at_ms);
        // What comes after the replay's end is put at its end, and is looked for there the next time.
        if known.insert(key(place(span, replay.as_deref(), at), &comment.text, &comment.author)) {
            let FiledComment { mode, color, text, author, .. } = comment;
            fresh.push(Imported { at, mode, color, text, author });
        }
    }
    let after = usize::try_from(before).unwrap_or(usize::MAX).saturating_add(fresh.len());
    if after > MOST_COMMENTS {
        let detail =
            format!("the show would have {after} imported comments; expected at most {MOST_COMMENTS}");
        return Err(ApiError::new(StatusCode::CONFLICT, "too_many_comments", detail));
    }
    for batch in fresh.chunks(BATCH) {
        let mut tx = app.store.write().await?;
        let before = store::imported::count(&mut tx, room, show).await?;
        store::imported::insert(&mut tx, room, show, before, batch, now()).await?;
        store::commit(tx).await?;
    }
    let (refused, refused_count) = (content.refused, content.refused_count);
    Ok(ImportAnswer { imported: fresh.len(), refused_count, refused })
}

/// All comments of a show, in the order of their pictures, at their places in the replay.
async fn filed(db: &mut Db, room: &str, span: Span, replay: Option<&Replay>) -> ApiResult<Vec<FiledComment>> {
    let mut all = Vec::new();
    each_event(db, room, span, |event| {
        all.extend(filed_comment(event, span, replay));
        Ok(())
    })
    .await?;
    all.sort_by_key(|comment| comment.at_ms);
    Ok(all)
}

/// Hands over a show's events, in the order of their numbers.
pub(super) async fn each_event(
    db: &mut Db,
    room: &str,
    span: Span,
    mut each: impl FnMut(Event) -> ApiResult<()>,
) -> ApiResult<()> {
    let mut after = 0;
    loop {
        let events = page(db, room, span, after, PAGE).await?;
        let Some(last) = events.last() else { return Ok(()) };
        after = last.seq;
        events.into_iter().try_for_each(&mut each)?;
    }
}

/// An event as a comment of a file; none when it is something else.
pub(super) fn filed_comment(event: Event, span: Span, replay: Option<&Replay>) -> Option<FiledComment> {
    let EventBody::Chat(chat) = event.body else { return None };
    Some(FiledComment {
        at_ms: place(span, replay, event.at),
        mode: chat.mode,
        color: chat.color,
        text: chat.text,
        author: chat.user.name,
        sent: event.time.0.div_euclid(1_000),
    })
}

/// Milliseconds from the start of the replay, or of the show, to the picture `at`; never below zero.
pub(super) fn place(span: Span, replay: Option<&Replay>, at: StreamTime) -> i64 {
    let into = match replay {
        Some(replay) => i64::try_from(replay.vod.position(WallTime(at.0)).as_millis()).unwrap_or(i64::MAX),
        None => at.0.saturating_sub(span.start.0),
    };
    into.max(0)
}

/// The picture so many milliseconds from the start.
fn moment(span: Span, replay: Option<&Replay>, at_ms: i64) -> StreamTime {
    let into = Duration::from_millis(u64::try_from(at_ms).unwrap_or(0));
    let of_replay = replay.and_then(|replay| replay.vod.moment(into)).map(|time| StreamTime(time.0));
    of_replay.or_else(|| replay.and_then(Replay::end)).unwrap_or_else(|| span.start.plus(at_ms))
}
