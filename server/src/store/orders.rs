//! Orders with their lines and coupons.

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, room_id, user_id, stage, subtotal, discount, shipping, shipping_discount, total, currency, ",
            "placed, held_until, attempts, method, payment, paid, carrier, tracking, refunded, refunded_shipping, ",
            "address, invoice FROM orders ",
            $rest
        )
    };
}

mod lists;
mod write;

pub use lists::{After, bought, by_room, by_user, overdue, paying};
pub use write::{
    add_refund, begin_payment, decline_payment, finish_payment, insert_all, set_shipped, set_stage,
};

use super::{Db, StoreError, products::currency};
use protocol::{Currency, Money, Order, OrderLine, Receipt, ServerTime, Shipment, UsedCoupon};
use serde::de::DeserializeOwned;
use shop::{PaidLine, PaidOrder, Stage};

/// An order with what only the server knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// As its shopper and its host see it.
    pub order: Order,
    /// Whose it is.
    pub user: i64,
    /// Where it stands.
    pub stage: Stage,
    /// Until when stock is held.
    pub held_until: ServerTime,
    /// Payments asked of the provider so far.
    pub attempts: i64,
    /// How the last one was to be made.
    pub method: Option<String>,
    /// What was paid back of the shipping fee.
    pub refunded_shipping: i64,
    /// What was paid back of each line.
    pub refunded_lines: Vec<i64>,
}

impl OrderRow {
    /// As it is paid back.
    pub fn paid(&self) -> PaidOrder {
        let line = |(line, refunded_amount): (&OrderLine, &i64)| {
            let all = line.unit_price.amount.saturating_mul(i64::from(line.quantity));
            PaidLine {
                quantity: line.quantity,
                paid: all.saturating_sub(amount(line.discount)),
                refunded: line.refunded,
                refunded_amount: *refunded_amount,
            }
        };
        PaidOrder {
            lines: self.order.lines.iter().zip(&self.refunded_lines).map(line).collect(),
            shipping: amount(self.order.shipping).saturating_sub(amount(self.order.shipping_discount)),
            refunded_shipping: self.refunded_shipping,
        }
    }
}

/// What is not there is nothing.
fn amount(money: Option<Money>) -> i64 {
    money.map_or(0, |money| money.amount)
}

/// Nothing is not there.
fn some(amount: i64, currency: Currency) -> Option<Money> {
    (amount != 0).then(|| Money::new(amount, currency))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    room_id: String,
    user_id: i64,
    stage: String,
    subtotal: i64,
    discount: i64,
    shipping: i64,
    shipping_discount: i64,
    total: i64,
    currency: String,
    placed: i64,
    held_until: i64,
    attempts: i64,
    method: Option<String>,
    payment: Option<String>,
    paid: Option<i64>,
    carrier: Option<String>,
    tracking: Option<String>,
    refunded: i64,
    refunded_shipping: i64,
    address: Option<String>,
    invoice: Option<String>,
}

/// What a column holds as JSON.
fn json<T: DeserializeOwned>(what: &'static str, text: Option<&str>) -> Result<Option<T>, StoreError> {
    let read = text.map(serde_json::from_str).transpose();
    read.map_err(|error| StoreError::corrupt(what, error))
}

#[derive(sqlx::FromRow)]
struct Line {
    product_id: i64,
    variant_id: Option<i64>,
    options: String,
    sku: String,
    title: String,
    unit_price: i64,
    quantity: i64,
    discount: i64,
    refunded: i64,
    refunded_amount: i64,
}

impl Line {
    fn into_line(self, currency: Currency) -> Result<OrderLine, StoreError> {
        let count = |what, found: i64| u32::try_from(found).map_err(|_| StoreError::corrupt(what, found));
        Ok(OrderLine {
            product: self.product_id,
            variant: self.variant_id,
            options: self.options,
            sku: self.sku,
            title: self.title,
            unit_price: Money::new(self.unit_price, currency),
            quantity: count("order_lines.quantity", self.quantity)?,
            discount: some(self.discount, currency),
            refunded: count("order_lines.refunded", self.refunded)?,
        })
    }
}

async fn with_lines(db: &mut Db, row: Row) -> Result<OrderRow, StoreError> {
    let stage = Stage::parse(&row.stage).ok_or_else(|| StoreError::corrupt("orders.stage", &row.stage))?;
    let currency = currency(&row.currency)?;
    let found: Vec<Line> = sqlx::query_as(
        "SELECT product_id, variant_id, options, sku, title, unit_price, quantity, discount, refunded, refunded_amount \
         FROM order_lines WHERE order_id = $1 ORDER BY position",
    )
    .bind(&row.id)
    .fetch_all(&mut *db)
    .await?;
    let refunded_lines = found.iter().map(|line| line.refunded_amount).collect();
    let lines = found.into_iter().map(|line| line.into_line(currency)).collect::<Result<_, _>>()?;
    let found_coupons: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT coupon_id, discount FROM order_coupons WHERE order_id = $1 ORDER BY coupon_id",
    )
    .bind(&row.id)
    .fetch_all(db)
    .await?;
    let used = |(coupon, off)| UsedCoupon { coupon, off: Money::new(off, currency) };
    let coupons: Vec<UsedCoupon> = found_coupons.into_iter().map(used).collect();
    let held_until = ServerTime(row.held_until);
    let order = Order {
        id: row.id,
        room: row.room_id,
        status: stage.status(),
        lines,
        subtotal: Money::new(row.subtotal, currency),
        discount: Money::new(row.discount, currency),
        shipping: some(row.shipping, currency),
        shipping_discount: some(row.shipping_discount, currency),
        total: Money::new(row.total, currency),
        refunded: some(row.refunded, currency),
        coupon: coupons.first().map(|used| used.coupon),
        coupons,
        placed: ServerTime(row.placed),
        held_until: stage.holds_stock().then_some(held_until),
        receipt: row.payment.zip(row.paid).map(|(payment, paid)| Receipt { payment, paid: ServerTime(paid) }),
        address: json("orders.address", row.address.as_deref())?,
        invoice: json("orders.invoice", row.invoice.as_deref())?,
        shipment: row.carrier.zip(row.tracking).map(|(carrier, tracking)| Shipment { carrier, tracking }),
    };
    Ok(OrderRow {
        order,
        user: row.user_id,
        stage,
        held_until,
        attempts: row.attempts,
        method: row.method,
        refunded_shipping: row.refunded_shipping,
        refunded_lines,
    })
}

async fn all_with_lines(db: &mut Db, rows: Vec<Row>) -> Result<Vec<OrderRow>, StoreError> {
    let mut orders = Vec::with_capacity(rows.len());
    for row in rows {
        orders.push(with_lines(db, row).await?);
    }
    Ok(orders)
}

/// The order of an identifier.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, id: &str) -> Result<Option<OrderRow>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(&mut *db).await?;
    match row {
        Some(row) => with_lines(db, row).await.map(Some),
        None => Ok(None),
    }
}
