//! Who works in which inbox: members, and teams to whom its conversations may be given.

use crate::{MEMBER_UNKNOWN, OWN_PLACE, TEAM_UNKNOWN, event, keep_team, member::find_member, pause};
use base::{MemberCaller, Problem, Right, Scope, Tx};
use db::{params, sql};
use ids::{InboxId, MemberId, TeamId};
use std::collections::BTreeSet;

/// Nobody widens his own view: who does not see every conversation is put into inboxes and teams by others. `puts_him`
/// says whether what is asked gives the asking member such a place.
pub(crate) fn put_by_others(tx: &Tx<'_>, puts_him: impl Fn(&MemberCaller) -> bool) -> Result<(), Problem> {
    let sees_all = |by: &MemberCaller| by.scope(Right::CONVERSATION_VIEW) == Scope::All;
    let widens = tx.by.as_ref().is_some_and(|by| !sees_all(by) && puts_him(by));
    if widens { Err(OWN_PLACE.into()) } else { Ok(()) }
}

/// The members of an inbox.
pub async fn members_of(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Vec<MemberId>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT member_id FROM memberships WHERE workspace_id = $1 AND inbox_id = $2 ORDER BY member_id"),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("member_id")).collect::<Result<_, _>>()?)
}

/// Every membership of the workspace.
pub async fn memberships(tx: &mut Tx<'_>) -> Result<Vec<(InboxId, MemberId)>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT inbox_id, member_id FROM memberships WHERE workspace_id = $1 ORDER BY inbox_id, member_id"),
            &params![tx.workspace],
        )
        .await?;
    Ok(rows.iter().map(|row| Ok((row.get("inbox_id")?, row.get("member_id")?))).collect::<Result<_, db::Error>>()?)
}

/// Makes exactly `wanted` work in the inbox. Who joins or leaves by it has new rights from now on.
pub async fn set_members_of(tx: &mut Tx<'_>, inbox: InboxId, wanted: &[MemberId]) -> Result<(), Problem> {
    let present = members_of(tx, inbox).await?;
    let mut joining: Vec<_> = wanted.iter().filter(|id| !present.contains(id)).copied().collect();
    joining.sort_unstable();
    joining.dedup();
    put_by_others(tx, |by| joining.contains(&by.id))?;
    let leaving: Vec<_> = present.into_iter().filter(|id| !wanted.contains(id)).collect();
    for member in &joining {
        // Taken from the members, so that a stranger's id joins nothing.
        let joined = tx
            .execute(
                sql!(
                    "INSERT INTO memberships (workspace_id, inbox_id, member_id) \
                     SELECT workspace_id, $3, id FROM members WHERE workspace_id = $1 AND id = $2 \
                     ON CONFLICT DO NOTHING"
                ),
                &params![tx.workspace, *member, inbox],
            )
            .await?;
        // None joined: he is unknown, or somebody else was quicker.
        if joined == 0 && find_member(tx, *member).await?.is_none() {
            return Err(MEMBER_UNKNOWN.with("id", member.to_string()));
        }
    }
    for member in &leaving {
        tx.put(
            sql!("DELETE FROM memberships WHERE workspace_id = $1 AND inbox_id = $2 AND member_id = $3"),
            params![tx.workspace, inbox, *member],
        )
        .await?;
    }
    if !leaving.is_empty() {
        pause::end_lost(tx).await?;
    }
    let moved: Vec<_> = joining.into_iter().chain(leaving).collect();
    event::membership_changed(tx, moved).await
}

/// The teams of an inbox.
pub async fn teams_of(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Vec<TeamId>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT team_id FROM team_inboxes WHERE workspace_id = $1 AND inbox_id = $2 ORDER BY team_id"),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("team_id")).collect::<Result<_, _>>()?)
}

/// Every place of a team in the workspace.
pub async fn team_places(tx: &mut Tx<'_>) -> Result<Vec<(InboxId, TeamId)>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT inbox_id, team_id FROM team_inboxes WHERE workspace_id = $1 ORDER BY inbox_id, team_id"),
            &params![tx.workspace],
        )
        .await?;
    Ok(rows.iter().map(|row| Ok((row.get("inbox_id")?, row.get("team_id")?))).collect::<Result<_, db::Error>>()?)
}

/// The name of a team, when it works in the inbox.
pub async fn team_in(tx: &mut Tx<'_>, inbox: InboxId, team: TeamId) -> Result<Option<String>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT t.name FROM team_inboxes x JOIN teams t ON t.workspace_id = x.workspace_id \
                 AND t.id = x.team_id WHERE x.workspace_id = $1 AND x.inbox_id = $2 AND x.team_id = $3"
            ),
            &params![tx.workspace, inbox, team],
        )
        .await?;
    Ok(row.map(|row| row.get("name")).transpose()?)
}

/// Whether a team of the member works in the inbox.
pub async fn is_seated_in(tx: &mut Tx<'_>, member: MemberId, inbox: InboxId) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT t.team_id FROM team_members t JOIN team_inboxes x ON x.workspace_id = t.workspace_id \
                 AND x.team_id = t.team_id WHERE t.workspace_id = $1 AND t.member_id = $2 AND x.inbox_id = $3 LIMIT 1"
            ),
            &params![tx.workspace, member, inbox],
        )
        .await?;
    Ok(row.is_some())
}

/// Makes exactly these teams work in the inbox. What others of them had there is released by whoever follows the event.
pub async fn set_teams_of(tx: &mut Tx<'_>, inbox: InboxId, wanted: &[TeamId]) -> Result<(), Problem> {
    let wanted: BTreeSet<_> = wanted.iter().copied().collect();
    let present: BTreeSet<_> = teams_of(tx, inbox).await?.into_iter().collect();
    put_by_others(tx, |by| wanted.difference(&present).any(|team| by.is_in(*team)))?;
    for team in wanted.difference(&present) {
        if !keep_team(tx, *team).await? {
            return Err(TEAM_UNKNOWN.with("id", team.to_string()));
        }
        tx.put(
            sql!(
                "INSERT INTO team_inboxes (workspace_id, inbox_id, team_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
            ),
            params![tx.workspace, inbox, *team],
        )
        .await?;
    }
    for team in present.difference(&wanted) {
        tx.put(
            sql!("DELETE FROM team_inboxes WHERE workspace_id = $1 AND inbox_id = $2 AND team_id = $3"),
            params![tx.workspace, inbox, *team],
        )
        .await?;
        event::team_left(tx, *team, inbox)?;
    }
    if present.difference(&wanted).next().is_some() {
        pause::end_lost(tx).await?;
    }
    if wanted.difference(&present).next().is_some() {
        pause::tell(tx, inbox).await?;
    }
    Ok(())
}
