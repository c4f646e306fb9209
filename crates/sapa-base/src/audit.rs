//! The audit log: who changed which setting or right, when, and from what to what.
//!
//! A command names what it did with [`Tx::audit`]; the same transaction writes it as the next line of its workspace's
//! chain. What must stay true: lines are only ever added; each holds the hash of itself and of the line before, so that
//! whoever changes, takes out or puts in one breaks the chain from there on; a secret is never in it. Absent: what
//! happens in conversations. That stands in their own log.

use crate::{Problem, Tx};
use db::{FromValue, Row, params, sql};
use ids::MemberId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Unicode code points of one value; what is longer is cut and ends with an ellipsis.
const VALUE_CHARACTERS: usize = 2_000;
/// Fields of these names say that they changed, not how.
const SECRETS: [&str; 4] = ["key", "password", "secret", "token"];
const CREATED: &str = "created";
const CHANGED: &str = "changed";
const REMOVED: &str = "removed";

/// What a command did, for the log.
pub struct Audited {
    area: &'static str,
    action: &'static str,
    subject: String,
    subject_name: String,
    changes: Vec<AuditChange>,
}

/// One field: `website.title`, from what to what. Words are as they are, the rest is JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditChange {
    pub field: String,
    /// `null`: there was nothing, or it is a secret.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A line of the log, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditLine {
    /// 1, 2, 3 … in its workspace.
    pub number: i64,
    pub at: i64,
    /// Who did it; `null`: the command line, or somebody who was no member yet.
    pub member_id: Option<MemberId>,
    /// His name at that time.
    pub member_name: Option<String>,
    /// The network address that it was asked from.
    pub address: Option<String>,
    /// What kind of thing it is about: `inbox`, `member`, `tag` …
    pub area: String,
    /// `created`, `changed`, `removed`, or what else happens to such a thing.
    pub action: String,
    /// The id of the thing.
    pub subject: String,
    /// Its name at that time.
    pub subject_name: String,
    pub changes: Vec<AuditChange>,
    /// SHA-256 of this line and of the hash before, in hexadecimal.
    pub hash: String,
}

impl Audited {
    pub fn created<T: Serialize>(
        area: &'static str,
        id: impl ToString,
        name: &str,
        made: &T,
    ) -> Result<Self, serde_json::Error> {
        let changes = changes(&Value::Null, &serde_json::to_value(made)?);
        Ok(Self { changes, ..Self::done(area, CREATED, id, name) })
    }

    /// A change of nothing is not noted.
    pub fn changed<T: Serialize>(
        area: &'static str,
        id: impl ToString,
        name: &str,
        before: &T,
        after: &T,
    ) -> Result<Self, serde_json::Error> {
        let changes = changes(&serde_json::to_value(before)?, &serde_json::to_value(after)?);
        Ok(Self { changes, ..Self::done(area, CHANGED, id, name) })
    }

    pub fn removed<T: Serialize>(
        area: &'static str,
        id: impl ToString,
        name: &str,
        gone: &T,
    ) -> Result<Self, serde_json::Error> {
        let changes = changes(&serde_json::to_value(gone)?, &Value::Null);
        Ok(Self { changes, ..Self::done(area, REMOVED, id, name) })
    }

    /// What has no before and after, such as a secret that was replaced.
    pub fn done(area: &'static str, action: &'static str, id: impl ToString, name: &str) -> Self {
        Self { area, action, subject: id.to_string(), subject_name: name.to_owned(), changes: Vec::new() }
    }
}

impl AuditLine {
    /// From a row with all columns of its table but the workspace.
    pub fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            number: row.get("number")?,
            at: row.get("at")?,
            member_id: row.get("member_id")?,
            member_name: row.get("member_name")?,
            address: row.get("address")?,
            area: row.get("area")?,
            action: row.get("action")?,
            subject: row.get("subject")?,
            subject_name: row.get("subject_name")?,
            changes: row.get::<Changes>("changes")?.0,
            hash: row.get("hash")?,
        })
    }

    /// The hash that this line must have after one with the hash `previous`; the first comes after the empty one.
    pub fn hash_after(&self, previous: &str) -> Result<String, serde_json::Error> {
        let told = serde_json::to_string(&(
            self.number,
            self.at,
            self.member_id,
            &self.member_name,
            &self.address,
            &self.area,
            &self.action,
            &self.subject,
            &self.subject_name,
            &self.changes,
        ))?;
        let hash = Sha256::new().chain_update(previous).chain_update("\n").chain_update(told).finalize();
        Ok(hash.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// From the stored column.
struct Changes(Vec<AuditChange>);

impl FromValue for Changes {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let text = String::from_value(value)?;
        serde_json::from_str(&text).map(Self).map_err(|_| "a list of changes was expected")
    }
}

/// The end of a workspace's chain, kept from others until the transaction ends.
async fn lock_end(tx: &mut Tx<'_>) -> Result<(i64, String), Problem> {
    let end = sql!(
        sqlite: "SELECT number, hash FROM audit_ends WHERE workspace_id = ?1",
        postgres: "SELECT number, hash FROM audit_ends WHERE workspace_id = $1 FOR UPDATE"
    );
    let mut row = tx.first(end, &params![tx.workspace]).await?;
    if row.is_none() {
        tx.execute(
            sql!("INSERT INTO audit_ends (workspace_id, number, hash) VALUES ($1, 0, '') ON CONFLICT DO NOTHING"),
            &params![tx.workspace],
        )
        .await?;
        row = tx.first(end, &params![tx.workspace]).await?;
    }
    row.map_or_else(|| Ok((0, String::new())), |row| Ok((row.get("number")?, row.get("hash")?)))
}

impl Tx<'_> {
    /// Adds a line to the workspace's audit log, written with everything else of this transaction.
    pub fn audit(&mut self, audited: Audited) {
        if audited.action != CHANGED || !audited.changes.is_empty() {
            self.audited.push(audited);
        }
    }

    /// Writes what was noted. It comes late, so that the chain's end is locked for a short time.
    pub(crate) async fn write_audit(&mut self) -> Result<(), Problem> {
        let audited = std::mem::take(&mut self.audited);
        if audited.is_empty() {
            return Ok(());
        }
        let (mut number, mut hash) = lock_end(self).await?;
        for one in audited {
            number += 1;
            let line = self.line(number, one);
            hash = line.hash_after(&hash)?;
            self.put_line(AuditLine { hash: hash.clone(), ..line }).await?;
        }
        self.put(
            sql!("UPDATE audit_ends SET number = $2, hash = $3 WHERE workspace_id = $1"),
            params![self.workspace, number, hash],
        )
        .await?;
        Ok(())
    }

    fn line(&self, number: i64, audited: Audited) -> AuditLine {
        AuditLine {
            number,
            at: self.now,
            member_id: self.by.as_ref().map(|member| member.id),
            member_name: self.by.as_ref().map(|member| member.name.clone()),
            address: self.from.map(|address| address.to_string()),
            area: audited.area.to_owned(),
            action: audited.action.to_owned(),
            subject: audited.subject,
            subject_name: audited.subject_name,
            changes: audited.changes,
            hash: String::new(),
        }
    }

    async fn put_line(&mut self, line: AuditLine) -> Result<(), Problem> {
        self.put(
            sql!(
                "INSERT INTO audit (workspace_id, number, at, member_id, member_name, address, area, action, subject, \
                 subject_name, changes, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
            ),
            params![
                self.workspace,
                line.number,
                line.at,
                line.member_id,
                line.member_name,
                line.address,
                line.area,
                line.action,
                line.subject,
                line.subject_name,
                serde_json::to_string(&line.changes)?,
                line.hash,
            ],
        )
        .await?;
        Ok(())
    }
}

fn changes(before: &Value, after: &Value) -> Vec<AuditChange> {
    let (mut was, mut is) = (BTreeMap::new(), BTreeMap::new());
    flatten(String::new(), before, &mut was);
    flatten(String::new(), after, &mut is);
    // The line says what it is about.
    for fields in [&mut was, &mut is] {
        fields.remove("id");
    }
    let fields: Vec<_> = was.keys().chain(is.keys().filter(|field| !was.contains_key(*field))).cloned().collect();
    fields
        .into_iter()
        .filter_map(|field| {
            let (before, after) = (was.remove(&field), is.remove(&field));
            let secret = SECRETS.contains(&field.rsplit('.').next().unwrap_or_default());
            (before != after).then(|| AuditChange {
                before: before.filter(|_| !secret).map(cut),
                after: after.filter(|_| !secret).map(cut),
                field,
            })
        })
        .collect()
}

/// Objects become their fields; what is absent is none.
fn flatten(path: String, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, value, into);
            }
        }
        Value::String(text) => drop(into.insert(path, text.clone())),
        other => drop(into.insert(path, other.to_string())),
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(VALUE_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(before: Value, after: Value) -> Vec<(String, Option<String>, Option<String>)> {
        changes(&before, &after).into_iter().map(|one| (one.field, one.before, one.after)).collect()
    }

    #[test]
    fn only_what_differs_is_told_and_no_secret() {
        let before =
            json!({ "name": "Toko", "website": { "title": "Halo", "sites": ["a"] }, "secret": "old", "gone": 1 });
        let after = json!({ "name": "Toko", "website": { "title": "Hai", "sites": ["a", "b"] }, "secret": "new" });
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            told(before, after),
            [
                ("gone".to_owned(), text("1"), None),
                ("secret".to_owned(), None, None),
                ("website.sites".to_owned(), text("[\"a\"]"), text("[\"a\",\"b\"]")),
                ("website.title".to_owned(), text("Halo"), text("Hai")),
            ]
        );
        assert_eq!(told(json!({ "a": 1 }), json!({ "a": 1 })), []);
        let long = "x".repeat(VALUE_CHARACTERS + 5);
        let cut = told(Value::Null, json!({ "a": long })).remove(0).2.expect("a value");
        assert_eq!(cut.chars().count(), VALUE_CHARACTERS + 1);
    }

    #[test]
    fn each_hash_is_of_the_line_and_of_the_hash_before() {
        let line = AuditLine {
            number: 1,
            at: 5,
            member_id: None,
            member_name: None,
            address: None,
            area: "tag".into(),
            action: "created".into(),
            subject: "tag_1".into(),
            subject_name: "VIP".into(),
            changes: Vec::new(),
            hash: String::new(),
        };
        let first = line.hash_after("").expect("a hash");
        assert_eq!(first.len(), 64);
        assert_ne!(line.hash_after(&first).expect("a hash"), first);
        assert_ne!(AuditLine { at: 6, ..line }.hash_after("").expect("a hash"), first);
    }
}
