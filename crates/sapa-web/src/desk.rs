//! The desk: hashed files under `/assets/`, and its page for every other address.

use crate::asset::{self, Keep};
use axum::{
    Router,
    extract::{Path, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/desk/dist"]
#[exclude = "*.map*"]
// What has a compressed twin (web/scripts/compress.mjs) travels as that alone.
#[exclude = "*.js"]
#[exclude = "*.css"]
#[exclude = "*.html"]
#[exclude = "*.svg"]
#[exclude = "*.json"]
#[exclude = "*.webmanifest"]
#[exclude = "*.txt"]
#[allow_missing = true]
struct Dist;

/// Nothing but our own files, no inline code or style, and no string ever becomes markup except through the
/// one policy of the framework, which only sees its own compiled templates.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
    media-src 'self' blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), payment=(), usb=()",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
];

pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{*path}", get(hashed)).fallback(page)
}

async fn hashed(Path(path): Path<String>, headers: HeaderMap) -> Response {
    // A hash that this build does not know is gone: the page must not be taken for a script.
    asset::answer::<Dist>(&format!("assets/{path}"), &headers, Keep::Forever)
        .unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// A file at the root, such as the icon, or else the page: which view an address means is the desk's business. Only
/// who reads pages gets it: a probe of a guessed address must not be told that all is well.
async fn page(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let file = asset::answer::<Dist>(path, request.headers(), Keep::Ask);
    let mut response = match file {
        Some(file) => file,
        None if path.is_empty() || reads_pages(request.headers()) => {
            asset::answer::<Dist>("index.html", request.headers(), Keep::Ask).unwrap_or_else(asset::not_built)
        }
        None => StatusCode::NOT_FOUND.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn reads_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|line| line.split(',')).any(|one| one.trim_start().starts_with("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use tower::ServiceExt;

    async fn ask(method: Method, path: &str) -> Response {
        let request = Request::builder().method(method).uri(path).header(header::ACCEPT, "text/html,*/*;q=0.8");
        let request = request.body(Body::empty()).expect("a request");
        routes::<()>().with_state(()).oneshot(request).await.expect("an answer")
    }

    #[tokio::test]
    async fn every_address_runs_under_the_policy() {
        for path in ["/", "/conversations/cnv_1", "/../../etc/passwd"] {
            let response = ask(Method::GET, path).await;
            let policy = response.headers().get(header::CONTENT_SECURITY_POLICY).expect("a policy");
            let policy = policy.to_str().expect("text");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
            assert!(policy.contains("frame-ancestors 'none'") && policy.contains("require-trusted-types-for"));
        }
    }

    #[tokio::test]
    async fn a_probe_of_a_guessed_address_finds_nothing() {
        for path in ["/ready", "/health/live"] {
            let request = Request::builder().uri(path).header(header::ACCEPT, "*/*").body(Body::empty());
            let answer = routes::<()>().with_state(()).oneshot(request.expect("a request")).await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test]
    async fn unknown_hashes_and_changes_are_refused() {
        assert_eq!(ask(Method::GET, "/assets/gone-123.js").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ask(Method::POST, "/anything").await.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}
