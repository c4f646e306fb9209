//! Nothing is left of a contact: what was known of him, how he was reached, what he agreed to.
//!
//! Absent: what was said with him (`conversations`), and who may decide it (`profiles`).

use crate::lock_known;
use base::{Problem, Tx};
use db::{params, sql};
use ids::ContactId;

/// Removes one contact and all that hangs on him but his conversations. Nobody else changes him meanwhile.
pub async fn erase(tx: &mut Tx<'_>, id: ContactId) -> Result<(), Problem> {
    let Some(mut known) = lock_known(tx, id).await? else { return Ok(()) };
    for tag in known.tag_ids.clone() {
        known.set_tag(tx, tag, false).await?;
    }
    for attribute in known.attributes.clone().into_keys() {
        known.set_value(tx, attribute, None).await?;
    }
    for sql in [
        sql!("DELETE FROM contact_notes WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM contact_changes WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM contact_words WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM contact_merges WHERE workspace_id = $1 AND gone_id = $2"),
        sql!("DELETE FROM contact_merges WHERE workspace_id = $1 AND kept_id = $2"),
        sql!("DELETE FROM contact_strangers WHERE workspace_id = $1 AND one_id = $2"),
        sql!("DELETE FROM contact_strangers WHERE workspace_id = $1 AND other_id = $2"),
        sql!(
            "DELETE FROM record_changes WHERE workspace_id = $1 AND record_id IN \
             (SELECT id FROM records WHERE workspace_id = $1 AND contact_id = $2)"
        ),
        sql!(
            "DELETE FROM record_conversations WHERE workspace_id = $1 AND record_id IN \
             (SELECT id FROM records WHERE workspace_id = $1 AND contact_id = $2)"
        ),
        sql!("DELETE FROM records WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM record_lookups WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM consents WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM identities WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM identity_aliases WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM site_visitors WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM visitors WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM comment_answers WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM automation_told WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM contacts WHERE workspace_id = $1 AND id = $2"),
    ] {
        tx.put(sql, params![tx.workspace, id]).await?;
    }
    Ok(())
}
