//! Removing a role: nobody has it, or another takes its place for whoever has it or is invited to it.

use crate::{
    ROLE_HELD, ROLE_UNKNOWN,
    event::{self, Reach},
    member::find_member,
    role::{ManagedRole, holders, keep, must_cover},
};
use axum::http::StatusCode;
use base::{Audited, Ctx, Problem, QueryOf, Role, Tx, refusal};
use db::{params, sql};
use ids::RoleId;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RemoveRoleQuery {
    /// What those who have it have from now on.
    pub replacement: Option<Role>,
}

async fn remove(tx: &mut Tx<'_>, permit: ManagedRole, replacement: Option<Role>) -> Result<(), Problem> {
    let ManagedRole { by, role } = permit;
    let gone = Role::Free(role.id);
    let (members, invitations) = (holders(tx, gone).await?.len(), invited(tx, gone).await?);
    if members > 0 || invitations > 0 {
        let to = replacement.ok_or_else(|| ROLE_HELD.with("members", members).with("invitations", invitations))?;
        if to == gone {
            return Err(ROLE_UNKNOWN.into());
        }
        must_cover(&by, keep(tx, to).await?)?;
        replace(tx, gone, to).await?;
    }
    tx.put(sql!("DELETE FROM roles WHERE workspace_id = $1 AND role = $2"), params![tx.workspace, gone]).await?;
    tx.audit(Audited::removed("role", role.id, &role.name, &role.told())?);
    event::role_updated(tx, role.id)
}

/// How many invitations to it still work.
async fn invited(tx: &mut Tx<'_>, role: Role) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT COUNT(*) AS there FROM invitations WHERE workspace_id = $1 AND role = $2 \
                 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3"
            ),
            &params![tx.workspace, role, tx.now],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get("there"))?)
}

async fn replace(tx: &mut Tx<'_>, gone: Role, to: Role) -> Result<(), Problem> {
    let moved = holders(tx, gone).await?;
    tx.put(sql!("UPDATE members SET role = $3 WHERE workspace_id = $1 AND role = $2"), params![tx.workspace, gone, to])
        .await?;
    tx.put(
        sql!("UPDATE invitations SET role = $3 WHERE workspace_id = $1 AND role = $2"),
        params![tx.workspace, gone, to],
    )
    .await?;
    for member in moved {
        // As he is from now on.
        let member = find_member(tx, member.id).await?.ok_or(refusal::NOT_FOUND)?;
        let role = |role: Role| json!({ "role": role });
        tx.audit(Audited::changed("member", member.id, &member.name, &role(gone), &role(to))?);
        event::member_changed(tx, &member, Reach::Rights).await?;
    }
    Ok(())
}

/// Remove a role, giving those who have it another
#[utoipa::path(
    delete, path = "/api/v1/roles/{role}", tag = "people", params(("role" = RoleId, Path), RemoveRoleQuery),
    responses(
        (status = 204),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found, invalid_body, role_held, role_unknown", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn delete_role(
    ctx: Ctx<ManagedRole>,
    QueryOf(query): QueryOf<RemoveRoleQuery>,
) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, permit| Box::pin(remove(tx, permit, query.replacement))).await?;
    Ok(StatusCode::NO_CONTENT)
}
