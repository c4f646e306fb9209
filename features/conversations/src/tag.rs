//! The tags of a conversation: words of the team about what it is, never seen by the contact.
//!
//! What must stay true: the row's list, the table that is asked by tag and the counts change together, with the row
//! ([`keep`], which `Thread::save` calls); each change is an entry. They belong to the conversation and not to a session: a new one begins with them.

use crate::{
    Conversation, EntryKind, Holder, TAG_ARCHIVED, TAG_UNKNOWN, TOO_MANY_TAGS_ON_ONE,
    access::{Can, MayChange},
    list::ConversationItem,
    tag_counts,
    thread::{Parts, Thread, member_author},
};
use axum::Json;
use base::{Caller, Ctx, MemberCaller, Permit, Problem, Tx, refusal};
use db::{params, sql};
use ids::{ConversationId, TagId};
use std::{collections::BTreeSet, sync::Arc};
use tags::Tag;

/// On one conversation.
const MOST: usize = 20;

/// May put this tag on the conversation and take it off; locked for a change.
pub struct MayTag {
    member: Arc<MemberCaller>,
    thread: Thread,
    tag: Tag,
}

impl Permit for MayTag {
    type Target = (ConversationId, TagId);

    async fn grant(caller: &Caller, (conversation, tag): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let permit = MayChange::grant(caller, conversation, tx).await?;
        permit.must(Can::Tag)?;
        let tag = tags::find(tx, tag).await?.ok_or(refusal::NOT_FOUND)?;
        Ok(Self { member: permit.member, thread: permit.thread, tag })
    }
}

/// Puts a tag on. One that is there already changes nothing.
pub async fn tag(tx: &mut Tx<'_>, permit: MayTag) -> Result<ConversationItem, Problem> {
    let MayTag { member, mut thread, tag } = permit;
    if !thread.conversation.tag_ids.contains(&tag.id) {
        put(tx, &mut thread, &member, tag)?;
        thread = thread.save(tx).await?;
    }
    ConversationItem::of(tx, &member, &thread).await
}

/// Takes a tag off, also an archived one. One that is not there changes nothing.
pub async fn untag(tx: &mut Tx<'_>, permit: MayTag) -> Result<ConversationItem, Problem> {
    let MayTag { member, mut thread, tag } = permit;
    if thread.conversation.tag_ids.contains(&tag.id) {
        thread.conversation.tag_ids.retain(|id| *id != tag.id);
        let parts = Parts { text: Some(tag.name), tag_id: Some(tag.id), ..Parts::default() };
        thread.add(tx, EntryKind::Untagged, member_author(&member), parts);
        thread = thread.save(tx).await?;
    }
    ConversationItem::of(tx, &member, &thread).await
}

/// Puts on those that are not there yet.
pub(crate) async fn put_all(
    tx: &mut Tx<'_>,
    thread: &mut Thread,
    member: &MemberCaller,
    ids: Vec<TagId>,
) -> Result<(), Problem> {
    for id in ids.into_iter().collect::<BTreeSet<_>>() {
        if !thread.conversation.tag_ids.contains(&id) {
            let tag = tags::find(tx, id).await?.ok_or(TAG_UNKNOWN)?;
            put(tx, thread, member, tag)?;
        }
    }
    Ok(())
}

/// The tags of a conversation that goes over into this one come along while there is room. Before what moves an inbox's
/// counters, as everywhere.
pub(crate) async fn take_in(tx: &mut Tx<'_>, thread: &mut Thread, gone: &Conversation) -> Result<(), Problem> {
    let tag_ids = &mut thread.conversation.tag_ids;
    let room = MOST.saturating_sub(tag_ids.len());
    let fresh: Vec<_> = gone.tag_ids.iter().filter(|id| !tag_ids.contains(id)).copied().take(room).collect();
    tag_ids.extend(fresh);
    keep(tx, gone, &Standing::of(gone), &Standing::default()).await?;
    thread.keep_tags(tx).await
}

fn put(tx: &Tx<'_>, thread: &mut Thread, member: &MemberCaller, tag: Tag) -> Result<(), Problem> {
    if tag.archived {
        return Err(TAG_ARCHIVED.with("name", tag.name));
    }
    if thread.conversation.tag_ids.len() >= MOST {
        return Err(TOO_MANY_TAGS_ON_ONE.with("max", MOST));
    }
    thread.conversation.tag_ids.push(tag.id);
    let parts = Parts { text: Some(tag.name), tag_id: Some(tag.id), ..Parts::default() };
    thread.add(tx, EntryKind::Tagged, member_author(member), parts);
    Ok(())
}

/// What the tables that are asked by tag say of a conversation.
#[derive(Default)]
pub(crate) struct Standing {
    tag_ids: Vec<TagId>,
    holder: Holder,
    /// Its list and its places there.
    list: (&'static str, i64, Option<i64>),
}

impl Standing {
    pub(crate) fn of(c: &Conversation) -> Self {
        let list = (c.stored_status(), c.last_activity_at, c.waiting_since);
        Self { tag_ids: c.tag_ids.clone(), holder: c.holder, list }
    }
}

/// Brings the tables from what they say to what they should. Nothing for what has no tag; a message moves its place with
/// one statement. In the order of the tags' ids, so that nobody waits for somebody who waits for him.
pub(crate) async fn keep(tx: &mut Tx<'_>, c: &Conversation, was: &Standing, now: &Standing) -> Result<(), Problem> {
    if was.tag_ids.is_empty() && now.tag_ids.is_empty() {
        return Ok(());
    }
    let all: BTreeSet<_> = was.tag_ids.iter().chain(&now.tag_ids).copied().collect();
    let has = |standing: &Standing, tag| i64::from(standing.tag_ids.contains(&tag));
    if was.tag_ids != now.tag_ids || was.holder != now.holder {
        for tag in all.iter().copied() {
            let (had, has) = (has(was, tag), has(now, tag));
            let queued = |standing: &Standing, has| if standing.holder == Holder::Queue { has } else { 0 };
            if had != has {
                tags::move_count(tx, tag, has - had).await?;
            }
            tag_counts::move_inbox(tx, c.inbox_id, tag, (has - had, queued(now, has) - queued(was, had))).await?;
            let holders = [(was.holder, -had), (now.holder, has)];
            let same = was.holder == now.holder && had == has;
            for (holder, by) in holders.into_iter().filter(|(_, by)| *by != 0 && !same) {
                if let Some(holder) = holder.id() {
                    tag_counts::move_holder(tx, holder, c.inbox_id, tag, by).await?;
                }
            }
        }
    }
    let (status, at, waiting) = now.list;
    let kept = |tag: &TagId| was.tag_ids.contains(tag) && now.tag_ids.contains(tag);
    for tag in all.iter().filter(|tag| !now.tag_ids.contains(tag)) {
        tx.put(
            sql!("DELETE FROM conversation_tags WHERE workspace_id = $1 AND conversation_id = $2 AND tag_id = $3"),
            params![tx.workspace, c.id, *tag],
        )
        .await?;
    }
    if was.list != now.list && all.iter().any(kept) {
        tx.put(
            sql!(
                "UPDATE conversation_tags SET status = $3, last_activity_at = $4, waiting_since = $5 \
                 WHERE workspace_id = $1 AND conversation_id = $2"
            ),
            params![tx.workspace, c.id, status, at, waiting],
        )
        .await?;
    }
    for tag in all.iter().filter(|tag| !was.tag_ids.contains(tag)) {
        tx.put(
            sql!(
                "INSERT INTO conversation_tags (workspace_id, conversation_id, tag_id, status, last_activity_at, \
                 waiting_since) VALUES ($1, $2, $3, $4, $5, $6)"
            ),
            params![tx.workspace, c.id, *tag, status, at, waiting],
        )
        .await?;
    }
    Ok(())
}

/// Put a tag on a conversation
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/tags/{tag}", tag = "conversations",
    params(("conversation" = ConversationId, Path), ("tag" = TagId, Path)),
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn tag_conversation(ctx: Ctx<MayTag>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(tag(tx, permit))).await.map(Json)
}

/// Take a tag off a conversation
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/tags/{tag}", tag = "conversations",
    params(("conversation" = ConversationId, Path), ("tag" = TagId, Path)),
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn untag_conversation(ctx: Ctx<MayTag>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(untag(tx, permit))).await.map(Json)
}
