//! Searching all conversations that the viewer may see: names first, then messages, newest first.

use crate::{
    QUERY_EMPTY,
    find::{self, Hit, Place},
    query::Query,
};
use axum::Json;
use base::{AnyMember, Ctx, Cursor, MemberCaller, Problem, QueryOf, Tx};
use conversations::ConversationItem;
use ids::Uuid;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE_HITS: i64 = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchPart {
    /// Names alone: what a box shows while somebody types.
    Names,
    #[default]
    All,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Words, “phrases”, and the filters `from:`, `in:`, `tag:`, `before:`, `after:`, `has:file`; of several `tag:` all.
    #[serde(default)]
    pub q: String,
    /// The viewer's time zone for days, such as `Asia/Jakarta`; usually UTC.
    pub zone: Option<String>,
    #[serde(default)]
    pub part: SearchPart,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 50, usually 50.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct SearchPage {
    /// Conversations by their contact's name, e-mail or phone; on the first page only.
    pub names: Vec<ConversationItem>,
    /// Newest first.
    pub hits: Vec<Hit>,
    /// Goes on from here; a page may be short and still have one.
    pub next_cursor: Option<String>,
}

async fn search(tx: &mut Tx<'_>, member: &MemberCaller, asked: SearchQuery) -> Result<SearchPage, Problem> {
    let query = Query::parse(&asked.q, asked.zone.as_deref())?;
    if query.is_empty() {
        return Err(QUERY_EMPTY.into());
    }
    let cursor = Cursor::parse(asked.cursor.as_deref())?;
    let mut page = SearchPage { names: Vec::new(), hits: Vec::new(), next_cursor: None };
    if asked.cursor.is_none() {
        page.names = find::names(tx, member, &query).await?;
    }
    if asked.part == SearchPart::Names {
        return Ok(page);
    }
    let inbox = match &query.inbox {
        None => None,
        Some(wanted) => match find::inbox(tx, member, wanted).await? {
            Some(id) => Some(id),
            None => return Ok(page),
        },
    };
    let Some(tags) = find::tags(tx, &query.tags).await? else { return Ok(page) };
    let limit = asked.limit.unwrap_or(PAGE_HITS).clamp(1, PAGE_HITS);
    let found = find::messages(tx, member, &query, Place::Everywhere { inbox, tags }, cursor.at, limit).await?;
    page.hits = found.hits;
    page.next_cursor = found.next.map(|at| Cursor { at, id: Uuid::nil() }.to_string());
    Ok(page)
}

/// Search everywhere
#[utoipa::path(
    get, path = "/api/v1/search", tag = "search",
    params(SearchQuery),
    responses((status = 200, body = SearchPage), (status = "default", body = base::ProblemBody))
)]
pub async fn search_everywhere(
    ctx: Ctx<AnyMember>,
    QueryOf(asked): QueryOf<SearchQuery>,
) -> Result<Json<SearchPage>, Problem> {
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { search(tx, &member, asked).await })).await.map(Json)
}
