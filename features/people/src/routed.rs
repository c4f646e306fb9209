//! Who can be given work: online, with room for one more, and allowed to answer.
//!
//! What must stay true: whoever is chosen is looked at again behind the lock of his presence, so that two inboxes at once
//! do not fill his last place twice.

use crate::{
    caller::{own_rights, rights},
    skills,
};
use base::{Problem, Right, Scope, Tx};
use db::{Row, params, sql};
use ids::{InboxId, MemberId, TeamId};

/// Somebody who can take one more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: MemberId,
    pub name: String,
    pub open: i64,
    /// Since when he got and finished none.
    pub free_since: i64,
    /// Folded.
    pub skills: Vec<String>,
}

/// He is online, and has less than he can take.
macro_rules! free {
    () => {
        "p.chosen = 'online' AND p.seen_at IS NOT NULL AND m.disabled_at IS NULL AND (COALESCE(NULLIF(p.open_limit, 0), \
         k.open_limit) = 0 OR p.open < COALESCE(NULLIF(p.open_limit, 0), k.open_limit))"
    };
}

/// He takes nothing from the inbox for now; the number of the parameter that names it.
macro_rules! paused {
    ($inbox:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM pauses z WHERE z.workspace_id = p.workspace_id AND z.member_id = p.member_id \
             AND z.inbox_id = ",
            $inbox,
            ")"
        )
    };
}

/// Those of a place that can be given one more; parameters: the workspace, the place, the inbox.
macro_rules! free_of {
    ($places:literal, $place:literal) => {
        sql!(concat!(
            "SELECT m.id, m.name, m.role, ",
            own_rights!(),
            ", m.skills, p.open, p.free_since FROM ",
            $places,
            " w JOIN workspaces k ON k.id = w.workspace_id \
             JOIN members m ON m.workspace_id = w.workspace_id AND m.id = w.member_id \
             JOIN presences p ON p.workspace_id = m.workspace_id AND p.member_id = m.id \
             WHERE w.workspace_id = $1 AND w.",
            $place,
            " = $2 AND ",
            free!(),
            " AND NOT ",
            paused!("$3"),
            " ORDER BY m.id"
        ))
    };
}

/// Who of those that work in the inbox, or in one of its teams, can be given one more of it, by their ids.
pub async fn free_in(tx: &mut Tx<'_>, inbox: InboxId, team: Option<TeamId>) -> Result<Vec<Candidate>, Problem> {
    let rows = match team {
        None => tx.query(free_of!("memberships", "inbox_id"), &params![tx.workspace, inbox, inbox]).await?,
        Some(team) => tx.query(free_of!("team_members", "team_id"), &params![tx.workspace, team, inbox]).await?,
    };
    let mut free = Vec::new();
    for row in &rows {
        if rights(row)?.scope(Right::CONVERSATION_REPLY) > Scope::None {
            free.push(candidate(row)?);
        }
    }
    Ok(free)
}

fn candidate(row: &Row) -> Result<Candidate, db::Error> {
    Ok(Candidate {
        id: row.get("id")?,
        name: row.get("name")?,
        open: row.get("open")?,
        free_since: row.get("free_since")?,
        skills: skills::stored(row.get("skills")?)?,
    })
}

/// Whether he still can take one more of the inbox. Nobody else gives him one before this transaction ends.
pub async fn lock_free(tx: &mut Tx<'_>, member: MemberId, inbox: InboxId) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT member_id FROM presences WHERE workspace_id = ?1 AND member_id = ?2",
                postgres: "SELECT member_id FROM presences WHERE workspace_id = $1 AND member_id = $2 FOR UPDATE"
            ),
            &params![tx.workspace, member],
        )
        .await?;
    if row.is_none() {
        return Ok(false);
    }
    // Behind the lock, and not in the statement that waited for it: that one saw the other rows as they were before.
    let row = tx
        .first(
            sql!(concat!(
                "SELECT m.id FROM presences p JOIN workspaces k ON k.id = p.workspace_id \
                 JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.member_id \
                 WHERE p.workspace_id = $1 AND p.member_id = $2 AND ",
                free!(),
                " AND NOT ",
                paused!("$3")
            )),
            &params![tx.workspace, member, inbox],
        )
        .await?;
    Ok(row.is_some())
}

/// Whether it matters to some inbox who comes and goes.
pub(crate) async fn routes(tx: &mut Tx<'_>) -> Result<bool, Problem> {
    let row = tx.first(sql!("SELECT routes FROM workspaces WHERE id = $1"), &params![tx.workspace]).await?;
    Ok(row.map_or(Ok(0), |row| row.get::<i64>("routes"))? != 0)
}

/// From now on it does, or does not.
pub async fn set_routes(tx: &mut Tx<'_>, routes: bool) -> Result<(), Problem> {
    tx.put(sql!("UPDATE workspaces SET routes = $2 WHERE id = $1"), params![tx.workspace, i64::from(routes)]).await?;
    Ok(())
}
