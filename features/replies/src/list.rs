//! The quick replies that a member may use: all of them in one request, since the desk finds them while he types.

use crate::{
    QuickReply, QuickReplyItem,
    access::{self, CanUse},
};
use axum::Json;
use base::{Ctx, MemberCaller, Problem, Right, Scope, Tx};
use db::{Sql, params, sql};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct QuickReplyList {
    /// What happens after this comes through the stream: it was taken before anything else was read.
    pub position: i64,
    pub items: Vec<QuickReplyItem>,
}

macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT q.id, q.shortcut, q.title, q.group_name, q.text, q.files, q.scope, q.owner_id, q.uses, \
             q.last_used_at FROM ",
            $from
        )
    };
}

/// Every shared one, and his own.
const ALL: &Sql = sql!(concat!(
    select!("quick_replies q WHERE q.workspace_id = $1 AND q.scope <> 'personal' UNION ALL "),
    select!("quick_replies q WHERE q.workspace_id = $1 AND q.owner_id = $2 ORDER BY shortcut, id")
));
/// The workspace's, his own, and those of his inboxes and teams: others may have thousands.
const HIS: &Sql = sql!(concat!(
    select!("quick_replies q WHERE q.workspace_id = $1 AND q.owner_id IN ($1, $2) UNION ALL "),
    select!(
        "memberships w JOIN quick_replies q ON q.workspace_id = w.workspace_id AND q.owner_id = w.inbox_id \
         WHERE w.workspace_id = $1 AND w.member_id = $2 UNION ALL "
    ),
    select!(
        "team_members t JOIN quick_replies q ON q.workspace_id = t.workspace_id AND q.owner_id = t.team_id \
         WHERE t.workspace_id = $1 AND t.member_id = $2 ORDER BY shortcut, id"
    )
));

pub(crate) async fn usable(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<QuickReply>, Problem> {
    let asked = if member.scope(Right::QUICK_REPLY_MANAGE_SHARED) == Scope::All { ALL } else { HIS };
    let rows = tx.query(asked, &params![tx.workspace, member.id]).await?;
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
