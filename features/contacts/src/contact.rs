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

/// Writes a new contact.
pub async fn create(tx: &mut Tx<'_>, name: Option<String>, email: Option<String>) -> Result<Contact, Problem> {
    let contact = Contact::new(ContactId(tx.uuid()), name, email, None);
    tx.put(
        sql!("INSERT INTO contacts (workspace_id, id, name, email, created_at) VALUES ($1, $2, $3, $4, $5)"),
        params![tx.workspace, contact.id, contact.name.clone(), contact.email.clone(), tx.now],
    )
    .await?;
    Ok(contact)
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
