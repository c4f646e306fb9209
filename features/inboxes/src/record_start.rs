//! Whether new sessions of an inbox begin with a record. Absent: of which types (`records`), which says so here, so that
//! nobody else's sessions wait for a job.

use base::{Problem, Tx};
use db::{params, sql};
use ids::InboxId;

/// Asked once for each session.
pub async fn begins_with_record(tx: &mut Tx<'_>, inbox: InboxId) -> Result<bool, Problem> {
    let asked = sql!("SELECT begins_with_record FROM inboxes WHERE workspace_id = $1 AND id = $2");
    let row = tx.first(asked, &params![tx.workspace, inbox]).await?;
    Ok(row.map(|row| row.get("begins_with_record")).transpose()?.unwrap_or(false))
}

pub async fn set_begins_with_record(tx: &mut Tx<'_>, inbox: InboxId, on: bool) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE inboxes SET begins_with_record = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, inbox, on],
    )
    .await?;
    Ok(())
}
