//! Changing a role: whoever holds it has the new rights at once, on his open desk too.

use crate::{
    ROLE_NAME_TAKEN,
    event::{self, Reach},
    role::{
        FreeRole, ManagedRole, RoleItem, checked_description, checked_name, checked_rights, folded, holders, must_cover,
    },
};
use axum::Json;
use base::{Audited, Body, Ctx, Problem, Role, Tx};
use db::{params, sql};
use ids::RoleId;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRole {
    /// One line of at most 40 characters.
    pub name: Option<String>,
    /// At most 300 characters; none when it is empty.
    pub description: Option<String>,
    /// All of them, `area:action:scope`; what is not named is not held.
    pub rights: Option<Vec<String>>,
}

pub(crate) async fn change(tx: &mut Tx<'_>, permit: ManagedRole, asked: ChangeRole) -> Result<RoleItem, Problem> {
    let ManagedRole { by, role: before } = permit;
    let mut after = before.clone();
    if let Some(name) = asked.name {
        after.name = checked_name(&name)?;
    }
    if let Some(description) = asked.description {
        after.description = checked_description(&description)?;
    }
    if let Some(rights) = asked.rights {
        after.rights = checked_rights(&rights)?;
    }
    must_cover(&by, after.rights)?;
    if after != before {
        write(tx, &after).await?;
        tx.audit(Audited::changed("role", after.id, &after.name, &before.told(), &after.told())?);
        event::role_updated(tx, after.id)?;
    }
    // Behind the change: they are told with what they may do from now on.
    let holders = holders(tx, Role::Free(after.id)).await?;
    if after.rights != before.rights {
        for member in &holders {
            event::member_changed(tx, member, Reach::Rights).await?;
        }
    }
    Ok(after.item(holders.len() as i64, &by))
}

async fn write(tx: &mut Tx<'_>, after: &FreeRole) -> Result<(), Problem> {
    let written = tx
        .execute(
            sql!(
                "UPDATE roles SET name = $3, folded = $4, description = $5, rights = $6 \
                 WHERE workspace_id = $1 AND role = $2"
            ),
            &params![
                tx.workspace,
                Role::Free(after.id),
                after.name.as_str(),
                folded(&after.name),
                after.description.clone(),
                serde_json::to_string(&after.rights.names())?
            ],
        )
        .await;
    match written {
        Err(db::Error::Unique(_)) => Err(ROLE_NAME_TAKEN.with("name", after.name.as_str())),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}

/// Change a role
#[utoipa::path(
    patch, path = "/api/v1/roles/{role}", tag = "people", params(("role" = RoleId, Path)), request_body = ChangeRole,
    responses(
        (status = 200, body = RoleItem),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found, invalid_body, role_name_invalid, role_name_taken, role_description_invalid, role_right_unknown, role_right_unseen", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn patch_role(ctx: Ctx<ManagedRole>, Body(asked): Body<ChangeRole>) -> Result<Json<RoleItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(change(tx, permit, asked))).await.map(Json)
}
