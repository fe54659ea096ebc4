//! Orders with their lines.

use super::{Db, StoreError, products::currency};
use protocol::{Money, Order, OrderLine, Receipt, ServerTime};
use shop::Stage;

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
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    room_id: String,
    user_id: i64,
    stage: String,
    subtotal: i64,
    discount: i64,
    total: i64,
    currency: String,
    coupon_id: Option<i64>,
    placed: i64,
    held_until: i64,
    attempts: i64,
    method: Option<String>,
    payment: Option<String>,
    paid: Option<i64>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, room_id, user_id, stage, subtotal, discount, total, currency, coupon_id, placed, held_until, ",
            "attempts, method, payment, paid FROM orders ",
            $rest
        )
    };
}

async fn with_lines(db: &mut Db, row: Row) -> Result<OrderRow, StoreError> {
    let stage = Stage::parse(&row.stage).ok_or_else(|| StoreError::corrupt("orders.stage", &row.stage))?;
    let currency = currency(&row.currency)?;
    let found: Vec<(i64, String, i64, i64)> = sqlx::query_as(
        "SELECT product_id, title, unit_price, quantity FROM order_lines WHERE order_id = $1 ORDER BY position",
    )
    .bind(&row.id)
    .fetch_all(db)
    .await?;
    let mut lines = Vec::with_capacity(found.len());
    for (product, title, unit_price, quantity) in found {
        let quantity =
            u32::try_from(quantity).map_err(|_| StoreError::corrupt("order_lines.quantity", quantity))?;
        lines.push(OrderLine { product, title, unit_price: Money::new(unit_price, currency), quantity });
    }
    let held_until = ServerTime(row.held_until);
    let order = Order {
        id: row.id,
        room: row.room_id,
        status: stage.status(),
        lines,
        subtotal: Money::new(row.subtotal, currency),
        discount: Money::new(row.discount, currency),
        total: Money::new(row.total, currency),
        coupon: row.coupon_id,
        placed: ServerTime(row.placed),
        held_until: stage.holds_stock().then_some(held_until),
        receipt: row.payment.zip(row.paid).map(|(payment, paid)| Receipt { payment, paid: ServerTime(paid) }),
    };
    Ok(OrderRow { order, user: row.user_id, stage, held_until, attempts: row.attempts, method: row.method })
}

async fn all_with_lines(db: &mut Db, rows: Vec<Row>) -> Result<Vec<OrderRow>, StoreError> {
    let mut orders = Vec::with_capacity(rows.len());
    for row in rows {
        orders.push(with_lines(db, row).await?);
    }
    Ok(orders)
}

/// Adds an order that holds stock.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, user: i64, order: &Order, held_until: ServerTime) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO orders (id, room_id, user_id, stage, subtotal, discount, total, currency, coupon_id, placed, \
         held_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&order.id)
    .bind(&order.room)
    .bind(user)
    .bind(Stage::Held.as_str())
    .bind(order.subtotal.amount)
    .bind(order.discount.amount)
    .bind(order.total.amount)
    .bind(order.total.currency.as_str())
    .bind(order.coupon)
    .bind(order.placed.0)
    .bind(held_until.0)
    .execute(&mut *db)
    .await?;
    for (position, line) in (0_i64..).zip(&order.lines) {
        sqlx::query(
            "INSERT INTO order_lines (order_id, position, product_id, title, unit_price, quantity) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&order.id)
        .bind(position)
        .bind(line.product)
        .bind(&line.title)
        .bind(line.unit_price.amount)
        .bind(i64::from(line.quantity))
        .execute(&mut *db)
        .await?;
    }
    Ok(())
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

/// A user's orders, newest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn by_user(db: &mut Db, user: i64, limit: i64) -> Result<Vec<OrderRow>, StoreError> {
    let rows = sqlx::query_as(select!("WHERE user_id = $1 ORDER BY placed DESC, id LIMIT $2"))
        .bind(user)
        .bind(limit)
        .fetch_all(&mut *db)
        .await?;
    all_with_lines(db, rows).await
}

/// A room's orders, newest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn by_room(db: &mut Db, room: &str, limit: i64) -> Result<Vec<OrderRow>, StoreError> {
    let rows = sqlx::query_as(select!("WHERE room_id = $1 ORDER BY placed DESC, id LIMIT $2"))
        .bind(room)
        .bind(limit)
        .fetch_all(&mut *db)
        .await?;
    all_with_lines(db, rows).await
}

/// Held orders whose time is over, oldest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn overdue(db: &mut Db, now: ServerTime, limit: i64) -> Result<Vec<OrderRow>, StoreError> {
    let rows =
        sqlx::query_as(select!("WHERE stage = 'held' AND held_until <= $1 ORDER BY held_until LIMIT $2"))
            .bind(now.0)
            .bind(limit)
            .fetch_all(&mut *db)
            .await?;
    all_with_lines(db, rows).await
}

/// Orders whose payment was under way when the server stopped.
///
/// # Errors
/// When the store fails.
pub async fn paying(db: &mut Db) -> Result<Vec<OrderRow>, StoreError> {
    let rows = sqlx::query_as(select!("WHERE stage = 'paying' ORDER BY placed")).fetch_all(&mut *db).await?;
    all_with_lines(db, rows).await
}

/// Moves an order that nobody pays for from one stage to another that is not [`Stage::Paid`]. Answers whether it stood
/// there.
///
/// # Errors
/// When the store fails.
pub async fn set_stage(db: &mut Db, id: &str, from: Stage, to: Stage) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE orders SET stage = $3 WHERE id = $1 AND stage = $2")
        .bind(id)
        .bind(from.as_str())
        .bind(to.as_str())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the provider is about to be asked, one more time. Answers whether the order waited for it.
///
/// # Errors
/// When the store fails.
pub async fn begin_payment(db: &mut Db, id: &str, method: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE orders SET stage = 'paying', attempts = attempts + 1, method = $2 WHERE id = $1 AND stage = 'held'",
    )
    .bind(id)
    .bind(method)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the provider declined an attempt. Answers whether the order was at that attempt.
///
/// # Errors
/// When the store fails.
pub async fn decline_payment(db: &mut Db, id: &str, attempt: i64) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE orders SET stage = 'held' WHERE id = $1 AND stage = 'paying' AND attempts = $2")
            .bind(id)
            .bind(attempt)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the provider took the money at an attempt. Answers whether the order was at that attempt.
///
/// # Errors
/// When the store fails.
pub async fn finish_payment(
    db: &mut Db,
    id: &str,
    attempt: i64,
    payment: &str,
    paid: ServerTime,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE orders SET stage = 'paid', payment = $3, paid = $4 \
         WHERE id = $1 AND stage = 'paying' AND attempts = $2",
    )
    .bind(id)
    .bind(attempt)
    .bind(payment)
    .bind(paid.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
