//! A customer is writing, as the other system tells: passed on now or never.

use crate::access::AnyInbox;
use axum::http::StatusCode;
use base::{Body, Ctx, Problem};
use conversations::load_of_contact;
use ids::InboxId;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellTyping {
    /// The customer's `external_id`.
    pub contact: String,
    /// Ends by itself after 8 seconds; whoever types on repeats it.
    pub on: bool,
}

/// Tell that a customer is writing
#[utoipa::path(
    put, path = "/api/v1/inboxes/{inbox}/typing", tag = "api_inbox", params(("inbox" = InboxId, Path)),
    request_body = TellTyping,
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn tell_typing(ctx: Ctx<AnyInbox>, Body(asked): Body<TellTyping>) -> Result<StatusCode, Problem> {
    let app = ctx.app().clone();
    let found = ctx
        .read(move |tx, AnyInbox(caller)| {
            Box::pin(async move {
                let contact = contacts::called(tx, caller.inbox, &asked.contact).await?;
                let thread = match contact {
                    Some(contact) => load_of_contact(tx, caller.inbox, contact).await?,
                    None => None,
                };
                Ok((caller, thread))
            })
        })
        .await?;
    // Whoever has not written yet has no thread to be seen in.
    if let (caller, Some(thread)) = found {
        conversations::contact_types(&app, caller.workspace, &thread, caller.inbox.0, asked.on)?;
    }
    Ok(StatusCode::NO_CONTENT)
}
