//! Secrets of others that must be kept to be used, such as a bot's token: sealed with a key that the database does not
//! hold, so that whoever has the database alone, or a copy of it, has none of them.
//!
//! What must stay true: what is sealed for one thing opens for no other; whatever is wrong with it opens nothing. The
//! first key seals and all of them open, so that a new one can be put before the old.

use crate::Random;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const KEY_BYTES: usize = 32;
/// How a key is told from others, in what it sealed.
const NAME_BYTES: usize = 4;

/// Cheap to clone.
#[derive(Clone)]
pub struct Keys(Arc<Vec<Key>>);

struct Key {
    name: [u8; NAME_BYTES],
    key: LessSafeKey,
}

impl Key {
    fn new(bytes: [u8; KEY_BYTES]) -> Option<Self> {
        let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(bytes).into();
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).ok()?);
        Some(Self { name: [a, b, c, d], key })
    }
}

impl Keys {
    /// A text with a new key.
    pub fn fresh(random: &Random) -> String {
        STANDARD.encode(random.bytes::<KEY_BYTES>()) + "\n"
    }

    /// One key a line, in base64; empty lines and those that begin with `#` say nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys =
            lines.map(|line| Key::new(STANDARD.decode(line).ok()?.try_into().ok()?)).collect::<Option<Vec<_>>>()?;
        if keys.is_empty() { None } else { Some(Self(Arc::new(keys))) }
    }

    /// `about` says what the secret is for.
    pub fn seal(&self, random: &Random, about: &str, secret: &str) -> Option<Vec<u8>> {
        let Key { name, key } = self.0.first()?;
        let nonce = random.bytes::<NONCE_LEN>();
        let mut sealed = secret.as_bytes().to_vec();
        let aad = Aad::from(about.as_bytes());
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).ok()?;
        Some([&name[..], &nonce, &sealed].concat())
    }

    /// What was sealed about the same.
    pub fn open(&self, about: &str, sealed: &[u8]) -> Option<String> {
        let (name, rest) = sealed.split_at_checked(NAME_BYTES)?;
        let (nonce, rest) = rest.split_at_checked(NONCE_LEN)?;
        let nonce: [u8; NONCE_LEN] = nonce.try_into().ok()?;
        let Key { key, .. } = self.0.iter().find(|key| key.name == name)?;
        let mut bytes = rest.to_vec();
        let aad = Aad::from(about.as_bytes());
        let opened = key.open_in_place(Nonce::assume_unique_for_key(nonce), aad, &mut bytes).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_for_the_same_only() {
        let random = Random::seeded(1);
        let (old, new) = (Keys::fresh(&random), Keys::fresh(&random));
        let keys = |text: &str| Keys::parse(text).expect("keys");
        let sealed = keys(&old).seal(&random, "inb_1", "7:secret").expect("a box");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        let both = keys(&format!("# since May\n{new}\n{old}"));
        assert_eq!(both.open("inb_1", &sealed).as_deref(), Some("7:secret"));
        assert_eq!(both.open("inb_2", &sealed), None);
        assert_eq!(keys(&new).open("inb_1", &sealed), None);
        let mut touched = sealed.clone();
        *touched.last_mut().expect("a byte") ^= 1;
        assert!(both.open("inb_1", &touched).is_none() && both.open("inb_1", b"short").is_none());
        let again = both.seal(&random, "inb_1", "7:secret").expect("a box");
        assert!(keys(&new).open("inb_1", &again).is_some() && again != sealed);
        assert!(Keys::parse("").is_none() && Keys::parse("c2hvcnQ=").is_none() && Keys::parse("no base64").is_none());
    }
}
