//! What an attribute of each kind can hold, as text.

use crate::{ATTRIBUTE_READ_ONLY, ATTRIBUTE_REQUIRED, ATTRIBUTE_VALUE_INVALID, Attribute, AttributeKind};
use base::Problem;

const CHARACTERS: usize = 500;
/// More digits than these no screen shows.
const NUMBER_CHARACTERS: usize = 20;

/// Who writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    Member,
    Program,
}

/// The value as it is kept; nothing, or only blanks, takes it away.
pub fn checked(attribute: &Attribute, text: Option<&str>, by: Writer) -> Result<Option<String>, Problem> {
    let named = |problem: Problem| problem.with("name", attribute.name.as_str());
    if attribute.read_only && by == Writer::Member {
        return Err(named(ATTRIBUTE_READ_ONLY.into()));
    }
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return if attribute.required { Err(named(ATTRIBUTE_REQUIRED.into())) } else { Ok(None) };
    };
    let value = match attribute.kind {
        AttributeKind::Text => base::trimmed(text, CHARACTERS, ATTRIBUTE_VALUE_INVALID).ok(),
        AttributeKind::Number => number(text),
        AttributeKind::Date => date(text),
        AttributeKind::Choice => attribute.choices.iter().find(|one| *one == text).cloned(),
        AttributeKind::Link => link(text),
        AttributeKind::Flag => ["true", "false"].contains(&text).then(|| text.to_owned()),
        AttributeKind::Money => money(text),
    };
    value.map(Some).ok_or_else(|| named(ATTRIBUTE_VALUE_INVALID.with("max", CHARACTERS)))
}

/// Digits with a point perhaps, without what says nothing: `007.50` is `7.5`.
fn number(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = !whole.is_empty() && is_digits(whole) && is_digits(part) && text.len() <= NUMBER_CHARACTERS;
    if !fits || (digits.contains('.') && part.is_empty()) {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let plain = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
    Some(if plain == "0" { plain } else { format!("{sign}{plain}") })
}

/// An amount and the three letters of its currency, in either order: `IDR 125000` is `125000 IDR`.
fn money(text: &str) -> Option<String> {
    let is_currency = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (first, second) = text.split_once(' ')?;
    let (amount, currency) = if is_currency(first) { (second, first) } else { (first, second) };
    let amount = number(amount.trim()).filter(|_| is_currency(currency.trim()))?;
    Some(format!("{amount} {}", currency.trim().to_ascii_uppercase()))
}

/// A day of the calendar, `2026-02-28`.
fn date(text: &str) -> Option<String> {
    let numbers: Vec<u32> = text
        .split('-')
        .zip([4, 2, 2])
        .filter(|(part, length)| part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit()))
        .filter_map(|(part, _)| part.parse().ok())
        .collect();
    let &[year, month, day] = numbers.as_slice() else { return None };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (text.len() == 10 && year > 0 && (1..=days).contains(&day)).then(|| text.to_owned())
}

fn link(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let plain = text.chars().count() <= CHARACTERS && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (plain && !host.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::{AttributeId, Uuid};

    fn attribute(kind: AttributeKind) -> Attribute {
        Attribute {
            id: AttributeId(Uuid::nil()),
            name: "Level".into(),
            kind,
            choices: vec!["Gold".into()],
            required: false,
            read_only: false,
            archived: false,
        }
    }

    #[test]
    fn each_kind_holds_what_it_is_for() {
        use AttributeKind::{Choice, Date, Flag, Link, Money, Number, Text};
        let long = "x".repeat(501);
        for (kind, text, kept) in [
            (Text, " tea ", Some("tea")),
            (Text, long.as_str(), None),
            (Number, "007.50", Some("7.5")),
            (Number, "-0", Some("0")),
            (Number, "-12", Some("-12")),
            (Number, "1e3", None),
            (Number, "1.", None),
            (Number, ".5", None),
            (Number, "1.2.3", None),
            (Date, "2028-02-29", Some("2028-02-29")),
            (Date, "2026-02-29", None),
            (Date, "2026-13-01", None),
            (Date, "2026-1-1", None),
            (Date, "2026-01-01-", None),
            (Choice, "Gold", Some("Gold")),
            (Choice, "gold", None),
            (Link, "https://shop.id/a?b", Some("https://shop.id/a?b")),
            (Link, "javascript:alert(1)", None),
            (Link, "https://", None),
            (Link, "https://a b", None),
            (Flag, "true", Some("true")),
            (Flag, "yes", None),
            (Money, "125000.50 idr", Some("125000.5 IDR")),
            (Money, "EUR 12", Some("12 EUR")),
            (Money, "125000", None),
            (Money, "12 rupiah", None),
        ] {
            let checked = checked(&attribute(kind), Some(text), Writer::Member);
            assert_eq!(checked.ok().flatten().as_deref(), kept, "{kind:?} {text}");
        }
    }

    #[test]
    fn what_is_required_stays_and_what_is_read_only_only_programs_write() {
        let required = Attribute { required: true, ..attribute(AttributeKind::Text) };
        assert!(checked(&required, Some("a"), Writer::Member).is_ok());
        assert!(
            checked(&required, Some(" "), Writer::Member).is_err() && checked(&required, None, Writer::Member).is_err()
        );
        let fixed = Attribute { read_only: true, ..attribute(AttributeKind::Text) };
        assert!(checked(&fixed, Some("a"), Writer::Member).is_err());
        assert!(checked(&fixed, Some("a"), Writer::Program).is_ok());
    }
}
