//! A fresh, migrated database for each test.
//!
//! On PostgreSQL a template is migrated once for each state of the migrations and copied for every test.

use db::{Db, Engine};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

const SERVER: &str = "SAPA_TEST_POSTGRES";
/// Held while a template is made, so that test processes that start together make one.
const TEMPLATE_LOCK: i64 = 0x5341_5041;
const RENAME_TRIES: u32 = 100;
const RENAME_WAIT: Duration = Duration::from_millis(20);

/// A database of a test; gone with the value.
pub struct Database {
    engine: Engine,
    url: String,
    /// The name to drop at the end.
    name: Option<String>,
    folder: TempDir,
}

impl Database {
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (url, name) = match engine {
            Engine::Sqlite => (format!("sqlite:{}", folder.path().join("sapa.db").display()), None),
            Engine::Postgres => {
                let name = copy_template().await;
                (address(&name), Some(name))
            }
        };
        let database = Self { engine, url, name, folder };
        if engine == Engine::Sqlite {
            db::migrate(&database.open().await, &base::migrations()).await.expect("the migrations to run on SQLite");
        }
        database
    }

    pub(crate) async fn open(&self) -> Db {
        Db::open(&self.url).await.unwrap_or_else(|error| panic!("failed to open a {:?} database: {error}", self.engine))
    }

    /// Under which a program reaches it.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs something over a connection of its own, on a thread of its own: for destructors.
    pub(crate) fn apart<T, F>(&self, query: impl FnOnce(Db) -> F + Send) -> T
    where
        T: Send,
        F: Future<Output = T> + Send,
    {
        alone(async { query(self.open().await).await })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(name) = self.name.take() else { return };
        alone(async {
            let client = connect().await;
            // FORCE ends the connections that the app's pool still holds.
            let dropped = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            if let Err(error) = dropped {
                eprintln!("failed to drop the test database {name}: {error}");
            }
        });
    }
}

/// Drives a future to its end on a thread and runtime of its own.
fn alone<T: Send>(work: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(work)
        });
        thread.join().expect("the thread of a destructor")
    })
}

fn server() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} must name a PostgreSQL server on which tests may create databases, as a postgres:// address")
    })
}

/// The address of a database on the test server.
fn address(name: &str) -> String {
    let server = server();
    let (address, query) = server.split_once('?').map_or((server.as_str(), ""), |(address, query)| (address, query));
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let host = rest.split('/').next().unwrap_or(rest);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("{scheme}://{host}/{name}{query}")
}

async fn connect() -> Client {
    let (client, connection) = tokio_postgres::connect(&server(), NoTls)
        .await
        .unwrap_or_else(|error| panic!("failed to reach the PostgreSQL server of {SERVER}: {error}"));
    tokio::spawn(connection);
    client
}

async fn copy_template() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let template = template().await;
    let name = format!("sapa_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let client = connect().await;
    // A killed test run with the same process id may have left one.
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.expect("an old copy to go");
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.expect("a copy of the template");
    name
}

/// The name of the migrated template, which is made when it is missing.
async fn template() -> String {
    let migrations = base::migrations();
    let mut hasher = DefaultHasher::new();
    for step in &migrations {
        (&step.name, &step.postgres).hash(&mut hasher);
    }
    let name = format!("sapa_template_{:016x}", hasher.finish());
    let client = connect().await;
    client.execute("SELECT pg_advisory_lock($1)", &[&TEMPLATE_LOCK]).await.expect("the lock of the template");
    if !exists(&client, &name).await {
        let draft = format!("{name}_draft");
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await.expect("no old draft");
        client.batch_execute(&format!("CREATE DATABASE {draft}")).await.expect("the right to create databases");
        let db = Db::open(&address(&draft)).await.expect("the draft to open");
        db::migrate(&db, &migrations).await.expect("the migrations to run on PostgreSQL");
        drop(db);
        rename(&client, &draft, &name).await;
    }
    // The lock goes with the connection.
    name
}

async fn exists(client: &Client, name: &str) -> bool {
    let row = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await;
    row.expect("the list of databases").is_some()
}

/// A template must have no connection, and the pool that migrated it closes its own in the background.
async fn rename(client: &Client, from: &str, to: &str) {
    let text = format!("ALTER DATABASE {from} RENAME TO {to}");
    for _ in 0..RENAME_TRIES {
        if client.batch_execute(&text).await.is_ok() {
            return;
        }
        tokio::time::sleep(RENAME_WAIT).await;
    }
    client.batch_execute(&text).await.expect("the template to get its name");
}
