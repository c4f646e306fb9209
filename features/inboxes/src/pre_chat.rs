//! What a visitor is asked before his first message, and what he agrees to.
//!
//! What must stay true: a text that visitors agree to has a version, and another text has another version; the server
//! counts them, whatever a client sends.

use crate::{CONSENT_INVALID, InLanguages, languages};
use base::{Problem, trimmed};
use people::Locale;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const TEXT_CHARACTERS: usize = 1_000;
const LINK_CHARACTERS: usize = 500;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    #[default]
    Off,
    Optional,
    Required,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PreChat {
    pub name: Asked,
    pub email: Asked,
    pub phone: Asked,
    /// What the visitor agrees to before anything about him is stored, at most 1,000 characters; empty: he is not
    /// asked.
    pub consent_text: String,
    /// For those who read another language.
    pub consent_text_in: InLanguages,
    /// Where it is explained: an address that begins with `https://`, or empty.
    pub consent_link: String,
    /// Grows with each change of text or link, in any language. Read only.
    pub consent_version: i64,
}

impl PreChat {
    /// Whether a visitor is asked for anything.
    pub fn asks(&self) -> bool {
        self.asks_consent() || [self.name, self.email, self.phone].iter().any(|asked| *asked != Asked::Off)
    }

    pub fn asks_consent(&self) -> bool {
        !self.consent_text.is_empty()
    }

    /// The form in its stored form, with the version of its text; `before` is what is stored now.
    pub(crate) fn checked(self, before: &Self) -> Result<Self, Problem> {
        let text = match self.consent_text.trim() {
            "" => String::new(),
            text => trimmed(text, TEXT_CHARACTERS, CONSENT_INVALID)?,
        };
        let link = match self.consent_link.trim() {
            "" => String::new(),
            link => trimmed(link, LINK_CHARACTERS, CONSENT_INVALID)?,
        };
        let is_address = link.starts_with("https://") && !link.contains(char::is_whitespace);
        if !link.is_empty() && !is_address {
            return Err(CONSENT_INVALID.with("max", TEXT_CHARACTERS));
        }
        let text_in = languages::checked(self.consent_text_in, TEXT_CHARACTERS, CONSENT_INVALID)?;
        let was = (&before.consent_text, &before.consent_text_in, &before.consent_link);
        let is_new = !text.is_empty() && (&text, &text_in, &link) != was;
        let consent_version = before.consent_version + i64::from(is_new);
        Ok(Self { consent_text: text, consent_text_in: text_in, consent_link: link, consent_version, ..self })
    }

    /// Who is not asked in one language is not asked in another.
    pub fn in_language(self, locale: Locale) -> Self {
        if !self.asks_consent() {
            return self;
        }
        let consent_text = languages::chosen(&self.consent_text, &self.consent_text_in, locale);
        Self { consent_text, consent_text_in: InLanguages::new(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn consent(text: &str, link: &str) -> PreChat {
        PreChat { consent_text: text.into(), consent_link: link.into(), consent_version: 99, ..PreChat::default() }
    }

    #[test]
    fn another_text_has_another_version() {
        let first = consent(" We keep your words. ", "").checked(&PreChat::default()).expect("a form");
        assert_eq!((first.consent_text.as_str(), first.consent_version), ("We keep your words.", 1));
        let same = consent("We keep your words.", "").checked(&first).expect("a form");
        assert_eq!(same.consent_version, 1);
        let linked = consent("We keep your words.", "https://shop.example/privacy").checked(&first).expect("a form");
        assert_eq!(linked.consent_version, 2);
        let off = consent("", "").checked(&linked).expect("a form");
        assert!(!off.asks() && off.consent_version == 2);
        assert_eq!(consent("Anew.", "").checked(&off).expect("a form").consent_version, 3, "a number is used once");
    }

    #[test]
    fn in_another_language_it_is_another_text_of_the_same_version() {
        let indonesian = || InLanguages::from([(Locale::Id, " Kami menyimpan kata Anda. ".to_owned())]);
        let first = consent("We keep your words.", "").checked(&PreChat::default()).expect("a form");
        let both = PreChat { consent_text_in: indonesian(), ..first.clone() }.checked(&first).expect("a form");
        assert_eq!(both.consent_version, 2);
        let read = both.clone().in_language(Locale::Id);
        assert_eq!((read.consent_text.as_str(), read.consent_version), ("Kami menyimpan kata Anda.", 2));
        assert_eq!(both.in_language(Locale::En).consent_text, "We keep your words.");
        let off = PreChat { consent_text_in: indonesian(), ..PreChat::default() };
        assert!(!off.in_language(Locale::Id).asks());
    }

    #[test]
    fn a_link_is_an_encrypted_address() {
        for wrong in ["http://shop.example", "javascript:alert(1)", "https://a b", "/privacy"] {
            assert!(consent("text", wrong).checked(&PreChat::default()).is_err(), "{wrong}");
        }
        assert!(consent(&"x".repeat(1_001), "").checked(&PreChat::default()).is_err());
    }
}
