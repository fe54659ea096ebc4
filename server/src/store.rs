//! What must outlive the process: SQLite in WAL mode, in SQL that PostgreSQL also takes. Only this module speaks SQL;
//! it decides nothing: rules are `room`'s and `shop`'s.

pub mod audit;
pub mod comment_likes;
pub mod coupons;
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
pub mod users;
pub mod withdrawals;

use group::Writers;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Sqlite, SqliteConnection, SqlitePool, pool::PoolConnection};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;

pub use group::Write;

/// A connection to speak SQL on, inside a transaction or not.
pub type Db = SqliteConnection;

/// Connections that read side by side.
const READERS: u32 = 4;
/// How long a connection waits for another process's write (`livestall admin …`).
const BUSY: Duration = Duration::from_secs(10);

/// What goes wrong with the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// SQLite said no.
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
    readers: SqlitePool,
}

impl Store {
    /// Opens the database file, makes it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or was written by a newer version.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged order is there after the power goes.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        // What a savepoint would undo is kept in memory: it is a few pages, and gone with the process anyway.
        let mut writer = options.clone().pragma("temp_store", "memory").connect().await?;
        sqlx::migrate!().run(&mut writer).await?;
        let readers = SqlitePoolOptions::new().max_connections(READERS).idle_timeout(None).max_lifetime(None);
        let readers = readers.connect_with(options.pragma("query_only", "on")).await?;
        Ok(Self { writers: Writers::new(writer), readers })
    }

    /// A connection to read on; sees what is committed.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
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

    /// Closes the file, leaving no write-ahead log behind.
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
