//! How a webhook of Meta's proves itself, and how it looks whether an address is ours.

use crate::{Delivery, Handshake};
use ring::hmac;
use std::collections::BTreeMap;

/// Of the raw bytes, in hex.
const SIGNATURE: &str = "x-hub-signature-256";
const BYTES: usize = 32;

/// The secrets are those of the app, of which two may hold while one takes the other's place.
pub(crate) fn is_genuine(delivery: &Delivery<'_>, secrets: &[Vec<u8>]) -> bool {
    let shown = (delivery.headers)(SIGNATURE).and_then(|shown| hex(shown.strip_prefix("sha256=")?));
    let Some(shown) = shown else { return false };
    secrets.iter().any(|secret| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        !secret.is_empty() && hmac::verify(&key, delivery.body, &shown).is_ok()
    })
}

pub(crate) fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if digits.len() != 2 * BYTES {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    digits.chunks(2).map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()).collect()
}

pub(crate) fn handshake(query: &BTreeMap<String, String>) -> Option<Handshake> {
    let subscribes = query.get("hub.mode").is_some_and(|mode| mode == "subscribe");
    let (shown, answer) = (query.get("hub.verify_token")?, query.get("hub.challenge")?);
    subscribes.then(|| Handshake { shown: shown.clone(), answer: answer.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn genuine(signature: Option<&str>, body: &[u8], secrets: &[&str]) -> bool {
        let secrets: Vec<_> = secrets.iter().map(|secret| secret.as_bytes().to_vec()).collect();
        let headers = |name: &str| signature.filter(|_| name == SIGNATURE);
        is_genuine(&Delivery { headers: &headers, body }, &secrets)
    }

    #[test]
    fn raw_bytes_are_signed_with_one_of_two_secrets() {
        let body = br#"{"text":"\u00e9 \/"}"#;
        let signed = |secret: &str| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
            let tag = hmac::sign(&key, body);
            format!("sha256={}", tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        };
        assert!(genuine(Some(&signed("old")), body, &["new", "old"]));
        assert!(genuine(Some(&signed("new")), body, &["new", "old"]));
        assert!(!genuine(Some(&signed("other")), body, &["new", "old"]));
        assert!(!genuine(Some(&signed("new")), b"{}", &["new"]), "other bytes");
        assert!(!genuine(Some(&signed("")), body, &[""]), "an empty secret is none");
        for odd in [None, Some(""), Some("sha256="), Some("sha1=00"), Some(&signed("new")[7..])] {
            assert!(!genuine(odd, body, &["new"]), "{odd:?}");
        }
        assert!(!genuine(Some(&format!("sha256={}", "é".repeat(32))), body, &["new"]));
    }

    #[test]
    fn a_look_at_the_address_shows_a_word_and_wants_another() {
        let query = |mode: &str| {
            [("hub.mode", mode), ("hub.challenge", "<b>1"), ("hub.verify_token", "t")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into()
        };
        assert_eq!(handshake(&query("subscribe")), Some(Handshake { shown: "t".into(), answer: "<b>1".into() }));
        assert_eq!(handshake(&query("other")), None);
        assert_eq!(handshake(&BTreeMap::new()), None);
    }
}
