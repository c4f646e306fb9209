//! With what a visitor's browser asks: what its headers tell, and the country of its address.
//!
//! What must stay true: of a browser that asks not to be followed (Global Privacy Control, Do Not Track) nothing is made of
//! it. Nothing is decided by what a browser says of itself. The address itself is not kept.

use crate::user_agent;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, header, request::Parts},
};
use base::{App, client_address, user_agent as described};
use conversations::VisitorProfile;
use std::convert::Infallible;

const LANGUAGE_CHARACTERS: usize = 35;

/// Whoever asks, as an argument of a handler.
pub struct Asking {
    /// He does not want to be followed.
    pub is_private: bool,
    profile: VisitorProfile,
}

impl Asking {
    /// What may be kept of it, when it tells anything.
    pub fn profile(&self) -> Option<VisitorProfile> {
        let tells = !self.is_private && self.profile != VisitorProfile::default();
        tells.then(|| self.profile.clone())
    }
}

impl FromRequestParts<App> for Asking {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let (browser, system, device) = user_agent::read(&described(headers));
        let country = app.countries.of(&client_address(parts, app));
        let language = language(headers);
        let profile = VisitorProfile { browser, system, device, language, country, zone: None };
        Ok(Self { is_private: is_private(headers), profile })
    }
}

fn is_private(headers: &HeaderMap) -> bool {
    let says = |name: HeaderName| headers.get(name).is_some_and(|value| value == "1");
    says(HeaderName::from_static("sec-gpc")) || says(header::DNT)
}

/// The first of those that he prefers.
fn language(headers: &HeaderMap) -> Option<String> {
    let first = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?.split([',', ';']).next()?.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let fits = (2..=LANGUAGE_CHARACTERS).contains(&first.len()) && first.bytes().all(plain);
    fits.then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().expect("a value"))])
    }

    #[test]
    fn the_language_is_the_first_that_he_prefers() {
        let of = |value: &str| language(&headers("accept-language", value));
        assert_eq!(of("id-ID,id;q=0.9,en;q=0.8").as_deref(), Some("id-ID"));
        assert_eq!(of("en;q=0.5").as_deref(), Some("en"));
        assert_eq!((of("*"), of("<b>"), of(""), of(&"x".repeat(36))), (None, None, None, None));
    }

    #[test]
    fn who_asks_not_to_be_followed_is_not() {
        assert!(is_private(&headers("sec-gpc", "1")) && is_private(&headers("dnt", "1")));
        assert!(!is_private(&headers("dnt", "0")) && !is_private(&HeaderMap::new()));
    }
}
