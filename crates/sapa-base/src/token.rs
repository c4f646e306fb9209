//! Secrets that open something: 256 random bits, given out once, stored as their SHA-256.

use crate::Random;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

const TOKEN_BYTES: usize = 32;
/// What the tokens of members begin with, so that whoever looks for secrets that were given away finds them.
const MARK: &str = "sapa_";
/// The first bytes of its hash stand behind a marked token: what was mistyped, or only looks like one, is none.
const CHECK_BYTES: usize = 4;

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

    /// Reads one that [`Self::reveal_marked`] wrote.
    pub fn parse_marked(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(MARK)?).ok()?;
        let (token, check) = bytes.split_at_checked(TOKEN_BYTES)?;
        let token = Self(token.try_into().ok()?);
        (check == token.check()).then_some(token)
    }

    /// The text to hand out.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The text to hand out, with its mark and its check: `sapa_` and 48 letters, digits, `-` or `_`.
    pub fn reveal_marked(&self) -> String {
        MARK.to_owned() + &URL_SAFE_NO_PAD.encode([&self.0[..], &self.check()].concat())
    }

    fn check(&self) -> [u8; CHECK_BYTES] {
        let [a, b, c, d, ..] = self.hash().0;
        [a, b, c, d]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_token_is_read_as_it_was_written_and_nothing_else_is_one() {
        let token = Token::new(&Random::seeded(1));
        let text = token.reveal_marked();
        assert!(text.starts_with("sapa_") && text.len() == 53, "{text}");
        assert!(Token::parse_marked(&text).is_some_and(|read| read.hash() == token.hash()));
        // Neither kind is taken for the other.
        assert!(Token::parse(&text).is_none() && Token::parse_marked(&token.reveal()).is_none());
        let last = if text.ends_with('A') { "B" } else { "A" };
        for wrong in
            [format!("{}{last}", &text[..52]), text[..52].to_owned(), text.replace("sapa_", ""), "sapa_".into()]
        {
            assert!(Token::parse_marked(&wrong).is_none(), "{wrong}");
        }
    }
}
