//! Who is in charge: taking, giving, putting back into the queue.

use crate::{
    ASSIGNEE_NOT_IN_INBOX, Holder,
    access::{Can, MayChange},
    list::ConversationItem,
    thread::member_author,
};
use axum::Json;
use base::{Body, Ctx, Problem, Right, Scope, Tx, optional};
use ids::{ConversationId, InboxId, MemberId};
use serde::Deserialize;
use utoipa::ToSchema;

const COMMENT_CHARACTERS: usize = 500;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    pub to: Holder,
    /// Who was in charge when the member looked.
    pub holder: Holder,
    /// For the receiver.
    pub comment: Option<String>,
}

/// Puts `to` in charge.
pub async fn assign(tx: &mut Tx<'_>, permit: MayChange, asked: Assign) -> Result<ConversationItem, Problem> {
    permit.must_have_seen(asked.holder)?;
    let me = Holder::Member { id: permit.member.id };
    let now = permit.thread.conversation.holder;
    if asked.to == now {
        permit.must(Can::Reply)?;
        return ConversationItem::of(tx, &permit.member, &permit.thread).await;
    }
    permit.must(if asked.to == me { Can::AssignSelf } else { Can::AssignAny })?;
    let comment = optional(asked.comment.as_deref(), COMMENT_CHARACTERS, crate::TEXT_TOO_LONG)?;
    let to_name = match asked.to {
        Holder::Queue => None,
        Holder::Member { id } => {
            Some(assignable(tx, permit.thread.conversation.inbox_id, id).await?.ok_or(ASSIGNEE_NOT_IN_INBOX)?)
        }
        Holder::Team { id } => {
            let name = people::team_in(tx, permit.thread.conversation.inbox_id, id).await?;
            Some(name.ok_or(ASSIGNEE_NOT_IN_INBOX)?)
        }
    };
    let MayChange { member, mut thread } = permit;
    thread.hand_to(tx, asked.to, to_name, member_author(&member), comment);
    let thread = thread.save(tx).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// The name of a member who may be put in charge in an inbox: at work there, or answering everywhere.
pub async fn assignable(tx: &mut Tx<'_>, inbox: InboxId, member: MemberId) -> Result<Option<String>, Problem> {
    let Some(caller) = people::as_caller(tx, member).await? else { return Ok(None) };
    let scope = caller.scope(Right::CONVERSATION_REPLY);
    let may = scope == Scope::All || (caller.works_in(inbox) && scope > Scope::None);
    Ok(may.then_some(caller.name))
}

/// Assign a conversation
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/assignment", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = Assign,
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn assign_conversation(
    ctx: Ctx<MayChange>,
    Body(asked): Body<Assign>,
) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(move |tx, permit| Box::pin(assign(tx, permit, asked))).await.map(Json)
}
