//! Changing a team: its name, who is in it and who leads it.
//!
//! Members are put in and taken out one by one, so that of two administrators at once neither undoes the other.

use crate::{
    TEAM_NAME_TAKEN, Team, TeamMember, event,
    team::{ManagedTeam, checked_name, folded, seat},
};
use axum::Json;
use base::{Audited, Body, Ctx, Problem, Tx};
use db::{params, sql};
use ids::{MemberId, TeamId};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is absent stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTeam {
    /// One line of at most 40 characters.
    pub name: Option<String>,
    /// Who is in it from now on, or whether he leads it.
    #[serde(default)]
    pub put: Vec<TeamMember>,
    /// Who is in it no more.
    #[serde(default)]
    pub remove: Vec<MemberId>,
}

/// Changes a team that is locked. Notes keep the name that it had.
pub(crate) async fn change_team(tx: &mut Tx<'_>, before: Team, asked: ChangeTeam) -> Result<Team, Problem> {
    let mut after = before.clone();
    if let Some(name) = asked.name {
        after.name = checked_name(&name)?;
    }
    after.members.retain(|member| !asked.remove.contains(&member.member_id));
    asked.put.into_iter().for_each(|member| after.put(member));
    let after = after.settled()?;
    if after == before {
        return Ok(after);
    }
    if after.name != before.name {
        rename(tx, &after).await?;
    }
    let moved = seat(tx, &before.members, &after).await?;
    tx.audit(Audited::changed("team", after.id, &after.name, &before, &after)?);
    event::team_updated(tx, &after)?;
    event::membership_changed(tx, moved).await?;
    Ok(after)
}

async fn rename(tx: &mut Tx<'_>, after: &Team) -> Result<(), Problem> {
    let renamed = tx
        .execute(
            sql!("UPDATE teams SET name = $3, folded = $4 WHERE workspace_id = $1 AND id = $2"),
            &params![tx.workspace, after.id, after.name.as_str(), folded(&after.name)],
        )
        .await;
    match renamed {
        Err(db::Error::Unique(_)) => Err(TEAM_NAME_TAKEN.with("name", after.name.as_str())),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}

/// Change a team
#[utoipa::path(
    patch, path = "/api/v1/teams/{team}", tag = "people", params(("team" = TeamId, Path)), request_body = ChangeTeam,
    responses(
        (status = 200, body = Team),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found, invalid_body, team_name_invalid, team_name_taken, too_many_team_members, own_place, member_unknown", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn patch_team(ctx: Ctx<ManagedTeam>, Body(asked): Body<ChangeTeam>) -> Result<Json<Team>, Problem> {
    ctx.write(|tx, ManagedTeam(before)| Box::pin(change_team(tx, before, asked))).await.map(Json)
}
