//! A new contact, before he writes.

use crate::{
    ATTRIBUTE_REQUIRED, CONTACT_EMPTY, attribute,
    edit::{self, Fields, Values},
    event, history,
    show::ContactProfile,
    value::Writer,
};
use axum::{Json, http::StatusCode};
use base::{Body, Caller, Ctx, MemberCaller, Permit, Problem, Right, Scope, Tx, refusal};
use contacts::{By, Known, RecordKind, Told};
use ids::ContactId;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateContact {
    /// May be made by the client (UUIDv7); the same id twice is one contact.
    pub id: Option<ContactId>,
    /// By field; at least one of them says something.
    #[schema(value_type = BTreeMap<String, Option<String>>)]
    pub fields: Fields,
    /// By the id of an attribute. The required ones are there.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Option<String>>)]
    pub attributes: Values,
}

/// May see every contact, and write about them: a new one has no conversation by which he is seen.
pub struct CanCreate(Arc<MemberCaller>);

impl Permit for CanCreate {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let all = [Right::CONTACT_VIEW, Right::CONTACT_EDIT].iter().all(|right| member.scope(*right) == Scope::All);
        if all { Ok(Self(member)) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

async fn create(tx: &mut Tx<'_>, member: &MemberCaller, asked: CreateContact) -> Result<ContactProfile, Problem> {
    let id = asked.id.unwrap_or_else(|| ContactId(tx.uuid()));
    if let Some(known) = contacts::whole(tx, id).await? {
        return ContactProfile::of(tx, member, known, true).await;
    }
    let by = if member.token().is_some() { Writer::Program } else { Writer::Member };
    let mut known = Known::new(id, Told::default(), tx.now);
    let mut changes = edit::write(&mut known, asked.fields)?;
    if changes.is_empty() {
        return Err(CONTACT_EMPTY.into());
    }
    changes.extend(edit::write_values(tx, &mut known, asked.attributes, by).await?);
    for one in attribute::all(tx).await? {
        let lacks = one.required && !one.archived && !known.attributes.contains_key(&one.id);
        if lacks && (by == Writer::Program || !one.read_only) {
            return Err(ATTRIBUTE_REQUIRED.with("name", one.name));
        }
    }
    known.version = 1;
    known.insert(tx).await?;
    contacts::record(tx, RecordKind::Added, id, None, By::member(member)).await?;
    history::keep(tx, id, known.version, member, &changes).await?;
    event::updated(tx, id, known.version, Vec::new()).await?;
    ContactProfile::of(tx, member, known, true).await
}

/// Create a contact
#[utoipa::path(
    post, path = "/api/v1/contacts", tag = "contacts", request_body = CreateContact,
    responses((status = 201, body = ContactProfile), (status = "default", body = base::ProblemBody))
)]
pub async fn create_contact(
    ctx: Ctx<CanCreate>,
    Body(asked): Body<CreateContact>,
) -> Result<(StatusCode, Json<ContactProfile>), Problem> {
    let made = ctx.write(|tx, CanCreate(member)| Box::pin(async move { create(tx, &member, asked).await })).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
