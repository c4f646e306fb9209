//! E-mail addresses as people write them, and the form in which two are compared.

use crate::EMAIL_INVALID;
use base::Problem;

/// RFC 5321, 4.5.3.1.
const EMAIL_BYTES: usize = 254;
const LOCAL_PART_BYTES: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// As it was written.
    pub text: String,
    /// In lower case: two members never differ by capitals alone.
    pub key: String,
}

impl Email {
    /// Takes what a mail server may know. Whether it exists is seen when the invited person arrives.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let fits = text.len() <= EMAIL_BYTES && !text.chars().any(|c| c.is_whitespace() || c.is_control());
        let parts = text.rsplit_once('@').filter(|(local, domain)| {
            (1..=LOCAL_PART_BYTES).contains(&local.len())
                && !local.contains('@')
                && domain.split('.').all(|label| !label.is_empty())
        });
        if !fits || parts.is_none() {
            return Err(EMAIL_INVALID.into());
        }
        Ok(Self { text: text.to_owned(), key: key(text) })
    }
}

/// The compared form of any text, so that an address that cannot be is looked up like every other.
pub(crate) fn key(text: &str) -> String {
    text.trim().to_lowercase().chars().take(EMAIL_BYTES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_as_written_and_compared_in_lower_case() {
        let email = Email::parse("  Sari.Dewi@Toko.Example ").expect("an address");
        assert_eq!((email.text.as_str(), email.key.as_str()), ("Sari.Dewi@Toko.Example", "sari.dewi@toko.example"));
        assert!(Email::parse("a@localhost").is_ok() && Email::parse("ü@büro.example").is_ok());
        let long = format!("{}@x.example", "a".repeat(65));
        for wrong in
            ["", "a", "@x.example", "a@", "a@b@c", "a b@c.example", "a@x..example", "a@.example", "a\0@b", &long]
        {
            assert!(Email::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
