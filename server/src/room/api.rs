//! Rooms over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{Command, Event, NewRoom, Problem, Role, Room, RoomWithKey, User};
use serde::{Deserialize, Serialize};

use super::view;
use crate::auth::Viewer;
use crate::clock::{now, secret};
use crate::error::{ApiError, ApiResult};
use crate::extract::{AskedHost, InRoom, Json, MaybeKey, OwnRoom, Query};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::{self, Db, rooms::RoomRow};

/// Rooms, those that are live first.
#[utoipa::path(get, path = "/api/v1/rooms", tag = "rooms", responses((status = 200, body = Vec<Room>)))]
pub async fn list(State(app): State<App>) -> ApiResult<Json<Vec<Room>>> {
    let mut db = app.store.read().await?;
    Ok(Json(view::rooms(&app, &mut db).await?))
}

/// One room.
#[utoipa::path(get, path = "/api/v1/rooms/{room}", tag = "rooms", params(("room" = String, Path)),
    responses((status = 200, body = Room), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<App>, InRoom(room): InRoom) -> ApiResult<Json<Room>> {
    let mut db = app.store.read().await?;
    Ok(Json(view::room(&app, &mut db, room).await?))
}

/// Make a room (hosts; every user where the shop is open to hosts).
#[utoipa::path(post, path = "/api/v1/rooms", tag = "rooms", request_body = NewRoom,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = RoomWithKey), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    viewer: Viewer,
    AskedHost(asked): AskedHost,
    MaybeKey(key): MaybeKey,
    Json(new): Json<NewRoom>,
) -> ApiResult<Response> {
    let opens = viewer.role == Role::Viewer && app.config.open_hosts;
    if viewer.role == Role::Viewer && !opens {
        let detail = "only hosts make rooms; ask the shop's admin to make you one";
        return Err(ApiError::new(StatusCode::FORBIDDEN, "host_required", detail));
    }
    let mut once = match Once::begin(&app, viewer.id, key, "create room", &new).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let made = make(&app, once.db(), viewer.user, &new, opens, asked.as_deref()).await;
    once.finish(StatusCode::CREATED, made).await
}

/// Makes a room for a host, inside a write; a viewer becomes a host by it where the shop `opens` to them. `asked` is the
/// host by which the server was reached, see [`App::publish_host`].
///
/// # Errors
/// 422 for a bad name or title, 409 `room_taken`.
pub async fn make(
    app: &App,
    db: &mut Db,
    host: User,
    new: &NewRoom,
    opens: bool,
    asked: Option<&str>,
) -> ApiResult<RoomWithKey> {
    let mut row = RoomRow {
        id: room::room_id(&new.id)?.to_owned(),
        title: room::title(&new.title)?,
        cover: crate::catalog::picture("cover", &new.cover)?,
        host,
    };
    if opens && row.host.role == Role::Viewer {
        row.host.role = Role::Host;
        store::users::set_role(db, row.host.id, Role::Host).await?;
    }
    let key = secret::<16>();
    match store::rooms::insert(db, &row, &key, now()).await {
        Err(error) if error.is_taken() => {
            return Err(ApiError::new(
                StatusCode::CONFLICT,
                "room_taken",
                "there is a room of this name already",
            ));
        }
        other => other?,
    }
    with_key(app, db, row, key, asked).await
}

async fn with_key(
    app: &App,
    db: &mut Db,
    row: RoomRow,
    stream_key: String,
    asked: Option<&str>,
) -> ApiResult<RoomWithKey> {
    let publish_url = format!("rtmp://{}/live/{stream_key}", app.publish_host(asked));
    Ok(RoomWithKey { room: view::room(app, db, row).await?, stream_key, publish_url })
}

/// The room's stream key (its host).
#[utoipa::path(get, path = "/api/v1/rooms/{room}/key", tag = "rooms", params(("room" = String, Path)),
    responses((status = 200, body = RoomWithKey), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn key(
    State(app): State<App>,
    own: OwnRoom,
    AskedHost(asked): AskedHost,
) -> ApiResult<Json<RoomWithKey>> {
    let mut db = app.store.read().await?;
    let key = store::rooms::stream_key(&mut db, &own.room.id).await?.ok_or_else(ApiError::internal)?;
    Ok(Json(with_key(&app, &mut db, own.room, key, asked.as_deref()).await?))
}

/// Give the room another stream key; whoever publishes with the old one is dropped (its host).
#[utoipa::path(post, path = "/api/v1/rooms/{room}/key", tag = "rooms",
    params(("room" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = RoomWithKey), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn rotate_key(
    State(app): State<App>,
    own: OwnRoom,
    AskedHost(asked): AskedHost,
    MaybeKey(key): MaybeKey,
) -> ApiResult<Response> {
    let mut once = match Once::begin(&app, own.host.id, key, "rotate key", &own.room.id).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let room = own.room.id.clone();
    let stream_key = secret::<16>();
    let done = async {
        store::rooms::set_stream_key(once.db(), &room, &stream_key).await?;
        with_key(&app, once.db(), own.room, stream_key, asked.as_deref()).await
    };
    let done = done.await;
    let answer = once.finish(StatusCode::OK, done).await?;
    app.live.kick(&room);
    Ok(answer)
}

/// Answer to a command: its event's number.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Accepted {
    /// The event's number in the room's log.
    pub seq: u64,
}

/// Ask something of the room, as over its socket.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/commands", tag = "rooms", params(("room" = String, Path)),
    request_body = Command,
    responses((status = 202, body = Accepted), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn command(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
    Json(command): Json<Command>,
) -> ApiResult<Response> {
    let who =
        if viewer.owns(&room) { ::room::Who::Host(viewer.user) } else { ::room::Who::Viewer(viewer.user) };
    let seq = app.rooms.open(&room.id).command(who, command).await?;
    Ok((StatusCode::ACCEPTED, Json(Accepted { seq })).into_response())
}

/// Which events are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct EventsQuery {
    /// Those after this number; 0 for the first.
    #[serde(default)]
    after: u64,
    /// At most so many, 1 to 1,000; 100 when absent.
    limit: Option<i64>,
}

impl EventsQuery {
    /// Events after this number.
    pub(super) const fn after(&self) -> u64 {
        self.after
    }

    /// How many at most, within bounds.
    pub(super) fn limit(&self) -> i64 {
        self.limit.unwrap_or(100).clamp(1, 1_000)
    }
}

/// The room's log.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/events", tag = "rooms", params(("room" = String, Path), EventsQuery),
    responses((status = 200, body = Vec<Event>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn events(
    State(app): State<App>,
    InRoom(room): InRoom,
    Query(query): Query<EventsQuery>,
) -> ApiResult<Json<Vec<Event>>> {
    Ok(Json(store::log::after(&mut *app.store.read().await?, &room.id, query.after, query.limit()).await?))
}
