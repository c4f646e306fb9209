//! The tags of a contact, from the workspace's one catalogue: they say something of the person, whatever is talked about.

use crate::{
    access::CanEdit,
    event,
    history::{self, FieldChange},
    show::ContactProfile,
};
use axum::Json;
use base::{Caller, Ctx, Permit, Problem, Tx, refusal};
use conversations::{TAG_ARCHIVED, TOO_MANY_TAGS_ON_ONE};
use ids::{ContactId, TagId};
use tags::Tag;

/// Of one contact.
pub const MOST: usize = 20;

/// May write about the contact, and the tag.
pub struct MayTag {
    permit: CanEdit,
    tag: Tag,
}

impl Permit for MayTag {
    type Target = (ContactId, TagId);

    async fn grant(caller: &Caller, (contact, tag): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let permit = CanEdit::grant(caller, contact, tx).await?;
        let tag = tags::find(tx, tag).await?.ok_or(refusal::NOT_FOUND)?;
        Ok(Self { permit, tag })
    }
}

async fn set(tx: &mut Tx<'_>, MayTag { permit, tag }: MayTag, on: bool) -> Result<ContactProfile, Problem> {
    let CanEdit { member, mut known, his } = permit;
    if on && !known.tag_ids.contains(&tag.id) {
        if tag.archived {
            return Err(TAG_ARCHIVED.with("name", tag.name));
        }
        if known.tag_ids.len() >= MOST {
            return Err(TOO_MANY_TAGS_ON_ONE.with("max", MOST));
        }
    }
    if known.set_tag(tx, tag.id, on).await? {
        known.version += 1;
        known.save(tx).await?;
        let (before, after) = if on { (None, Some(tag.name)) } else { (Some(tag.name), None) };
        let change = FieldChange { field: "tag".to_owned(), before, after };
        history::keep(tx, known.id, known.version, &member, &[change]).await?;
        event::updated(tx, known.id, known.version, his).await?;
    }
    ContactProfile::of(tx, &member, known, true).await
}

/// Put a tag on a contact
#[utoipa::path(
    put, path = "/api/v1/contacts/{contact}/tags/{tag}", tag = "contacts",
    params(("contact" = ContactId, Path), ("tag" = TagId, Path)),
    responses((status = 200, body = ContactProfile), (status = "default", body = base::ProblemBody))
)]
pub async fn tag_contact(ctx: Ctx<MayTag>) -> Result<Json<ContactProfile>, Problem> {
    ctx.write(|tx, permit| Box::pin(set(tx, permit, true))).await.map(Json)
}

/// Take a tag off a contact
#[utoipa::path(
    delete, path = "/api/v1/contacts/{contact}/tags/{tag}", tag = "contacts",
    params(("contact" = ContactId, Path), ("tag" = TagId, Path)),
    responses((status = 200, body = ContactProfile), (status = "default", body = base::ProblemBody))
)]
pub async fn untag_contact(ctx: Ctx<MayTag>) -> Result<Json<ContactProfile>, Problem> {
    ctx.write(|tx, permit| Box::pin(set(tx, permit, false))).await.map(Json)
}
