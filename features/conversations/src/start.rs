//! Beginning a session with somebody who does not wait for an answer, where the channel of the inbox reaches him.
//!
//! What must stay true: nobody has two sessions in one inbox; of many who begin one at once one does, and the others hear
//! where it is, if they may see it; what is closed is begun again by whoever may answer there, and by nobody else.
//! Absent: whom a channel reaches. The inbox says so ([`inboxes::Starting`]).

use crate::{
    ADDRESS_INVALID, CANNOT_START, CONTACT_BLOCKED, CONTACT_TAKEN, CONTACT_UNKNOWN, ConversationItem, EntryKind,
    Holder, ID_REUSED, Message, SESSION_OPEN, Thread,
    access::Can,
    block, deleted,
    read::mark,
    send::{must_fit, place},
    thread::{Parts, load_of_contact, lock_of_contact_for, member_author},
};
use axum::{Json, http::StatusCode};
use base::{Body, Caller, Ctx, MemberCaller, Permit, Problem, Right, Scope, Tx, refusal};
use contacts::{Contact, Identity, Profile};
use ids::{ContactId, EntryId, FileId, InboxId};
use inboxes::{CanSee, Inbox, Starting};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 200;

/// With whom.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Whom {
    /// Somebody who is known in the inbox.
    Contact { id: ContactId },
    /// Whoever has this address on the channel, known or not: of API inboxes the other system's own name for him.
    Address {
        external_id: String,
        /// What he is called, if nobody knows that yet.
        name: Option<String>,
    },
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartSession {
    pub with: Whom,
    /// Of the first message. Made by the client (UUIDv7); the same id twice is one session.
    pub id: EntryId,
    pub text: String,
    #[serde(default)]
    pub file_ids: Vec<FileId>,
}

/// May begin sessions in the inbox: who answers there.
pub struct MayStart {
    member: Arc<MemberCaller>,
    inbox: Inbox,
}

impl Permit for MayStart {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let CanSee(inbox) = CanSee::grant(caller, target, tx).await?;
        let scope = member.scope(Right::CONVERSATION_REPLY);
        let answers = scope == Scope::All || (scope > Scope::None && member.works_in(target));
        if answers { Ok(Self { member, inbox }) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

async fn start(tx: &mut Tx<'_>, permit: MayStart, with: Whom, message: Message) -> Result<ConversationItem, Problem> {
    let MayStart { member, inbox } = permit;
    must_fit(&member, message.text.as_deref())?;
    let contact = whom(tx, &inbox, with).await?;
    let (found, stored) = lock_of_contact_for(tx, inbox.id, contact.id, message.id).await?;
    if let Some(stored) = stored {
        let thread = found.ok_or(ID_REUSED)?;
        stored.repeated(thread.conversation.id, member.id.0)?;
        return ConversationItem::of(tx, &member, &thread).await;
    }
    let mut thread = match found {
        Some(thread) => open_again(tx, thread, &member)?,
        None => begin(tx, &inbox, contact, &member).await?,
    };
    if thread.conversation.holder.member() != Some(member.id) {
        let (me, author) = (Holder::Member { id: member.id }, member_author(&member));
        thread.hand_to(tx, me, Some(member.name.clone()), author, None);
    }
    let ack = place(tx, &mut thread, &member, message).await?;
    mark(tx, &member, &mut thread, ack.position).await?;
    let thread = thread.save(tx).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// The contact, made where the channel reaches people of whom nobody heard yet.
async fn whom(tx: &mut Tx<'_>, inbox: &Inbox, with: Whom) -> Result<Contact, Problem> {
    match (with, inbox.starting) {
        (_, Starting::Nobody) | (Whom::Address { .. }, Starting::Known) => Err(CANNOT_START.into()),
        (Whom::Contact { id }, _) => {
            let mut reached = id;
            // Who was merged into him may be whom the channel reaches.
            if load_of_contact(tx, inbox.id, id).await?.is_none() {
                for one in std::iter::once(id).chain(contacts::all_of(tx, id).await?) {
                    if contacts::outside(tx, inbox.id, one).await?.is_some() {
                        reached = one;
                        break;
                    }
                }
            }
            contacts::find(tx, reached).await?.ok_or_else(|| CONTACT_UNKNOWN.into())
        }
        (Whom::Address { external_id, name }, Starting::Anybody) => {
            let by_mail = inbox.channel == inboxes::Channel::Email;
            let written =
                if by_mail { mail::Address::parse(&external_id).ok_or(ADDRESS_INVALID)?.address } else { external_id };
            let external_id = contacts::external_id(&written, ADDRESS_INVALID)?;
            let name = base::optional(name.as_deref(), NAME_CHARACTERS, ADDRESS_INVALID)?;
            let called = contacts::called(tx, inbox.id, &external_id).await?;
            // What is known of him stays as it is.
            let email = (by_mail && called.is_none()).then(|| external_id.clone());
            let known = Profile { name: name.filter(|_| called.is_none()), email, ..Profile::default() };
            let inbox = inbox.id;
            let identity = Identity {
                inbox,
                external_id,
                also: Vec::new(),
                known,
                avatar_url: None,
                attributes: None,
                conversation_ref: None,
            };
            contacts::identify(tx, identity).await
        }
    }
}

fn open_again(tx: &Tx<'_>, mut thread: Thread, member: &MemberCaller) -> Result<Thread, Problem> {
    let facts = thread.facts();
    if !facts.listed_to(member) {
        return Err(CONTACT_TAKEN.into());
    }
    if thread.conversation.is_open() {
        return Err(SESSION_OPEN.with("conversation_id", thread.conversation.id.to_string()));
    }
    if facts.blocked {
        return Err(CONTACT_BLOCKED.into());
    }
    if !facts.can(member).has(Can::Reopen) {
        return Err(refusal::FORBIDDEN.into());
    }
    thread.open_again(tx, member_author(member));
    Ok(thread)
}

async fn begin(tx: &mut Tx<'_>, inbox: &Inbox, contact: Contact, member: &MemberCaller) -> Result<Thread, Problem> {
    let wrote = deleted::had(tx, inbox.id, contact.id).await?;
    if !wrote && contacts::outside(tx, inbox.id, contact.id).await?.is_none() {
        return Err(CONTACT_UNKNOWN.into());
    }
    if block::of_contact(tx, contact.id).await?.is_some() {
        return Err(CONTACT_BLOCKED.into());
    }
    let mut thread = Thread::begin(tx, inbox.id, inbox.channel, contact);
    thread.add(tx, EntryKind::Opened, member_author(member), Parts::default());
    Ok(thread)
}

/// Begin a session
///
/// Whoever begins it is in charge of it.
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/sessions", tag = "conversations",
    params(("inbox" = InboxId, Path)), request_body = StartSession,
    responses((status = 201, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn start_session(
    ctx: Ctx<MayStart>,
    Body(asked): Body<StartSession>,
) -> Result<(StatusCode, Json<ConversationItem>), Problem> {
    let StartSession { with, id, text, file_ids } = asked;
    let message = Message::new(id, &text, file_ids)?;
    let item = ctx.write(move |tx, permit| Box::pin(start(tx, permit, with, message))).await?;
    Ok((StatusCode::CREATED, Json(item)))
}
