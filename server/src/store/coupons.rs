//! Coupons and who claimed them.

use super::{Db, StoreError, products::currency};
use protocol::{Coupon, Money, ServerTime};

/// A coupon, and whether it is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponRow {
    /// As everybody may see it once it is out.
    pub coupon: Coupon,
    /// Whether it is out.
    pub released: bool,
}

/// A user's claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// When it was made.
    pub claimed: ServerTime,
    /// The order that holds or has used it.
    pub order: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    title: String,
    amount_off: i64,
    min_spend: i64,
    currency: String,
    total: i64,
    claimed: i64,
    released: i64,
    expires: Option<i64>,
}

impl TryFrom<Row> for CouponRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let currency = currency(&row.currency)?;
        let coupon = Coupon {
            id: row.id,
            title: row.title,
            amount_off: Money::new(row.amount_off, currency),
            min_spend: Money::new(row.min_spend, currency),
            total: row.total,
            remaining: row.total.saturating_sub(row.claimed),
            expires: row.expires.map(ServerTime),
        };
        Ok(Self { coupon, released: row.released != 0 })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, title, amount_off, min_spend, currency, total, claimed, released, expires FROM coupons ",
            $rest
        )
    };
}

/// Adds a coupon, not yet out.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, room: &str, coupon: &Coupon, now: ServerTime) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO coupons (id, room_id, title, amount_off, min_spend, currency, total, expires, created) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(coupon.id)
    .bind(room)
    .bind(&coupon.title)
    .bind(coupon.amount_off.amount)
    .bind(coupon.min_spend.amount)
    .bind(coupon.amount_off.currency.as_str())
    .bind(coupon.total)
    .bind(coupon.expires.map(|end| end.0))
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// A room's coupons, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn list(db: &mut Db, room: &str) -> Result<Vec<CouponRow>, StoreError> {
    let rows: Vec<Row> =
        sqlx::query_as(select!("WHERE room_id = $1 ORDER BY id")).bind(room).fetch_all(db).await?;
    rows.into_iter().map(CouponRow::try_from).collect()
}

/// One of a room's coupons.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, room: &str, id: i64) -> Result<Option<CouponRow>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE room_id = $1 AND id = $2"))
        .bind(room)
        .bind(id)
        .fetch_optional(db)
        .await?;
    row.map(CouponRow::try_from).transpose()
}

/// Puts a coupon out, or takes it back.
///
/// # Errors
/// When the store fails.
pub async fn set_released(db: &mut Db, id: i64, released: bool) -> Result<(), StoreError> {
    sqlx::query("UPDATE coupons SET released = $2 WHERE id = $1")
        .bind(id)
        .bind(i64::from(released))
        .execute(db)
        .await?;
    Ok(())
}

/// A user's claim of a coupon.
///
/// # Errors
/// When the store fails.
pub async fn claim(db: &mut Db, id: i64, user: i64) -> Result<Option<ClaimRow>, StoreError> {
    let row: Option<(i64, Option<String>)> =
        sqlx::query_as("SELECT claimed, order_id FROM coupon_claims WHERE coupon_id = $1 AND user_id = $2")
            .bind(id)
            .bind(user)
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(claimed, order)| ClaimRow { claimed: ServerTime(claimed), order }))
}

/// A user's claims in a room, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn claims(db: &mut Db, room: &str, user: i64) -> Result<Vec<(CouponRow, ClaimRow)>, StoreError> {
    let mut held = Vec::new();
    for row in list(db, room).await? {
        if let Some(claim) = claim(db, row.coupon.id, user).await? {
            held.push((row, claim));
        }
    }
    Ok(held)
}

/// Takes one of what is left for a user who has none. Answers how many are left then; none when there was none left.
///
/// # Errors
/// When the user has one, or the store fails.
pub async fn insert_claim(
    db: &mut Db,
    id: i64,
    user: i64,
    now: ServerTime,
) -> Result<Option<i64>, StoreError> {
    let left: Option<i64> = sqlx::query_scalar(
        "UPDATE coupons SET claimed = claimed + 1 WHERE id = $1 AND claimed < total RETURNING total - claimed",
    )
    .bind(id)
    .fetch_optional(&mut *db)
    .await?;
    if left.is_some() {
        sqlx::query("INSERT INTO coupon_claims (coupon_id, user_id, claimed) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(user)
            .bind(now.0)
            .execute(db)
            .await?;
    }
    Ok(left)
}

/// Gives a claim to an order, unless another has it. Answers whether it could.
///
/// # Errors
/// When the store fails.
pub async fn use_claim(db: &mut Db, id: i64, user: i64, order: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE coupon_claims SET order_id = $3 WHERE coupon_id = $1 AND user_id = $2 AND order_id IS NULL",
    )
    .bind(id)
    .bind(user)
    .bind(order)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a claim back from an order that came to nothing.
///
/// # Errors
/// When the store fails.
pub async fn free_claim(db: &mut Db, order: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE coupon_claims SET order_id = NULL WHERE order_id = $1")
        .bind(order)
        .execute(db)
        .await?;
    Ok(())
}
