//! Orders in lists and files, page by page, over HTTP.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{Money, Order, OrderLine, OrderStatus, Problem};
use serde::Deserialize;

use crate::auth::Viewer;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, OwnRoom, Query};
use crate::state::App;
use crate::store::{self, Db, orders::OrderRow};

/// Orders in one list.
const MOST: i64 = 200;
/// Orders in one file.
const MOST_IN_FILE: i64 = 2_000;

/// Which orders, newest first.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
pub struct Page {
    /// Those that come after this order in the list; left out, from the newest on.
    after: Option<String>,
    /// How many at most.
    limit: Option<i64>,
    /// Those that stand there only: `held`, `paid`, `shipped`, `delivered`, `refunded`, `cancelled` or `expired`.
    status: Option<OrderStatus>,
}

/// In which form.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// RFC 4180, a row for each line of each order.
    Csv,
    /// A list of orders.
    Json,
}

/// Which orders in which form.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Export {
    /// `csv` or `json`.
    #[param(value_type = String)]
    format: Format,
    /// Those that come after this order in the list.
    after: Option<String>,
    /// Those that stand there only, as in the list.
    status: Option<OrderStatus>,
}

/// Whose orders.
enum Whose<'a> {
    User(i64),
    Room(&'a str),
}

async fn page(
    db: &mut Db,
    whose: Whose<'_>,
    status: Option<OrderStatus>,
    after: Option<&str>,
    limit: i64,
) -> ApiResult<Vec<OrderRow>> {
    let unknown =
        || ApiError::unknown("unknown_order", "after: there is no order of this number in the list");
    let after = match after {
        None => None,
        Some(id) => {
            let row = store::orders::by_id(db, id).await?.ok_or_else(unknown)?;
            let listed = match &whose {
                Whose::User(user) => row.user == *user,
                Whose::Room(room) => row.order.room == *room,
            };
            Some(listed.then_some((row.order.placed, row.order.id)).ok_or_else(unknown)?)
        }
    };
    Ok(match whose {
        Whose::User(user) => store::orders::by_user(db, user, status, after.as_ref(), limit).await?,
        Whose::Room(room) => store::orders::by_room(db, room, status, after.as_ref(), limit).await?,
    })
}

fn seen(rows: Vec<OrderRow>) -> Vec<Order> {
    rows.into_iter().map(|row| row.order).collect()
}

/// The user's own orders, newest first, at most 200 at once.
#[utoipa::path(get, path = "/api/v1/orders", tag = "orders", params(Page),
    responses((status = 200, body = Vec<Order>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn own(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Page>,
) -> ApiResult<Json<Vec<Order>>> {
    let limit = asked.limit.unwrap_or(MOST).clamp(1, MOST);
    let (whose, mut db) = (Whose::User(viewer.id), app.store.read().await?);
    Ok(Json(seen(page(&mut db, whose, asked.status, asked.after.as_deref(), limit).await?)))
}

/// The room's orders, newest first, at most 200 at once (its host).
#[utoipa::path(get, path = "/api/v1/rooms/{room}/orders", tag = "orders", params(("room" = String, Path), Page),
    responses((status = 200, body = Vec<Order>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn of_room(
    State(app): State<App>,
    own: OwnRoom,
    Query(asked): Query<Page>,
) -> ApiResult<Json<Vec<Order>>> {
    let limit = asked.limit.unwrap_or(MOST).clamp(1, MOST);
    let (whose, mut db) = (Whose::Room(&own.room.id), app.store.read().await?);
    Ok(Json(seen(page(&mut db, whose, asked.status, asked.after.as_deref(), limit).await?)))
}

/// The room's orders as a file, newest first, at most 2,000 at once (its host).
#[utoipa::path(get, path = "/api/v1/rooms/{room}/orders/export", tag = "orders", params(("room" = String, Path), Export),
    responses((status = 200, body = String), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn export(
    State(app): State<App>,
    own: OwnRoom,
    Query(asked): Query<Export>,
) -> ApiResult<Response> {
    let mut db = app.store.read().await?;
    let whose = Whose::Room(&own.room.id);
    let orders = seen(page(&mut db, whose, asked.status, asked.after.as_deref(), MOST_IN_FILE).await?);
    drop(db);
    match asked.format {
        Format::Json => Ok(Json(orders).into_response()),
        Format::Csv => {
            // A room's name needs no quoting.
            let name = format!("attachment; filename=\"{}-orders.csv\"", own.room.id);
            let kind = "text/csv; charset=utf-8".to_owned();
            let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
            Ok((StatusCode::OK, headers, csv(&orders)).into_response())
        }
    }
}

const COLUMNS: [&str; 29] = [
    "order",
    "status",
    "placed",
    "paid",
    "line",
    "product",
    "variant",
    "sku",
    "title",
    "options",
    "quantity",
    "unit_price",
    "line_discount",
    "refunded_items",
    "order_shipping",
    "order_total",
    "order_refunded",
    "currency",
    "carrier",
    "tracking",
    "name",
    "phone",
    "country",
    "region",
    "city",
    "street",
    "postcode",
    "invoice_title",
    "invoice_tax_number",
];

/// A row for each line; what is the order's stands in each.
fn csv(orders: &[Order]) -> String {
    // With a mark, or one well-known spreadsheet reads it in a code page.
    let mut out = "\u{feff}".to_owned();
    shop::csv::write_row(&mut out, ',', COLUMNS);
    for order in orders {
        for (index, line) in order.lines.iter().enumerate() {
            shop::csv::write_row(&mut out, ',', row(order, index, line).iter().map(String::as_str));
        }
    }
    out
}

fn row(order: &Order, index: usize, line: &OrderLine) -> [String; 29] {
    let money = |money: Option<Money>| money.map(|money| money.decimal()).unwrap_or_default();
    let status = serde_json::to_value(order.status).ok();
    let shipment = order.shipment.clone().map(|one| [one.carrier, one.tracking]).unwrap_or_default();
    let to = order
        .address
        .clone()
        .map(|to| [to.name, to.phone, to.country, to.region, to.city, to.street, to.postcode]);
    let [name, phone, country, region, city, street, postcode] = to.unwrap_or_default();
    let invoice = order.invoice.clone().map(|one| [one.title, one.tax_number]).unwrap_or_default();
    let [carrier, tracking] = shipment;
    let [invoice_title, tax_number] = invoice;
    [
        order.id.clone(),
        status.as_ref().and_then(|word| word.as_str()).unwrap_or_default().to_owned(),
        order.placed.to_string(),
        order.receipt.as_ref().map(|receipt| receipt.paid.to_string()).unwrap_or_default(),
        index.to_string(),
        line.product.to_string(),
        line.variant.map(|id| id.to_string()).unwrap_or_default(),
        line.sku.clone(),
        line.title.clone(),
        line.options.clone(),
        line.quantity.to_string(),
        line.unit_price.decimal(),
        money(line.discount),
        line.refunded.to_string(),
        money(order.shipping),
        order.total.decimal(),
        money(order.refunded),
        order.total.currency.to_string(),
        carrier,
        tracking,
        name,
        phone,
        country,
        region,
        city,
        street,
        postcode,
        invoice_title,
        tax_number,
    ]
}
