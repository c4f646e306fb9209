//! What the contact of a conversation agreed to before his first message.

use crate::access::CanRead;
use axum::Json;
use base::{Ctx, Problem};
use contacts::{GivenConsent, consents};
use ids::ConversationId;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct ConsentList {
    /// Newest first.
    pub items: Vec<GivenConsent>,
}

/// List what the contact agreed to
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/consents", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ConsentList), (status = "default", description = "unauthenticated, not_found", body = base::ProblemBody))
)]
pub async fn list_consents(ctx: Ctx<CanRead>) -> Result<Json<ConsentList>, Problem> {
    ctx.read(|tx, permit| {
        Box::pin(async move {
            let conversation = &permit.thread.conversation;
            let items = consents(tx, conversation.contact.id, conversation.inbox_id).await?;
            Ok(Json(ConsentList { items }))
        })
    })
    .await
}
