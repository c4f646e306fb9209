//! Sending a message again that could not be delivered, or of which nobody knows whether it was.

use crate::{
    Delivery, Entry, EntryKind, NOT_FAILED,
    access::{Can, MayChangeEntry},
    outbox::{self, NewsKind},
};
use axum::Json;
use base::{Ctx, Problem, Tx, refusal};
use ids::{ConversationId, EntryId};

/// Puts a failed message at the end of what waits to be sent. It keeps its place in the thread.
async fn retry(tx: &mut Tx<'_>, permit: MayChangeEntry) -> Result<Entry, Problem> {
    permit.must(Can::Reply)?;
    let MayChangeEntry { mut thread, mut entry, .. } = permit;
    let did_not_arrive = matches!(entry.delivery, Some(Delivery::Failed | Delivery::Uncertain));
    let failed = entry.kind == EntryKind::Message && did_not_arrive;
    if !failed || entry.removed.is_some() {
        return Err(NOT_FAILED.into());
    }
    entry.delivery = Some(outbox::begin(thread.conversation.channel));
    (entry.failure, entry.failure_detail) = (None, None);
    let (conversation, id) = (entry.conversation_id, entry.id);
    // It failed by a status that overtook the answer: its first sending still waits.
    outbox::recall(tx, conversation, id).await?;
    thread.tell(NewsKind::MessageCreated, Some(id));
    thread.change(entry);
    thread.save(tx).await?;
    crate::entry::entry(tx, conversation, id).await?.ok_or_else(|| refusal::NOT_FOUND.into())
}

/// Send a failed message again
#[utoipa::path(
    post, path = "/api/v1/conversations/{conversation}/entries/{entry}/retry", tag = "conversations",
    params(("conversation" = ConversationId, Path), ("entry" = EntryId, Path)),
    responses((status = 200, body = Entry), (status = "default", body = base::ProblemBody))
)]
pub async fn retry_message(ctx: Ctx<MayChangeEntry>) -> Result<Json<Entry>, Problem> {
    ctx.write(|tx, permit| Box::pin(retry(tx, permit))).await.map(Json)
}
