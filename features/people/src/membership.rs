//! Who works in which inbox.

use crate::{MEMBER_UNKNOWN, event, member::find_member};
use base::{MemberCaller, Problem, Tx};
use db::{params, sql};
use ids::{InboxId, MemberId, SignInId, Uuid};

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
    let moved: Vec<_> = joining.into_iter().chain(leaving).collect();
    if moved.is_empty() { Ok(()) } else { event::membership_changed(tx, moved) }
}

/// What a member who is not asking himself could see and do; `None` when there is none or he is disabled.
pub async fn as_caller(tx: &mut Tx<'_>, id: MemberId) -> Result<Option<MemberCaller>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT m.name, m.role, w.inbox_id FROM members m LEFT JOIN memberships w \
                 ON w.workspace_id = m.workspace_id AND w.member_id = m.id \
                 WHERE m.workspace_id = $1 AND m.id = $2 AND m.disabled_at IS NULL"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let inboxes = rows.iter().map(|row| row.get("inbox_id")).collect::<Result<Vec<Option<InboxId>>, _>>()?;
    Ok(Some(MemberCaller {
        workspace: tx.workspace,
        id,
        name: row.get("name")?,
        role: row.get("role")?,
        inboxes: inboxes.into_iter().flatten().collect(),
        sign_in: SignInId(Uuid::nil()),
    }))
}
