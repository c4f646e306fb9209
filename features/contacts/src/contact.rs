//! A contact as lists and threads show it.

use crate::{
    By, RecordKind,
    known::{Known, known},
    record,
};
use base::{Problem, Tx};
use db::{Row, params, sql};
use ids::{ContactId, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How many colours avatars have.
const COLORS: u128 = 10;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    pub id: ContactId,
    /// `null` while nobody knows it; clients show a word for "visitor".
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// What of him a website signed; `null`: nobody vouches for anything.
    #[serde(default)]
    pub verified: Option<Verified>,
    /// The colour of the avatar, 0 to 9: the same for the same contact everywhere.
    pub color: u8,
}

/// What a website's own server signed of somebody. What is not signed is his own word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verified {
    /// How the website itself calls him.
    pub external_id: String,
    pub name: bool,
    pub email: bool,
    pub phone: bool,
    /// What else it says of him, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, String>,
}

impl Contact {
    /// From a row of `contacts` with what is shown of him.
    pub fn from_row(row: &Row) -> Result<Self, Problem> {
        let known = Self::new(row.get("id")?, row.get("name")?, row.get("email")?, row.get("phone")?);
        Ok(Self { verified: Verified::parse(row.get("verified")?)?, ..known })
    }

    /// Somebody for whom nobody vouches.
    pub fn new(id: ContactId, name: Option<String>, email: Option<String>, phone: Option<String>) -> Self {
        Self { id, name, email, phone, verified: None, color: color(id.0) }
    }
}

impl Verified {
    /// From the column in which it is kept.
    pub(crate) fn parse(stored: Option<String>) -> Result<Option<Self>, serde_json::Error> {
        stored.map(|text| serde_json::from_str(&text)).transpose()
    }

    /// As the column keeps it.
    pub(crate) fn stored(known: Option<&Self>) -> Result<Option<String>, serde_json::Error> {
        known.map(serde_json::to_string).transpose()
    }
}

fn color(id: Uuid) -> u8 {
    // The low bits of a UUIDv7 are random.
    (id.as_u128() % COLORS) as u8
}

/// What somebody says about himself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// Writes a new contact.
pub async fn create(tx: &mut Tx<'_>, profile: Profile, by: By) -> Result<Contact, Problem> {
    let id = ContactId(tx.uuid());
    insert(tx, id, profile, by).await
}

pub(crate) async fn insert(tx: &mut Tx<'_>, id: ContactId, profile: Profile, by: By) -> Result<Contact, Problem> {
    let mut known = Known::of_channel(id, profile, tx.now);
    known.insert(tx).await?;
    record(tx, RecordKind::Added, id, None, by).await?;
    Ok(known.shown())
}

/// The contact as he is shown.
pub async fn find(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<Contact>, Problem> {
    Ok(known(tx, id).await?.map(|known| known.shown()))
}

/// Nobody else locks or changes the contact before this transaction ends. On SQLite the writer runs one command at
/// a time anyway.
pub async fn lock(tx: &mut Tx<'_>, id: ContactId) -> Result<(), Problem> {
    if tx.engine() == db::Engine::Postgres {
        let lock = sql!(postgres: "SELECT id FROM contacts WHERE workspace_id = $1 AND id = $2 FOR UPDATE");
        tx.put(lock, params![tx.workspace, id]).await?;
    }
    Ok(())
}
