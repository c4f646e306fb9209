//! A new role, often a copy of another.

use crate::{
    ROLE_NAME_TAKEN, TOO_MANY_ROLES, event,
    role::{
        CanManageRoles, FreeRole, RoleItem, checked_description, checked_name, checked_rights, find, folded, must_cover,
    },
};
use axum::{Json, http::StatusCode};
use base::{Audited, Body, Ctx, MemberCaller, Problem, Role, Tx};
use db::{params, sql};
use ids::RoleId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Of one workspace.
const MOST: i64 = 50;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRole {
    /// May be made by the client (UUIDv7); the same id twice is one role.
    pub id: Option<RoleId>,
    /// One line of at most 40 characters.
    pub name: String,
    /// At most 300 characters.
    #[serde(default)]
    pub description: String,
    /// `area:action:scope`; what is not named is not held.
    pub rights: Vec<String>,
}

pub(crate) async fn create(tx: &mut Tx<'_>, by: &MemberCaller, asked: CreateRole) -> Result<RoleItem, Problem> {
    let id = asked.id.unwrap_or_else(|| RoleId(tx.uuid()));
    if let Some(known) = find(tx, id).await? {
        return Ok(known.item(0, by));
    }
    let made = FreeRole {
        id,
        name: checked_name(&asked.name)?,
        description: checked_description(&asked.description)?,
        rights: checked_rights(&asked.rights)?,
    };
    must_cover(by, made.rights)?;
    must_have_room(tx).await?;
    let inserted = tx
        .execute(
            sql!(
                "INSERT INTO roles (workspace_id, role, name, folded, description, rights, created_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
            ),
            &params![
                tx.workspace,
                Role::Free(id),
                made.name.as_str(),
                folded(&made.name),
                made.description.clone(),
                serde_json::to_string(&made.rights.names())?,
                tx.now
            ],
        )
        .await?;
    if inserted == 0 {
        // Of the same name, or the same request at the same time.
        let known = find(tx, id).await?.ok_or_else(|| ROLE_NAME_TAKEN.with("name", made.name))?;
        return Ok(known.item(0, by));
    }
    tx.audit(Audited::created("role", id, &made.name, &made.told())?);
    event::role_updated(tx, id)?;
    Ok(made.item(0, by))
}

async fn must_have_room(tx: &mut Tx<'_>) -> Result<(), Problem> {
    let row =
        tx.first(sql!("SELECT COUNT(*) AS there FROM roles WHERE workspace_id = $1"), &params![tx.workspace]).await?;
    let there: i64 = row.map_or(Ok(0), |row| row.get("there"))?;
    if there >= MOST { Err(TOO_MANY_ROLES.with("max", MOST)) } else { Ok(()) }
}

/// Create a role
#[utoipa::path(
    post, path = "/api/v1/roles", tag = "people", request_body = CreateRole,
    responses(
        (status = 201, body = RoleItem),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, role_name_invalid, role_name_taken, role_description_invalid, role_right_unknown, role_right_unseen, too_many_roles", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn post_role(
    ctx: Ctx<CanManageRoles>,
    Body(asked): Body<CreateRole>,
) -> Result<(StatusCode, Json<RoleItem>), Problem> {
    let made = ctx.write(|tx, CanManageRoles(by)| Box::pin(async move { create(tx, &by, asked).await })).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
