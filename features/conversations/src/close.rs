//! The end of a session, and its undoing.

use crate::{
    Conversation, Entry, EntryKind, NOTE_NEEDED, TAG_NEEDED,
    access::{Can, MayChange},
    activity,
    entry::{entry_at, spelled},
    list::ConversationItem,
    schedule, tag,
    thread::{Thread, member_author},
};
use axum::Json;
use base::{Body, Ctx, Ms, Problem, Tx, optional};
use db::FromValue;
use ids::{ConversationId, MemberId, TagId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    Solved,
    NoReply,
    Spam,
    Merged,
    Other,
}

spelled!(
    CloseReason,
    "a close reason was expected",
    Solved = "solved",
    NoReply = "no_reply",
    Spam = "spam",
    Merged = "merged",
    Other = "other"
);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    pub reason: CloseReason,
    /// For the team: how it ended.
    pub note: Option<String>,
    /// Put on it with the closing, beside those that it has.
    #[serde(default)]
    pub tag_ids: Vec<TagId>,
}

const NOTE_CHARACTERS: usize = 500;
/// So long after one's own closing opening again takes it back. Many that were closed at once take their time.
const TAKEN_BACK_MS: Ms = 10 * 60_000;

impl CloseReason {
    /// Whether a contact who was served is asked how it was.
    pub(crate) fn asks_for_rating(self) -> bool {
        match self {
            Self::Solved | Self::NoReply | Self::Other => true,
            Self::Spam | Self::Merged => false,
        }
    }
}

/// Ends the session; closing what is closed changes nothing.
pub async fn close(tx: &mut Tx<'_>, permit: MayChange, asked: Close) -> Result<ConversationItem, Problem> {
    if !permit.thread.conversation.is_open() {
        permit.must(Can::Reopen)?;
        return ConversationItem::of(tx, &permit.member, &permit.thread).await;
    }
    permit.must(Can::Close)?;
    let text = optional(asked.note.as_deref(), NOTE_CHARACTERS, crate::TEXT_TOO_LONG)?;
    if !asked.tag_ids.is_empty() {
        permit.must(Can::Tag)?;
    }
    let answers = permit.must(Can::Reply).is_ok();
    let MayChange { member, mut thread } = permit;
    if answers {
        schedule::send_soon(tx, &mut thread, &member, None).await?;
    }
    tag::put_all(tx, &mut thread, &member, asked.tag_ids).await?;
    let needs = inboxes::closing_needs(tx, thread.conversation.inbox_id).await?;
    // Where nobody made a tag yet, most could not make one either.
    if needs.tag && thread.conversation.tag_ids.is_empty() && tags::is_any(tx).await? {
        return Err(TAG_NEEDED.into());
    }
    if needs.note && text.is_none() {
        return Err(NOTE_NEEDED.into());
    }
    thread.close(tx, asked.reason, member_author(&member), text);
    let thread = thread.save(tx).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// Begins a new session, or takes one's own closing back: then the one that ended goes on. Reopening what is open changes nothing.
pub async fn reopen(tx: &mut Tx<'_>, permit: MayChange) -> Result<ConversationItem, Problem> {
    if permit.thread.conversation.is_open() {
        permit.must(Can::Reply)?;
        return ConversationItem::of(tx, &permit.member, &permit.thread).await;
    }
    permit.must(Can::Reopen)?;
    let MayChange { member, mut thread } = permit;
    match taken_back(tx, &thread, member.id).await? {
        Some(closing) => {
            thread.take_back(tx, &closing, member_author(&member));
            activity::forget(tx, &closing, &[]).await?;
        }
        None => thread.open_again(tx, member_author(&member)),
    }
    let thread = thread.save(tx).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// One's own closing that nothing followed.
async fn taken_back(tx: &mut Tx<'_>, thread: &Thread, member: MemberId) -> Result<Option<Entry>, Problem> {
    let Conversation { id, last_position, .. } = thread.conversation;
    let last = entry_at(tx, id, last_position).await?;
    Ok(last.filter(|entry| {
        entry.kind == EntryKind::Closed
            && entry.author.id.as_deref() == Some(&*member.to_string())
            && entry.at > tx.now - TAKEN_BACK_MS
    }))
}

/// Close a conversation
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/closure", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = Close,
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn close_conversation(
    ctx: Ctx<MayChange>,
    Body(asked): Body<Close>,
) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(move |tx, permit| Box::pin(close(tx, permit, asked))).await.map(Json)
}

/// Reopen a conversation
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/closure", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn reopen_conversation(ctx: Ctx<MayChange>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(reopen(tx, permit))).await.map(Json)
}
