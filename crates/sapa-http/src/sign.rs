//! Signatures by the Standard Webhooks specification (v1, symmetric): HMAC-SHA-256 over `id.timestamp.body`, base64,
//! with the prefix `v1,`; several stand beside each other with spaces while a secret is replaced.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::hmac;

const PREFIX: &str = "whsec_";
/// The specification asks for 24 to 64.
pub const SECRET_BYTES: usize = 32;

/// What both sides know. It has no `Debug`, so that it cannot slip into a log.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    pub fn new(random: [u8; SECRET_BYTES]) -> Self {
        Self(random.to_vec())
    }

    /// Reads `whsec_` and base64; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        STANDARD.decode(text.strip_prefix(PREFIX)?).ok().map(Self)
    }

    /// The text to show and to store.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }
}

/// The value of `webhook-signature`: one signature for each secret. `timestamp` is in seconds.
pub fn sign(secrets: &[Secret], id: &str, timestamp: i64, body: &[u8]) -> String {
    let content = [format!("{id}.{timestamp}.").as_bytes(), body].concat();
    let one = |secret: &Secret| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret.0);
        format!("v1,{}", STANDARD.encode(hmac::sign(&key, &content)))
    };
    secrets.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn the_published_example_is_signed_the_same() {
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
        let signature = sign(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_survives_its_text_and_two_sign_side_by_side() {
        let (old, new) = (Secret::new([1; SECRET_BYTES]), Secret::new([2; SECRET_BYTES]));
        let again = Secret::parse(&new.reveal()).expect("its own text");
        let both = sign(&[again, old.clone()], "out_1", 1, b"{}");
        let parts: Vec<_> = both.split(' ').collect();
        assert_eq!(parts, [sign(&[new], "out_1", 1, b"{}"), sign(&[old], "out_1", 1, b"{}")]);
        assert!(Secret::parse("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_none());
    }
}
