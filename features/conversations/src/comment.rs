//! What a contact wrote below a post of ours, and what a rule answers to it at once.
//!
//! What must stay true: comment and answers are one transaction, and leave by the outbox like a member's. Nobody of the
//! team has to do anything: what a comment begins is closed again, what was closed stays so, and whoever waited for the
//! team goes on waiting. His own message opens it, as always.
//! Absent: which comment is answered and how (the channel's feature).

use crate::{
    About, Author, AuthorKind, CloseReason, Conversation, EntryKind, Message, Preview, Quote, Thread, block,
    outbox::{self, NewsKind},
    thread::{Parts, lock_of_contact_for},
};
use base::{Ms, Problem, Tx};
use contacts::Contact;
use ids::{EntryId, InboxId};
use inboxes::Channel;

/// As much of a comment stands over its answers.
const QUOTE_CHARACTERS: usize = 200;
const HOUR_MS: Ms = 3_600_000;

pub struct Commented {
    pub inbox: InboxId,
    pub channel: Channel,
    pub contact: Contact,
    pub comment: Message,
    /// In this order; each is `About::PublicReply` or `About::PrivateReply`.
    pub answers: Vec<(EntryId, About, String)>,
}

/// Stores all of it once. Of a blocked contact nothing is kept: answers whether it was stored.
pub async fn take_comment(tx: &mut Tx<'_>, commented: Commented) -> Result<bool, Problem> {
    let Commented { inbox, channel, contact, comment, answers } = commented;
    let (found, stored) = lock_of_contact_for(tx, inbox, contact.id, comment.id).await?;
    if stored.is_some() {
        return Ok(true);
    }
    if block::of_contact(tx, contact.id).await?.is_some() {
        return Ok(false);
    }
    let mut thread = found.unwrap_or_else(|| Thread::begin(tx, inbox, channel, contact));
    // A comment lets nobody write to him but once, and alone to it: neither a program nor a person.
    let late = channel.capabilities().and_then(|can| Some(can.human_hours? - can.window_hours?)).unwrap_or_default();
    thread.conversation.answer_until.get_or_insert(tx.now - late * HOUR_MS);
    let by = thread.contact_author();
    let begins = thread.conversation.last_position == 0;
    if begins {
        thread.add(tx, EntryKind::Opened, by.clone(), Parts::default());
    }
    let parts = Parts {
        id: Some(comment.id),
        text: comment.text.clone(),
        written_at: comment.written_at,
        about: Some(About::Comment),
        ..Parts::default()
    };
    let position = thread.add(tx, EntryKind::Message, by.clone(), parts).position;
    show(&mut thread.conversation, AuthorKind::Contact, comment.text.as_deref());
    let text = comment.text.map(|text| text.chars().take(QUOTE_CHARACTERS).collect());
    let quote = Quote { id: comment.id, position, author: by, text, files: 0 };
    let system = Author { kind: AuthorKind::System, id: None, name: None };
    for (id, about, text) in answers {
        show(&mut thread.conversation, AuthorKind::System, Some(&text));
        let parts = Parts {
            id: Some(id),
            text: Some(text),
            quote: Some(quote.clone()),
            about: Some(about),
            delivery: Some(outbox::begin(channel)),
            ..Parts::default()
        };
        thread.add(tx, EntryKind::Message, system.clone(), parts);
        thread.tell(NewsKind::MessageCreated, Some(id));
    }
    if begins {
        thread.close(tx, CloseReason::Other, system, None);
    }
    thread.save(tx).await?;
    Ok(true)
}

/// In the lists, unless they show what somebody waits for.
fn show(conversation: &mut Conversation, author: AuthorKind, text: Option<&str>) {
    if conversation.waiting_since.is_none() {
        conversation.preview = Some(Preview::of_message(author, text, None, &[]));
    }
}
