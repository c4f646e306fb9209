//! What the visitor's page says of him.

use crate::{limit, visitor::OwnThread};
use axum::http::StatusCode;
use base::{Body, Ctx, Problem};
use conversations::{PageData, checked_data, put_data};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPageData {
    /// At most 20; names of at most 40 characters, values of at most 200.
    pub data: PageData,
}

/// Tell what the page says of the visitor
#[utoipa::path(
    put, path = "/w/api/v1/data", tag = "widget", request_body = PutPageData,
    responses((status = 204), (status = "default", description = "unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body, page_data_invalid", body = base::ProblemBody))
)]
pub async fn put_page_data(ctx: Ctx<OwnThread>, Body(asked): Body<PutPageData>) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, OwnThread { visitor, thread }| {
        Box::pin(async move {
            tx.app().throttle(&limit::PAGES_PER_VISITOR, &visitor.id.to_string())?;
            put_data(tx, thread, checked_data(asked.data)?).await
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
