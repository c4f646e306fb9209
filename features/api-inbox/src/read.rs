//! Up to where a customer has read, as the other system tells: one mark instead of a status for each message.

use crate::access::{AnyInbox, entry_of};
use axum::http::StatusCode;
use base::{Body, Ctx, Problem, Tx, refusal};
use conversations::{lock_of_contact, place_of, still_queued};
use delivery::Receipt;
use ids::{EntryId, InboxId};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellRead {
    /// The customer's `external_id`.
    pub contact: String,
    /// Up to this message, included: our id, or the other system's own. Without it, up to the newest one.
    pub message: Option<String>,
}

async fn read(tx: &mut Tx<'_>, inbox: InboxId, asked: TellRead) -> Result<(), Problem> {
    let contact = contacts::called(tx, inbox, &asked.contact).await?.ok_or(refusal::NOT_FOUND)?;
    let thread = lock_of_contact(tx, inbox, contact).await?.ok_or(refusal::NOT_FOUND)?;
    let id = thread.conversation.id;
    let named = match &asked.message {
        None => thread.conversation.last_position,
        Some(name) => {
            let entry = match name.parse::<EntryId>() {
                Ok(entry) => entry,
                Err(_) => entry_of(tx, inbox, name).await?.ok_or(refusal::NOT_FOUND)?,
            };
            let place = place_of(tx, entry).await?.filter(|place| place.conversation == id);
            place.ok_or(refusal::NOT_FOUND)?.position
        }
    };
    // Nobody reads what was not sent yet.
    let position = still_queued(tx, id).await?.map_or(named, |queued| named.min(queued - 1));
    delivery::receive(tx, thread, Receipt { delivered: position, read: position }).await
}

/// Tell up to where a customer has read
#[utoipa::path(
    put, path = "/api/v1/inboxes/{inbox}/read", tag = "api_inbox", params(("inbox" = InboxId, Path)),
    request_body = TellRead,
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn tell_read(ctx: Ctx<AnyInbox>, Body(asked): Body<TellRead>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, AnyInbox(caller)| Box::pin(async move { read(tx, caller.inbox, asked).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}
