//! Everything the desk needs to paint for the first time, in one request.

use crate::{
    draft::{Draft, drafts},
    list::{ConversationPage, ListQuery, page},
};
use axum::{Json, extract::Query};
use base::{AnyMember, Ctx, MemberCaller, Problem, Tx, refusal};
use db::{params, sql};
use inboxes::{Counters, Inbox};
use people::{Me, Member};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Desk {
    /// Follow the stream from here: it was taken before anything else was read.
    pub position: i64,
    pub me: Me,
    pub members: Vec<Member>,
    pub inboxes: Vec<Inbox>,
    pub counters: Vec<Counters>,
    pub page: ConversationPage,
    /// The contact's messages that wait unread in what I hold.
    pub unread_mine: i64,
    /// What the member has begun to write, the newest first.
    pub drafts: Vec<Draft>,
}

async fn load(tx: &mut Tx<'_>, caller: &MemberCaller, query: ListQuery) -> Result<Desk, Problem> {
    let position = tx.position().await?;
    let page = page(tx, caller, query).await?;
    Ok(Desk {
        position,
        me: people::me(tx, caller).await?,
        members: people::list_members(tx).await?,
        inboxes: inboxes::visible(tx, caller).await?,
        counters: inboxes::counters(tx, caller).await?,
        page,
        unread_mine: unread_mine(tx, caller).await?,
        drafts: drafts(tx, caller.id, None).await?,
    })
}

/// Over what the member holds open: a handful of rows of one index range.
async fn unread_mine(tx: &mut Tx<'_>, caller: &MemberCaller) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT CAST(COALESCE(SUM(c.inbound_count - COALESCE(r.inbound_seen, 0)), 0) AS BIGINT) AS unread \
                 FROM conversations c LEFT JOIN read_marks r \
                 ON r.workspace_id = c.workspace_id AND r.member_id = $2 AND r.conversation_id = c.id \
                 WHERE c.workspace_id = $1 AND c.status = 'open' AND c.holder_member_id = $2 \
                 AND COALESCE(r.muted, 0) = 0"
            ),
            &params![tx.workspace, caller.id],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get("unread"))?)
}

/// Load the desk
#[utoipa::path(
    get, path = "/api/v1/desk", tag = "desk",
    params(ListQuery),
    responses((status = 200, body = Desk), (status = "default", body = base::ProblemBody))
)]
pub async fn desk(
    ctx: Ctx<AnyMember>,
    query: Result<Query<ListQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Desk>, Problem> {
    let Query(query) = query.map_err(|error| refusal::INVALID_BODY.with("detail", error.body_text()))?;
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { load(tx, &member, query).await })).await.map(Json)
}
