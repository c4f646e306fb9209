//! The records of a person as his archive tells them: by the names of their types, states and fields. Absent: records
//! themselves (`records`, which knows of contacts, and not the other way round).

use crate::Attribute;
use base::{Ms, Problem, Tx};
use contacts::ContactSource;
use db::{params, sql};
use ids::{AttributeId, ContactId, RecordId, RecordStateId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize)]
pub struct ExportedRecord {
    id: RecordId,
    r#type: String,
    number: String,
    title: Option<String>,
    state: Option<String>,
    fields: BTreeMap<String, String>,
    source: Option<ContactSource>,
    created_at: Ms,
    changed_at: Ms,
}

/// Of a type's states what is told.
#[derive(Deserialize)]
struct State {
    id: RecordStateId,
    name: String,
}

/// Of the contact and whoever was merged into him, oldest first.
pub async fn records(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ExportedRecord>, Problem> {
    let mut found = Vec::new();
    for one in contacts::all_of(tx, contact).await? {
        let rows = tx
            .query(
                sql!(
                    "SELECT r.id, t.name, r.number, r.title, r.state_id, t.states, t.fields, r.field_values, r.source, \
                     r.created_at, r.changed_at FROM records r JOIN record_types t \
                     ON t.workspace_id = r.workspace_id AND t.id = r.type_id \
                     WHERE r.workspace_id = $1 AND r.contact_id = $2 ORDER BY r.created_at, r.id"
                ),
                &params![tx.workspace, one],
            )
            .await?;
        for row in &rows {
            let states: Vec<State> = serde_json::from_str(&row.get::<String>("states")?)?;
            let fields: Vec<Attribute> = serde_json::from_str(&row.get::<String>("fields")?)?;
            let values: BTreeMap<AttributeId, String> = serde_json::from_str(&row.get::<String>("field_values")?)?;
            let state: RecordStateId = row.get("state_id")?;
            let source: Option<String> = row.get("source")?;
            let named = fields.into_iter().filter_map(|field| Some((field.name, values.get(&field.id)?.clone())));
            found.push(ExportedRecord {
                id: row.get("id")?,
                r#type: row.get("name")?,
                number: row.get("number")?,
                title: row.get("title")?,
                state: states.into_iter().find(|one| one.id == state).map(|one| one.name),
                fields: named.collect(),
                source: source.map(|text| serde_json::from_str(&text)).transpose()?,
                created_at: row.get("created_at")?,
                changed_at: row.get("changed_at")?,
            });
        }
    }
    Ok(found)
}
