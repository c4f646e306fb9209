//! The demo shop: one page under a strict policy of its own, as a careful website would have it.

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use base::{App, Token};
use ids::InboxId;

const PAGE: &str = include_str!("../../demo/shop.html");
const STYLE: &str = include_str!("../../demo/shop.css");
const ICON: &str = include_str!("../../demo/icon.svg");

pub fn routes(inbox: InboxId) -> Router<App> {
    Router::new()
        .route("/demo", get(move |State(app): State<App>| async move { page(&app, inbox) }))
        .route("/demo/", get(|| async { Redirect::permanent("/demo") }))
        .route("/demo/shop.css", get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route("/demo/icon.svg", get(|| async { file("image/svg+xml", ICON) }))
}

fn page(app: &App, inbox: InboxId) -> Response {
    let nonce = Token::new(&app.random).reveal();
    // The widget needs two of these: its script, by the nonce, and its frame.
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'nonce-{nonce}'; img-src 'self'; \
         frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let mut response = Html(PAGE.replace("{{nonce}}", &nonce).replace("{{inbox}}", &inbox.to_string())).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn file(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))], text)
}
