//! One app under test.

use crate::{Client, ORIGIN, database::Database};
use axum::Router;
use base::{App, AppParts, Clock, Feature, Keys, Ms, Random, server};
use blobs::Blobs;
use db::{Engine, params, sql};
use outbound::Outbound;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// When every test begins: 20 November 2025, 13:20 UTC.
pub const START: Ms = 1_763_644_800_000;
const SEED: u64 = 7;

pub struct TestApp {
    pub app: App,
    pub engine: Engine,
    /// The listening server, for sockets.
    pub address: SocketAddr,
    service: Router,
    features: fn() -> Vec<Feature>,
    database: Database,
}

/// Runs a test once on each engine: `on_both(features, async |test: TestApp| { … }).await`.
pub async fn on_both(features: fn() -> Vec<Feature>, test: impl AsyncFn(TestApp)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        // Shown when the test fails: which engine it was.
        eprintln!("on {engine:?}");
        test(TestApp::new(engine, features).await).await;
    }
}

/// Another server over the same database, as on a second machine.
pub struct Node {
    pub app: App,
    pub address: SocketAddr,
    pub(crate) service: Router,
}

impl TestApp {
    pub async fn new(engine: Engine, features: fn() -> Vec<Feature>) -> Self {
        // Shown beside a test that fails; another test of the process may have set it up already.
        let _ = tracing_subscriber::fmt()
            .with_test_writer()
            .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
            .try_init();
        let database = Database::new(engine).await;
        let Node { app, address, service } = start(&database, features, Clock::test(START), SEED).await;
        Self { app, engine, address, service, features, database }
    }

    /// Starts a second server over the same database, with the same clock and an empty memory.
    pub async fn beside(&self) -> Node {
        start(&self.database, self.features, self.app.clock.clone(), SEED + 1).await
    }

    /// A browser without a sign-in.
    pub fn client(&self) -> Client {
        Client::new(self.service.clone(), self.address)
    }

    pub fn advance(&self, by_ms: Ms) {
        self.app.clock.advance(by_ms);
    }

    /// Runs every due job and answers how many there were.
    pub async fn run_jobs(&self) -> usize {
        base::run_due_jobs(&self.app).await.expect("due jobs to run")
    }
}

impl Drop for TestApp {
    /// Looks for jobs that the test forgot. A thread of its own, because a destructor cannot await.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let now = self.app.clock.now();
        let left = self.database.apart(|db| jobs_left(db, now));
        assert!(left.is_empty(), "jobs left behind by the test: {left:?}");
    }
}

async fn start(database: &Database, features: fn() -> Vec<Feature>, clock: Clock, seed: u64) -> Node {
    let parts = AppParts {
        throttles: Default::default(),
        db: database.open().await,
        blobs: Blobs::open(&database.folder().join("files")).await.expect("a folder for files"),
        clock,
        random: Random::seeded(seed),
        public_url: Some(ORIGIN.to_owned()),
        trusted_proxies: Vec::new(),
        // Other systems of a test are servers on this machine.
        outbound: Outbound::new(true),
        // The same on each node.
        keys: Keys::parse(&Keys::fresh(&Random::seeded(SEED))).expect("a key"),
        countries: crate::countries(),
        job_workers: 0,
    };
    let app = App::new(parts, &features());
    let (routes, _) = server::routes(features());
    let service = server::service(app.clone(), routes);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("the address of the listener");
    tokio::spawn(server::serve(app.clone(), service.clone(), listener, std::future::pending()));
    Node { app, address, service }
}

async fn jobs_left(db: db::Db, now: Ms) -> Vec<String> {
    let rows = db.read(move |tx| {
        Box::pin(async move {
            let text = sql!("SELECT kind FROM jobs WHERE due_at <= $1 OR parked_at IS NOT NULL");
            tx.query(text, &params![now]).await?.iter().map(|row| row.get("kind")).collect::<Result<_, db::Error>>()
        })
    });
    rows.await.expect("the jobs table")
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::JobKind;
    use ids::{Uuid, WorkspaceId};

    const NOTHING: JobKind = JobKind { name: "nothing", run: |_, _, _| Box::pin(async { Ok(()) }) };

    fn features() -> Vec<Feature> {
        vec![Feature { name: "test", jobs: &[&NOTHING], ..Feature::default() }]
    }

    async fn enqueue(test: &TestApp) {
        let write = test
            .app
            .write(WorkspaceId(Uuid::nil()), |tx| Box::pin(async move { tx.enqueue(&NOTHING, &(), tx.now).await }));
        write.await.expect("a job to be enqueued");
    }

    #[tokio::test]
    async fn a_test_runs_on_both_engines_with_its_own_database() {
        on_both(features, async |test| {
            enqueue(&test).await;
            assert_eq!((test.run_jobs().await, test.run_jobs().await), (1, 0));
            assert_eq!(test.client().get("/readyz").await.status, 200);
            test.advance(1);
            assert_eq!(test.app.clock.now(), START + 1);
        })
        .await;
    }

    #[tokio::test]
    #[should_panic(expected = "jobs left behind by the test: [\"nothing\"]")]
    async fn a_forgotten_job_fails_the_test() {
        enqueue(&TestApp::new(Engine::Sqlite, features).await).await;
    }

    #[tokio::test]
    async fn statements_of_the_ground_prepare() {
        crate::statements_prepare_on_both().await;
    }
}
