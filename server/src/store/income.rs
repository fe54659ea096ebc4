//! Hosts' income that waits before it may be withdrawn.

use super::{Db, StoreError};
use protocol::ServerTime;

/// The income of one gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Hold {
    /// The gift's place in the ledger.
    pub transfer_seq: i64,
    /// Whose.
    pub host_id: i64,
    /// Coins.
    pub amount: i64,
}

/// Notes that income waits until `due`; in the same write as the gift.
///
/// # Errors
/// When the store fails.
pub async fn hold(db: &mut Db, hold: Hold, due: ServerTime) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO income_holds (transfer_seq, host_id, amount, due) VALUES ($1, $2, $3, $4)")
        .bind(hold.transfer_seq)
        .bind(hold.host_id)
        .bind(hold.amount)
        .bind(due.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Income whose wait is over, oldest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn due(db: &mut Db, now: ServerTime, limit: i64) -> Result<Vec<Hold>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT transfer_seq, host_id, amount FROM income_holds WHERE released = 0 AND due <= $1 \
         ORDER BY due LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(db)
    .await?)
}

/// Notes that income waits no longer; in the same write as its transfer.
///
/// # Errors
/// When the store fails.
pub async fn set_released(db: &mut Db, transfer_seq: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE income_holds SET released = 1 WHERE transfer_seq = $1")
        .bind(transfer_seq)
        .execute(db)
        .await?;
    Ok(())
}
