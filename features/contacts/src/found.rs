//! By what a contact is found, and where he stands among others.
//!
//! What must stay true: the words in the table are those of what is known of him now, without case and accents. Absent:
//! how they are asked for (`profiles`).

use crate::{ContactField, Known};
use base::{Problem, Tx};
use db::{params, sql};
use ids::ContactId;
use words::words;

/// The end of a phone number that finds it has so many digits at least.
const PHONE_DIGITS: usize = 4;
/// Of one contact: what else is known of him does not find him.
const MOST_WORDS: usize = 100;
/// After every name, so that who has none comes last.
const NAMELESS: &str = "\u{10ffff}";

fn folded(text: &str) -> impl Iterator<Item = String> + use<> {
    words(text).into_iter().map(|word| word.text)
}

/// Whole, so that one address is found among many of one house.
pub fn folded_address(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Known {
    /// The words by whose beginnings he is found: of his names, his addresses, and the ends of his numbers.
    pub fn words(&self) -> Vec<String> {
        let wrote = |field| self.written.get(&field);
        let names = [
            wrote(ContactField::DisplayName),
            wrote(ContactField::FirstName),
            wrote(ContactField::LastName),
            wrote(ContactField::Company),
            self.told.name.as_ref(),
        ];
        let mut found: Vec<String> = names.into_iter().flatten().flat_map(|name| folded(name)).collect();
        for email in [wrote(ContactField::Email), self.told.email.as_ref()].into_iter().flatten() {
            found.extend(folded(email).chain([folded_address(email)]));
        }
        for phone in [wrote(ContactField::Phone), self.told.phone.as_ref()].into_iter().flatten() {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            // People remember how a number ends, and begin it with 0 or with their country.
            let ends = digits.len().checked_sub(PHONE_DIGITS).map(|last| (0..=last).map(|start| &digits[start..]));
            found.extend(ends.into_iter().flatten().map(str::to_owned));
        }
        found.retain(|word| !word.is_empty());
        found.truncate(MOST_WORDS);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What he is sorted by: his name, or else how he is reached.
    pub fn sort_name(&self) -> String {
        let shown = self.shown();
        let known = shown.name.or(shown.email).or(shown.phone).unwrap_or_default();
        let folded = folded(&known).collect::<Vec<_>>().join(" ");
        if folded.is_empty() { NAMELESS.to_owned() } else { folded }
    }

    /// Makes the table say by which words he is found now, and no others.
    pub(crate) async fn keep_words(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        // Who was merged into another is found as that one.
        let now = if self.merged_into.is_some() { Vec::new() } else { self.words() };
        let was = std::mem::take(&mut self.found_by);
        let gone: Vec<_> = was.iter().filter(|word| !now.contains(word)).collect();
        let new: Vec<_> = now.iter().filter(|word| !was.contains(word)).collect();
        if !gone.is_empty() {
            tx.put(
                sql!(
                    sqlite: "DELETE FROM contact_words WHERE workspace_id = ?1 AND contact_id = ?2 \
                             AND word IN (SELECT value FROM json_each(?3))",
                    postgres: "DELETE FROM contact_words WHERE workspace_id = $1 AND contact_id = $2 \
                               AND word IN (SELECT jsonb_array_elements_text($3::text::jsonb))"
                ),
                params![tx.workspace, self.id, serde_json::to_string(&gone)?],
            )
            .await?;
        }
        if !new.is_empty() {
            tx.put(
                sql!(
                    sqlite: "INSERT INTO contact_words (workspace_id, word, contact_id) \
                             SELECT ?1, value, ?2 FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING",
                    postgres: "INSERT INTO contact_words (workspace_id, word, contact_id) \
                               SELECT $1, value, $2 FROM jsonb_array_elements_text($3::text::jsonb) \
                               ON CONFLICT DO NOTHING"
                ),
                params![tx.workspace, self.id, serde_json::to_string(&new)?],
            )
            .await?;
        }
        self.found_by = now;
        Ok(())
    }
}

/// Makes what up to `limit` contacts are found by who have none of it yet; answers how many they were.
pub async fn catch_up(tx: &mut Tx<'_>, limit: i64) -> Result<usize, Problem> {
    let rows = tx
        .query(
            sql!("SELECT id FROM contacts WHERE workspace_id = $1 AND sort_name IS NULL ORDER BY id LIMIT $2"),
            &params![tx.workspace, limit],
        )
        .await?;
    for row in &rows {
        if let Some(mut known) = crate::lock_known(tx, row.get::<ContactId>("id")?).await? {
            known.save(tx).await?;
        }
    }
    Ok(rows.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Told;
    use ids::Uuid;

    #[test]
    fn a_contact_is_found_by_names_addresses_and_the_ends_of_numbers() {
        let told = Told {
            name: Some("Déwi".into()),
            email: Some("Dewi@Shop.id".into()),
            phone: Some("+62 812-34".into()),
            ..Told::default()
        };
        let mut known = Known::new(ContactId(Uuid::nil()), told, 0);
        assert_eq!(known.words(), ["1234", "281234", "6281234", "81234", "dewi", "dewi@shop.id", "id", "shop"]);
        known.written.insert(ContactField::LastName, "Ayu Ørsted".into());
        assert!(known.words().contains(&"orsted".to_owned()));
        assert_eq!(known.sort_name(), "ayu orsted");
        assert_eq!(Known::new(ContactId(Uuid::nil()), Told::default(), 0).sort_name(), NAMELESS);
    }
}
