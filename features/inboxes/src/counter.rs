//! How many conversations wait and how many are open in an inbox: kept, never counted.

use crate::event;
use base::{MemberCaller, Problem, Right, Scope, Tx};
use db::{params, sql};
use ids::{InboxId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counters {
    pub inbox_id: InboxId,
    /// Open, and nobody is in charge.
    pub queued: i64,
    pub open: i64,
}

/// Moves the counters and tells who may see the inbox.
pub async fn move_counters(tx: &mut Tx<'_>, inbox: InboxId, queued: i64, open: i64) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(
                "UPDATE inboxes SET queued = queued + $3, open = open + $4 WHERE workspace_id = $1 AND id = $2 \
                 RETURNING queued, open"
            ),
            &params![tx.workspace, inbox, queued, open],
        )
        .await?;
    if let Some(row) = row {
        let counters = Counters { inbox_id: inbox, queued: row.get("queued")?, open: row.get("open")? };
        tx.emit(event::counters(counters)?);
    }
    Ok(())
}

/// Who sees conversations of an inbox knows how many there are.
pub(crate) fn sees_counters(member: &MemberCaller, inbox: InboxId) -> bool {
    match member.scope(Right::CONVERSATION_VIEW) {
        Scope::None => false,
        Scope::Own | Scope::Team | Scope::Inbox => member.works_in(inbox),
        Scope::All => true,
    }
}

/// The counters of the inboxes whose conversations a member sees.
pub async fn counters(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<Counters>, Problem> {
    let rows = tx
        .query(sql!("SELECT id, queued, open FROM inboxes WHERE workspace_id = $1 ORDER BY id"), &params![tx.workspace])
        .await?;
    let mut counters = Vec::with_capacity(rows.len());
    for row in &rows {
        let inbox_id = row.get("id")?;
        if sees_counters(member, inbox_id) {
            counters.push(Counters { inbox_id, queued: row.get("queued")?, open: row.get("open")? });
        }
    }
    Ok(counters)
}

/// What waits in an inbox for one of its teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamQueue {
    pub inbox_id: InboxId,
    pub team_id: TeamId,
    /// Open, and nobody of the team has it yet.
    pub queued: i64,
}

/// Members of the team see its queue, and whoever sees everything in the inbox.
pub(crate) fn sees_queue(member: &MemberCaller, inbox: InboxId, team: TeamId) -> bool {
    match member.scope(Right::CONVERSATION_VIEW) {
        Scope::None => false,
        Scope::Own | Scope::Team => member.is_in(team),
        Scope::Inbox => member.is_in(team) || member.works_in(inbox),
        Scope::All => true,
    }
}

/// Moves what waits for a team, and tells who may see it.
pub async fn move_team_queue(tx: &mut Tx<'_>, inbox: InboxId, team: TeamId, by: i64) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(
                "INSERT INTO team_queues (workspace_id, inbox_id, team_id, queued) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (workspace_id, inbox_id, team_id) DO UPDATE SET queued = team_queues.queued + excluded.queued \
                 RETURNING queued"
            ),
            &params![tx.workspace, inbox, team, by],
        )
        .await?;
    if let Some(row) = row {
        tx.emit(event::team_queue(TeamQueue { inbox_id: inbox, team_id: team, queued: row.get("queued")? })?);
    }
    Ok(())
}

/// Of the teams whose queues a member sees.
pub async fn team_queues(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<TeamQueue>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT inbox_id, team_id, queued FROM team_queues WHERE workspace_id = $1 AND queued > 0 \
                 ORDER BY inbox_id, team_id"
            ),
            &params![tx.workspace],
        )
        .await?;
    let mut queues = Vec::new();
    for row in &rows {
        let queue =
            TeamQueue { inbox_id: row.get("inbox_id")?, team_id: row.get("team_id")?, queued: row.get("queued")? };
        if sees_queue(member, queue.inbox_id, queue.team_id) {
            queues.push(queue);
        }
    }
    Ok(queues)
}
