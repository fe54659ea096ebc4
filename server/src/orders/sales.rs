//! What a room sold, for its host.

use axum::extract::State;
use protocol::{Currency, MinuteSales, Problem, Sales, SalesSum, ServerTime};
use serde::Deserialize;
use sqlx::Connection;
use std::collections::BTreeMap;

use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, OwnRoom, Query};
use crate::room::shows;
use crate::state::App;
use crate::store::sales::{self, Window};
use crate::store::{Db, StoreError};

/// Which sales are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct SalesQuery {
    /// Those of this show, by its number; all of the room's when absent.
    show: Option<u64>,
}

/// What the room sold, by product and by minute of a show (its host). The sums are the orders' own.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/sales", tag = "orders",
    params(("room" = String, Path), SalesQuery),
    responses((status = 200, body = Sales), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(app): State<App>,
    own: OwnRoom,
    Query(query): Query<SalesQuery>,
) -> ApiResult<Json<Sales>> {
    Ok(Json(of(&app, &own.room.id, query.show).await?))
}

/// What a room sold, or one of its shows.
///
/// # Errors
/// 404 for a show that is not there.
pub async fn of(app: &App, room: &str, show: Option<u64>) -> ApiResult<Sales> {
    let mut connection = app.store.read().await?;
    // One look for all sums: an order that is paid meanwhile is in all of them or in none.
    let mut db = connection.begin().await.map_err(StoreError::from)?;
    let window = window(&mut db, room, show).await?;
    let minutes = sales::by_minute(&mut db, room, window).await?;
    let products = sales::by_product(&mut db, room, window).await?;
    let totals = totals(&minutes);
    let minutes = if show.is_some() { minutes } else { Vec::new() };
    Ok(Sales { totals, products, minutes })
}

async fn window(db: &mut Db, room: &str, show: Option<u64>) -> ApiResult<Window> {
    let ever =
        Window { after: ServerTime(i64::MIN), until: ServerTime(i64::MAX), start: ServerTime(i64::MAX) };
    let Some(show) = show else { return Ok(ever) };
    let span = shows::span(db, room, show).await?;
    let span =
        span.ok_or_else(|| ApiError::unknown("unknown_show", "this room has no show of this number"))?;
    Ok(Window {
        after: span.begun_after,
        until: span.ended.unwrap_or(ever.until),
        // The pictures' clock is the clock on the wall.
        start: ServerTime(span.start.0),
    })
}

fn totals(minutes: &[MinuteSales]) -> Vec<SalesSum> {
    let mut sums: BTreeMap<Currency, SalesSum> = BTreeMap::new();
    for MinuteSales { sum, .. } in minutes {
        let currency = sum.currency;
        let nothing = SalesSum {
            currency,
            orders: 0,
            items: 0,
            subtotal: 0,
            discount: 0,
            shipping: 0,
            total: 0,
            refunded: 0,
        };
        let total = sums.entry(currency).or_insert(nothing);
        // Far from any bound: a room's sales are fewer than all the money there is.
        total.orders = total.orders.saturating_add(sum.orders);
        total.items = total.items.saturating_add(sum.items);
        total.subtotal = total.subtotal.saturating_add(sum.subtotal);
        total.discount = total.discount.saturating_add(sum.discount);
        total.shipping = total.shipping.saturating_add(sum.shipping);
        total.total = total.total.saturating_add(sum.total);
        total.refunded = total.refunded.saturating_add(sum.refunded);
    }
    sums.into_values().collect()
}
