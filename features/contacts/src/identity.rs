//! Who a contact is to another system: the name that it gave him, in one inbox.
//!
//! What must stay true: the same name in the same inbox is the same contact, also when it arrives twice at once; what
//! another system does not say changes nothing.

use crate::{
    By, Contact,
    contact::{Profile, insert},
    known::{Told, lock_known},
};
use base::{Problem, Refusal, Tx};
use db::{params, sql};
use ids::{ContactId, InboxId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The longest name that another system gives.
pub const EXTERNAL_ID_CHARACTERS: usize = 200;

/// A name that another system gave: one line without anything invisible.
pub fn external_id(text: &str, refusal: Refusal) -> Result<String, Problem> {
    let plain = text.trim() == text && !text.chars().any(char::is_control);
    // Ours would be ambiguous where either may be named.
    if !plain || text.parse::<ids::EntryId>().is_ok() {
        return Err(refusal.with("max", EXTERNAL_ID_CHARACTERS));
    }
    base::name(text, EXTERNAL_ID_CHARACTERS, refusal)
}

/// What another system says of a contact.
pub struct Identity {
    pub inbox: InboxId,
    pub external_id: String,
    /// What else it calls him, or called him before: one of them may be known already.
    pub also: Vec<String>,
    pub known: Profile,
    pub avatar_url: Option<String>,
    /// As a whole.
    pub attributes: Option<BTreeMap<String, String>>,
    /// Its own name for the conversation.
    pub conversation_ref: Option<String>,
}

/// What stands beside a contact for its system's sake.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Beside {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    avatar_url: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, String>,
}

/// How another system knows a contact.
#[derive(Clone, Debug)]
pub struct Outside {
    pub external_id: String,
    pub conversation_ref: Option<String>,
}

/// The contact whom another system means, as it now describes him; made when it names him for the first time. He is
/// locked until the transaction ends.
pub async fn identify(tx: &mut Tx<'_>, identity: Identity) -> Result<Contact, Problem> {
    let inbox = identity.inbox;
    let names: Vec<_> = std::iter::once(&identity.external_id).chain(&identity.also).cloned().collect();
    let external_id = called_first(tx, inbox, &names).await?;
    let contact = describe(tx, Identity { external_id: external_id.clone(), ..identity }).await?;
    for name in names.iter().filter(|name| **name != external_id) {
        add_alias(tx, inbox, name, contact.id).await?;
    }
    Ok(contact)
}

/// Under which of the names he is kept: that which he had, or the first one, under which he is kept from now on.
async fn called_first(tx: &mut Tx<'_>, inbox: InboxId, names: &[String]) -> Result<String, Problem> {
    let [first, also @ ..] = names else { return Ok(String::new()) };
    if let Some(contact) = alias(tx, inbox, first).await? {
        return kept_as(tx, inbox, contact).await?.ok_or_else(|| base::refusal::UNAVAILABLE.into());
    }
    if also.is_empty() || called(tx, inbox, first).await?.is_some() {
        return Ok(first.clone());
    }
    for name in also {
        let Some(contact) = called(tx, inbox, name).await? else { continue };
        let Some(before) = kept_as(tx, inbox, contact).await? else { continue };
        tx.put(
            sql!(
                "UPDATE identities SET external_id = $4 WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"
            ),
            params![tx.workspace, inbox, before.as_str(), first.as_str()],
        )
        .await?;
        add_alias(tx, inbox, &before, contact).await?;
        break;
    }
    Ok(first.clone())
}

async fn describe(tx: &mut Tx<'_>, identity: Identity) -> Result<Contact, Problem> {
    let first =
        Beside { avatar_url: identity.avatar_url.clone(), attributes: identity.attributes.clone().unwrap_or_default() };
    let fresh = ContactId(tx.uuid());
    let made = tx
        .execute(
            sql!(
                "INSERT INTO identities (workspace_id, inbox_id, external_id, contact_id, profile, conversation_ref, \
                 created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
            ),
            &params![
                tx.workspace,
                identity.inbox,
                identity.external_id.clone(),
                fresh,
                serde_json::to_string(&first)?,
                identity.conversation_ref.clone(),
                tx.now,
            ],
        )
        .await?;
    if made == 1 {
        return insert(tx, fresh, identity.known, By::channel(identity.inbox)).await;
    }
    let Profile { name, email, phone } = identity.known;
    let (mut id, ..) = stored(tx, identity.inbox, &identity.external_id).await?;
    let (mut person, known, reference) = loop {
        let person = lock_known(tx, id).await?;
        let (now, known, reference) = stored(tx, identity.inbox, &identity.external_id).await?;
        // While this waited he may have turned out to be somebody else.
        if now == id {
            break (person.ok_or(base::refusal::UNAVAILABLE)?, known, reference);
        }
        id = now;
    };
    let was = person.told.clone();
    person.told = Told {
        name: name.or(was.name.clone()),
        email: email.or(was.email.clone()),
        phone: phone.or(was.phone.clone()),
        verified: was.verified.clone(),
    };
    if person.told != was {
        person.save(tx).await?;
    }
    let newer = Beside {
        avatar_url: identity.avatar_url.or(known.avatar_url.clone()),
        attributes: identity.attributes.unwrap_or_else(|| known.attributes.clone()),
    };
    let newer_reference = identity.conversation_ref.or(reference.clone());
    if (&newer, &newer_reference) != (&known, &reference) {
        tx.put(
            sql!(
                "UPDATE identities SET profile = $4, conversation_ref = $5 \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"
            ),
            params![
                tx.workspace,
                identity.inbox,
                identity.external_id,
                serde_json::to_string(&newer)?,
                newer_reference
            ],
        )
        .await?;
    }
    Ok(person.shown())
}

async fn kept_as(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<Option<String>, Problem> {
    Ok(outside(tx, inbox, contact).await?.map(|outside| outside.external_id))
}

async fn alias(tx: &mut Tx<'_>, inbox: InboxId, external_id: &str) -> Result<Option<ContactId>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT contact_id FROM identity_aliases \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"
            ),
            &params![tx.workspace, inbox, external_id],
        )
        .await?;
    Ok(row.map(|row| row.get("contact_id")).transpose()?)
}

/// A name that is nobody's is his from now on.
async fn add_alias(tx: &mut Tx<'_>, inbox: InboxId, external_id: &str, contact: ContactId) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO identity_aliases (workspace_id, inbox_id, external_id, contact_id) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING"
        ),
        params![tx.workspace, inbox, external_id, contact],
    )
    .await?;
    Ok(())
}

async fn stored(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    external_id: &str,
) -> Result<(ContactId, Beside, Option<String>), Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT contact_id, profile, conversation_ref FROM identities \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"
            ),
            &params![tx.workspace, inbox, external_id],
        )
        .await?
        .ok_or(base::refusal::UNAVAILABLE)?;
    let profile = serde_json::from_str(&row.get::<String>("profile")?)?;
    Ok((row.get("contact_id")?, profile, row.get("conversation_ref")?))
}

/// The contact that another system calls so.
pub async fn called(tx: &mut Tx<'_>, inbox: InboxId, external_id: &str) -> Result<Option<ContactId>, Problem> {
    if external_id.contains('\0') {
        return Ok(None);
    }
    let row = tx
        .first(
            sql!("SELECT contact_id FROM identities WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"),
            &params![tx.workspace, inbox, external_id],
        )
        .await?;
    match row {
        Some(row) => Ok(Some(row.get("contact_id")?)),
        None => alias(tx, inbox, external_id).await,
    }
}

/// How another system knows a contact of its inbox.
pub async fn outside(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<Option<Outside>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT external_id, conversation_ref FROM identities \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND contact_id = $3"
            ),
            &params![tx.workspace, inbox, contact],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Outside { external_id: row.get("external_id")?, conversation_ref: row.get("conversation_ref")? }))
}

/// In this inbox `to` is whom another system, a channel or a browser means with what it calls `from`.
pub async fn hand_over(tx: &mut Tx<'_>, inbox: InboxId, from: ContactId, to: ContactId) -> Result<(), Problem> {
    for sql in [
        sql!("UPDATE identities SET contact_id = $4 WHERE workspace_id = $1 AND inbox_id = $2 AND contact_id = $3"),
        sql!(
            "UPDATE identity_aliases SET contact_id = $4 WHERE workspace_id = $1 AND inbox_id = $2 AND contact_id = $3"
        ),
        sql!("UPDATE visitors SET contact_id = $4 WHERE workspace_id = $1 AND inbox_id = $2 AND contact_id = $3"),
    ] {
        tx.put(sql, params![tx.workspace, inbox, from, to]).await?;
    }
    Ok(())
}
