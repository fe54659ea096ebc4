//! What must outlive the process: in SQLite or PostgreSQL, by the same SQL. Only this module speaks it; it decides nothing:
//! rules are `room`'s and `shop`'s.

pub mod audit;
pub mod comment_likes;
pub mod coupons;
mod database;
pub mod gifts;
mod group;
pub mod hooks;
pub mod idempotency;
pub mod imported;
pub mod income;
pub mod keys;
pub mod leaderboard;
pub mod ledger;
pub mod log;
pub mod orders;
pub mod outbox;
pub mod packets;
pub mod products;
pub mod recharges;
pub mod refunds;
pub mod reports;
pub mod rooms;
pub mod sales;
pub mod sessions;
pub mod spending;
pub mod steps;
mod together;
pub mod users;
pub mod withdrawals;

#[cfg(test)]
#[path = "../tests/scratch/mod.rs"]
mod scratch;

use group::Writers;
use protocol::User;
use rooms::RoomRow;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};
use std::sync::Arc;
use thiserror::Error;
use together::Together;

use crate::clock::now;

pub use database::{Database, UnknownDatabase};
pub use group::Write;

/// A connection to speak SQL on, inside a transaction or not.
pub type Db = AnyConnection;

/// What goes wrong with the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database said no.
    #[error("store: {0}")]
    Sql(#[from] sqlx::Error),
    /// The commit that the write shared with others failed: it has not happened.
    #[error("store: not committed: {0}")]
    NotCommitted(Arc<sqlx::Error>),
    /// The schema could not be brought up to date.
    #[error("store: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row that this version cannot have written.
    #[error("store: {what} is {found:?}")]
    Corrupt {
        /// Which column.
        what: &'static str,
        /// What it holds, cut to 64 characters.
        found: String,
    },
}

impl StoreError {
    /// For a column that holds what it should not.
    pub fn corrupt(what: &'static str, found: impl std::fmt::Display) -> Self {
        Self::Corrupt { what, found: found.to_string().chars().take(64).collect() }
    }

    /// Whether a row of the same key is there already.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// The open database: one connection writes, some read.
#[derive(Debug, Clone)]
pub struct Store {
    writers: Writers,
    readers: AnyPool,
    sessions: Arc<Together<User>>,
    rooms: Arc<Together<RoomRow>>,
}

impl Store {
    /// Opens the database, makes it if it is a file that is not there, and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be opened or was written by a newer version.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        let writer = database.writer().await?;
        let readers = database.readers().await?;
        let writers = Writers::new(database.clone(), writer);
        Ok(Self { writers, readers, sessions: Arc::default(), rooms: Arc::default() })
    }

    /// A connection to read on; sees what is committed.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read(&self) -> Result<PoolConnection<Any>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    /// Whom a session's token stands for now, by the token's hash; asked together with whoever asks beside it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn user(&self, token_hash: &str) -> Result<Option<User>, StoreError> {
        let ask = async |hashes| sessions::users(&mut *self.read().await?, &hashes, now()).await;
        self.sessions.find(token_hash, ask).await
    }

    /// The room of a name; asked together with whoever asks beside it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn room(&self, id: &str) -> Result<Option<RoomRow>, StoreError> {
        let ask = async |ids| rooms::by_ids(&mut *self.read().await?, &ids).await;
        self.rooms.find(id, ask).await
    }

    /// Begins a write, once all earlier ones are done. It sees what they wrote, which may not be on the disk yet: whoever
    /// answers from that [`commit`]s first, though it wrote nothing.
    ///
    /// # Errors
    /// When its turn does not come in time.
    pub async fn write(&self) -> Result<Write, StoreError> {
        self.writers.begin().await
    }

    /// How many commits there were since it was opened: fewer than writes when those come in crowds.
    pub fn commits(&self) -> u64 {
        self.writers.commits()
    }

    /// Closes the database; a file has no write-ahead log left beside it then.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// Makes a write last: once this returns, it is on the disk, and so is all that it has seen.
///
/// # Errors
/// When it could not be; then it is undone.
pub async fn commit(write: Write) -> Result<(), StoreError> {
    write.commit().await
}
