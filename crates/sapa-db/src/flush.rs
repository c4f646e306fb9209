//! PostgreSQL's group commit: transactions commit without waiting for the disk, and one flush serves all that wait.
//!
//! Positions of events follow the order of commits, so every transaction holds the row that counts them until it
//! ends. Were the flush inside it, one flush could serve one transaction only.
//! What must stay true: nobody hears of a commit before a flush that began after it. Others may see the change
//! earlier; if the engine dies in between, it is lost before anybody was told that it is kept. That is why a flush
//! counts only for commits that were sent after its connection was made: an engine that died takes its connections
//! with it.
//!
//! The flush also rings the bell of the other nodes on the same database (NOTIFY, once for each flush, so that it does
//! not queue up transactions behind its lock); the connection that flushes hears theirs.

use crate::Error;
use std::{
    future::poll_fn,
    sync::{
        Arc,
        atomic::{AtomicI32, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio_postgres::{AsyncMessage, Client, Config, NoTls};

/// A commit that writes something waits for the log up to its end, and so for all commits before it; also for
/// synchronous standbys. (postgresql.org, "Asynchronous Commit" and pg_logical_emit_message, which any role may call
/// at any wal_level.)
const FLUSH: &str = "SELECT pg_logical_emit_message(true, 'sapa', ''), pg_notify('sapa', '')";
const CONNECT_EVERY: Duration = Duration::from_millis(200);

/// Which of its connections, one after the other, the flusher had when a commit was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Epoch(u64);

struct Waiter {
    since: Epoch,
    flushed: oneshot::Sender<Result<(), Error>>,
}

#[derive(Clone)]
pub struct Flusher {
    waiters: mpsc::UnboundedSender<Waiter>,
    epoch: Arc<AtomicU64>,
    /// Rung when another node has flushed something.
    pub bell: Arc<Notify>,
}

impl Flusher {
    /// Connects and starts the task, which ends with the last clone.
    pub async fn start(mut config: Config) -> Result<Self, Error> {
        config.options("-c synchronous_commit=on");
        let bell = Arc::new(Notify::new());
        let client = connect(&config, &bell).await?;
        let (waiters, waiting) = mpsc::unbounded_channel();
        let epoch = Arc::new(AtomicU64::new(0));
        tokio::spawn(run(config, client, waiting, epoch.clone(), bell.clone()));
        Ok(Self { waiters, epoch, bell })
    }

    /// To be asked before a commit is sent.
    pub fn epoch(&self) -> Epoch {
        Epoch(self.epoch.load(Ordering::SeqCst))
    }

    /// Answers when everything that was committed before this call is on the disk.
    pub async fn flushed(&self, since: Epoch) -> Result<(), Error> {
        let (flushed, answer) = oneshot::channel();
        self.waiters.send(Waiter { since, flushed }).map_err(|_| Error::NoAnswer)?;
        answer.await.unwrap_or(Err(Error::NoAnswer))
    }
}

async fn run(
    config: Config,
    mut client: Client,
    mut waiters: mpsc::UnboundedReceiver<Waiter>,
    epoch: Arc<AtomicU64>,
    bell: Arc<Notify>,
) {
    let mut waiting = Vec::new();
    while waiters.recv_many(&mut waiting, usize::MAX).await > 0 {
        let now = Epoch(epoch.load(Ordering::SeqCst));
        let flushed = client.batch_execute(FLUSH).await.map_err(Error::from);
        for waiter in waiting.drain(..) {
            let lost = || Err(Error::Unavailable("the connection that flushes was lost".into()));
            // Who went away does not need to know.
            let _ = waiter.flushed.send(if waiter.since == now { flushed.clone() } else { lost() });
        }
        if let Err(error) = flushed {
            tracing::error!(%error, "failed to flush: nobody was told that his change is kept");
            client = connect_again(&config, &bell).await;
            epoch.fetch_add(1, Ordering::SeqCst);
        }
    }
}

async fn connect_again(config: &Config, bell: &Arc<Notify>) -> Client {
    loop {
        match connect(config, bell).await {
            Ok(client) => return client,
            Err(error) => tracing::warn!(%error, "the database is not available"),
        }
        tokio::time::sleep(CONNECT_EVERY).await;
    }
}

async fn connect(config: &Config, bell: &Arc<Notify>) -> Result<Client, Error> {
    let (client, mut connection) = config.connect(NoTls).await?;
    let (rings, own) = (bell.clone(), Arc::new(AtomicI32::new(0)));
    let of_this_node = own.clone();
    tokio::spawn(async move {
        // The connection ends with its client.
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(rung) = message
                && rung.process_id() != of_this_node.load(Ordering::Relaxed)
            {
                rings.notify_one();
            }
        }
    });
    let row = client.query_one("SELECT pg_backend_pid()", &[]).await?;
    own.store(row.try_get(0)?, Ordering::Relaxed);
    client.batch_execute("LISTEN sapa").await?;
    // While there was no connection, others may have rung.
    bell.notify_one();
    Ok(client)
}
