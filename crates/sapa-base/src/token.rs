//! Secrets that open something: 256 random bits, given out once, stored as their SHA-256.

use crate::Random;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

const TOKEN_BYTES: usize = 32;

/// The secret itself. It has no `Debug` and no `Serialize`, so that it cannot slip into a log.
pub struct Token([u8; TOKEN_BYTES]);

/// What the database keeps. A look-up by it needs no constant-time comparison: whoever can choose the hash's
/// prefix already knows the secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl Token {
    pub fn new(random: &Random) -> Self {
        Self(random.bytes())
    }

    /// Reads a token that somebody presents; anything of another length is none.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The text to hand out.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).into())
    }
}

impl From<TokenHash> for db::Value {
    fn from(hash: TokenHash) -> Self {
        Self::Blob(hash.0.to_vec())
    }
}
