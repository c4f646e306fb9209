//! A new team.

use crate::{
    TEAM_NAME_TAKEN, TOO_MANY_TEAMS, Team, TeamMember, event,
    team::{CanManageTeams, checked_name, find_team, folded, seat},
};
use axum::{Json, http::StatusCode};
use base::{Audited, Body, Ctx, Problem, Tx};
use db::{params, sql};
use ids::TeamId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Of one workspace: a desk loads them all at once.
const MOST: i64 = 100;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTeam {
    /// May be made by the client (UUIDv7); the same id twice is one team.
    pub id: Option<TeamId>,
    /// One line of at most 40 characters.
    pub name: String,
    #[serde(default)]
    pub members: Vec<TeamMember>,
}

/// Makes a team.
pub async fn create_team(tx: &mut Tx<'_>, asked: CreateTeam) -> Result<Team, Problem> {
    let id = asked.id.unwrap_or_else(|| TeamId(tx.uuid()));
    if let Some(known) = find_team(tx, id).await? {
        return Ok(known);
    }
    let mut made = Team { id, name: checked_name(&asked.name)?, members: Vec::new() };
    asked.members.into_iter().for_each(|member| made.put(member));
    let made = made.settled()?;
    must_have_room(tx).await?;
    let inserted = tx
        .execute(
            sql!(
                "INSERT INTO teams (workspace_id, id, name, folded, created_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT DO NOTHING"
            ),
            &params![tx.workspace, id, made.name.as_str(), folded(&made.name), tx.now],
        )
        .await?;
    if inserted == 0 {
        // Of the same name, or the same request at the same time.
        let known = find_team(tx, id).await?;
        return known.ok_or_else(|| TEAM_NAME_TAKEN.with("name", made.name));
    }
    let joined = seat(tx, &[], &made).await?;
    tx.audit(Audited::created("team", made.id, &made.name, &made)?);
    event::team_updated(tx, &made)?;
    event::membership_changed(tx, joined).await?;
    Ok(made)
}

async fn must_have_room(tx: &mut Tx<'_>) -> Result<(), Problem> {
    let row =
        tx.first(sql!("SELECT COUNT(*) AS there FROM teams WHERE workspace_id = $1"), &params![tx.workspace]).await?;
    let there: i64 = row.map_or(Ok(0), |row| row.get("there"))?;
    if there >= MOST { Err(TOO_MANY_TEAMS.with("max", MOST)) } else { Ok(()) }
}

/// Create a team
#[utoipa::path(
    post, path = "/api/v1/teams", tag = "people", request_body = CreateTeam,
    responses(
        (status = 201, body = Team),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, team_name_invalid, team_name_taken, too_many_teams, too_many_team_members, own_place, member_unknown", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn post_team(
    ctx: Ctx<CanManageTeams>,
    Body(asked): Body<CreateTeam>,
) -> Result<(StatusCode, Json<Team>), Problem> {
    let made = ctx.write(|tx, CanManageTeams| Box::pin(create_team(tx, asked))).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
