//! Who may be the person whom a row of a table means: looked for among all at once, many rows at a time.
//!
//! Absent: what makes two the same (`profiles`), and merging them (`merged`).

use crate::{Known, all_of};
use base::{Problem, Tx};
use db::{params, sql};
use ids::{ContactId, InboxId};

/// Who is found by one of these words as a whole, each with the word.
pub async fn found_by(tx: &mut Tx<'_>, words: &[String]) -> Result<Vec<(String, Known)>, Problem> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx
        .query(
            sql!(
                sqlite: "SELECT w.word, c.id, c.name, c.email, c.phone, c.verified, c.told, c.written, c.tags, \
                         c.attributes, c.version, c.created_at, c.sort_name FROM json_each(?2) j \
                         CROSS JOIN contact_words w CROSS JOIN contacts c WHERE w.workspace_id = ?1 \
                         AND w.word = j.value AND c.workspace_id = ?1 AND c.id = w.contact_id",
                postgres: "SELECT w.word, c.id, c.name, c.email, c.phone, c.verified, c.told, c.written, c.tags, \
                           c.attributes, c.version, c.created_at, c.sort_name FROM contact_words w JOIN contacts c \
                           ON c.workspace_id = w.workspace_id AND c.id = w.contact_id WHERE w.workspace_id = $1 \
                           AND w.word IN (SELECT jsonb_array_elements_text($2::text::jsonb))"
            ),
            &params![tx.workspace, serde_json::to_string(words)?],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("word")?, Known::from_row(row)?))).collect()
}

/// Whom another system calls so in this inbox, each with the name; who was merged is the one into whom he was.
pub async fn called_any(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    external_ids: &[String],
) -> Result<Vec<(String, ContactId)>, Problem> {
    let mut called = Vec::new();
    for external_id in external_ids {
        if let Some(contact) = crate::called(tx, inbox, external_id).await? {
            called.extend(all_of(tx, contact).await?.first().map(|whole| (external_id.clone(), *whole)));
        }
    }
    Ok(called)
}

/// From now on this inbox's system means the contact with the name, which nobody has yet there, as he has none.
pub async fn give_external_id(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    external_id: &str,
    contact: ContactId,
) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO identities (workspace_id, inbox_id, external_id, contact_id, profile, created_at) \
             VALUES ($1, $2, $3, $4, '{}', $5)"
        ),
        params![tx.workspace, inbox, external_id, contact, tx.now],
    )
    .await?;
    Ok(())
}

/// Takes such a name back, as long as it is his.
pub async fn take_external_id(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    external_id: &str,
    contact: ContactId,
) -> Result<(), Problem> {
    tx.put(
        sql!(
            "DELETE FROM identities WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3 \
             AND contact_id = $4"
        ),
        params![tx.workspace, inbox, external_id, contact],
    )
    .await?;
    Ok(())
}
