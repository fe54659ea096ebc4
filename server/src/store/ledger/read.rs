use futures_util::TryStreamExt;
use protocol::{ServerTime, Unit};
use shop::ledger::{Account, Balances, Entry, Kind};
use sqlx::AssertSqlSafe;

use super::{Db, StoreError};
use crate::store::database::places;

/// An entry of one account, with the transfer it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// The transfer's place in the ledger.
    pub seq: i64,
    /// Why it was made.
    pub kind: Kind,
    /// The room it belongs to.
    pub room: Option<String>,
    /// When.
    pub time: ServerTime,
    /// Of what.
    pub unit: Unit,
    /// How much came in; below zero, how much left.
    pub amount: i64,
}

fn unit(word: &str) -> Result<Unit, StoreError> {
    word.parse().map_err(|_| StoreError::corrupt("ledger unit", word))
}

/// An account, a unit and an amount, as columns hold them.
pub(super) fn entry((account, word, amount): (String, String, i64)) -> Result<Entry, StoreError> {
    let account = account.parse().map_err(|error| StoreError::corrupt("ledger account", error))?;
    Ok(Entry { account, unit: unit(&word)?, amount })
}

/// Balances, as columns hold them.
pub(super) fn balances(rows: Vec<(String, String, i64)>) -> Result<Balances, StoreError> {
    Ok(Balances::of(rows.into_iter().map(entry).collect::<Result<Vec<_>, _>>()?))
}

/// The newest transfer's place; 0 for an empty ledger.
///
/// # Errors
/// When the store fails.
pub async fn last(db: &mut Db) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT COALESCE(MAX(seq), 0) FROM ledger_transfers").fetch_one(db).await?)
}

/// What an account holds, by unit.
///
/// # Errors
/// When the store fails.
pub async fn balances_of(db: &mut Db, account: Account) -> Result<Vec<(Unit, i64)>, StoreError> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT unit, balance FROM ledger_balances WHERE account = $1 ORDER BY unit")
            .bind(account.to_string())
            .fetch_all(db)
            .await?;
    rows.into_iter().map(|(word, balance)| Ok((unit(&word)?, balance))).collect()
}

/// What some accounts hold, at one moment.
///
/// # Errors
/// When the store fails.
pub async fn balances_of_all(db: &mut Db, accounts: &[Account]) -> Result<Balances, StoreError> {
    if accounts.is_empty() {
        return Ok(Balances::default());
    }
    let sql = "SELECT account, unit, balance FROM ledger_balances WHERE account IN ";
    let mut query = sqlx::query_as(AssertSqlSafe(format!("{sql}{}", places(db, 1, accounts.len()))));
    for account in accounts {
        query = query.bind(account.to_string());
    }
    let rows: Vec<(String, String, i64)> = query.fetch_all(db).await?;
    balances(rows)
}

/// An account's entries before a place in the ledger, newest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn entries_of(
    db: &mut Db,
    account: Account,
    before: i64,
    limit: i64,
) -> Result<Vec<EntryRow>, StoreError> {
    let rows: Vec<(i64, String, Option<String>, i64, String, i64)> = sqlx::query_as(
        "SELECT t.seq, t.kind, t.room_id, t.time, e.unit, e.amount FROM ledger_entries e \
         JOIN ledger_transfers t ON t.seq = e.transfer_seq \
         WHERE e.account = $1 AND e.transfer_seq < $2 ORDER BY e.transfer_seq DESC, e.unit LIMIT $3",
    )
    .bind(account.to_string())
    .bind(before)
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|(seq, kind, room, time, word, amount)| {
            let kind =
                Kind::parse(&kind).ok_or_else(|| StoreError::corrupt("ledger_transfers.kind", &kind))?;
            Ok(EntryRow { seq, kind, room, time: ServerTime(time), unit: unit(&word)?, amount })
        })
        .collect()
}

/// The whole ledger: every entry in its order, handed to `each` with its transfer's place; and the balances as they are
/// kept. For whoever checks the one against the other.
///
/// # Errors
/// When the store fails.
pub async fn fold(db: &mut Db, mut each: impl FnMut(i64, Entry)) -> Result<Balances, StoreError> {
    {
        let mut rows = sqlx::query_as::<_, (i64, String, String, i64)>(
            "SELECT transfer_seq, account, unit, amount FROM ledger_entries ORDER BY transfer_seq, account, unit",
        )
        .fetch(&mut *db);
        while let Some((seq, account, unit, amount)) = rows.try_next().await? {
            each(seq, entry((account, unit, amount))?);
        }
    }
    let rows: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT account, unit, balance FROM ledger_balances").fetch_all(db).await?;
    balances(rows)
}
