//! One embedded file as an answer: encoding, validator, lifetime.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::fmt::Write as _;

/// How long a browser may keep an answer without asking.
#[derive(Clone, Copy)]
pub enum Keep {
    /// Its name carries a hash of its bytes.
    Forever,
    /// The loader on foreign pages: one question in five minutes, not one for each page view.
    Shortly,
    /// Asked for each time; the answer is usually "not modified".
    Ask,
}

impl Keep {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Shortly => "public, max-age=300",
            Self::Ask => "no-cache",
        })
    }
}

/// Hex digits of the hash in a validator: 64 bits tell two builds apart.
const VALIDATOR_BYTES: usize = 8;

/// The file `path` of `Folder`, or `None` when the build has no such file.
pub fn answer<Folder: RustEmbed>(path: &str, request: &HeaderMap, keep: Keep) -> Option<Response> {
    // The compressed twins are no addresses of their own.
    if path.ends_with(".br") {
        return None;
    }
    let twin = Folder::get(&format!("{path}.br"));
    let is_packed = twin.is_some();
    let file = twin.or_else(|| Folder::get(path))?;
    let is_unpacked = is_packed && !accepts_brotli(request);
    let validator = validator(&file, is_unpacked);
    let mut response = if is_current(request, &validator) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if is_unpacked {
        Body::from(unpacked(&file.data)?).into_response()
    } else {
        Body::from(file.data).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, keep.header());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    if is_packed && !is_unpacked {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    if let Ok(value) = HeaderValue::from_str(&validator) {
        headers.insert(header::ETAG, value);
    }
    Some(response)
}

/// What is answered instead of a page when the binary was built without the web parts.
pub fn not_built() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "This build carries no web parts: run `make build`.\n").into_response()
}

/// For a program that reads no brotli, such as an old proxy: a text travels in the binary in its compressed form only.
fn unpacked(mut packed: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    brotli_decompressor::BrotliDecompress(&mut packed, &mut plain).ok()?;
    Some(plain)
}

/// The two forms of a file are two answers, each with its own validator.
fn validator(file: &EmbeddedFile, is_unpacked: bool) -> String {
    let mut text = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..VALIDATOR_BYTES] {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text + if is_unpacked { "-plain\"" } else { "\"" }
}

fn is_current(request: &HeaderMap, validator: &str) -> bool {
    let known = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // A proxy that compressed the answer weakens the validator with a "W/" before it.
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == validator)
}

fn accepts_brotli(request: &HeaderMap) -> bool {
    request
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .filter_map(|coding| match coding.split_once(';') {
            Some((name, weight)) => (!is_zero(weight)).then(|| name.trim()),
            None => Some(coding.trim()),
        })
        .any(|name| name.eq_ignore_ascii_case("br"))
}

fn is_zero(weight: &str) -> bool {
    weight.trim().strip_prefix("q=").is_some_and(|number| number.trim().parse() == Ok(0.0))
}

/// By the extension: these are our own files.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn brotli_is_sent_only_where_it_is_taken() {
        assert!(accepts_brotli(&accepting("gzip, deflate, br")));
        assert!(accepts_brotli(&accepting("gzip;q=0.8, BR;q=0.5")));
        assert!(!accepts_brotli(&accepting("gzip, br;q=0")));
        assert!(!accepts_brotli(&accepting("gzip, deflate")));
        assert!(!accepts_brotli(&HeaderMap::new()));
    }

    #[derive(RustEmbed)]
    #[folder = "tests/files"]
    struct Sample;

    #[tokio::test]
    async fn who_reads_no_brotli_gets_the_text_itself() {
        let packed = answer::<Sample>("sample.js", &accepting("br"), Keep::Ask).expect("a file");
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "br");
        let plain = answer::<Sample>("sample.js", &HeaderMap::new(), Keep::Ask).expect("a file");
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
        assert_eq!(plain.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
        assert_ne!(plain.headers()[header::ETAG], packed.headers()[header::ETAG]);

        let again = HeaderMap::from_iter([(header::IF_NONE_MATCH, plain.headers()[header::ETAG].clone())]);
        let unchanged = answer::<Sample>("sample.js", &again, Keep::Ask).expect("a file");
        assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
        let text = axum::body::to_bytes(plain.into_body(), 1_000).await.expect("a short script");
        assert_eq!(text, "console.info(\"hello\");\n");
        assert!(answer::<Sample>("sample.js.br", &HeaderMap::new(), Keep::Ask).is_none(), "no address of its own");
    }

    #[test]
    fn a_validator_is_found_in_a_list_and_behind_a_weak_mark() {
        let asked = |value| HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]);
        assert!(is_current(&asked(r#""aa", W/"bb""#), r#""bb""#));
        assert!(!is_current(&asked(r#""aa""#), r#""bb""#));
        assert!(!is_current(&HeaderMap::new(), r#""bb""#));
    }
}
