//! Conversations of another system, each told once as a whole: rows as if they had happened here, without the events
//! and jobs of their happening. Open desks do not see them before they load their lists again, so an import runs
//! while the server is stopped.

use crate::{
    Author, AuthorKind, CloseReason, Delivery, EntryKind, Holder, Message, Status, Thread,
    thread::{Parts, member_author},
};
use base::{MemberCaller, Ms, Problem, Tx};
use contacts::Contact;
use ids::{EntryId, InboxId, MemberId, TagId};
use inboxes::Channel;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// A conversation and how it stands at its end.
pub struct Told {
    pub inbox: InboxId,
    pub contact: Contact,
    /// Who is in charge; nobody: the queue.
    pub holder: Option<Arc<MemberCaller>>,
    /// Who wrote the members' messages where nobody is in charge.
    pub writer: Arc<MemberCaller>,
    pub closed: Option<CloseReason>,
    pub tag_ids: Vec<TagId>,
    /// In the order of time; at least one.
    pub messages: Vec<ToldMessage>,
}

pub struct ToldMessage {
    pub by_contact: bool,
    pub text: String,
    pub at: Ms,
}

/// Writes them, and moves the counters of their inboxes once.
pub async fn import(tx: &mut Tx<'_>, told: Vec<Told>) -> Result<(), Problem> {
    let mut counters: HashMap<InboxId, (i64, i64)> = HashMap::new();
    let mut held: BTreeMap<MemberId, i64> = BTreeMap::new();
    for one in told {
        if one.closed.is_none() {
            if let Some(holder) = &one.holder {
                *held.entry(holder.id).or_default() += 1;
            }
            let (queued, open) = counters.entry(one.inbox).or_default();
            (*queued, *open) = (*queued + i64::from(one.holder.is_none()), *open + 1);
        }
        write(tx, one).await?;
    }
    for (member, open) in held {
        people::move_open(tx, member, open).await?;
    }
    for (inbox, (queued, open)) in counters {
        inboxes::move_counters(tx, inbox, queued, open).await?;
    }
    Ok(())
}

async fn write(tx: &mut Tx<'_>, told: Told) -> Result<(), Problem> {
    let Told { inbox, contact, holder, writer, closed, tag_ids, messages } = told;
    let Some(first) = messages.first() else { return Ok(()) };
    tx.now = first.at;
    let mut thread = Thread::begin(tx, inbox, Channel::Website, contact);
    thread.conversation.tag_ids = tag_ids;
    thread.add(tx, EntryKind::Opened, thread.contact_author(), Parts::default());
    let system = Author { kind: AuthorKind::System, id: None, name: None };
    if let Some(holder) = &holder {
        thread.hand_to(tx, Holder::Member { id: holder.id }, Some(holder.name.clone()), system.clone(), None);
    }
    let member = member_author(holder.as_ref().unwrap_or(&writer));
    for message in messages {
        tx.now = message.at;
        let author = if message.by_contact { thread.contact_author() } else { member.clone() };
        let text = Message::new(EntryId(tx.uuid()), &message.text, Vec::new())?.text;
        // Where it was read is not known here; that it arrived is.
        let delivery = (!message.by_contact).then_some(Delivery::Delivered);
        thread.add_message(tx, author, Parts { text, delivery, ..Parts::default() });
    }
    if let Some(reason) = closed {
        thread.add(tx, EntryKind::Closed, system, Parts { reason: Some(reason), ..Parts::default() });
        let conversation = &mut thread.conversation;
        (conversation.status, conversation.close_reason) = (Status::Closed, Some(reason));
        conversation.waiting_since = None;
        // Nobody reads again what was over before.
        conversation.staff_read_position = conversation.last_position;
    }
    thread.contact_delivered_position = thread.conversation.last_position;
    thread.save_told(tx).await
}
