//! The visitor's side of the website chat.
//!
//! A visitor is a browser that holds a capability: 256 random bits, stored hashed, for one contact in one inbox.
//! What must stay true: everything a visitor sees goes through the visitor's shapes of `conversations`.
//! Who a visitor is, a website's signature proves and nothing else. Absent: typing is in `conversations`, for both sides.

mod answers;
mod attendance;
mod card;
mod client;
mod config;
mod correct;
mod data;
mod file;
mod here;
mod identity;
mod limit;
mod message;
mod page;
mod rating;
mod receipt;
mod statement;
mod thread;
mod upload;
mod user_agent;
mod visitor;

use axum::extract::{Request, State};
use base::{App, EventKind, Feature, Problem};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    ORIGIN_NOT_ALLOWED = 403 "origin_not_allowed";
    INBOX_DISABLED = 409 "inbox_disabled";
    /// `field` is asked for before the first message: `name`, `email`, `phone` or `consent`.
    PRE_CHAT_INCOMPLETE = 422 "pre_chat_incomplete";
    /// The text that the visitor agreed to is no longer the one that is asked about.
    CONSENT_OUTDATED = 409 "consent_outdated";
    /// The inbox has no key with which anybody could be proven.
    IDENTITY_KEY_MISSING = 409 "identity_key_missing";
    /// Not signed by a key of the inbox with HS256, or it does not name anybody.
    IDENTITY_INVALID = 422 "identity_invalid";
    IDENTITY_EXPIRED = 422 "identity_expired";
    /// `exp` is missing or more than `max_minutes` away.
    IDENTITY_TOO_LONG = 422 "identity_too_long";
    VISITOR_NAME_INVALID = 422 "visitor_name_invalid";
    PHONE_INVALID = 422 "phone_invalid";
}

pub use attendance::tell_attendance;

const EVENTS: &[&EventKind] = &[&identity::REPLACED, &attendance::ATTENDED];

pub fn feature() -> Feature {
    Feature {
        name: "widget",
        routes: OpenApiRouter::with_openapi(attendance::Schemas::openapi())
            .routes(routes!(config::widget_config))
            .routes(routes!(visitor::create_visitor))
            .routes(routes!(identity::identify_visitor, identity::forget_visitor))
            .routes(routes!(thread::visitor_thread))
            .routes(routes!(message::send_visitor_message))
            .routes(routes!(correct::edit_visitor_message, correct::remove_visitor_message))
            .routes(routes!(card::click_card))
            .routes(routes!(file::upload_visitor_file))
            .routes(routes!(upload::begin_visitor_upload, upload::append_visitor_upload))
            .routes(routes!(file::download_visitor_file))
            .routes(routes!(file::preview_visitor_file))
            .routes(routes!(rating::put_rating))
            .routes(routes!(page::put_page))
            .routes(routes!(page::put_zone))
            .routes(routes!(here::put_here, here::leave_here))
            .routes(routes!(here::put_invitation))
            .routes(routes!(data::put_page_data))
            .routes(routes!(receipt::put_receipt))
            .route("/w/ws", axum::routing::any(socket)),
        authenticate: Some(|app, credentials| Box::pin(visitor::authenticate(app, credentials))),
        events: EVENTS,
        event_shapes: attendance::SHAPES,
        tasks: &[attendance::run],
        refusals: REFUSALS,
        throttles: &[
            limit::VISITORS_PER_ADDRESS,
            limit::IDENTITIES_PER_ADDRESS,
            limit::MESSAGES_PER_VISITOR,
            limit::PAGES_PER_VISITOR,
            limit::SIGNS_PER_ADDRESS,
            limit::UPLOADS_PER_ADDRESS,
            limit::UPLOADS_PER_VISITOR,
            limit::UPLOAD_PARTS_PER_VISITOR,
        ],
        ..Feature::default()
    }
}

async fn socket(State(app): State<App>, request: Request) -> Result<axum::response::Response, Problem> {
    base::stream::upgrade_visitor(app, request).await
}
