//! What shipping costs in a room, over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{Problem, ShippingRule};

use crate::error::ApiResult;
use crate::extract::{InRoom, Json, MaybeKey, OwnRoom};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store;

/// What shipping costs in the room; `null` where orders are not sent.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/shipping", tag = "shop", params(("room" = String, Path)),
    responses((status = 200, body = Option<ShippingRule>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<App>, InRoom(room): InRoom) -> ApiResult<Json<Option<ShippingRule>>> {
    Ok(Json(store::rooms::shipping(&mut *app.store.read().await?, &room.id).await?))
}

/// Say what shipping costs in the room, or with `null` that orders are not sent (the room's host).
#[utoipa::path(put, path = "/api/v1/rooms/{room}/shipping", tag = "shop", request_body = Option<ShippingRule>,
    params(("room" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Option<ShippingRule>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(app): State<App>,
    own: OwnRoom,
    MaybeKey(key): MaybeKey,
    Json(rule): Json<Option<ShippingRule>>,
) -> ApiResult<Response> {
    let asked = &(&own.room.id, &rule);
    let mut once = match Once::begin(&app, own.host.id, key, "set shipping", asked).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let set = async {
        rule.as_ref().map_or(Ok(()), shop::check_shipping)?;
        store::rooms::set_shipping(once.db(), &own.room.id, rule.as_ref()).await?;
        Ok(rule)
    }
    .await;
    once.finish(StatusCode::OK, set).await
}
