//! A customer corrects or takes back what he wrote, as the other system tells.

use crate::access::NamedMessage;
use axum::{Json, http::StatusCode};
use base::{Body, Ctx, Problem};
use conversations::{EditEntry, edit_as_contact, remove_as_contact};
use ids::{EntryId, InboxId};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Corrected {
    pub id: EntryId,
    pub text: Option<String>,
    /// When it last changed.
    pub edited_at: Option<i64>,
}

/// Correct a customer's message
#[utoipa::path(
    patch, path = "/api/v1/inboxes/{inbox}/messages/{message}", tag = "api_inbox",
    params(("inbox" = InboxId, Path), ("message" = String, Path, description = "Our id, or the other system's own.")),
    request_body = EditEntry,
    responses((status = 200, body = Corrected), (status = "default", body = base::ProblemBody))
)]
pub async fn edit_posted_message(
    ctx: Ctx<NamedMessage>,
    Body(asked): Body<EditEntry>,
) -> Result<Json<Corrected>, Problem> {
    ctx.write(move |tx, NamedMessage { thread, entry }| {
        Box::pin(async move {
            let entry = edit_as_contact(tx, thread, entry, &asked.text).await?;
            Ok(Json(Corrected { id: entry.id, text: entry.text, edited_at: entry.edited_at }))
        })
    })
    .await
}

/// Remove a customer's message
#[utoipa::path(
    delete, path = "/api/v1/inboxes/{inbox}/messages/{message}", tag = "api_inbox",
    params(("inbox" = InboxId, Path), ("message" = String, Path, description = "Our id, or the other system's own.")),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_posted_message(ctx: Ctx<NamedMessage>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, NamedMessage { thread, entry }| Box::pin(remove_as_contact(tx, thread, entry))).await?;
    Ok(StatusCode::NO_CONTENT)
}
