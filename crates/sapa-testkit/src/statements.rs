//! Every statement on both engines, instead of checking SQL at compile time.

use crate::database::Database;
use db::{Engine, STATEMENTS};

/// Prepares every statement that is linked into the test, on both migrated engines.
pub async fn statements_prepare_on_both() {
    let mut failures = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = Database::new(engine).await;
        let db = database.open().await;
        let of_engine = |statement: &&db::Sql| match engine {
            Engine::Sqlite => !statement.sqlite.is_empty(),
            Engine::Postgres => !statement.postgres.is_empty(),
        };
        for statement in STATEMENTS.iter().filter(of_engine) {
            let prepared: Result<(), db::Error> =
                db.read(move |tx| Box::pin(async move { tx.prepare(statement).await })).await;
            if let Err(error) = prepared {
                failures.push(format!("{engine:?}, {}: {error}", statement.place));
            }
        }
    }
    assert!(!STATEMENTS.is_empty(), "no statement is linked into this test");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
