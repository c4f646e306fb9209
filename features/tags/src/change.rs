//! Changing a tag: its name, its color, and whether it is still put on something.

use crate::{
    TAG_NAME_TAKEN, Tag, TagColor,
    access::CanChange,
    event,
    tag::{checked_name, folded},
};
use axum::Json;
use base::{Audited, Body, Ctx, Problem, Tx};
use db::{params, sql};
use ids::TagId;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is absent stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTag {
    /// One line of at most 40 characters.
    pub name: Option<String>,
    pub color: Option<TagColor>,
    /// Archived ones stay where they are and are put on nothing more.
    pub archived: Option<bool>,
    /// Lists show pinned ones beneath the name.
    pub pinned: Option<bool>,
}

/// Changes a tag wherever it is. Entries keep the name that it had.
pub async fn change(tx: &mut Tx<'_>, before: Tag, asked: ChangeTag) -> Result<Tag, Problem> {
    let after = Tag {
        id: before.id,
        name: asked.name.map_or_else(|| Ok(before.name.clone()), |name| checked_name(&name))?,
        color: asked.color.unwrap_or(before.color),
        archived: asked.archived.unwrap_or(before.archived),
        pinned: asked.pinned.unwrap_or(before.pinned),
    };
    if after == before {
        return Ok(after);
    }
    let changed = tx
        .execute(
            sql!(
                "UPDATE tags SET name = $3, folded = $4, color = $5, archived = $6, pinned = $7 \
                 WHERE workspace_id = $1 AND id = $2"
            ),
            &params![
                tx.workspace,
                after.id,
                after.name.as_str(),
                folded(&after.name),
                after.color.as_str(),
                after.archived,
                after.pinned
            ],
        )
        .await;
    match changed {
        Err(db::Error::Unique(_)) => Err(TAG_NAME_TAKEN.with("name", after.name)),
        Err(error) => Err(error.into()),
        Ok(_) => {
            tx.audit(Audited::changed("tag", after.id, &after.name, &before, &after)?);
            event::updated(tx, &after)?;
            Ok(after)
        }
    }
}

/// Change a tag
#[utoipa::path(
    patch, path = "/api/v1/tags/{tag}", tag = "tags", params(("tag" = TagId, Path)), request_body = ChangeTag,
    responses((status = 200, body = Tag), (status = "default", body = base::ProblemBody))
)]
pub async fn change_tag(ctx: Ctx<CanChange>, Body(asked): Body<ChangeTag>) -> Result<Json<Tag>, Problem> {
    ctx.write(|tx, CanChange(before)| Box::pin(change(tx, before, asked))).await.map(Json)
}
