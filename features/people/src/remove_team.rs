//! Removing a team. Its members stay what they are without it; notes keep its name; what belonged to it follows by the
//! features that know of it.

use crate::{event, pause, team::ManagedTeam};
use axum::http::StatusCode;
use base::{Audited, Ctx, Problem, Tx};
use db::{params, sql};
use ids::TeamId;

async fn remove(tx: &mut Tx<'_>, ManagedTeam(team): ManagedTeam) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM team_members WHERE workspace_id = $1 AND team_id = $2"), params![tx.workspace, team.id])
        .await?;
    tx.put(sql!("DELETE FROM team_inboxes WHERE workspace_id = $1 AND team_id = $2"), params![tx.workspace, team.id])
        .await?;
    pause::end_lost(tx).await?;
    tx.put(sql!("DELETE FROM teams WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, team.id]).await?;
    tx.audit(Audited::removed("team", team.id, &team.name, &team)?);
    event::team_gone(tx, team.id)?;
    event::membership_changed(tx, team.members.into_iter().map(|member| member.member_id).collect()).await
}

/// Remove a team, and with it what only its members had
#[utoipa::path(
    delete, path = "/api/v1/teams/{team}", tag = "people", params(("team" = TeamId, Path)),
    responses(
        (status = 204),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn delete_team(ctx: Ctx<ManagedTeam>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(remove(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
