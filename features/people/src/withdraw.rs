//! Withdrawing an invitation before it is accepted.

use axum::http::StatusCode;
use base::{Audited, Caller, Ctx, Permit, Problem, Right, Tx, refusal};
use db::{params, sql};
use ids::InvitationId;

/// An invitation that the caller may withdraw.
pub struct CanWithdraw(InvitationId);

impl Permit for CanWithdraw {
    type Target = InvitationId;

    async fn grant(caller: &Caller, target: InvitationId, _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        // Who may not manage members sees no invitation, so there is nothing to hide behind 404.
        caller.member()?.must_hold(Right::MEMBER_MANAGE)?;
        Ok(Self(target))
    }
}

async fn withdraw(tx: &mut Tx<'_>, CanWithdraw(id): CanWithdraw) -> Result<(), Problem> {
    let withdrawn = tx
        .first(
            sql!(
                "UPDATE invitations SET revoked_at = $3 WHERE workspace_id = $1 AND id = $2 \
                 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING email"
            ),
            &params![tx.workspace, id, tx.now],
        )
        .await?;
    let email: String = withdrawn.ok_or(refusal::NOT_FOUND)?.get("email")?;
    tx.audit(Audited::done("invitation", "withdrawn", id, &email));
    Ok(())
}

/// Withdraw an invitation
#[utoipa::path(
    delete, path = "/api/v1/invitations/{invitation}", tag = "people", params(("invitation" = InvitationId, Path)),
    responses(
        (status = 204),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn delete_invitation(ctx: Ctx<CanWithdraw>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(withdraw(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
