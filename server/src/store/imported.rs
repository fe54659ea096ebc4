//! Comments that were imported into shows that are over.

use super::{Db, StoreError};
use protocol::{ChatMessage, DanmakuMode, Event, EventBody, Role, ServerTime, StreamTime, User};
use sqlx::FromRow;

/// Imported comments are numbered from here, above every event of a log and below 2^53, which JavaScript counts exactly.
pub const FIRST: u64 = 1 << 40;

/// A comment to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The picture that it belongs to.
    pub at: StreamTime,
    /// How it flies.
    pub mode: DanmakuMode,
    /// Colour, `0xRRGGBB`.
    pub color: u32,
    /// What it says.
    pub text: String,
    /// Who said it, or nothing.
    pub author: String,
}

#[derive(FromRow)]
struct Row {
    number: i64,
    at: i64,
    time: i64,
    mode: String,
    color: i64,
    text: String,
    author: String,
}

impl TryFrom<Row> for Event {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let bad = |error| StoreError::corrupt("imported_comments.mode", error);
        let message = ChatMessage {
            user: User { id: 0, name: row.author, role: Role::Viewer },
            text: row.text,
            client_id: format!("imported-{}", row.number),
            mode: serde_json::from_str::<DanmakuMode>(&row.mode).map_err(bad)?,
            color: u32::try_from(row.color).unwrap_or(0x00ff_ffff),
        };
        Ok(Self {
            seq: FIRST.saturating_add(u64::try_from(row.number).unwrap_or(0)),
            time: ServerTime(row.time),
            at: StreamTime(row.at),
            body: EventBody::Chat(message),
        })
    }
}

fn id(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How many a show has.
///
/// # Errors
/// When the store fails.
pub async fn count(db: &mut Db, room: &str, show: u64) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM imported_comments WHERE room_id = $1 AND show_id = $2")
        .bind(room)
        .bind(id(show))
        .fetch_one(db)
        .await?)
}

/// Adds comments to a show that has `before` of them.
///
/// # Errors
/// When the store fails.
pub async fn insert(
    db: &mut Db,
    room: &str,
    show: u64,
    before: i64,
    comments: &[Imported],
    now: ServerTime,
) -> Result<(), StoreError> {
    for (number, comment) in (before.saturating_add(1)..).zip(comments) {
        let mode = serde_json::to_string(&comment.mode)
            .map_err(|error| StoreError::corrupt("imported_comments.mode", error))?;
        sqlx::query(
            "INSERT INTO imported_comments (room_id, show_id, number, at, time, mode, color, text, author) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(room)
        .bind(id(show))
        .bind(number)
        .bind(comment.at.0)
        .bind(now.0)
        .bind(mode)
        .bind(i64::from(comment.color))
        .bind(&comment.text)
        .bind(&comment.author)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// A show's, as events numbered from [`FIRST`] on, after the number `after`, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn after(
    db: &mut Db,
    room: &str,
    show: u64,
    after: u64,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT number, at, time, mode, color, text, author FROM imported_comments \
         WHERE room_id = $1 AND show_id = $2 AND number > $3 ORDER BY number LIMIT $4",
    )
    .bind(room)
    .bind(id(show))
    .bind(id(after.saturating_sub(FIRST)))
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Event::try_from).collect()
}
