//! What an inbox says to visitors before they write: a few words beside the launcher, after a while, on some pages.
//!
//! Absent: to whom it was said. The browser remembers it; a conversation keeps the words that its visitor answered.

use crate::{GREETING_INVALID, InLanguages, languages};
use base::{Problem, trimmed};
use people::Locale;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use utoipa::ToSchema;

const GREETINGS: usize = 10;
const TEXT_CHARACTERS: usize = 300;
const PAGE_CHARACTERS: usize = 200;
const SECONDS: RangeInclusive<i64> = 1..=600;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Greeting {
    /// At most 300 characters.
    pub text: String,
    /// For those who read another language.
    #[serde(default)]
    pub text_in: InLanguages,
    /// Only on pages whose address contains this, in capitals or not; empty: on all.
    pub page: String,
    /// How long the visitor is on the page before, 1 to 600.
    pub after_seconds: i64,
    /// Not while the inbox is closed.
    pub only_open: bool,
}

/// The greetings in their stored form, or which of them cannot be used, counted from 1.
pub(crate) fn checked(greetings: Vec<Greeting>) -> Result<Vec<Greeting>, Problem> {
    if greetings.len() > GREETINGS {
        return Err(GREETING_INVALID.with("number", GREETINGS + 1));
    }
    let numbered = greetings.into_iter().zip(1..);
    numbered.map(|(greeting, number)| greeting.checked().map_err(|problem| problem.with("number", number))).collect()
}

impl Greeting {
    fn checked(self) -> Result<Self, Problem> {
        let text = trimmed(&self.text, TEXT_CHARACTERS, GREETING_INVALID)?;
        let page = base::optional(Some(&self.page), PAGE_CHARACTERS, GREETING_INVALID)?.unwrap_or_default();
        if !SECONDS.contains(&self.after_seconds) {
            return Err(GREETING_INVALID.into());
        }
        let text_in = languages::checked(self.text_in, TEXT_CHARACTERS, GREETING_INVALID)?;
        Ok(Self { text, text_in, page, ..self })
    }

    pub(crate) fn in_language(self, locale: Locale) -> Self {
        Self { text: languages::chosen(&self.text, &self.text_in, locale), text_in: InLanguages::new(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeting(text: &str, page: &str, after_seconds: i64) -> Greeting {
        Greeting { text: text.into(), text_in: InLanguages::new(), page: page.into(), after_seconds, only_open: false }
    }

    #[test]
    fn a_greeting_has_words_and_a_time() {
        let kept = checked(vec![greeting(" Need help? ", " /pay ", 600)]).expect("greetings");
        assert_eq!((kept[0].text.as_str(), kept[0].page.as_str()), ("Need help?", "/pay"));
        let long = "x".repeat(301);
        for wrong in [greeting(" ", "", 5), greeting(&long, "", 5), greeting("a", &long, 5), greeting("a", "", 0)] {
            assert!(checked(vec![wrong.clone()]).is_err(), "{wrong:?}");
        }
        assert!(checked(vec![greeting("a", "", 601)]).is_err());
        assert!(checked(vec![greeting("a", "", 1); 11]).is_err());
    }
}
