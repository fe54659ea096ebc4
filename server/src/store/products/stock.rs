//! Items that move between on hand, held and sold: of the product, and of its variant where there is one.

use super::super::{Db, StoreError};
use protocol::StockLevel;

/// What moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Items {
    /// The product.
    pub product: i64,
    /// Which of its variants, if it has any.
    pub variant: Option<i64>,
    /// How many.
    pub quantity: u32,
}

/// Holds items if so many are left. Answers how many of the product are left then; none when there were too few.
///
/// # Errors
/// When the store fails.
pub async fn hold(db: &mut Db, items: Items) -> Result<Option<i64>, StoreError> {
    let quantity = i64::from(items.quantity);
    if let Some(variant) = items.variant {
        let done = sqlx::query(
            "UPDATE variants SET held = held + $2 WHERE id = $1 AND product_id = $3 AND on_hand - held - sold >= $2",
        )
        .bind(variant)
        .bind(quantity)
        .bind(items.product)
        .execute(&mut *db)
        .await?;
        if done.rows_affected() != 1 {
            return Ok(None);
        }
    }
    Ok(sqlx::query_scalar(
        "UPDATE products SET held = held + $2 WHERE id = $1 AND on_hand - held - sold >= $2 \
         RETURNING on_hand - held - sold",
    )
    .bind(items.product)
    .bind(quantity)
    .fetch_optional(db)
    .await?)
}

/// Gives held items back. Answers how many of the product are left then.
///
/// # Errors
/// When fewer are held, or the store fails.
pub async fn release(db: &mut Db, items: Items) -> Result<i64, StoreError> {
    if let Some(variant) = items.variant {
        change(db, "UPDATE variants SET held = held - $2 WHERE id = $1", variant, items.quantity).await?;
    }
    let sql = "UPDATE products SET held = held - $2 WHERE id = $1 RETURNING on_hand - held - sold";
    left(db, sql, items).await
}

/// Turns held items into sold ones.
///
/// # Errors
/// When fewer are held, or the store fails.
pub async fn sell(db: &mut Db, items: Items) -> Result<(), StoreError> {
    let (product, quantity) = (items.product, items.quantity);
    if let Some(variant) = items.variant {
        let sql = "UPDATE variants SET held = held - $2, sold = sold + $2 WHERE id = $1";
        change(db, sql, variant, quantity).await?;
    }
    change(db, "UPDATE products SET held = held - $2, sold = sold + $2 WHERE id = $1", product, quantity)
        .await
}

/// Puts items that were sold back on sale. Answers how many of the product are left then.
///
/// # Errors
/// When fewer were sold, or the store fails.
pub async fn take_back(db: &mut Db, items: Items) -> Result<i64, StoreError> {
    if let Some(variant) = items.variant {
        change(db, "UPDATE variants SET sold = sold - $2 WHERE id = $1", variant, items.quantity).await?;
    }
    let sql = "UPDATE products SET sold = sold - $2 WHERE id = $1 RETURNING on_hand - held - sold";
    left(db, sql, items).await
}

async fn change(db: &mut Db, sql: &'static str, id: i64, quantity: u32) -> Result<(), StoreError> {
    sqlx::query(sql).bind(id).bind(i64::from(quantity)).execute(db).await?;
    Ok(())
}

async fn left(db: &mut Db, sql: &'static str, items: Items) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(sql).bind(items.product).bind(i64::from(items.quantity)).fetch_one(db).await?)
}

#[derive(sqlx::FromRow)]
struct LevelRow {
    product_id: i64,
    variant_id: Option<i64>,
    on_hand: i64,
    held: i64,
    sold: i64,
}

/// Where the items of a room's products are, a line for each variant of a product that has any.
///
/// # Errors
/// When the store fails.
pub async fn levels(db: &mut Db, room: &str) -> Result<Vec<StockLevel>, StoreError> {
    let rows: Vec<LevelRow> = sqlx::query_as(
        "SELECT p.id AS product_id, v.id AS variant_id, COALESCE(v.on_hand, p.on_hand) AS on_hand, \
         COALESCE(v.held, p.held) AS held, COALESCE(v.sold, p.sold) AS sold \
         FROM products p LEFT JOIN variants v ON v.product_id = p.id WHERE p.room_id = $1 ORDER BY p.id, v.id",
    )
    .bind(room)
    .fetch_all(db)
    .await?;
    let level = |row: LevelRow| StockLevel {
        product: row.product_id,
        variant: row.variant_id,
        on_hand: row.on_hand,
        held: row.held,
        sold: row.sold,
    };
    Ok(rows.into_iter().map(level).collect())
}
