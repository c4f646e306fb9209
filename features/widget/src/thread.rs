//! The visitor's thread.

use crate::visitor::{AnyVisitor, BLOCKED};
use axum::{Json, extract::Query};
use base::{Ctx, Problem, Tx, page_size, refusal};
use conversations::{VisitorConversation, VisitorEntry, block_of_contact, load_of_contact, visible_entries_before};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE_ENTRIES: i64 = 30;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ThreadQuery {
    /// Entries before this position.
    pub before: Option<i64>,
    /// 1 to 100, usually 30.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct VisitorThread {
    /// Follow the stream from here.
    pub position: i64,
    /// `null` before the first message.
    pub conversation: Option<VisitorConversation>,
    /// Oldest first.
    pub entries: Vec<VisitorEntry>,
    pub has_more: bool,
    /// Up to where the visitor has read, here or elsewhere.
    pub read_position: i64,
}

async fn load(tx: &mut Tx<'_>, AnyVisitor(visitor): AnyVisitor, query: ThreadQuery) -> Result<VisitorThread, Problem> {
    let position = tx.position().await?;
    let Some(thread) = load_of_contact(tx, visitor.inbox, visitor.contact).await? else {
        // Whom somebody blocked elsewhere is offered nothing here either.
        if block_of_contact(tx, visitor.contact).await?.is_some() {
            return Err(BLOCKED.into());
        }
        return Ok(VisitorThread {
            position,
            conversation: None,
            entries: Vec::new(),
            has_more: false,
            read_position: 0,
        });
    };
    if thread.conversation.block.is_some() {
        return Err(BLOCKED.into());
    }
    let limit = page_size(query.limit, PAGE_ENTRIES);
    let before = query.before.unwrap_or(i64::MAX);
    let mut entries = visible_entries_before(tx, thread.conversation.id, before, limit + 1).await?;
    let has_more = entries.len() as i64 > limit;
    if has_more {
        entries.remove(0);
    }
    Ok(VisitorThread {
        position,
        conversation: Some(VisitorConversation::of(&thread.conversation, thread.holder_name.as_deref())),
        has_more,
        read_position: thread.contact_read_position,
        entries: entries.iter().filter_map(VisitorEntry::of).collect(),
    })
}

/// Show the visitor's thread
#[utoipa::path(
    get, path = "/w/api/v1/thread", tag = "widget", params(ThreadQuery),
    responses((status = 200, body = VisitorThread), (status = "default", body = base::ProblemBody))
)]
pub async fn visitor_thread(
    ctx: Ctx<AnyVisitor>,
    query: Result<Query<ThreadQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<VisitorThread>, Problem> {
    let Query(query) = query.map_err(|error| refusal::INVALID_BODY.with("detail", error.body_text()))?;
    ctx.read(|tx, visitor| Box::pin(load(tx, visitor, query))).await.map(Json)
}
