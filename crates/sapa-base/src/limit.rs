//! Limits of texts, checked where text enters.

use crate::{Problem, Refusal};

/// Marks that turn the direction of text: they can make "exe.gpj" look like "jpg.exe" and turn the sentence around.
pub fn turns_direction(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A name on one line: without control characters and marks of direction, then as [`trimmed`].
pub fn name(text: &str, max: usize, refusal: Refusal) -> Result<String, Problem> {
    let plain: String = text.chars().filter(|char| !char.is_control() && !turns_direction(*char)).collect();
    trimmed(&plain, max, refusal)
}

/// The trimmed text, refused when it is empty or longer than `max` characters (Unicode code points).
/// NUL is refused too: PostgreSQL cannot store it.
pub fn trimmed(text: &str, max: usize, refusal: Refusal) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > max || text.contains('\0') {
        return Err(refusal.with("max", max));
    }
    Ok(text.to_owned())
}

/// As [`trimmed`], but nothing, or only blanks, is `None`.
pub fn optional(text: Option<&str>, max: usize, refusal: Refusal) -> Result<Option<String>, Problem> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => trimmed(text, max, refusal).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_turns_no_sentence_around() {
        let plain = name(" Siti \u{202e}abc\n", 10, crate::refusal::INVALID_BODY);
        assert_eq!(plain.ok().as_deref(), Some("Siti abc"));
        assert!(name("\u{202e}\t", 10, crate::refusal::INVALID_BODY).is_err());
    }
}
