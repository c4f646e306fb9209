//! A contact as lists and threads show it.

use base::{Problem, Tx};
use db::{params, sql};
use ids::{ContactId, Uuid};
use serde::{Deserialize, Serialize};
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
    /// The colour of the avatar, 0 to 9: the same for the same contact everywhere.
    pub color: u8,
}

impl Contact {
    pub fn new(id: ContactId, name: Option<String>, email: Option<String>, phone: Option<String>) -> Self {
        Self { id, name, email, phone, color: color(id.0) }
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
pub async fn create(tx: &mut Tx<'_>, profile: Profile) -> Result<Contact, Problem> {
    let id = ContactId(tx.uuid());
    insert(tx, id, profile).await
}

pub(crate) async fn insert(tx: &mut Tx<'_>, id: ContactId, profile: Profile) -> Result<Contact, Problem> {
    let Profile { name, email, phone } = profile;
    let contact = Contact::new(id, name, email, phone);
    tx.put(
        sql!("INSERT INTO contacts (workspace_id, id, name, email, phone, created_at) VALUES ($1, $2, $3, $4, $5, $6)"),
        params![tx.workspace, contact.id, contact.name.clone(), contact.email.clone(), contact.phone.clone(), tx.now],
    )
    .await?;
    Ok(contact)
}

/// A contact as it is now.
pub async fn find(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<Contact>, Problem> {
    let row = tx
        .first(
            sql!("SELECT name, email, phone FROM contacts WHERE workspace_id = $1 AND id = $2"),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Contact::new(id, row.get("name")?, row.get("email")?, row.get("phone")?)))
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
