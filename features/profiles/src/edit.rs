//! Writing what is known of a contact.
//!
//! What must stay true: a field that somebody else changed since the writer looked is not overwritten; fields that
//! nobody else touched are, so that two who fill in different ones do not hinder each other.

use crate::{
    ATTRIBUTE_UNKNOWN, CONTACT_CHANGED,
    access::CanEdit,
    attribute, event, field,
    history::{self, FieldChange},
    show::ContactProfile,
    value::{self, Writer},
};
use axum::Json;
use base::{Body, Ctx, Problem, Tx};
use contacts::{ContactField, Known};
use conversations::{facts_of_contact, show_contact};
use ids::{AttributeId, ContactId};
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub type Fields = BTreeMap<ContactField, Option<String>>;
pub type Values = BTreeMap<AttributeId, Option<String>>;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditContact {
    /// The version that the writer looked at.
    pub version: i64,
    /// By field; `null` or blanks take away what the team wrote. What is absent stays as it is.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Option<String>>)]
    pub fields: Fields,
    /// By the id of an attribute, in the same way.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Option<String>>)]
    pub attributes: Values,
}

/// Refuses when somebody changed one of these since, unless it already is what is asked for.
async fn must_have_seen(
    tx: &mut Tx<'_>,
    contact: ContactId,
    version: i64,
    asked: &[FieldChange],
) -> Result<(), Problem> {
    for change in history::since(tx, contact, version).await?.into_iter().rev() {
        for FieldChange { field, .. } in change.changes {
            if let Some(asked) = asked.iter().find(|asked| asked.field == field) {
                let refused = CONTACT_CHANGED.with("by", change.by).with("field", field);
                return Err(refused.with("value", asked.before.clone().unwrap_or_default()));
            }
        }
    }
    Ok(())
}

/// Writes what is asked for, and says how it differs from what was written.
pub fn write(known: &mut Known, asked: Fields) -> Result<Vec<FieldChange>, Problem> {
    let mut changes = Vec::new();
    for (name, text) in asked {
        let after = field::checked(name, text.as_deref())?;
        let before = match &after {
            Some(text) => known.written.insert(name, text.clone()),
            None => known.written.remove(&name),
        };
        if before != after {
            changes.push(FieldChange { field: field::name(name), before, after });
        }
    }
    Ok(changes)
}

/// The same of values.
pub async fn write_values(
    tx: &mut Tx<'_>,
    known: &mut Known,
    asked: Values,
    by: Writer,
) -> Result<Vec<FieldChange>, Problem> {
    let mut changes = Vec::new();
    let declared = if asked.is_empty() { Vec::new() } else { attribute::all(tx).await? };
    for (id, text) in asked {
        let attribute = declared.iter().find(|one| one.id == id && !one.archived).ok_or(ATTRIBUTE_UNKNOWN)?;
        let after = value::checked(attribute, text.as_deref(), by)?;
        let before = known.set_value(tx, id, after.clone()).await?;
        if before != after {
            changes.push(FieldChange { field: id.to_string(), before, after });
        }
    }
    Ok(changes)
}

async fn edit(tx: &mut Tx<'_>, permit: CanEdit, asked: EditContact) -> Result<ContactProfile, Problem> {
    let CanEdit { member, mut known, his } = permit;
    let before = known.shown();
    let by = if member.token().is_some() { Writer::Program } else { Writer::Member };
    let mut changes = write(&mut known, asked.fields)?;
    changes.extend(write_values(tx, &mut known, asked.attributes, by).await?);
    if changes.is_empty() {
        return ContactProfile::of(tx, &member, known, true).await;
    }
    must_have_seen(tx, known.id, asked.version, &changes).await?;
    known.version += 1;
    known.save(tx).await?;
    history::keep(tx, known.id, known.version, &member, &changes).await?;
    let shown = known.shown();
    let his = if shown == before {
        his
    } else {
        show_contact(tx, &shown).await?;
        facts_of_contact(tx, known.id).await?
    };
    event::updated(tx, known.id, known.version, his).await?;
    ContactProfile::of(tx, &member, known, true).await
}

/// Change what is known of a contact
#[utoipa::path(
    patch, path = "/api/v1/contacts/{contact}", tag = "contacts", params(("contact" = ContactId, Path)),
    request_body = EditContact,
    responses((status = 200, body = ContactProfile), (status = "default", body = base::ProblemBody))
)]
pub async fn edit_contact(ctx: Ctx<CanEdit>, Body(asked): Body<EditContact>) -> Result<Json<ContactProfile>, Problem> {
    ctx.write(|tx, permit| Box::pin(edit(tx, permit, asked))).await.map(Json)
}
