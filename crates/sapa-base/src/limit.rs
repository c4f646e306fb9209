//! Limits of texts, checked where text enters.

use crate::{Problem, Refusal};

/// The trimmed text, refused when it is empty or longer than `max` characters (Unicode code points).
/// NUL is refused too: PostgreSQL cannot store it.
pub fn trimmed(text: &str, max: usize, refusal: Refusal) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > max || text.contains('\0') {
        return Err(refusal.with("max", max));
    }
    Ok(text.to_owned())
}
