//! Erasing what was deleted: words, files and whatever else hangs on the conversation, in portions.
//!
//! What must stay true: nothing is erased before its time, and only what is still deleted then; each portion is a
//! transaction of its own, and what is done twice does no harm, so that a job that was cut off is simply done again. What
//! stays is that there was something: ids, times and numbers, without anybody's name or words.
//! Absent: the index of the search, which follows the deletion itself (`search`).

use crate::{deleted::MayRestore, file};
use axum::http::StatusCode;
use base::{App, Audited, Ctx, JobFailure, JobKind, Ms, Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, FileId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// Entries of one transaction.
const ENTRIES: i64 = 200;
/// Files of one transaction; each brings a job.
const FILES: i64 = 50;
/// Of one job; the next one goes on.
const PORTIONS: usize = 50;
/// Kept events that are looked through in one read.
const EVENTS: i64 = 2_000;
/// An event may say an earlier time than one before it, by as much as a transaction waits or clocks differ.
const ASTRAY: Ms = 3_600_000;

pub static ERASE: JobKind =
    JobKind { name: "conversations.erase", run: |app, workspace, due| Box::pin(erase(app, workspace, due)) };

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Due {
    pub conversation: ConversationId,
    /// Another deletion is none of this job's business.
    pub deleted_at: Ms,
}

async fn erase(app: App, workspace: WorkspaceId, due: String) -> Result<(), JobFailure> {
    let due: Due = serde_json::from_str(&due).map_err(|error| JobFailure::GiveUp(error.into()))?;
    if !app.write(workspace, move |tx| Box::pin(begin(tx, due))).await? {
        return Ok(());
    }
    forget_events(&app, workspace, due).await?;
    for _ in 0..PORTIONS {
        if !app.write(workspace, move |tx| Box::pin(portion(tx, due))).await? {
            return Ok(());
        }
    }
    app.write(workspace, move |tx| Box::pin(async move { tx.enqueue(&ERASE, &due, tx.now).await })).await?;
    Ok(())
}

/// Whether it is still deleted, by this deletion, and its time has come. Nobody puts it back from then on: who waits to
/// do so no longer finds it, and on whom this waited was first.
async fn begin(tx: &mut Tx<'_>, due: Due) -> Result<bool, Problem> {
    let begun = tx
        .execute(
            sql!(
                "UPDATE deleted_conversations SET erase_at = 0 WHERE workspace_id = $1 AND id = $2 \
                 AND deleted_at = $3 AND erase_at <= $4 AND erased_at IS NULL"
            ),
            &params![tx.workspace, due.conversation, due.deleted_at, tx.now],
        )
        .await?;
    Ok(begun == 1)
}

/// Whether it was begun and another job has not ended it.
async fn is_due(tx: &mut Tx<'_>, due: Due) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT id FROM deleted_conversations WHERE workspace_id = $1 AND id = $2 AND deleted_at = $3 \
                 AND erase_at = 0 AND erased_at IS NULL"
            ),
            &params![tx.workspace, due.conversation, due.deleted_at],
        )
        .await?;
    Ok(row.is_some())
}

/// Erases some of it; answers whether something may be left.
async fn portion(tx: &mut Tx<'_>, due: Due) -> Result<bool, Problem> {
    // Nobody puts back what was begun: it needs no lock.
    if !is_due(tx, due).await? {
        return Ok(false);
    }
    let id = due.conversation;
    if erase_files(tx, id).await? || erase_entries(tx, id).await? {
        return Ok(true);
    }
    erase_rest(tx, id).await?;
    Ok(false)
}

async fn erase_files(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Problem> {
    let rows = tx
        .query(
            sql!("SELECT id FROM files WHERE workspace_id = $1 AND conversation_id = $2 LIMIT $3"),
            &params![tx.workspace, id, FILES],
        )
        .await?;
    for row in &rows {
        file::release(tx, row.get::<FileId>("id")?).await?;
    }
    Ok(!rows.is_empty())
}

async fn erase_entries(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Problem> {
    /// Parameters: the workspace, the conversation, how many.
    macro_rules! of_the_oldest {
        ($what:literal) => {
            concat!(
                $what,
                " IN (SELECT e.id FROM entries e WHERE e.workspace_id = $1 AND e.conversation_id = $2 \
                 ORDER BY e.position LIMIT $3)"
            )
        };
    }
    let values = params![tx.workspace, id, ENTRIES];
    for sql in [
        sql!(of_the_oldest!("DELETE FROM api_messages WHERE workspace_id = $1 AND entry_id")),
        sql!(of_the_oldest!("DELETE FROM messenger_messages WHERE workspace_id = $1 AND entry_id")),
        sql!(of_the_oldest!("DELETE FROM mails WHERE workspace_id = $1 AND entry_id")),
        sql!(of_the_oldest!("DELETE FROM fetches WHERE workspace_id = $1 AND entry_id")),
    ] {
        tx.put(sql, values.clone()).await?;
    }
    let erased =
        tx.execute(sql!(of_the_oldest!("DELETE FROM entries WHERE workspace_id = $1 AND id")), &values).await?;
    Ok(erased > 0)
}

/// What hangs on the conversation itself. Its sessions stay, for what is counted, without what they were about.
async fn erase_rest(tx: &mut Tx<'_>, id: ConversationId) -> Result<(), Problem> {
    for sql in [
        // By their members, because the key begins with them.
        sql!(
            "DELETE FROM drafts WHERE workspace_id = $1 AND conversation_id = $2 \
             AND member_id IN (SELECT m.id FROM members m WHERE m.workspace_id = $1)"
        ),
        sql!(
            "DELETE FROM read_marks WHERE workspace_id = $1 AND conversation_id = $2 \
             AND member_id IN (SELECT m.id FROM members m WHERE m.workspace_id = $1)"
        ),
        sql!("DELETE FROM record_conversations WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM scheduled WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM outbox WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM transcripts WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM mail_threads WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM entry_changes WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!(
            "UPDATE sessions SET title = NULL, source = NULL, came_by = NULL WHERE workspace_id = $1 AND conversation_id = $2"
        ),
    ] {
        tx.put(sql, params![tx.workspace, id]).await?;
    }
    let erased = tx
        .execute(
            sql!(
                "UPDATE deleted_conversations SET erased_at = $3, contact_id = id, contact_name = NULL, \
                 contact_email = NULL, contact_phone = NULL, contact_verified = NULL, preview = NULL, title = NULL, \
                 visit = NULL, page_data = NULL, block = NULL, formers = NULL \
                 WHERE workspace_id = $1 AND id = $2 AND erased_at IS NULL"
            ),
            &params![tx.workspace, id, tx.now],
        )
        .await?;
    if erased == 1 {
        tx.audit(Audited::done("conversation", "erased", id, &id.to_string()));
    }
    Ok(())
}

/// Takes what was said out of the events that are still kept. Whoever resumes over them is told only that it is gone,
/// so nobody misses what they held.
async fn forget_events(app: &App, workspace: WorkspaceId, due: Due) -> Result<(), Problem> {
    app.db.complete_log().await?;
    let mut after = 0;
    loop {
        let (found, next) = app.read(workspace, move |tx| Box::pin(events_of(tx, due, after))).await?;
        if !found.is_empty() {
            app.write(workspace, move |tx| Box::pin(empty(tx, found))).await?;
        }
        match next {
            Some(next) => after = next,
            None => return Ok(()),
        }
    }
}

/// The positions of those up to the deletion that are about it, and where to go on.
async fn events_of(tx: &mut Tx<'_>, due: Due, after: i64) -> Result<(Vec<i64>, Option<i64>), Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT position, at, kind, audience FROM events WHERE workspace_id = $1 AND position > $2 \
                 ORDER BY position LIMIT $3"
            ),
            &params![tx.workspace, after, EVENTS],
        )
        .await?;
    let about = format!(r#""conversation":"{}""#, due.conversation);
    let (mut found, mut last) = (Vec::new(), None);
    for row in &rows {
        let (position, at) = (row.get("position")?, row.get::<Ms>("at")?);
        // The deletion itself may be kept no longer.
        if at > due.deleted_at + ASTRAY {
            return Ok((found, None));
        }
        let audience: String = row.get("audience")?;
        if row.get::<String>("kind")? == crate::CHANGED.name && audience.contains(&about) {
            found.push(position);
            if at == due.deleted_at && audience.contains(r#""deleted":true"#) {
                return Ok((found, None));
            }
        }
        last = Some(position);
    }
    Ok((found, last.filter(|_| rows.len() as i64 == EVENTS)))
}

async fn empty(tx: &mut Tx<'_>, positions: Vec<i64>) -> Result<(), Problem> {
    for position in positions {
        tx.put(
            sql!("UPDATE events SET payload = '{}' WHERE workspace_id = $1 AND position = $2"),
            params![tx.workspace, position],
        )
        .await?;
    }
    Ok(())
}

/// Does not wait until the days are over.
async fn erase_now(tx: &mut Tx<'_>, permit: MayRestore) -> Result<(), Problem> {
    let (conversation, deleted_at) = (permit.kept.conversation.id, permit.kept.deleted_at);
    begin_now(tx, Due { conversation, deleted_at }).await
}

/// Nobody puts it back from then on.
pub(crate) async fn begin_now(tx: &mut Tx<'_>, due: Due) -> Result<(), Problem> {
    let id = due.conversation;
    let begun = sql!("UPDATE deleted_conversations SET erase_at = 0 WHERE workspace_id = $1 AND id = $2");
    tx.put(begun, params![tx.workspace, id]).await?;
    tx.audit(Audited::done("conversation", "erasing_begun", id, &id.to_string()));
    tx.enqueue(&ERASE, &due, tx.now).await
}

/// Erase a deleted conversation now
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/erasure", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn erase_conversation(ctx: Ctx<MayRestore>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(erase_now(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
