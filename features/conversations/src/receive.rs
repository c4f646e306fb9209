//! A contact's message, from whatever channel: the one command that lets the outside write.

use crate::{
    Ack, Author, AuthorKind, EntryKind, FILE_UNKNOWN, Mail, Message, Preview, Remote, Thread, Trail, Uploader, block,
    deleted, edit,
    entry::entry,
    fetch, file, quote, route,
    thread::{Parts, lock_of_contact, lock_of_contact_for},
};
use base::{Ms, Problem, Tx, refusal};
use contacts::Contact;
use ids::{ContactId, EntryId, InboxId};
use inboxes::Channel;
use people::Limits;

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
    /// Which of the message's files are still elsewhere.
    pub remote: Vec<Remote>,
    /// What the channel calls it, when it cannot be shown.
    pub unsupported: Option<String>,
}

/// How a mail differs from a message of other channels.
pub struct ByMail {
    pub mail: Mail,
    /// Who writes, when it is not the contact himself.
    pub author: Option<String>,
    /// A machine answers: nobody has to.
    pub quiet: bool,
    /// What the session is about, where it has no title yet.
    pub title: Option<String>,
}

/// What became of it.
pub enum Arrival {
    Stored(Ack),
    /// In a conversation that it began.
    Begun(Ack),
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
    take(tx, received, None).await
}

/// The same of a mail.
pub async fn receive_mail(tx: &mut Tx<'_>, received: Received, by_mail: ByMail) -> Result<Arrival, Problem> {
    take(tx, received, Some(by_mail)).await
}

async fn take(tx: &mut Tx<'_>, received: Received, by_mail: Option<ByMail>) -> Result<Arrival, Problem> {
    let Received { inbox, channel, contact, profile, uploader, trail, message, remote, unsupported } = received;
    let (found, stored) = lock_of_contact_for(tx, inbox, contact, message.id).await?;
    let mut thread = match found {
        Some(thread) => thread,
        None if block::of_contact(tx, contact).await?.is_some() => return Ok(Arrival::Refused),
        // Who he is, later ones read from the conversation.
        None => {
            // Without a contact he is proven to be another one meanwhile, and his token is an old one.
            let known = contacts::find(tx, contact).await?.ok_or(refusal::UNAUTHENTICATED)?;
            Thread::begin(tx, inbox, channel, known)
        }
    };
    let conversation_id = thread.conversation.id;
    if let Some(stored) = stored {
        // What was deleted with its conversation was taken all the same.
        let conversation_id =
            if deleted::is_kept(tx, stored.conversation()).await? { stored.conversation() } else { conversation_id };
        return Ok(Arrival::Stored(stored.repeated(conversation_id, contact.0)?));
    }
    if let Some(block) = &mut thread.conversation.block {
        block.refused += 1;
        thread.save(tx).await?;
        return Ok(Arrival::Refused);
    }
    if let Some(profile) = &profile {
        thread.meet(profile);
    }
    let contact_author = thread.contact_author();
    let begins = thread.conversation.last_position == 0;
    let quiet = by_mail.as_ref().is_some_and(|by_mail| by_mail.quiet) && !begins;
    let (mail, writer, title) = by_mail.map_or((None, None, None), |by| (Some(by.mail), by.author, by.title));
    let author = contact_author.clone();
    if quiet {
        // It opens nothing, and nobody waits.
    } else if begins {
        thread.add(tx, EntryKind::Opened, author.clone(), Parts::default());
        thread.arrive(tx, trail);
    } else if !thread.conversation.is_open() {
        thread.open_again(tx, author.clone());
        route::reopen(tx, &mut thread).await?;
        thread.arrive(tx, trail);
    } else if thread.conversation.snoozed_until.is_some() {
        thread.wake(tx, author.clone());
    }
    if !quiet && thread.conversation.title.is_none() {
        thread.conversation.title = title;
    }
    let position = thread.conversation.last_position + 1;
    let mut files = Vec::new();
    for id in &message.file_ids {
        match remote.iter().find(|remote| remote.id == *id) {
            Some(remote) => files.push(fetch::begin(tx, message.id, remote).await?),
            None => files.extend(file::attach(tx, &[*id], uploader, conversation_id, position).await?),
        }
    }
    if files.len() != message.file_ids.len() {
        return Err(FILE_UNKNOWN.into());
    }
    let quote = quote::find(tx, conversation_id, message.quote).await?;
    let conversation = &mut thread.conversation;
    conversation.answer_until = answer_until(channel, message.written_at, tx.now).max(conversation.answer_until);
    let parts = Parts {
        id: Some(message.id),
        text: message.text,
        files,
        quote,
        written_at: message.written_at,
        unsupported,
        about: message.about,
        mail,
        ..Parts::default()
    };
    let author = Author { name: writer.or(contact_author.name), ..contact_author };
    let ack = if quiet {
        Ack::of(thread.add(tx, EntryKind::Message, author, parts))
    } else {
        Ack::of(thread.add_message(tx, author, parts))
    };
    thread.is_here(tx.now);
    let thread = thread.save(tx).await?;
    // Whoever began the conversation holds its contact; of a later session only the session keeps how it came.
    let came_by = thread.conversation.visit.and_then(|visit| visit.came_by).filter(|_| begins);
    if let Some(came_by) = came_by {
        contacts::keep_source(tx, contact, &came_by).await?;
    }
    Ok(if begins { Arrival::Begun(ack) } else { Arrival::Stored(ack) })
}

/// How long a message that was written then lets us answer; a provider may bring it days later.
fn answer_until(channel: Channel, written_at: Option<Ms>, now: Ms) -> Option<Ms> {
    let hours = channel.capabilities()?.window_hours?;
    Some(written_at.map_or(now, |at| at.min(now)) + hours * 3_600_000)
}

/// Files that belong to a message of the contact which is here already, as those of an album do, and words if it has
/// none. What is no message of his, or was removed, stays as it is.
pub async fn add_to(
    tx: &mut Tx<'_>,
    mut thread: Thread,
    id: EntryId,
    text: Option<String>,
    remote: &[Remote],
) -> Result<(), Problem> {
    let Some(mut entry) = entry(tx, thread.conversation.id, id).await? else { return Ok(()) };
    let room = Limits::MOST.message_files.saturating_sub(entry.files.len());
    if entry.author.kind != AuthorKind::Contact || entry.removed.is_some() {
        return Ok(());
    }
    for remote in remote.iter().take(room) {
        entry.files.push(fetch::begin(tx, id, remote).await?);
    }
    if entry.text.is_none() {
        entry.text = text;
    }
    if edit::is_newest_message(tx, &entry).await? {
        let preview = Preview::of_message(entry.author.kind, entry.text.as_deref(), None, &entry.files);
        thread.conversation.preview = Some(preview);
    }
    thread.change(entry);
    thread.save(tx).await?;
    Ok(())
}
