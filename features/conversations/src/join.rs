//! A contact turns out to be a person who is known already: what was said goes with him, and he has one conversation.
//!
//! What must stay true: no message is lost, and each keeps its id, so that a repeat of it still is harmless; positions
//! stay 1..n, so what was said before follows what is there and says when it was said. Absent: what a contact
//! wrote who is blocked, before or after it turns out who he is; it stays where it is.

use crate::{
    Author, AuthorKind, CHANGED, Entry, Facts, Holder, Thread, activity, block,
    contact::show_contact,
    deleted, draft,
    entry::entries_before,
    event::Changed,
    read, schedule, tag,
    thread::{self, load_of_contact, lock_of_contact},
};
use base::{NewEvent, Problem, Tx};
use contacts::{By, Contact, RecordKind};
use db::{params, sql};
use ids::{ContactId, ConversationId, InboxId};

/// One event carries them all. A longer conversation stays with whom it was had.
const ENTRIES: i64 = 2_000;
/// The same of their words and of what comes with them.
const BYTES: i64 = 1_000_000;

/// Says in the person's conversation of the inbox what is now known of him.
pub async fn meet(tx: &mut Tx<'_>, inbox: InboxId, person: &Contact) -> Result<(), Problem> {
    let Some(mut thread) = lock_of_contact(tx, inbox, person.id).await? else { return Ok(()) };
    let known = thread.conversation.contact.clone();
    thread.meet(person);
    if thread.conversation.contact != known {
        thread.save(tx).await?;
    }
    Ok(())
}

/// Whether the person's conversation of the inbox, if there is one, says all that is known of him.
pub async fn has_met(tx: &mut Tx<'_>, inbox: InboxId, person: &Contact) -> Result<bool, Problem> {
    let Some(mut thread) = load_of_contact(tx, inbox, person.id).await? else { return Ok(true) };
    let known = thread.conversation.contact.clone();
    thread.meet(person);
    Ok(thread.conversation.contact == known)
}

/// What was said with `from` in the inbox belongs to the conversation of the person.
pub async fn join(tx: &mut Tx<'_>, inbox: InboxId, from: ContactId, person: &Contact) -> Result<(), Problem> {
    let Some(gone) = lock_of_contact(tx, inbox, from).await? else {
        forget(tx, inbox, from, person.id).await?;
        return meet(tx, inbox, person).await;
    };
    if gone.conversation.block.is_some() || gone.conversation.last_position > ENTRIES {
        return meet(tx, inbox, person).await;
    }
    let found = lock_of_contact(tx, inbox, person.id).await?;
    let stays = match &found {
        Some(thread) => thread.conversation.block.is_some() || bytes(tx, gone.conversation.id).await? > BYTES,
        None => block::of_contact(tx, person.id).await?.is_some(),
    };
    if stays {
        return meet(tx, inbox, person).await;
    }
    match found {
        None => hand_over(tx, gone, person).await?,
        Some(mut thread) => {
            thread.meet(person);
            let mut thread = append(tx, gone, thread).await?;
            // That he had left there may be old: he proves right now who he is.
            thread.is_here(tx.now);
            thread.save(tx).await?;
        }
    }
    forget(tx, inbox, from, person.id).await
}

/// Whether a contact has a conversation beside that of the inbox, or is reached in another one: then what is written to us
/// there names him. Who was merged, or into whom somebody was, may be parted again.
async fn is_elsewhere(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<bool, Problem> {
    let found = tx
        .first(
            sql!(
                "SELECT 1 AS there WHERE EXISTS (SELECT 1 FROM inboxes i JOIN conversations c \
                 ON c.workspace_id = i.workspace_id AND c.inbox_id = i.id AND c.contact_id = $3 \
                 WHERE i.workspace_id = $1 AND i.id <> $2) \
                 OR EXISTS (SELECT 1 FROM inboxes i JOIN identities o ON o.workspace_id = i.workspace_id \
                 AND o.inbox_id = i.id AND o.contact_id = $3 WHERE i.workspace_id = $1 AND i.id <> $2) \
                 OR EXISTS (SELECT 1 FROM visitors v WHERE v.workspace_id = $1 AND v.contact_id = $3 AND v.inbox_id <> $2) \
                 OR EXISTS (SELECT 1 FROM contacts p WHERE p.workspace_id = $1 AND p.merged_into = $3) \
                 OR EXISTS (SELECT 1 FROM contacts m WHERE m.workspace_id = $1 AND m.id = $3 \
                 AND m.merged_into IS NOT NULL)"
            ),
            &params![tx.workspace, inbox, contact],
        )
        .await?;
    Ok(found.is_some())
}

/// Whoever is still reached elsewhere stays who he is.
pub(crate) async fn forget(tx: &mut Tx<'_>, inbox: InboxId, from: ContactId, person: ContactId) -> Result<(), Problem> {
    if is_elsewhere(tx, inbox, from).await? {
        return Ok(());
    }
    deleted::hand_over(tx, from, person).await?;
    contacts::record(tx, RecordKind::Merged, from, Some(person), By::channel(inbox)).await?;
    match contacts::forget(tx, from, person).await? {
        Some(shown) => show_contact(tx, &shown).await,
        None => Ok(()),
    }
}

/// Whether so much can go over into another one.
pub(crate) async fn fits(tx: &mut Tx<'_>, gone: &Thread) -> Result<bool, Problem> {
    Ok(gone.conversation.last_position <= ENTRIES && bytes(tx, gone.conversation.id).await? <= BYTES)
}

async fn bytes(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT sum(coalesce(octet_length(text), 0) + coalesce(octet_length(detail), 0)) AS bytes \
                 FROM entries WHERE workspace_id = $1 AND conversation_id = $2"
            ),
            &params![tx.workspace, conversation],
        )
        .await?;
    Ok(row.map(|row| row.get("bytes")).transpose()?.flatten().unwrap_or(0))
}

/// The person had no conversation: this is his.
async fn hand_over(tx: &mut Tx<'_>, mut thread: Thread, person: &Contact) -> Result<(), Problem> {
    // Who sends a message again is known by it.
    tx.put(
        sql!(
            "UPDATE entries SET author_id = $3 WHERE workspace_id = $1 AND conversation_id = $2 \
             AND author_kind = 'contact'"
        ),
        params![tx.workspace, thread.conversation.id, person.id],
    )
    .await?;
    thread.becomes(person.clone());
    thread.save(tx).await?;
    Ok(())
}

/// What was said in `gone` follows what is in `thread`, which the caller saves.
pub(crate) async fn append(tx: &mut Tx<'_>, gone: Thread, mut thread: Thread) -> Result<Thread, Problem> {
    let (from, to) = (gone.conversation.id, thread.conversation.id);
    let was_closed = !thread.conversation.is_open();
    if gone.conversation.is_open() && was_closed {
        let by = thread.contact_author();
        thread.open_again(tx, by);
    } else if gone.conversation.is_active() && thread.conversation.snoozed_until.is_some() {
        let by = thread.contact_author();
        thread.wake(tx, by);
    }
    let offset = thread.conversation.last_position;
    let entries = entries_before(tx, from, i64::MAX, ENTRIES).await?;
    tag::take_in(tx, &mut thread, &gone.conversation).await?;
    move_sessions(tx, &mut thread, &gone).await?;
    draft::take_in(tx, from, to, offset).await?;
    read::take_in(tx, &thread, from, offset).await?;
    remove(tx, &gone, to, offset).await?;
    let said = entries.iter().rev().find_map(|entry| entry.assignment.clone());
    for entry in entries {
        let entry = entry.with_receipts(gone.contact_delivered_position, gone.contact_read_position);
        let entry = moved(entry, &thread, offset);
        thread.take_in(tx, entry);
    }
    // Read up to there says that all before it was read. What the contact had read each entry says itself by now.
    let (read_here, read_there) = (thread.conversation.staff_read_position, gone.conversation.staff_read_position);
    if read_there > 0 && read::unread_after(tx, to, read_here).await? == 0 {
        thread.conversation.staff_read_position = read_there + offset;
    }
    sum_up(&mut thread, &gone);
    schedule::take_in(tx, &mut thread, from, offset).await?;
    let unheld = was_closed
        || match thread.conversation.holder {
            Holder::Queue => true,
            Holder::Team { .. } => gone.conversation.holder.member().is_some(),
            Holder::Member { .. } => false,
        };
    let at_work = gone.conversation.is_open() && gone.conversation.holder != thread.conversation.holder;
    let system = Author { kind: AuthorKind::System, id: None, name: None };
    if unheld && at_work && gone.conversation.holder != Holder::Queue && gone.holder_stands {
        // Who talks with him goes on talking with him.
        thread.hand_to(tx, gone.conversation.holder, gone.holder_name.clone(), system, None);
    } else if let Some(said) = said.filter(|said| said.to != thread.conversation.holder) {
        // The last line of that kind names who has it.
        let (holder, name) = (thread.conversation.holder, thread.holder_name.clone());
        (thread.conversation.holder, thread.holder_name) = (said.to, said.to_name);
        thread.hand_to(tx, holder, name, system, None);
    }
    Ok(thread)
}

/// The entry as the person's own, in his conversation.
fn moved(mut entry: Entry, thread: &Thread, offset: i64) -> Entry {
    if entry.author.kind == AuthorKind::Contact {
        entry.author.id = thread.contact_author().id;
    }
    if let Some(quote) = &mut entry.quote {
        quote.position += offset;
    }
    entry
}

/// Sessions that are over follow those that were over here, as their entries do; the open one, if there is one, stays
/// the newest. What the contact rates is the newest.
async fn move_sessions(tx: &mut Tx<'_>, thread: &mut Thread, gone: &Thread) -> Result<(), Problem> {
    let over = gone.session - i64::from(gone.conversation.is_open());
    let before = thread.session - i64::from(thread.conversation.is_open());
    let to = thread.conversation.id;
    // Only one that is open stands after those that are over.
    tx.put(
        sql!(
            "UPDATE sessions SET number = number + $4 WHERE workspace_id = $1 AND conversation_id = $2 AND number > $3"
        ),
        params![tx.workspace, to, before, over],
    )
    .await?;
    tx.put(
        sql!(
            "UPDATE sessions SET conversation_id = $3, number = number + $4 \
             WHERE workspace_id = $1 AND conversation_id = $2 AND number <= $5"
        ),
        params![tx.workspace, gone.conversation.id, to, before, over],
    )
    .await?;
    thread.session += over;
    Ok(())
}

/// What lists say of both together.
fn sum_up(thread: &mut Thread, gone: &Thread) {
    let (now, was) = (&mut thread.conversation, &gone.conversation);
    now.preview = was.preview.clone().or(now.preview.take());
    now.last_activity_at = now.last_activity_at.max(was.last_activity_at);
    now.waiting_since = match (now.waiting_since, was.waiting_since) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    now.inbound_count += was.inbound_count;
    if now.is_open() {
        now.title = now.title.take().or(was.title.clone());
    } else {
        // Its newest session is the one that came last.
        (now.title, now.close_reason, now.opened_at) = (was.title.clone(), was.close_reason, was.opened_at);
    }
    now.visit = was.visit.clone().or(now.visit.take());
}

/// Takes the conversation away, with what hangs on it; whoever saw it hears that it is gone.
async fn remove(tx: &mut Tx<'_>, gone: &Thread, to: ConversationId, offset: i64) -> Result<(), Problem> {
    let from = gone.conversation.id;
    let both = params![tx.workspace, from, to, offset];
    tx.put(sql!("DELETE FROM entries WHERE workspace_id = $1 AND conversation_id = $2"), params![tx.workspace, from])
        .await?;
    tx.put(
        sql!(
            "UPDATE files SET conversation_id = $3, position = position + $4 \
             WHERE workspace_id = $1 AND conversation_id = $2"
        ),
        both.clone(),
    )
    .await?;
    tx.put(
        sql!(
            "INSERT INTO entry_changes (workspace_id, conversation_id, at, revision, position, kind, author_kind) \
             SELECT workspace_id, $3, at, revision, position + $4, kind, author_kind FROM entry_changes \
             WHERE workspace_id = $1 AND conversation_id = $2 ON CONFLICT DO NOTHING"
        ),
        both.clone(),
    )
    .await?;
    tx.put(
        sql!(
            "INSERT INTO record_conversations (workspace_id, record_id, conversation_id, at) \
             SELECT workspace_id, record_id, $3, at FROM record_conversations \
             WHERE workspace_id = $1 AND conversation_id = $2 ON CONFLICT DO NOTHING"
        ),
        params![tx.workspace, from, to],
    )
    .await?;
    activity::take_in(tx, from, to, offset).await?;
    for sql in [
        sql!("DELETE FROM entry_changes WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM record_conversations WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM sessions WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM conversations WHERE workspace_id = $1 AND id = $2"),
    ] {
        tx.put(sql, params![tx.workspace, from]).await?;
    }
    thread::uncount(tx, &gone.conversation).await?;
    let mut conversation = gone.conversation.clone();
    conversation.revision += 1;
    let facts = Facts { joined: Some(to), revision: conversation.revision, ..gone.facts() };
    tx.emit(NewEvent::new(&CHANGED, facts, &Changed { conversation, entries: Vec::new(), delivery: None })?);
    Ok(())
}
