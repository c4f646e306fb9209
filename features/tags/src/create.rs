//! A new tag.

use crate::{
    TAG_NAME_TAKEN, TOO_MANY_TAGS, Tag, TagColor,
    access::CanManage,
    event,
    tag::{checked_name, find, folded},
};
use axum::{Json, http::StatusCode};
use base::{Audited, Body, Ctx, Problem, Tx};
use db::{params, sql};
use ids::TagId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Of one workspace, archived ones too: a desk loads them all at once.
const MOST: i64 = 500;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTag {
    /// May be made by the client (UUIDv7); the same id twice is one tag.
    pub id: Option<TagId>,
    /// One line of at most 40 characters.
    pub name: String,
    pub color: TagColor,
    #[serde(default)]
    pub pinned: bool,
}

/// Makes a tag.
pub async fn create(tx: &mut Tx<'_>, asked: CreateTag) -> Result<Tag, Problem> {
    let id = asked.id.unwrap_or_else(|| TagId(tx.uuid()));
    if let Some(known) = find(tx, id).await? {
        return Ok(known);
    }
    let made = Tag { id, name: checked_name(&asked.name)?, color: asked.color, archived: false, pinned: asked.pinned };
    must_have_room(tx).await?;
    let inserted = tx
        .execute(
            sql!(
                "INSERT INTO tags (workspace_id, id, name, folded, color, created_at, pinned, conversations) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT DO NOTHING"
            ),
            &params![
                tx.workspace,
                id,
                made.name.as_str(),
                folded(&made.name),
                made.color.as_str(),
                tx.now,
                made.pinned
            ],
        )
        .await?;
    if inserted == 0 {
        // Of the same name, or the same request at the same time.
        let known = find(tx, id).await?;
        return known.ok_or_else(|| TAG_NAME_TAKEN.with("name", made.name));
    }
    tx.audit(Audited::created("tag", made.id, &made.name, &made)?);
    event::updated(tx, &made)?;
    Ok(made)
}

async fn must_have_room(tx: &mut Tx<'_>) -> Result<(), Problem> {
    let row =
        tx.first(sql!("SELECT COUNT(*) AS there FROM tags WHERE workspace_id = $1"), &params![tx.workspace]).await?;
    let there: i64 = row.map_or(Ok(0), |row| row.get("there"))?;
    if there >= MOST { Err(TOO_MANY_TAGS.with("max", MOST)) } else { Ok(()) }
}

/// Create a tag
#[utoipa::path(
    post, path = "/api/v1/tags", tag = "tags", request_body = CreateTag,
    responses((status = 201, body = Tag), (status = "default", body = base::ProblemBody))
)]
pub async fn create_tag(ctx: Ctx<CanManage>, Body(asked): Body<CreateTag>) -> Result<(StatusCode, Json<Tag>), Problem> {
    let made = ctx.write(|tx, CanManage| Box::pin(create(tx, asked))).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
