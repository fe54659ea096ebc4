//! What must outlive the process: SQLite in WAL mode, in SQL that PostgreSQL also takes. Only this module speaks SQL;
//! it decides nothing: rules are `room`'s and `shop`'s.

pub mod audit;
pub mod comment_likes;
pub mod coupons;
pub mod gifts;
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

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction, pool::PoolConnection};
use std::path::Path;
use std::time::Duration;
use thiserror::Error;

/// A connection to speak SQL on, inside a transaction or not.
pub type Db = SqliteConnection;
/// A write; dropping it undoes it.
pub type Write = Transaction<'static, Sqlite>;

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
    writer: SqlitePool,
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
        let pool =
            |most| SqlitePoolOptions::new().max_connections(most).idle_timeout(None).max_lifetime(None);
        let writer = pool(1).connect_with(options.clone()).await?;
        sqlx::migrate!().run(&writer).await?;
        let readers = pool(READERS).connect_with(options.pragma("query_only", "on")).await?;
        Ok(Self { writer, readers })
    }

    /// A connection to read on; sees what is committed.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins a write, once all earlier ones are done.
    ///
    /// # Errors
    /// When its turn does not come in time.
    pub async fn write(&self) -> Result<Write, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Closes the file, leaving no write-ahead log behind.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Makes a write last: once this returns, it is on the disk.
///
/// # Errors
/// When it could not be; then it is undone.
pub async fn commit(write: Write) -> Result<(), StoreError> {
    Ok(write.commit().await?)
}
