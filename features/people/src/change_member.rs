//! Changing another member's role, disabling and enabling him.

use crate::{
    LAST_ADMINISTRATOR, Member,
    event::{self, Ended, Reach},
    member::find_member,
    member_token, presence,
    reset_password::remove_link,
    role::{keep, must_cover},
    sign_ins, skills,
    workspace::checked_open_limit,
};
use axum::Json;
use base::{Audited, Body, Caller, Ctx, MemberCaller, Permit, Problem, Right, Role, Tx, refusal};
use db::{params, sql};
use ids::MemberId;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMember {
    pub role: Option<Role>,
    pub disabled: Option<bool>,
    /// How many open conversations he can take before he is busy, 0 to 500; 0: as many as the workspace says.
    pub open_limit: Option<i64>,
    /// What he knows about: at most 20 words of at most 40 characters, without case.
    pub skills: Option<Vec<String>>,
}

/// A member whom the caller may manage.
pub struct ManagedMember {
    by: Arc<MemberCaller>,
    member: Member,
}

impl Permit for ManagedMember {
    type Target = MemberId;

    async fn grant(caller: &Caller, target: MemberId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let by = caller.member()?.clone();
        // Everybody sees the members, so the missing right is no secret.
        let member = find_member(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        by.must_hold(Right::MEMBER_MANAGE)?;
        Ok(Self { by, member })
    }
}

/// Changes a member's role and whether he is disabled.
pub(crate) async fn change(tx: &mut Tx<'_>, permit: ManagedMember, asked: ChangeMember) -> Result<Member, Problem> {
    let before = permit.member;
    let mut member = before.clone();
    member.role = asked.role.unwrap_or(before.role);
    member.disabled = asked.disabled.unwrap_or(before.disabled);
    if let Some(skills) = asked.skills {
        member.skills = skills::checked(skills)?;
    }
    // Nobody takes from whom he could not give to, and nobody gives what he lacks.
    must_cover(&permit.by, keep(tx, before.role).await?)?;
    let rights = keep(tx, member.role).await?;
    must_cover(&permit.by, rights)?;
    if let Some(limit) = asked.open_limit {
        let limit = checked_open_limit(limit)?;
        let before = presence::set_limit(tx, member.id, limit).await?;
        let of = |open_limit: i64| serde_json::json!({ "open_limit": open_limit });
        tx.audit(Audited::changed("member", member.id, &member.name, &of(before), &of(limit))?);
    }
    if member == before {
        return Ok(member);
    }
    tx.audit(Audited::changed("member", member.id, &member.name, &before, &member)?);
    // It follows from his role and is no change of its own.
    member.sees = rights.scope(Right::CONVERSATION_VIEW);
    if is_administrator(&before) && !is_administrator(&member) {
        another_administrator(tx, before.id).await?;
    }
    if member.role != before.role {
        tx.put(
            sql!("UPDATE members SET role = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, member.id, member.role],
        )
        .await?;
    }
    if member.disabled != before.disabled {
        tx.put(
            sql!("UPDATE members SET disabled_at = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, member.id, member.disabled.then_some(tx.now)],
        )
        .await?;
    }
    if member.skills != before.skills {
        skills::write(tx, member.id, &member.skills).await?;
    }
    if (member.role, member.disabled) == (before.role, before.disabled) {
        event::member_changed(tx, &member, Reach::Nothing).await?;
        return Ok(member);
    }
    if member.disabled {
        sign_ins::end(tx, member.id, Ended::All).await?;
        member_token::remove_all(tx, member.id).await?;
        remove_link(tx, member.id).await?;
    }
    let reach = if member.disabled { Reach::SignedOut } else { Reach::Rights };
    event::member_changed(tx, &member, reach).await?;
    Ok(member)
}

fn is_administrator(member: &Member) -> bool {
    member.role == Role::Administrator && !member.disabled
}

/// Refuses to take the last one's place. The rows stay locked, so that two administrators cannot end each other.
async fn another_administrator(tx: &mut Tx<'_>, besides: MemberId) -> Result<(), Problem> {
    let rows = tx
        .query(
            sql!(
                sqlite: "SELECT id FROM members WHERE workspace_id = ?1 AND role = ?2 AND disabled_at IS NULL",
                postgres: "SELECT id FROM members WHERE workspace_id = $1 AND role = $2 AND disabled_at IS NULL \
                           ORDER BY id FOR UPDATE"
            ),
            &params![tx.workspace, Role::Administrator],
        )
        .await?;
    let ids = rows.iter().map(|row| row.get("id")).collect::<Result<Vec<MemberId>, _>>()?;
    if ids.iter().any(|id| *id != besides) { Ok(()) } else { Err(LAST_ADMINISTRATOR.into()) }
}

/// Change a member's role, disable or enable him
#[utoipa::path(
    patch, path = "/api/v1/members/{member}", tag = "people", params(("member" = MemberId, Path)),
    request_body = ChangeMember,
    responses(
        (status = 200, body = Member),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found, invalid_body, last_administrator, open_limit_invalid, role_unknown, skills_invalid", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn patch_member(ctx: Ctx<ManagedMember>, Body(asked): Body<ChangeMember>) -> Result<Json<Member>, Problem> {
    ctx.write(|tx, permit| Box::pin(async move { Ok(Json(change(tx, permit, asked).await?)) })).await
}
