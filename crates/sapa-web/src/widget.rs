//! The widget: the loader that foreign pages carry, and the frame that it opens.

use crate::asset::{self, Keep};
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use futures_util::future::BoxFuture;
use rust_embed::RustEmbed;
use serde::Deserialize;

/// What the outside may know of an inbox before it says anything.
pub struct PublicInbox {
    /// The chat is offered now.
    pub enabled: bool,
    /// Which sites may embed the frame; empty when every site may.
    pub allowed_sites: Vec<String>,
    /// Whether the page that asks is of such a site.
    pub allowed_here: bool,
    /// Whether it says something before anybody opens it.
    pub greets: bool,
}

/// Finds an inbox by its id as it stands in the address, for a page of an origin when it is known; `None` when there
/// is no such inbox.
pub type FindInbox<S> = fn(S, String, Option<String>) -> BoxFuture<'static, Option<PublicInbox>>;

#[derive(RustEmbed)]
#[folder = "../../web/widget/dist"]
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

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
    media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ";
const ANY_SITE: &str = "http: https:";
/// The loader of an inbox that is switched off or is not there: draws nothing, and tells whoever runs the site.
const NOTHING_TO_LOAD: &str = "console.info(\"Sapa: this inbox offers no chat now.\");\n";
/// The loader on a site that may not embed the frame: a launcher that opens a refused page would help nobody.
const NOT_HERE: &str = "console.warn(\"Sapa: no chat on \" + location.origin + \
    \". Add it to \\\"Allowed sites\\\" of the inbox.\");\n";

#[derive(Deserialize)]
struct LoaderQuery {
    inbox: Option<String>,
}

pub fn routes<S: Clone + Send + Sync + 'static>(find: FindInbox<S>) -> Router<S> {
    Router::new()
        .route(
            "/w.js",
            get(move |State(state): State<S>, Query(asked): Query<LoaderQuery>, headers: HeaderMap| async move {
                let found = match asked.inbox {
                    Some(inbox) => find(state, inbox, origin_of(&headers)).await,
                    None => None,
                };
                loader(found.filter(|inbox| inbox.enabled), &headers)
            }),
        )
        .route("/w/assets/{*path}", get(hashed))
        .route("/w/{inbox}", get(with_slash))
        .route(
            "/w/{inbox}/",
            get(move |State(state): State<S>, Path(inbox): Path<String>, headers: HeaderMap| async move {
                match find(state, inbox, None).await {
                    Some(inbox) => frame(&inbox.allowed_sites, &headers),
                    None => StatusCode::NOT_FOUND.into_response(),
                }
            }),
        )
}

/// The frame's own addresses are relative to the slash. The path stays as it was written: decoded, it could
/// begin with two slashes and lead to another host.
async fn with_slash(uri: Uri) -> Redirect {
    Redirect::permanent(&format!("{}/", uri.path()))
}

/// Of the page that carries the script. Browsers tell it unless the page forbids them to; then the frame's own policy
/// decides alone.
fn origin_of(headers: &HeaderMap) -> Option<String> {
    let uri: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))
}

fn loader(offered: Option<PublicInbox>, headers: &HeaderMap) -> Response {
    let instead = |script: &'static str| {
        let media_type = (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
        ([media_type, (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))], script).into_response()
    };
    let mut response = match offered {
        None => instead(NOTHING_TO_LOAD),
        Some(inbox) if !inbox.allowed_here => instead(NOT_HERE),
        Some(inbox) => {
            let name = if inbox.greets { "greeting.js" } else { "w.js" };
            asset::answer::<Dist>(name, headers, Keep::Shortly).unwrap_or_else(asset::not_built)
        }
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("referer"));
    // Foreign pages load it; those that isolate themselves ask for this word.
    allow_foreign_pages(&mut response);
    response
}

async fn hashed(Path(path): Path<String>, headers: HeaderMap) -> Response {
    asset::answer::<Dist>(&format!("frame/assets/{path}"), &headers, Keep::Forever)
        .unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn frame(sites: &[String], headers: &HeaderMap) -> Response {
    let mut response = asset::answer::<Dist>("frame/index.html", headers, Keep::Ask).unwrap_or_else(asset::not_built);
    let Ok(policy) = HeaderValue::from_str(&format!("{POLICY}{}", ancestors(sites))) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    allow_foreign_pages(&mut response);
    response
}

/// The sites as sources of the policy. A site is an origin and nothing that could end the directive.
fn ancestors(sites: &[String]) -> String {
    if sites.is_empty() {
        return ANY_SITE.to_owned();
    }
    let safe = |site: &&String| {
        site.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b',' | b'\'' | b'"'))
    };
    let sources: Vec<&str> = sites.iter().filter(safe).map(String::as_str).collect();
    if sources.is_empty() { "'none'".to_owned() } else { sources.join(" ") }
}

fn allow_foreign_pages(response: &mut Response) {
    const NAME: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(NAME, HeaderValue::from_static("cross-origin"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, extract::Request};
    use tower::ServiceExt;

    async fn ask(path: &str) -> Response {
        ask_from(path, None).await
    }

    async fn ask_from(path: &str, page: Option<&str>) -> Response {
        let find: FindInbox<()> = |(), inbox, site| {
            Box::pin(async move {
                let allowed_sites = match inbox.as_str() {
                    "inb_open" | "inb_off" => Vec::new(),
                    "inb_shop" => vec!["https://shop.example".into(), "https://evil.example; script-src *".into()],
                    _ => return None,
                };
                let allowed_here = site.is_none_or(|site| allowed_sites.is_empty() || allowed_sites.contains(&site));
                Some(PublicInbox { enabled: inbox != "inb_off", allowed_sites, allowed_here, greets: false })
            })
        };
        let mut request = Request::builder().uri(path);
        if let Some(page) = page {
            request = request.header(header::REFERER, page);
        }
        let request = request.body(Body::empty()).expect("a request");
        routes(find).with_state(()).oneshot(request).await.expect("an answer")
    }

    async fn ancestors_of(path: &str) -> String {
        let response = ask(path).await;
        let policy = response.headers().get(header::CONTENT_SECURITY_POLICY).expect("a policy").to_str().expect("text");
        policy.rsplit("frame-ancestors ").next().unwrap_or_default().to_owned()
    }

    #[tokio::test]
    async fn a_frame_names_the_sites_that_may_embed_it() {
        assert_eq!(ancestors_of("/w/inb_open/").await, "http: https:");
        assert_eq!(ancestors_of("/w/inb_shop/").await, "https://shop.example");
        assert_eq!(ask("/w/inb_none/").await.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn an_inbox_that_offers_no_chat_puts_nothing_on_the_page() {
        for asked in ["/w.js?inbox=inb_off", "/w.js?inbox=inb_none", "/w.js"] {
            let response = ask(asked).await;
            assert_eq!(response.status(), StatusCode::OK, "{asked}");
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-cache", "{asked}");
            let script = axum::body::to_bytes(response.into_body(), 1_000).await.expect("a short script");
            assert_eq!(script, NOTHING_TO_LOAD, "{asked}");
        }
        assert_ne!(
            ask("/w.js?inbox=inb_open").await.headers().get(header::CACHE_CONTROL),
            Some(&HeaderValue::from_static("no-cache"))
        );
    }

    #[tokio::test]
    async fn a_site_that_may_not_embed_the_frame_gets_no_launcher() {
        let is_refused = async |page: Option<&str>| {
            let response = ask_from("/w.js?inbox=inb_shop", page).await;
            assert!(response.headers().get_all(header::VARY).iter().any(|value| value == "referer"), "{page:?}");
            // A build without web parts says so instead of the loader, and nothing of caching.
            response.headers().get(header::CACHE_CONTROL).is_some_and(|value| value == "no-cache")
        };
        assert!(is_refused(Some("https://www.shop.example/")).await);
        assert!(is_refused(Some("http://shop.example/a?b=c")).await);
        assert!(!is_refused(Some("https://shop.example/cart")).await);
        assert!(!is_refused(None).await, "then the frame's policy decides");
    }

    #[tokio::test]
    async fn the_frame_has_one_address_and_old_hashes_are_gone() {
        for (asked, place) in [("/w/inb_open", "/w/inb_open/"), ("/w/%2F%2Fevil.example", "/w/%2F%2Fevil.example/")] {
            assert_eq!(ask(asked).await.headers().get(header::LOCATION).expect("a place"), place);
        }
        assert_eq!(ask("/w/assets/gone.js").await.status(), StatusCode::NOT_FOUND);
    }
}
