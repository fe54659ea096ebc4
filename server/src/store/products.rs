//! Products with their variants and their stock: what is left is always on hand − held − sold.

pub mod stock;
mod write;

pub use write::{insert, insert_variant, update, update_variant};

use super::{Db, StoreError};
use protocol::{Currency, LivePrice, Money, Product, ServerTime, Variant};
use std::collections::BTreeMap;

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
    sku: String,
    live_price: Option<i64>,
    live_from: Option<i64>,
    live_until: Option<i64>,
    per_order: Option<i64>,
    per_user: Option<i64>,
    variants: i64,
}

#[derive(sqlx::FromRow)]
struct VariantRow {
    id: i64,
    product_id: i64,
    options: String,
    sku: String,
    price: i64,
    compare_at: Option<i64>,
    live_price: Option<i64>,
    live_from: Option<i64>,
    live_until: Option<i64>,
    stock: i64,
}

/// The currency that a column holds.
pub(super) fn currency(word: &str) -> Result<Currency, StoreError> {
    word.parse().map_err(|_| StoreError::corrupt("currency", word))
}

fn live(price: Option<i64>, from: Option<i64>, until: Option<i64>, currency: Currency) -> Option<LivePrice> {
    let (price, from, until) = (price?, from?, until?);
    Some(LivePrice { price: Money::new(price, currency), from: ServerTime(from), until: ServerTime(until) })
}

fn count(found: Option<i64>) -> Result<Option<u32>, StoreError> {
    let narrow = |found| u32::try_from(found).map_err(|_| StoreError::corrupt("products.per_…", found));
    found.map(narrow).transpose()
}

impl Row {
    fn with(self, variants: Vec<VariantRow>) -> Result<Product, StoreError> {
        let currency = currency(&self.currency)?;
        let money = |amount| Money::new(amount, currency);
        Ok(Product {
            id: self.id,
            title: self.title,
            description: self.description,
            image: self.image,
            price: money(self.price),
            compare_at: self.compare_at.map(money),
            stock: self.stock,
            sku: self.sku,
            live: live(self.live_price, self.live_from, self.live_until, currency),
            per_order: count(self.per_order)?,
            per_user: count(self.per_user)?,
            variants: variants.into_iter().map(|row| row.variant(currency)).collect::<Result<_, _>>()?,
        })
    }
}

impl VariantRow {
    fn variant(self, currency: Currency) -> Result<Variant, StoreError> {
        let money = |amount| Money::new(amount, currency);
        let options = serde_json::from_str(&self.options);
        Ok(Variant {
            id: self.id,
            options: options.map_err(|error| StoreError::corrupt("variants.options", error))?,
            sku: self.sku,
            price: money(self.price),
            compare_at: self.compare_at.map(money),
            live: live(self.live_price, self.live_from, self.live_until, currency),
            stock: self.stock,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, title, description, image, price, compare_at, currency, on_hand - held - sold AS stock, sku, ",
            "live_price, live_from, live_until, per_order, per_user, ",
            "(SELECT COUNT(*) FROM variants WHERE product_id = products.id) AS variants FROM products ",
            $rest
        )
    };
}

macro_rules! select_variants {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.product_id, v.options, v.sku, v.price, v.compare_at, v.live_price, v.live_from, v.live_until, ",
            "v.on_hand - v.held - v.sold AS stock FROM variants v ",
            $rest
        )
    };
}

/// A room's products, in the order in which they were put on sale.
///
/// # Errors
/// When the store fails.
pub async fn list(db: &mut Db, room: &str) -> Result<Vec<Product>, StoreError> {
    let rows: Vec<Row> =
        sqlx::query_as(select!("WHERE room_id = $1 ORDER BY id")).bind(room).fetch_all(&mut *db).await?;
    let found: Vec<VariantRow> = sqlx::query_as(select_variants!(
        "JOIN products p ON p.id = v.product_id WHERE p.room_id = $1 ORDER BY v.id"
    ))
    .bind(room)
    .fetch_all(db)
    .await?;
    let mut variants: BTreeMap<i64, Vec<VariantRow>> = BTreeMap::new();
    for row in found {
        variants.entry(row.product_id).or_default().push(row);
    }
    let with = |row: Row| {
        let variants = variants.remove(&row.id).unwrap_or_default();
        row.with(variants)
    };
    rows.into_iter().map(with).collect()
}

/// How many products a room has.
///
/// # Errors
/// When the store fails.
pub async fn count_of(db: &mut Db, room: &str) -> Result<i64, StoreError> {
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
        .fetch_optional(&mut *db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    if row.variants == 0 {
        return row.with(Vec::new()).map(Some);
    }
    let variants = sqlx::query_as(select_variants!("WHERE v.product_id = $1 ORDER BY v.id"))
        .bind(id)
        .fetch_all(db)
        .await?;
    row.with(variants).map(Some)
}
