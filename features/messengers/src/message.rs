//! Which of our entries a provider's message is.

use base::{Problem, Tx};
use db::{params, sql};
use ids::{EntryId, InboxId};

/// One of the provider's messages that make an entry.
pub(crate) struct Named {
    pub external_id: String,
    /// Which part of the entry it says.
    pub part: String,
}

/// Whether nobody had that name before.
pub(crate) async fn name(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    external_id: &str,
    entry: EntryId,
    part: &str,
) -> Result<bool, Problem> {
    let named = tx
        .execute(
            sql!(
                "INSERT INTO messenger_messages (workspace_id, inbox_id, external_id, entry_id, part) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
            ),
            &params![tx.workspace, inbox, external_id, entry, part],
        )
        .await?;
    Ok(named == 1)
}

pub(crate) async fn entry_of(tx: &mut Tx<'_>, inbox: InboxId, external_id: &str) -> Result<Option<EntryId>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT entry_id FROM messenger_messages WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"
            ),
            &params![tx.workspace, inbox, external_id],
        )
        .await?;
    Ok(row.map(|row| row.get("entry_id")).transpose()?)
}

pub(crate) async fn names_of(tx: &mut Tx<'_>, entry: EntryId) -> Result<Vec<Named>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT external_id, part FROM messenger_messages WHERE workspace_id = $1 AND entry_id = $2 \
                 ORDER BY external_id"
            ),
            &params![tx.workspace, entry],
        )
        .await?;
    let named = rows.iter().map(|row| Ok(Named { external_id: row.get("external_id")?, part: row.get("part")? }));
    Ok(named.collect::<Result<_, db::Error>>()?)
}

pub(crate) async fn forget(tx: &mut Tx<'_>, inbox: InboxId, external_id: &str) -> Result<(), Problem> {
    tx.put(
        sql!("DELETE FROM messenger_messages WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"),
        params![tx.workspace, inbox, external_id],
    )
    .await?;
    Ok(())
}
