//! The conversations of a contact, as far as the asking member may see them.

use crate::access::CanSee;
use axum::Json;
use base::{Ctx, Problem};
use conversations::{ConversationItem, record_of_contact};
use ids::ContactId;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct ContactConversations {
    /// Newest activity first; of those with whoever was merged into him too.
    pub items: Vec<ConversationItem>,
    /// Follow the stream from here.
    pub position: i64,
}

/// List a contact's conversations
///
/// Those that the caller may see, without those of inboxes that are no part of the record, unless he has them in hand or may
/// see all.
#[utoipa::path(
    get, path = "/api/v1/contacts/{contact}/conversations", tag = "contacts", params(("contact" = ContactId, Path)),
    responses((status = 200, body = ContactConversations), (status = "default", body = base::ProblemBody))
)]
pub async fn list_contact_conversations(ctx: Ctx<CanSee>) -> Result<Json<ContactConversations>, Problem> {
    ctx.read(|tx, CanSee { member, known, position, .. }| {
        Box::pin(async move {
            Ok(Json(ContactConversations { items: record_of_contact(tx, &member, known.id).await?, position }))
        })
    })
    .await
}
