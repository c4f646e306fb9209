//! The app: what outlives a request. No global state: two apps live in one test process.

use crate::{
    Attendance, Audience, Authenticate, Caller, Clock, Countries, Credentials, EventKind, Feature, Follow, JobKind,
    Keys, Metrics, Presence, Problem, Random, SocketFrame, ThrottleKind, Tx, callers::Callers, job::Lane, stream::Hub,
    throttle::Throttle,
};
use blobs::Blobs;
use db::Db;
use futures_util::{FutureExt, TryFutureExt, future::BoxFuture};
use ids::WorkspaceId;
use ipnet::IpNet;
use outbound::Outbound;
use std::{
    any::Any,
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

/// How long a command or a query may take, its wait for its turn included.
const ANSWER_WAIT: Duration = Duration::from_secs(30);

/// What the program gives to [`App::new`].
pub struct AppParts {
    pub db: Db,
    pub blobs: Blobs,
    pub clock: Clock,
    pub random: Random,
    /// The address under which browsers reach the server, without a slash at the end, when it is configured.
    pub public_url: Option<String>,
    /// Proxies whose word about the client's address is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// The only way to other systems.
    pub outbound: Outbound,
    /// What secrets of others are sealed with.
    pub keys: Keys,
    /// How many jobs this node works on at once, usually [`crate::JOB_WORKERS`]; with 0 they wait for other
    /// nodes, or for a test that calls [`crate::run_due_jobs`].
    pub job_workers: usize,
    /// In which countries addresses are.
    pub countries: Countries,
    /// Settings of throttles by name; the others keep their features' numbers.
    pub throttles: HashMap<String, u32>,
}

/// Commands and queries of any type behind one type: what is generic is compiled anew for each use, and the two
/// engines are too much to repeat for every handler.
type Packed = Box<dyn for<'t, 'a> FnOnce(&'t mut Tx<'a>) -> BoxFuture<'t, Result<Value, Problem>> + Send>;
type Value = Box<dyn Any + Send>;

fn packed<T, F>(work: F) -> Packed
where
    F: for<'t, 'a> FnOnce(&'t mut Tx<'a>) -> BoxFuture<'t, Result<T, Problem>> + Send + 'static,
    T: Send + 'static,
{
    Box::new(|tx| work(tx).map_ok(|value| Box::new(value) as Value).boxed())
}

fn unpacked<T: 'static>(value: Value) -> Result<T, Problem> {
    let value = value.downcast::<T>().map_err(|_| anyhow::anyhow!("a command answered with another type"))?;
    Ok(*value)
}

/// Nobody waits for a database that hangs; a change that was sent to it may still come about.
async fn in_time<T>(answer: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let late = |_| Problem::from(db::Error::Unavailable("no answer in time".into()));
    tokio::time::timeout(ANSWER_WAIT, answer).await.map_err(late)?
}

/// Cheap to clone; every clone is the same app.
#[derive(Clone)]
pub struct App(Arc<Inner>);

pub struct Inner {
    pub db: Db,
    pub blobs: Blobs,
    pub clock: Clock,
    pub random: Random,
    pub public_url: Option<String>,
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub outbound: Outbound,
    pub keys: Keys,
    pub countries: Countries,
    pub metrics: Metrics,
    pub hub: Hub,
    pub(crate) authenticators: Vec<Authenticate>,
    pub(crate) events: HashMap<&'static str, &'static EventKind>,
    pub(crate) jobs: HashMap<&'static str, (&'static JobKind, Lane)>,
    pub(crate) follows: Vec<Follow>,
    pub(crate) frames: HashMap<&'static str, SocketFrame>,
    pub(crate) presences: Vec<Presence>,
    pub(crate) attendances: Vec<Attendance>,
    throttles: HashMap<&'static str, Throttle>,
    pub(crate) job_bells: [Notify; Lane::ALL.len()],
    pub(crate) callers: Callers,
    stopping: AtomicBool,
    pub(crate) stop_bell: Notify,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Puts the features' parts together and starts the event stream. Must run inside a Tokio runtime.
    pub fn new(parts: AppParts, features: &[Feature]) -> Self {
        let metrics = Metrics::new();
        let (hub, work) = Hub::new(metrics.clone());
        let app = Self(Arc::new(Inner {
            db: parts.db,
            blobs: parts.blobs,
            clock: parts.clock,
            random: parts.random,
            public_url: parts.public_url,
            trusted_proxies: parts.trusted_proxies,
            outbound: parts.outbound,
            keys: parts.keys,
            countries: parts.countries,
            metrics,
            hub,
            authenticators: features.iter().filter_map(|feature| feature.authenticate).collect(),
            events: features.iter().flat_map(|f| f.events).map(|kind| (kind.name, *kind)).collect(),
            jobs: features
                .iter()
                .flat_map(|f| {
                    let inside = f.jobs.iter().map(|kind| (kind.name, (*kind, Lane::Inside)));
                    let outside = f.outside_jobs.iter().map(|kind| (kind.name, (*kind, Lane::Outside)));
                    let fetch = f.fetch_jobs.iter().map(|kind| (kind.name, (*kind, Lane::Fetch)));
                    inside.chain(outside).chain(fetch)
                })
                .collect(),
            follows: features.iter().flat_map(|f| f.follows).copied().collect(),
            frames: features.iter().flat_map(|f| f.frames).map(|frame| (frame.name, *frame)).collect(),
            presences: features.iter().flat_map(|f| f.presences).copied().collect(),
            attendances: features.iter().flat_map(|f| f.attendances).copied().collect(),
            throttles: features
                .iter()
                .flat_map(|feature| feature.throttles)
                .map(|kind| (kind.name, Throttle::new(kind, parts.throttles.get(kind.name).copied())))
                .collect(),
            job_bells: Default::default(),
            callers: Callers::default(),
            stopping: AtomicBool::new(false),
            stop_bell: Notify::new(),
        }));
        work.start(&app, parts.job_workers);
        if parts.job_workers > 0 {
            for task in features.iter().flat_map(|feature| feature.tasks) {
                tokio::spawn(task(app.clone()));
            }
        }
        app
    }

    /// Runs a command: change, entry, jobs and events commit together, then the events leave. The answer comes
    /// after the commit is durable.
    pub async fn write<T, F>(&self, workspace: WorkspaceId, command: F) -> Result<T, Problem>
    where
        F: for<'t, 'a> FnOnce(&'t mut Tx<'a>) -> BoxFuture<'t, Result<T, Problem>> + Send + 'static,
        T: Send + 'static,
    {
        unpacked(self.write_packed(workspace, packed(command)).await?)
    }

    /// Runs a query.
    pub async fn read<T, F>(&self, workspace: WorkspaceId, query: F) -> Result<T, Problem>
    where
        F: for<'t, 'a> FnOnce(&'t mut Tx<'a>) -> BoxFuture<'t, Result<T, Problem>> + Send + 'static,
        T: Send + 'static,
    {
        unpacked(self.read_packed(workspace, packed(query)).await?)
    }

    async fn write_packed(&self, workspace: WorkspaceId, command: Packed) -> Result<Value, Problem> {
        let (app, after) = (self.clone(), self.clone());
        let written = self.db.write(
            move |db| {
                Box::pin(async move {
                    let mut tx = Tx::new(db, &app, workspace);
                    let value = command(&mut tx).await?;
                    tx.write_audit().await?;
                    tx.write_events().await?;
                    Ok::<_, Problem>((value, tx.workspace, std::mem::take(&mut tx.events), tx.jobs))
                })
            },
            move |(value, workspace, events, jobs), position| {
                for lane in Lane::ALL.into_iter().filter(|lane| jobs[*lane as usize] > 0) {
                    after.job_bells[lane as usize].notify_one();
                }
                // At once, not when the stream delivers: whoever asks next must not pass as he was.
                for event in &events {
                    after.forget_changed(&*event.audience);
                }
                if let Some(position) = position {
                    after.hub.committed(workspace, position, events);
                }
                value
            },
        );
        in_time(written).await
    }

    async fn read_packed(&self, workspace: WorkspaceId, query: Packed) -> Result<Value, Problem> {
        let app = self.clone();
        let read = self.db.read(move |db| {
            Box::pin(async move {
                let mut tx = Tx::new(db, &app, workspace);
                let value = query(&mut tx).await?;
                debug_assert!(tx.events.is_empty(), "a query emits nothing");
                Ok::<_, Problem>(value)
            })
        });
        in_time(read).await
    }

    /// Who is behind the credentials; [`Caller::Nobody`] when they open nothing.
    pub async fn authenticate(&self, credentials: &Credentials) -> Result<Caller, Problem> {
        let Some(proof) = credentials.proof() else { return Ok(Caller::Nobody) };
        let now = self.clock.now();
        if let Some(caller) = self.callers.find(&proof, now) {
            return Ok(caller);
        }
        let epoch = self.callers.epoch();
        for authenticate in &self.authenticators {
            if let Some(caller) = authenticate(self, credentials).await? {
                self.callers.remember(proof, &caller, now, epoch);
                return Ok(caller);
            }
        }
        Ok(Caller::Nobody)
    }

    /// Forgets whom the app remembers, because rights changed.
    pub fn forget_callers(&self) {
        self.callers.forget_all();
    }

    /// Forgets those whose rights an event changes.
    pub(crate) fn forget_changed(&self, audience: &dyn Audience) {
        if audience.changes_rights() {
            self.callers.forget_all();
        } else if let Some(visitor) = audience.changes_visitor() {
            self.callers.forget_visitor(visitor);
        }
    }

    /// Counts one more of a kind for `key`, or refuses because it is too often.
    pub fn throttle(&self, kind: &ThrottleKind, key: &str) -> Result<(), Problem> {
        self.throttle_all(kind, key, 1)
    }

    /// As [`Self::throttle`], for `count` of them at once: all are counted, or none.
    pub fn throttle_all(&self, kind: &ThrottleKind, key: &str, count: usize) -> Result<(), Problem> {
        self.throttles.get(kind.name).map_or(Ok(()), |throttle| throttle.take(key, count, self.clock.now()))
    }

    /// Begins the graceful stop: sockets are told to come back, jobs are handed back.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.stop_bell.notify_waiters();
        self.hub.stop();
    }

    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}
