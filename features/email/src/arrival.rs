//! What came: kept as it came, once, until it was understood.
//!
//! What must stay true: the same again changes nothing. What was understood keeps its place and loses its bytes; what was
//! not keeps them for a month.

use crate::{
    mailbox::{self, Mailbox},
    take::TAKE,
};
use base::{App, Ms, Problem, Tx};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, UpdateId, Uuid, WorkspaceId};
use std::time::Duration;

/// As large as the largest that common servers take.
pub(crate) const MAIL_BYTES: usize = 25 * 1024 * 1024;
/// A mailbox has what was read from it for longer.
const KEPT_MS: Ms = 30 * 24 * 3_600_000;
const SWEEP: Duration = Duration::from_secs(3_600);

pub(crate) struct Arrived {
    /// Its place in the folder, or its own name.
    pub key: String,
    pub recipient: Option<String>,
    pub body: Vec<u8>,
}

pub(crate) async fn store(tx: &mut Tx<'_>, mailbox: &Mailbox, arrived: Arrived) -> Result<(), Problem> {
    let stored = tx
        .execute(
            sql!(
                "INSERT INTO mail_arrivals (workspace_id, inbox_id, id, key, at, recipient, body, state, due_at, tries) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 'new', $5, 0) ON CONFLICT DO NOTHING"
            ),
            &params![
                tx.workspace,
                mailbox.inbox,
                UpdateId(tx.uuid()),
                arrived.key,
                tx.now,
                arrived.recipient,
                arrived.body
            ],
        )
        .await?;
    if stored == 1 {
        mailbox::note_in(tx, mailbox).await?;
        tx.enqueue(&TAKE, &mailbox.inbox, tx.now).await?;
    }
    Ok(())
}

/// One whose bytes are not asked for, so that somebody hears of it.
pub(crate) async fn store_unread(tx: &mut Tx<'_>, mailbox: &Mailbox, key: String, why: &str) -> Result<(), Problem> {
    tx.execute(
        sql!(
            "INSERT INTO mail_arrivals (workspace_id, inbox_id, id, key, at, body, state, due_at, tries, failure) \
             VALUES ($1, $2, $3, $4, $5, $6, 'failed', $5, 0, $7) ON CONFLICT DO NOTHING"
        ),
        &params![tx.workspace, mailbox.inbox, UpdateId(tx.uuid()), key, tx.now, Vec::<u8>::new(), why],
    )
    .await?;
    Ok(())
}

/// How many of an inbox were not understood.
pub(crate) async fn failed(tx: &mut Tx<'_>, inbox: InboxId) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT count(*) AS failed FROM mail_arrivals \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND state = 'failed'"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get("failed"))?)
}

pub(crate) fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        while !app.is_stopping() {
            if let Err(problem) = forget(&app).await {
                tracing::warn!(%problem, "failed to forget mails as they came, it is tried again");
            }
            tokio::time::sleep(SWEEP).await;
        }
    })
}

async fn forget(app: &App) -> Result<(), Problem> {
    let before = app.clock.now() - KEPT_MS;
    app.write(WorkspaceId(Uuid::nil()), move |tx| {
        Box::pin(async move {
            tx.put(sql!("DELETE FROM mail_arrivals WHERE at < $1"), params![before]).await?;
            Ok(())
        })
    })
    .await
}
