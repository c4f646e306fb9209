//! The migrations of the product, embedded: the folder `migrations/` in one global order.
//!
//! A step is `NNNN_name.sql` for both engines, or the pair `NNNN_name.sqlite.sql` and `NNNN_name.postgres.sql`
//! where they differ.

use db::Migration;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;

#[derive(RustEmbed)]
#[folder = "../../migrations"]
#[include = "*.sql"]
struct Folder;

/// Every step, oldest first.
pub fn migrations() -> Vec<Migration> {
    let files = Folder::iter().filter_map(|name| {
        let file = Folder::get(&name)?;
        Some((name.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
    });
    steps(files)
}

fn steps(files: impl Iterator<Item = (String, String)>) -> Vec<Migration> {
    let mut steps: BTreeMap<String, Migration> = BTreeMap::new();
    for (file, text) in files {
        let stem = file.strip_suffix(".sql").unwrap_or(&file);
        let (name, sqlite, postgres) = match stem.rsplit_once('.') {
            Some((name, "sqlite")) => (name, text, String::new()),
            Some((name, "postgres")) => (name, String::new(), text),
            _ => (stem, text.clone(), text),
        };
        let step = steps.entry(name.to_owned()).or_insert_with(|| Migration {
            name: name.to_owned(),
            sqlite: String::new(),
            postgres: String::new(),
        });
        step.sqlite.push_str(&sqlite);
        step.postgres.push_str(&postgres);
    }
    steps.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_serves_both_engines_and_a_pair_makes_one_step() {
        let files = [("0002_b.sqlite.sql", "s"), ("0001_a.sql", "both"), ("0002_b.postgres.sql", "p")];
        let steps = steps(files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())));
        let seen: Vec<_> = steps.iter().map(|s| (s.name.as_str(), s.sqlite.as_str(), s.postgres.as_str())).collect();
        assert_eq!(seen, [("0001_a", "both", "both"), ("0002_b", "s", "p")]);
    }

    #[test]
    fn the_folder_travels_in_the_binary() {
        assert_eq!(migrations().first().map(|step| step.name.clone()).as_deref(), Some("0001_first"));
    }
}
