//! Putting an open conversation aside until a time. It comes back by itself, when the contact writes, or when a
//! member wakes it.
//!
//! What must stay true: the job that wakes it is enqueued by the change that snoozes it, and wakes only what still
//! sleeps until that job's time.

use crate::{
    Author, AuthorKind, Conversation, EntryKind, SNOOZE_TIME,
    access::{Can, MayChange},
    entry::entry_at,
    list::ConversationItem,
    thread::{self, Parts, Thread, member_author},
    unread::flag,
};
use axum::Json;
use base::{App, Body, Ctx, JobFailure, JobKind, Ms, Problem, Tx};
use ids::{ConversationId, MemberId, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const SHORTEST: Ms = 60_000;
const LONGEST: Ms = 366 * 24 * 3_600_000;
/// So long after one's own snoozing waking takes it back.
const TAKEN_BACK_MS: Ms = 10 * 60_000;

pub static WAKE: JobKind =
    JobKind { name: "conversations.wake", run: |app, workspace, due| Box::pin(wake_due(app, workspace, due)) };

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Snooze {
    /// Milliseconds UTC: from one minute to 366 days from now.
    pub until: i64,
}

#[derive(Serialize, Deserialize)]
struct Due {
    conversation: ConversationId,
    until: Ms,
}

/// Puts the conversation aside; who is in charge stays in charge. Once more with another time moves the time.
pub async fn snooze(tx: &mut Tx<'_>, permit: MayChange, until: Ms) -> Result<ConversationItem, Problem> {
    permit.must(Can::Snooze)?;
    if permit.thread.conversation.snoozed_until == Some(until) {
        return ConversationItem::of(tx, &permit.member, &permit.thread).await;
    }
    if !(tx.now + SHORTEST..=tx.now + LONGEST).contains(&until) {
        return Err(SNOOZE_TIME.into());
    }
    let MayChange { member, mut thread } = permit;
    thread.conversation.snoozed_until = Some(until);
    let parts = Parts { until: Some(until), ..Parts::default() };
    thread.add(tx, EntryKind::Snoozed, member_author(&member), parts);
    let thread = thread.save(tx).await?;
    tx.enqueue(&WAKE, &Due { conversation: thread.conversation.id, until }, until).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// Brings the conversation back. Waking what does not sleep changes nothing.
pub async fn wake(tx: &mut Tx<'_>, permit: MayChange) -> Result<ConversationItem, Problem> {
    permit.must_see()?;
    if permit.thread.conversation.snoozed_until.is_none() {
        return ConversationItem::of(tx, &permit.member, &permit.thread).await;
    }
    permit.must(Can::Snooze)?;
    let MayChange { member, mut thread } = permit;
    let active_at = thread.conversation.last_activity_at;
    let taken_back = is_taken_back(tx, &thread, member.id).await?;
    thread.wake(tx, member_author(&member));
    if taken_back {
        // It never slept: its place in the lists is the one from before.
        thread.conversation.last_activity_at = active_at;
    }
    let thread = thread.save(tx).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// Whether nothing followed one's own snoozing of a moment ago.
async fn is_taken_back(tx: &mut Tx<'_>, thread: &Thread, member: MemberId) -> Result<bool, Problem> {
    let Conversation { id, last_position, .. } = thread.conversation;
    let last = entry_at(tx, id, last_position).await?;
    Ok(last.is_some_and(|entry| {
        entry.kind == EntryKind::Snoozed
            && entry.author.id.as_deref() == Some(&*member.to_string())
            && entry.at > tx.now - TAKEN_BACK_MS
    }))
}

async fn wake_due(app: App, workspace: WorkspaceId, due: String) -> Result<(), JobFailure> {
    let due: Due = serde_json::from_str(&due).map_err(|error| JobFailure::GiveUp(error.into()))?;
    app.write(workspace, move |tx| {
        Box::pin(async move {
            let Some(mut thread) = thread::lock(tx, due.conversation).await? else { return Ok(()) };
            if thread.conversation.snoozed_until != Some(due.until) {
                return Ok(());
            }
            thread.wake(tx, Author { kind: AuthorKind::System, id: None, name: None });
            let thread = thread.save(tx).await?;
            // Nothing was written, yet there is something to look at again.
            match thread.conversation.holder.member() {
                Some(holder) => flag(tx, holder, due.conversation).await,
                None => Ok(()),
            }
        })
    })
    .await?;
    Ok(())
}

/// Snooze a conversation
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/snooze", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = Snooze,
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn snooze_conversation(
    ctx: Ctx<MayChange>,
    Body(asked): Body<Snooze>,
) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(move |tx, permit| Box::pin(snooze(tx, permit, asked.until))).await.map(Json)
}

/// Wake a snoozed conversation
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/snooze", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn wake_conversation(ctx: Ctx<MayChange>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(wake(tx, permit))).await.map(Json)
}
