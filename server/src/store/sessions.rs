//! Sessions: which token stands for which user, and until when. Tokens are kept as hashes.

use super::{Db, StoreError, database::any_of, users};
use protocol::{ServerTime, User};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeSet, HashMap};

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

/// Whom tokens stand for now, by their hashes.
///
/// # Errors
/// When the store fails.
pub async fn users(
    db: &mut Db,
    token_hashes: &BTreeSet<String>,
    now: ServerTime,
) -> Result<HashMap<String, User>, StoreError> {
    let sql = "SELECT sessions.token_hash, users.id, users.name, users.role FROM sessions \
        JOIN users ON users.id = sessions.user_id WHERE sessions.expires > $1 AND sessions.token_hash IN";
    let (hashes, places) = any_of(token_hashes, 1);
    let mut query = sqlx::query_as(AssertSqlSafe(format!("{sql} {places}"))).bind(now.0);
    for hash in hashes {
        query = query.bind(hash);
    }
    let rows: Vec<(String, i64, String, String)> = query.fetch_all(db).await?;
    let user = |(hash, id, name, role): (String, i64, String, String)| {
        Ok((hash, User { id, name, role: users::role(&role)? }))
    };
    rows.into_iter().map(user).collect()
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
