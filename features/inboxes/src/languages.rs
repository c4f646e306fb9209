//! What people write for visitors, in more than one language.
//!
//! What must stay true: there is always a text that everybody gets; another language is one more, and never needed.

use base::{Problem, Refusal, trimmed};
use people::Locale;
use std::collections::BTreeMap;

/// The same words in other languages.
pub type InLanguages = BTreeMap<Locale, String>;

/// In their stored form: what is empty is not there.
pub(crate) fn checked(texts: InLanguages, characters: usize, invalid: Refusal) -> Result<InLanguages, Problem> {
    let written = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
    written.map(|(locale, text)| Ok((locale, trimmed(&text, characters, invalid)?))).collect()
}

/// The words for who reads this language.
pub(crate) fn chosen(text: &str, others: &InLanguages, locale: Locale) -> String {
    others.get(&locale).map_or(text, String::as_str).to_owned()
}
