//! Counting that a quick reply was inserted, so that what is used most is found first.

use crate::{QuickReply, QuickReplyUsed, access::CanUseOne, event};
use axum::http::StatusCode;
use base::{Body, Ctx, Ms, Problem, Tx};
use db::{params, sql};
use ids::{QuickReplyId, QuickReplyUseId};
use serde::Deserialize;
use utoipa::ToSchema;

/// A request is not repeated after this; its id is forgotten.
const REPEATED_MS: Ms = 24 * 3_600_000;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UseQuickReply {
    /// Made by the client (UUIDv7); the same id twice is one use.
    pub id: QuickReplyUseId,
}

/// Counts one use; a repeat of it changes nothing.
pub async fn count_use(tx: &mut Tx<'_>, quick_reply: &QuickReply, id: QuickReplyUseId) -> Result<(), Problem> {
    tx.put(
        sql!("DELETE FROM quick_reply_uses WHERE workspace_id = $1 AND quick_reply_id = $2 AND at < $3"),
        params![tx.workspace, quick_reply.id, tx.now - REPEATED_MS],
    )
    .await?;
    let new = tx
        .execute(
            sql!(
                "INSERT INTO quick_reply_uses (workspace_id, quick_reply_id, id, at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT DO NOTHING"
            ),
            &params![tx.workspace, quick_reply.id, id, tx.now],
        )
        .await?;
    if new == 0 {
        return Ok(());
    }
    let row = tx
        .first(
            sql!(
                "UPDATE quick_replies SET uses = uses + 1, last_used_at = $3 WHERE workspace_id = $1 AND id = $2 \
                 RETURNING uses"
            ),
            &params![tx.workspace, quick_reply.id, tx.now],
        )
        .await?;
    if let Some(row) = row {
        let used = QuickReplyUsed { quick_reply_id: quick_reply.id, uses: row.get("uses")?, last_used_at: tx.now };
        event::used(tx, quick_reply.scope, &used)?;
    }
    Ok(())
}

/// Count a use of a quick reply
#[utoipa::path(
    post, path = "/api/v1/quick-replies/{quick_reply}/uses", tag = "quick replies",
    params(("quick_reply" = QuickReplyId, Path)), request_body = UseQuickReply,
    responses((status = 204), (status = "default", description = "unauthenticated, wrong_origin, not_found, invalid_body", body = base::ProblemBody))
)]
pub async fn use_quick_reply(ctx: Ctx<CanUseOne>, Body(asked): Body<UseQuickReply>) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, CanUseOne { quick_reply, .. }| {
        Box::pin(async move { count_use(tx, &quick_reply, asked.id).await })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
