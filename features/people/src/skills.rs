//! What a member knows about: words without case, which are compared with the names of a conversation's tags.

use crate::SKILLS_INVALID;
use base::{Problem, Tx};
use db::{params, sql};
use ids::MemberId;
use std::collections::BTreeSet;

const MOST: usize = 20;
/// As long as the name of a tag.
const CHARACTERS: usize = 40;

pub(crate) fn stored(text: Option<String>) -> Result<Vec<String>, db::Error> {
    text.map_or_else(|| Ok(Vec::new()), |text| serde_json::from_str(&text).map_err(db::Error::other))
}

/// Folded, each once, in the order of the alphabet.
pub(crate) fn checked(skills: Vec<String>) -> Result<Vec<String>, Problem> {
    let folded = |skill: String| base::name(&skill.to_lowercase(), CHARACTERS, SKILLS_INVALID);
    let skills: BTreeSet<_> = skills.into_iter().map(folded).collect::<Result<_, _>>()?;
    if skills.len() > MOST { Err(SKILLS_INVALID.with("max", CHARACTERS)) } else { Ok(skills.into_iter().collect()) }
}

pub(crate) async fn write(tx: &mut Tx<'_>, member: MemberId, skills: &[String]) -> Result<(), Problem> {
    let text = (!skills.is_empty()).then(|| serde_json::to_string(skills)).transpose()?;
    tx.put(
        sql!("UPDATE members SET skills = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, member, text],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_are_folded_words_each_once() {
        let words = |all: &[&str]| checked(all.iter().map(|one| (*one).to_owned()).collect());
        assert_eq!(words(&[" Refund", "refund", "Bahasa"]).expect("skills"), ["bahasa", "refund"]);
        assert!(words(&[" "]).is_err());
        assert!(words(&(0..=MOST).map(|_| "x").collect::<Vec<_>>()).is_ok(), "the same word is one");
    }
}
