//! Who claimed coupons, and which orders use them.

use super::{ClaimRow, CouponRow, list};
use crate::store::{Db, StoreError};
use protocol::{CouponCounts, ServerTime};

/// A user's claims of a coupon, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn claims_of(db: &mut Db, id: i64, user: i64) -> Result<Vec<ClaimRow>, StoreError> {
    let rows: Vec<(i64, Option<String>)> = sqlx::query_as(
        "SELECT claimed, order_id FROM coupon_claims WHERE coupon_id = $1 AND user_id = $2 ORDER BY number",
    )
    .bind(id)
    .bind(user)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(claimed, order)| ClaimRow { claimed: ServerTime(claimed), order }).collect())
}

/// A user's claims in a room, by coupon, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn claims(db: &mut Db, room: &str, user: i64) -> Result<Vec<(CouponRow, ClaimRow)>, StoreError> {
    let mut held = Vec::new();
    for row in list(db, room).await? {
        let claims = claims_of(db, row.coupon.id, user).await?;
        held.extend(claims.into_iter().map(|claim| (row.clone(), claim)));
    }
    Ok(held)
}

/// Takes one of what is left for a user, as their claim of this `number`. Answers how many are left then; none when there
/// was none left.
///
/// # Errors
/// When the user has one of this number, or the store fails.
pub async fn insert_claim(
    db: &mut Db,
    id: i64,
    user: i64,
    number: i64,
    now: ServerTime,
) -> Result<Option<i64>, StoreError> {
    let left: Option<i64> = sqlx::query_scalar(
        "UPDATE coupons SET claimed = claimed + 1 WHERE id = $1 AND claimed < total RETURNING total - claimed",
    )
    .bind(id)
    .fetch_optional(&mut *db)
    .await?;
    if left.is_some() {
        sqlx::query(
            "INSERT INTO coupon_claims (coupon_id, user_id, number, claimed) VALUES ($1, $2, $3, $4)",
        )
        .bind(id)
        .bind(user)
        .bind(number)
        .bind(now.0)
        .execute(db)
        .await?;
    }
    Ok(left)
}

/// Gives a user's oldest unused claim to an order. Answers whether there was one.
///
/// # Errors
/// When the store fails.
pub async fn use_claim(db: &mut Db, id: i64, user: i64, order: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE coupon_claims SET order_id = $3 WHERE coupon_id = $1 AND user_id = $2 AND number = \
         (SELECT MIN(k.number) FROM coupon_claims k WHERE k.coupon_id = $1 AND k.user_id = $2 AND k.order_id IS NULL)",
    )
    .bind(id)
    .bind(user)
    .bind(order)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes all claims back from an order that came to nothing.
///
/// # Errors
/// When the store fails.
pub async fn free_claims(db: &mut Db, order: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE coupon_claims SET order_id = NULL WHERE order_id = $1")
        .bind(order)
        .execute(db)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct CountsRow {
    id: i64,
    code: Option<String>,
    released: i64,
    total: i64,
    claimed: i64,
    redeemed: i64,
}

/// What became of the copies of each of a room's coupons, in their order.
///
/// # Errors
/// When the store fails.
pub async fn counts(db: &mut Db, room: &str) -> Result<Vec<CouponCounts>, StoreError> {
    let rows: Vec<CountsRow> = sqlx::query_as(
        "SELECT c.id, c.code, c.released, c.total, c.claimed, COUNT(k.order_id) AS redeemed FROM coupons c \
         LEFT JOIN coupon_claims k ON k.coupon_id = c.id WHERE c.room_id = $1 \
         GROUP BY c.id, c.code, c.released, c.total, c.claimed ORDER BY c.id",
    )
    .bind(room)
    .fetch_all(db)
    .await?;
    let counts = |row: CountsRow| CouponCounts {
        coupon: row.id,
        code: row.code,
        released: row.released != 0,
        issued: row.total,
        claimed: row.claimed,
        redeemed: row.redeemed,
    };
    Ok(rows.into_iter().map(counts).collect())
}
