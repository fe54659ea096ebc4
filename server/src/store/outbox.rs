//! Events that are true already and wait for their place in the log.

use super::{Db, StoreError};
use protocol::{EventBody, StreamTime};

/// Leaves an event to be told; in the same write as what it tells.
///
/// # Errors
/// When the store fails.
pub async fn push(db: &mut Db, room: &str, body: &EventBody) -> Result<(), StoreError> {
    push_at(db, room, body, None).await
}

/// The same, at this picture.
///
/// # Errors
/// When the store fails.
pub async fn push_at(
    db: &mut Db,
    room: &str,
    body: &EventBody,
    at: Option<StreamTime>,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(body).map_err(|error| StoreError::corrupt("outbox.body", error))?;
    sqlx::query("INSERT INTO outbox (id, room_id, body, at) VALUES ($1, $2, $3, $4)")
        .bind(crate::clock::next_id())
        .bind(room)
        .bind(text)
        .bind(at.map(|at| at.0))
        .execute(db)
        .await?;
    Ok(())
}

/// Takes the oldest events of a room out, with the picture where one was said, at most `limit`; in the same write as their place in the log.
///
/// # Errors
/// When the store fails.
pub async fn take(
    db: &mut Db,
    room: &str,
    limit: i64,
) -> Result<Vec<(Option<StreamTime>, EventBody)>, StoreError> {
    let rows: Vec<(i64, Option<i64>, String)> =
        sqlx::query_as("SELECT id, at, body FROM outbox WHERE room_id = $1 ORDER BY id LIMIT $2")
            .bind(room)
            .bind(limit)
            .fetch_all(&mut *db)
            .await?;
    if let Some((last, ..)) = rows.last() {
        sqlx::query("DELETE FROM outbox WHERE room_id = $1 AND id <= $2")
            .bind(room)
            .bind(last)
            .execute(db)
            .await?;
    }
    rows.iter()
        .map(|(_, at, body)| {
            let body =
                serde_json::from_str(body).map_err(|error| StoreError::corrupt("outbox.body", error))?;
            Ok((at.map(StreamTime), body))
        })
        .collect()
}

/// Rooms that have something to be told.
///
/// # Errors
/// When the store fails.
pub async fn rooms(db: &mut Db) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT DISTINCT room_id FROM outbox").fetch_all(db).await?)
}
