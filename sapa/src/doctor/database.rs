//! The database: can it be opened, is it whole and up to date, does anything wait in it.

use super::Finding;
use crate::{open, settings::Settings};
use base::Clock;
use db::{Db, Engine, Error, FromValue, Sql, Tx, params, sql};
use std::{path::Path, time::Duration};

/// A job that is due for so long is stuck.
const JOB_LATE_MS: i64 = 10 * 60_000;
const WAIT: Duration = Duration::from_secs(10);

pub async fn look(settings: &Settings) -> Vec<Finding> {
    if let Some(file) = settings.storage.sqlite().filter(|file| !file.exists()) {
        return vec![Finding::Note(format!("There is no database {} yet; the first start makes it.", file.display()))];
    }
    let opened = tokio::time::timeout(WAIT, open::database(&settings.storage)).await;
    let db = match opened {
        Ok(Ok(db)) => db,
        Ok(Err(wrong)) => return vec![Finding::Problem(capital(&wrong.to_string()))],
        Err(_) => return vec![Finding::Problem("The database does not answer: check its address and its log.".into())],
    };
    let looked = async {
        let mut findings = vec![engine(&db).await?, steps(&db).await?];
        // What stands in tables is asked only where the tables are there.
        if matches!(findings[1], Finding::Fine(_)) {
            findings.extend([whole(&db).await?, jobs(&db).await?, time(&db).await?]);
            findings.push(files(&db, &settings.storage.blobs()).await?);
        }
        Ok::<_, Error>(findings)
    };
    looked.await.unwrap_or_else(|error| vec![Finding::Problem(format!("The database cannot be read: {error}."))])
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

async fn engine(db: &Db) -> Result<Finding, Error> {
    let version: String = value(
        db,
        sql!(sqlite: "SELECT sqlite_version() AS value", postgres: "SELECT current_setting('server_version') AS value"),
    )
    .await?;
    Ok(match db.engine() {
        Engine::Postgres => Finding::Fine(format!("The database is PostgreSQL {version}.")),
        Engine::Sqlite => {
            // On the writer's connection, since both belong to a connection; opening it has set them.
            let mode = sql!(
                sqlite: "SELECT journal_mode || ' ' || synchronous AS value FROM pragma_journal_mode, pragma_synchronous",
                postgres: "SELECT '' AS value"
            );
            let mode = db.write(move |tx| Box::pin(first::<String>(tx, mode)), |value, _| value).await?;
            if mode == "wal 2" {
                Finding::Fine(format!(
                    "The database is SQLite {version} with a write-ahead log, flushed at each commit."
                ))
            } else {
                Finding::Problem(format!("SQLite {version} runs in mode `{mode}` instead of `wal 2`: check the disk."))
            }
        }
    })
}

async fn steps(db: &Db) -> Result<Finding, Error> {
    let (known, done) = (base::migrations(), db::applied(db).await?);
    let missing = known.iter().filter(|step| !done.contains(&step.name)).count();
    let newer = done.iter().find(|name| !known.iter().any(|step| step.name == **name));
    Ok(match (newer, missing) {
        (Some(name), _) => Finding::Problem(format!(
            "The database holds step {name}, which this version does not know: start the newer version."
        )),
        (None, 0) => Finding::Fine("The database is up to date.".into()),
        (None, missing) => {
            Finding::Note(format!("The database lacks {missing} steps; the next start or `sapa migrate` takes them."))
        }
    })
}

async fn whole(db: &Db) -> Result<Finding, Error> {
    if db.engine() == Engine::Postgres {
        return Ok(Finding::Note("PostgreSQL looks after its own pages; `pg_amcheck` looks at them on demand.".into()));
    }
    let verdict: String = value(
        db,
        sql!(
            sqlite: "SELECT integrity_check AS value FROM pragma_integrity_check LIMIT 1",
            postgres: "SELECT 'ok' AS value"
        ),
    )
    .await?;
    Ok(match verdict.as_str() {
        "ok" => Finding::Fine("The database is whole.".into()),
        verdict => Finding::Problem(format!("The database is damaged ({verdict}): restore the last backup.")),
    })
}

async fn jobs(db: &Db) -> Result<Finding, Error> {
    let parked: i64 = value(db, sql!("SELECT count(*) AS value FROM jobs WHERE parked_at IS NOT NULL")).await?;
    let before = Clock::System.now() - JOB_LATE_MS;
    let late: i64 = db
        .read(move |tx| {
            Box::pin(async move {
                let text = sql!("SELECT count(*) AS late FROM jobs WHERE parked_at IS NULL AND due_at < $1");
                tx.first(text, &params![before]).await?.map_or(Ok(0), |row| row.get("late"))
            })
        })
        .await?;
    Ok(match (parked, late) {
        (0, 0) => Finding::Fine("No job is parked or late.".into()),
        (0, late) => Finding::Note(format!("{late} jobs are due for ten minutes and more: is the server running?")),
        (parked, _) => {
            Finding::Problem(format!("{parked} jobs were given up and are parked: their errors are in the log."))
        }
    })
}

async fn files(db: &Db, folder: &Path) -> Result<Finding, Error> {
    let names = open::blob_names(db).await?;
    let missing: Vec<_> = names.iter().filter(|name| !folder.join(&name[..2]).join(name).exists()).collect();
    Ok(match missing.first() {
        None => Finding::Fine(format!("All {} files that the database names are there.", names.len())),
        Some(first) => Finding::Problem(format!(
            "{} of {} files are missing in {}, {first} among them: restore them from a backup.",
            missing.len(),
            names.len(),
            folder.display()
        )),
    })
}

async fn time(db: &Db) -> Result<Finding, Error> {
    let newest: Option<i64> = value(db, sql!("SELECT max(at) AS value FROM events")).await?;
    Ok(match newest {
        Some(newest) if newest > Clock::System.now() + JOB_LATE_MS => {
            Finding::Problem("The newest event lies in the future: the clock was set back, or is wrong now.".into())
        }
        _ => Finding::Fine("No event lies in the future.".into()),
    })
}

async fn value<T: FromValue + Send + 'static>(db: &Db, text: &'static Sql) -> Result<T, Error> {
    db.read(move |tx| Box::pin(first(tx, text))).await
}

/// The column `value` of the only row.
async fn first<T: FromValue>(tx: &mut Tx, text: &'static Sql) -> Result<T, Error> {
    tx.first(text, &[]).await?.ok_or_else(|| Error::other("no row"))?.get("value")
}
