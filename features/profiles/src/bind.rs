//! Whose a conversation is: parting it from its contact, and giving it to another.
//!
//! What must stay true: a conversation always is somebody's, since its channel reaches a person: who is unpinned leaves a
//! contact behind of whom nothing is known but his channel. Numbers, addresses and browsers of the inbox go with the
//! conversation, so that what is written next comes to the same one. A contact has one conversation in each inbox.

use crate::{
    CONTACT_HAS_CHAT,
    access::sees,
    event::{self, moved},
};
use axum::Json;
use base::{Body, Ctx, Problem, Tx, refusal};
use contacts::{By, Known, RecordKind, Told};
use conversations::{ConversationItem, EntryKind, MayChange, facts_of_contact, forget_bare, give_to, load_of_contact};
use ids::{ContactId, ConversationId};
use inboxes::Channel;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BindConversation {
    pub contact_id: ContactId,
}

/// Gives it over, with what reaches him in its inbox.
async fn give(tx: &mut Tx<'_>, permit: MayChange, to: &Known, kind: EntryKind) -> Result<ConversationItem, Problem> {
    let (inbox, from) = (permit.thread.conversation.inbox_id, permit.thread.conversation.contact.id);
    // Whoever hears of him from outside meanwhile waits, and then asks again whose it is.
    contacts::lock(tx, from).await?;
    let given = give_to(tx, permit, to.shown(), kind).await?;
    contacts::hand_over(tx, inbox, from, to.id).await?;
    contacts::agree_alike(tx, from, to.id).await?;
    moved(tx, inbox, from)?;
    for (contact, version) in [(from, None), (to.id, Some(to.version))] {
        let version = match version {
            Some(version) => version,
            None => contacts::known(tx, contact).await?.map_or(0, |known| known.version),
        };
        let his = facts_of_contact(tx, contact).await?;
        event::updated(tx, contact, version, his).await?;
    }
    Ok(given)
}

/// All that a channel alone tells of somebody: how it calls him.
async fn told_by_channel(tx: &mut Tx<'_>, permit: &MayChange) -> Result<Told, Problem> {
    let conversation = &permit.thread.conversation;
    let outside = contacts::outside(tx, conversation.inbox_id, conversation.contact.id).await?;
    let Some(called) = outside.map(|outside| outside.external_id) else { return Ok(Told::default()) };
    Ok(match conversation.channel {
        Channel::Email => Told { email: Some(called), ..Told::default() },
        Channel::Provider("whatsapp") => Told { phone: Some(called), ..Told::default() },
        _ => Told { name: Some(called), ..Told::default() },
    })
}

async fn unpin(tx: &mut Tx<'_>, permit: MayChange) -> Result<ConversationItem, Problem> {
    permit.must_edit_contact()?;
    let mut to = Known::new(ContactId(tx.uuid()), told_by_channel(tx, &permit).await?, tx.now);
    to.insert(tx).await?;
    contacts::record(tx, RecordKind::Added, to.id, None, By::member(&permit.member)).await?;
    give(tx, permit, &to, EntryKind::Unpinned).await
}

async fn bind(tx: &mut Tx<'_>, permit: MayChange, asked: BindConversation) -> Result<ConversationItem, Problem> {
    permit.must_edit_contact()?;
    let (inbox, from) = (permit.thread.conversation.inbox_id, permit.thread.conversation.contact.id);
    let to = contacts::lock_whole(tx, asked.contact_id).await?.ok_or(refusal::NOT_FOUND)?;
    if !sees(&permit.member, &facts_of_contact(tx, to.id).await?) {
        return Err(refusal::NOT_FOUND.into());
    }
    if contacts::all_of(tx, to.id).await?.contains(&from) {
        return ConversationItem::of(tx, &permit.member, &permit.thread).await;
    }
    let there = load_of_contact(tx, inbox, to.id).await?.is_some();
    if there || contacts::outside(tx, inbox, to.id).await?.is_some() {
        return Err(CONTACT_HAS_CHAT.into());
    }
    let given = give(tx, permit, &to, EntryKind::Bound).await?;
    forget_bare(tx, inbox, from, to.id).await?;
    Ok(given)
}

/// Part a conversation from its contact
///
/// The contact stays, with what is known of him and his other conversations.
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/contact", tag = "contacts",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn unpin_contact(ctx: Ctx<MayChange>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(unpin(tx, permit))).await.map(Json)
}

/// Give a conversation to another contact
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/contact", tag = "contacts",
    params(("conversation" = ConversationId, Path)), request_body = BindConversation,
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn bind_contact(
    ctx: Ctx<MayChange>,
    Body(asked): Body<BindConversation>,
) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(bind(tx, permit, asked))).await.map(Json)
}
