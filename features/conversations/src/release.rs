//! What a member holds when he can no longer answer: it goes back into the queue, where others see it.

use crate::{
    Holder,
    entry::{Author, AuthorKind},
    thread,
};
use base::{App, Follow, JobFailure, JobKind, Problem, Right, Scope, Tx};
use db::{params, sql};
use ids::{ConversationId, MemberId, WorkspaceId};

/// After each change of a member's rights.
pub const FOLLOW: Follow =
    Follow { event: &people::MEMBER_UPDATED, wants: |facts| people::changed_rights(facts).is_some(), job: &RELEASE };

pub static RELEASE: JobKind =
    JobKind { name: "conversations.release", run: |app, workspace, facts| Box::pin(release(app, workspace, facts)) };

async fn release(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let member = people::changed_rights(&facts).ok_or_else(|| JobFailure::GiveUp(anyhow::anyhow!("no member")))?;
    // One in each transaction: with two, this and people at work would lock them in different orders.
    while app.write(workspace, move |tx| Box::pin(release_oldest(tx, member))).await? {}
    Ok(())
}

/// Puts back the oldest one; answers whether there may be more.
async fn release_oldest(tx: &mut Tx<'_>, member: MemberId) -> Result<bool, Problem> {
    if answers(tx, member).await? {
        return Ok(false);
    }
    let held = tx
        .first(
            sql!(
                "SELECT id FROM conversations WHERE workspace_id = $1 AND status IN ('open', 'snoozed') AND holder_member_id = $2 \
                 ORDER BY last_activity_at, id LIMIT 1"
            ),
            &params![tx.workspace, member],
        )
        .await?;
    let Some(row) = held else { return Ok(false) };
    let Some(mut thread) = thread::lock(tx, row.get::<ConversationId>("id")?).await? else { return Ok(true) };
    // Somebody may have taken it between the look and the lock.
    if thread.conversation.is_open() && thread.conversation.holder == (Holder::Member { id: member }) {
        let system = Author { kind: AuthorKind::System, id: None, name: None };
        thread.hand_to(tx, Holder::Queue, None, system, None);
        thread.save(tx).await?;
    }
    Ok(true)
}

/// Whether the member is still there and may answer.
async fn answers(tx: &mut Tx<'_>, member: MemberId) -> Result<bool, Problem> {
    let caller = people::as_caller(tx, member).await?;
    Ok(caller.is_some_and(|caller| caller.scope(Right::CONVERSATION_REPLY) > Scope::None))
}
