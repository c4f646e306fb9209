//! All that is known of a contact: what the team wrote, what his channels told, and what is shown of both.
//!
//! What must stay true: what the team wrote stands until the team changes it, whatever a channel tells; what a channel
//! tells is kept beside it and is shown where the team wrote nothing; a mark of a signature stands only beside what was
//! signed. The row's `name`, `email`, `phone` and `verified` are always what is shown. Of one who was merged into another,
//! what is written is what is shown of that one. Absent: who may see it, and merging (`merged`).

use crate::{Contact, Profile, Verified, merged, source};
use base::{Ms, Problem, Tx};
use db::{Row, Sql, params, sql};
use ids::{AttributeId, ContactId, TagId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What the team can write about a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    /// How he is called wherever he is shown, before any other name.
    DisplayName,
    FirstName,
    LastName,
    Email,
    Phone,
    /// Two letters of ISO 3166.
    Country,
    City,
    /// May have several lines.
    Address,
    /// A language tag such as `id` or `pt-BR`.
    Language,
    Company,
}

/// What the team wrote.
pub type Written = BTreeMap<ContactField, String>;

/// What a channel or a page told of him, or his website signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verified>,
}

#[derive(Clone, Debug)]
pub struct Known {
    pub id: ContactId,
    pub told: Told,
    pub written: Written,
    /// In the order in which they were put on.
    pub tag_ids: Vec<TagId>,
    /// By what the workspace wants to know.
    pub attributes: BTreeMap<AttributeId, String>,
    /// Grows with each change of the team's.
    pub version: i64,
    pub created_at: Ms,
    /// Who he turned out to be.
    pub merged_into: Option<ContactId>,
    /// What the table of words says of him.
    pub(crate) found_by: Vec<String>,
    /// As he was shown when he was looked up.
    was_shown: Option<Contact>,
}

impl Known {
    /// Somebody of whom only his channel told anything.
    pub(crate) fn of_channel(id: ContactId, Profile { name, email, phone }: Profile, now: Ms) -> Self {
        let told = Told { name, email, phone, verified: None };
        Self::new(id, told, now)
    }

    /// Somebody of whom the team wrote nothing.
    pub fn new(id: ContactId, told: Told, created_at: Ms) -> Self {
        let (written, tag_ids, attributes) = (Written::new(), Vec::new(), BTreeMap::new());
        Self {
            id,
            told,
            written,
            tag_ids,
            attributes,
            version: 0,
            created_at,
            merged_into: None,
            found_by: Vec::new(),
            was_shown: None,
        }
    }

    /// From a row of a list, in which nobody stands who was merged into another.
    pub fn from_row(row: &Row) -> Result<Self, Problem> {
        let Contact { id, name, email, phone, verified, .. } = Contact::from_row(row)?;
        let told = match row.get::<Option<String>>("told")? {
            Some(text) => serde_json::from_str(&text)?,
            None => Told { name, email, phone, verified },
        };
        let mut known = Self {
            id,
            told,
            written: json(row, "written")?,
            tag_ids: json(row, "tags")?,
            attributes: json(row, "attributes")?,
            version: row.get("version")?,
            created_at: row.get("created_at")?,
            merged_into: None,
            found_by: Vec::new(),
            was_shown: None,
        };
        known.was_shown = Some(known.shown());
        if row.get::<Option<String>>("sort_name")?.is_some() {
            known.found_by = known.words();
        }
        Ok(known)
    }

    fn wrote(&self, field: ContactField) -> Option<String> {
        self.written.get(&field).cloned()
    }

    /// The name that the team gave him: the one to show, or else the first with the last.
    fn written_name(&self) -> Option<String> {
        let whole = [ContactField::FirstName, ContactField::LastName].map(|field| self.wrote(field));
        let whole: Vec<_> = whole.into_iter().flatten().collect();
        self.wrote(ContactField::DisplayName).or_else(|| (!whole.is_empty()).then(|| whole.join(" ")))
    }

    /// As lists and threads show him.
    pub fn shown(&self) -> Contact {
        let Told { name, email, phone, verified } = &self.told;
        let shown = Contact::new(
            self.id,
            self.written_name().or_else(|| name.clone()),
            self.wrote(ContactField::Email).or_else(|| email.clone()),
            self.wrote(ContactField::Phone).or_else(|| phone.clone()),
        );
        let verified = verified.as_ref().map(|signed| Verified {
            external_id: signed.external_id.clone(),
            name: signed.name && shown.name == *name,
            email: signed.email && shown.email == *email,
            phone: signed.phone && shown.phone == *phone,
            data: signed.data.clone(),
        });
        Contact { verified, ..shown }
    }

    fn stored_told(&self) -> Result<Option<String>, serde_json::Error> {
        if self.written.is_empty() { Ok(None) } else { serde_json::to_string(&self.told).map(Some) }
    }

    /// What the team wrote, the tags and the values, as the columns keep them.
    fn stored(&self) -> Result<[Option<String>; 3], serde_json::Error> {
        let (written, tags, values) = (&self.written, &self.tag_ids, &self.attributes);
        Ok([
            (!written.is_empty()).then(|| serde_json::to_string(written)).transpose()?,
            (!tags.is_empty()).then(|| serde_json::to_string(tags)).transpose()?,
            (!values.is_empty()).then(|| serde_json::to_string(values)).transpose()?,
        ])
    }

    pub async fn insert(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let [written, tags, attributes] = self.stored()?;
        let Contact { name, email, phone, verified, .. } = self.shown();
        tx.put(
            sql!(
                "INSERT INTO contacts (workspace_id, id, name, email, phone, verified, told, written, tags, attributes, \
                 version, created_at, sort_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
            ),
            params![
                tx.workspace,
                self.id,
                name,
                email,
                phone,
                Verified::stored(verified.as_ref())?,
                self.stored_told()?,
                written,
                tags,
                attributes,
                self.version,
                self.created_at,
                self.sort_name()
            ],
        )
        .await?;
        self.keep_words(tx).await
    }

    /// Writes what is known now, and what is shown of it, also of those who were merged into him.
    pub async fn save(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        self.store(tx).await?;
        let shown = self.shown();
        if self.merged_into.is_none() && self.was_shown.replace(shown.clone()).as_ref() != Some(&shown) {
            merged::show(tx, &shown).await?;
        }
        Ok(())
    }

    pub(crate) async fn store(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let [written, tags, attributes] = self.stored()?;
        let Contact { name, email, phone, verified, .. } = self.shown();
        tx.put(
            sql!(
                "UPDATE contacts SET name = $3, email = $4, phone = $5, verified = $6, told = $7, written = $8, \
                 tags = $9, attributes = $10, version = $11, sort_name = $12, merged_into = $13 \
                 WHERE workspace_id = $1 AND id = $2"
            ),
            params![
                tx.workspace,
                self.id,
                name,
                email,
                phone,
                Verified::stored(verified.as_ref())?,
                self.stored_told()?,
                written,
                tags,
                attributes,
                self.version,
                self.sort_name(),
                self.merged_into
            ],
        )
        .await?;
        self.keep_words(tx).await
    }
}

fn json<T: Default + DeserializeOwned>(row: &Row, column: &'static str) -> Result<T, Problem> {
    let stored: Option<String> = row.get(column)?;
    Ok(stored.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
}

macro_rules! select {
    ($lock:literal) => {
        concat!(
            "SELECT id, name, email, phone, verified, told, written, tags, attributes, version, created_at, sort_name, \
             merged_into FROM contacts WHERE workspace_id = $1 AND id = $2",
            $lock
        )
    };
}

async fn first(tx: &mut Tx<'_>, sql: &'static Sql, id: ContactId) -> Result<Option<Known>, Problem> {
    let Some(row) = tx.first(sql, &params![tx.workspace, id]).await? else { return Ok(None) };
    let mut known = Known::from_row(&row)?;
    known.merged_into = row.get("merged_into")?;
    if known.merged_into.is_some() {
        known.found_by.clear();
    }
    Ok(Some(known))
}

/// All that is known of a contact, to look at.
pub async fn known(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<Known>, Problem> {
    first(tx, sql!(select!("")), id).await
}

/// The same, to change: nobody else changes him before this transaction ends.
pub async fn lock_known(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<Known>, Problem> {
    let locked = sql!(
        sqlite: select!(""),
        postgres: select!(" FOR UPDATE")
    );
    first(tx, locked, id).await
}

/// He turned out to be `person`, and nothing is said with him any more: what the team knows of him is the person's, where
/// it knows nothing else of that one, and the rest goes, with what he agreed to. Answers the person as he is shown when
/// that changed him.
pub async fn forget(tx: &mut Tx<'_>, id: ContactId, person: ContactId) -> Result<Option<Contact>, Problem> {
    let mut changed = None;
    if let (Some(gone), Some(mut person)) = (known(tx, id).await?, lock_known(tx, person).await?) {
        let before = person.shown();
        source::take_in(tx, gone.id, person.id).await?;
        let bare = gone.written.is_empty() && gone.tag_ids.is_empty() && gone.attributes.is_empty();
        person.take_in(tx, gone).await?;
        if !bare {
            person.version += 1;
            person.save(tx).await?;
        }
        changed = Some(person.shown()).filter(|shown| *shown != before);
    }
    for sql in [
        sql!("DELETE FROM consents WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM contact_changes WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM contact_words WHERE workspace_id = $1 AND contact_id = $2"),
        sql!("DELETE FROM contacts WHERE workspace_id = $1 AND id = $2"),
    ] {
        tx.put(sql, params![tx.workspace, id]).await?;
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::Uuid;

    fn known(told: Told, written: &[(ContactField, &str)]) -> Known {
        let written = written.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
        Known { written, ..Known::new(ContactId(Uuid::nil()), told, 0) }
    }

    /// R010, R011, R088, C24
    #[test]
    fn a_name_of_the_teams_comes_before_what_the_channel_tells() {
        let told = Told { name: Some("nadia_77".into()), ..Told::default() };
        type Written<'a> = &'a [(ContactField, &'a str)];
        let rows: &[(Written<'_>, Option<&str>)] = &[
            (&[], Some("nadia_77")),
            (&[(ContactField::FirstName, "Nadia")], Some("Nadia")),
            (&[(ContactField::LastName, "Lestari"), (ContactField::FirstName, "Nadia")], Some("Nadia Lestari")),
            (&[(ContactField::FirstName, "Nadia"), (ContactField::DisplayName, "Bu Nadia")], Some("Bu Nadia")),
            (&[(ContactField::Company, "Kopi Senja")], Some("nadia_77")),
        ];
        for (written, shown) in rows {
            assert_eq!(known(told.clone(), written).shown().name.as_deref(), *shown, "{written:?}");
        }
        assert_eq!(known(Told::default(), &[(ContactField::Email, "a@b.id")]).shown().name, None);
    }

    #[test]
    fn a_signature_is_shown_beside_nothing_but_what_was_signed() {
        let signed = Verified {
            external_id: "7".into(),
            name: true,
            email: true,
            phone: false,
            data: [("plan".into(), "gold".into())].into(),
        };
        let told = Told {
            name: Some("Nadia".into()),
            email: Some("n@shop.id".into()),
            phone: None,
            verified: Some(signed.clone()),
        };
        assert_eq!(known(told.clone(), &[]).shown().verified, Some(signed.clone()));
        let other = known(told, &[(ContactField::Email, "other@shop.id")]).shown();
        assert_eq!(other.verified, Some(Verified { email: false, ..signed }));
    }
}
