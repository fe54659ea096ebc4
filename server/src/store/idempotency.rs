//! First answers, kept under the key of the user who asked.

use super::{Db, StoreError};
use protocol::ServerTime;

/// A kept answer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Answer {
    /// Hash of what was asked.
    pub fingerprint: String,
    /// HTTP status.
    pub status: i64,
    /// JSON.
    pub body: String,
}

/// The answer kept under a key.
///
/// # Errors
/// When the store fails.
pub async fn find(db: &mut Db, user: i64, key: &str) -> Result<Option<Answer>, StoreError> {
    Ok(sqlx::query_as("SELECT fingerprint, status, body FROM idempotency WHERE user_id = $1 AND key = $2")
        .bind(user)
        .bind(key)
        .fetch_optional(db)
        .await?)
}

/// Keeps an answer; in the same write as what it tells.
///
/// # Errors
/// When one is kept already, or the store fails.
pub async fn keep(
    db: &mut Db,
    user: i64,
    key: &str,
    answer: &Answer,
    now: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO idempotency (user_id, key, fingerprint, status, body, created) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(user)
    .bind(key)
    .bind(&answer.fingerprint)
    .bind(answer.status)
    .bind(&answer.body)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets answers kept before `before`.
///
/// # Errors
/// When the store fails.
pub async fn prune(db: &mut Db, before: ServerTime) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM idempotency WHERE created < $1").bind(before.0).execute(db).await?;
    Ok(())
}
