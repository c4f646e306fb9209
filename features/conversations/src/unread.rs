//! Marking a conversation unread, for oneself only: a flag that stays until it is read or answered again.

use crate::{
    access::CanRead,
    read::{marks, tell},
};
use axum::http::StatusCode;
use base::{Ctx, Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, MemberId};

pub(crate) async fn flag(tx: &mut Tx<'_>, member: MemberId, conversation_id: ConversationId) -> Result<(), Problem> {
    let changed = tx
        .first(
            sql!(concat!(
                "INSERT INTO read_marks (workspace_id, member_id, conversation_id, inbound_seen, position, flagged, \
                 revision) VALUES ($1, $2, $3, 0, 0, 1, 1) ON CONFLICT (workspace_id, member_id, conversation_id) \
                 DO UPDATE SET flagged = 1, revision = read_marks.revision + 1 WHERE read_marks.flagged = 0 \
                 RETURNING ",
                marks!("")
            )),
            &params![tx.workspace, member, conversation_id],
        )
        .await?;
    tell(tx, member, conversation_id, changed)
}

/// Takes the flag away. What was not read before it was put there is still not read.
pub(crate) async fn unflag(tx: &mut Tx<'_>, member: MemberId, conversation_id: ConversationId) -> Result<(), Problem> {
    let changed = tx
        .first(
            sql!(concat!(
                "UPDATE read_marks SET flagged = 0, revision = revision + 1 \
                 WHERE workspace_id = $1 AND member_id = $2 AND conversation_id = $3 AND flagged = 1 \
                 RETURNING ",
                marks!("")
            )),
            &params![tx.workspace, member, conversation_id],
        )
        .await?;
    tell(tx, member, conversation_id, changed)
}

/// Mark as unread
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/unread", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn flag_unread(ctx: Ctx<CanRead>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanRead { member, thread, .. }| {
        Box::pin(async move { flag(tx, member.id, thread.conversation.id).await })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
