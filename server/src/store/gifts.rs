//! The gifts' catalogue in all its versions, and the rooms' likes.

use super::{Db, StoreError};
use protocol::{Gift, GiftCatalogue, ServerTime};

/// The version in force; 0 before the first.
///
/// # Errors
/// When the store fails.
pub async fn version(db: &mut Db) -> Result<u64, StoreError> {
    let version: Option<i64> =
        sqlx::query_scalar("SELECT MAX(version) FROM gift_catalogues").fetch_one(db).await?;
    let version = version.unwrap_or(0);
    u64::try_from(version).map_err(|_| StoreError::corrupt("gift_catalogues.version", version))
}

/// The catalogue in force.
///
/// # Errors
/// When the store fails.
pub async fn catalogue(db: &mut Db) -> Result<GiftCatalogue, StoreError> {
    let version = version(db).await?;
    if version == 0 {
        return Ok(GiftCatalogue::default());
    }
    let text: String = sqlx::query_scalar("SELECT gifts FROM gift_catalogues WHERE version = $1")
        .bind(i64::try_from(version).unwrap_or(i64::MAX))
        .fetch_one(db)
        .await?;
    let gifts =
        serde_json::from_str(&text).map_err(|error| StoreError::corrupt("gift_catalogues.gifts", error))?;
    Ok(GiftCatalogue { version, gifts })
}

/// Puts these gifts in force, as the next version.
///
/// # Errors
/// When the store fails.
pub async fn publish(db: &mut Db, gifts: Vec<Gift>, now: ServerTime) -> Result<GiftCatalogue, StoreError> {
    let version = version(db).await?.saturating_add(1);
    let text =
        serde_json::to_string(&gifts).map_err(|error| StoreError::corrupt("gift_catalogues.gifts", error))?;
    sqlx::query("INSERT INTO gift_catalogues (version, gifts, created) VALUES ($1, $2, $3)")
        .bind(i64::try_from(version).unwrap_or(i64::MAX))
        .bind(text)
        .bind(now.0)
        .execute(db)
        .await?;
    Ok(GiftCatalogue { version, gifts })
}

/// How often a room's show was liked.
///
/// # Errors
/// When the store fails.
pub async fn likes(db: &mut Db, room: &str) -> Result<u64, StoreError> {
    let total: Option<i64> =
        sqlx::query_scalar("SELECT likes FROM rooms WHERE id = $1").bind(room).fetch_optional(db).await?;
    let total = total.unwrap_or(0);
    u64::try_from(total).map_err(|_| StoreError::corrupt("rooms.likes", total))
}

/// Counts likes.
///
/// # Errors
/// When the store fails.
pub async fn like(db: &mut Db, room: &str, count: u32) -> Result<(), StoreError> {
    sqlx::query("UPDATE rooms SET likes = likes + $2 WHERE id = $1")
        .bind(room)
        .bind(i64::from(count))
        .execute(db)
        .await?;
    Ok(())
}
