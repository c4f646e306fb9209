//! How far one of our messages has come, as the other system tells: forward only.

use crate::access::NamedMessage;
use axum::Json;
use base::{Body, Ctx, Problem, refusal};
use conversations::{Delivery, Failure, set_delivery};
use ids::{EntryId, InboxId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is longer is cut: a reason is better than none.
const ERROR_CHARACTERS: usize = 300;
/// The code of a failure that the other system tells.
const REFUSED: &str = "refused";

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusWord {
    Sent,
    Delivered,
    Read,
    Failed,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutStatus {
    pub status: StatusWord,
    /// Why it failed, for the team; of what is longer than 300 characters the beginning is kept.
    pub error: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct DeliveryState {
    pub id: EntryId,
    /// Where it stands now: an older word than the last changes nothing.
    pub status: Delivery,
}

/// Tell how far a message has come
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/messages/{message}/status", tag = "api_inbox",
    params(("inbox" = InboxId, Path), ("message" = String, Path, description = "Our id.")),
    request_body = PutStatus,
    responses((status = 200, body = DeliveryState), (status = "default", body = base::ProblemBody))
)]
pub async fn put_status(ctx: Ctx<NamedMessage>, Body(asked): Body<PutStatus>) -> Result<Json<DeliveryState>, Problem> {
    let (came, failure) = match asked.status {
        StatusWord::Sent => (Delivery::Sent, None),
        StatusWord::Delivered => (Delivery::Delivered, None),
        StatusWord::Read => (Delivery::Read, None),
        StatusWord::Failed => (Delivery::Failed, Some(Failure { code: REFUSED, detail: reason(asked.error) })),
    };
    ctx.write(move |tx, NamedMessage { thread, entry }| {
        Box::pin(async move {
            let entry = set_delivery(tx, thread, entry, came, failure).await?.ok_or(refusal::NOT_FOUND)?;
            let status = entry.delivery.ok_or(refusal::NOT_FOUND)?;
            Ok(Json(DeliveryState { id: entry.id, status }))
        })
    })
    .await
}

fn reason(text: Option<String>) -> Option<String> {
    let plain: String = text?.chars().filter(|char| !char.is_control()).take(ERROR_CHARACTERS).collect();
    Some(plain.trim().to_owned()).filter(|text| !text.is_empty())
}
