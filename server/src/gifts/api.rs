//! The catalogue over HTTP.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{GiftCatalogue, NewGiftCatalogue, Problem, Role};
use serde::Serialize;

use crate::auth::Viewer;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, MaybeKey};
use crate::gifts;
use crate::once::{Begun, Once};
use crate::state::App;

/// The gifts that can be sent, with the version that a sender names.
#[utoipa::path(get, path = "/api/v1/gifts", tag = "gifts", responses((status = 200, body = GiftCatalogue)))]
pub async fn get(State(app): State<App>) -> ApiResult<Json<GiftCatalogue>> {
    let catalogue = app.gifts.fresh(&mut *app.store.read().await?).await?;
    Ok(Json(GiftCatalogue::clone(&catalogue)))
}

/// Put other gifts in force (the shop's admin). Open sockets hear of it at once.
#[utoipa::path(put, path = "/api/v1/gifts", tag = "gifts", request_body = NewGiftCatalogue,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = GiftCatalogue), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(app): State<App>,
    viewer: Viewer,
    MaybeKey(key): MaybeKey,
    Json(new): Json<NewGiftCatalogue>,
) -> ApiResult<Response> {
    only_admin(&viewer)?;
    let mut once = match Once::begin(&app, viewer.id, key, "put gifts", &new).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let published = gifts::publish(&app, once.db(), new.gifts).await;
    let answer = once.finish(StatusCode::OK, published).await?;
    gifts::tell(&app).await?;
    Ok(answer)
}

/// Answer to an upload.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Kept {
    /// Where the asset is: a path on the server, named by the asset's contents.
    pub asset: String,
}

/// Upload what a gift is played from (the shop's admin): SVG, PNG, JPEG, GIF, WebP, SVGA 2, MP4 or Lottie JSON. The same
/// file again is the same asset.
#[utoipa::path(post, path = "/api/v1/gifts/assets", tag = "gifts",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = Kept), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn upload(
    State(app): State<App>,
    viewer: Viewer,
    bytes: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> ApiResult<Response> {
    only_admin(&viewer)?;
    let bytes =
        bytes.map_err(|rejection| ApiError::new(rejection.status(), "bad_body", rejection.body_text()))?;
    let asset = app.gifts.keep(&bytes).await?;
    Ok((StatusCode::CREATED, Json(Kept { asset })).into_response())
}

/// The catalogue is the whole installation's, so that no single host may change it.
fn only_admin(viewer: &Viewer) -> ApiResult<()> {
    if viewer.role == Role::Admin {
        return Ok(());
    }
    let detail = "only the shop's admin changes the gifts";
    Err(ApiError::new(StatusCode::FORBIDDEN, "admin_required", detail))
}
