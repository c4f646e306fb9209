//! Where a message stands, for features that know it by its id alone.

use crate::{Entry, entry::entry};
use base::{Problem, Tx};
use db::{Sql, params, sql};
use ids::{ContactId, ConversationId, EntryId, InboxId};

pub struct Place {
    pub inbox: InboxId,
    pub contact: ContactId,
    pub conversation: ConversationId,
    /// In its conversation.
    pub position: i64,
    /// When it arrived.
    pub at: i64,
}

macro_rules! select {
    ($table:literal) => {
        concat!(
            "SELECT c.inbox_id, c.contact_id, e.conversation_id, e.position, e.at FROM entries e JOIN ",
            $table,
            " c ON c.workspace_id = e.workspace_id AND c.id = e.conversation_id \
             WHERE e.workspace_id = $1 AND e.id = $2 AND e.kind = 'message'"
        )
    };
}

/// The place of a message; who may know it is the caller's business.
pub async fn place_of(tx: &mut Tx<'_>, message: EntryId) -> Result<Option<Place>, Problem> {
    first(tx, sql!(select!("conversations")), message).await
}

/// The message itself.
pub async fn message_at(tx: &mut Tx<'_>, place: &Place, id: EntryId) -> Result<Option<Entry>, Problem> {
    entry(tx, place.conversation, id).await
}

/// Also in a conversation that was deleted: whoever sent it hears that it was taken.
pub async fn place_ever_of(tx: &mut Tx<'_>, message: EntryId) -> Result<Option<Place>, Problem> {
    match place_of(tx, message).await? {
        Some(place) => Ok(Some(place)),
        None => first(tx, sql!(select!("deleted_conversations")), message).await,
    }
}

async fn first(tx: &mut Tx<'_>, sql: &'static Sql, message: EntryId) -> Result<Option<Place>, Problem> {
    let row = tx.first(sql, &params![tx.workspace, message]).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Place {
        inbox: row.get("inbox_id")?,
        contact: row.get("contact_id")?,
        conversation: row.get("conversation_id")?,
        position: row.get("position")?,
        at: row.get("at")?,
    }))
}
