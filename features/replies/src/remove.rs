//! Deleting a quick reply. Messages that were written with it keep their words.

use crate::{QuickReply, access::CanManage, event};
use axum::http::StatusCode;
use base::{Audited, Ctx, Problem, Tx};
use conversations::let_go;
use db::{params, sql};
use ids::QuickReplyId;

pub(crate) async fn delete(tx: &mut Tx<'_>, quick_reply: &QuickReply) -> Result<(), Problem> {
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
    for file in &quick_reply.files {
        let_go(tx, quick_reply.id.0, file.id).await?;
    }
    if !quick_reply.scope.is_personal() {
        tx.audit(Audited::removed("quick_reply", quick_reply.id, &quick_reply.shortcut, quick_reply)?);
    }
    Ok(event::deleted(tx, quick_reply)?)
}

/// Delete a quick reply
#[utoipa::path(
    delete, path = "/api/v1/quick-replies/{quick_reply}", tag = "quick replies",
    params(("quick_reply" = QuickReplyId, Path)),
    responses((status = 204), (status = "default", description = "unauthenticated, wrong_origin, not_found, forbidden", body = base::ProblemBody))
)]
pub async fn delete_quick_reply(ctx: Ctx<CanManage>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanManage { quick_reply, .. }| Box::pin(async move { delete(tx, &quick_reply).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}
