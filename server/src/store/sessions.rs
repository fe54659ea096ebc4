//! Sessions: which token stands for which user, and until when. Tokens are kept as hashes.

use super::{Db, StoreError, users};
use protocol::{ServerTime, User};

/// Adds a session.
///
/// # Errors
/// When the store fails.
pub async fn insert(
    db: &mut Db,
    token_hash: &str,
    user: i64,
    now: ServerTime,
    expires: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO sessions (token_hash, user_id, created, expires) VALUES ($1, $2, $3, $4)")
        .bind(token_hash)
        .bind(user)
        .bind(now.0)
        .bind(expires.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Who a token stands for now.
///
/// # Errors
/// When the store fails.
pub async fn user(db: &mut Db, token_hash: &str, now: ServerTime) -> Result<Option<User>, StoreError> {
    let found: Option<(i64, String, String)> = sqlx::query_as(
        "SELECT users.id, users.name, users.role FROM sessions JOIN users ON users.id = sessions.user_id \
         WHERE sessions.token_hash = $1 AND sessions.expires > $2",
    )
    .bind(token_hash)
    .bind(now.0)
    .fetch_optional(db)
    .await?;
    found.map(|(id, name, role)| Ok(User { id, name, role: users::role(&role)? })).transpose()
}

/// Ends a session.
///
/// # Errors
/// When the store fails.
pub async fn delete(db: &mut Db, token_hash: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(db).await?;
    Ok(())
}

/// Forgets sessions that are over.
///
/// # Errors
/// When the store fails.
pub async fn prune(db: &mut Db, now: ServerTime) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE expires <= $1").bind(now.0).execute(db).await?;
    Ok(())
}
