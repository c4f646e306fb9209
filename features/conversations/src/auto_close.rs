//! Closing what fell silent: the team had the last word, and the contact has not answered for as long as the inbox
//! allows. Whoever waits for the team is closed by it only where the inbox says so, and what nobody is in charge of only
//! after an own time, which inboxes have not from the start; what is snoozed never is.
//!
//! What must stay true: the clock is the conversation's stored last activity, so that it goes on over restarts; each
//! one is looked at again under its lock, so that several nodes, or a message meanwhile, do no harm. A workspace has
//! [`CLOSINGS_PER_MINUTE`] of them: each closing's transaction counts it.

use crate::{
    Author, AuthorKind, CloseReason,
    thread::{self, Thread},
};
use base::{App, Ms, Problem, Tx};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{ConversationId, InboxId, Uuid, WorkspaceId};
use std::time::Duration;

/// How late a closing may be.
const LOOK: Duration = Duration::from_secs(20);
/// Closings of a workspace in one minute of the clock, on all nodes together, so that a new setting does not fill
/// everybody's screen. The rest is closed in the minutes that follow, the oldest first.
pub const CLOSINGS_PER_MINUTE: i64 = 1_000;
const MINUTE_MS: Ms = 60_000;

/// Whose conversations are closed, and after how long.
struct Due {
    workspace: WorkspaceId,
    inbox: InboxId,
    after: Ms,
    which: Which,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    /// Held by a member, and answered.
    Answered,
    /// Held by a member, whoever wrote last.
    Held,
    /// Nobody is in charge.
    Queued,
}

pub fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        while !app.is_stopping() {
            if let Err(problem) = close_silent(&app).await {
                tracing::warn!(%problem, "failed to close what fell silent, it is tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Closes what is due now, as far as this minute has room; answers how many.
pub async fn close_silent(app: &App) -> Result<usize, Problem> {
    let due = app.read(WorkspaceId(Uuid::nil()), |tx| Box::pin(inboxes_with_an_end(tx))).await?;
    let mut closed = 0;
    for Due { workspace, inbox, after, which } in due {
        let before = app.clock.now() - after;
        let ids = app
            .read(workspace, move |tx| {
                Box::pin(async move {
                    match room(tx).await? {
                        0 => Ok(Vec::new()),
                        room => silent(tx, inbox, which, before, room).await,
                    }
                })
            })
            .await?;
        for id in ids {
            if app.is_stopping() {
                return Ok(closed);
            }
            closed += usize::from(app.write(workspace, move |tx| Box::pin(close(tx, id, which, before))).await?);
        }
    }
    Ok(closed)
}

/// What may still be closed in this minute.
async fn room(tx: &mut Tx<'_>) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!("SELECT closed FROM automatic_closings WHERE workspace_id = $1 AND minute >= $2"),
            &params![tx.workspace, tx.now / MINUTE_MS],
        )
        .await?;
    let closed: i64 = row.map_or(Ok(0), |row| row.get("closed"))?;
    Ok((CLOSINGS_PER_MINUTE - closed).max(0))
}

/// Takes one of this minute's closings, unless other nodes took the last one; whose clock is ahead begins the next.
async fn take_one(tx: &mut Tx<'_>) -> Result<bool, Problem> {
    let taken = tx
        .execute(
            sql!(
                "INSERT INTO automatic_closings (workspace_id, minute, closed) VALUES ($1, $2, 1) \
                 ON CONFLICT (workspace_id) DO UPDATE SET \
                 closed = CASE WHEN automatic_closings.minute < $2 THEN 1 ELSE automatic_closings.closed + 1 END, \
                 minute = CASE WHEN automatic_closings.minute < $2 THEN $2 ELSE automatic_closings.minute END \
                 WHERE automatic_closings.minute < $2 OR automatic_closings.closed < $3"
            ),
            &params![tx.workspace, tx.now / MINUTE_MS, CLOSINGS_PER_MINUTE],
        )
        .await?;
    Ok(taken == 1)
}

async fn inboxes_with_an_end(tx: &mut Tx<'_>) -> Result<Vec<Due>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT workspace_id, id, close_after_minutes, close_waiting, close_queued_after_minutes FROM inboxes \
                 WHERE close_after_minutes > 0 OR close_queued_after_minutes > 0"
            ),
            &[],
        )
        .await?;
    let mut due = Vec::new();
    for row in &rows {
        let (workspace, inbox) = (row.get("workspace_id")?, row.get("id")?);
        let held = if row.get::<i64>("close_waiting")? == 0 { Which::Answered } else { Which::Held };
        for (minutes, which) in [("close_after_minutes", held), ("close_queued_after_minutes", Which::Queued)] {
            let after = row.get::<i64>(minutes)? * 60_000;
            if after > 0 {
                due.push(Due { workspace, inbox, after, which });
            }
        }
    }
    Ok(due)
}

/// The oldest first. Those who wait for the team lie in the same range of the index and are passed over.
async fn silent(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    which: Which,
    before: Ms,
    limit: i64,
) -> Result<Vec<ConversationId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id FROM conversations WHERE workspace_id = $1 AND inbox_id = $2 AND status = 'open' \
                 AND last_activity_at <= $3 AND (waiting_since IS NULL OR $4 = 1) AND scheduled_at IS NULL \
                 AND CASE WHEN holder_member_id IS NULL THEN 1 ELSE 0 END = $5 \
                 ORDER BY last_activity_at, id LIMIT $6"
            ),
            &params![
                tx.workspace,
                inbox,
                before,
                i64::from(which != Which::Answered),
                i64::from(which == Which::Queued),
                limit
            ],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

fn is_silent(thread: &Thread, which: Which, before: Ms) -> bool {
    let conversation = &thread.conversation;
    conversation.is_active()
        && (conversation.waiting_since.is_none() || which != Which::Answered)
        && conversation.scheduled_at.is_none()
        && conversation.holder.member().is_none() == (which == Which::Queued)
        && conversation.last_activity_at <= before
}

async fn close(tx: &mut Tx<'_>, id: ConversationId, which: Which, before: Ms) -> Result<bool, Problem> {
    let Some(mut thread) = thread::lock(tx, id).await? else { return Ok(false) };
    if !is_silent(&thread, which, before) || !take_one(tx).await? {
        return Ok(false);
    }
    let system = Author { kind: AuthorKind::System, id: None, name: None };
    thread.close(tx, CloseReason::NoReply, system, None);
    thread.save(tx).await?;
    Ok(true)
}
