//! Searching one conversation: the places of all hits up to a limit, to walk through them.

use crate::{
    QUERY_EMPTY,
    find::{self, Hit, Place},
    query::Query,
};
use axum::Json;
use base::{Ctx, Problem, QueryOf};
use conversations::CanRead;
use ids::ConversationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Nobody walks through more.
const HITS: i64 = 500;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct WithinQuery {
    /// As everywhere; `in:` and `tag:` say nothing here.
    #[serde(default)]
    pub q: String,
    /// The viewer's time zone for days, such as `Asia/Jakarta`; usually UTC.
    pub zone: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct ConversationHits {
    /// Newest first, at most 500.
    pub hits: Vec<Hit>,
    /// There are more than these.
    pub more: bool,
}

/// Search a conversation
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/search", tag = "search",
    params(("conversation" = ConversationId, Path), WithinQuery),
    responses((status = 200, body = ConversationHits), (status = "default", body = base::ProblemBody))
)]
pub async fn search_conversation(
    ctx: Ctx<CanRead>,
    QueryOf(asked): QueryOf<WithinQuery>,
) -> Result<Json<ConversationHits>, Problem> {
    ctx.read(move |tx, permit| {
        Box::pin(async move {
            let query = Query::parse(&asked.q, asked.zone.as_deref())?;
            if query.is_empty() {
                return Err(QUERY_EMPTY.into());
            }
            let place = Place::Within(permit.thread.conversation.id);
            let found = find::messages(tx, &permit.member, &query, place, i64::MAX, HITS).await?;
            Ok(Json(ConversationHits { hits: found.hits, more: found.next.is_some() }))
        })
    })
    .await
}
