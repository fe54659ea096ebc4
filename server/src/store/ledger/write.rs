use protocol::{ServerTime, Unit};
use shop::ledger::{Account, Balances, Entry, Kind, LedgerError, Transfer};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::read::{self, entry, last};
use super::{Db, Posted, StoreError};
use crate::store::database::places;

/// Judges and writes one batch.
pub(super) async fn batch(
    db: &mut Db,
    transfers: &[Transfer],
    now: ServerTime,
) -> Result<Vec<Result<Posted, LedgerError>>, StoreError> {
    if transfers.is_empty() {
        return Ok(Vec::new());
    }
    let known = known(db, transfers).await?;
    let keys: BTreeSet<_> =
        transfers.iter().flat_map(Transfer::entries).map(|entry| (entry.account, entry.unit)).collect();
    let mut balances = load(db, &keys).await?;
    let opened: BTreeSet<_> = balances.iter().map(|entry| (entry.account, entry.unit)).collect();
    let (mut seq, mut made) = (last(db).await?, Vec::<(i64, &Transfer)>::new());
    let mut by_id: HashMap<&str, (i64, &Transfer)> = HashMap::new();
    let mut posted = Vec::with_capacity(transfers.len());
    for transfer in transfers {
        posted.push(if let Some((seq, first)) = by_id.get(transfer.id.as_str()) {
            same(first, transfer).map(|()| Posted::MadeBefore(*seq))
        } else if let Some(seq) = known.get(&transfer.id) {
            let first = by_seq(db, *seq, &transfer.id).await?;
            same(&first, transfer).map(|()| Posted::MadeBefore(*seq))
        } else {
            balances.apply(transfer).map(|()| {
                seq = seq.saturating_add(1);
                by_id.insert(&transfer.id, (seq, transfer));
                made.push((seq, transfer));
                Posted::Made(seq)
            })
        });
    }
    if !made.is_empty() {
        append(db, &made, now).await?;
        move_balances(db, &opened, &made).await?;
    }
    Ok(posted)
}

fn same(first: &Transfer, again: &Transfer) -> Result<(), LedgerError> {
    if first == again { Ok(()) } else { Err(LedgerError::Mismatch { id: again.id.clone() }) }
}

/// Which of these were made before.
async fn known(db: &mut Db, transfers: &[Transfer]) -> Result<HashMap<String, i64>, StoreError> {
    let sql = "SELECT id, seq FROM ledger_transfers WHERE id IN ";
    let mut query = sqlx::query_as(AssertSqlSafe(format!("{sql}{}", places(db, 1, transfers.len()))));
    for transfer in transfers {
        query = query.bind(&transfer.id);
    }
    let rows: Vec<(String, i64)> = query.fetch_all(db).await?;
    Ok(rows.into_iter().collect())
}

/// A transfer as it was made.
async fn by_seq(db: &mut Db, seq: i64, id: &str) -> Result<Transfer, StoreError> {
    let (kind, room): (String, Option<String>) =
        sqlx::query_as("SELECT kind, room_id FROM ledger_transfers WHERE seq = $1")
            .bind(seq)
            .fetch_one(&mut *db)
            .await?;
    let kind = Kind::parse(&kind).ok_or_else(|| StoreError::corrupt("ledger_transfers.kind", &kind))?;
    let rows: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT account, unit, amount FROM ledger_entries WHERE transfer_seq = $1")
            .bind(seq)
            .fetch_all(db)
            .await?;
    let entries: Vec<Entry> = rows.into_iter().map(entry).collect::<Result<_, _>>()?;
    Transfer::with_entries(id.to_owned(), kind, room, entries)
        .map_err(|error| StoreError::corrupt("ledger_entries.amount", error))
}

async fn load(db: &mut Db, keys: &BTreeSet<(Account, Unit)>) -> Result<Balances, StoreError> {
    if keys.is_empty() {
        return Ok(Balances::default());
    }
    let sql = "SELECT account, unit, balance FROM ledger_balances WHERE (account, unit) IN";
    let mut query = sqlx::query_as(AssertSqlSafe(format!("{sql} ({})", places(db, keys.len(), 2))));
    for (account, unit) in keys {
        query = query.bind(account.to_string()).bind(unit.to_string());
    }
    let rows: Vec<(String, String, i64)> = query.fetch_all(db).await?;
    read::balances(rows)
}

async fn append(db: &mut Db, made: &[(i64, &Transfer)], now: ServerTime) -> Result<(), StoreError> {
    let sql = "INSERT INTO ledger_transfers (seq, id, kind, room_id, time) VALUES";
    let mut query = sqlx::query(AssertSqlSafe(format!("{sql} {}", places(db, made.len(), 5))));
    for (seq, transfer) in made {
        query = query.bind(*seq).bind(&transfer.id).bind(transfer.kind.as_str());
        query = query.bind(&transfer.room).bind(now.0);
    }
    query.execute(&mut *db).await?;
    let entries = made.iter().map(|(_, transfer)| transfer.entries().len()).sum();
    let sql = "INSERT INTO ledger_entries (transfer_seq, account, unit, amount) VALUES";
    let mut query = sqlx::query(AssertSqlSafe(format!("{sql} {}", places(db, entries, 4))));
    for (seq, transfer) in made {
        for one in transfer.entries() {
            query = query.bind(*seq).bind(one.account.to_string()).bind(one.unit.to_string());
            query = query.bind(one.amount);
        }
    }
    query.execute(db).await?;
    Ok(())
}

/// Adds to the balances what was made; adds, not sets, so that two writers side by side cannot undo each other.
async fn move_balances(
    db: &mut Db,
    opened: &BTreeSet<(Account, Unit)>,
    made: &[(i64, &Transfer)],
) -> Result<(), StoreError> {
    let mut moved: BTreeMap<(Account, Unit), i64> = BTreeMap::new();
    for one in made.iter().flat_map(|(_, transfer)| transfer.entries()) {
        let sum = moved.entry((one.account, one.unit)).or_insert(0);
        // Bounded by what the balances were found to hold.
        *sum = sum.saturating_add(one.amount);
    }
    let fresh: Vec<_> = moved.keys().filter(|key| !opened.contains(key)).collect();
    if !fresh.is_empty() {
        let sql = "INSERT INTO ledger_balances (account, unit, balance) VALUES";
        let rest = "ON CONFLICT (account, unit) DO NOTHING";
        let mut query = sqlx::query(AssertSqlSafe(format!("{sql} {} {rest}", places(db, fresh.len(), 3))));
        for (account, unit) in fresh {
            query = query.bind(account.to_string()).bind(unit.to_string()).bind(0_i64);
        }
        query.execute(&mut *db).await?;
    }
    let sql = "UPDATE ledger_balances SET balance = balance + moved.amount FROM moved \
        WHERE ledger_balances.account = moved.account AND ledger_balances.unit = moved.unit";
    let values = places(db, moved.len(), 3);
    let mut query =
        sqlx::query(AssertSqlSafe(format!("WITH moved (account, unit, amount) AS (VALUES {values}) {sql}")));
    for ((account, unit), amount) in &moved {
        query = query.bind(account.to_string()).bind(unit.to_string()).bind(*amount);
    }
    let done = query.execute(db).await?;
    match usize::try_from(done.rows_affected()) {
        Ok(rows) if rows == moved.len() => Ok(()),
        _ => Err(StoreError::corrupt("ledger_balances", "a balance that was moved is not there")),
    }
}
