//! PostgreSQL's group commit: transactions commit without waiting for the disk, and one flush serves all that wait. It
//! also numbers the events that they left (see `log`).
//!
//! What must stay true: nobody hears of a commit before a flush that began after it. Others may see the change
//! earlier; if the engine dies in between, it is lost before anybody was told that it is kept. That is why a flush
//! counts only for commits that were sent after its connection was made: an engine that died takes its connections
//! with it.
//!
//! The flush also rings the bell of the other nodes on the same database (NOTIFY, once for each flush, so that it does
//! not queue up transactions behind its lock); the connection that flushes hears theirs.

use crate::{Error, numbering::Numbering};
use std::{
    collections::BTreeMap,
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

/// What somebody waits for, beside the flush.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Nothing,
    /// The position of the last event that was left under a ticket.
    Position(i64),
    /// That nothing is left without a position.
    Complete,
}

struct Waiter {
    since: Epoch,
    wanted: Wanted,
    flushed: Flushed,
}

/// Told the position that was wanted.
type Flushed = Box<dyn FnOnce(Result<Option<i64>, Error>) + Send>;

/// The connection that flushes, and what it knows.
struct Link {
    client: Client,
    numbering: Numbering,
    /// The positions of tickets that were numbered before anybody asked: a commit is seen by others a moment before it is
    /// answered. Other nodes' are among them.
    numbered: BTreeMap<i64, i64>,
}

/// How many positions are kept for who may ask yet; the log has those that are not.
const NUMBERED: usize = 4_096;

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
        // Each statement sees what was committed before it: numbering relies on it. A node that vanishes in its turn must not
        // keep the others from theirs.
        config.options(
            "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed -c enable_seqscan=off -c jit=off \
             -c idle_in_transaction_session_timeout=10s",
        );
        let bell = Arc::new(Notify::new());
        let link = Link::open(&config, &bell).await?;
        let (waiters, waiting) = mpsc::unbounded_channel();
        let epoch = Arc::new(AtomicU64::new(0));
        tokio::spawn(run(config, link, waiting, epoch.clone(), bell.clone()));
        Ok(Self { waiters, epoch, bell })
    }

    /// To be asked before a commit is sent.
    pub fn epoch(&self) -> Epoch {
        Epoch(self.epoch.load(Ordering::SeqCst))
    }

    /// Runs `flushed` when everything that was committed before this call is on the disk, with the position of the last
    /// event under the ticket: one after the other in the order of positions, so it must be quick. There is no position
    /// when another node has numbered the event: then the bell rings, because it is in the log.
    pub async fn flushed<T: Send + 'static>(
        &self,
        since: Epoch,
        ticket: Option<i64>,
        flushed: impl FnOnce(Option<i64>) -> T + Send + 'static,
    ) -> Result<T, Error> {
        self.wait(since, ticket.map_or(Wanted::Nothing, Wanted::Position), flushed).await
    }

    /// Answers when each event that was committed before this call has its position.
    pub async fn complete(&self) -> Result<(), Error> {
        self.wait(self.epoch(), Wanted::Complete, |_| ()).await
    }

    async fn wait<T: Send + 'static>(
        &self,
        since: Epoch,
        wanted: Wanted,
        then: impl FnOnce(Option<i64>) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let flushed: Flushed = Box::new(move |position| {
            // Who went away does not need to know.
            let _ = answer.send(position.map(then));
        });
        self.waiters.send(Waiter { since, wanted, flushed }).map_err(|_| Error::NoAnswer)?;
        answered.await.unwrap_or(Err(Error::NoAnswer))
    }
}

async fn run(
    config: Config,
    mut link: Link,
    mut waiters: mpsc::UnboundedReceiver<Waiter>,
    epoch: Arc<AtomicU64>,
    bell: Arc<Notify>,
) {
    let mut waiting = Vec::new();
    while waiters.recv_many(&mut waiting, usize::MAX).await > 0 {
        let now = Epoch(epoch.load(Ordering::SeqCst));
        let (early, late): (Vec<_>, Vec<_>) = waiting.drain(..).partition(|waiter| link.has_numbered(waiter));
        link.tell(early, now, Ok(()), &bell);
        if late.is_empty() {
            continue;
        }
        let wanted: Vec<_> = late.iter().map(|waiter| waiter.wanted).collect();
        let flushed = link.flush(&wanted).await;
        link.tell(late, now, flushed.clone(), &bell);
        if let Err(error) = flushed {
            tracing::error!(%error, "failed to flush: nobody was told that his change is kept");
            link = open_again(&config, &bell).await;
            epoch.fetch_add(1, Ordering::SeqCst);
        }
    }
}

impl Link {
    async fn open(config: &Config, bell: &Arc<Notify>) -> Result<Self, Error> {
        let client = connect(config, bell).await?;
        Ok(Self { client, numbering: Numbering::default(), numbered: BTreeMap::new() })
    }

    fn has_numbered(&self, waiter: &Waiter) -> bool {
        matches!(waiter.wanted, Wanted::Position(ticket) if self.numbered.contains_key(&ticket))
    }

    /// Flushes, and numbers events when somebody waits for it.
    async fn flush(&mut self, wanted: &[Wanted]) -> Result<(), Error> {
        let number = wanted.iter().any(|wanted| matches!(wanted, Wanted::Position(_)))
            || (wanted.contains(&Wanted::Complete) && self.numbering.is_left(&self.client).await?);
        if number {
            self.numbered.extend(self.numbering.number(&self.client, FLUSH).await?);
        } else if wanted.contains(&Wanted::Nothing) {
            self.client.batch_execute(FLUSH).await?;
        }
        Ok(())
    }

    /// Answers those who waited, in the order of their positions.
    fn tell(&mut self, waiting: Vec<Waiter>, now: Epoch, flushed: Result<(), Error>, bell: &Notify) {
        let mut answers = Vec::with_capacity(waiting.len());
        for waiter in waiting {
            let position = match waiter.wanted {
                Wanted::Position(ticket) => self.numbered.remove(&ticket),
                Wanted::Nothing | Wanted::Complete => None,
            };
            answers.push((position, waiter));
        }
        answers.sort_by_key(|(position, _)| *position);
        for (position, waiter) in answers {
            if waiter.since != now {
                (waiter.flushed)(Err(Error::Unavailable("the connection that flushes was lost".into())));
                continue;
            }
            if position.is_none() && matches!(waiter.wanted, Wanted::Position(_)) {
                bell.notify_one();
            }
            (waiter.flushed)(flushed.clone().map(|()| position));
        }
        while self.numbered.len() > NUMBERED {
            self.numbered.pop_first();
        }
    }
}

async fn open_again(config: &Config, bell: &Arc<Notify>) -> Link {
    loop {
        match Link::open(config, bell).await {
            Ok(link) => return link,
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
