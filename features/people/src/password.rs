//! Passwords: argon2id with the parameters that OWASP names (19 MiB, 2 passes, 1 lane), always away from the
//! request path and never inside a transaction.

use crate::{PASSWORD_COMMON, PASSWORD_TOO_LONG, PASSWORD_TOO_SHORT};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use base::{App, Problem, refusal};
use std::{collections::HashSet, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

const CHARACTERS_MIN: usize = 8;
const CHARACTERS_MAX: usize = 128;
const SALT_BYTES: usize = 16;
/// Rows of keys and letters along which fingers walk, either way and round again.
const WALKS: [&str; 5] = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// Words with which lists of stolen passwords begin, whatever signs and digits follow.
const FIRST_TRIED: [&str; 16] = [
    "admin",
    "administrator",
    "baseball",
    "changeme",
    "football",
    "iloveyou",
    "katasandi",
    "letmein",
    "password",
    "passw0rd",
    "princess",
    "qwerty",
    "rahasia",
    "sunshine",
    "superman",
    "welcome",
];
/// Each one at work holds 19 MiB and a core.
const AT_ONCE: usize = 4;
/// After this a request hears that the server is too busy.
const WAIT: Duration = Duration::from_secs(10);
/// Stands in for the hash of nobody, so that an unknown address costs the same time. No password opens it.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FwYS1ub2JvZHktc2FsdA$c2FwYSBoYXMgbm8gcGFzc3dvcmQgZm9yIHRoaXMgbm8";

/// A password that may be set. It has no `Debug`, so that it cannot slip into a log.
pub struct Password(String);

impl Password {
    pub fn new(text: String) -> Result<Self, Problem> {
        match text.chars().count() {
            ..CHARACTERS_MIN => Err(PASSWORD_TOO_SHORT.with("min", CHARACTERS_MIN)),
            CHARACTERS_MIN..=CHARACTERS_MAX if is_first_tried(&text) => Err(PASSWORD_COMMON.into()),
            CHARACTERS_MIN..=CHARACTERS_MAX => Ok(Self(text)),
            _ => Err(PASSWORD_TOO_LONG.with("max", CHARACTERS_MAX)),
        }
    }
}

/// One that guessing begins with: one or two signs over and over, a walk over keys, a word of a list with digits behind it.
/// NIST SP 800-63B, 3.1.1.2, asks that these are refused, and for no rule about kinds of characters.
fn is_first_tried(text: &str) -> bool {
    let lower = text.to_lowercase();
    let kinds: HashSet<char> = lower.chars().collect();
    let backwards: String = lower.chars().rev().collect();
    let walks = |row: &&str| {
        let round = row.repeat(2 + lower.len() / row.len());
        round.contains(&lower) || round.contains(&backwards)
    };
    let word = lower.trim_end_matches(|sign: char| !sign.is_alphabetic());
    kinds.len() <= 2 || WALKS.iter().any(walks) || FIRST_TRIED.contains(&word)
}

/// Where password work is done; clones share the places.
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// The form to store.
    pub async fn hash(&self, app: &App, password: Password) -> Result<String, Problem> {
        let salt = app.random.bytes::<SALT_BYTES>();
        let hashed = self.work(move || Argon2::default().hash_password_with_salt(password.0.as_bytes(), &salt)).await?;
        Ok(hashed.map_err(|error| anyhow::anyhow!("failed to hash a password: {error}"))?.to_string())
    }

    /// Whether `text` is the password behind the stored form. Without one it takes the same time and is wrong.
    pub async fn verify(&self, text: String, stored: Option<String>) -> Result<bool, Problem> {
        self.work(move || {
            let known = stored.is_some();
            let stored = stored.as_deref().unwrap_or(NOBODY);
            Argon2::default().verify_password(text.as_bytes(), stored).is_ok() && known
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let place = tokio::time::timeout(WAIT, self.places.clone().acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(refusal::UNAVAILABLE.into()) };
        let worked = tokio::task::spawn_blocking(move || {
            let value = work();
            drop(place);
            value
        });
        Ok(worked.await.map_err(|error| anyhow::anyhow!("password work ended early: {error}"))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_counts_characters_and_has_two_ends() {
        let code = |text: String| Password::new(text).err().map(|problem| problem.refusal().code);
        assert_eq!(code("sedüühi".to_owned()), Some("password_too_short"));
        assert_eq!(code("sedüühit".to_owned()), None);
        assert_eq!(code("kopi".repeat(32)), None);
        assert_eq!(code("x".repeat(129)), Some("password_too_long"));
    }

    #[test]
    fn what_guessing_begins_with_is_refused() {
        for text in
            ["12345678", "987654321", "78901234", "aaaaaaaa", "QwertyUiop", "Password1", "passw0rd!!", "rahasia123"]
        {
            assert!(is_first_tried(text), "{text}");
        }
        for text in ["1234-kopi", "qwertz-uiop", "passwords of mine", "correct horse", "kopi-abcd-2345"] {
            assert!(!is_first_tried(text), "{text}");
        }
    }

    #[test]
    fn the_stored_form_names_the_parameters_that_nobody_has_too() {
        let hash = Argon2::default().hash_password_with_salt(b"long enough", &[7; SALT_BYTES]).expect("a hash");
        let parameters = |text: &str| text.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(parameters(&hash.to_string()), parameters(NOBODY));
        let error = Argon2::default().verify_password(b"anything", NOBODY).expect_err("no password opens it");
        assert_eq!(error, argon2::password_hash::Error::PasswordInvalid, "it is a well-formed hash");
    }
}
