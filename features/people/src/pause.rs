//! From which of his inboxes a member takes nothing for now, though he is there for the others.
//!
//! What must stay true: it holds until he says otherwise, over sign-outs and restarts, and ends when he works in the
//! inbox no more; who does not see the inbox does not hear of it. Absent: who gets no work because of it
//! (conversations). By hand everything can still be given to him, and he can take it.

use crate::{
    event,
    membership::{is_seated_in, team_places},
    presence, routed,
};
use axum::Json;
use base::{Body, Caller, Ctx, MemberCaller, Permit, Problem, Right, Scope, Tx, refusal};
use db::{Row, params, sql};
use ids::{InboxId, MemberId, TeamId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pause {
    pub member_id: MemberId,
    pub inbox_id: InboxId,
    /// Whether he takes nothing from it for now.
    pub paused: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPause {
    pub paused: bool,
}

/// An inbox in which the member works, himself or with a team.
pub struct OwnInbox {
    me: Arc<MemberCaller>,
    inbox: InboxId,
}

impl Permit for OwnInbox {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let me = caller.member()?.clone();
        if me.works_in(target) || is_seated_in(tx, me.id, target).await? {
            return Ok(Self { me, inbox: target });
        }
        Err(refusal::NOT_FOUND.into())
    }
}

/// Whether a member hears from which inboxes others take nothing: of those in which he or one of his teams works, and of
/// all when he sees all.
pub(crate) fn sees(member: &MemberCaller, inbox: InboxId, teams: &[TeamId]) -> bool {
    let all = |right| member.scope(right) == Scope::All;
    let seated = teams.iter().any(|team| member.is_in(*team));
    member.works_in(inbox) || seated || all(Right::CONVERSATION_VIEW) || all(Right::INBOX_MANAGE)
}

async fn set(tx: &mut Tx<'_>, OwnInbox { me, inbox }: OwnInbox, paused: bool) -> Result<Pause, Problem> {
    // Whoever gives him something looks behind the same lock.
    presence::lock(tx, me.id).await?.ok_or(refusal::UNAUTHENTICATED)?;
    let pause = Pause { member_id: me.id, inbox_id: inbox, paused };
    if paused_by(tx, me.id).await?.contains(&inbox) == paused {
        return Ok(pause);
    }
    if paused {
        tx.put(
            sql!("INSERT INTO pauses (workspace_id, member_id, inbox_id, since) VALUES ($1, $2, $3, $4)"),
            params![tx.workspace, me.id, inbox, tx.now],
        )
        .await?;
        event::pause_updated(tx, pause, false).await?;
    } else {
        end(tx, me.id, inbox).await?;
    }
    Ok(pause)
}

/// Ends those of members who work in the inbox no more, neither themselves nor with a team.
pub(crate) async fn end_lost(tx: &mut Tx<'_>) -> Result<(), Problem> {
    let lost = tx
        .query(
            sql!(
                "SELECT z.member_id, z.inbox_id FROM pauses z WHERE z.workspace_id = $1 \
                 AND NOT EXISTS (SELECT 1 FROM memberships w WHERE w.workspace_id = z.workspace_id \
                 AND w.inbox_id = z.inbox_id AND w.member_id = z.member_id) \
                 AND NOT EXISTS (SELECT 1 FROM team_members t JOIN team_inboxes x ON x.workspace_id = t.workspace_id \
                 AND x.team_id = t.team_id WHERE t.workspace_id = z.workspace_id AND t.member_id = z.member_id \
                 AND x.inbox_id = z.inbox_id) ORDER BY z.member_id, z.inbox_id"
            ),
            &params![tx.workspace],
        )
        .await?;
    for row in &lost {
        end(tx, row.get("member_id")?, row.get("inbox_id")?).await?;
    }
    Ok(())
}

/// Tells the inbox's pauses again: to a team that just began to work there.
pub(crate) async fn tell(tx: &mut Tx<'_>, inbox_id: InboxId) -> Result<(), Problem> {
    for member_id in paused_in(tx, inbox_id).await? {
        event::pause_updated(tx, Pause { member_id, inbox_id, paused: true }, false).await?;
    }
    Ok(())
}

async fn end(tx: &mut Tx<'_>, member_id: MemberId, inbox_id: InboxId) -> Result<(), Problem> {
    let ended = tx
        .execute(
            sql!("DELETE FROM pauses WHERE workspace_id = $1 AND member_id = $2 AND inbox_id = $3"),
            &params![tx.workspace, member_id, inbox_id],
        )
        .await?;
    if ended > 0 {
        let routes = routed::routes(tx).await?;
        event::pause_updated(tx, Pause { member_id, inbox_id, paused: false }, routes).await?;
    }
    Ok(())
}

/// From which inboxes a member takes nothing.
pub async fn paused_by(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<InboxId>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT inbox_id FROM pauses WHERE workspace_id = $1 AND member_id = $2 ORDER BY inbox_id"),
            &params![tx.workspace, member],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("inbox_id")).collect::<Result<_, _>>()?)
}

/// Who takes nothing from an inbox.
pub async fn paused_in(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Vec<MemberId>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT member_id FROM pauses WHERE workspace_id = $1 AND inbox_id = $2 ORDER BY member_id"),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("member_id")).collect::<Result<_, _>>()?)
}

/// Who takes nothing from where, as far as the member sees it: his own, and those of inboxes that he sees.
pub async fn list_pauses(tx: &mut Tx<'_>, by: &MemberCaller) -> Result<Vec<Pause>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT member_id, inbox_id FROM pauses WHERE workspace_id = $1 ORDER BY member_id, inbox_id"),
            &params![tx.workspace],
        )
        .await?;
    let pause = |row: &Row| {
        Ok::<_, db::Error>(Pause { member_id: row.get("member_id")?, inbox_id: row.get("inbox_id")?, paused: true })
    };
    let mut pauses = rows.iter().map(pause).collect::<Result<Vec<_>, _>>()?;
    let places = team_places(tx).await?;
    pauses.retain(|pause| {
        let here = places.iter().filter(|(inbox, _)| *inbox == pause.inbox_id);
        let teams: Vec<_> = here.map(|(_, team)| *team).collect();
        pause.member_id == by.id || sees(by, pause.inbox_id, &teams)
    });
    Ok(pauses)
}

/// Say whether one takes something from an inbox
#[utoipa::path(
    put, path = "/api/v1/me/pauses/{inbox}", tag = "people", params(("inbox" = InboxId, Path)),
    request_body = SetPause,
    responses(
        (status = 200, body = Pause),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found, invalid_body", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn set_pause(ctx: Ctx<OwnInbox>, Body(asked): Body<SetPause>) -> Result<Json<Pause>, Problem> {
    ctx.write(move |tx, permit| Box::pin(set(tx, permit, asked.paused))).await.map(Json)
}
