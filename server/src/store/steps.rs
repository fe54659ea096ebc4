//! Where orders stood since when: one row a step, none twice.

use super::database::{places, rows_at_most};
use super::{Db, StoreError};
use protocol::{OrderActor, OrderStatus, OrderStep, ServerTime};
use shop::Stage;
use sqlx::AssertSqlSafe;

/// Who takes a step: what they are to the order, and which user they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Whoever ordered.
    Shopper(i64),
    /// The room's host, or an admin.
    Shop(i64),
    /// The server, by itself.
    Server,
}

impl Actor {
    const fn word(self) -> &'static str {
        match self {
            Self::Shopper(_) => "shopper",
            Self::Shop(_) => "shop",
            Self::Server => "server",
        }
    }

    const fn user(self) -> Option<i64> {
        match self {
            Self::Shopper(user) | Self::Shop(user) => Some(user),
            Self::Server => None,
        }
    }
}

/// Notes that shoppers' orders begin, as held; in the same write as the orders.
///
/// # Errors
/// When one of them was there before, or the store fails.
pub async fn begin_all(db: &mut Db, orders: &[(&str, i64)], now: ServerTime) -> Result<(), StoreError> {
    for orders in orders.chunks(rows_at_most(6)) {
        let sql = "INSERT INTO order_steps (order_id, position, to_status, time, actor, user_id) VALUES";
        let mut query = sqlx::query(AssertSqlSafe(format!("{sql} {}", places(db, orders.len(), 6))));
        for (order, user) in orders {
            let by = Actor::Shopper(*user);
            query = query.bind(*order).bind(0_i64).bind(word(Stage::Held.status())).bind(now.0);
            query = query.bind(by.word()).bind(by.user());
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}

/// Notes that an order goes from one stage to another; in the same write as the step. A clock that was set back does not
/// make it earlier than the step before.
///
/// # Errors
/// When the order was there before, or the store fails.
pub async fn note(
    db: &mut Db,
    order: &str,
    from: Stage,
    to: Stage,
    by: Actor,
    now: ServerTime,
) -> Result<(), StoreError> {
    let last = "SELECT position, time FROM order_steps WHERE order_id = $1 ORDER BY position DESC LIMIT 1";
    let before: Option<(i64, i64)> = sqlx::query_as(last).bind(order).fetch_optional(&mut *db).await?;
    let (position, time) =
        before.map_or((0, now.0), |(position, time)| (position.saturating_add(1), time.max(now.0)));
    sqlx::query(
        "INSERT INTO order_steps (order_id, position, from_status, to_status, time, actor, user_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(order)
    .bind(position)
    .bind(word(from.status()))
    .bind(word(to.status()))
    .bind(time)
    .bind(by.word())
    .bind(by.user())
    .execute(db)
    .await?;
    Ok(())
}

/// An order's steps, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn list(db: &mut Db, order: &str) -> Result<Vec<OrderStep>, StoreError> {
    let rows: Vec<(Option<String>, String, i64, String)> = sqlx::query_as(
        "SELECT from_status, to_status, time, actor FROM order_steps WHERE order_id = $1 ORDER BY position",
    )
    .bind(order)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(step).collect()
}

fn step((from, to, at, by): (Option<String>, String, i64, String)) -> Result<OrderStep, StoreError> {
    let status = |word: String| {
        let known = Stage::parse(&word).map(Stage::status);
        known.ok_or_else(|| StoreError::corrupt("order_steps.to_status", word))
    };
    let by = match by.as_str() {
        "shopper" => OrderActor::Shopper,
        "shop" => OrderActor::Shop,
        "server" => OrderActor::Server,
        other => return Err(StoreError::corrupt("order_steps.actor", other)),
    };
    Ok(OrderStep { from: from.map(status).transpose()?, to: status(to)?, at: ServerTime(at), by })
}

/// A stage without what only the server sees has the same word as its status.
const fn word(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Held => Stage::Held.as_str(),
        OrderStatus::Paid => Stage::Paid.as_str(),
        OrderStatus::Shipped => Stage::Shipped.as_str(),
        OrderStatus::Delivered => Stage::Delivered.as_str(),
        OrderStatus::Refunded => Stage::Refunded.as_str(),
        OrderStatus::Cancelled => Stage::Cancelled.as_str(),
        OrderStatus::Expired => Stage::Expired.as_str(),
    }
}
