//! Who gave most, straight from the ledger's entries; and who lets their name be told.

use super::{Db, StoreError, users};
use protocol::{ServerTime, User};
use shop::ledger::Account;

/// A stretch of the ledger: transfers after `after`, up to `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The last before it.
    pub after: i64,
    /// Its last.
    pub until: i64,
}

/// Notes how far the ledger is at the end of a show; in the same write as its event.
///
/// # Errors
/// When the store fails.
pub async fn mark(db: &mut Db, room: &str, seq: u64) -> Result<(), StoreError> {
    let ledger = super::ledger::last(db).await?;
    sqlx::query("INSERT INTO show_marks (room_id, seq, ledger_seq) VALUES ($1, $2, $3)")
        .bind(room)
        .bind(i64::try_from(seq).unwrap_or(i64::MAX))
        .bind(ledger)
        .execute(db)
        .await?;
    Ok(())
}

/// How far the ledger was at the end of a show, by the number of the event that ended it; 0 for an end that never was.
///
/// # Errors
/// When the store fails.
pub async fn marked(db: &mut Db, room: &str, seq: u64) -> Result<i64, StoreError> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT ledger_seq FROM show_marks WHERE room_id = $1 AND seq = $2")
            .bind(room)
            .bind(i64::try_from(seq).unwrap_or(i64::MAX))
            .fetch_optional(db)
            .await?;
    Ok(found.unwrap_or(0))
}

/// Who gave how many coins in a room, most first; of two who gave as much, who came to it first.
///
/// # Errors
/// When the store fails.
pub async fn given(db: &mut Db, room: &str, stretch: Stretch) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT account, coins FROM (SELECT e.account, CAST(-SUM(e.amount) AS BIGINT) AS coins, MAX(t.seq) AS reached \
         FROM ledger_transfers t JOIN ledger_entries e ON e.transfer_seq = t.seq AND e.amount < 0 \
         WHERE t.room_id = $1 AND t.seq > $2 AND t.seq <= $3 AND t.kind = 'gift' GROUP BY e.account) AS given \
         ORDER BY coins DESC, reached",
    )
    .bind(room)
    .bind(stretch.after)
    .bind(stretch.until)
    .fetch_all(db)
    .await?;
    let giver = |(account, coins): (String, i64)| match account.parse() {
        Ok(Account::Wallet(user)) => Ok((user, coins)),
        _ => Err(StoreError::corrupt("ledger_entries.account of a gift", account)),
    };
    rows.into_iter().map(giver).collect()
}

/// A user, if they let their name be told.
///
/// # Errors
/// When the store fails.
pub async fn named(db: &mut Db, user: i64) -> Result<Option<User>, StoreError> {
    let row: Option<(i64, String, String)> = sqlx::query_as(
        "SELECT u.id, u.name, u.role FROM users u JOIN named_givers n ON n.user_id = u.id WHERE u.id = $1",
    )
    .bind(user)
    .fetch_optional(db)
    .await?;
    row.map(|(id, name, role)| Ok(User { id, name, role: users::role(&role)? })).transpose()
}

/// Whether a user lets their name be told.
///
/// # Errors
/// When the store fails.
pub async fn is_named(db: &mut Db, user: i64) -> Result<bool, StoreError> {
    let since: Option<i64> = sqlx::query_scalar("SELECT since FROM named_givers WHERE user_id = $1")
        .bind(user)
        .fetch_optional(db)
        .await?;
    Ok(since.is_some())
}

/// Notes whether a user lets their name be told.
///
/// # Errors
/// When the store fails.
pub async fn set_named(db: &mut Db, user: i64, named: bool, now: ServerTime) -> Result<(), StoreError> {
    let query = if named {
        sqlx::query(
            "INSERT INTO named_givers (user_id, since) VALUES ($1, $2) ON CONFLICT (user_id) DO NOTHING",
        )
        .bind(user)
        .bind(now.0)
    } else {
        sqlx::query("DELETE FROM named_givers WHERE user_id = $1").bind(user)
    };
    query.execute(db).await?;
    Ok(())
}
