//! What each field of a profile can hold.

use crate::CONTACT_FIELD_INVALID;
use base::{Problem, Refusal};
use contacts::ContactField;
use people::Email;
use std::ops::RangeInclusive;

const NAME_CHARACTERS: usize = 100;
const EMAIL_CHARACTERS: usize = 254;
const PHONE_CHARACTERS: usize = 50;
/// Digits that a phone number has; short numbers of an office are some too.
const PHONE_DIGITS: RangeInclusive<usize> = 3..=17;
const ADDRESS_CHARACTERS: usize = 500;
/// RFC 5646 recommends room for so many.
const LANGUAGE_CHARACTERS: usize = 35;
/// Of a part of a language tag.
const LANGUAGE_PART: RangeInclusive<usize> = 1..=8;

const REFUSAL: Refusal = CONTACT_FIELD_INVALID;

/// The value as it is kept; nothing, or only blanks, takes it away.
pub fn checked(field: ContactField, text: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let value = match field {
        ContactField::DisplayName
        | ContactField::FirstName
        | ContactField::LastName
        | ContactField::City
        | ContactField::Company => base::name(text, NAME_CHARACTERS, REFUSAL),
        ContactField::Email => email(text),
        ContactField::Phone => phone(text),
        ContactField::Country => country(text),
        ContactField::Address => base::trimmed(text, ADDRESS_CHARACTERS, REFUSAL),
        ContactField::Language => language(text),
    };
    value.map(Some).map_err(|problem| problem.with("field", name(field)))
}

/// As the interface calls it.
pub fn name(field: ContactField) -> String {
    serde_json::to_value(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn email(text: &str) -> Result<String, Problem> {
    Email::parse(text).map(|email| email.text).map_err(|_| REFUSAL.with("max", EMAIL_CHARACTERS))
}

fn phone(text: &str) -> Result<String, Problem> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let known = |char: char| char.is_ascii_digit() || matches!(char, '+' | ' ' | '-' | '.' | '/' | '(' | ')');
    let fits = text.chars().count() <= PHONE_CHARACTERS && PHONE_DIGITS.contains(&digits) && text.chars().all(known);
    if fits { Ok(text.to_owned()) } else { Err(REFUSAL.with("max", PHONE_CHARACTERS)) }
}

fn country(text: &str) -> Result<String, Problem> {
    let fits = text.len() == 2 && text.chars().all(|char| char.is_ascii_alphabetic());
    if fits { Ok(text.to_ascii_uppercase()) } else { Err(REFUSAL.with("max", 2)) }
}

fn language(text: &str) -> Result<String, Problem> {
    let part =
        |part: &str| LANGUAGE_PART.contains(&part.len()) && part.chars().all(|char| char.is_ascii_alphanumeric());
    let first = text.split('-').next().is_some_and(|first| (2..=3).contains(&first.len()));
    let fits = text.len() <= LANGUAGE_CHARACTERS && first && text.split('-').all(part);
    if fits { Ok(text.to_owned()) } else { Err(REFUSAL.with("max", LANGUAGE_CHARACTERS)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R010, R011, R012, R013, R014, R015, R016
    #[test]
    fn each_field_holds_what_it_is_for() {
        use ContactField::{Address, Company, Country, Email, FirstName, Language, LastName, Phone};
        let long = "x".repeat(101);
        for (field, text, kept) in [
            (FirstName, " Nadia\u{202e} ", Some("Nadia")),
            (LastName, "Lestari", Some("Lestari")),
            (Company, long.as_str(), None),
            (Email, "nadia@shop.id", Some("nadia@shop.id")),
            (Email, "nadia", None),
            (Phone, "+62 812-3456", Some("+62 812-3456")),
            (Phone, "call me", None),
            (Country, "id", Some("ID")),
            (Country, "Indonesia", None),
            (Address, "Jl. Braga 1\nBandung", Some("Jl. Braga 1\nBandung")),
            (Language, "pt-BR", Some("pt-BR")),
            (Language, "p", None),
            (Language, "Bahasa Indonesia", None),
        ] {
            assert_eq!(checked(field, Some(text)).ok().flatten().as_deref(), kept, "{field:?} {text}");
        }
        assert_eq!(checked(Email, Some("  ")).expect("nothing"), None);
    }
}
