//! SQLite: one writer thread with group commit, a few reading connections, a checkpoint thread.

use crate::{Error, Row, Sql, Tx, Value};
use futures_util::future::BoxFuture;
use rusqlite::{Connection, OpenFlags};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
    task::{Context, Poll, Waker},
    thread,
    time::{Duration, Instant},
};
use tokio::sync::{Semaphore, oneshot};

/// The oldest SQLite without the WAL-reset corruption bug of 3.7.0 to 3.51.2 (sqlite.org, 3.51.3).
const OLDEST_VERSION: i32 = 3_051_003;
/// How many commands one commit may carry.
const GROUP_COMMANDS: usize = 512;
/// How long a group may gather before it commits.
const GROUP_WORK: Duration = Duration::from_millis(4);
/// Commands that may wait for the writer; beyond, callers hear that the database is too busy.
const QUEUE_COMMANDS: usize = 16_384;
const READERS: usize = 4;
const STATEMENT_CACHE: usize = 256;
/// The WAL is moved into the database file when it has grown by this many bytes, looked at this often.
const CHECKPOINT_BYTES: u64 = 8 * 1024 * 1024;
const RESTART_BYTES: u64 = 64 * 1024 * 1024;
const CHECKPOINT_EVERY: Duration = Duration::from_millis(500);
/// Memory for pages: the writer's, and each reader's, in KiB.
const WRITER_CACHE_KIB: i64 = 16_384;
const READER_CACHE_KIB: i64 = 8_192;

/// Tells the caller how it ended, after the commit or the roll-back.
type Answer = Box<dyn FnOnce(Result<(), Error>) + Send>;
/// Runs on the writer; given an error instead, it only tells its caller.
type Command = Box<dyn FnOnce(Result<&mut Tx, Error>) -> Outcome + Send>;

struct Outcome {
    /// Whether the command's changes stay.
    keep: bool,
    answer: Answer,
}

pub struct Sqlite {
    writer: mpsc::SyncSender<Command>,
    readers: Arc<Mutex<Vec<Link>>>,
    places: Arc<Semaphore>,
    path: PathBuf,
}

/// A connection, with the column names of the statements it has run: SQLite would copy each name for every query.
struct Link {
    connection: Connection,
    columns: HashMap<StatementAddress, Arc<[Box<str>]>>,
}

/// Where a statement's text lies, and its length: texts are `'static`, so this names one.
type StatementAddress = (usize, usize);

/// The connection lent to one command or one read.
pub struct SqliteTx {
    link: Link,
    /// Of the last event that was logged.
    pub(crate) position: Option<i64>,
    /// A statement failed: PostgreSQL takes nothing more of such a transaction, so nothing of it is kept here either.
    failed: Option<Error>,
    pub(crate) statements: u32,
}

impl Sqlite {
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        if rusqlite::version_number() < OLDEST_VERSION {
            return Err(Error::other(format!("SQLite {} is too old, 3.51.3 is needed", rusqlite::version())));
        }
        let writer = Link::open(path, OpenFlags::default(), WRITER_CACHE_KIB)?;
        let mode: String = writer.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(Error::other(format!("write-ahead log refused, the journal mode stayed {mode}")));
        }
        // FULL flushes at every commit; NORMAL would lose acknowledged messages at a power cut.
        writer.connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 16777216;",
        )?;
        let synchronous: i64 = writer.connection.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
        if synchronous != 2 {
            return Err(Error::other("synchronous = FULL was not accepted"));
        }
        let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let readers =
            (0..READERS).map(|_| Link::open(path, read_only, READER_CACHE_KIB)).collect::<Result<Vec<_>, _>>()?;
        let (sender, queue) = mpsc::sync_channel(QUEUE_COMMANDS);
        let log = wal_path(path);
        spawn("sapa-writer", move || write_groups(writer, &queue, &log))?;
        let readers = Arc::new(Mutex::new(readers));
        let checkpointer = connect(path, OpenFlags::default(), READER_CACHE_KIB)?;
        checkpointer.execute_batch("PRAGMA wal_autocheckpoint = 0;")?;
        let (alive, wal) = (Arc::downgrade(&readers), wal_path(path));
        spawn("sapa-checkpoint", move || {
            // Upgrading holds nothing: the thread ends with the database it serves.
            while alive.strong_count() > 0 {
                thread::sleep(CHECKPOINT_EVERY);
                checkpoint(&checkpointer, &wal, CHECKPOINT_BYTES);
            }
        })?;
        Ok(Self { writer: sender, readers, places: Semaphore::new(READERS).into(), path: path.into() })
    }

    pub(crate) async fn write<T, U, E, F, C>(&self, command: F, committed: C) -> Result<U, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        C: FnOnce(T, Option<i64>) -> U + Send + 'static,
        T: Send + 'static,
        U: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let command: Command = Box::new(move |tx| {
            let (result, position) = match tx {
                Ok(tx) => {
                    let result = poll_once(command(tx));
                    let Tx::Sqlite(tx) = tx else { unreachable!("the writer lends its own connection") };
                    let whole = tx.failed.take().map_or(Ok(()), |error| Err(error.into()));
                    (result.and_then(|value| whole.map(|()| value)), tx.position)
                }
                Err(error) => (Err(error.into()), None),
            };
            let keep = result.is_ok();
            let finish = move |commit: Result<(), Error>| {
                let result = match (result, commit) {
                    (Ok(value), Ok(())) => Ok(committed(value, position)),
                    (Err(error), _) => Err(error),
                    (Ok(_), Err(error)) => Err(error.into()),
                };
                // The caller may have gone away: the change stands all the same.
                let _ = answer.send(result);
            };
            Outcome { keep, answer: Box::new(finish) }
        });
        match self.writer.try_send(command) {
            Ok(()) => answered.await.unwrap_or_else(|_| Err(Error::NoAnswer.into())),
            Err(_) => Err(Error::Unavailable("the writer's queue is full".into()).into()),
        }
    }

    pub(crate) async fn read<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let place = self.places.clone().acquire_owned().await.map_err(Error::other)?;
        let readers = self.readers.clone();
        let result = tokio::task::spawn_blocking(move || {
            let link = lock(&readers).pop().ok_or_else(|| Error::other("no reader is free"))?;
            let mut tx = Tx::Sqlite(SqliteTx::new(link));
            let result = catch_unwind(AssertUnwindSafe(|| poll_once(query(&mut tx))));
            if let Tx::Sqlite(tx) = tx {
                lock(&readers).push(tx.link);
            }
            drop(place);
            result.unwrap_or_else(|_| Err(Error::NoAnswer.into()))
        });
        result.await.unwrap_or_else(|error| Err(Error::other(error).into()))
    }

    pub(crate) async fn batch(&self, text: &'static str) -> Result<(), Error> {
        self.write(move |tx| Box::pin(async move { tx.batch(text).await }), |(), _| ()).await
    }

    pub(crate) async fn settle(&self) -> Result<(), Error> {
        let path = self.path.clone();
        let settled = tokio::task::spawn_blocking(move || {
            let connection = connect(&path, OpenFlags::default(), READER_CACHE_KIB)?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        });
        settled.await.map_err(Error::other)?
    }

    pub(crate) async fn backup_to(&self, path: PathBuf) -> Result<(), Error> {
        let from = self.path.clone();
        let copied = tokio::task::spawn_blocking(move || {
            let source = connect(&from, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX, 2_048)?;
            // VACUUM INTO reads one snapshot and writes a compact, checked copy; the writer goes on meanwhile.
            source.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
            Ok(())
        });
        copied.await.map_err(Error::other)?
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    thread::Builder::new().name(name.into()).spawn(work).map(drop).map_err(Error::other)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn connect(path: &Path, flags: OpenFlags, cache_kib: i64) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    // Without the planner's stability guarantee, SQLite compiles a statement anew whenever a value is bound to an
    // indexed column (sqlite.org, sqlite3_prepare_v3, with STAT4): most of the writer's time, and its plans for
    // statements of ours depend on the text only.
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch(&format!("PRAGMA cache_size = -{cache_kib}; PRAGMA foreign_keys = OFF;"))?;
    Ok(connection)
}

fn wal_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn checkpoint(connection: &Connection, wal: &Path, from_bytes: u64) {
    if std::fs::metadata(wal).map_or(0, |file| file.len()) < from_bytes {
        return;
    }
    let moved = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    if let Err(error) = moved {
        tracing::warn!(%error, "failed to move the write-ahead log into the database");
    }
}

/// The writer: takes whatever queued while the last commit ran, with no timer, so that a lone command waits
/// for nobody and a crowd shares one flush.
fn write_groups(mut link: Link, queue: &mpsc::Receiver<Command>, wal: &Path) {
    let mut looked_at = Instant::now();
    while let Ok(first) = queue.recv() {
        if looked_at.elapsed() > CHECKPOINT_EVERY {
            looked_at = Instant::now();
            // The checkpoint thread never meets the end of a log that grows meanwhile. Here nothing is written, the
            // log is moved to its end, and the next change begins it anew.
            checkpoint(&link.connection, wal, RESTART_BYTES);
        }
        let (returned, answers, commit) = write_group(link, first, queue);
        link = returned;
        let failure = commit.err();
        for answer in answers {
            answer(failure.clone().map_or(Ok(()), Err));
        }
    }
}

fn write_group(
    mut link: Link,
    first: Command,
    queue: &mpsc::Receiver<Command>,
) -> (Link, Vec<Answer>, Result<(), Error>) {
    let started = Instant::now();
    let mut answers = Vec::new();
    if let Err(error) = run(&link.connection, "BEGIN IMMEDIATE") {
        tracing::error!(%error, "failed to begin a group of changes");
        return (link, vec![first(Err(error.clone())).answer], Err(error));
    }
    let mut next = Some(first);
    while let Some(command) = next {
        let (returned, answer) = run_command(link, command);
        link = returned;
        answers.extend(answer);
        if link.connection.is_autocommit() {
            // SQLite itself rolled the whole group back, for example on a full disk: nobody's change stands.
            return (link, answers, Err(Error::Full));
        }
        if answers.len() >= GROUP_COMMANDS || started.elapsed() > GROUP_WORK {
            break;
        }
        next = queue.try_recv().ok();
    }
    let commit = run(&link.connection, "COMMIT").inspect_err(|error| {
        tracing::error!(%error, "failed to commit a group of changes");
        let _ = run(&link.connection, "ROLLBACK");
    });
    (link, answers, commit)
}

/// One command inside its own savepoint: its failure or panic takes back its changes and nobody else's.
/// Answers what is still to be said after the commit.
fn run_command(link: Link, command: Command) -> (Link, Option<Answer>) {
    if let Err(error) = run(&link.connection, "SAVEPOINT command") {
        tracing::error!(%error, "failed to begin a change");
        let refused = command(Err(error)).answer;
        refused(Ok(()));
        return (link, None);
    }
    let mut tx = Tx::Sqlite(SqliteTx::new(link));
    let outcome = catch_unwind(AssertUnwindSafe(|| command(Ok(&mut tx)))).ok();
    let Tx::Sqlite(SqliteTx { link, .. }) = tx else { unreachable!("a SQLite command keeps its connection") };
    match outcome {
        Some(Outcome { keep: true, answer }) => match run(&link.connection, "RELEASE command") {
            Ok(()) => (link, Some(answer)),
            Err(error) => {
                answer(Err(error));
                (link, None)
            }
        },
        other => {
            let undone =
                run(&link.connection, "ROLLBACK TO command").and_then(|()| run(&link.connection, "RELEASE command"));
            if let Err(error) = undone {
                tracing::error!(%error, "failed to take back a refused change");
            }
            if let Some(Outcome { answer, .. }) = other {
                answer(Ok(()));
            }
            (link, None)
        }
    }
}

fn run(connection: &Connection, text: &str) -> Result<(), Error> {
    connection.prepare_cached(text)?.execute([])?;
    Ok(())
}

/// Drives a future that can only await this module's own statements, which are ready at once.
fn poll_once<T, E: From<Error>>(mut future: BoxFuture<'_, Result<T, E>>) -> Result<T, E> {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => Err(Error::ForeignAwait.into()),
    }
}

impl Link {
    fn open(path: &Path, flags: OpenFlags, cache_kib: i64) -> Result<Self, Error> {
        Ok(Self { connection: connect(path, flags, cache_kib)?, columns: HashMap::new() })
    }

    fn query(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, Error> {
        let Self { connection, columns } = self;
        let mut statement = connection.prepare_cached(sql.sqlite)?;
        let columns = columns
            .entry((sql.sqlite.as_ptr().addr(), sql.sqlite.len()))
            .or_insert_with(|| statement.column_names().map(Box::from).collect());
        let mut rows = statement.query(rusqlite::params_from_iter(params))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let values = (0..columns.len())
                .map(|index| Value::from_sqlite(row.get_ref(index)?))
                .collect::<Result<Vec<_>, _>>()?;
            found.push(Row::Sqlite { columns: columns.clone(), values });
        }
        Ok(found)
    }

    fn execute(&mut self, sql: &'static Sql, params: &[Value]) -> Result<u64, Error> {
        let changed = self.connection.prepare_cached(sql.sqlite)?.execute(rusqlite::params_from_iter(params))?;
        Ok(changed as u64)
    }
}

impl SqliteTx {
    fn new(link: Link) -> Self {
        Self { link, position: None, failed: None, statements: 0 }
    }

    pub(crate) fn query(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, Error> {
        self.statements += 1;
        self.link.query(sql, params).inspect_err(|error| self.failed = Some(error.clone()))
    }

    pub(crate) fn execute(&mut self, sql: &'static Sql, params: &[Value]) -> Result<u64, Error> {
        self.statements += 1;
        self.link.execute(sql, params).inspect_err(|error| self.failed = Some(error.clone()))
    }

    pub(crate) fn prepare(&mut self, sql: &'static Sql) -> Result<(), Error> {
        self.link.connection.prepare(sql.sqlite)?;
        Ok(())
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<(), Error> {
        self.link.connection.execute_batch(text)?;
        Ok(())
    }
}
