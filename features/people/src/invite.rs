//! Inviting somebody. The newest invitation of an address is the one that works.

use crate::{
    EMAIL_TAKEN, Email,
    invitation::{CanManageMembers, Invitation, LIFETIME_MS},
    role::{keep, must_cover},
};
use axum::{Json, http::StatusCode};
use base::{Audited, Body, Ctx, MemberCaller, Problem, Role, Token, Tx, refusal};
use db::{params, sql};
use ids::{InboxId, InvitationId};
use serde::Deserialize;
use utoipa::ToSchema;

const INBOXES: usize = 100;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    pub email: String,
    pub role: Role,
    /// Where the new member will work.
    pub inbox_ids: Vec<InboxId>,
}

pub(crate) async fn invite(tx: &mut Tx<'_>, by: &MemberCaller, asked: Invite) -> Result<Invitation, Problem> {
    let email = Email::parse(&asked.email)?;
    // Nobody hands out what he lacks.
    must_cover(by, keep(tx, asked.role).await?)?;
    if asked.inbox_ids.len() > INBOXES {
        return Err(refusal::INVALID_BODY.with("detail", "inbox_ids: too many"));
    }
    let known = tx.first(sql!("SELECT id FROM members WHERE email_key = $1"), &params![email.key.as_str()]).await?;
    if known.is_some() {
        return Err(EMAIL_TAKEN.into());
    }
    withdraw_earlier(tx, &email).await?;
    let token = Token::new(&tx.app().random);
    let invitation = Invitation {
        id: InvitationId(tx.uuid()),
        email: email.text,
        role: asked.role,
        invited_by: by.name.clone(),
        created_at: tx.now,
        expires_at: tx.now + LIFETIME_MS,
        link: Some(format!("{}/join#{}", tx.public_address(), token.reveal())),
    };
    tx.put(
        sql!(
            "INSERT INTO invitations (workspace_id, id, token_hash, email, role, inbox_ids, invited_by, created_at, \
             expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            tx.workspace,
            invitation.id,
            token.hash(),
            invitation.email.as_str(),
            invitation.role,
            serde_json::to_string(&asked.inbox_ids)?,
            by.id,
            invitation.created_at,
            invitation.expires_at
        ],
    )
    .await?;
    // The link opens the workspace: it is in no log.
    let mut told = serde_json::to_value(Invitation { link: None, ..invitation.clone() })?;
    told["inbox_ids"] = serde_json::to_value(&asked.inbox_ids)?;
    tx.audit(Audited::created("invitation", invitation.id, &invitation.email, &told)?);
    Ok(invitation)
}

async fn withdraw_earlier(tx: &mut Tx<'_>, email: &Email) -> Result<(), Problem> {
    tx.put(
        sql!(
            "UPDATE invitations SET revoked_at = $3 WHERE workspace_id = $1 AND LOWER(email) = LOWER($2) \
             AND accepted_at IS NULL AND revoked_at IS NULL"
        ),
        params![tx.workspace, email.text.as_str(), tx.now],
    )
    .await?;
    Ok(())
}

/// Invite somebody
#[utoipa::path(
    post, path = "/api/v1/invitations", tag = "people", request_body = Invite,
    responses(
        (status = 201, body = Invitation),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, email_invalid, email_taken, role_unknown", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn post_invitation(
    ctx: Ctx<CanManageMembers>,
    Body(asked): Body<Invite>,
) -> Result<(StatusCode, Json<Invitation>), Problem> {
    let invitation =
        ctx.write(|tx, CanManageMembers(by)| Box::pin(async move { invite(tx, &by, asked).await })).await?;
    Ok((StatusCode::CREATED, Json(invitation)))
}
