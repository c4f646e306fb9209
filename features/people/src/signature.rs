//! What stands below a mail: of the inbox, and of whoever writes.
//!
//! What must stay true: a placeholder that nobody can fill is refused when it is written, not found by a customer.

use crate::SIGNATURE_INVALID;
use base::{Problem, Tx};
use db::{params, sql};
use ids::MemberId;

const CHARACTERS: usize = 1_000;
/// What it may leave open.
const KNOWN: [&str; 2] = ["me.name", "inbox.name"];

/// A text with at most so many characters, whose placeholders are known.
pub fn checked_signature(text: &str) -> Result<String, Problem> {
    let text: String = text.trim().chars().filter(|char| !char.is_control() || *char == '\n').collect();
    let refused = |placeholder: &str| SIGNATURE_INVALID.with("max", CHARACTERS).with("placeholder", placeholder);
    if text.chars().count() > CHARACTERS {
        return Err(refused(""));
    }
    let mut unknown = None;
    filled(&text, |name| {
        if !KNOWN.contains(&name) {
            unknown = Some(name.to_owned());
        }
        None
    });
    unknown.map_or(Ok(text), |name| Err(refused(&name)))
}

/// With names in place of `{{me.name}}` and `{{inbox.name}}`.
pub fn filled_signature(text: &str, me: &str, inbox: &str) -> String {
    filled(text, |name| match name {
        "me.name" => Some(me.to_owned()),
        "inbox.name" => Some(inbox.to_owned()),
        _ => None,
    })
}

fn filled(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, behind)) = after.split_once("}}") else { break };
        out.push_str(before);
        let (name, fallback) = inside.split_once('|').unwrap_or((inside, ""));
        let value = value(name.trim()).filter(|value| !value.trim().is_empty());
        out.push_str(&value.unwrap_or_else(|| fallback.trim().to_owned()));
        rest = behind;
    }
    out + rest
}

/// As the member wrote it; empty without one.
pub async fn signature_of(tx: &mut Tx<'_>, member: MemberId) -> Result<String, Problem> {
    let row = tx
        .first(
            sql!("SELECT signature FROM members WHERE workspace_id = $1 AND id = $2"),
            &params![tx.workspace, member],
        )
        .await?;
    Ok(row.map_or(Ok(String::new()), |row| row.get("signature"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_they_are_asked_for() {
        let text = "*{{ me.name }}*\n{{inbox.name|us}} {{x}} {{";
        assert_eq!(filled_signature(text, "Ayu", "Orders"), "*Ayu*\nOrders  {{");
        assert_eq!(filled_signature("{{me.name|we}}", " ", ""), "we");
    }

    #[test]
    fn what_nobody_can_fill_is_refused() {
        assert_eq!(checked_signature(" Ayu\r\n{{me.name}} ").ok().as_deref(), Some("Ayu\n{{me.name}}"));
        for wrong in ["{{contact.name}}", "{{ me.nam }}", &"x".repeat(CHARACTERS + 1)] {
            assert!(checked_signature(wrong).is_err(), "{wrong}");
        }
    }
}
