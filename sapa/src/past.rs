//! Tells again what happened, through the commands that make it happen every day, each with the time at which it
//! was: for the demo and for imports. What must stay true: no table is written here.

use base::{Caller, MemberCaller, Ms, Permit, Problem, Tx};
use contacts::{By, Contact, Profile};
use conversations::{
    Arrival, Assign, CanRead, Close, CloseReason, Holder, MayChange, MentionId, Message, Received, Trail, Uploader,
    add_note, assign, close, lock_of_contact, mark_read, receive, send,
};
use delivery::Receipt;
use ids::{ConversationId, EntryId, FileId, InboxId, TagId, VisitorId};
use std::sync::Arc;

/// A contact and his conversation in one inbox.
#[derive(Clone)]
pub struct Story {
    pub inbox: InboxId,
    pub contact: Contact,
    /// Who uploads the contact's files: a browser that is gone.
    pub browser: VisitorId,
    /// From the first message on.
    pub conversation: Option<ConversationId>,
}

impl Story {
    pub async fn begin(
        tx: &mut Tx<'_>,
        at: Ms,
        inbox: InboxId,
        name: Option<String>,
        email: Option<String>,
    ) -> Result<Self, Problem> {
        tx.now = at;
        let contact = contacts::create(tx, Profile { name, email, phone: None }, By::channel(inbox)).await?;
        Ok(Self { inbox, contact, browser: VisitorId(tx.uuid()), conversation: None })
    }

    pub async fn contact_writes(
        &mut self,
        tx: &mut Tx<'_>,
        at: Ms,
        text: &str,
        files: Vec<FileId>,
    ) -> Result<(), Problem> {
        tx.now = at;
        let received = Received {
            inbox: self.inbox,
            channel: inboxes::Channel::Website,
            contact: self.contact.id,
            profile: None,
            trail: Trail::default(),
            uploader: Uploader::Visitor(self.browser),
            message: Message::new(EntryId(tx.uuid()), text, files)?,
            remote: Vec::new(),
            unsupported: None,
        };
        if let Arrival::Begun(ack) | Arrival::Stored(ack) = receive(tx, received).await? {
            self.conversation = Some(ack.conversation_id);
        }
        Ok(())
    }

    pub async fn member_writes(
        &self,
        tx: &mut Tx<'_>,
        at: Ms,
        member: &Arc<MemberCaller>,
        text: &str,
        files: Vec<FileId>,
    ) -> Result<(), Problem> {
        let permit = self.permit(tx, at, member).await?;
        let (message, seen) = (Message::new(EntryId(tx.uuid()), text, files)?, permit.thread.conversation.holder);
        send(tx, permit, message, seen).await.map(drop)
    }

    /// A note for the team, with whom it mentions.
    pub async fn member_notes(
        &self,
        tx: &mut Tx<'_>,
        at: Ms,
        member: &Arc<MemberCaller>,
        text: &str,
        mentioned: Vec<MentionId>,
    ) -> Result<(), Problem> {
        let permit = self.permit(tx, at, member).await?;
        add_note(tx, permit, Message::new(EntryId(tx.uuid()), text, Vec::new())?, mentioned).await.map(drop)
    }

    pub async fn member_assigns(
        &self,
        tx: &mut Tx<'_>,
        at: Ms,
        member: &Arc<MemberCaller>,
        to: Holder,
        comment: Option<String>,
    ) -> Result<(), Problem> {
        let permit = self.permit(tx, at, member).await?;
        let holder = permit.thread.conversation.holder;
        assign(tx, permit, Assign { to, holder, comment }).await.map(drop)
    }

    pub async fn member_closes(
        &self,
        tx: &mut Tx<'_>,
        at: Ms,
        member: &Arc<MemberCaller>,
        reason: CloseReason,
        tag_ids: Vec<TagId>,
    ) -> Result<(), Problem> {
        let permit = self.permit(tx, at, member).await?;
        close(tx, permit, Close { reason, note: None, tag_ids }).await.map(drop)
    }

    /// The member looks at everything that is there.
    pub async fn member_reads(&self, tx: &mut Tx<'_>, at: Ms, member: &Arc<MemberCaller>) -> Result<(), Problem> {
        let Some(id) = self.conversation else { return Ok(()) };
        tx.now = at;
        let permit = CanRead::grant(&Caller::Member(member.clone()), id, tx).await?;
        let last = permit.thread.conversation.last_position;
        mark_read(tx, permit, last).await
    }

    /// The contact has received everything so far, and read it too when `read`.
    pub async fn contact_receives(&self, tx: &mut Tx<'_>, at: Ms, read: bool) -> Result<(), Problem> {
        tx.now = at;
        let Some(thread) = lock_of_contact(tx, self.inbox, self.contact.id).await? else { return Ok(()) };
        let last = thread.conversation.last_position;
        delivery::receive(tx, thread, Receipt { delivered: last, read: if read { last } else { 0 } }).await
    }

    async fn permit(&self, tx: &mut Tx<'_>, at: Ms, member: &Arc<MemberCaller>) -> Result<MayChange, Problem> {
        tx.now = at;
        let id = self.conversation.ok_or(base::refusal::NOT_FOUND)?;
        MayChange::grant(&Caller::Member(member.clone()), id, tx).await
    }
}
