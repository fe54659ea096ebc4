//! Orders over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{Checkout, Order, PayOrder, Problem};
use serde::Deserialize;
use shop::Step;
use std::future::Future;

use super::desk::{self, Asked};
use super::{end::end, fulfil::seen_by, pay};
use crate::auth::Viewer;
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, Key, Path};
use crate::once::{Begun, Claimed, Once};
use crate::state::App;

/// Parts of an order's path.
#[derive(Debug, Deserialize)]
pub struct OrderPath {
    pub(super) order: String,
}

/// Goes on even if the client goes away: a step of an order is done whole, and told.
pub(super) async fn detached<T: Send + 'static>(
    work: impl Future<Output = ApiResult<T>> + Send + 'static,
) -> ApiResult<T> {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(error) => {
            tracing::error!(%error, "An order's step failed");
            Err(ApiError::internal())
        }
    }
}

/// Place an order: its stock is held until it is paid, cancelled or past its time.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/orders", tag = "orders", request_body = Checkout,
    params(("room" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Order), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn place(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
    Key(key): Key,
    Json(new): Json<Checkout>,
) -> ApiResult<Response> {
    let claimed = Claimed::new(&app, viewer.id, key, "place order", &(&room.id, &new))?;
    desk::place(&app, Asked { claimed, room: room.id, user: viewer.id, checkout: new }).await
}

/// Pay for a held order.
#[utoipa::path(post, path = "/api/v1/orders/{order}/pay", tag = "orders", request_body = PayOrder,
    params(("order" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Order), (status = 402, body = Problem, content_type = "application/problem+json"),
    (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn pay(
    State(app): State<App>,
    viewer: Viewer,
    Key(key): Key,
    Path(OrderPath { order }): Path<OrderPath>,
    Json(body): Json<PayOrder>,
) -> ApiResult<Response> {
    detached(async move { pay::pay(&app, viewer.user, key, order, body).await }).await
}

/// Give a held order up: its stock and its coupon are free again.
#[utoipa::path(post, path = "/api/v1/orders/{order}/cancel", tag = "orders",
    params(("order" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Order), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn cancel(
    State(app): State<App>,
    viewer: Viewer,
    Key(key): Key,
    Path(OrderPath { order }): Path<OrderPath>,
) -> ApiResult<Response> {
    detached(async move {
        let mut once = match Once::begin(&app, viewer.id, Some(key), "cancel order", &order).await? {
            Begun::Kept(answer) => return Ok(answer),
            Begun::Fresh(once) => once,
        };
        let mut row = pay::own(once.db(), viewer.id, &order).await?;
        let ended = end(once.db(), &mut row, Step::Cancel, now()).await;
        let room = row.order.room.clone();
        let answer = once.finish(StatusCode::OK, ended.map(|()| row.order)).await;
        app.rooms.wake(&room);
        answer
    })
    .await
}

/// One of the user's orders; the room's host sees it too.
#[utoipa::path(get, path = "/api/v1/orders/{order}", tag = "orders", params(("order" = String, Path)),
    responses((status = 200, body = Order), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(app): State<App>,
    viewer: Viewer,
    Path(OrderPath { order }): Path<OrderPath>,
) -> ApiResult<Json<Order>> {
    Ok(Json(seen_by(&mut *app.store.read().await?, &viewer, &order).await?.order))
}
