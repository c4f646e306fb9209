//! Migrations: numbered texts, forward only, each in its own transaction, restartable after a kill.

use crate::{Db, Engine, Error, Tx, params, sql};

/// One step. `{without_rowid}` in its text becomes SQLite's clause of that name, and nothing on PostgreSQL;
/// a text for one engine only has the other empty.
pub struct Migration {
    /// For example `0001_first`; the order of names is the order of steps.
    pub name: String,
    pub sqlite: String,
    pub postgres: String,
}

/// The steps that a database holds, oldest first; none in a new one.
pub async fn applied(db: &Db) -> Result<Vec<String>, Error> {
    let first = "CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY)";
    db.write(
        move |tx| {
            Box::pin(async move {
                alone(tx).await?;
                tx.batch(first).await
            })
        },
        |(), _| (),
    )
    .await?;
    db.read(|tx| {
        Box::pin(async move {
            let rows = tx.query(sql!("SELECT name FROM migrations ORDER BY name"), &[]).await?;
            rows.iter().map(|row| row.get::<String>("name")).collect()
        })
    })
    .await
}

/// Keeps other nodes that start at the same time waiting until this transaction ends. An embedded database has one.
async fn alone(tx: &mut Tx) -> Result<(), Error> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => tx.batch("SELECT pg_advisory_xact_lock(7302915024112019)").await,
    }
}

/// Brings the database to the newest step and answers how many steps were taken. A database with a step that
/// this program does not know was written by a newer one and is refused.
pub async fn migrate(db: &Db, migrations: &[Migration]) -> Result<usize, Error> {
    let done = applied(db).await?;
    if let Some(unknown) = done.iter().find(|name| !migrations.iter().any(|m| m.name == **name)) {
        return Err(Error::Other(format!(
            "the database holds step {unknown}, which this version does not know: start the newer version again"
        )));
    }
    let missing: Vec<_> = migrations.iter().filter(|m| !done.contains(&m.name)).collect();
    for migration in &missing {
        let (name, text) = match db.engine() {
            Engine::Sqlite => (migration.name.clone(), migration.sqlite.replace("{without_rowid}", "WITHOUT ROWID")),
            Engine::Postgres => (migration.name.clone(), migration.postgres.replace("{without_rowid}", "")),
        };
        db.write(
            move |tx| {
                Box::pin(async move {
                    alone(tx).await?;
                    let named = params![name];
                    if tx.first(sql!("SELECT name FROM migrations WHERE name = $1"), &named).await?.is_some() {
                        return Ok(()); // another node was quicker
                    }
                    tx.batch(&text).await?;
                    tx.execute(sql!("INSERT INTO migrations (name) VALUES ($1)"), &named).await?;
                    Ok::<_, Error>(())
                })
            },
            |(), _| (),
        )
        .await?;
    }
    if !missing.is_empty() {
        db.analyze().await?;
    }
    Ok(missing.len())
}
