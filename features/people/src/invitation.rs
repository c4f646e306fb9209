//! Invitations: how somebody becomes a member. A link with a random token, stored as its hash, that works once
//! within [`LIFETIME_MS`] and can be withdrawn.

use crate::INVITATION_INVALID;
use axum::Json;
use base::{Caller, Ctx, MemberCaller, Ms, Permit, Problem, Right, Role, Token, TokenHash, Tx};
use db::{params, sql};
use ids::InvitationId;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

pub(crate) const LIFETIME_MS: Ms = 72 * 3_600_000;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    /// The name of the member who invites.
    pub invited_by: String,
    pub created_at: i64,
    pub expires_at: i64,
    /// Only in the answer that makes it; nobody can read it again.
    pub link: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct InvitationList {
    pub items: Vec<Invitation>,
}

/// May manage the members.
pub struct CanManageMembers(pub Arc<MemberCaller>);

impl Permit for CanManageMembers {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?;
        member.must_hold(Right::MEMBER_MANAGE)?;
        Ok(Self(member.clone()))
    }
}

/// The hash of a token that somebody shows; what cannot be a token is as good as a wrong one.
pub(crate) fn shown(token: &str) -> Result<TokenHash, Problem> {
    Ok(Token::parse(token).ok_or(INVITATION_INVALID)?.hash())
}

/// List the invitations that still work
#[utoipa::path(
    get, path = "/api/v1/invitations", tag = "people",
    responses(
        (status = 200, body = InvitationList),
        (status = "default", description = "unauthenticated, forbidden", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn list_invitations(ctx: Ctx<CanManageMembers>) -> Result<Json<InvitationList>, Problem> {
    ctx.read(|tx, CanManageMembers(_)| Box::pin(async move { Ok(Json(InvitationList { items: open(tx).await? })) }))
        .await
}

/// Newest first.
async fn open(tx: &mut Tx<'_>) -> Result<Vec<Invitation>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT i.id, i.email, i.role, m.name AS invited_by, i.created_at, i.expires_at FROM invitations i \
                 JOIN members m ON m.workspace_id = i.workspace_id AND m.id = i.invited_by \
                 WHERE i.workspace_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2 \
                 ORDER BY i.created_at DESC, i.id DESC"
            ),
            &params![tx.workspace, tx.now],
        )
        .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        items.push(Invitation {
            id: row.get("id")?,
            email: row.get("email")?,
            role: row.get("role")?,
            invited_by: row.get("invited_by")?,
            created_at: row.get("created_at")?,
            expires_at: row.get("expires_at")?,
            link: None,
        });
    }
    Ok(items)
}
