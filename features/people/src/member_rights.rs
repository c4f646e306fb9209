//! What a member may do, and why: each right with its scope, where it comes from, and what keeps it from reaching far.
//!
//! Whoever manages members may ask of anybody, and everybody of himself.

use crate::{
    Member, caller,
    member::find_member,
    role::{keep, made},
};
use axum::Json;
use base::{Caller, Ctx, Permit, Problem, Right, Rights, Role, Scope, Tx, refusal};
use db::{params, sql};
use ids::{InboxId, MemberId, TeamId};
use serde::Serialize;
use utoipa::ToSchema;

/// What a right comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It holds as far as its scope says.
    Held,
    /// His role has it not.
    Lacking,
    /// He works in no inbox and is in no team: it reaches no further than what he is given by hand.
    NoPlace,
    /// It reaches his teams, and he is in none.
    NoTeam,
    /// Only who answers uses quick replies, and he does not.
    NoReply,
    /// He is disabled and may do nothing.
    Disabled,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExplainedRight {
    /// `area:action`.
    pub right: String,
    /// As his role says.
    pub scope: Scope,
    pub effect: Effect,
    /// The roles that have it, the shipped ones first.
    pub roles: Vec<Role>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MemberRights {
    pub member: Member,
    /// Of his role when the workspace made it.
    pub role_name: Option<String>,
    pub inbox_ids: Vec<InboxId>,
    pub team_ids: Vec<TeamId>,
    /// How many others his teams have.
    pub colleagues: i64,
    pub items: Vec<ExplainedRight>,
}

/// A member whose rights the caller may look at.
pub struct CanExplain(Member);

impl Permit for CanExplain {
    type Target = MemberId;

    async fn grant(caller: &Caller, target: MemberId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let by = caller.member()?;
        // Everybody sees the members, so the missing right is no secret.
        let member = find_member(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        if by.id != target {
            by.must_hold(Right::MEMBER_MANAGE)?;
        }
        Ok(Self(member))
    }
}

async fn explain(tx: &mut Tx<'_>, member: Member) -> Result<MemberRights, Problem> {
    let rights = keep(tx, member.role).await?;
    let made = made(tx).await?;
    let role_name = made.iter().find(|one| Role::Free(one.id) == member.role).map(|one| one.name.clone());
    let shipped = Role::SHIPPED.into_iter().filter_map(|role| Some((role, role.rights()?)));
    let roles: Vec<(Role, Rights)> = shipped.chain(made.iter().map(|one| (Role::Free(one.id), one.rights))).collect();
    let (inbox_ids, team_ids) = places(tx, member.id).await?;
    let has_place = !inbox_ids.is_empty() || !team_ids.is_empty();
    let answers = rights.scope(Right::CONVERSATION_REPLY) > Scope::None;
    let items = Right::ALL.map(|right| {
        let scope = rights.scope(right);
        let roles = roles.iter().filter(|(_, rights)| rights.scope(right) > Scope::None).map(|(role, _)| *role);
        let effect = match scope {
            _ if member.disabled => Effect::Disabled,
            Scope::None => Effect::Lacking,
            _ if right == Right::QUICK_REPLY_MANAGE_SHARED && !answers => Effect::NoReply,
            Scope::All => Effect::Held,
            _ if !has_place => Effect::NoPlace,
            Scope::Team if team_ids.is_empty() => Effect::NoTeam,
            Scope::Own | Scope::Team | Scope::Inbox => Effect::Held,
        };
        ExplainedRight { right: right.0.to_owned(), scope, effect, roles: roles.collect() }
    });
    let colleagues = caller::all_colleagues(tx, member.id).await?.len() as i64;
    Ok(MemberRights { member, role_name, inbox_ids, team_ids, colleagues, items: items.into() })
}

async fn places(tx: &mut Tx<'_>, member: MemberId) -> Result<(Vec<InboxId>, Vec<TeamId>), Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT inbox_id, CAST(NULL AS UUID) AS team_id, CAST(0 AS BIGINT) AS leads FROM memberships \
                 WHERE workspace_id = $1 AND member_id = $2 \
                 UNION ALL SELECT CAST(NULL AS UUID), team_id, leads FROM team_members \
                 WHERE workspace_id = $1 AND member_id = $2"
            ),
            &params![tx.workspace, member],
        )
        .await?;
    let (inboxes, teams) = caller::places(&rows)?;
    Ok((inboxes, teams.into_iter().map(|seat| seat.team).collect()))
}

/// Explain what a member may do
#[utoipa::path(
    get, path = "/api/v1/members/{member}/rights", tag = "people", params(("member" = MemberId, Path)),
    responses(
        (status = 200, body = MemberRights),
        (status = "default", description = "unauthenticated, forbidden, not_found", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn show_member_rights(ctx: Ctx<CanExplain>) -> Result<Json<MemberRights>, Problem> {
    ctx.read(|tx, CanExplain(member)| Box::pin(explain(tx, member))).await.map(Json)
}
