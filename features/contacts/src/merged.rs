//! Contacts who turned out to be one person: one of them is kept, and the others stay as ways by which he is reached.
//!
//! What must stay true: who was merged keeps his identities, browsers and conversations, so that what is on its way meets
//! nobody else and he can be parted again; everything else that was known of him is the kept one's. Nobody is merged into
//! one who was merged himself. Absent: which value wins, and who may decide that (`profiles`).

use crate::{
    Contact, ContactField, Known, Written,
    known::{known, lock_known},
};
use base::{Problem, Tx};
use db::{params, sql};
use ids::{AttributeId, ContactId, TagId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What was known of a contact before he was merged, by which he becomes who he was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    pub written: Written,
    pub tag_ids: Vec<TagId>,
    pub attributes: BTreeMap<AttributeId, String>,
    /// By which he was found.
    pub words: Vec<String>,
    /// Who had been merged into him.
    pub parts: Vec<ContactId>,
}

impl Known {
    /// Wherever he is shown, that one is, whatever a channel of his tells.
    fn stand_for(&mut self, Contact { id, name, email, phone, .. }: &Contact) {
        self.merged_into = Some(*id);
        let shown = [(ContactField::DisplayName, name), (ContactField::Email, email), (ContactField::Phone, phone)];
        self.written = shown.into_iter().filter_map(|(field, text)| Some((field, text.clone()?))).collect();
    }
}

/// The contact and whoever was merged into him, whichever of them is named; he comes first.
pub async fn all_of(tx: &mut Tx<'_>, id: ContactId) -> Result<Vec<ContactId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT w.id, p.id AS part FROM contacts c \
                 JOIN contacts w ON w.workspace_id = c.workspace_id AND w.id = coalesce(c.merged_into, c.id) \
                 LEFT JOIN contacts p ON p.workspace_id = w.workspace_id AND p.merged_into = w.id \
                 WHERE c.workspace_id = $1 AND c.id = $2 ORDER BY p.id"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    let mut all = vec![rows.first().map_or(Ok(id), |row| row.get("id"))?];
    for row in &rows {
        all.extend(row.get::<Option<ContactId>>("part")?);
    }
    Ok(all)
}

/// All that is known of a contact, or of the one into whom he was merged, to look at.
pub async fn whole(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<Known>, Problem> {
    let found = known(tx, id).await?;
    match found.as_ref().and_then(|known| known.merged_into) {
        Some(kept) => known(tx, kept).await,
        None => Ok(found),
    }
}

/// The same, to change: nobody else changes him before this transaction ends.
pub async fn lock_whole(tx: &mut Tx<'_>, mut id: ContactId) -> Result<Option<Known>, Problem> {
    // While this waited he may have turned out to be somebody else.
    loop {
        let Some(known) = lock_known(tx, id).await? else { return Ok(None) };
        match known.merged_into {
            Some(kept) => id = kept,
            None => return Ok(Some(known)),
        }
    }
}

async fn words_of(tx: &mut Tx<'_>, id: ContactId) -> Result<Vec<String>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT word FROM contact_words WHERE workspace_id = $1 AND contact_id = $2 ORDER BY word"),
            &params![tx.workspace, id],
        )
        .await?;
    rows.iter().map(|row| Ok(row.get("word")?)).collect()
}

/// `gone` is `kept` from now on, who is saved already with what he takes over. Both are locked. Answers what was known of
/// him.
pub async fn merge(tx: &mut Tx<'_>, kept: &Known, mut gone: Known) -> Result<Was, Problem> {
    let id = gone.id;
    let parts = all_of(tx, id).await?.split_off(1);
    let words = words_of(tx, id).await?;
    let was = Was {
        written: gone.written.clone(),
        tag_ids: gone.tag_ids.clone(),
        attributes: gone.attributes.clone(),
        words,
        parts,
    };
    for tag in &was.tag_ids {
        gone.set_tag(tx, *tag, false).await?;
    }
    for attribute in was.attributes.keys() {
        gone.set_value(tx, *attribute, None).await?;
    }
    for sql in [
        sql!(
            "INSERT INTO contact_words (workspace_id, word, contact_id) SELECT workspace_id, word, $3 FROM contact_words \
             WHERE workspace_id = $1 AND contact_id = $2 ON CONFLICT DO NOTHING"
        ),
        sql!("UPDATE contacts SET merged_into = $3 WHERE workspace_id = $1 AND merged_into = $2"),
    ] {
        tx.put(sql, params![tx.workspace, id, kept.id]).await?;
    }
    let gone_words = sql!("DELETE FROM contact_words WHERE workspace_id = $1 AND contact_id = $2");
    tx.put(gone_words, params![tx.workspace, id]).await?;
    gone.found_by.clear();
    gone.stand_for(&kept.shown());
    gone.store(tx).await?;
    show(tx, &kept.shown()).await?;
    Ok(was)
}

/// `gone` is who he was again, beside what his channels told since. `others`: by what whoever else is merged into `kept`
/// was found. Both are locked.
pub async fn part(
    tx: &mut Tx<'_>,
    kept: &Known,
    gone: &mut Known,
    was: Was,
    others: &BTreeSet<String>,
) -> Result<(), Problem> {
    gone.merged_into = None;
    gone.written = was.written;
    gone.version += 1;
    for tag in was.tag_ids {
        gone.set_tag(tx, tag, true).await?;
    }
    for (attribute, value) in was.attributes {
        gone.set_value(tx, attribute, Some(value)).await?;
    }
    for part in was.parts {
        let his = sql!("UPDATE contacts SET merged_into = $3 WHERE workspace_id = $1 AND id = $2");
        tx.put(his, params![tx.workspace, part, gone.id]).await?;
    }
    gone.store(tx).await?;
    show(tx, &gone.shown()).await?;
    let known = kept.words();
    for word in was.words {
        tx.put(
            sql!(
                "INSERT INTO contact_words (workspace_id, word, contact_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
            ),
            params![tx.workspace, word.clone(), gone.id],
        )
        .await?;
        if !known.contains(&word) && !others.contains(&word) {
            let his = sql!("DELETE FROM contact_words WHERE workspace_id = $1 AND word = $2 AND contact_id = $3");
            tx.put(his, params![tx.workspace, word, kept.id]).await?;
        }
    }
    Ok(())
}

/// Whoever was merged into him is shown as he is.
pub(crate) async fn show(tx: &mut Tx<'_>, shown: &Contact) -> Result<(), Problem> {
    for part in all_of(tx, shown.id).await?.into_iter().skip(1) {
        if let Some(mut part) = lock_known(tx, part).await? {
            part.stand_for(shown);
            part.store(tx).await?;
        }
    }
    Ok(())
}
