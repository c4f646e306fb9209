//! One conversation with its newest entries, and older or missed ones.

use crate::{
    Entry, Thread,
    access::CanRead,
    entry::{entries_after, entries_before, entry},
    list::ConversationItem,
};
use axum::Json;
use base::{Ctx, Problem, QueryOf, Tx, page_size};
use ids::{ConversationId, EntryId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE_ENTRIES: i64 = 50;

#[derive(Serialize, ToSchema)]
pub struct ConversationThread {
    pub item: ConversationItem,
    /// The newest ones, oldest of them first.
    pub entries: Vec<Entry>,
    /// Follow the stream from here.
    pub position: i64,
}

#[derive(Serialize, ToSchema)]
pub struct EntryPage {
    /// Oldest first.
    pub entries: Vec<Entry>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct EntryQuery {
    /// Entries before this position …
    pub before: Option<i64>,
    /// … or after this one …
    pub after: Option<i64>,
    /// … or as many before as after this entry, and itself; none where it is not.
    pub around: Option<EntryId>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

/// Entries as they stand with the contact's receipts.
fn received(thread: &Thread, entries: Vec<Entry>) -> Vec<Entry> {
    let (delivered, read) = (thread.contact_delivered_position, thread.contact_read_position);
    entries.into_iter().map(|entry| entry.with_receipts(delivered, read)).collect()
}

async fn entries_around(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    middle: EntryId,
    limit: i64,
) -> Result<Vec<Entry>, Problem> {
    let Some(Entry { position, .. }) = entry(tx, conversation, middle).await? else { return Ok(Vec::new()) };
    let mut entries = entries_before(tx, conversation, position + 1, limit - limit / 2).await?;
    entries.extend(entries_after(tx, conversation, position, limit / 2).await?);
    Ok(entries)
}

async fn show(tx: &mut Tx<'_>, permit: CanRead) -> Result<ConversationThread, Problem> {
    let CanRead { member, thread, position } = permit;
    let entries = entries_before(tx, thread.conversation.id, i64::MAX, PAGE_ENTRIES).await?;
    let item = ConversationItem::of(tx, &member, &thread).await?;
    Ok(ConversationThread { item, entries: received(&thread, entries), position })
}

/// Show a conversation
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ConversationThread), (status = "default", body = base::ProblemBody))
)]
pub async fn show_conversation(ctx: Ctx<CanRead>) -> Result<Json<ConversationThread>, Problem> {
    ctx.read(|tx, permit| Box::pin(show(tx, permit))).await.map(Json)
}

/// List entries
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/entries", tag = "conversations",
    params(("conversation" = ConversationId, Path), EntryQuery),
    responses((status = 200, body = EntryPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_entries(ctx: Ctx<CanRead>, QueryOf(query): QueryOf<EntryQuery>) -> Result<Json<EntryPage>, Problem> {
    let limit = page_size(query.limit, PAGE_ENTRIES);
    ctx.read(move |tx, permit| {
        Box::pin(async move {
            let id = permit.thread.conversation.id;
            let entries = match (query.around, query.after) {
                (Some(entry), _) => entries_around(tx, id, entry, limit).await?,
                (None, Some(after)) => entries_after(tx, id, after, limit).await?,
                (None, None) => entries_before(tx, id, query.before.unwrap_or(i64::MAX), limit).await?,
            };
            Ok(Json(EntryPage { entries: received(&permit.thread, entries) }))
        })
    })
    .await
}
