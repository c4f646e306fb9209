//! API inboxes: another system writes as its customers, and hears of our answers by webhook.
//!
//! What must stay true: an answer of success means that the message is kept; the same message twice is one; what the
//! other system does not tell, the thread does not show. Its guide is `docs/api-inbox.md`.
//! Absent: the inbox's settings, secret and tokens (`inboxes`); which changes are told and in which order
//! (`conversations::outbox`), how files that it names by their address come (`conversations::fetch`); reactions.

mod access;
mod correct;
mod file;
mod limit;
mod message;
mod outgoing;
mod profile;
mod read;
mod send;
mod status;
mod typing;

use base::Feature;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    INBOX_DISABLED = 409 "inbox_disabled";
    /// The same `external_id` with another content.
    MESSAGE_DIFFERS = 409 "message_differs";
    /// `field` is empty, longer than `max` characters, or has characters that it may not have.
    FIELD_INVALID = 422 "field_invalid";
    /// More than `max`, or one that is too long.
    ATTRIBUTES_INVALID = 422 "attributes_invalid";
    CREATED_AT_INVALID = 422 "created_at_invalid";
    /// No address of a file: `https://…`, without a user and a fragment.
    FILE_URL_INVALID = 422 "file_url_invalid";
    /// Not public, and the operator did not allow such.
    FILE_URL_PRIVATE = 422 "file_url_private";
}

const OUTSIDE_JOBS: &[&base::JobKind] = &[&send::SEND];

pub fn feature() -> Feature {
    Feature {
        name: "api_inbox",
        routes: OpenApiRouter::with_openapi(outgoing::Schemas::openapi())
            .routes(routes!(message::post_message))
            .routes(routes!(correct::edit_posted_message, correct::remove_posted_message))
            .routes(routes!(status::put_status))
            .routes(routes!(typing::tell_typing))
            .routes(routes!(read::tell_read))
            .routes(routes!(file::upload_inbox_file))
            .routes(routes!(file::download_inbox_file)),
        outside_jobs: OUTSIDE_JOBS,
        follows: &[send::FOLLOW],
        refusals: REFUSALS,
        throttles: &[limit::REQUESTS_PER_INBOX, limit::UPLOADS_PER_INBOX],
        ..Feature::default()
    }
}
