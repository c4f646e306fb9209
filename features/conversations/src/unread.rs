//! Marking a conversation unread, for oneself only: a flag that stays until it is read or answered again.

use crate::{
    access::CanRead,
    event::{OneMember, READ_MARK, ReadMark},
};
use axum::http::StatusCode;
use base::{Ctx, NewEvent, Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, MemberId};

pub(crate) async fn flag(tx: &mut Tx<'_>, member: MemberId, conversation_id: ConversationId) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(
                "INSERT INTO read_marks (workspace_id, member_id, conversation_id, inbound_seen, position, flagged, \
                 revision) VALUES ($1, $2, $3, 0, 0, 1, 1) ON CONFLICT (workspace_id, member_id, conversation_id) \
                 DO UPDATE SET flagged = 1, revision = read_marks.revision + 1 WHERE read_marks.flagged = 0 \
                 RETURNING inbound_seen, muted, revision"
            ),
            &params![tx.workspace, member, conversation_id],
        )
        .await?;
    // Flagged already: nothing is news.
    let Some(row) = row else { return Ok(()) };
    let mark = ReadMark {
        conversation_id,
        inbound_seen: row.get("inbound_seen")?,
        unread: true,
        muted: row.get::<i64>("muted")? != 0,
        mark: row.get("revision")?,
    };
    tx.emit(NewEvent::new(&READ_MARK, OneMember { member }, &mark)?);
    Ok(())
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
