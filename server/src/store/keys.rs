//! API keys, by the hashes of their tokens.

use super::{Db, StoreError, users};
use protocol::{ApiKey, Scope, ServerTime, User};

/// How old `last_used` may be before it is written again, in milliseconds.
const STALE_MS: i64 = 60_000;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    prefix: String,
    scopes: String,
    created: i64,
    last_used: Option<i64>,
    revoked: Option<i64>,
}

fn scopes(words: &str) -> Result<Vec<Scope>, StoreError> {
    let scope = |word: &str| Scope::ALL.into_iter().find(|scope| scope.as_str() == word);
    words
        .split(' ')
        .map(|word| scope(word).ok_or_else(|| StoreError::corrupt("api_keys.scopes", word)))
        .collect()
}

impl TryFrom<Row> for ApiKey {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            name: row.name,
            prefix: row.prefix,
            scopes: scopes(&row.scopes)?,
            created: ServerTime(row.created),
            last_used: row.last_used.map(ServerTime),
            revoked: row.revoked.map(ServerTime),
        })
    }
}

/// Adds a key of a user's.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, user: i64, key: &ApiKey, token_hash: &str) -> Result<(), StoreError> {
    let words: Vec<_> = key.scopes.iter().map(|scope| scope.as_str()).collect();
    sqlx::query(
        "INSERT INTO api_keys (id, user_id, name, token_hash, prefix, scopes, created) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(key.id)
    .bind(user)
    .bind(&key.name)
    .bind(token_hash)
    .bind(&key.prefix)
    .bind(words.join(" "))
    .bind(key.created.0)
    .execute(db)
    .await?;
    Ok(())
}

/// A user's keys, newest first, those that are revoked too; at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn by_user(db: &mut Db, user: i64, limit: i64) -> Result<Vec<ApiKey>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, prefix, scopes, created, last_used, revoked FROM api_keys WHERE user_id = $1 \
         ORDER BY id DESC LIMIT $2",
    )
    .bind(user)
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(ApiKey::try_from).collect()
}

/// How many keys of a user's are good.
///
/// # Errors
/// When the store fails.
pub async fn count(db: &mut Db, user: i64) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM api_keys WHERE user_id = $1 AND revoked IS NULL")
        .bind(user)
        .fetch_one(db)
        .await?)
}

/// Who a key speaks for, and what it may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The key.
    pub id: i64,
    /// Whose it is.
    pub user: User,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Its last use is so long ago that the next is to be noted.
    pub is_stale: bool,
}

/// The bearer of a key that is good.
///
/// # Errors
/// When the store fails.
pub async fn bearer(db: &mut Db, token_hash: &str, now: ServerTime) -> Result<Option<Bearer>, StoreError> {
    let row: Option<(i64, String, Option<i64>, i64, String, String)> = sqlx::query_as(
        "SELECT k.id, k.scopes, k.last_used, u.id, u.name, u.role FROM api_keys k \
         JOIN users u ON u.id = k.user_id WHERE k.token_hash = $1 AND k.revoked IS NULL",
    )
    .bind(token_hash)
    .fetch_optional(db)
    .await?;
    let Some((id, words, last_used, user, name, role)) = row else { return Ok(None) };
    let user = User { id: user, name, role: users::role(&role)? };
    let is_stale = last_used.is_none_or(|last| now.0.saturating_sub(last) >= STALE_MS);
    Ok(Some(Bearer { id, user, scopes: scopes(&words)?, is_stale }))
}

/// Notes that a key was used.
///
/// # Errors
/// When the store fails.
pub async fn used(db: &mut Db, id: i64, now: ServerTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE api_keys SET last_used = $2 WHERE id = $1").bind(id).bind(now.0).execute(db).await?;
    Ok(())
}

/// Makes a user's key good for nothing. Answers whether there is such a one.
///
/// # Errors
/// When the store fails.
pub async fn revoke(db: &mut Db, user: i64, id: i64, now: ServerTime) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE api_keys SET revoked = COALESCE(revoked, $3) WHERE user_id = $1 AND id = $2")
            .bind(user)
            .bind(id)
            .bind(now.0)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}
