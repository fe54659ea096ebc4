//! Red packets over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{NewRedPacket, PacketShare, Problem, RedPacket, SharedPacket};
use serde::Deserialize;

use super::{grab, known, send, unknown};
use crate::auth::Viewer;
use crate::clock::now;
use crate::error::ApiResult;
use crate::extract::{InRoom, Json, Key, Path};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::{self, packets};

/// Packets in a list, at most.
const MOST: i64 = 50;

/// Send a red packet: its coins are taken at once, and what nobody took of them by its end comes back.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/packets", tag = "wallet", request_body = NewRedPacket,
    params(("room" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = RedPacket), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
    Key(key): Key,
    Json(new): Json<NewRedPacket>,
) -> ApiResult<Response> {
    let mut once = match Once::begin(&app, viewer.id, Some(key), "send packet", &(&room.id, &new)).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let sent = send(once.db(), &room.id, &viewer.user, &new, now()).await;
    let answer = once.finish(StatusCode::CREATED, sent).await;
    app.rooms.wake(&room.id);
    answer
}

/// The room's red packets, newest first.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/packets", tag = "wallet", params(("room" = String, Path)),
    responses((status = 200, body = Vec<RedPacket>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(app): State<App>, InRoom(room): InRoom) -> ApiResult<Json<Vec<RedPacket>>> {
    Ok(Json(packets::list(&mut *app.store.read().await?, &room.id, MOST).await?))
}

/// Parts of a packet's path.
#[derive(Debug, Deserialize)]
pub struct PacketPath {
    packet: i64,
}

/// A red packet, and who got what.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/packets/{packet}", tag = "wallet",
    params(("room" = String, Path), ("packet" = i64, Path)),
    responses((status = 200, body = SharedPacket), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(app): State<App>,
    InRoom(room): InRoom,
    Path(PacketPath { packet }): Path<PacketPath>,
) -> ApiResult<Json<SharedPacket>> {
    let mut db = app.store.read().await?;
    let packet = packets::by_id(&mut db, &room.id, packet).await?.ok_or_else(unknown)?;
    let taken = packets::shares(&mut db, packet.id).await?;
    Ok(Json(SharedPacket { packet, taken }))
}

/// Take a share of a red packet. One each, first come; asked again, the answer is the same share.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/packets/{packet}/shares", tag = "wallet",
    params(("room" = String, Path), ("packet" = i64, Path)),
    responses((status = 200, body = PacketShare), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn take(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
    Path(PacketPath { packet }): Path<PacketPath>,
) -> ApiResult<Json<PacketShare>> {
    let known = known(&mut *app.store.read().await?, &room.id, packet, &viewer.user, now()).await?;
    if let Some(share) = known {
        return Ok(Json(share));
    }
    let mut tx = app.store.write().await?;
    let share = grab(&mut tx, &room.id, packet, &viewer.user, now()).await?;
    store::commit(tx).await?;
    app.rooms.wake(&room.id);
    Ok(Json(share))
}
