//! The widget tells what it received and showed.

use crate::visitor::AnyVisitor;
use axum::http::StatusCode;
use base::{Body, Ctx, Problem};
use conversations::lock_of_contact;
use delivery::Receipt;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutReceipt {
    /// The position of the newest message received.
    pub delivered: i64,
    /// The position of the newest message seen.
    pub read: i64,
}

/// Tell what was received and read
#[utoipa::path(
    put, path = "/w/api/v1/receipt", tag = "widget", request_body = PutReceipt,
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn put_receipt(ctx: Ctx<AnyVisitor>, Body(asked): Body<PutReceipt>) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, AnyVisitor(visitor)| {
        Box::pin(async move {
            let Some(thread) = lock_of_contact(tx, visitor.inbox, visitor.contact).await? else { return Ok(()) };
            if thread.conversation.block.is_some() {
                return Ok(());
            }
            delivery::receive(tx, thread, Receipt { delivered: asked.delivered, read: asked.read }).await
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
