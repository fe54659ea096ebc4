//! Products and their stock: what is left is always on hand − held − sold.

use super::{Db, StoreError};
use protocol::{Currency, Money, Product, ServerTime};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    title: String,
    description: String,
    image: String,
    price: i64,
    compare_at: Option<i64>,
    currency: String,
    stock: i64,
}

/// The currency that a column holds.
pub(super) fn currency(word: &str) -> Result<Currency, StoreError> {
    word.parse().map_err(|_| StoreError::corrupt("currency", word))
}

impl TryFrom<Row> for Product {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let currency = currency(&row.currency)?;
        Ok(Self {
            id: row.id,
            title: row.title,
            description: row.description,
            image: row.image,
            price: Money::new(row.price, currency),
            compare_at: row.compare_at.map(|amount| Money::new(amount, currency)),
            stock: row.stock,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, title, description, image, price, compare_at, currency, on_hand - held - sold AS stock ",
            "FROM products ",
            $rest
        )
    };
}

/// Puts a product on sale in a room, with `product.stock` items on hand.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, room: &str, product: &Product, now: ServerTime) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO products (id, room_id, title, description, image, price, compare_at, currency, on_hand, created) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(product.id)
    .bind(room)
    .bind(&product.title)
    .bind(&product.description)
    .bind(&product.image)
    .bind(product.price.amount)
    .bind(product.compare_at.map(|before| before.amount))
    .bind(product.price.currency.as_str())
    .bind(product.stock)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Changes what a product says and costs, and how many are on hand by `restock`.
///
/// # Errors
/// When fewer would be on hand than are held and sold, or the store fails.
pub async fn update(db: &mut Db, product: &Product, restock: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE products SET title = $2, description = $3, image = $4, price = $5, compare_at = $6, \
         on_hand = on_hand + $7 WHERE id = $1",
    )
    .bind(product.id)
    .bind(&product.title)
    .bind(&product.description)
    .bind(&product.image)
    .bind(product.price.amount)
    .bind(product.compare_at.map(|before| before.amount))
    .bind(restock)
    .execute(db)
    .await?;
    Ok(())
}

/// A room's products, in the order in which they were put on sale.
///
/// # Errors
/// When the store fails.
pub async fn list(db: &mut Db, room: &str) -> Result<Vec<Product>, StoreError> {
    let rows: Vec<Row> =
        sqlx::query_as(select!("WHERE room_id = $1 ORDER BY id")).bind(room).fetch_all(db).await?;
    rows.into_iter().map(Product::try_from).collect()
}

/// How many products a room has.
///
/// # Errors
/// When the store fails.
pub async fn count(db: &mut Db, room: &str) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM products WHERE room_id = $1")
        .bind(room)
        .fetch_one(db)
        .await?)
}

/// One of a room's products.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, room: &str, id: i64) -> Result<Option<Product>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE room_id = $1 AND id = $2"))
        .bind(room)
        .bind(id)
        .fetch_optional(db)
        .await?;
    row.map(Product::try_from).transpose()
}

/// Holds items if so many are left. Answers how many are left then; none when there were too few.
///
/// # Errors
/// When the store fails.
pub async fn hold(db: &mut Db, id: i64, quantity: u32) -> Result<Option<i64>, StoreError> {
    Ok(sqlx::query_scalar(
        "UPDATE products SET held = held + $2 WHERE id = $1 AND on_hand - held - sold >= $2 \
         RETURNING on_hand - held - sold",
    )
    .bind(id)
    .bind(i64::from(quantity))
    .fetch_optional(db)
    .await?)
}

/// Gives held items back. Answers how many are left then.
///
/// # Errors
/// When fewer are held, or the store fails.
pub async fn release(db: &mut Db, id: i64, quantity: u32) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "UPDATE products SET held = held - $2 WHERE id = $1 RETURNING on_hand - held - sold",
    )
    .bind(id)
    .bind(i64::from(quantity))
    .fetch_one(db)
    .await?)
}

/// Turns held items into sold ones.
///
/// # Errors
/// When fewer are held, or the store fails.
pub async fn sell(db: &mut Db, id: i64, quantity: u32) -> Result<(), StoreError> {
    sqlx::query("UPDATE products SET held = held - $2, sold = sold + $2 WHERE id = $1")
        .bind(id)
        .bind(i64::from(quantity))
        .execute(db)
        .await?;
    Ok(())
}
