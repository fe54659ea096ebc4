//! Webhooks to merchants' servers, and the messages that wait for them.

mod deliveries;

use super::{Db, StoreError};
use protocol::{Hook, ServerTime};

pub use deliveries::{
    Due, Outcome, due_hooks, list as deliveries, listening, listening_in_room, next, note, prune, push,
    replay,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    url: String,
    kinds: String,
    created: i64,
    failing_since: Option<i64>,
    reason: Option<String>,
}

impl From<Row> for Hook {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            url: row.url,
            kinds: row.kinds.split(' ').map(str::to_owned).collect(),
            created: ServerTime(row.created),
            failing_since: row.failing_since.map(ServerTime),
            disabled: row.reason,
        }
    }
}

/// Adds a webhook of a user's, with its secret in hexadecimal.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, user: i64, hook: &Hook, secret: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO hooks (id, user_id, url, secret, kinds, created) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(hook.id)
    .bind(user)
    .bind(&hook.url)
    .bind(secret)
    .bind(hook.kinds.join(" "))
    .bind(hook.created.0)
    .execute(db)
    .await?;
    Ok(())
}

/// A user's webhooks, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn by_user(db: &mut Db, user: i64) -> Result<Vec<Hook>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, url, kinds, created, failing_since, reason FROM hooks WHERE user_id = $1 ORDER BY id",
    )
    .bind(user)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Hook::from).collect())
}

/// One of a user's webhooks.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, user: i64, id: i64) -> Result<Option<Hook>, StoreError> {
    Ok(by_user(db, user).await?.into_iter().find(|hook| hook.id == id))
}

/// Takes a webhook away, with what waits for it.
///
/// # Errors
/// When the store fails.
pub async fn delete(db: &mut Db, id: i64) -> Result<(), StoreError> {
    for query in ["DELETE FROM hook_deliveries WHERE hook_id = $1", "DELETE FROM hooks WHERE id = $1"] {
        sqlx::query(query).bind(id).execute(&mut *db).await?;
    }
    Ok(())
}

/// Sends to a webhook again that was given up.
///
/// # Errors
/// When the store fails.
pub async fn enable(db: &mut Db, id: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE hooks SET disabled = NULL, reason = NULL, failing_since = NULL WHERE id = $1")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}
