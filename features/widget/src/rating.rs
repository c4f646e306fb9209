//! A visitor rates the session that a member closed.

use crate::{limit, visitor::OwnThread};
use axum::Json;
use base::{Body, Ctx, Problem, refusal};
use conversations::{Rate, VisitorEntry, rate};

/// Rate the closed session
#[utoipa::path(
    put, path = "/w/api/v1/rating", tag = "widget", request_body = Rate,
    responses((status = 200, body = VisitorEntry), (status = "default", description = "unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body, score_invalid, text_too_long, rating_not_asked, id_reused", body = base::ProblemBody))
)]
pub async fn put_rating(ctx: Ctx<OwnThread>, Body(asked): Body<Rate>) -> Result<Json<VisitorEntry>, Problem> {
    ctx.write(move |tx, OwnThread { visitor, thread }| {
        Box::pin(async move {
            tx.app().throttle(&limit::MESSAGES_PER_VISITOR, &visitor.id.to_string())?;
            let entry = rate(tx, thread, asked).await?;
            VisitorEntry::of(&entry).map(Json).ok_or_else(|| refusal::NOT_FOUND.into())
        })
    })
    .await
}
