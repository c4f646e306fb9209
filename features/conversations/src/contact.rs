//! The contact of conversations: which are his, what decides who sees them, and what their rows say of him.
//!
//! What must stay true: what is shown of a contact stands in each row of his, changed by the transaction that changes
//! him. Absent: what is known of him (`contacts`), and who may see and change that (`profiles`).

use crate::{
    CONTACT_BLOCKED, ConversationItem, EntryKind, Facts, MayChange, block,
    blocked::conversations_of,
    join,
    list::seen,
    thread::{self, Parts, member_author},
};
use base::{MemberCaller, Problem, Right, Scope, Tx, refusal};
use contacts::Contact;
use db::{params, sql};
use ids::{ContactId, InboxId};

/// What decides about each of a contact's conversations, also of those with whoever was merged into him. Not locked.
pub async fn facts_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<Facts>, Problem> {
    let whole = contacts::all_of(tx, contact).await?.first().copied().unwrap_or(contact);
    let his = conversations_of(tx, &[whole.0]).await?.remove(&whole).unwrap_or_default();
    Ok(his.iter().map(Facts::of).collect())
}

/// Those of a contact's conversations that the member may see, newest activity first.
pub async fn seen_of_contact(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    contact: ContactId,
) -> Result<Vec<ConversationItem>, Problem> {
    let mut items = Vec::new();
    for id in block::conversations_of(tx, contact).await? {
        items.extend(seen(tx, member, id).await?);
    }
    items.sort_by_key(|item| std::cmp::Reverse((item.conversation.last_activity_at, item.conversation.id)));
    Ok(items)
}

/// The same as his record shows them: of an inbox that is no part of it only what the member or a team of his has in hand,
/// unless he may see all conversations.
pub async fn record_of_contact(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    contact: ContactId,
) -> Result<Vec<ConversationItem>, Problem> {
    let mut items = seen_of_contact(tx, member, contact).await?;
    if member.scope(Right::CONVERSATION_VIEW) < Scope::All {
        let apart = inboxes::outside_the_record(tx).await?;
        items.retain(|ConversationItem { conversation, .. }| {
            let holder = conversation.holder;
            let mine = holder.member() == Some(member.id) || holder.team().is_some_and(|team| member.is_in(team));
            mine || !apart.contains(&conversation.inbox_id)
        });
    }
    Ok(items)
}

/// Each conversation of the contact says what is shown of him now, also those with whoever was merged into him.
pub async fn show_contact(tx: &mut Tx<'_>, contact: &Contact) -> Result<(), Problem> {
    for id in block::conversations_of(tx, contact.id).await? {
        let Some(mut thread) = thread::lock(tx, id).await? else { continue };
        // Given to another one while this waited for it, or reached as one who was merged.
        let his = thread.conversation.contact.id;
        let shown = if his == contact.id { Some(contact.clone()) } else { contacts::find(tx, his).await? };
        if let Some(shown) = shown.filter(|shown| thread.conversation.contact != *shown) {
            thread.becomes(shown);
            thread.save(tx).await?;
        }
    }
    Ok(())
}

impl MayChange {
    /// Whether the member may say whose it is.
    pub fn must_edit_contact(&self) -> Result<(), Problem> {
        self.must_see()?;
        let may = self.thread.facts().reached_by(&self.member, Right::CONTACT_EDIT);
        if may { Ok(()) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

/// The conversation is this contact's from now on, and says so. What the page told of the one before, and where he was,
/// goes with him. Nobody who is blocked is left behind or taken on: that would unblock him.
pub async fn give_to(
    tx: &mut Tx<'_>,
    permit: MayChange,
    to: Contact,
    kind: EntryKind,
) -> Result<ConversationItem, Problem> {
    let MayChange { member, mut thread } = permit;
    let from = thread.conversation.contact.clone();
    if thread.conversation.block.is_some() || block::of_contact(tx, to.id).await?.is_some() {
        return Err(CONTACT_BLOCKED.into());
    }
    let named = if kind == EntryKind::Bound { &to } else { &from };
    let called = [&named.name, &named.email, &named.phone].into_iter().flatten().next().cloned();
    // Who sends a message again is known by it.
    tx.put(
        sql!(
            "UPDATE entries SET author_id = $3 WHERE workspace_id = $1 AND conversation_id = $2 \
             AND author_kind = 'contact'"
        ),
        params![tx.workspace, thread.conversation.id, to.id],
    )
    .await?;
    if !thread.conversation.page_data.is_empty() {
        thread.conversation.page_data.clear();
        tx.put(
            sql!("UPDATE conversations SET page_data = NULL WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, thread.conversation.id],
        )
        .await?;
    }
    thread.conversation.visit = None;
    thread.becomes(to);
    thread.add(tx, kind, member_author(&member), Parts { text: called, ..Parts::default() });
    let thread = thread.save(tx).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// Nothing is left of somebody of whom nobody knew anything and with whom nothing is said any more.
pub async fn forget_bare(tx: &mut Tx<'_>, inbox: InboxId, from: ContactId, person: ContactId) -> Result<(), Problem> {
    let bare = contacts::known(tx, from).await?.is_some_and(|known| known.version == 0);
    if bare && facts_of_contact(tx, from).await?.is_empty() {
        join::forget(tx, inbox, from, person).await?;
    }
    Ok(())
}
