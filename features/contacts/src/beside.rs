//! What else is known of a contact, and stands in tables of its own for whoever asks by it: tags, and values.
//!
//! What must stay true: the contact's row and those tables say the same. Absent: what can be a tag or a value, and who
//! may change it (`profiles`).

use crate::Known;
use base::{Problem, Tx};
use db::{params, sql};
use ids::{AttributeId, TagId};

/// By which a value is asked for.
pub fn folded_value(text: &str) -> String {
    text.to_lowercase()
}

impl Known {
    /// Puts a tag on him or takes it off, and answers whether that changed anything. The caller saves him.
    pub async fn set_tag(&mut self, tx: &mut Tx<'_>, tag: TagId, on: bool) -> Result<bool, Problem> {
        if self.tag_ids.contains(&tag) == on {
            return Ok(false);
        }
        let sql = if on {
            self.tag_ids.push(tag);
            sql!(
                "INSERT INTO contact_tags (workspace_id, tag_id, contact_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
            )
        } else {
            self.tag_ids.retain(|one| *one != tag);
            sql!("DELETE FROM contact_tags WHERE workspace_id = $1 AND tag_id = $2 AND contact_id = $3")
        };
        tx.put(sql, params![tx.workspace, tag, self.id]).await?;
        Ok(true)
    }

    /// Writes a value or takes it away, and answers what it was. The caller saves him.
    pub async fn set_value(
        &mut self,
        tx: &mut Tx<'_>,
        attribute: AttributeId,
        value: Option<String>,
    ) -> Result<Option<String>, Problem> {
        let before = self.attributes.get(&attribute).cloned();
        if before == value {
            return Ok(before);
        }
        if let Some(before) = &before {
            tx.put(
                sql!(
                    "DELETE FROM contact_values WHERE workspace_id = $1 AND attribute_id = $2 AND value = $3 \
                     AND contact_id = $4"
                ),
                params![tx.workspace, attribute, folded_value(before), self.id],
            )
            .await?;
        }
        match value {
            Some(value) => {
                tx.put(
                    sql!(
                        "INSERT INTO contact_values (workspace_id, attribute_id, value, contact_id) \
                         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
                    ),
                    params![tx.workspace, attribute, folded_value(&value), self.id],
                )
                .await?;
                self.attributes.insert(attribute, value);
            }
            None => drop(self.attributes.remove(&attribute)),
        }
        Ok(before)
    }

    /// What the team wrote about somebody who turned out to be this person is this person's, where it wrote nothing of
    /// his own. Nothing is left of the other one. The caller saves him.
    pub(crate) async fn take_in(&mut self, tx: &mut Tx<'_>, mut gone: Self) -> Result<(), Problem> {
        for (field, value) in std::mem::take(&mut gone.written) {
            self.written.entry(field).or_insert(value);
        }
        for tag in gone.tag_ids.clone() {
            gone.set_tag(tx, tag, false).await?;
            self.set_tag(tx, tag, true).await?;
        }
        for (attribute, value) in gone.attributes.clone() {
            gone.set_value(tx, attribute, None).await?;
            if !self.attributes.contains_key(&attribute) {
                self.set_value(tx, attribute, Some(value)).await?;
            }
        }
        for sql in [
            sql!("UPDATE contact_notes SET contact_id = $3 WHERE workspace_id = $1 AND contact_id = $2"),
            sql!("UPDATE records SET contact_id = $3 WHERE workspace_id = $1 AND contact_id = $2"),
        ] {
            tx.put(sql, params![tx.workspace, gone.id, self.id]).await?;
        }
        tx.put(
            sql!("DELETE FROM record_lookups WHERE workspace_id = $1 AND contact_id = $2"),
            params![tx.workspace, gone.id],
        )
        .await?;
        Ok(())
    }
}
