//! Why members are away: the workspace's own list. The shipped ones have no name of their own and are said in each
//! member's language until somebody renames them.

use crate::AWAY_REASON_INVALID;
use base::{Problem, Tx};
use db::{params, sql};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

const SHIPPED: [&str; 4] = ["break", "lunch", "meeting", "training"];
/// Nobody was seen at the desk for a while: no reason that anybody manages.
const IDLE: &str = "idle";
/// A menu holds them all.
const MOST: usize = 12;
const ID_CHARACTERS: usize = 40;
const NAME_CHARACTERS: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwayReason {
    /// `break`, `lunch`, `meeting` and `training` are shipped; the client makes others (at most 40 letters, digits, `_`).
    pub id: String,
    /// One line of at most 40 characters; `null` only for the shipped ones: clients say it in their language.
    pub name: Option<String>,
}

pub(crate) fn shipped() -> Vec<AwayReason> {
    SHIPPED.map(|id| AwayReason { id: id.to_owned(), name: None }).into()
}

/// From the stored column.
pub(crate) fn stored(text: Option<String>) -> Result<Vec<AwayReason>, Problem> {
    text.map_or_else(|| Ok(shipped()), |text| Ok(serde_json::from_str(&text)?))
}

/// The list in its stored form, or why it cannot be used.
pub(crate) fn checked(reasons: Vec<AwayReason>) -> Result<Vec<AwayReason>, Problem> {
    let invalid = || AWAY_REASON_INVALID.with("max", NAME_CHARACTERS);
    let ids: BTreeSet<_> = reasons.iter().map(|reason| reason.id.as_str()).collect();
    if reasons.len() > MOST || ids.len() != reasons.len() {
        return Err(invalid());
    }
    let one = |AwayReason { id, name }: AwayReason| {
        let plain = id.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
        if !plain || id.is_empty() || id.len() > ID_CHARACTERS || id == IDLE {
            return Err(invalid());
        }
        match name {
            Some(name) => {
                let name = Some(base::name(&name, NAME_CHARACTERS, AWAY_REASON_INVALID)?);
                Ok(AwayReason { id, name })
            }
            None if SHIPPED.contains(&id.as_str()) => Ok(AwayReason { id, name: None }),
            None => Err(invalid()),
        }
    };
    reasons.into_iter().map(one).collect()
}

/// Whether somebody may be away for it.
pub(crate) async fn is_known(tx: &mut Tx<'_>, id: &str) -> Result<bool, Problem> {
    if id == IDLE {
        return Ok(true);
    }
    let row = tx.first(sql!("SELECT away_reasons FROM workspaces WHERE id = $1"), &params![tx.workspace]).await?;
    let reasons = stored(row.map(|row| row.get("away_reasons")).transpose()?.flatten())?;
    Ok(reasons.iter().any(|reason| reason.id == id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_a_name_unless_it_is_shipped_and_an_id_of_its_own() {
        let reason = |id: &str, name: Option<&str>| AwayReason { id: id.into(), name: name.map(Into::into) };
        let ok = |reasons| checked(reasons).is_ok();
        assert!(ok(shipped()) && ok(Vec::new()));
        assert!(ok(vec![reason("lunch", Some("Makan siang")), reason("r_1", Some("Gudang"))]));
        assert!(!ok(vec![reason("r_1", None)]));
        assert!(!ok(vec![reason("r_1", Some(" "))]));
        assert!(!ok(vec![reason("lunch", None), reason("lunch", Some("Again"))]));
        assert!(!ok(vec![reason("idle", Some("Idle"))]) && !ok(vec![reason("a b", Some("x"))]));
        assert!(!ok((0..=MOST).map(|number| reason(&format!("r_{number}"), Some("x"))).collect()));
    }
}
