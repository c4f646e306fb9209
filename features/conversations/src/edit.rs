//! Correcting a message or a note after it was sent: by its author, for both sides.
//!
//! What it said before stays with the entry, for the team only. Quotes keep what was quoted. Nobody corrects the words
//! of another; what must not stand is removed (`remove`).

use crate::{
    AuthorKind, CONTACT_BLOCKED, ENTRY_REMOVED, Entry, EntryKind, Message, Preview, Thread,
    access::{Can, MayChangeEntry},
    entry::Earlier,
    mention, remove,
    send::{must_fit, must_fit_channel},
};
use axum::Json;
use base::{Body, Ctx, Problem, Tx, refusal};
use db::{params, sql};
use ids::{ConversationId, EntryId};
use serde::Deserialize;
use utoipa::ToSchema;

/// How many earlier texts an entry keeps; the oldest go first.
const EARLIER: usize = 20;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditEntry {
    /// May be empty when the message has files or a card.
    pub text: String,
}

/// Replaces the words of a stored message or note. The caller has decided that its author asks, and saves. Answers
/// whether anything changed.
async fn replace(tx: &mut Tx<'_>, thread: &mut Thread, mut entry: Entry, text: &str) -> Result<bool, Problem> {
    if entry.removed.is_some() {
        return Err(ENTRY_REMOVED.into());
    }
    let files = entry.files.iter().map(|file| file.id).collect();
    let text = Message::with_card(entry.id, text, files, entry.card.clone())?.text;
    if text == entry.text {
        return Ok(false);
    }
    keep_earlier(&mut entry);
    let mentioned = entry.mentions.len();
    entry.mentions.retain(|mention| text.as_deref().is_some_and(|text| text.contains(&format!("@{}", mention.name))));
    if entry.mentions.len() < mentioned {
        mention::forget(tx, &entry).await?;
    }
    (entry.text, entry.edited_at) = (text, Some(tx.now));
    if entry.kind == EntryKind::Message && is_newest_message(tx, &entry).await? {
        let Entry { author, text, card, files, .. } = &entry;
        thread.conversation.preview = Some(Preview::of_message(author.kind, text.as_deref(), card.as_ref(), files));
    }
    thread.correct(entry);
    Ok(true)
}

/// Puts what the entry says now among what it said before.
pub(crate) fn keep_earlier(entry: &mut Entry) {
    let at = entry.edited_at.unwrap_or(entry.at);
    entry.earlier.push(Earlier { at, text: entry.text.take(), score: entry.score });
    let over = entry.earlier.len().saturating_sub(EARLIER);
    entry.earlier.drain(..over);
}

/// Whether the list shows it.
pub(crate) async fn is_newest_message(tx: &mut Tx<'_>, entry: &Entry) -> Result<bool, Problem> {
    let later = tx
        .first(
            sql!(
                "SELECT position FROM entries WHERE workspace_id = $1 AND conversation_id = $2 AND position > $3 \
                 AND kind = 'message' LIMIT 1"
            ),
            &params![tx.workspace, entry.conversation_id, entry.position],
        )
        .await?;
    Ok(later.is_none())
}

/// A contact corrects his own message.
pub async fn edit_as_contact(tx: &mut Tx<'_>, mut thread: Thread, id: EntryId, text: &str) -> Result<Entry, Problem> {
    if thread.conversation.block.is_some() {
        return Err(CONTACT_BLOCKED.into());
    }
    let entry = remove::own_message(tx, &thread, id).await?;
    if replace(tx, &mut thread, entry, text).await? {
        thread = thread.save(tx).await?;
    }
    remove::own_message(tx, &thread, id).await
}

async fn edit(tx: &mut Tx<'_>, permit: MayChangeEntry, text: &str) -> Result<Entry, Problem> {
    let can = match permit.entry.kind {
        EntryKind::Message => Can::Edit,
        EntryKind::Note => Can::Note,
        _ => return Err(refusal::FORBIDDEN.into()),
    };
    permit.must(can)?;
    if !permit.is_author() {
        return Err(refusal::FORBIDDEN.into());
    }
    must_fit(&permit.member, Some(text))?;
    let MayChangeEntry { mut thread, entry, .. } = permit;
    if entry.kind == EntryKind::Message {
        must_fit_channel(thread.conversation.channel, Some(text))?;
    }
    let (conversation, id) = (entry.conversation_id, entry.id);
    if replace(tx, &mut thread, entry, text).await? {
        thread.save(tx).await?;
    }
    crate::entry::entry(tx, conversation, id).await?.ok_or_else(|| refusal::NOT_FOUND.into())
}

/// Correct a message or a note
#[utoipa::path(
    patch, path = "/api/v1/conversations/{conversation}/entries/{entry}", tag = "conversations",
    params(("conversation" = ConversationId, Path), ("entry" = EntryId, Path)), request_body = EditEntry,
    responses((status = 200, body = Entry), (status = "default", body = base::ProblemBody))
)]
pub async fn edit_entry(ctx: Ctx<MayChangeEntry>, Body(asked): Body<EditEntry>) -> Result<Json<Entry>, Problem> {
    ctx.write(move |tx, permit| Box::pin(async move { edit(tx, permit, &asked.text).await })).await.map(Json)
}

impl MayChangeEntry {
    pub(crate) fn is_author(&self) -> bool {
        let author = &self.entry.author;
        author.kind == AuthorKind::Member && author.id.as_deref() == Some(self.member.id.to_string().as_str())
    }
}
