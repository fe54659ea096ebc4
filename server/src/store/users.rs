//! Users.

use super::{Db, StoreError};
use protocol::{Role, ServerTime, User};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    role: String,
}

impl TryFrom<Row> for User {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self { id: row.id, name: row.name, role: role(&row.role)? })
    }
}

/// The role that a word stands for.
pub(super) fn role(word: &str) -> Result<Role, StoreError> {
    match word {
        "viewer" => Ok(Role::Viewer),
        "host" => Ok(Role::Host),
        "admin" => Ok(Role::Admin),
        other => Err(StoreError::corrupt("users.role", other)),
    }
}

const fn word(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Host => "host",
        Role::Admin => "admin",
    }
}

/// Adds a user; [`StoreError::is_taken`] when the name is.
///
/// # Errors
/// When the name is taken, or the store fails.
pub async fn insert(
    db: &mut Db,
    user: &User,
    name_key: &str,
    password_hash: Option<&str>,
    now: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO users (id, name, name_key, role, password_hash, created) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(user.id)
    .bind(&user.name)
    .bind(name_key)
    .bind(word(user.role))
    .bind(password_hash)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The user of a name, with the password's hash.
///
/// # Errors
/// When the store fails.
pub async fn by_name(db: &mut Db, name_key: &str) -> Result<Option<(User, Option<String>)>, StoreError> {
    let found: Option<(i64, String, String, Option<String>)> =
        sqlx::query_as("SELECT id, name, role, password_hash FROM users WHERE name_key = $1")
            .bind(name_key)
            .fetch_optional(db)
            .await?;
    found.map(|(id, name, role, hash)| Ok((Row { id, name, role }.try_into()?, hash))).transpose()
}

/// The user of an identifier.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, id: i64) -> Result<Option<User>, StoreError> {
    let found: Option<Row> =
        sqlx::query_as("SELECT id, name, role FROM users WHERE id = $1").bind(id).fetch_optional(db).await?;
    found.map(User::try_from).transpose()
}

/// Gives a user another role.
///
/// # Errors
/// When the store fails.
pub async fn set_role(db: &mut Db, id: i64, role: Role) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET role = $2 WHERE id = $1").bind(id).bind(word(role)).execute(db).await?;
    Ok(())
}
