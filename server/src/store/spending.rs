//! What viewers give away, by the hour, and the limits that they set themselves.

use super::{Db, StoreError};
use protocol::{ServerTime, SpendLimits};
use shop::spending::{DAY_HOURS, DEFAULT};

const HOUR_MS: i64 = 3_600_000;

const fn hour(now: ServerTime) -> i64 {
    now.0.div_euclid(HOUR_MS)
}

/// Counts coins given away; in the same write as their transfer.
///
/// # Errors
/// When the store fails.
pub async fn add(db: &mut Db, user: i64, coins: i64, now: ServerTime) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO gift_spending (user_id, hour, coins) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id, hour) DO UPDATE SET coins = gift_spending.coins + excluded.coins",
    )
    .bind(user)
    .bind(hour(now))
    .bind(coins)
    .execute(db)
    .await?;
    Ok(())
}

/// Coins that a user gave away in this hour and the 23 before it.
///
/// # Errors
/// When the store fails.
pub async fn spent(db: &mut Db, user: i64, now: ServerTime) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(coins), 0) AS BIGINT) FROM gift_spending WHERE user_id = $1 AND hour > $2",
    )
    .bind(user)
    .bind(hour(now).saturating_sub(DAY_HOURS))
    .fetch_one(db)
    .await?)
}

/// A user's limits, and how much spending they said in the last day that they know of.
///
/// # Errors
/// When the store fails.
pub async fn limits(db: &mut Db, user: i64, now: ServerTime) -> Result<(SpendLimits, i64), StoreError> {
    let found: Option<(i64, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT per_gift, per_day, remind_at, confirmed, confirmed_at FROM spend_limits WHERE user_id = $1",
    )
    .bind(user)
    .fetch_optional(db)
    .await?;
    let Some((per_gift, per_day, remind_at, confirmed, at)) = found else { return Ok((DEFAULT, 0)) };
    let is_recent = now.0.saturating_sub(at) < DAY_HOURS.saturating_mul(HOUR_MS);
    Ok((SpendLimits { per_gift, per_day, remind_at }, if is_recent { confirmed } else { 0 }))
}

/// Sets a user's limits, with what they said that they know of.
///
/// # Errors
/// When the store fails.
pub async fn set_limits(
    db: &mut Db,
    user: i64,
    limits: &SpendLimits,
    confirmed: i64,
    now: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO spend_limits (user_id, per_gift, per_day, remind_at, confirmed, confirmed_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id) DO UPDATE SET per_gift = excluded.per_gift, \
         per_day = excluded.per_day, remind_at = excluded.remind_at, confirmed = excluded.confirmed, \
         confirmed_at = excluded.confirmed_at",
    )
    .bind(user)
    .bind(limits.per_gift)
    .bind(limits.per_day)
    .bind(limits.remind_at)
    .bind(confirmed)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}
