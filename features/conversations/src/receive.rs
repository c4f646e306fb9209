//! A contact's message, from whatever channel: the one command that lets the outside write.

use crate::{
    Ack, FILE_UNKNOWN, Message, Thread, Trail, Uploader, block, file, quote,
    send::known,
    thread::{Parts, lock_of_contact},
};
use base::{Problem, Tx, refusal};
use contacts::Contact;
use ids::{ContactId, InboxId};
use inboxes::Channel;

/// What arrived, and from whom.
pub struct Received {
    pub inbox: InboxId,
    pub contact: ContactId,
    pub channel: Channel,
    /// What the channel just told of the contact; what it did not tell stays as it was.
    pub profile: Option<Contact>,
    pub uploader: Uploader,
    /// Where he was before, when this begins a session.
    pub trail: Trail,
    pub message: Message,
}

/// What became of it.
pub enum Arrival {
    Stored(Ack),
    /// The contact is blocked: the message was counted, and nothing of it is kept.
    Refused,
}

/// Counts a message of a blocked contact, of which nothing is kept. Answers whether he is blocked.
pub async fn refuse_blocked(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<bool, Problem> {
    let Some(mut thread) = lock_of_contact(tx, inbox, contact).await? else {
        return Ok(block::of_contact(tx, contact).await?.is_some());
    };
    let Some(block) = &mut thread.conversation.block else { return Ok(false) };
    block.refused += 1;
    thread.save(tx).await?;
    Ok(true)
}

/// Stores the message once: in the contact's conversation of this inbox, begun or opened again when needed.
pub async fn receive(tx: &mut Tx<'_>, received: Received) -> Result<Arrival, Problem> {
    let Received { inbox, channel, contact, profile, uploader, trail, message } = received;
    let found = lock_of_contact(tx, inbox, contact).await?;
    let mut thread = match found {
        Some(thread) => thread,
        None if block::of_contact(tx, contact).await?.is_some() => return Ok(Arrival::Refused),
        // Who he is, later ones read from the conversation.
        None => {
            let known = contacts::find(tx, contact).await?.ok_or(refusal::NOT_FOUND)?;
            Thread::begin(tx, inbox, channel, known)
        }
    };
    let conversation_id = thread.conversation.id;
    if let Some(ack) = known(tx, message.id, conversation_id, contact.0).await? {
        return Ok(Arrival::Stored(ack));
    }
    if let Some(block) = &mut thread.conversation.block {
        block.refused += 1;
        thread.save(tx).await?;
        return Ok(Arrival::Refused);
    }
    if let Some(profile) = &profile {
        thread.meet(profile);
    }
    let author = thread.contact_author();
    if thread.conversation.last_position == 0 {
        thread.add(tx, crate::EntryKind::Opened, author.clone(), Parts::default());
        thread.arrive(tx, trail);
    } else if !thread.conversation.is_open() {
        thread.open_again(tx, author.clone());
        thread.arrive(tx, trail);
    } else if thread.conversation.snoozed_until.is_some() {
        thread.wake(tx, author.clone());
    }
    let position = thread.conversation.last_position + 1;
    let files = file::attach(tx, &message.file_ids, uploader, conversation_id, position).await?;
    if files.len() != message.file_ids.len() {
        return Err(FILE_UNKNOWN.into());
    }
    let quote = quote::find(tx, conversation_id, message.quote).await?;
    let parts = Parts {
        id: Some(message.id),
        text: message.text,
        files,
        quote,
        written_at: message.written_at,
        ..Parts::default()
    };
    let ack = Ack::of(thread.add_message(tx, author, parts));
    thread.save(tx).await?;
    Ok(Arrival::Stored(ack))
}
