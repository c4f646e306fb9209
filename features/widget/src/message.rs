//! A visitor's message.

use crate::{
    client::Asking,
    limit,
    page::{self, SentTrail},
    visitor::{BLOCKED, WritingVisitor, is_still},
};
use axum::{Json, http::StatusCode};
use base::{Body, Ctx, Problem, refusal};
use conversations::{Ack, Arrival, Message, Received, Uploader, receive};
use ids::{EntryId, FileId};
use inboxes::Channel;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendVisitorMessage {
    /// Made by the widget (UUIDv7); the same id twice is one message.
    pub id: EntryId,
    /// May be empty when files are sent.
    pub text: String,
    #[serde(default)]
    pub file_ids: Vec<FileId>,
    /// A message of the thread that this one answers.
    pub quote: Option<EntryId>,
    /// The way that led to it, where it begins a session.
    pub trail: Option<SentTrail>,
}

/// Send a message as a visitor
#[utoipa::path(
    post, path = "/w/api/v1/messages", tag = "widget", request_body = SendVisitorMessage,
    responses((status = 201, body = Ack), (status = "default", body = base::ProblemBody))
)]
pub async fn send_visitor_message(
    ctx: Ctx<WritingVisitor>,
    asking: Asking,
    Body(asked): Body<SendVisitorMessage>,
) -> Result<(StatusCode, Json<Ack>), Problem> {
    let now = ctx.app().clock.now();
    let invitation = asked.trail.as_ref().and_then(|trail| trail.invitation);
    let trail = asked.trail.map(|trail| trail.checked(now)).unwrap_or_default();
    let message = Message { quote: asked.quote, ..Message::new(asked.id, &asked.text, asked.file_ids)? };
    let receipt = ctx
        .write(move |tx, WritingVisitor(visitor)| {
            Box::pin(async move {
                tx.app().throttle(&limit::MESSAGES_PER_VISITOR, &visitor.id.to_string())?;
                let received = Received {
                    inbox: visitor.inbox,
                    channel: Channel::Website,
                    contact: visitor.contact,
                    profile: None,
                    uploader: Uploader::Visitor(visitor.id),
                    trail: page::allowed(tx, visitor.inbox, trail, invitation, asking).await?,
                    message,
                    remote: Vec::new(),
                    unsupported: None,
                };
                let arrival = receive(tx, received).await?;
                // Who proved himself since he was recognized has another thread, and would never see the one that began.
                if matches!(arrival, Arrival::Begun(_)) && !is_still(tx, &visitor).await? {
                    return Err(refusal::UNAUTHENTICATED.into());
                }
                Ok(arrival)
            })
        })
        .await?;
    match receipt {
        Arrival::Stored(ack) | Arrival::Begun(ack) => Ok((StatusCode::CREATED, Json(ack))),
        Arrival::Refused => Err(BLOCKED.into()),
    }
}
