//! Blocking a contact: nobody writes to him, what he writes is counted and not kept, and his widget says that it is
//! switched off. It is the contact who is blocked, so each of his conversations says so.
//!
//! What must stay true: the change that blocks for a time enqueues the job that ends it, and the job ends only that
//! block; what arrives meanwhile leaves nothing but a number. Who blocked may take it back for a moment, also without
//! the right to unblock (`access`). Absent: who is blocked, and unblocking without a conversation (`blocked`).

use crate::{
    Author, AuthorKind, BLOCK_TIME, EntryKind, Thread,
    access::{Can, MayChange},
    list::ConversationItem,
    thread::{self, Parts, member_author},
};
use axum::Json;
use base::{App, Body, Ctx, JobFailure, JobKind, Ms, Problem, Tx, optional};
use db::{params, sql};
use ids::{ContactId, ConversationId, MemberId, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const SHORTEST: Ms = 60_000;
const LONGEST: Ms = 366 * 24 * 3_600_000;
const REASON_CHARACTERS: usize = 500;

pub static UNBLOCK: JobKind =
    JobKind { name: "conversations.unblock", run: |app, workspace, due| Box::pin(end_due(app, workspace, due)) };

/// Why nothing is exchanged with the contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Block {
    /// Milliseconds UTC.
    pub at: i64,
    /// It ends by itself then.
    pub until: Option<i64>,
    /// The name of the member, as it was.
    pub by: String,
    /// The member; blocks of older versions do not say it.
    #[serde(default)]
    pub by_id: Option<MemberId>,
    /// For the team.
    pub reason: Option<String>,
    /// How many messages were not taken in this conversation.
    #[serde(default)]
    pub refused: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BlockContact)]
pub struct Asked {
    /// Milliseconds UTC, from one minute to 366 days from now; without it the block ends by hand only.
    pub until: Option<i64>,
    /// For the team.
    pub reason: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Due {
    contact: ContactId,
    /// When the block began: another one is none of this job's business.
    at: Ms,
}

/// Blocks the contact. Blocking once more changes nothing.
pub async fn block(tx: &mut Tx<'_>, permit: MayChange, asked: Asked) -> Result<ConversationItem, Problem> {
    permit.must_see()?;
    if permit.thread.conversation.block.is_some() {
        return ConversationItem::of(tx, &permit.member, &permit.thread).await;
    }
    permit.must(Can::Block)?;
    if asked.until.is_some_and(|until| !(tx.now + SHORTEST..=tx.now + LONGEST).contains(&until)) {
        return Err(BLOCK_TIME.into());
    }
    let reason = optional(asked.reason.as_deref(), REASON_CHARACTERS, crate::TEXT_TOO_LONG)?;
    let MayChange { member, thread } = permit;
    let block =
        Block { at: tx.now, until: asked.until, by: member.name.clone(), by_id: Some(member.id), reason, refused: 0 };
    let contact = thread.conversation.contact.id;
    if let Some(until) = block.until {
        tx.enqueue(&UNBLOCK, &Due { contact, at: block.at }, until).await?;
    }
    let thread = set(tx, thread, Some(block), member_author(&member)).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// Lets the contact write again. Whom nobody blocked stays as he is.
pub async fn unblock(tx: &mut Tx<'_>, permit: MayChange) -> Result<ConversationItem, Problem> {
    permit.must_see()?;
    if permit.thread.conversation.block.is_none() {
        return ConversationItem::of(tx, &permit.member, &permit.thread).await;
    }
    permit.must_unblock(tx.now)?;
    let MayChange { member, thread } = permit;
    let thread = set(tx, thread, None, member_author(&member)).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// Changes the contact and all his conversations, and says so in each.
async fn set(tx: &mut Tx<'_>, thread: Thread, block: Option<Block>, by: Author) -> Result<Thread, Problem> {
    let contact = thread.conversation.contact.id;
    store(tx, contact, block.as_ref()).await?;
    let all = contacts::all_of(tx, contact).await?;
    let here = thread.conversation.id;
    let thread = set_one(tx, thread, block.clone(), by.clone()).await?;
    for id in conversations_of(tx, contact).await? {
        if id == here {
            continue;
        }
        // Given to another one while this waited for it, it is not his any more.
        if let Some(other) = thread::lock(tx, id).await?.filter(|other| all.contains(&other.conversation.contact.id)) {
            set_one(tx, other, block.clone(), by.clone()).await?;
        }
    }
    Ok(thread)
}

/// Of whoever was merged into him too.
async fn store(tx: &mut Tx<'_>, contact: ContactId, block: Option<&Block>) -> Result<(), Problem> {
    let stored = block.map(serde_json::to_string).transpose()?;
    for one in contacts::all_of(tx, contact).await? {
        tx.put(
            sql!("UPDATE contacts SET block = $3, blocked_at = $4 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, one, stored.clone(), block.map(|block| block.at)],
        )
        .await?;
    }
    Ok(())
}

async fn set_one(tx: &mut Tx<'_>, mut thread: Thread, block: Option<Block>, by: Author) -> Result<Thread, Problem> {
    let (kind, parts) = match &block {
        Some(block) => {
            (EntryKind::Blocked, Parts { text: block.reason.clone(), until: block.until, ..Parts::default() })
        }
        None => (EntryKind::Unblocked, Parts::default()),
    };
    thread.conversation.block = block;
    thread.add(tx, kind, by, parts);
    thread.save(tx).await
}

/// One in each inbox at most with him, and with whoever was merged into him.
pub(crate) async fn conversations_of(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ConversationId>, Problem> {
    let mut found = Vec::new();
    for one in contacts::all_of(tx, contact).await? {
        let rows = tx
            .query(
                sql!(
                    "SELECT c.id FROM inboxes i JOIN conversations c ON c.workspace_id = i.workspace_id \
                     AND c.inbox_id = i.id AND c.contact_id = $2 WHERE i.workspace_id = $1 ORDER BY c.id"
                ),
                &params![tx.workspace, one],
            )
            .await?;
        for row in &rows {
            found.push(row.get("id")?);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Ends the block of a contact, and says so in his conversations, of which one is given when there are any.
pub(crate) async fn lift(
    tx: &mut Tx<'_>,
    contact: ContactId,
    thread: Option<Thread>,
    by: Author,
) -> Result<(), Problem> {
    match thread {
        Some(thread) => set(tx, thread, None, by).await.map(drop),
        // They were deleted.
        None => store(tx, contact, None).await,
    }
}

/// The first of the contact's conversations that is still there, to change.
async fn lock_one(tx: &mut Tx<'_>, contact: ContactId) -> Result<Option<Thread>, Problem> {
    for id in conversations_of(tx, contact).await? {
        if let Some(thread) = thread::lock(tx, id).await? {
            return Ok(Some(thread));
        }
    }
    Ok(None)
}

/// The block of a contact without a conversation so far.
pub async fn of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Option<Block>, Problem> {
    let sql = sql!("SELECT block FROM contacts WHERE workspace_id = $1 AND id = $2");
    let Some(row) = tx.first(sql, &params![tx.workspace, contact]).await? else { return Ok(None) };
    Ok(row.get::<Option<String>>("block")?.map(|text| serde_json::from_str(&text)).transpose()?)
}

async fn end_due(app: App, workspace: WorkspaceId, due: String) -> Result<(), JobFailure> {
    let due: Due = serde_json::from_str(&due).map_err(|error| JobFailure::GiveUp(error.into()))?;
    app.write(workspace, move |tx| {
        Box::pin(async move {
            let thread = match lock_one(tx, due.contact).await? {
                None => {
                    // A conversation may be put back, or begun, meanwhile.
                    contacts::lock(tx, due.contact).await?;
                    lock_one(tx, due.contact).await?
                }
                found => found,
            };
            // Under the lock: somebody may have ended it by hand a moment ago.
            if of_contact(tx, due.contact).await?.is_none_or(|block| block.at != due.at) {
                return Ok(());
            }
            lift(tx, due.contact, thread, Author { kind: AuthorKind::System, id: None, name: None }).await
        })
    })
    .await?;
    Ok(())
}

/// Block the contact
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/block", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = Asked,
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn block_contact(ctx: Ctx<MayChange>, Body(asked): Body<Asked>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(move |tx, permit| Box::pin(block(tx, permit, asked))).await.map(Json)
}

/// Unblock the contact
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/block", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn unblock_contact(ctx: Ctx<MayChange>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(unblock(tx, permit))).await.map(Json)
}
