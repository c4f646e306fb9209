//! PostgreSQL: pooled connections, statements pipelined so that a command costs few round trips, one flush for all
//! commits that wait for it (see `flush`).

use crate::{Asked, Error, Row, Sql, Tx, Value, flush::Flusher};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use futures_util::future::{BoxFuture, FutureExt, join_all};
use std::{future::Future, sync::Arc, time::Duration};
use tokio::sync::Notify;
use tokio_postgres::{NoTls, Statement};

const CONNECTIONS: usize = 16;
/// How long a request waits for a free connection before it hears that the database is too busy.
const WAIT: Duration = Duration::from_secs(10);
/// A server that is silent for so long is taken for lost.
const LOST: Duration = Duration::from_secs(5);

pub struct Postgres {
    pool: Pool,
    flusher: Flusher,
}

/// A connection, in a transaction when it writes.
pub struct PostgresTx {
    client: Client,
    /// BEGIN not sent yet: it travels with the first statement.
    begin: bool,
    pending: Vec<Pending>,
    /// Under which the events of this transaction were left.
    ticket: Option<i64>,
    /// A statement failed, so the engine takes no more of this transaction, whatever the command made of it.
    failed: Option<Error>,
    pub(crate) statements: u32,
}

/// A pooled connection that leaves the pool when it is dropped inside a transaction, for example by a panic.
struct Client {
    object: Option<Object>,
    inside: bool,
}

struct Pending {
    statement: Statement,
    params: Vec<Value>,
    expect: Expect,
}

/// What a statement that travels with others is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    Nothing,
    /// That it touched exactly one row.
    OneRow,
    /// The ticket under which events were left, kept for the end.
    Ticket,
}

impl Postgres {
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        if url.contains("sslmode=") && !url.contains("sslmode=disable") && !url.contains("sslmode=prefer") {
            return Err(Error::Unsupported(
                "TLS to PostgreSQL is not supported yet: reach it over a private network, a socket or a tunnel",
            ));
        }
        let mut config = url.parse::<tokio_postgres::Config>().map_err(|_| Error::Address)?;
        // Whatever the role's own settings say: locks rely on each statement seeing what was committed before it.
        // COMMIT itself does not wait for the flush: the flusher does, for many at once.
        // A plan is kept, and one that was made while a table was small would read all of it when it is large: what is
        // asked often has an index.
        config.options(
            "-c synchronous_commit=off -c default_transaction_isolation=read\\ committed -c enable_seqscan=off -c jit=off",
        );
        config.connect_timeout(LOST).tcp_user_timeout(LOST).keepalives_idle(LOST);
        let flusher = Flusher::start(config.clone()).await?;
        let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .build()
            .map_err(Error::other)?;
        let client = pool.get().await?;
        let version: i32 =
            client.query_one("SELECT current_setting('server_version_num')::int", &[]).await?.try_get(0)?;
        if version < 150_000 {
            return Err(Error::other("PostgreSQL 15 or newer is needed"));
        }
        Ok(Self { pool, flusher })
    }

    pub(crate) async fn write<T, U, E, F, C>(&self, command: F, committed: C) -> Result<U, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        C: FnOnce(T, Option<i64>) -> U + Send + 'static,
        T: Send + 'static,
        U: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (pool, flusher) = (self.pool.clone(), self.flusher.clone());
        // A task of its own: a caller that goes away must not leave a connection inside a transaction.
        let written = tokio::spawn(async move {
            let client = pool.get().await.map_err(Error::from)?;
            let mut tx = Tx::Postgres(PostgresTx::new(client, true));
            let result = command(&mut tx).await;
            let Tx::Postgres(mut tx) = tx else { unreachable!("a PostgreSQL command keeps its connection") };
            match result {
                Ok(value) => {
                    let since = flusher.epoch();
                    let written = tx.commit().await?;
                    let ticket = tx.ticket;
                    // The connection serves others while this one waits.
                    drop(tx);
                    if !written {
                        return Ok(committed(value, None));
                    }
                    Ok(flusher.flushed(since, ticket, move |position| committed(value, position)).await?)
                }
                Err(error) => {
                    tx.roll_back().await;
                    Err(error)
                }
            }
        });
        written.await.unwrap_or_else(|_| Err(Error::NoAnswer.into()))
    }

    pub(crate) async fn read<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        E: From<Error>,
    {
        let client = self.pool.get().await.map_err(Error::from)?;
        let mut tx = Tx::Postgres(PostgresTx::new(client, false));
        query(&mut tx).await
    }

    pub(crate) fn bell(&self) -> Arc<Notify> {
        self.flusher.bell.clone()
    }

    pub(crate) async fn complete_log(&self) -> Result<(), Error> {
        self.flusher.complete().await
    }

    pub(crate) async fn batch(&self, text: &str) -> Result<(), Error> {
        Ok(self.pool.get().await?.batch_execute(text).await?)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(object) = self.object.take()
            && self.inside
        {
            drop(Object::take(object));
        }
    }
}

impl std::ops::Deref for Client {
    type Target = Object;

    fn deref(&self) -> &Object {
        match &self.object {
            Some(object) => object,
            None => unreachable!("the connection is there until the drop"),
        }
    }
}

impl PostgresTx {
    fn new(object: Object, begin: bool) -> Self {
        let client = Client { object: Some(object), inside: begin };
        Self { client, begin, pending: Vec::new(), ticket: None, failed: None, statements: 0 }
    }

    pub(crate) async fn query(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, Error> {
        let statement = self.client.prepare_cached(sql.postgres).await?;
        self.query_prepared(statement, params).await
    }

    pub(crate) async fn query_planned(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, Error> {
        // One that is kept gets a plan for whatever values after a few runs.
        let statement = self.client.prepare(sql.postgres).await?;
        self.query_prepared(statement, params).await
    }

    async fn query_prepared(&mut self, statement: Statement, params: &[Value]) -> Result<Vec<Row>, Error> {
        self.statements += 1;
        let params = references(params);
        let client = &self.client;
        let (pending, begin) = (std::mem::take(&mut self.pending), std::mem::take(&mut self.begin));
        let sent = pipelined(client, begin, &pending, async { Ok(client.query(&statement, &params).await?) }).await;
        let rows = self.note(sent)?;
        Ok(rows.into_iter().map(Row::Postgres).collect())
    }

    pub(crate) async fn both(&mut self, first: Asked<'_>, second: Asked<'_>) -> Result<(Vec<Row>, Vec<Row>), Error> {
        self.statements += 2;
        let statements =
            (self.client.prepare_cached(first.0.postgres).await?, self.client.prepare_cached(second.0.postgres).await?);
        let params = (references(first.1), references(second.1));
        let client = &self.client;
        let (pending, begin) = (std::mem::take(&mut self.pending), std::mem::take(&mut self.begin));
        let asked = async {
            let first = client.query(&statements.0, &params.0);
            let second = client.query(&statements.1, &params.1);
            let (first, second) = tokio::join!(biased; first, second);
            Ok((first?, second?))
        };
        let sent = pipelined(client, begin, &pending, asked).await;
        let (first, second) = self.note(sent)?;
        let rows = |rows: Vec<_>| rows.into_iter().map(Row::Postgres).collect();
        Ok((rows(first), rows(second)))
    }

    pub(crate) async fn execute(&mut self, sql: &'static Sql, params: &[Value]) -> Result<u64, Error> {
        self.statements += 1;
        let statement = self.client.prepare_cached(sql.postgres).await?;
        let params = references(params);
        let client = &self.client;
        let (pending, begin) = (std::mem::take(&mut self.pending), std::mem::take(&mut self.begin));
        let sent = pipelined(client, begin, &pending, async { Ok(client.execute(&statement, &params).await?) }).await;
        self.note(sent)
    }

    pub(crate) async fn put(&mut self, sql: &'static Sql, params: Vec<Value>, expect: Expect) -> Result<(), Error> {
        self.statements += 1;
        let statement = self.client.prepare_cached(sql.postgres).await?;
        self.pending.push(Pending { statement, params, expect });
        Ok(())
    }

    pub(crate) async fn prepare(&mut self, sql: &'static Sql) -> Result<(), Error> {
        self.client.prepare(sql.postgres).await?;
        Ok(())
    }

    pub(crate) async fn batch(&mut self, text: &str) -> Result<(), Error> {
        let client = &self.client;
        let (pending, begin) = (std::mem::take(&mut self.pending), std::mem::take(&mut self.begin));
        let sent = pipelined(client, begin, &pending, async { Ok(client.batch_execute(text).await?) }).await;
        self.note(sent)
    }

    /// Answers whether there was anything to commit.
    async fn commit(&mut self) -> Result<bool, Error> {
        if self.pending.iter().any(|pending| pending.expect == Expect::OneRow) {
            // COMMIT must not travel before the counts are seen. A failure is noted.
            self.batch("").await.ok();
        }
        if let Some(error) = self.failed.take() {
            // COMMIT would answer well and roll back.
            self.client.inside = self.client.batch_execute("ROLLBACK").await.is_err();
            return Err(error);
        }
        // When nothing was asked, nothing was begun.
        let written = !self.begin || !self.pending.is_empty();
        if written {
            // A failed statement before it turns COMMIT into a roll-back; its own error is what comes back here.
            self.batch("COMMIT").await?;
        }
        self.client.inside = false;
        Ok(written)
    }

    fn note<T>(&mut self, sent: Result<(Option<i64>, T), Error>) -> Result<T, Error> {
        let (ticket, answer) = sent.inspect_err(|error| self.failed = Some(error.clone()))?;
        self.ticket = ticket.or(self.ticket);
        Ok(answer)
    }

    async fn roll_back(mut self) {
        self.client.inside = !self.begin && self.client.batch_execute("ROLLBACK").await.is_err();
    }
}

fn references(params: &[Value]) -> Vec<&(dyn tokio_postgres::types::ToSql + Sync)> {
    params.iter().map(|value| value as _).collect()
}

/// Sends BEGIN when it is due, the pending statements and `last` in this order without waiting in between:
/// the driver writes requests in the order in which their futures are first polled. Answers the ticket, and what
/// `last` answered; the first failure in order wins.
async fn pipelined<T>(
    client: &Client,
    begin: bool,
    pending: &[Pending],
    last: impl Future<Output = Result<T, Error>> + Send,
) -> Result<(Option<i64>, T), Error>
where
    T: Send,
{
    let begun = async { if begin { client.batch_execute("BEGIN").await } else { Ok(()) } };
    let sent = join_all(pending.iter().map(|pending| {
        async move {
            let params = references(&pending.params);
            if pending.expect == Expect::Ticket {
                let row = client.query_one(&pending.statement, &params).await?;
                return Ok::<_, Error>(Some(row.try_get::<_, i64>("ticket")?));
            }
            let touched = client.execute(&pending.statement, &params).await?;
            if pending.expect == Expect::OneRow && touched != 1 { Err(Error::Moved) } else { Ok(None) }
        }
        .boxed()
    }));
    let (begun, sent, last) = tokio::join!(biased; begun, sent, last);
    begun?;
    let mut ticket = None;
    for drawn in sent {
        ticket = drawn?.or(ticket);
    }
    Ok((ticket, last?))
}
