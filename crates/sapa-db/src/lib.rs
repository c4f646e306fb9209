//! One query layer over SQLite and PostgreSQL: one SQL text, one body of code, two engines.
//!
//! What must stay true: `Db::write` answers only after the commit is flushed; on SQLite one thread owns the
//! only writing connection and commits what queued meanwhile as one group; events are numbered without gaps (`log`);
//! times are integer milliseconds UTC, ids 16 bytes, JSON text, on both engines.
//! Absent on purpose: anything of the product, query builders, mapping to structs.

mod error;
mod flush;
mod log;
mod migrate;
mod numbering;
mod postgres;
mod row;
mod sql;
mod sqlite;
mod value;

use futures_util::future::BoxFuture;
use postgres::Expect;
use std::sync::Arc;
use tokio::sync::Notify;

pub use error::Error;
#[doc(hidden)]
pub use linkme;
pub use log::NewEvent;
pub use migrate::{Migration, applied, migrate};
pub use row::Row;
pub use sql::{STATEMENTS, Sql, twin};
pub use uuid::Uuid;
pub use value::{FromValue, Value};

/// The engine behind a [`Db`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A database, cheap to clone.
#[derive(Clone)]
pub enum Db {
    Sqlite(Arc<sqlite::Sqlite>),
    Postgres(Arc<postgres::Postgres>),
}

/// An open transaction (or, from [`Db::read`], a connection that only reads).
pub enum Tx {
    Sqlite(sqlite::SqliteTx),
    Postgres(postgres::PostgresTx),
}

impl Db {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self, Error> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = std::path::PathBuf::from(path);
            let opened = tokio::task::spawn_blocking(move || sqlite::Sqlite::open(&path)).await;
            return Ok(Self::Sqlite(Arc::new(opened.map_err(Error::other)??)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(Arc::new(postgres::Postgres::open(url).await?)));
        }
        Err(Error::Address)
    }

    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs `command` in one transaction and answers after its commit is durable. An `Err` of the command
    /// rolls its changes back and nothing else; so does a statement that failed, whatever the command made of it.
    /// `committed` runs right after the commit, those of one flush in the order of positions; it gets the value and the
    /// position of the last event of [`Tx::log`], when there was one and no other node has numbered it, and must be quick.
    ///
    /// On SQLite the command runs on the writer thread and may await nothing but this transaction.
    /// A caller that goes away does not cut a command in half.
    pub async fn write<T, U, E, F, C>(&self, command: F, committed: C) -> Result<U, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        C: FnOnce(T, Option<i64>) -> U + Send + 'static,
        T: Send + 'static,
        U: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.write(command, committed).await,
            Self::Postgres(postgres) => postgres.write(command, committed).await,
        }
    }

    /// Rung soon after another process committed to the same database. An embedded database has one process: never.
    pub fn bell(&self) -> Arc<Notify> {
        match self {
            Self::Sqlite(_) => Arc::default(),
            Self::Postgres(postgres) => postgres.bell(),
        }
    }

    /// Sees to it that each event that was committed has its position, also what a node left that died. An embedded
    /// database numbers with the commit.
    pub async fn complete_log(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(postgres) => postgres.complete_log().await,
        }
    }

    /// Runs `query` on a connection that cannot write.
    pub async fn read<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.read(query).await,
            Self::Postgres(postgres) => postgres.read(query).await,
        }
    }

    /// Refreshes the planner's statistics: after migrations, imports and restores (without them the same
    /// keyset page was measured at 33 ms instead of 0.04 ms).
    pub async fn analyze(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(sqlite) => sqlite.batch("ANALYZE").await,
            Self::Postgres(postgres) => postgres.batch("ANALYZE").await,
        }
    }

    /// Moves what the write-ahead log holds into the database file and empties the log: after bulk work, which lets
    /// it grow, and at a stop, so that the next start finds nothing to go through. PostgreSQL minds its own.
    pub async fn settle(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(sqlite) => sqlite.settle().await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Copies the embedded database into a new file while it is in use (SQLite's online backup).
    pub async fn backup_to(&self, path: std::path::PathBuf) -> Result<(), Error> {
        match self {
            Self::Sqlite(sqlite) => sqlite.backup_to(path).await,
            Self::Postgres(_) => Err(Error::Unsupported("use pg_dump or base backups for PostgreSQL")),
        }
    }
}

/// A statement and its values.
pub type Asked<'v> = (&'static Sql, &'v [Value]);

impl Tx {
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows.
    pub async fn query(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, Error> {
        match self {
            Self::Sqlite(tx) => tx.query(sql, params),
            Self::Postgres(tx) => tx.query(sql, params).await,
        }
    }

    /// The first row, if any.
    pub async fn first(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.query(sql, params).await?.into_iter().next())
    }

    /// All rows of a query whose best plan depends on its values, such as the words of a search: PostgreSQL plans it anew
    /// each time, at the price of a round trip.
    pub async fn query_planned(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, Error> {
        match self {
            Self::Sqlite(tx) => tx.query(sql, params),
            Self::Postgres(tx) => tx.query_planned(sql, params).await,
        }
    }

    /// The rows of two queries, the second asked after the first: on PostgreSQL in one round trip, where the second
    /// sees what was committed while the first waited for a lock.
    pub async fn both(&mut self, first: Asked<'_>, second: Asked<'_>) -> Result<(Vec<Row>, Vec<Row>), Error> {
        match self {
            Self::Sqlite(tx) => Ok((tx.query(first.0, first.1)?, tx.query(second.0, second.1)?)),
            Self::Postgres(tx) => tx.both(first, second).await,
        }
    }

    /// Runs a change and answers how many rows it touched.
    pub async fn execute(&mut self, sql: &'static Sql, params: &[Value]) -> Result<u64, Error> {
        match self {
            Self::Sqlite(tx) => tx.execute(sql, params),
            Self::Postgres(tx) => tx.execute(sql, params).await,
        }
    }

    /// Runs a change whose result nobody needs. On PostgreSQL it travels with the next statement or with the
    /// commit, in order: one round trip instead of one for each. Its failure fails the transaction.
    pub async fn put(&mut self, sql: &'static Sql, params: Vec<Value>) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.execute(sql, &params).map(drop),
            Self::Postgres(tx) => tx.put(sql, params, Expect::Nothing).await,
        }
    }

    /// Like [`Tx::put`], for a change that must touch exactly one row: another count fails the transaction with
    /// [`Error::Moved`].
    pub async fn put_one(&mut self, sql: &'static Sql, params: Vec<Value>) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => {
                if tx.execute(sql, &params)? == 1 {
                    Ok(())
                } else {
                    Err(Error::Moved)
                }
            }
            Self::Postgres(tx) => tx.put(sql, params, Expect::OneRow).await,
        }
    }

    /// How many statements this transaction has asked for so far.
    pub fn statements(&self) -> u32 {
        match self {
            Self::Sqlite(tx) => tx.statements,
            Self::Postgres(tx) => tx.statements,
        }
    }

    /// Prepares a statement without running it: how the tests prove that both engines take every text.
    pub async fn prepare(&mut self, sql: &'static Sql) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.prepare(sql),
            Self::Postgres(tx) => tx.prepare(sql).await,
        }
    }

    /// Runs fixed text of several statements; only migrations and test set-up use it.
    pub async fn batch(&mut self, text: &str) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.batch(text),
            Self::Postgres(tx) => tx.batch(text).await,
        }
    }
}

/// The values of a statement in the order of `$1 …`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { Vec::<$crate::Value>::from([$($crate::Value::from($value)),*]) };
}
