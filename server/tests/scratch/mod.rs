//! A database that a test throws away: a file in the test's folder or, where `LIVESTALL_SCRATCH_POSTGRES` is the address of
//! a PostgreSQL server's database, a schema of it, which goes with the server. So that the same tests run on both.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// The address of the folder's database, the same each time for the same folder.
///
/// # Errors
/// When the server does not make the schema.
pub(crate) async fn address(folder: &Path) -> Result<String, sqlx::Error> {
    let Ok(server) = std::env::var("LIVESTALL_SCRATCH_POSTGRES") else {
        return Ok(format!("sqlite://{}", folder.join("livestall.db").display()));
    };
    let mut hash = DefaultHasher::new();
    folder.hash(&mut hash);
    let schema = format!("scratch_{:016x}", hash.finish());
    let mut db = PgConnection::connect(&server).await?;
    // Two who make it at the same time would both find it missing.
    let make = format!("SELECT pg_advisory_lock(7); CREATE SCHEMA IF NOT EXISTS {schema}");
    sqlx::raw_sql(AssertSqlSafe(make)).execute(&mut db).await?;
    db.close().await?;
    let first = if server.contains('?') { '&' } else { '?' };
    Ok(format!("{server}{first}options=-csearch_path%3D{schema}"))
}
