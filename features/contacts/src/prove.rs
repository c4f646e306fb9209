//! Who a visitor is to the website that signed it: the name by which the site itself calls him, in one inbox.
//!
//! What must stay true: only the same name in the same inbox makes two the same person, never an address or a number;
//! what was signed is marked, and what somebody only said never is.

use crate::{
    By, Contact, RecordKind, Verified,
    contact::Profile,
    identity::called,
    known::{Known, Told, known, lock_known},
    record,
};
use base::{Problem, Tx};
use db::{params, sql};
use ids::{ContactId, InboxId};
use std::collections::BTreeMap;

/// What a website signed.
pub struct Person {
    pub inbox: InboxId,
    pub external_id: String,
    pub signed: Profile,
    /// What else is signed of him; as a whole, and `None` when nothing is said.
    pub data: Option<BTreeMap<String, String>>,
}

/// The contact who is this person, as he is now known. When nobody is yet, `here` becomes him, or somebody new. He is
/// locked until the transaction ends.
pub async fn prove(tx: &mut Tx<'_>, person: Person, here: Option<ContactId>) -> Result<Contact, Problem> {
    let Person { inbox, external_id, .. } = &person;
    let first = here.unwrap_or_else(|| ContactId(tx.uuid()));
    let made = tx
        .execute(
            sql!(
                "INSERT INTO identities (workspace_id, inbox_id, external_id, contact_id, profile, created_at) \
                 VALUES ($1, $2, $3, $4, '{}', $5) ON CONFLICT DO NOTHING"
            ),
            &params![tx.workspace, *inbox, external_id.as_str(), first, tx.now],
        )
        .await?;
    let id = match made {
        0 => called(tx, *inbox, external_id).await?.ok_or(base::refusal::UNAVAILABLE)?,
        _ => first,
    };
    let mut known = match lock_known(tx, id).await? {
        Some(known) => known,
        None => {
            let mut new = Known::of_channel(id, Profile::default(), tx.now);
            new.insert(tx).await?;
            record(tx, RecordKind::Added, id, None, By::channel(*inbox)).await?;
            new
        }
    };
    let told = as_signed(&known.told, &person);
    if told != known.told {
        known.told = told;
        known.save(tx).await?;
    }
    Ok(known.shown())
}

/// The contact who is this person, when nothing that is signed of him is news.
pub async fn proven(tx: &mut Tx<'_>, person: &Person) -> Result<Option<Contact>, Problem> {
    let Some(id) = called(tx, person.inbox, &person.external_id).await? else { return Ok(None) };
    let known = known(tx, id).await?.filter(|known| as_signed(&known.told, person) == known.told);
    Ok(known.map(|known| known.shown()))
}

/// What is told of the contact, with what is signed of him now. What is not stays as it was.
fn as_signed(was: &Told, Person { external_id, signed, data, .. }: &Person) -> Told {
    let verified = |what: fn(&Verified) -> bool| was.verified.as_ref().is_some_and(what);
    Told {
        verified: Some(Verified {
            external_id: external_id.clone(),
            name: signed.name.is_some() || verified(|one| one.name),
            email: signed.email.is_some() || verified(|one| one.email),
            phone: signed.phone.is_some() || verified(|one| one.phone),
            data: data.clone().or(was.verified.as_ref().map(|one| one.data.clone())).unwrap_or_default(),
        }),
        name: signed.name.clone().or(was.name.clone()),
        email: signed.email.clone().or(was.email.clone()),
        phone: signed.phone.clone().or(was.phone.clone()),
    }
}
