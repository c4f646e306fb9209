//! Quoting: a message that answers another one carries what it answers, as it is at that moment.

use crate::{AuthorKind, QUOTE_UNKNOWN, Quote, entry::entry};
use base::{Problem, Tx};
use ids::{ConversationId, EntryId};

const QUOTE_CHARACTERS: usize = 200;

/// The quote of a message of this conversation. Anything else cannot be quoted, a note least of all: quotes reach the
/// contact.
pub(crate) async fn find(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    id: Option<EntryId>,
) -> Result<Option<Quote>, Problem> {
    let Some(id) = id else { return Ok(None) };
    let entry = entry(tx, conversation, id).await?.filter(|entry| entry.kind == crate::EntryKind::Message);
    let entry = entry.filter(|entry| entry.author.kind != AuthorKind::System).ok_or(QUOTE_UNKNOWN)?;
    let text =
        entry.text.or(entry.card.map(|card| card.title)).map(|text| text.chars().take(QUOTE_CHARACTERS).collect());
    Ok(Some(Quote { id, position: entry.position, author: entry.author, text, files: entry.files.len() }))
}
