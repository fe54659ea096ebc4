//! Who likes which comments, and how much of that the rooms' logs have told.

use super::{Db, StoreError};
use protocol::CommentLikes;

/// Comments that one event tells of.
const TOLD_AT_ONCE: i64 = 100;

#[derive(sqlx::FromRow)]
struct Row {
    comment: i64,
    likes: i64,
}

impl TryFrom<Row> for CommentLikes {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            comment: u64::try_from(row.comment)
                .map_err(|_| StoreError::corrupt("liked_comments.comment", row.comment))?,
            likes: u32::try_from(row.likes)
                .map_err(|_| StoreError::corrupt("liked_comments.likes", row.likes))?,
        })
    }
}

/// A comment's number as SQL has it; no log gets near the bound.
fn number(comment: u64) -> i64 {
    i64::try_from(comment).unwrap_or(i64::MAX)
}

/// Notes that a user likes a comment of the room's log. Answers whether that is new.
///
/// # Errors
/// When the store fails.
pub async fn like(db: &mut Db, room: &str, comment: u64, user: i64) -> Result<bool, StoreError> {
    let noted = sqlx::query(
        "INSERT INTO comment_likes (room_id, comment, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(room)
    .bind(number(comment))
    .bind(user)
    .execute(&mut *db)
    .await?;
    if noted.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO liked_comments (room_id, comment, likes) VALUES ($1, $2, 1) \
         ON CONFLICT (room_id, comment) DO UPDATE SET likes = liked_comments.likes + 1",
    )
    .bind(room)
    .bind(number(comment))
    .execute(db)
    .await?;
    Ok(true)
}

/// Takes numbers that the log has not told of yet, by comment, at most 100.
///
/// # Errors
/// When the store fails.
pub async fn take_untold(db: &mut Db, room: &str) -> Result<Vec<CommentLikes>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT comment, likes FROM liked_comments WHERE room_id = $1 AND told < likes ORDER BY comment LIMIT $2",
    )
    .bind(room)
    .bind(TOLD_AT_ONCE)
    .fetch_all(&mut *db)
    .await?;
    for row in &rows {
        sqlx::query("UPDATE liked_comments SET told = likes WHERE room_id = $1 AND comment = $2")
            .bind(room)
            .bind(row.comment)
            .execute(&mut *db)
            .await?;
    }
    rows.into_iter().map(CommentLikes::try_from).collect()
}

/// How many like the comments from number `first` to `last`, by comment; of those that are not there nobody does.
///
/// # Errors
/// When the store fails.
pub async fn of(db: &mut Db, room: &str, first: u64, last: u64) -> Result<Vec<CommentLikes>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT comment, likes FROM liked_comments WHERE room_id = $1 AND comment >= $2 AND comment <= $3 \
         ORDER BY comment",
    )
    .bind(room)
    .bind(number(first))
    .bind(number(last))
    .fetch_all(db)
    .await?;
    rows.into_iter().map(CommentLikes::try_from).collect()
}
