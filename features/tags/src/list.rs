//! The workspace's tags: all of them in one request, since a desk shows them everywhere.

use crate::Tag;
use axum::Json;
use base::{AnyMember, Ctx, Problem, Right, Scope, Tx};
use db::{params, sql};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct TagItem {
    pub tag: Tag,
    /// How many have it, in all inboxes: for whoever may change tags.
    pub conversations: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct TagList {
    /// By name.
    pub items: Vec<TagItem>,
}

async fn items(tx: &mut Tx<'_>, counted: bool) -> Result<Vec<TagItem>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, name, color, archived, pinned, conversations FROM tags WHERE workspace_id = $1 \
                 ORDER BY folded"
            ),
            &params![tx.workspace],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let conversations = if counted { Some(row.get("conversations")?) } else { None };
            Ok(TagItem { tag: Tag::from_row(row)?, conversations })
        })
        .collect()
}

/// All tags, archived ones too, by name.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<Tag>, Problem> {
    Ok(items(tx, false).await?.into_iter().map(|item| item.tag).collect())
}

/// List tags
#[utoipa::path(
    get, path = "/api/v1/tags", tag = "tags",
    responses((status = 200, body = TagList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_tags(ctx: Ctx<AnyMember>) -> Result<Json<TagList>, Problem> {
    ctx.read(|tx, AnyMember(member)| {
        let counted = member.scope(Right::TAG_MANAGE) > Scope::None;
        Box::pin(async move { Ok(Json(TagList { items: items(tx, counted).await? })) })
    })
    .await
}
