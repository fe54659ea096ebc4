//! Orders by whose they are and where they stand.

use super::{Db, OrderRow, StoreError, all_with_lines};
use protocol::{OrderStatus, ServerTime};
use shop::Stage;

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

/// How many of a product, of any variant, a user's orders that stand have, without what was paid back.
///
/// # Errors
/// When the store fails.
pub async fn bought(db: &mut Db, user: i64, product: i64) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(l.quantity - l.refunded), 0) AS BIGINT) FROM order_lines l \
         JOIN orders o ON o.id = l.order_id WHERE l.product_id = $1 AND o.user_id = $2 \
         AND o.stage IN ('held', 'paying', 'paid', 'shipped', 'delivered')",
    )
    .bind(product)
    .bind(user)
    .fetch_one(db)
    .await?)
}
