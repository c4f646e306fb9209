//! What was said to a contact in our name and not from here, such as on a phone with the same number.
//!
//! What must stay true: it leaves by no outbox, and whoever waited for an answer waits no more.

use crate::{
    Author, AuthorKind, Delivery, EntryKind, Message, Remote, Thread, block, fetch,
    thread::{Parts, lock_of_contact_for},
};
use base::{Problem, Tx};
use contacts::Contact;
use ids::InboxId;
use inboxes::Channel;

pub struct Elsewhere {
    pub inbox: InboxId,
    pub channel: Channel,
    pub contact: Contact,
    /// Under which name it was said: nobody knows by whom.
    pub author: String,
    pub message: Message,
    pub remote: Vec<Remote>,
    /// What the channel calls it, when it cannot be shown.
    pub unsupported: Option<String>,
}

/// Stores it once. With a blocked contact nothing is exchanged, and nothing of it is kept.
pub async fn say_elsewhere(tx: &mut Tx<'_>, said: Elsewhere) -> Result<(), Problem> {
    let Elsewhere { inbox, channel, contact, author, message, remote, unsupported } = said;
    let (found, stored) = lock_of_contact_for(tx, inbox, contact.id, message.id).await?;
    if stored.is_some() || block::of_contact(tx, contact.id).await?.is_some() {
        return Ok(());
    }
    let mut thread = found.unwrap_or_else(|| Thread::begin(tx, inbox, channel, contact));
    // He who was never heard cannot be answered.
    if channel.capabilities().is_some_and(|can| can.window_hours.is_some()) {
        thread.conversation.answer_until.get_or_insert(tx.now);
    }
    let author = Author { kind: AuthorKind::Member, id: None, name: Some(author) };
    if thread.conversation.last_position == 0 {
        thread.add(tx, EntryKind::Opened, author.clone(), Parts::default());
    } else if !thread.conversation.is_open() {
        thread.open_again(tx, author.clone());
    }
    let mut files = Vec::new();
    for remote in &remote {
        files.push(fetch::begin(tx, message.id, remote).await?);
    }
    let parts = Parts {
        id: Some(message.id),
        text: message.text,
        files,
        written_at: message.written_at,
        delivery: Some(Delivery::Sent),
        unsupported,
        ..Parts::default()
    };
    thread.add_message(tx, author, parts);
    thread.save(tx).await?;
    Ok(())
}
