//! Reactions: a sign at a message instead of words. The contact has one, and the team has one.
//!
//! What must stay true: the newest is the truth, in whatever order they come, so that one that was taken back leaves a
//! trace; nobody waits for an answer to a sign, and none opens what is closed; what the channel did not take is gone.
//! Absent: reactions of visitors of a website.

use crate::{
    Author, AuthorKind, CONTACT_BLOCKED, ENTRY_REMOVED, Entry, EntryKind, REACTION_INVALID, Thread,
    access::{Can, MayChangeEntry},
    entry::entry,
    outbox::NewsKind,
    send::must_be_in_time,
    thread::member_author,
};
use axum::Json;
use base::{Body, Ctx, Ms, Problem, Tx, refusal};
use ids::{ConversationId, EntryId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a provider sends as one sign is shorter.
const SIGN_CHARACTERS: usize = 16;
const SIGNS: usize = 5;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reaction {
    pub by: Author,
    /// What he reacts with; empty when he took it back.
    pub emoji: Vec<String>,
    /// Since when, by what his channel says.
    pub at: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReactToEntry {
    /// One of those that the inbox's channel knows; `null`: none any more.
    pub emoji: Option<String>,
}

/// Puts a reaction in the place of its side's older one. Answers whether anything changed.
fn put(entry: &mut Entry, came: Reaction) -> bool {
    match entry.reactions.iter_mut().find(|known| known.by.kind == came.by.kind) {
        Some(known) if known.at > came.at || *known == came => false,
        Some(known) => {
            *known = came;
            true
        }
        None => {
            entry.reactions.push(came);
            true
        }
    }
}

/// The contact reacts to a message, or takes that back. What was removed, or is with somebody who is blocked, stays as
/// it is.
pub async fn react_as_contact(
    tx: &mut Tx<'_>,
    mut thread: Thread,
    id: EntryId,
    emoji: Vec<String>,
    at: Ms,
) -> Result<(), Problem> {
    let Some(mut entry) = entry(tx, thread.conversation.id, id).await? else { return Ok(()) };
    if thread.conversation.block.is_some() || entry.removed.is_some() || entry.kind != EntryKind::Message {
        return Ok(());
    }
    let plain = |sign: &String| {
        !sign.is_empty() && sign.chars().count() <= SIGN_CHARACTERS && !sign.chars().any(char::is_control)
    };
    let emoji = emoji.into_iter().filter(plain).take(SIGNS).collect();
    if put(&mut entry, Reaction { by: thread.contact_author(), emoji, at }) {
        thread.change(entry);
        thread.save(tx).await?;
    }
    Ok(())
}

async fn react(tx: &mut Tx<'_>, permit: MayChangeEntry, emoji: Option<String>) -> Result<Entry, Problem> {
    permit.must(Can::Reply)?;
    let MayChangeEntry { member, mut thread, mut entry } = permit;
    let known = thread.conversation.channel.capabilities().map_or(&[][..], |can| can.reactions);
    if known.is_empty() || entry.kind != EntryKind::Message || entry.author.kind != AuthorKind::Contact {
        return Err(refusal::FORBIDDEN.into());
    }
    if emoji.as_deref().is_some_and(|sign| !known.contains(&sign)) {
        return Err(REACTION_INVALID.into());
    }
    if thread.conversation.block.is_some() {
        return Err(CONTACT_BLOCKED.into());
    }
    if entry.removed.is_some() {
        return Err(ENTRY_REMOVED.into());
    }
    must_be_in_time(tx, &thread, &member, false)?;
    let (conversation, id) = (entry.conversation_id, entry.id);
    let said = entry.reactions.iter().find(|known| known.by.kind == AuthorKind::Member);
    let emoji: Vec<_> = emoji.into_iter().collect();
    if said.map_or(&[][..], |said| &said.emoji) != emoji.as_slice() {
        put(&mut entry, Reaction { by: member_author(&member), emoji, at: tx.now });
        thread.tell(NewsKind::MessageReacted, Some(id));
        thread.change(entry);
        thread.save(tx).await?;
    }
    crate::entry::entry(tx, conversation, id).await?.ok_or_else(|| refusal::NOT_FOUND.into())
}

/// The channel did not take the team's reaction that stood at the message when it was `said`. A newer one stays: it is
/// still on its way.
pub(crate) async fn withdraw(tx: &mut Tx<'_>, mut thread: Thread, said: &Entry) -> Result<(), Problem> {
    let Some(mut entry) = entry(tx, thread.conversation.id, said.id).await? else { return Ok(()) };
    let before = entry.reactions.len();
    entry.reactions.retain(|known| known.by.kind != AuthorKind::Member || !said.reactions.contains(known));
    if entry.reactions.len() < before {
        thread.change(entry);
        thread.save(tx).await?;
    }
    Ok(())
}

impl Entry {
    /// The team's sign at a message of the contact.
    pub fn team_reaction(&self) -> Option<&str> {
        let said = self.reactions.iter().find(|known| known.by.kind == AuthorKind::Member)?;
        said.emoji.first().map(String::as_str)
    }
}

/// React to a contact's message
///
/// With one of the signs that the inbox's channel knows, or with none any more. The team has one at each message.
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/entries/{entry}/reaction", tag = "conversations",
    params(("conversation" = ConversationId, Path), ("entry" = EntryId, Path)), request_body = ReactToEntry,
    responses((status = 200, body = Entry), (status = "default", body = base::ProblemBody))
)]
pub async fn react_to_entry(ctx: Ctx<MayChangeEntry>, Body(asked): Body<ReactToEntry>) -> Result<Json<Entry>, Problem> {
    ctx.write(move |tx, permit| Box::pin(react(tx, permit, asked.emoji))).await.map(Json)
}
