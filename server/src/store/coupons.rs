//! Coupons and who claimed them.

mod claims;

pub use claims::{claims, claims_of, counts, free_claims, insert_claim, use_claim};

use super::{Db, StoreError, products::currency};
use protocol::{Coupon, CouponClass, Money, ServerTime};

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
    class: String,
    gift: i64,
    percent_off: Option<i64>,
    products: String,
    exclusive: i64,
    per_user: i64,
    starts: Option<i64>,
}

/// The column's word, beside which a gift is marked as one.
const fn word(class: CouponClass) -> &'static str {
    match class {
        CouponClass::Items | CouponClass::Gift => "items",
        CouponClass::Order => "order",
        CouponClass::Shipping => "shipping",
    }
}

fn class(found: &str, gift: bool) -> Result<CouponClass, StoreError> {
    if gift {
        return Ok(CouponClass::Gift);
    }
    let all = [CouponClass::Items, CouponClass::Order, CouponClass::Shipping];
    let known = all.into_iter().find(|class| word(*class) == found);
    known.ok_or_else(|| StoreError::corrupt("coupons.class", found))
}

fn count(found: i64) -> Result<u32, StoreError> {
    u32::try_from(found).map_err(|_| StoreError::corrupt("coupons", found))
}

impl TryFrom<Row> for CouponRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let currency = currency(&row.currency)?;
        let coupon = Coupon {
            id: row.id,
            title: row.title,
            amount_off: Money::new(row.amount_off, currency),
            percent_off: row.percent_off.map(count).transpose()?,
            class: class(&row.class, row.gift != 0)?,
            products: serde_json::from_str(&row.products)
                .map_err(|error| StoreError::corrupt("coupons.products", error))?,
            exclusive: row.exclusive != 0,
            min_spend: Money::new(row.min_spend, currency),
            total: row.total,
            per_user: count(row.per_user)?,
            starts: row.starts.map(ServerTime),
            remaining: row.total.saturating_sub(row.claimed),
            expires: row.expires.map(ServerTime),
        };
        Ok(Self { coupon, released: row.released != 0 })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, title, amount_off, min_spend, currency, total, claimed, released, expires, class, gift, percent_off, ",
            "products, exclusive, per_user, starts FROM coupons ",
            $rest
        )
    };
}

/// Adds a coupon, not yet out; [`StoreError::is_taken`] when its code is.
///
/// # Errors
/// When the code is taken, or the store fails.
pub async fn insert(
    db: &mut Db,
    room: &str,
    coupon: &Coupon,
    code: Option<&str>,
    now: ServerTime,
) -> Result<(), StoreError> {
    let products = serde_json::to_string(&coupon.products);
    sqlx::query(
        "INSERT INTO coupons (id, room_id, title, amount_off, min_spend, currency, total, expires, created, class, \
         percent_off, products, exclusive, per_user, starts, code, gift) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
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
    .bind(word(coupon.class))
    .bind(coupon.percent_off.map(i64::from))
    .bind(products.map_err(|error| StoreError::corrupt("coupons.products", error))?)
    .bind(i64::from(coupon.exclusive))
    .bind(i64::from(coupon.per_user))
    .bind(coupon.starts.map(|starts| starts.0))
    .bind(code)
    .bind(i64::from(coupon.class == CouponClass::Gift))
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

/// The coupon of a code.
///
/// # Errors
/// When the store fails.
pub async fn by_code(db: &mut Db, room: &str, code: &str) -> Result<Option<CouponRow>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE room_id = $1 AND code = $2"))
        .bind(room)
        .bind(code)
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
