//! Reports of comments over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{EventBody, LIMITS, NewReport, Problem, Report, ServerTime};

use crate::auth::Viewer;
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, OwnRoom};
use crate::state::App;
use crate::store;

/// Reports that one user may make in [`WINDOW_MS`]: more than a fair viewer ever needs.
const MOST: i64 = 20;
/// Milliseconds that [`MOST`] looks back over.
const WINDOW_MS: i64 = 600_000;
/// Reports that a host is shown.
const SHOWN: i64 = 100;

/// Report a comment; once more by the same user changes nothing.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/reports", tag = "rooms", params(("room" = String, Path)),
    request_body = NewReport,
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
    Json(new): Json<NewReport>,
) -> ApiResult<Response> {
    let reason = match new.reason.trim() {
        "" => String::new(),
        text => ::room::one_line("reason", text, LIMITS.reason_chars)?,
    };
    let mut tx = app.store.write().await?;
    let said = store::log::find(&mut tx, &room.id, new.seq).await?;
    let Some(EventBody::Chat(comment)) = said.map(|event| event.body) else {
        let detail = format!("event {} of this room is no comment", new.seq);
        return Err(ApiError::unknown("unknown_comment", detail));
    };
    if comment.user.id == viewer.id {
        let detail = "this is your own comment; report those of others";
        return Err(ApiError::new(StatusCode::CONFLICT, "own_comment", detail));
    }
    let since = ServerTime(now().0.saturating_sub(WINDOW_MS));
    let is_new = store::reports::insert(&mut tx, &room.id, new.seq, viewer.id, &reason, now()).await?;
    // One too many is not committed; one that is there already costs nothing.
    if is_new && store::reports::count_since(&mut tx, viewer.id, since).await? > MOST {
        let wait = WINDOW_MS / 1_000;
        let detail = format!("at most {MOST} reports in {wait} seconds; wait a while");
        let slow = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "slow_down", detail);
        return Err(slow.retry_after(wait));
    }
    store::commit(tx).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The newest reports (the room's host).
#[utoipa::path(get, path = "/api/v1/rooms/{room}/reports", tag = "rooms", params(("room" = String, Path)),
    responses((status = 200, body = Vec<Report>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(app): State<App>, own: OwnRoom) -> ApiResult<Json<Vec<Report>>> {
    Ok(Json(store::reports::list(&mut *app.store.read().await?, &own.room.id, SHOWN).await?))
}
