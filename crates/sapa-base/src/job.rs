//! Durable jobs: small, idempotent, carrying ids only, enqueued by the transaction that wants them.
//!
//! A job is leased with a fencing number; a worker that comes back late cannot finish what another took over.
//! Jobs that wait for other systems have lanes of their own, with workers of their own.
//! After [`TRIES`] failures a job is parked with its payload and an alarm in the log, and the queue goes on.

use crate::{App, Ms, Problem};
use db::{Engine, params, sql};
use futures_util::future::BoxFuture;
use ids::{JobId, WorkspaceId};
use std::time::Duration;

/// How many jobs a node works on at once unless it is told otherwise.
pub const JOB_WORKERS: usize = 2;
/// How many jobs that wait for other systems a node works on at once.
const OUTSIDE_WORKERS: usize = 4;
/// How many that fetch whole files.
const FETCH_WORKERS: usize = 2;
const TRIES: i64 = 5;
/// How long a worker may take before another one does the job again.
const LEASE_MS: Ms = 60_000;
const FIRST_RETRY_MS: Ms = 2_000;
/// Woken by commits on this node; this bounds the wait for jobs of other nodes, and for later due times.
const POLL: Duration = Duration::from_secs(2);

/// Whose workers do a job. The number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Inside = 0,
    Outside = 1,
    Fetch = 2,
}

impl Lane {
    pub(crate) const ALL: [Self; 3] = [Self::Inside, Self::Outside, Self::Fetch];
}

/// A kind of job and what it does.
pub struct JobKind {
    pub name: &'static str,
    pub run: fn(App, WorkspaceId, String) -> BoxFuture<'static, Result<(), JobFailure>>,
}

/// Why a job did not finish.
#[derive(Debug)]
pub enum JobFailure {
    Retry(anyhow::Error),
    GiveUp(anyhow::Error),
}

impl From<Problem> for JobFailure {
    fn from(problem: Problem) -> Self {
        Self::Retry(anyhow::anyhow!("{problem}"))
    }
}

struct Leased {
    id: JobId,
    workspace: WorkspaceId,
    kind: String,
    payload: String,
    attempts: i64,
    lease: i64,
}

/// Workers for each lane, once nothing is held by those who are gone.
pub(crate) fn start(app: &App, inside_workers: usize) {
    if inside_workers == 0 {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(problem) = take_over(&app).await {
            tracing::warn!(%problem, "failed to take over the jobs of a process that ended");
        }
        let lanes = [(Lane::Inside, inside_workers), (Lane::Outside, OUTSIDE_WORKERS), (Lane::Fetch, FETCH_WORKERS)];
        for (lane, workers) in lanes {
            for _ in 0..workers {
                tokio::spawn(work(app.clone(), lane));
            }
        }
    });
}

/// What a process held that ended. On the embedded engine nobody else works on the database, so it goes on at once
/// and not when the lease is over. Only once: what ends the process itself must not do so at each start.
async fn take_over(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    app.write(WorkspaceId(ids::Uuid::nil()), move |tx| {
        Box::pin(async move {
            if tx.engine() == Engine::Sqlite {
                tx.execute(
                    sql!(
                        sqlite: "UPDATE jobs SET due_at = ?1 WHERE parked_at IS NULL AND attempts = 1 \
                                 AND failure IS NULL AND due_at > ?1 AND due_at <= ?2"
                    ),
                    &params![now, now + LEASE_MS],
                )
                .await?;
            }
            Ok(())
        })
    })
    .await
}

/// Works until the app stops.
async fn work(app: App, lane: Lane) {
    while !app.is_stopping() {
        match run_due(&app, lane).await {
            Ok(0) => {
                let bell = app.job_bells[lane as usize].notified();
                tokio::select! {
                    () = bell => {}
                    () = app.stop_bell.notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                }
            }
            Ok(_) => {}
            Err(problem) => {
                tracing::warn!(%problem, "failed to look for jobs");
                tokio::time::sleep(POLL).await;
            }
        }
    }
}

/// Runs every job that is due now and answers how many there were. Tests call it to drain the queue.
pub async fn run_due_jobs(app: &App) -> Result<usize, Problem> {
    let mut done = 0;
    // The jobs of one lane may enqueue some of another.
    loop {
        let mut round = 0;
        for lane in Lane::ALL {
            round += run_due(app, lane).await?;
        }
        if round == 0 {
            return Ok(done);
        }
        done += round;
    }
}

async fn run_due(app: &App, lane: Lane) -> Result<usize, Problem> {
    let mut done = 0;
    while !app.is_stopping() {
        let Some(job) = lease(app, lane).await? else { break };
        done += 1;
        let result = match app.jobs.get(job.kind.as_str()) {
            // A task of its own: a panic costs this try and not the worker.
            Some((kind, _)) => tokio::spawn((kind.run)(app.clone(), job.workspace, job.payload.clone()))
                .await
                .unwrap_or_else(|panic| Err(JobFailure::Retry(panic.into()))),
            None => Err(JobFailure::GiveUp(anyhow::anyhow!("this version knows no such job"))),
        };
        finish(app, job, result).await?;
    }
    Ok(done)
}

async fn lease(app: &App, lane: Lane) -> Result<Option<Leased>, Problem> {
    let now = app.clock.now();
    let due = app
        .read(WorkspaceId(ids::Uuid::nil()), move |tx| {
            Box::pin(async move {
                let row = tx
                    .first(
                        sql!(
                            "SELECT id, workspace_id, kind, payload, attempts, lease FROM jobs \
                             WHERE parked_at IS NULL AND lane = $2 AND due_at <= $1 ORDER BY due_at LIMIT 1"
                        ),
                        &params![now, lane as i64],
                    )
                    .await?;
                let Some(row) = row else { return Ok(None) };
                Ok(Some(Leased {
                    id: row.get("id")?,
                    workspace: row.get("workspace_id")?,
                    kind: row.get("kind")?,
                    payload: row.get("payload")?,
                    attempts: row.get("attempts")?,
                    lease: row.get("lease")?,
                }))
            })
        })
        .await?;
    let Some(mut job) = due else { return Ok(None) };
    let (id, lease) = (job.id, job.lease);
    let taken = app
        .write(job.workspace, move |tx| {
            Box::pin(async move {
                let taken = tx
                    .execute(
                        sql!(
                            "UPDATE jobs SET lease = lease + 1, attempts = attempts + 1, due_at = $3 \
                             WHERE id = $1 AND lease = $2"
                        ),
                        &params![id, lease, now + LEASE_MS],
                    )
                    .await?;
                Ok(taken == 1)
            })
        })
        .await?;
    (job.lease, job.attempts) = (job.lease + 1, job.attempts + 1);
    // Another worker was quicker: whatever is due next is taken in the next round.
    if taken { Ok(Some(job)) } else { Box::pin(self::lease(app, lane)).await }
}

async fn finish(app: &App, job: Leased, result: Result<(), JobFailure>) -> Result<(), Problem> {
    let now = app.clock.now();
    let (id, lease) = (job.id, job.lease);
    let failure = match result {
        Ok(()) => {
            app.metrics.jobs_done.inc();
            return app
                .write(job.workspace, move |tx| {
                    Box::pin(async move {
                        tx.execute(sql!("DELETE FROM jobs WHERE id = $1 AND lease = $2"), &params![id, lease]).await?;
                        Ok(())
                    })
                })
                .await;
        }
        Err(failure) => failure,
    };
    let (park, cause) = match failure {
        JobFailure::Retry(cause) => (job.attempts >= TRIES, cause),
        JobFailure::GiveUp(cause) => (true, cause),
    };
    let text = format!("{cause:#}");
    if park {
        app.metrics.jobs_parked.inc();
        tracing::error!(job = %id, kind = job.kind, error = text, "job parked after {} tries", job.attempts);
    } else {
        tracing::warn!(job = %id, kind = job.kind, error = text, "failed to run a job, it is tried again");
    }
    let parked_at = park.then_some(now);
    let due_at = now + (FIRST_RETRY_MS << job.attempts.clamp(0, 10));
    app.write(job.workspace, move |tx| {
        Box::pin(async move {
            tx.execute(
                sql!("UPDATE jobs SET due_at = $3, parked_at = $4, failure = $5 WHERE id = $1 AND lease = $2"),
                &params![id, lease, due_at, parked_at, text],
            )
            .await?;
            Ok(())
        })
    })
    .await
}
