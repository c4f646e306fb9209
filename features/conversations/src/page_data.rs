//! What the page that carries the widget says of its visitor: a few names with values, for the team to read.
//!
//! What must stay true: it is the page's word and anybody's who opens its console, so nothing is decided by it. Each
//! told set replaces the one before. Absent: what is told of who has no conversation.

use crate::{PAGE_DATA_INVALID, Thread};
use base::{Problem, Tx, turns_direction};
use db::{params, sql};
use std::collections::BTreeMap;

const VALUES: usize = 20;
const NAME_CHARACTERS: usize = 40;
const VALUE_CHARACTERS: usize = 200;
/// Of all together: it is in each event of the conversation.
const CHARACTERS: usize = 2_000;

/// Names and values by their names.
pub type PageData = BTreeMap<String, String>;

/// The data as it is kept, or which name is wrong.
pub fn checked(told: PageData) -> Result<PageData, Problem> {
    let all: usize = told.iter().map(|(name, value)| name.chars().count() + value.chars().count()).sum();
    if told.len() > VALUES || all > CHARACTERS {
        return Err(PAGE_DATA_INVALID.with("name", "").with("max", VALUES));
    }
    let plain = |text: &str| text.chars().filter(|char| !char.is_control() && !turns_direction(*char)).collect();
    told.into_iter()
        .map(|(name, value)| {
            let (kept_name, kept): (String, String) = (plain(name.trim()), plain(value.trim()));
            let fits = (1..=NAME_CHARACTERS).contains(&kept_name.chars().count());
            if !fits || kept.chars().count() > VALUE_CHARACTERS {
                let shown: String = name.chars().take(NAME_CHARACTERS).collect();
                return Err(PAGE_DATA_INVALID.with("name", shown).with("max", VALUES));
            }
            Ok((kept_name, kept))
        })
        .collect()
}

/// Keeps what the page says now. The same again is no news.
pub async fn put_data(tx: &mut Tx<'_>, mut thread: Thread, data: PageData) -> Result<(), Problem> {
    if thread.conversation.page_data == data {
        return Ok(());
    }
    // Apart from the row's other changes: each message would write it again.
    tx.put(
        sql!("UPDATE conversations SET page_data = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, thread.conversation.id, serde_json::to_string(&data)?],
    )
    .await?;
    thread.conversation.page_data = data;
    thread.save(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, value: &str) -> Result<PageData, Problem> {
        checked(BTreeMap::from([(name.to_owned(), value.to_owned())]))
    }

    #[test]
    fn a_name_and_a_value_are_short_lines() {
        assert_eq!(one(" plan ", "gold\n\u{202e}").expect("data")["plan"], "gold");
        assert!(one("plan", "").is_ok());
        for (name, value) in [("", "x"), (" ", "x"), (&*"x".repeat(41), "x"), ("x", &*"x".repeat(201))] {
            assert!(one(name, value).is_err(), "{name} {value}");
        }
        let many = |count: usize| checked((0..count).map(|n| (n.to_string(), String::new())).collect());
        assert!(many(20).is_ok() && many(21).is_err());
    }
}
