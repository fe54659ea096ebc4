//! What puts products on sale, and changes them.

use super::super::{Db, StoreError};
use protocol::{LivePrice, Product, ServerTime, Variant};

/// A price for a while, as its three columns.
fn columns(live: Option<&LivePrice>) -> (Option<i64>, Option<i64>, Option<i64>) {
    (live.map(|one| one.price.amount), live.map(|one| one.from.0), live.map(|one| one.until.0))
}

/// Puts a product on sale in a room, with `product.stock` items on hand; its variants are to be added after it.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, room: &str, product: &Product, now: ServerTime) -> Result<(), StoreError> {
    let (live_price, live_from, live_until) = columns(product.live.as_ref());
    sqlx::query(
        "INSERT INTO products (id, room_id, title, description, image, price, compare_at, currency, on_hand, created, \
         sku, live_price, live_from, live_until, per_order, per_user) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(product.id)
    .bind(room)
    .bind(&product.title)
    .bind(&product.description)
    .bind(&product.image)
    .bind(product.price.amount)
    .bind(product.compare_at.map(|before| before.amount))
    .bind(product.price.currency.as_str())
    // Variants bring theirs.
    .bind(if product.variants.is_empty() { product.stock } else { 0 })
    .bind(now.0)
    .bind(&product.sku)
    .bind(live_price)
    .bind(live_from)
    .bind(live_until)
    .bind(product.per_order.map(i64::from))
    .bind(product.per_user.map(i64::from))
    .execute(&mut *db)
    .await?;
    for variant in &product.variants {
        insert_variant(db, product.id, variant).await?;
    }
    Ok(())
}

/// Puts a variant of a product on sale, with `variant.stock` items on hand.
///
/// # Errors
/// When another one differs from it in nothing, or the store fails.
pub async fn insert_variant(db: &mut Db, product: i64, variant: &Variant) -> Result<(), StoreError> {
    let (live_price, live_from, live_until) = columns(variant.live.as_ref());
    let options = serde_json::to_string(&variant.options);
    sqlx::query(
        "INSERT INTO variants (id, product_id, options, sku, price, compare_at, live_price, live_from, live_until, \
         on_hand) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(variant.id)
    .bind(product)
    .bind(options.map_err(|error| StoreError::corrupt("variants.options", error))?)
    .bind(&variant.sku)
    .bind(variant.price.amount)
    .bind(variant.compare_at.map(|before| before.amount))
    .bind(live_price)
    .bind(live_from)
    .bind(live_until)
    .bind(variant.stock)
    .execute(&mut *db)
    .await?;
    restock(db, product, variant.stock).await
}

async fn restock(db: &mut Db, product: i64, restock: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE products SET on_hand = on_hand + $2 WHERE id = $1")
        .bind(product)
        .bind(restock)
        .execute(db)
        .await?;
    Ok(())
}

/// Changes what a product says and costs, and how many are on hand by `restock`.
///
/// # Errors
/// When fewer would be on hand than are held and sold, or the store fails.
pub async fn update(db: &mut Db, product: &Product, restock: i64) -> Result<(), StoreError> {
    let (live_price, live_from, live_until) = columns(product.live.as_ref());
    sqlx::query(
        "UPDATE products SET title = $2, description = $3, image = $4, price = $5, compare_at = $6, \
         on_hand = on_hand + $7, live_price = $8, live_from = $9, live_until = $10, per_order = $11, per_user = $12 \
         WHERE id = $1",
    )
    .bind(product.id)
    .bind(&product.title)
    .bind(&product.description)
    .bind(&product.image)
    .bind(product.price.amount)
    .bind(product.compare_at.map(|before| before.amount))
    .bind(restock)
    .bind(live_price)
    .bind(live_from)
    .bind(live_until)
    .bind(product.per_order.map(i64::from))
    .bind(product.per_user.map(i64::from))
    .execute(db)
    .await?;
    Ok(())
}

/// Changes what a variant costs, and how many are on hand by `restock`.
///
/// # Errors
/// When fewer would be on hand than are held and sold, or the store fails.
pub async fn update_variant(
    db: &mut Db,
    product: i64,
    variant: &Variant,
    change: i64,
) -> Result<(), StoreError> {
    let (live_price, live_from, live_until) = columns(variant.live.as_ref());
    sqlx::query(
        "UPDATE variants SET price = $2, compare_at = $3, on_hand = on_hand + $4, live_price = $5, live_from = $6, \
         live_until = $7 WHERE id = $1",
    )
    .bind(variant.id)
    .bind(variant.price.amount)
    .bind(variant.compare_at.map(|before| before.amount))
    .bind(change)
    .bind(live_price)
    .bind(live_from)
    .bind(live_until)
    .execute(&mut *db)
    .await?;
    restock(db, product, change).await
}
