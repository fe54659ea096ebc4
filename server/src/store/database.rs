//! Which database the store is in, and how it is connected to. What differs between the two is here and in nothing else:
//! the SQL is one, and so are the rows, by sqlx's driver for any of them.

use super::{Db, StoreError};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection};
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

/// Connections that read side by side.
const READERS: u32 = 4;

/// How long a connection to a server that reads may lie idle and be trusted to be there.
const TRUSTED: Duration = Duration::from_millis(500);

/// What a connection to SQLite is told. Full durability: an acknowledged order is there after the power goes. The writer
/// of another process (`livestall admin …`) is waited for, 10 s.
const SQLITE: [&str; 4] = [
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
];
/// What a savepoint would undo is kept in memory: it is a few pages, and gone with the process anyway.
const SQLITE_WRITER: [&str; 1] = ["PRAGMA temp_store = MEMORY"];
const SQLITE_READER: [&str; 1] = ["PRAGMA query_only = ON"];
/// A transaction that reads sees one moment, as it does in SQLite.
const POSTGRES_READER: [&str; 2] =
    ["SET default_transaction_read_only = on", "SET default_transaction_isolation = 'repeatable read'"];

/// Keeps every other writer out until the transaction ends, those of other processes too, as SQLite does: writes read what
/// they decide upon. Two shops in two schemas of one database do not wait for each other. Answers the transaction's number.
const POSTGRES_TURN: &str = "SELECT CAST(pg_current_xact_id() AS TEXT) \
    FROM (SELECT pg_advisory_xact_lock(1398034259, hashtext(current_schema()))) AS turn";

/// Where the shop's data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A file of SQLite's.
    Sqlite(PathBuf),
    /// A database of PostgreSQL's, as `postgres://USER:PASSWORD@HOST/NAME`.
    Postgres(String),
}

/// An address that names no database.
#[derive(Debug, thiserror::Error)]
#[error("the database's address begins with {found:?}, expected sqlite: or postgres:")]
pub struct UnknownDatabase {
    found: String,
}

impl FromStr for Database {
    type Err = UnknownDatabase;

    /// `sqlite:PATH`, `sqlite://PATH` or `postgres://…`.
    fn from_str(address: &str) -> Result<Self, UnknownDatabase> {
        let (scheme, rest) = address.split_once(':').unwrap_or((address, ""));
        match scheme {
            "sqlite" if !rest.is_empty() => Ok(Self::Sqlite(rest.strip_prefix("//").unwrap_or(rest).into())),
            "postgres" | "postgresql" => Ok(Self::Postgres(address.to_owned())),
            // No more of it: it may hold a password.
            _ => Err(UnknownDatabase { found: scheme.chars().take(16).collect() }),
        }
    }
}

impl From<&Path> for Database {
    fn from(file: &Path) -> Self {
        Self::Sqlite(file.to_owned())
    }
}

impl fmt::Display for Database {
    /// Without the user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => write!(f, "{}", file.display()),
            Self::Postgres(address) => {
                let place = address.split_once("://").map_or("", |(_, place)| place);
                let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
                write!(f, "postgres://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({self})")
    }
}

impl Database {
    /// Whether there is something to open; a server is only asked when it is.
    pub fn may_exist(&self) -> bool {
        match self {
            Self::Sqlite(file) => file.exists(),
            Self::Postgres(_) => true,
        }
    }

    fn options(&self) -> Result<AnyConnectOptions, sqlx::Error> {
        install_default_drivers();
        let options = match self {
            Self::Sqlite(file) => {
                let mut address = String::from("sqlite://");
                for byte in file.to_string_lossy().bytes() {
                    if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
                        address.push(char::from(byte));
                    } else {
                        address.push_str(&format!("%{byte:02X}"));
                    }
                }
                AnyConnectOptions::from_str(&format!("{address}?mode=rwc"))?
            }
            Self::Postgres(address) => AnyConnectOptions::from_str(address)?,
        };
        Ok(options)
    }

    /// A connection that writes, its schema up to date.
    pub(super) async fn writer(&self) -> Result<AnyConnection, StoreError> {
        let mut writer = self.connect().await?;
        sqlx::migrate!().run(&mut writer).await?;
        Ok(writer)
    }

    async fn connect(&self) -> Result<AnyConnection, sqlx::Error> {
        let mut writer = self.options()?.connect().await?;
        if matches!(self, Self::Sqlite(_)) {
            set(&mut writer, &SQLITE).await?;
            set(&mut writer, &SQLITE_WRITER).await?;
        }
        Ok(writer)
    }

    /// Connections that read.
    pub(super) async fn readers(&self) -> Result<AnyPool, StoreError> {
        let sqlite = matches!(self, Self::Sqlite(_));
        let readers = AnyPoolOptions::new().max_connections(READERS).idle_timeout(None).max_lifetime(None);
        // Whether it is still there is asked of a server that was left alone for a while; of a file, never. Before each
        // question it would only cost.
        let readers = readers.test_before_acquire(false).before_acquire(move |reader, seen| {
            Box::pin(async move {
                let fresh = sqlite || seen.idle_for < TRUSTED;
                Ok(fresh || reader.ping().await.is_ok())
            })
        });
        let readers = readers.after_connect(move |reader, _| {
            Box::pin(async move {
                if sqlite {
                    set(reader, &SQLITE).await?;
                    set(reader, &SQLITE_READER).await
                } else {
                    set(reader, &POSTGRES_READER).await
                }
            })
        });
        Ok(readers.connect_with(self.options()?).await?)
    }

    /// Begins a transaction that keeps other writers out. Answers its number where the database gives one.
    pub(super) async fn begin(&self, writer: &mut AnyConnection) -> Result<Option<String>, sqlx::Error> {
        match self {
            Self::Sqlite(_) => {
                sqlx::query("BEGIN IMMEDIATE").execute(writer).await?;
                Ok(None)
            }
            Self::Postgres(_) => {
                sqlx::query("BEGIN").execute(&mut *writer).await?;
                sqlx::query_scalar(POSTGRES_TURN).fetch_one(writer).await.map(Some)
            }
        }
    }

    /// Connects anew if the connection is gone.
    pub(super) async fn mend(&self, writer: &mut AnyConnection) -> Result<bool, sqlx::Error> {
        if writer.ping().await.is_ok() {
            return Ok(false);
        }
        *writer = self.connect().await?;
        Ok(true)
    }
}

async fn set(connection: &mut AnyConnection, settings: &[&'static str]) -> Result<(), sqlx::Error> {
    for one in settings {
        sqlx::query(*one).execute(&mut *connection).await?;
    }
    Ok(())
}

/// What became of a transaction of PostgreSQL's.
pub(super) async fn outcome(writer: &mut AnyConnection, number: &str) -> Result<Outcome, sqlx::Error> {
    let status: Option<String> =
        sqlx::query_scalar("SELECT pg_xact_status(CAST($1 AS XID8))").bind(number).fetch_one(writer).await?;
    Ok(match status.as_deref() {
        Some("committed") => Outcome::Committed,
        Some("in progress") => Outcome::Underway,
        _ => Outcome::Undone,
    })
}

/// See [`outcome`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Committed,
    Underway,
    Undone,
}

/// `($1, $2), ($3, $4)`: places for so many rows of so many columns. SQLite gets `(?, ?), (?, ?)`: it keeps the numbers of
/// places as names and looks through all of them for each, which thousands of them would feel.
pub(super) fn places(db: &Db, rows: usize, columns: usize) -> String {
    places_on(db.backend_name() == "PostgreSQL", rows, columns)
}

/// `($3, $4)` for any of some keys, after as many places as are `bound` before, and the keys to bind to it. Some of them
/// twice: a statement for each number of keys would be prepared anew each time.
pub(super) fn any_of(keys: &BTreeSet<String>, bound: usize) -> (Vec<&str>, String) {
    let count = keys.len().next_power_of_two();
    let again = keys.last().into_iter().cycle();
    let padded: Vec<&str> = keys.iter().chain(again).take(count).map(String::as_str).collect();
    let places: Vec<String> = (1..=padded.len()).map(|place| format!("${}", bound + place)).collect();
    (padded, format!("({})", places.join(", ")))
}

/// How many rows of so many columns one statement takes: SQLite binds 32,766 values at most.
pub(super) const fn rows_at_most(columns: usize) -> usize {
    32_766 / columns
}

fn places_on(numbered: bool, rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * if numbered { 8 } else { 3 });
    for place in 0..rows * columns {
        text.push_str(match (place, place % columns) {
            (0, _) => "(",
            (_, 0) => "), (",
            _ => ", ",
        });
        if numbered {
            text.push('$');
            text.push_str(&(place + 1).to_string());
        } else {
            text.push('?');
        }
    }
    text.push(')');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_file_or_a_server() {
        let sqlite = |path: &str| Some(Database::Sqlite(path.into()));
        let postgres = "postgres://shop:secret@db.example/shop";
        for (address, expected) in [
            ("sqlite:shop.db", sqlite("shop.db")),
            ("sqlite:///var/lib/shop.db", sqlite("/var/lib/shop.db")),
            (postgres, Some(Database::Postgres(postgres.to_owned()))),
            ("mysql://localhost/shop", None),
            ("sqlite:", None),
            ("shop.db", None),
            ("", None),
        ] {
            assert_eq!(address.parse().ok(), expected, "{address}");
        }
    }

    #[test]
    fn a_password_is_in_no_message() {
        let database: Database =
            "postgres://shop:se@cret@db.example:5433/shop?sslmode=require".parse().unwrap();
        assert_eq!(
            format!("{database} {database:?}"),
            "postgres://db.example:5433/shop Database(postgres://db.example:5433/shop)"
        );
    }

    #[test]
    fn places_are_numbered_through() {
        assert_eq!(places_on(true, 2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(places_on(false, 2, 3), "(?, ?, ?), (?, ?, ?)");
    }

    #[test]
    fn any_number_of_keys_is_asked_for_by_few_statements() {
        let keys = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect::<BTreeSet<_>>();
        for (asked, bound, expected) in [
            (keys(&["a"]), 0, (vec!["a"], "($1)")),
            (keys(&["a", "b", "c"]), 1, (vec!["a", "b", "c", "c"], "($2, $3, $4, $5)")),
            (keys(&["a", "b"]), 0, (vec!["a", "b"], "($1, $2)")),
        ] {
            let (padded, places) = any_of(&asked, bound);
            assert_eq!((padded, places.as_str()), expected);
        }
    }

    #[tokio::test]
    async fn a_file_may_have_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a shop? 100% #1 茶.db");
        let store = super::super::Store::open(&Database::Sqlite(file.clone())).await.unwrap();
        store.close().await;
        assert!(file.exists());
    }
}
