//! What somebody holds who can no longer answer goes back into the queue, where others see it: a member who is disabled
//! or lost the right, a team that is no more or works in the inbox no more.

use crate::{Holder, entry::Why, thread};
use base::{App, Follow, JobFailure, JobKind, Problem, Right, Scope, Tx};
use db::{params, sql};
use ids::{ConversationId, InboxId, MemberId, TeamId, WorkspaceId};
use people::{TeamGone, TeamLeft};

/// After each change of a member's rights.
pub const FOLLOW: Follow =
    Follow { event: &people::MEMBER_UPDATED, wants: |facts| people::changed_rights(facts).is_some(), job: &RELEASE };
pub const FOLLOW_TEAM: Follow = Follow { event: &people::TEAM_GONE, wants: |_| true, job: &RELEASE_OF_TEAM };
pub const FOLLOW_TEAM_PLACE: Follow = Follow { event: &people::TEAM_LEFT, wants: |_| true, job: &RELEASE_OF_PLACE };

pub static RELEASE: JobKind =
    JobKind { name: "conversations.release", run: |app, workspace, facts| Box::pin(release(app, workspace, facts)) };
pub static RELEASE_OF_TEAM: JobKind = JobKind {
    name: "conversations.release_of_team",
    run: |app, workspace, facts| {
        Box::pin(async move {
            let TeamGone { team_id } =
                serde_json::from_str(&facts).map_err(|error| JobFailure::GiveUp(error.into()))?;
            release_of_team(app, workspace, team_id, None).await
        })
    },
};
pub static RELEASE_OF_PLACE: JobKind = JobKind {
    name: "conversations.release_of_place",
    run: |app, workspace, facts| {
        Box::pin(async move {
            let left: TeamLeft = serde_json::from_str(&facts).map_err(|error| JobFailure::GiveUp(error.into()))?;
            release_of_team(app, workspace, left.team_id, Some(left.inbox_id)).await
        })
    },
};

async fn release(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let member = people::changed_rights(&facts).ok_or_else(|| JobFailure::GiveUp(anyhow::anyhow!("no member")))?;
    // One in each transaction: with two, this and people at work would lock them in different orders.
    while app.write(workspace, move |tx| Box::pin(release_oldest(tx, member))).await? {}
    Ok(())
}

async fn release_of_team(
    app: App,
    workspace: WorkspaceId,
    team: TeamId,
    inbox: Option<InboxId>,
) -> Result<(), JobFailure> {
    while app.write(workspace, move |tx| Box::pin(release_oldest_of_team(tx, team, inbox))).await? {}
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
    put_back(tx, row.get("id")?, Holder::Member { id: member }).await?;
    Ok(true)
}

/// As [`release_oldest`], of a team: in one inbox, or everywhere. It may be back in the inbox meanwhile.
async fn release_oldest_of_team(tx: &mut Tx<'_>, team: TeamId, inbox: Option<InboxId>) -> Result<bool, Problem> {
    if let Some(inbox) = inbox
        && people::team_in(tx, inbox, team).await?.is_some()
    {
        return Ok(false);
    }
    let held = tx
        .first(
            sql!(
                "SELECT id FROM conversations WHERE workspace_id = $1 AND holder_team_id = $2 \
                 AND status IN ('open', 'snoozed') AND (inbox_id = $3 OR $3 IS NULL) \
                 ORDER BY last_activity_at, id LIMIT 1"
            ),
            &params![tx.workspace, team, inbox],
        )
        .await?;
    let Some(row) = held else { return Ok(false) };
    put_back(tx, row.get("id")?, Holder::Team { id: team }).await?;
    Ok(true)
}

/// Somebody may have taken it between the look and the lock.
async fn put_back(tx: &mut Tx<'_>, id: ConversationId, from: Holder) -> Result<(), Problem> {
    let Some(mut thread) = thread::lock(tx, id).await? else { return Ok(()) };
    if thread.conversation.is_open() && thread.conversation.holder == from {
        thread.hand_to_because(tx, Holder::Queue, None, Why::Left);
        thread.save(tx).await?;
    }
    Ok(())
}

/// Whether the member is still there and may answer.
async fn answers(tx: &mut Tx<'_>, member: MemberId) -> Result<bool, Problem> {
    let caller = people::as_caller(tx, member).await?;
    Ok(caller.is_some_and(|caller| caller.scope(Right::CONVERSATION_REPLY) > Scope::None))
}
