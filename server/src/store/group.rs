//! Writes that share a commit. One connection writes, and a commit waits for the disk: with one for each write, the disk
//! would say how many orders there are in a second. So writers take turns inside one transaction, each in a savepoint of its
//! own, and whoever comes last in the queue commits for all.
//!
//! What holds: a write is acknowledged only when its commit is on the disk. A write that is dropped leaves nothing, whatever
//! becomes of its neighbours. When the commit fails, none of its writes has happened. A write sees what its
//! neighbours wrote before it and what may still be undone: whoever answers from that commits first, though it wrote
//! nothing itself.

use super::database::{Database, Outcome, outcome};
use super::{Db, StoreError};
use sqlx::Connection;
use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard, oneshot};

/// Writes in one commit, at most: beyond it the first would wait for long, and the disk's share is small by then.
const MOST: usize = 256;

/// How long a write waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two questions what became of a commit.
const ASKING: Duration = Duration::from_millis(200);

/// The connection that writes, and its queue.
#[derive(Debug, Clone)]
pub(super) struct Writers {
    /// Nothing once the store is closed.
    writer: Arc<Mutex<Option<Writer>>>,
    commits: Arc<AtomicU64>,
}

type Turn = OwnedMappedMutexGuard<Option<Writer>, Writer>;

/// A write whose turn it is; dropping it undoes it.
#[derive(Debug)]
pub struct Write(Turn);

impl Deref for Write {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.0.db
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.0.db
    }
}

#[derive(Debug)]
struct Writer {
    database: Database,
    db: Db,
    place: Place,
    group: Option<Group>,
    /// Groups so far.
    groups: u64,
    commits: Arc<AtomicU64>,
}

/// Where the connection stands. Noted before it gets there: whoever is on the way may be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between two writes.
    Between,
    /// On the way into a transaction.
    Beginning,
    /// In a savepoint.
    Writing,
}

/// Writes that are done and not yet committed.
#[derive(Debug)]
struct Group {
    number: u64,
    /// The database's own number of the transaction, where it gives one.
    transaction: Option<String>,
    waiting: Vec<oneshot::Sender<Result<(), Arc<sqlx::Error>>>>,
}

impl Writers {
    pub(super) fn new(database: Database, db: Db) -> Self {
        let commits = Arc::new(AtomicU64::new(0));
        let place = Place::Between;
        let writer = Writer { database, db, place, group: None, groups: 0, commits: commits.clone() };
        Self { writer: Arc::new(Mutex::new(Some(writer))), commits }
    }

    /// Begins a write, once all earlier ones are done.
    pub(super) async fn begin(&self) -> Result<Write, StoreError> {
        let lock = tokio::time::timeout(PATIENCE, self.writer.clone().lock_owned()).await;
        let lock = lock.map_err(|_| StoreError::Sql(sqlx::Error::PoolTimedOut))?;
        let mut turn = OwnedMutexGuard::try_map(lock, Option::as_mut)
            .map_err(|_| StoreError::Sql(sqlx::Error::PoolClosed))?;
        turn.tidy().await;
        if let Some(number) = turn.begin_group().await? {
            let writers = self.clone();
            // The queue is fair: its turn comes after everybody's who waits by then. A task of its own, so that a
            // client who goes away takes no commit along.
            tokio::spawn(async move { writers.end(number).await });
        }
        turn.place = Place::Writing;
        turn.run("SAVEPOINT one").await?;
        Ok(Write(turn))
    }

    /// Commits the group of this number, if nobody has.
    async fn end(&self, number: u64) {
        if let Some(writer) = self.writer.lock().await.as_mut()
            && writer.group.as_ref().is_some_and(|group| group.number == number)
        {
            writer.end_group().await;
        }
    }

    /// How many commits there were.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Commits what is done and closes the connection.
    pub(super) async fn close(&self) {
        if let Some(mut writer) = self.writer.lock().await.take() {
            writer.end_group().await;
            if let Err(error) = writer.db.close().await {
                tracing::warn!(%error, "The database was not closed cleanly");
            }
        }
    }
}

impl Write {
    /// Takes back what was written so far, and keeps the turn.
    ///
    /// # Errors
    /// When it cannot be; then the write is to be dropped.
    pub async fn undo(&mut self) -> Result<(), StoreError> {
        Ok(self.0.run("ROLLBACK TO one").await?)
    }

    /// Gives the turn to the next, and waits until the write is on the disk, with those beside it.
    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        self.0.run("RELEASE one").await?;
        self.0.place = Place::Between;
        let (told, hears) = oneshot::channel();
        let count = self.0.group.as_mut().map_or(0, |group| {
            group.waiting.push(told);
            group.waiting.len()
        });
        if count >= MOST {
            tokio::spawn(async move { self.0.end_group().await });
        } else {
            drop(self);
        }
        match hears.await {
            Ok(committed) => committed.map_err(StoreError::NotCommitted),
            // Only a process that ends drops who tells.
            Err(_) => Err(StoreError::Sql(sqlx::Error::PoolClosed)),
        }
    }
}

impl Writer {
    async fn run(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(sql).execute(&mut self.db).await.map(drop)
    }

    /// Undoes a write that was dropped. When that cannot be, the whole group is undone with it.
    async fn tidy(&mut self) {
        match self.place {
            Place::Between => return,
            // Nothing is in it yet; there may be none.
            Place::Beginning => _ = self.run("ROLLBACK").await,
            Place::Writing => {
                let undone = match self.run("ROLLBACK TO one").await {
                    Ok(()) => self.run("RELEASE one").await,
                    error => error,
                };
                if let Err(error) = undone {
                    self.fail(error).await;
                }
            }
        }
        self.place = Place::Between;
    }

    /// Begins a transaction, unless there is one. Answers the number of a new one.
    async fn begin_group(&mut self) -> Result<Option<u64>, StoreError> {
        if self.group.is_some() {
            return Ok(None);
        }
        self.place = Place::Beginning;
        let transaction = match self.database.begin(&mut self.db).await {
            Ok(transaction) => transaction,
            // A server that was started again has closed its connections.
            Err(error) => match self.database.mend(&mut self.db).await? {
                true => self.database.begin(&mut self.db).await?,
                false => return Err(error.into()),
            },
        };
        self.groups = self.groups.saturating_add(1);
        self.group = Some(Group { number: self.groups, transaction, waiting: Vec::new() });
        Ok(Some(self.groups))
    }

    /// Commits, and tells all who wait for it. Not to be dropped on its way.
    async fn end_group(&mut self) {
        self.tidy().await;
        if self.group.is_none() {
            return;
        }
        if let Err(error) = self.run("COMMIT").await
            && !self.was_committed().await
        {
            return self.fail(error).await;
        }
        let waiting = self.group.take().map(|group| group.waiting).unwrap_or_default();
        self.commits.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("livestall_store_commits_total").increment(1);
        metrics::counter!("livestall_store_writes_total")
            .increment(u64::try_from(waiting.len()).unwrap_or(u64::MAX));
        for told in waiting {
            // Whoever has gone away does not want to know.
            _ = told.send(Ok(()));
        }
    }

    /// Whether a commit happened whose answer was an error: one that was lost on its way over a network says nothing. A
    /// server that is gone is waited for, and no write goes on until it is known.
    async fn was_committed(&mut self) -> bool {
        let Some(transaction) = self.group.as_ref().and_then(|group| group.transaction.clone()) else {
            // A file's answer is never lost.
            return false;
        };
        loop {
            let told = match self.database.mend(&mut self.db).await {
                Ok(_) => outcome(&mut self.db, &transaction).await,
                Err(error) => Err(error),
            };
            match told {
                Ok(Outcome::Committed) => return true,
                Ok(Outcome::Undone) => return false,
                Ok(Outcome::Underway) => {}
                Err(error) => tracing::error!(%error, "Whether writes were committed is not known yet"),
            }
            tokio::time::sleep(ASKING).await;
        }
    }

    /// Undoes the group, and tells all who wait for it.
    async fn fail(&mut self, error: sqlx::Error) {
        tracing::error!(%error, "Writes could not be committed, and are undone");
        // The database may have undone it already, which is an error then.
        _ = self.run("ROLLBACK").await;
        let error = Arc::new(error);
        for told in self.group.take().map(|group| group.waiting).unwrap_or_default() {
            _ = told.send(Err(error.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Store, commit, scratch};
    use super::*;

    async fn open(folder: &tempfile::TempDir) -> Store {
        Store::open(&scratch::address(folder.path()).await.unwrap().parse().unwrap()).await.unwrap()
    }

    async fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        let mut write = store.write().await.unwrap();
        for sql in [
            "CREATE TABLE things (id BIGINT PRIMARY KEY)",
            "CREATE TABLE owned (thing BIGINT REFERENCES things (id) DEFERRABLE INITIALLY DEFERRED)",
        ] {
            sqlx::query(sql).execute(&mut *write).await.unwrap();
        }
        commit(write).await.unwrap();
        (folder, store)
    }

    async fn add(write: &mut Write, id: i64) {
        sqlx::query("INSERT INTO things (id) VALUES ($1)").bind(id).execute(&mut **write).await.unwrap();
    }

    async fn things(store: &Store) -> Vec<i64> {
        let mut db = store.read().await.unwrap();
        sqlx::query_scalar("SELECT id FROM things ORDER BY id").fetch_all(&mut *db).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_hundred_writes_at_once_share_commits_and_are_all_there_in_the_reopened_file() {
        let (folder, store) = store().await;
        let before = store.commits();
        let writes = (0..100).map(|id| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut write = store.write().await.unwrap();
                add(&mut write, id).await;
                commit(write).await.unwrap();
            })
        });
        for write in writes.collect::<Vec<_>>() {
            write.await.unwrap();
        }
        let commits = store.commits() - before;
        assert!(commits < 50, "{commits} commits of 100 writes");
        store.close().await;
        let store = open(&folder).await;
        assert_eq!(things(&store).await, (0..100).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_lone_write_is_committed_at_once_and_seen_by_readers() {
        let (_folder, store) = store().await;
        let mut write = store.write().await.unwrap();
        add(&mut write, 1).await;
        assert!(things(&store).await.is_empty());
        let committed = tokio::time::timeout(Duration::from_secs(5), commit(write)).await;
        committed.unwrap().unwrap();
        assert_eq!(things(&store).await, [1]);
    }

    #[tokio::test]
    async fn a_dropped_write_leaves_nothing_and_its_neighbours_last() {
        let (_folder, store) = store().await;
        let mut first = store.write().await.unwrap();
        add(&mut first, 1).await;
        // They wait for their turn by the time that the first is done.
        let dropped = tokio::spawn({
            let store = store.clone();
            async move { add(&mut store.write().await.unwrap(), 2).await }
        });
        let third = tokio::spawn({
            let store = store.clone();
            async move {
                let mut write = store.write().await.unwrap();
                add(&mut write, 3).await;
                commit(write).await
            }
        });
        tokio::task::yield_now().await;
        commit(first).await.unwrap();
        dropped.await.unwrap();
        third.await.unwrap().unwrap();
        assert_eq!(things(&store).await, [1, 3]);
    }

    #[tokio::test]
    async fn a_write_that_is_called_off_in_the_middle_of_a_statement_leaves_nothing() {
        let (_folder, store) = store().await;
        let mut write = store.write().await.unwrap();
        let long = "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 300000) \
                    INSERT INTO things (id) SELECT id FROM n";
        let cut =
            tokio::time::timeout(Duration::from_millis(1), sqlx::query(long).execute(&mut *write)).await;
        drop(write);
        assert!(cut.is_err(), "it was not cut");
        let mut next = store.write().await.unwrap();
        add(&mut next, 0).await;
        commit(next).await.unwrap();
        assert_eq!(things(&store).await, [0]);
    }

    #[tokio::test]
    async fn when_the_commit_fails_none_of_its_writes_has_happened_and_the_next_goes_well() {
        let (_folder, store) = store().await;
        let mut bad = store.write().await.unwrap();
        add(&mut bad, 1).await;
        // Of a thing that is not there: found out by the commit only.
        sqlx::query("INSERT INTO owned (thing) VALUES (77)").execute(&mut *bad).await.unwrap();
        let good = tokio::spawn({
            let store = store.clone();
            async move {
                let mut write = store.write().await.unwrap();
                add(&mut write, 2).await;
                commit(write).await
            }
        });
        tokio::task::yield_now().await;
        assert!(matches!(commit(bad).await, Err(StoreError::NotCommitted(_))));
        let good = good.await.unwrap();
        // In the same group it fails with it; in the next it does not.
        assert_eq!(things(&store).await, if good.is_ok() { vec![2] } else { vec![] });
        let mut next = store.write().await.unwrap();
        add(&mut next, 3).await;
        commit(next).await.unwrap();
        assert!(things(&store).await.contains(&3));
    }

    #[tokio::test]
    async fn a_client_that_goes_away_before_its_commit_takes_nobody_along() {
        let (_folder, store) = store().await;
        let mut write = store.write().await.unwrap();
        add(&mut write, 1).await;
        let gone = tokio::spawn(commit(write));
        tokio::task::yield_now().await;
        gone.abort();
        let mut next = store.write().await.unwrap();
        add(&mut next, 2).await;
        commit(next).await.unwrap();
        assert!(things(&store).await.contains(&2));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    #[ignore = "only PostgreSQL is reached by connections that can break"]
    async fn when_the_connection_breaks_exactly_the_acknowledged_writes_have_happened() {
        let (_folder, store) = store().await;
        let server = std::env::var("LIVESTALL_SCRATCH_POSTGRES").unwrap();
        let mut breaker = sqlx::PgConnection::connect(&server).await.unwrap();
        let writes = (0..400).map(|id| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut write = store.write().await.ok()?;
                let sql = "INSERT INTO things (id) VALUES ($1)";
                sqlx::query(sql).bind(id).execute(&mut *write).await.ok()?;
                commit(write).await.ok().map(|()| id)
            })
        });
        let writes: Vec<_> = writes.collect();
        for _ in 0..8 {
            let Ok(mut write) = store.write().await else { continue };
            let Ok(process) = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *write).await
            else {
                continue;
            };
            let process: i32 = process;
            drop(write);
            tokio::time::sleep(Duration::from_millis(2)).await;
            let sql = "SELECT pg_terminate_backend($1)";
            sqlx::query(sql).bind(process).execute(&mut breaker).await.unwrap();
        }
        let mut acknowledged: Vec<i64> = Vec::new();
        for write in writes {
            acknowledged.extend(write.await.unwrap());
        }
        acknowledged.sort_unstable();
        assert_eq!(things(&store).await, acknowledged);
        let mut next = store.write().await.unwrap();
        add(&mut next, 1_000).await;
        commit(next).await.unwrap();
        assert!(things(&store).await.contains(&1_000));
    }

    #[tokio::test]
    async fn a_write_that_is_taken_back_goes_on_with_another_and_its_neighbours_last() {
        let (_folder, store) = store().await;
        let mut neighbour = store.write().await.unwrap();
        add(&mut neighbour, 1).await;
        let neighbour = tokio::spawn(commit(neighbour));
        let mut write = store.write().await.unwrap();
        add(&mut write, 2).await;
        let twice = sqlx::query("INSERT INTO things (id) VALUES (1)").execute(&mut *write).await;
        assert!(twice.is_err());
        write.undo().await.unwrap();
        add(&mut write, 3).await;
        commit(write).await.unwrap();
        neighbour.await.unwrap().unwrap();
        assert_eq!(things(&store).await, [1, 3]);
    }

    #[tokio::test]
    async fn a_closed_store_takes_no_more_writes() {
        let (_folder, store) = store().await;
        store.close().await;
        assert!(store.write().await.is_err());
    }
}
