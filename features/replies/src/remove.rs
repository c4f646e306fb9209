//! Deleting a quick reply. Messages that were written with it keep their words.

use crate::{access::CanManage, event};
use axum::http::StatusCode;
use base::{Ctx, Problem, Tx};
use db::{params, sql};
use ids::QuickReplyId;

async fn delete(tx: &mut Tx<'_>, CanManage { quick_reply, .. }: CanManage) -> Result<(), Problem> {
    tx.put(
        sql!("DELETE FROM quick_reply_uses WHERE workspace_id = $1 AND quick_reply_id = $2"),
        params![tx.workspace, quick_reply.id],
    )
    .await?;
    tx.put(
        sql!("DELETE FROM quick_replies WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, quick_reply.id],
    )
    .await?;
    Ok(event::deleted(tx, &quick_reply)?)
}

/// Delete a quick reply
#[utoipa::path(
    delete, path = "/api/v1/quick-replies/{quick_reply}", tag = "quick replies",
    params(("quick_reply" = QuickReplyId, Path)),
    responses((status = 204), (status = "default", description = "unauthenticated, wrong_origin, not_found, forbidden", body = base::ProblemBody))
)]
pub async fn delete_quick_reply(ctx: Ctx<CanManage>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(delete(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
