//! Whether whoever had a conversation may still look at it, when the inbox says so no more: everything of it is gone for
//! him at once, on every surface.

use crate::thread;
use base::{App, Follow, JobFailure, JobKind, Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, InboxId, WorkspaceId};

pub const FOLLOW: Follow =
    Follow { event: &inboxes::UPDATED, wants: |facts| inboxes::ended_formers(facts).is_some(), job: &REVOKE };

pub static REVOKE: JobKind =
    JobKind { name: "conversations.revoke", run: |app, workspace, facts| Box::pin(revoke(app, workspace, facts)) };

async fn revoke(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let inbox = inboxes::ended_formers(&facts).ok_or_else(|| JobFailure::GiveUp(anyhow::anyhow!("no inbox")))?;
    while app.write(workspace, move |tx| Box::pin(revoke_one(tx, inbox))).await? {}
    Ok(())
}

/// Answers whether there may be more.
async fn revoke_one(tx: &mut Tx<'_>, inbox: InboxId) -> Result<bool, Problem> {
    if inboxes::formers_read(tx, inbox).await? {
        return Ok(false);
    }
    let row = tx
        .first(
            sql!(
                "SELECT id FROM conversations WHERE workspace_id = $1 AND inbox_id = $2 AND formers IS NOT NULL \
                 ORDER BY id LIMIT 1"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    let Some(row) = row else { return Ok(false) };
    if let Some(mut thread) = thread::lock(tx, row.get::<ConversationId>("id")?).await? {
        thread.conversation.formers.clear();
        thread.save(tx).await?;
    }
    Ok(true)
}
