//! A visitor rates the session that a member closed.

use crate::{
    limit,
    visitor::{BLOCKED, WritingVisitor},
};
use axum::Json;
use base::{Body, Ctx, Problem, refusal};
use conversations::{Rate, VisitorEntry, lock_of_contact, rate};

/// Rate the closed session
#[utoipa::path(
    put, path = "/w/api/v1/rating", tag = "widget", request_body = Rate,
    responses((status = 200, body = VisitorEntry), (status = "default", description = "unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body, score_invalid, text_too_long, rating_not_asked, id_reused", body = base::ProblemBody))
)]
pub async fn put_rating(ctx: Ctx<WritingVisitor>, Body(asked): Body<Rate>) -> Result<Json<VisitorEntry>, Problem> {
    ctx.write(move |tx, WritingVisitor(visitor)| {
        Box::pin(async move {
            tx.app().throttle(&limit::MESSAGES_PER_VISITOR, &visitor.id.to_string())?;
            let thread = lock_of_contact(tx, visitor.inbox, visitor.contact).await?.ok_or(refusal::NOT_FOUND)?;
            if thread.conversation.block.is_some() {
                return Err(BLOCKED.into());
            }
            let entry = rate(tx, thread, asked).await?;
            VisitorEntry::of(&entry).map(Json).ok_or_else(|| refusal::NOT_FOUND.into())
        })
    })
    .await
}
