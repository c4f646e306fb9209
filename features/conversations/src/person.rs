//! All that was ever said with a person, to be counted before it goes and to go at once.
//!
//! What must stay true: what was deleted before and could still be put back goes too, and nothing that goes can be put
//! back. Absent: who may decide that, and what else is known of a person (`profiles`).

use crate::{Entry, delete::take_away, entry::entries_after, erase, list::seen, thread};
use base::{MemberCaller, Problem, Tx};
use db::{params, sql};
use ids::{ContactId, ConversationId, InboxId};
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// How much was said, in conversations that are deleted too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Said {
    pub conversations: i64,
    /// From either side.
    pub messages: i64,
    pub files: i64,
    /// Of all files.
    pub bytes: i64,
}

/// With the contact and whoever was merged into him.
pub async fn said_with(tx: &mut Tx<'_>, contact: ContactId) -> Result<Said, Problem> {
    let mut said = Said::default();
    for one in contacts::all_of(tx, contact).await? {
        for id in all_with(tx, one).await? {
            let row = tx
                .first(
                    sql!(
                        "SELECT (SELECT COUNT(*) FROM entries e WHERE e.workspace_id = $1 AND e.conversation_id = $2 \
                         AND e.kind = 'message') AS messages, COUNT(*) AS files, \
                         CAST(coalesce(sum(f.size), 0) AS BIGINT) AS bytes FROM files f \
                         WHERE f.workspace_id = $1 AND f.conversation_id = $2"
                    ),
                    &params![tx.workspace, id],
                )
                .await?;
            said.conversations += 1;
            if let Some(row) = row {
                said.messages += row.get::<i64>("messages")?;
                said.files += row.get::<i64>("files")?;
                said.bytes += row.get::<i64>("bytes")?;
            }
        }
    }
    Ok(said)
}

/// Those that are there and those that can be put back.
async fn all_with(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ConversationId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT c.id FROM inboxes i JOIN conversations c ON c.workspace_id = i.workspace_id \
                 AND c.inbox_id = i.id AND c.contact_id = $2 WHERE i.workspace_id = $1 UNION ALL \
                 SELECT d.id FROM deleted_conversations d WHERE d.workspace_id = $1 AND d.contact_id = $2 \
                 AND d.erased_at IS NULL"
            ),
            &params![tx.workspace, contact],
        )
        .await?;
    rows.iter().map(|row| Ok(row.get("id")?)).collect()
}

/// Takes all conversations with one contact away for good, and not with those who were merged into him. Answers the
/// inboxes in which there were any.
pub async fn erase_with(tx: &mut Tx<'_>, contact: ContactId, by: &MemberCaller) -> Result<BTreeSet<InboxId>, Problem> {
    let deleted = tx
        .query(
            sql!(
                "SELECT id, deleted_at FROM deleted_conversations WHERE workspace_id = $1 AND contact_id = $2 \
                 AND erased_at IS NULL AND erase_at > 0"
            ),
            &params![tx.workspace, contact],
        )
        .await?;
    for row in &deleted {
        let (conversation, deleted_at) = (row.get("id")?, row.get("deleted_at")?);
        erase::begin_now(tx, erase::Due { conversation, deleted_at }).await?;
    }
    let mut inboxes = BTreeSet::new();
    for id in all_with(tx, contact).await? {
        if let Some(thread) = thread::lock(tx, id).await? {
            inboxes.insert(thread.conversation.inbox_id);
            take_away(tx, thread, by, tx.now).await?;
        }
    }
    Ok(inboxes)
}

/// Entries after a position, oldest first; nothing when the member does not see the conversation.
pub async fn entries_seen(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    id: ConversationId,
    after: i64,
    limit: i64,
) -> Result<Option<Vec<Entry>>, Problem> {
    match seen(tx, member, id).await? {
        Some(_) => entries_after(tx, id, after, limit).await.map(Some),
        None => Ok(None),
    }
}
