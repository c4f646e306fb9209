//! The visitor's side of the website chat.
//!
//! A visitor is a browser that holds a capability: 256 random bits, stored hashed, for one contact in one inbox.
//! What must stay true: everything a visitor sees goes through the visitor's shapes of `conversations`.
//! Absent: identity claims; typing is in `conversations`, for both sides.

mod answers;
mod card;
mod config;
mod correct;
mod data;
mod file;
mod limit;
mod message;
mod page;
mod rating;
mod receipt;
mod thread;
mod visitor;

use axum::extract::{Request, State};
use base::{App, Feature, Problem};
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    ORIGIN_NOT_ALLOWED = 403 "origin_not_allowed";
    INBOX_DISABLED = 409 "inbox_disabled";
    /// `field` is asked for before the first message: `name`, `email`, `phone` or `consent`.
    PRE_CHAT_INCOMPLETE = 422 "pre_chat_incomplete";
    /// The text that the visitor agreed to is no longer the one that is asked about.
    CONSENT_OUTDATED = 409 "consent_outdated";
    VISITOR_NAME_INVALID = 422 "visitor_name_invalid";
    PHONE_INVALID = 422 "phone_invalid";
}

pub fn feature() -> Feature {
    Feature {
        name: "widget",
        routes: OpenApiRouter::new()
            .routes(routes!(config::widget_config))
            .routes(routes!(visitor::create_visitor))
            .routes(routes!(thread::visitor_thread))
            .routes(routes!(message::send_visitor_message))
            .routes(routes!(correct::edit_visitor_message, correct::remove_visitor_message))
            .routes(routes!(card::click_card))
            .routes(routes!(file::upload_visitor_file))
            .routes(routes!(file::download_visitor_file))
            .routes(routes!(file::preview_visitor_file))
            .routes(routes!(rating::put_rating))
            .routes(routes!(page::put_page))
            .routes(routes!(data::put_page_data))
            .routes(routes!(receipt::put_receipt))
            .route("/w/ws", axum::routing::any(socket)),
        authenticate: Some(|app, credentials| Box::pin(visitor::authenticate(app, credentials))),
        refusals: REFUSALS,
        throttles: &[
            limit::VISITORS_PER_ADDRESS,
            limit::MESSAGES_PER_VISITOR,
            limit::PAGES_PER_VISITOR,
            limit::UPLOADS_PER_ADDRESS,
            limit::UPLOADS_PER_VISITOR,
        ],
        ..Feature::default()
    }
}

async fn socket(State(app): State<App>, request: Request) -> Result<axum::response::Response, Problem> {
    base::stream::upgrade_visitor(app, request).await
}
