//! What a text may leave open: `{{contact.first_name}}`, or with what to say instead `{{contact.first_name|there}}`.

use serde::Serialize;
use utoipa::ToSchema;

/// What the desk knows how to fill. Its own list has the type of this one, so that neither can grow alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum Placeholder {
    #[serde(rename = "contact.name")]
    ContactName,
    #[serde(rename = "contact.first_name")]
    ContactFirstName,
    #[serde(rename = "contact.email")]
    ContactEmail,
    #[serde(rename = "me.name")]
    MeName,
    #[serde(rename = "inbox.name")]
    InboxName,
}

/// As much of a wrong one is named in the refusal.
const NAMED_CHARACTERS: usize = 60;

impl Placeholder {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "contact.name" => Self::ContactName,
            "contact.first_name" => Self::ContactFirstName,
            "contact.email" => Self::ContactEmail,
            "me.name" => Self::MeName,
            "inbox.name" => Self::InboxName,
            _ => return None,
        })
    }
}

/// The first placeholder that nobody can fill, as it is written. One that is never closed is such a one.
pub(crate) fn unknown(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let inside = &rest[at + 2..];
        let end = inside.find("}}");
        let content = &inside[..end.unwrap_or(inside.len())];
        let name = content.split('|').next().unwrap_or_default().trim();
        let (Some(end), Some(_)) = (end, Placeholder::parse(name)) else {
            let written = &rest[at..end.map_or(rest.len(), |end| at + 2 + end + 2)];
            return Some(written.chars().take(NAMED_CHARACTERS).collect());
        };
        rest = &inside[end + 2..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_ones_pass_with_and_without_a_fallback() {
        for text in [
            "",
            "no braces {at} all }}",
            "{{contact.name}} {{contact.first_name|there}} {{ contact.email | your address }}",
            "{{me.name}}{{inbox.name|}}",
        ] {
            assert_eq!(unknown(text), None, "{text}");
        }
    }

    #[test]
    fn others_are_named_as_they_are_written() {
        for (text, named) in [
            ("Hi {{contact.nam}}!", "{{contact.nam}}"),
            ("{{contact.name}} {{order.number|soon}}", "{{order.number|soon}}"),
            ("{{}}", "{{}}"),
            ("{{Contact.Name}}", "{{Contact.Name}}"),
            ("Hi {{contact.name}", "{{contact.name}"),
        ] {
            assert_eq!(unknown(text).as_deref(), Some(named));
        }
    }
}
