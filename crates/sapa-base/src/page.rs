//! Keyset paging: a cursor names the last row seen, never an offset.

use crate::{Problem, refusal};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ids::Uuid;

/// The most items of one page.
pub const PAGE_LIMIT: i64 = 100;

/// The row after which the next page begins: its sort time in milliseconds, and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub at: i64,
    pub id: Uuid,
}

impl Cursor {
    /// Before every row of a list that runs from new to old.
    pub const NEWEST: Self = Self { at: i64::MAX, id: Uuid::max() };

    pub fn parse(text: Option<&str>) -> Result<Self, Problem> {
        let Some(text) = text else { return Ok(Self::NEWEST) };
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refusal::CURSOR_INVALID)?;
        let (at, id) = bytes.split_first_chunk::<8>().ok_or(refusal::CURSOR_INVALID)?;
        let id = Uuid::from_slice(id).map_err(|_| refusal::CURSOR_INVALID)?;
        Ok(Self { at: i64::from_be_bytes(*at), id })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = self.at.to_be_bytes().to_vec();
        bytes.extend_from_slice(self.id.as_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// The page size that was asked for, held within 1 and [`PAGE_LIMIT`].
pub fn page_size(asked: Option<i64>, usual: i64) -> i64 {
    asked.unwrap_or(usual).clamp(1, PAGE_LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_text_and_refuses_nonsense() {
        let cursor = Cursor { at: 1_763_640_000_123, id: Uuid::from_u128(7) };
        assert_eq!(Cursor::parse(Some(&cursor.to_string())).ok(), Some(cursor));
        assert!(Cursor::parse(Some("AAAA")).is_err() && Cursor::parse(Some("§")).is_err());
    }
}
