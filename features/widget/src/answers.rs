//! What a visitor answers before his first message: who he is, and that he agrees.
//!
//! What must stay true: the form decides what is taken. What it does not ask for is not kept; what it demands is there,
//! or nothing about the visitor is stored.

use crate::{CONSENT_OUTDATED, PHONE_INVALID, PRE_CHAT_INCOMPLETE};
use base::{Problem, name};
use contacts::{Consent, Profile};
use inboxes::{Asked, PreChat};
use people::Email;
use serde::Deserialize;
use std::ops::RangeInclusive;
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 100;
const PHONE_CHARACTERS: usize = 30;
/// Digits that a phone number has, with its country's.
const PHONE_DIGITS: RangeInclusive<usize> = 5..=17;

#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// At most 100 characters.
    pub name: Option<String>,
    pub email: Option<String>,
    /// Digits with `+`, spaces and punctuation.
    pub phone: Option<String>,
    /// The version of the consent's text that the visitor agreed to.
    pub consent_version: Option<i64>,
}

/// What of the answers is kept, or what is missing.
pub(crate) fn checked(form: &PreChat, answers: Answers) -> Result<(Profile, Option<Consent>), Problem> {
    let missing = |field: &str| PRE_CHAT_INCOMPLETE.with("field", field);
    let consent = match answers.consent_version {
        _ if !form.asks_consent() => None,
        None => return Err(missing("consent")),
        Some(version) if version != form.consent_version => return Err(CONSENT_OUTDATED.into()),
        Some(version) => Some(Consent { version, text: form.consent_text.clone(), link: form.consent_link.clone() }),
    };
    let given = |asked: Asked, answer: Option<String>, field: &str| {
        let answer = answer.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty() && asked != Asked::Off);
        if answer.is_none() && asked == Asked::Required { Err(missing(field)) } else { Ok(answer) }
    };
    let profile = Profile {
        name: given(form.name, answers.name, "name")?
            .map(|text| name(&text, NAME_CHARACTERS, crate::VISITOR_NAME_INVALID))
            .transpose()?,
        email: given(form.email, answers.email, "email")?
            .map(|text| Ok::<_, Problem>(Email::parse(&text)?.text))
            .transpose()?,
        phone: given(form.phone, answers.phone, "phone")?.map(|text| phone(&text)).transpose()?,
    };
    Ok((profile, consent))
}

pub(crate) fn phone(text: &str) -> Result<String, Problem> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let known = |char: char| char.is_ascii_digit() || matches!(char, '+' | ' ' | '-' | '.' | '/' | '(' | ')');
    let fits = text.chars().count() <= PHONE_CHARACTERS && PHONE_DIGITS.contains(&digits) && text.chars().all(known);
    if fits { Ok(text.to_owned()) } else { Err(PHONE_INVALID.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_digits_with_what_people_put_between() {
        for good in ["+62 812-3456-7890", "(021) 555 1234", "0812.345.678"] {
            assert!(phone(good).is_ok(), "{good}");
        }
        for wrong in ["", "call me", "+", "1234", "0812345678901234567890", "081234567a", "tel:081234567"] {
            assert!(phone(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_asked_for_is_not_kept() {
        let form = PreChat { name: Asked::Optional, ..PreChat::default() };
        let answers = Answers {
            name: Some(" Sari ".into()),
            email: Some("nonsense".into()),
            phone: Some("0812345678".into()),
            consent_version: Some(7),
        };
        let (profile, consent) = checked(&form, answers).expect("the answers");
        assert_eq!((profile.name.as_deref(), profile.email, profile.phone), (Some("Sari"), None, None));
        assert!(consent.is_none());
    }
}
