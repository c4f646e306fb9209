//! The sessions of a conversation: when each began and ended, and how its contact came.
//!
//! Absent: what was said; the thread shows it.

use crate::{CloseReason, access::CanRead, conversation::json};
use axum::Json;
use base::{Ctx, Cursor, Problem, QueryOf, Tx, page_size};
use contacts::ContactSource;
use db::{Row, params, sql};
use ids::{ConversationId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 20;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SessionQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 20.
    pub limit: Option<i64>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConversationSession {
    /// 1, 2, 3 … in its conversation.
    pub number: i64,
    pub opened_at: i64,
    /// `null` while it lasts.
    pub closed_at: Option<i64>,
    pub close_reason: Option<CloseReason>,
    pub title: Option<String>,
    /// How the contact came to it; `null`: nobody told.
    pub came_by: Option<ContactSource>,
}

#[derive(Serialize, ToSchema)]
pub struct SessionPage {
    /// Newest first.
    pub items: Vec<ConversationSession>,
    pub next_cursor: Option<String>,
}

fn from_row(row: &Row) -> Result<ConversationSession, db::Error> {
    Ok(ConversationSession {
        number: row.get("number")?,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
        close_reason: row.get("close_reason")?,
        title: row.get("title")?,
        came_by: json(row, "came_by")?,
    })
}

async fn page(tx: &mut Tx<'_>, id: ConversationId, query: SessionQuery) -> Result<SessionPage, Problem> {
    let (before, limit) = (Cursor::parse(query.cursor.as_deref())?, page_size(query.limit, PAGE));
    let rows = tx
        .query(
            sql!(
                "SELECT number, opened_at, closed_at, close_reason, title, came_by FROM sessions \
                 WHERE workspace_id = $1 AND conversation_id = $2 AND number < $3 ORDER BY number DESC LIMIT $4"
            ),
            &params![tx.workspace, id, before.at, limit + 1],
        )
        .await?;
    let mut items = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let last = items.last().filter(|_| more).map(|last| Cursor { at: last.number, id: Uuid::nil() }.to_string());
    Ok(SessionPage { items, next_cursor: last })
}

/// List a conversation's sessions
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/sessions", tag = "conversations",
    params(("conversation" = ConversationId, Path), SessionQuery),
    responses((status = 200, body = SessionPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_sessions(
    ctx: Ctx<CanRead>,
    QueryOf(query): QueryOf<SessionQuery>,
) -> Result<Json<SessionPage>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { page(tx, permit.thread.conversation.id, query).await })).await.map(Json)
}
