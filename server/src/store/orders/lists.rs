//! Orders by whose they are and where they stand.

use protocol::{OrderStatus, ServerTime};
use shop::Stage;
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

use super::{Db, OrderRow, StoreError, all_with_lines};
use crate::store::database::{places, rows_at_most};

/// Where a page of a list goes on: after the order of this time and identifier.
pub type After = (ServerTime, String);

/// Every order comes after it.
fn from(after: Option<&After>) -> (i64, &str) {
    after.map_or((i64::MAX, ""), |(placed, id)| (placed.0, id))
}

/// The stages of orders that stand at `status`, each between spaces; of all orders when there is none.
fn stages(status: Option<OrderStatus>) -> String {
    let stands = |stage: &Stage| status.is_none_or(|status| stage.status() == status);
    Stage::ALL.into_iter().filter(stands).map(|stage| format!(" {} ", stage.as_str())).collect()
}

/// A user's orders, newest first, at most `limit`; those at `status` alone, if one is given.
///
/// # Errors
/// When the store fails.
pub async fn by_user(
    db: &mut Db,
    user: i64,
    status: Option<OrderStatus>,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<OrderRow>, StoreError> {
    let (placed, id) = from(after);
    let rows = sqlx::query_as(select!(
        "WHERE user_id = $1 AND (placed < $3 OR (placed = $3 AND id > $4)) \
         AND $5 LIKE '% ' || stage || ' %' ORDER BY placed DESC, id LIMIT $2"
    ))
    .bind(user)
    .bind(limit)
    .bind(placed)
    .bind(id)
    .bind(stages(status))
    .fetch_all(&mut *db)
    .await?;
    all_with_lines(db, rows).await
}

/// A room's orders, newest first, at most `limit`; those at `status` alone, if one is given.
///
/// # Errors
/// When the store fails.
pub async fn by_room(
    db: &mut Db,
    room: &str,
    status: Option<OrderStatus>,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<OrderRow>, StoreError> {
    let (placed, id) = from(after);
    let rows = sqlx::query_as(select!(
        "WHERE room_id = $1 AND (placed < $3 OR (placed = $3 AND id > $4)) \
         AND $5 LIKE '% ' || stage || ' %' ORDER BY placed DESC, id LIMIT $2"
    ))
    .bind(room)
    .bind(limit)
    .bind(placed)
    .bind(id)
    .bind(stages(status))
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

/// How many of a product, of any variant, a user's orders that stand have, without what was paid back; by user and
/// product, for those that have any.
///
/// # Errors
/// When the store fails.
pub async fn bought(
    db: &mut Db,
    asked: &BTreeSet<(i64, i64)>,
) -> Result<BTreeMap<(i64, i64), i64>, StoreError> {
    // By the user's orders, and not by the product's, of which there may be very many: CROSS JOIN and the + tell SQLite.
    const FROM: &str = "SELECT asked.user_id, asked.product_id, CAST(SUM(l.quantity - l.refunded) AS BIGINT) \
        FROM asked CROSS JOIN orders o CROSS JOIN order_lines l \
        WHERE o.user_id = asked.user_id AND o.stage IN ('held', 'paying', 'paid', 'shipped', 'delivered') \
        AND l.order_id = o.id AND +l.product_id = asked.product_id GROUP BY asked.user_id, asked.product_id";
    let mut bought = BTreeMap::new();
    let asked: Vec<_> = asked.iter().collect();
    for asked in asked.chunks(rows_at_most(2)) {
        let values = places(db, asked.len(), 2);
        let sql = format!("WITH asked (user_id, product_id) AS (VALUES {values}) {FROM}");
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for (user, product) in asked {
            query = query.bind(*user).bind(*product);
        }
        let rows: Vec<(i64, i64, i64)> = query.fetch_all(&mut *db).await?;
        bought.extend(rows.into_iter().map(|(user, product, count)| ((user, product), count)));
    }
    Ok(bought)
}
