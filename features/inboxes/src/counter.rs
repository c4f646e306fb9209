//! How many conversations wait and how many are open in an inbox: kept, never counted.

use crate::{event, inbox::sees_all};
use base::{MemberCaller, Problem, Tx};
use db::{params, sql};
use ids::InboxId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counters {
    pub inbox_id: InboxId,
    /// Open, and nobody is in charge.
    pub queued: i64,
    pub open: i64,
}

/// Moves the counters and tells who may see the inbox.
pub async fn move_counters(tx: &mut Tx<'_>, inbox: InboxId, queued: i64, open: i64) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(
                "UPDATE inboxes SET queued = queued + $3, open = open + $4 WHERE workspace_id = $1 AND id = $2 \
                 RETURNING queued, open"
            ),
            &params![tx.workspace, inbox, queued, open],
        )
        .await?;
    if let Some(row) = row {
        let counters = Counters { inbox_id: inbox, queued: row.get("queued")?, open: row.get("open")? };
        tx.emit(event::counters(counters)?);
    }
    Ok(())
}

/// The counters of the inboxes that a member sees.
pub async fn counters(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<Counters>, Problem> {
    let rows = tx
        .query(sql!("SELECT id, queued, open FROM inboxes WHERE workspace_id = $1 ORDER BY id"), &params![tx.workspace])
        .await?;
    let mut counters = Vec::with_capacity(rows.len());
    for row in &rows {
        let inbox_id = row.get("id")?;
        if sees_all(member) || member.works_in(inbox_id) {
            counters.push(Counters { inbox_id, queued: row.get("queued")?, open: row.get("open")? });
        }
    }
    Ok(counters)
}
