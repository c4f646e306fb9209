//! What another system says of its customer.

use crate::{ATTRIBUTES_INVALID, FIELD_INVALID};
use base::Problem;
use contacts::{EXTERNAL_ID_CHARACTERS, Identity, Profile};
use ids::InboxId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 200;
const EMAIL_CHARACTERS: usize = 320;
const PHONE_CHARACTERS: usize = 50;
const ADDRESS_CHARACTERS: usize = 500;
const ATTRIBUTES: usize = 50;
const ATTRIBUTE_NAME_CHARACTERS: usize = 64;
const ATTRIBUTE_CHARACTERS: usize = 1_000;

/// What is absent stays as it was.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// The other system's own name for him, 1 to 200 characters: the same is the same contact.
    pub external_id: String,
    /// At most 200 characters.
    pub name: Option<String>,
    /// At most 320 characters. A claim, as far as we know.
    pub email: Option<String>,
    /// At most 50 characters.
    pub phone: Option<String>,
    /// Kept; at most 500 characters.
    pub avatar_url: Option<String>,
    /// Kept; at most 50, with names of at most 64 and values of at most 1,000 characters.
    pub attributes: Option<BTreeMap<String, String>>,
}

/// An id of the other system.
pub(crate) fn external_id(field: &str, text: &str) -> Result<String, Problem> {
    contacts::external_id(text, FIELD_INVALID).map_err(|problem| problem.with("field", field))
}

fn some(field: &str, text: &str, max: usize) -> Result<String, Problem> {
    base::name(text, max, FIELD_INVALID).map_err(|problem| problem.with("field", field))
}

fn optional(field: &str, text: Option<String>, max: usize) -> Result<Option<String>, Problem> {
    text.filter(|text| !text.trim().is_empty()).map(|text| some(field, &text, max)).transpose()
}

impl Customer {
    pub(crate) fn checked(self, inbox: InboxId, conversation_ref: Option<String>) -> Result<Identity, Problem> {
        let attributes = self.attributes;
        let long = |(name, value): (&String, &String)| {
            name.chars().count() > ATTRIBUTE_NAME_CHARACTERS
                || value.chars().count() > ATTRIBUTE_CHARACTERS
                || name.contains('\0')
                || value.contains('\0')
        };
        if attributes.as_ref().is_some_and(|all| all.len() > ATTRIBUTES || all.iter().any(long)) {
            return Err(ATTRIBUTES_INVALID.with("max", ATTRIBUTES));
        }
        Ok(Identity {
            inbox,
            external_id: external_id("contact.external_id", &self.external_id)?,
            also: Vec::new(),
            known: Profile {
                name: optional("contact.name", self.name, NAME_CHARACTERS)?,
                email: optional("contact.email", self.email, EMAIL_CHARACTERS)?,
                phone: optional("contact.phone", self.phone, PHONE_CHARACTERS)?,
            },
            avatar_url: optional("contact.avatar_url", self.avatar_url, ADDRESS_CHARACTERS)?,
            attributes,
            conversation_ref: optional("conversation_ref", conversation_ref, EXTERNAL_ID_CHARACTERS)?,
        })
    }
}
