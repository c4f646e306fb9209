//! The quick replies that a member may use: all of them in one request, since the desk finds them while he types.

use crate::{
    QuickReply, QuickReplyItem,
    access::{self, CanUse},
};
use axum::Json;
use base::{Ctx, MemberCaller, Problem, Tx};
use db::{params, sql};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct QuickReplyList {
    /// What happens after this comes through the stream: it was taken before anything else was read.
    pub position: i64,
    pub items: Vec<QuickReplyItem>,
}

pub(crate) async fn usable(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<QuickReply>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, shortcut, title, group_name, text, scope, owner_id, uses, last_used_at \
                 FROM quick_replies WHERE workspace_id = $1 AND scope <> 'personal' \
                 UNION ALL \
                 SELECT id, shortcut, title, group_name, text, scope, owner_id, uses, last_used_at \
                 FROM quick_replies WHERE workspace_id = $1 AND owner_id = $2 AND scope = 'personal' \
                 ORDER BY shortcut, id"
            ),
            &params![tx.workspace, member.id],
        )
        .await?;
    let all = rows.iter().map(QuickReply::from_row).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|one| access::sees(member, one.scope)).collect())
}

async fn load(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<QuickReplyList, Problem> {
    let position = tx.position().await?;
    let usable = usable(tx, member).await?;
    Ok(QuickReplyList { position, items: usable.into_iter().map(|one| access::item(member, one)).collect() })
}

/// List the quick replies that the member may use
#[utoipa::path(
    get, path = "/api/v1/quick-replies", tag = "quick replies",
    responses((status = 200, body = QuickReplyList), (status = "default", description = "unauthenticated, forbidden", body = base::ProblemBody))
)]
pub async fn list_quick_replies(ctx: Ctx<CanUse>) -> Result<Json<QuickReplyList>, Problem> {
    ctx.read(|tx, CanUse(member)| Box::pin(async move { load(tx, &member).await })).await.map(Json)
}
