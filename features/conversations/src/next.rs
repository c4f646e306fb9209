//! Whoever waits longest: the most urgent first, then the one whose wait began first, in all queues that the member sees
//! and from which he takes something.
//!
//! Whether taking the next makes it his is the inbox's to say: where it becomes his with the first answer, or when he
//! says that he begins, he only gets to see it.

use crate::{
    Holder, Thread,
    access::{Can, Facts},
    list::ConversationItem,
    thread::{self, member_author},
};
use axum::Json;
use base::{AnyMember, Ctx, MemberCaller, Problem, Tx};
use db::{params, sql};
use ids::{ContactId, ConversationId, Uuid};
use inboxes::Claim;
use serde::Serialize;
use utoipa::ToSchema;

/// How many are looked at in each inbox for one that the member may take.
const LOOK_AT: i64 = 50;
/// How often a colleague may be quicker.
const TRIES: usize = 20;

#[derive(Serialize, ToSchema)]
pub struct Next {
    /// `null` when nobody waits.
    pub item: Option<ConversationItem>,
}

/// The next one: the member's own where the inbox says so.
pub async fn next(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Option<ConversationItem>, Problem> {
    for id in waiting(tx, member).await?.into_iter().take(TRIES) {
        // One lock in a transaction would wait for whoever is quicker; what he took is passed over.
        let Some(thread) = thread::lock(tx, id).await? else { continue };
        if thread.conversation.waits_since.is_none() || !may_take(&thread, member) {
            continue;
        }
        let routing = inboxes::routing(tx, thread.conversation.inbox_id).await?.unwrap_or_default();
        let thread = match routing.claim {
            Claim::OnReply | Claim::OnStart => thread,
            Claim::OnOpen | Claim::Automatic => take(tx, member, thread).await?,
        };
        return ConversationItem::of(tx, member, &thread).await.map(Some);
    }
    Ok(None)
}

fn may_take(thread: &Thread, member: &MemberCaller) -> bool {
    let facts = thread.facts();
    facts.visible_to(member) && facts.can(member).has(Can::AssignSelf)
}

async fn take(tx: &mut Tx<'_>, member: &MemberCaller, mut thread: Thread) -> Result<Thread, Problem> {
    let me = Holder::Member { id: member.id };
    thread.hand_to(tx, me, Some(member.name.clone()), member_author(member), None);
    thread.save(tx).await
}

/// Those that he may take, in order. The first ones of each inbox are looked at: one range of the index each.
async fn waiting(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<ConversationId>, Problem> {
    let mut found = Vec::new();
    let paused = people::paused_by(tx, member.id).await?;
    for inbox in inboxes::visible(tx, member).await? {
        if paused.contains(&inbox.id) {
            continue;
        }
        let rows = tx
            .query(
                sql!(
                    "SELECT id, holder_team_id, priority, waits_since FROM conversations WHERE workspace_id = $1 \
                     AND inbox_id = $2 AND waits_since IS NOT NULL ORDER BY priority, waits_since, id LIMIT $3"
                ),
                &params![tx.workspace, inbox.id, LOOK_AT],
            )
            .await?;
        for row in &rows {
            let id: ConversationId = row.get("id")?;
            let holder = Holder::of(None, row.get("holder_team_id")?);
            let facts = Facts::looked_at(id, inbox.id, ContactId(Uuid::nil()), holder);
            if facts.can(member).has(Can::AssignSelf) {
                found.push((row.get::<i64>("priority")?, row.get::<i64>("waits_since")?, id));
            }
        }
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, _, id)| id).collect())
}

/// Take the next conversation of the queue
#[utoipa::path(
    post, path = "/api/v1/queue/next", tag = "conversations",
    responses((status = 200, body = Next), (status = "default", body = base::ProblemBody))
)]
pub async fn take_next(ctx: Ctx<AnyMember>) -> Result<Json<Next>, Problem> {
    ctx.write(|tx, AnyMember(member)| Box::pin(async move { Ok(Json(Next { item: next(tx, &member).await? })) })).await
}
