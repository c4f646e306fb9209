//! What a website's server signs of a visitor: a JSON Web Token (RFC 7519) with HMAC-SHA-256 and the inbox's key.
//!
//! What must stay true: nothing of it is believed before its signature was compared, in constant time; HS256 is the only
//! algorithm, whatever the token says of itself; one without an end, or with one far away, is none.

use crate::{IDENTITY_EXPIRED, IDENTITY_INVALID, IDENTITY_TOO_LONG, answers::phone};
use base::{Ms, Problem, name};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use contacts::{Person, Profile};
use conversations::{PageData, checked_data};
use ids::InboxId;
use people::Email;
use ring::hmac;
use serde::{Deserialize, de::DeserializeOwned};

const TOKEN_BYTES: usize = 4_096;
const SUBJECT_CHARACTERS: usize = 200;
const NAME_CHARACTERS: usize = 100;
/// A token lies open in a page, its browser's cache and whatever logs it. It is used within seconds, because the frame
/// loads as soon as it has one; the rest is for clocks that differ.
const LONGEST_MINUTES: i64 = 15;

#[derive(Deserialize)]
struct Header {
    alg: String,
    /// What a reader must understand, and we do not.
    crit: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Claims {
    sub: Option<String>,
    /// Seconds, perhaps with a fraction.
    exp: Option<f64>,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// What the site calls so, whatever it is.
    data: Option<serde_json::Value>,
}

/// Who the token says that the visitor is, when one of the keys signed it and it holds now. Of what else it says only
/// what can be used is taken.
pub(crate) fn read(token: &str, keys: &[String], inbox: InboxId, now: Ms) -> Result<Person, Problem> {
    let parts: Vec<_> = token.split('.').collect();
    let ([header, claims, signature], true) = (parts.as_slice(), token.len() <= TOKEN_BYTES) else {
        return Err(IDENTITY_INVALID.into());
    };
    let head: Header = decoded(header)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| IDENTITY_INVALID)?;
    let signed = format!("{header}.{claims}");
    let by = |key: &String| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
        hmac::verify(&key, signed.as_bytes(), &signature).is_ok()
    };
    if head.alg != "HS256" || head.crit.is_some() || !keys.iter().any(by) {
        return Err(IDENTITY_INVALID.into());
    }
    let Claims { sub, exp, name: called, email, phone: number, data } = decoded(claims)?;
    let ends_at = exp.map(|seconds| (seconds * 1_000.0) as Ms);
    match ends_at {
        Some(at) if at <= now => return Err(IDENTITY_EXPIRED.into()),
        Some(at) if at <= now + LONGEST_MINUTES * 60_000 => {}
        _ => return Err(IDENTITY_TOO_LONG.with("max_minutes", LONGEST_MINUTES)),
    }
    let external_id = sub.ok_or(IDENTITY_INVALID)?;
    // Nothing is cut off: what differs in a blank only is somebody else.
    if name(&external_id, SUBJECT_CHARACTERS, IDENTITY_INVALID)? != external_id {
        return Err(IDENTITY_INVALID.into());
    }
    Ok(Person {
        inbox,
        external_id,
        signed: Profile {
            name: called.and_then(|text| name(&text, NAME_CHARACTERS, IDENTITY_INVALID).ok()),
            email: email.and_then(|text| Email::parse(&text).ok()).map(|email| email.text),
            phone: number.and_then(|text| phone(text.trim()).ok()),
        },
        data: data.and_then(|data| checked_data(in_texts(&data)?).ok()),
    })
}

/// Its values that are texts, numbers, or yes and no.
fn in_texts(data: &serde_json::Value) -> Option<PageData> {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(_) | serde_json::Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    Some(data.as_object()?.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect())
}

fn decoded<T: DeserializeOwned>(part: &str) -> Result<T, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| IDENTITY_INVALID)?;
    serde_json::from_slice(&bytes).map_err(|_| IDENTITY_INVALID.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::Uuid;
    use serde_json::{Value, json};

    const NOW: Ms = 1_700_000_000_000;

    fn token(header: &Value, claims: &Value, key: &str) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes())))
    }

    fn tried(header: Value, claims: Value, key: &str) -> Result<Person, &'static str> {
        let keys = ["new".to_owned(), "old".to_owned()];
        read(&token(&header, &claims, key), &keys, InboxId(Uuid::nil()), NOW).map_err(|problem| problem.refusal().code)
    }

    fn hs256() -> Value {
        json!({ "alg": "HS256", "typ": "JWT" })
    }

    #[test]
    fn what_is_signed_is_read() {
        let exp = NOW / 1_000 + 300;
        let claims = json!({ "sub": "4711", "exp": exp, "name": "Sari", "email": "Sari@shop.example", "more": [1] });
        let person = tried(hs256(), claims, "old").expect("a person");
        assert_eq!((person.external_id.as_str(), person.signed.name.as_deref()), ("4711", Some("Sari")));
        assert_eq!((person.signed.email.as_deref(), person.signed.phone), (Some("Sari@shop.example"), None));
        assert_eq!(person.data, None);
        let data = json!({ "plan": "gold", "orders": 12, "vip": true, "odd": [1], "": "x" });
        let named = json!({ "sub": "1", "exp": exp, "data": data });
        assert_eq!(tried(hs256(), named, "new").expect("a person").data, None, "as a whole or not at all");
        let data = json!({ "plan": "gold", "orders": 12, "vip": true, "odd": [1] });
        let kept = tried(hs256(), json!({ "sub": "1", "exp": exp, "data": data }), "new").expect("a person").data;
        let kept: Vec<_> = kept.expect("data").into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(kept, ["orders=12", "plan=gold", "vip=true"]);
        let odd = json!({ "sub": "1", "exp": exp as f64 + 0.5, "email": "none", "phone": "call me", "name": " " });
        let person = tried(hs256(), odd, "new").expect("a person");
        assert_eq!(person.signed, Profile::default(), "what cannot be used is left out");
    }

    #[test]
    fn what_nobody_signed_or_holds_too_long_is_refused() {
        let until = |seconds: i64| json!({ "sub": "1", "exp": NOW / 1_000 + seconds });
        assert!(tried(hs256(), until(1), "new").is_ok() && tried(hs256(), until(900), "new").is_ok());
        for (header, claims, key, code) in [
            (hs256(), until(60), "another", "identity_invalid"),
            (json!({ "alg": "none" }), until(60), "new", "identity_invalid"),
            (json!({ "alg": "HS512" }), until(60), "new", "identity_invalid"),
            (json!({ "alg": "HS256", "crit": ["b64"] }), until(60), "new", "identity_invalid"),
            (json!({}), until(60), "new", "identity_invalid"),
            (hs256(), until(0), "new", "identity_expired"),
            (hs256(), until(-1), "new", "identity_expired"),
            (hs256(), until(901), "new", "identity_too_long"),
            (hs256(), json!({ "sub": "1" }), "new", "identity_too_long"),
            (hs256(), json!({ "sub": "1", "exp": 1e300 }), "new", "identity_too_long"),
            (hs256(), json!({ "exp": NOW / 1_000 + 60 }), "new", "identity_invalid"),
            (hs256(), json!({ "exp": NOW / 1_000 + 60, "sub": 42 }), "new", "identity_invalid"),
            (hs256(), json!({ "exp": NOW / 1_000 + 60, "sub": " " }), "new", "identity_invalid"),
            (hs256(), json!({ "exp": NOW / 1_000 + 60, "sub": "1 " }), "new", "identity_invalid"),
            (hs256(), json!({ "exp": NOW / 1_000 + 60, "sub": "1\u{202e}" }), "new", "identity_invalid"),
            (hs256(), json!({ "exp": NOW / 1_000 + 60, "sub": "x".repeat(201) }), "new", "identity_invalid"),
        ] {
            let shown = format!("{header} {claims} {key}");
            assert_eq!(tried(header, claims, key).err(), Some(code), "{shown}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let keys = ["new".to_owned()];
        let good = token(&hs256(), &json!({ "sub": "1", "exp": NOW / 1_000 + 60 }), "new");
        let unsigned = good.rsplit_once('.').map(|(signed, _)| format!("{signed}.")).expect("three parts");
        let wrong = [String::new(), "a.b".into(), "..".into(), format!("{good}.x"), format!("{good}="), unsigned];
        for text in wrong.iter().chain([&"x".repeat(TOKEN_BYTES + 1)]) {
            assert!(read(text, &keys, InboxId(Uuid::nil()), NOW).is_err(), "{text}");
        }
        assert!(read(&good, &[], InboxId(Uuid::nil()), NOW).is_err(), "without a key nobody is proven");
    }
}
