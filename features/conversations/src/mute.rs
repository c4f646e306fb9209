//! Muting a conversation, for oneself only: no sound, no notification and no number, until it is unmuted. Whoever is
//! mentioned in it hears of that all the same.

use crate::{
    access::CanRead,
    read::{marks, tell},
};
use axum::http::StatusCode;
use base::{Ctx, Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, MemberId};

async fn mute(tx: &mut Tx<'_>, member: MemberId, conversation_id: ConversationId) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(concat!(
                "INSERT INTO read_marks (workspace_id, member_id, conversation_id, inbound_seen, position, muted, \
                 revision) VALUES ($1, $2, $3, 0, 0, 1, 1) ON CONFLICT (workspace_id, member_id, conversation_id) \
                 DO UPDATE SET muted = 1, revision = read_marks.revision + 1 WHERE read_marks.muted = 0 \
                 RETURNING ",
                marks!("")
            )),
            &params![tx.workspace, member, conversation_id],
        )
        .await?;
    tell(tx, member, conversation_id, row)
}

async fn unmute(tx: &mut Tx<'_>, member: MemberId, conversation_id: ConversationId) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(concat!(
                "UPDATE read_marks SET muted = 0, revision = revision + 1 \
                 WHERE workspace_id = $1 AND member_id = $2 AND conversation_id = $3 AND muted = 1 \
                 RETURNING ",
                marks!("")
            )),
            &params![tx.workspace, member, conversation_id],
        )
        .await?;
    tell(tx, member, conversation_id, row)
}

/// Mute a conversation for oneself
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/mute", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn mute_conversation(ctx: Ctx<CanRead>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanRead { member, thread, .. }| {
        Box::pin(async move { mute(tx, member.id, thread.conversation.id).await })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Unmute a conversation
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/mute", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn unmute_conversation(ctx: Ctx<CanRead>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanRead { member, thread, .. }| {
        Box::pin(async move { unmute(tx, member.id, thread.conversation.id).await })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
