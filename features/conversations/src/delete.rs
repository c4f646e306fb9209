//! Deleting a conversation: from then on it is nowhere, for everybody, until it is put back (`deleted`) or erased
//! (`erase`).
//!
//! What must stay true: its row leaves the table that everything else asks, so that nothing has to remember to leave it
//! out; what counts it stops counting it, and its erasing is enqueued, in the same transaction; what was still to leave
//! does not leave any more. A contact who writes again begins a conversation of his own.

use crate::{
    Conversation, Facts, Thread,
    access::{Can, MayChange},
    deleted,
    erase::{self, ERASE},
    event::{CHANGED, Changed},
    outbox, schedule,
    tag::{self, Standing},
    thread,
};
use axum::Json;
use base::{Audited, Ctx, MemberCaller, Ms, NewEvent, Problem, Tx};
use ids::ConversationId;
use serde::Serialize;
use utoipa::ToSchema;

const DAY: Ms = 24 * 3_600_000;

#[derive(Serialize, ToSchema)]
pub struct Deleted {
    pub conversation_id: ConversationId,
    /// It can be put back until then, in milliseconds UTC.
    pub erase_at: i64,
}

/// Takes the conversation away from everybody.
pub async fn delete(tx: &mut Tx<'_>, permit: MayChange) -> Result<Deleted, Problem> {
    permit.must(Can::Delete)?;
    let MayChange { member, thread } = permit;
    let id = thread.conversation.id;
    let erase_at = tx.now + people::erase_after_days(tx).await? * DAY;
    take_away(tx, thread, &member, erase_at).await?;
    Ok(Deleted { conversation_id: id, erase_at })
}

/// The same, whoever may do it, with the moment from which nobody can put it back.
pub(crate) async fn take_away(tx: &mut Tx<'_>, thread: Thread, by: &MemberCaller, erase_at: Ms) -> Result<(), Problem> {
    let conversation = Conversation { revision: thread.conversation.revision + 1, ..thread.conversation.clone() };
    let id = conversation.id;
    schedule::call_off(tx, id).await?;
    outbox::call_off(tx, &conversation).await?;
    tag::keep(tx, &conversation, &Standing::of(&conversation), &Standing::default()).await?;
    thread::uncount(tx, &conversation).await?;
    deleted::keep(tx, id, by, erase_at).await?;
    tx.enqueue(&ERASE, &erase::Due { conversation: id, deleted_at: tx.now }, erase_at).await?;
    tx.audit(Audited::done("conversation", "deleted", id, &id.to_string()));
    let facts = Facts { deleted: true, revision: conversation.revision, ..thread.facts() };
    tx.emit(NewEvent::new(&CHANGED, facts, &Changed { conversation, entries: Vec::new(), delivery: None })?);
    Ok(())
}

/// Delete a conversation
///
/// It is erased when the days are over in which it can be put back.
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/deletion", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = Deleted), (status = "default", body = base::ProblemBody))
)]
pub async fn delete_conversation(ctx: Ctx<MayChange>) -> Result<Json<Deleted>, Problem> {
    ctx.write(|tx, permit| Box::pin(delete(tx, permit))).await.map(Json)
}
