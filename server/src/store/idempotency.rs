//! First answers, kept under the key of the user who asked.

use super::database::{places, rows_at_most};
use super::{Db, StoreError};
use protocol::ServerTime;
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

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

/// The answers kept under keys, by whose key it is: one key of each user.
///
/// # Errors
/// When the store fails.
pub async fn find_all(db: &mut Db, keys: &[(i64, &str)]) -> Result<HashMap<i64, Answer>, StoreError> {
    let mut found = HashMap::new();
    for keys in keys.chunks(rows_at_most(2)) {
        let sql = "SELECT user_id, fingerprint, status, body FROM idempotency WHERE (user_id, key) IN";
        let values = places(db, keys.len(), 2);
        let mut query = sqlx::query_as(AssertSqlSafe(format!("{sql} (VALUES {values})")));
        for (user, key) in keys {
            query = query.bind(*user).bind(*key);
        }
        let rows: Vec<(i64, String, i64, String)> = query.fetch_all(&mut *db).await?;
        let answer = |(user, fingerprint, status, body)| (user, Answer { fingerprint, status, body });
        found.extend(rows.into_iter().map(answer));
    }
    Ok(found)
}

/// An answer, and the key that it is kept under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<'a> {
    /// Whose key it is.
    pub user: i64,
    /// The key.
    pub key: &'a str,
    /// The answer.
    pub answer: Answer,
}

/// Keeps answers; in the same write as what they tell.
///
/// # Errors
/// When one is kept already under one of the keys, or the store fails.
pub async fn keep_all(db: &mut Db, all: &[Kept<'_>], now: ServerTime) -> Result<(), StoreError> {
    for all in all.chunks(rows_at_most(6)) {
        let sql = "INSERT INTO idempotency (user_id, key, fingerprint, status, body, created) VALUES";
        let mut query = sqlx::query(AssertSqlSafe(format!("{sql} {}", places(db, all.len(), 6))));
        for Kept { user, key, answer } in all {
            query = query.bind(*user).bind(*key).bind(&answer.fingerprint);
            query = query.bind(answer.status).bind(&answer.body).bind(now.0);
        }
        query.execute(&mut *db).await?;
    }
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
