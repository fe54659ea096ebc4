//! The ledger: transfers are appended, each id once, inside the caller's write. What a transfer may do is
//! `shop::ledger`'s business; the table's CHECK is there for the day that this is wrong.

mod read;
mod write;

pub use read::{EntryRow, balances_of, balances_of_all, entries_of, fold, last};

use super::{Db, StoreError};
use protocol::ServerTime;
use shop::ledger::{LedgerError, Transfer};
use thiserror::Error;

/// Where a transfer stands, by its place in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    /// It was made now.
    Made(i64),
    /// It was made before, and nothing was done.
    MadeBefore(i64),
}

/// Why a transfer is not made.
#[derive(Debug, Error)]
pub enum PostError {
    /// The ledger refuses it.
    #[error(transparent)]
    Refused(#[from] LedgerError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for PostError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Transfers looked up and written together: with [`shop::ledger::MOST_ENTRIES`] each, five columns an entry, they stay
/// below SQLite's 32,766 parameters.
const BATCH: usize = 256;

/// Makes a transfer, inside a write, unless it was made before.
///
/// # Errors
/// When the ledger refuses it, or the store fails.
pub async fn post(db: &mut Db, transfer: &Transfer, now: ServerTime) -> Result<Posted, PostError> {
    let mut posted = write::batch(db, std::slice::from_ref(transfer), now).await?;
    let only = posted.pop().ok_or_else(|| StoreError::corrupt("ledger_transfers", "no answer to a post"))?;
    Ok(only?)
}

/// Makes transfers in their order, inside a write; answers for each. One that is refused leaves the others be.
///
/// # Errors
/// When the store fails; then the whole write is to be undone.
pub async fn post_all(
    db: &mut Db,
    transfers: &[Transfer],
    now: ServerTime,
) -> Result<Vec<Result<Posted, LedgerError>>, StoreError> {
    let mut posted = Vec::with_capacity(transfers.len());
    for batch in transfers.chunks(BATCH) {
        posted.append(&mut write::batch(db, batch, now).await?);
    }
    Ok(posted)
}
