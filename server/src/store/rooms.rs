//! Rooms as their hosts made them; where the show stands is in the log.

use super::{Db, StoreError, database::any_of, products::currency, users};
use protocol::{Money, ServerTime, ShippingRule, User};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeSet, HashMap};

/// A room without what moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomRow {
    /// The name in addresses.
    pub id: String,
    /// Title, plain text.
    pub title: String,
    /// The host.
    pub host: User,
    /// Picture for lists, or empty.
    pub cover: String,
}

type Columns = (String, String, String, i64, String, String);

fn row((id, title, cover, host, name, role): Columns) -> Result<RoomRow, StoreError> {
    Ok(RoomRow { id, title, cover, host: User { id: host, name, role: users::role(&role)? } })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT rooms.id, rooms.title, rooms.cover, users.id, users.name, users.role ",
            "FROM rooms JOIN users ON users.id = rooms.host_id ",
            $rest
        )
    };
}

/// Adds a room; [`StoreError::is_taken`] when the name is.
///
/// # Errors
/// When the name is taken, or the store fails.
pub async fn insert(
    db: &mut Db,
    room: &RoomRow,
    stream_key: &str,
    now: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO rooms (id, title, host_id, cover, stream_key, created) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&room.id)
    .bind(&room.title)
    .bind(room.host.id)
    .bind(&room.cover)
    .bind(stream_key)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The room of a name.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, id: &str) -> Result<Option<RoomRow>, StoreError> {
    let found: Option<Columns> =
        sqlx::query_as(select!("WHERE rooms.id = $1")).bind(id).fetch_optional(db).await?;
    found.map(row).transpose()
}

/// The rooms of some names, by name.
///
/// # Errors
/// When the store fails.
pub async fn by_ids(db: &mut Db, ids: &BTreeSet<String>) -> Result<HashMap<String, RoomRow>, StoreError> {
    let (ids, places) = any_of(ids, 0);
    let sql = select!("WHERE rooms.id IN");
    let mut query = sqlx::query_as(AssertSqlSafe(format!("{sql} {places}")));
    for id in ids {
        query = query.bind(id);
    }
    let rows: Vec<Columns> = query.fetch_all(db).await?;
    rows.into_iter().map(|columns| row(columns).map(|row| (row.id.clone(), row))).collect()
}

/// The newest rooms, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn list(db: &mut Db, limit: i64) -> Result<Vec<RoomRow>, StoreError> {
    let found: Vec<Columns> = sqlx::query_as(select!("ORDER BY rooms.created DESC, rooms.id LIMIT $1"))
        .bind(limit)
        .fetch_all(db)
        .await?;
    found.into_iter().map(row).collect()
}

/// A room's stream key.
///
/// # Errors
/// When the store fails.
pub async fn stream_key(db: &mut Db, id: &str) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT stream_key FROM rooms WHERE id = $1").bind(id).fetch_optional(db).await?)
}

/// Gives a room another stream key.
///
/// # Errors
/// When the store fails.
pub async fn set_stream_key(db: &mut Db, id: &str, stream_key: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE rooms SET stream_key = $2 WHERE id = $1")
        .bind(id)
        .bind(stream_key)
        .execute(db)
        .await?;
    Ok(())
}

/// The room that a stream key lets an encoder publish to.
///
/// # Errors
/// When the store fails.
pub async fn by_stream_key(db: &mut Db, stream_key: &str) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT id FROM rooms WHERE stream_key = $1")
        .bind(stream_key)
        .fetch_optional(db)
        .await?)
}

/// What shipping costs in a room, if anything was said of it.
///
/// # Errors
/// When the store fails.
pub async fn shipping(db: &mut Db, id: &str) -> Result<Option<ShippingRule>, StoreError> {
    let found: Option<(Option<i64>, Option<i64>, Option<String>)> =
        sqlx::query_as("SELECT shipping_fee, shipping_free_from, shipping_currency FROM rooms WHERE id = $1")
            .bind(id)
            .fetch_optional(db)
            .await?;
    let Some((Some(fee), free_from, Some(word))) = found else { return Ok(None) };
    let money = |amount, currency| Money::new(amount, currency);
    let currency = currency(&word)?;
    Ok(Some(ShippingRule {
        fee: money(fee, currency),
        free_from: free_from.map(|least| money(least, currency)),
    }))
}

/// Says what shipping costs in a room, or takes that back.
///
/// # Errors
/// When the store fails.
pub async fn set_shipping(db: &mut Db, id: &str, rule: Option<&ShippingRule>) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE rooms SET shipping_fee = $2, shipping_free_from = $3, shipping_currency = $4 WHERE id = $1",
    )
    .bind(id)
    .bind(rule.map(|rule| rule.fee.amount))
    .bind(rule.and_then(|rule| rule.free_from).map(|least| least.amount))
    .bind(rule.map(|rule| rule.fee.currency.as_str().to_owned()))
    .execute(db)
    .await?;
    Ok(())
}
