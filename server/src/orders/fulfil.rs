//! What the shop does with an order that is paid for, over HTTP: it ships it, says that it arrived, and both sides look back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{NewShipment, Order, OrderHistory, Problem, Shipment};
use shop::{Next, Step};

use super::api::{OrderPath, detached};
use super::tell::tell;
use crate::auth::Viewer;
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Key, Path};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::orders::OrderRow;
use crate::store::steps::Actor;
use crate::store::{self, Db, StoreError};

/// Characters in a carrier's name and in its number, each.
const WORDS: usize = 64;

fn unknown() -> ApiError {
    ApiError::unknown("unknown_order", "you have no order of this number")
}

/// An order of a room that the viewer hosts; its shopper hears that it is not theirs to do, others that there is none.
///
/// # Errors
/// `unknown_order`, or `not_host`.
pub(super) async fn sold_by(db: &mut Db, viewer: &Viewer, order: &str) -> ApiResult<OrderRow> {
    let row = store::orders::by_id(db, order).await?.ok_or_else(unknown)?;
    let room = store::rooms::by_id(db, &row.order.room).await?.ok_or_else(ApiError::internal)?;
    match (viewer.owns(&room), viewer.id == row.user) {
        (true, _) => Ok(row),
        (false, true) => Err(room::Refusal::NotHost.into()),
        (false, false) => Err(unknown()),
    }
}

/// An order that the viewer placed, or sells.
///
/// # Errors
/// `unknown_order`.
pub(super) async fn seen_by(db: &mut Db, viewer: &Viewer, order: &str) -> ApiResult<OrderRow> {
    let row = store::orders::by_id(db, order).await?.ok_or_else(unknown)?;
    if row.user == viewer.id {
        return Ok(row);
    }
    let room = store::rooms::by_id(db, &row.order.room).await?;
    room.filter(|room| viewer.owns(room)).map(|_| row).ok_or_else(unknown)
}

/// Say that a paid order is on its way (the room's host).
#[utoipa::path(post, path = "/api/v1/orders/{order}/ship", tag = "orders", request_body = NewShipment,
    params(("order" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Order), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn ship(
    State(app): State<App>,
    viewer: Viewer,
    Key(key): Key,
    Path(OrderPath { order }): Path<OrderPath>,
    Json(new): Json<NewShipment>,
) -> ApiResult<Response> {
    let shipment = Shipment {
        carrier: room::one_line("carrier", &new.carrier, WORDS)?,
        tracking: room::one_line("tracking", &new.tracking, WORDS)?,
    };
    detached(async move {
        let asked = &(&order, &shipment);
        let mut once = match Once::begin(&app, viewer.id, Some(key), "ship order", asked).await? {
            Begun::Kept(answer) => return Ok(answer),
            Begun::Fresh(once) => once,
        };
        let moved = move_on(once.db(), &viewer, &order, Step::Ship, Some(shipment)).await;
        once.finish(StatusCode::OK, moved).await
    })
    .await
}

/// Say that an order has arrived (the room's host).
#[utoipa::path(post, path = "/api/v1/orders/{order}/deliver", tag = "orders",
    params(("order" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Order), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn deliver(
    State(app): State<App>,
    viewer: Viewer,
    Key(key): Key,
    Path(OrderPath { order }): Path<OrderPath>,
) -> ApiResult<Response> {
    detached(async move {
        let mut once = match Once::begin(&app, viewer.id, Some(key), "deliver order", &order).await? {
            Begun::Kept(answer) => return Ok(answer),
            Begun::Fresh(once) => once,
        };
        let moved = move_on(once.db(), &viewer, &order, Step::Deliver, None).await;
        once.finish(StatusCode::OK, moved).await
    })
    .await
}

async fn move_on(
    db: &mut Db,
    viewer: &Viewer,
    order: &str,
    step: Step,
    shipment: Option<Shipment>,
) -> ApiResult<Order> {
    let row = sold_by(db, viewer, order).await?;
    let Next::To(to) = shop::step(row.stage, step)? else { return Ok(row.order) };
    if shipment.is_some() && store::refunds::is_pending(db, order).await? {
        // It may be paid back whole, and is then not to be sent.
        return Err(shop::Refusal::RefundRunning.into());
    }
    let moved = match &shipment {
        Some(shipment) => store::orders::set_shipped(db, order, shipment).await?,
        None => store::orders::set_stage(db, order, row.stage, to).await?,
    };
    if !moved {
        return Err(StoreError::corrupt("orders.stage", "changed under a write").into());
    }
    let now = now();
    store::steps::note(db, order, row.stage, to, Actor::Shop(viewer.id), now).await?;
    let after = store::orders::by_id(db, order).await?.ok_or_else(ApiError::internal)?;
    tell(db, &after.order, now).await?;
    Ok(after.order)
}

/// What happened to one of the user's orders; the room's host sees it too.
#[utoipa::path(get, path = "/api/v1/orders/{order}/history", tag = "orders", params(("order" = String, Path)),
    responses((status = 200, body = OrderHistory), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn history(
    State(app): State<App>,
    viewer: Viewer,
    Path(OrderPath { order }): Path<OrderPath>,
) -> ApiResult<Json<OrderHistory>> {
    let mut db = app.store.read().await?;
    seen_by(&mut db, &viewer, &order).await?;
    let steps = store::steps::list(&mut db, &order).await?;
    let refunds = store::refunds::of_order(&mut db, &order).await?;
    Ok(Json(OrderHistory { steps, refunds }))
}
