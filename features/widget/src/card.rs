//! A visitor opens the link of a card.

use crate::{correct::MyThread, limit};
use axum::http::StatusCode;
use base::{Ctx, Problem};
use conversations::click;
use ids::EntryId;

/// Tell that the link of a card was opened
#[utoipa::path(
    put, path = "/w/api/v1/messages/{message}/click", tag = "widget", params(("message" = EntryId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn click_card(ctx: Ctx<MyThread>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, MyThread { visitor, thread, entry }| {
        Box::pin(async move {
            tx.app().throttle(&limit::MESSAGES_PER_VISITOR, &visitor.id.to_string())?;
            click(tx, thread, entry).await
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
