//! Which of our entries a provider's message is.
//!
//! What must stay true: a name holds for the account that gave it: where another bot takes the place of one, it counts
//! anew.

use crate::account::Account;
use base::{Ms, Problem, Tx};
use db::{params, sql};
use ids::EntryId;

/// One of the provider's messages that make an entry.
pub(crate) struct Named {
    pub external_id: String,
    /// Which part of the entry it says.
    pub part: String,
}

fn at(account: &Account, external_id: &str) -> String {
    format!("{}:{external_id}", account.id)
}

/// Whether nobody had that name before.
pub(crate) async fn name(
    tx: &mut Tx<'_>,
    account: &Account,
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
            &params![tx.workspace, account.inbox, at(account, external_id), entry, part],
        )
        .await?;
    Ok(named == 1)
}

pub(crate) async fn entry_of(
    tx: &mut Tx<'_>,
    account: &Account,
    external_id: &str,
) -> Result<Option<EntryId>, Problem> {
    Ok(part_of(tx, account, external_id).await?.map(|(entry, _)| entry))
}

/// Which entry it is, and which part of it.
pub(crate) async fn part_of(
    tx: &mut Tx<'_>,
    account: &Account,
    external_id: &str,
) -> Result<Option<(EntryId, String)>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT entry_id, part FROM messenger_messages WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"
            ),
            &params![tx.workspace, account.inbox, at(account, external_id)],
        )
        .await?;
    Ok(row.map(|row| Ok::<_, db::Error>((row.get("entry_id")?, row.get("part")?))).transpose()?)
}

/// Whether a correction of that time is the newest that came; an older one is none.
pub(crate) async fn is_newest_edit(
    tx: &mut Tx<'_>,
    account: &Account,
    external_id: &str,
    at: Ms,
) -> Result<bool, Problem> {
    let newest = tx
        .execute(
            sql!(
                "UPDATE messenger_messages SET edited_at = $4 WHERE workspace_id = $1 AND inbox_id = $2 \
                 AND external_id = $3 AND edited_at <= $4"
            ),
            &params![tx.workspace, account.inbox, self::at(account, external_id), at],
        )
        .await?;
    Ok(newest == 1)
}

/// As this account calls them.
pub(crate) async fn names_of(tx: &mut Tx<'_>, account: &Account, entry: EntryId) -> Result<Vec<Named>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT external_id, part FROM messenger_messages WHERE workspace_id = $1 AND entry_id = $2 \
                 ORDER BY external_id"
            ),
            &params![tx.workspace, entry],
        )
        .await?;
    let mut named = Vec::new();
    for row in &rows {
        let external_id: String = row.get("external_id")?;
        if let Some(external_id) = external_id.strip_prefix(&at(account, "")) {
            named.push(Named { external_id: external_id.to_owned(), part: row.get("part")? });
        }
    }
    Ok(named)
}

pub(crate) async fn forget(tx: &mut Tx<'_>, account: &Account, external_id: &str) -> Result<(), Problem> {
    tx.put(
        sql!("DELETE FROM messenger_messages WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"),
        params![tx.workspace, account.inbox, at(account, external_id)],
    )
    .await?;
    Ok(())
}
