//! The contact of conversations: which are his, what decides who sees them, and what their rows say of him.
//!
//! What must stay true: what is shown of a contact stands in each row of his, changed by the transaction that changes
//! him. Absent: what is known of him (`contacts`), and who may see and change that (`profiles`).

use crate::{ConversationItem, Facts, block, blocked::conversations_of, list::seen, thread};
use base::{MemberCaller, Problem, Tx};
use contacts::Contact;
use ids::ContactId;

/// What decides about each of a contact's conversations: one in each inbox at most. Not locked.
pub async fn facts_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<Facts>, Problem> {
    let his = conversations_of(tx, &[contact.0]).await?.remove(&contact).unwrap_or_default();
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

/// Each conversation of the contact says what is shown of him now.
pub async fn show_contact(tx: &mut Tx<'_>, contact: &Contact) -> Result<(), Problem> {
    for id in block::conversations_of(tx, contact.id).await? {
        let Some(mut thread) = thread::lock(tx, id).await? else { continue };
        if thread.conversation.contact != *contact {
            thread.becomes(contact.clone());
            thread.save(tx).await?;
        }
    }
    Ok(())
}
