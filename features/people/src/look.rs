//! What an invited person sees before deciding.

use crate::{Browser, INVITATION_INVALID, invitation::shown, limit};
use axum::Json;
use base::{Anyone, Body, Ctx, Problem, Rights, Role, TokenHash, Tx};
use db::{params, sql};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// In the body, not in the address: addresses end up in logs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAtInvitation {
    pub token: String,
}

#[derive(Serialize, ToSchema)]
pub struct InvitationLook {
    pub workspace_name: String,
    pub email: String,
    pub role: Role,
    /// Of a role that the workspace made.
    pub role_name: Option<String>,
    pub invited_by: String,
}

/// The invitation behind a token, as long as it works: also the inviting member must still be able to give it.
pub(crate) async fn look(tx: &mut Tx<'_>, token: TokenHash) -> Result<InvitationLook, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT w.name AS workspace_name, i.email, i.role, x.name AS role_name, x.rights AS role_rights, \
                 m.name AS invited_by, m.role AS inviting_role, y.rights AS inviting_rights FROM invitations i \
                 JOIN workspaces w ON w.id = i.workspace_id \
                 JOIN members m ON m.workspace_id = i.workspace_id AND m.id = i.invited_by \
                 LEFT JOIN roles x ON x.workspace_id = i.workspace_id AND x.role = i.role \
                 LEFT JOIN roles y ON y.workspace_id = m.workspace_id AND y.role = m.role \
                 WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2 \
                 AND m.disabled_at IS NULL"
            ),
            &params![token, tx.now],
        )
        .await?
        .ok_or(INVITATION_INVALID)?;
    let (role, role_name): (Role, Option<String>) = (row.get("role")?, row.get("role_name")?);
    let rights = |role, own: Option<String>| Rights::stored(role, own.as_deref());
    let given = rights(role, row.get("role_rights")?);
    let gone = role.rights().is_none() && role_name.is_none();
    if gone || !rights(row.get("inviting_role")?, row.get("inviting_rights")?).covers(given) {
        return Err(INVITATION_INVALID.into());
    }
    Ok(InvitationLook {
        workspace_name: row.get("workspace_name")?,
        email: row.get("email")?,
        role,
        role_name,
        invited_by: row.get("invited_by")?,
    })
}

/// Look at an invitation
#[utoipa::path(
    post, path = "/api/v1/invitations/look", tag = "people", request_body = LookAtInvitation,
    responses(
        (status = 200, body = InvitationLook),
        (status = "default", description = "invitation_invalid, wrong_origin, invalid_body, too_many_requests", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn look_at_invitation(
    ctx: Ctx<Anyone>,
    browser: Browser,
    Body(asked): Body<LookAtInvitation>,
) -> Result<Json<InvitationLook>, Problem> {
    ctx.app().throttle(&limit::INVITATIONS_PER_ADDRESS, &base::network_of(&browser.address))?;
    let token = shown(&asked.token)?;
    ctx.read(move |tx, Anyone| Box::pin(async move { Ok(Json(look(tx, token).await?)) })).await
}
