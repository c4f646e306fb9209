//! Changing a record: its number, title, state and fields.
//!
//! What must stay true: what somebody else changed since the writer looked is not overwritten; what nobody else touched
//! is. Every conversation to which it belongs says that it is in another state, or says something else.

use crate::{
    RECORD_CHANGED, RECORD_NUMBER_INVALID, RECORD_STATE_UNKNOWN, RECORD_TYPE_UNKNOWN,
    access::{CanEdit, facts_of},
    create::{NUMBER_CHARACTERS, checked_number, checked_title, must_be_free, news},
    event, history,
    record::{Record, folded},
    record_type::{self, RecordType},
};
use axum::Json;
use base::{Body, Ctx, Problem, Tx};
use conversations::{RecordAct, RecordNews, say_of_record};
use db::{params, sql};
use ids::{AttributeId, RecordId, RecordStateId};
use profiles::{FieldChange, Writer, checked_value};
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditRecord {
    /// The version that the writer looked at.
    pub version: i64,
    /// What is absent stays as it is.
    pub number: Option<String>,
    /// Blanks take it away.
    pub title: Option<String>,
    pub state_id: Option<RecordStateId>,
    /// By the id of a field; `null` or blanks take away what it says.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Option<String>>)]
    pub values: BTreeMap<AttributeId, Option<String>>,
}

/// Writes what is asked for into the record, and says how it differs.
async fn write(
    tx: &mut Tx<'_>,
    record: &mut Record,
    of: &RecordType,
    asked: EditRecord,
    by: Writer,
) -> Result<Vec<FieldChange>, Problem> {
    let mut changes = Vec::new();
    let mut change = |field: String, before: Option<String>, after: Option<String>| {
        if before != after {
            changes.push(FieldChange { field, before, after });
        }
    };
    if let Some(number) = &asked.number {
        let number = checked_number(Some(number))?.ok_or(RECORD_NUMBER_INVALID.with("max", NUMBER_CHARACTERS))?;
        if folded(&number) != folded(&record.number) {
            must_be_free(tx, of.id, &number).await?;
        }
        let before = std::mem::replace(&mut record.number, number.clone());
        change("number".to_owned(), Some(before), Some(number));
    }
    if let Some(title) = &asked.title {
        let title = checked_title(Some(title))?;
        let before = std::mem::replace(&mut record.title, title.clone());
        change("title".to_owned(), before, title);
    }
    if let Some(state) = asked.state_id {
        let name = of.state_name(state).ok_or(RECORD_STATE_UNKNOWN)?;
        let before = std::mem::replace(&mut record.state_id, state);
        change("state".to_owned(), of.state_name(before), Some(name));
    }
    for (id, text) in asked.values {
        let field = of.fields.iter().find(|field| field.id == id && !field.archived);
        let after = checked_value(field.ok_or(profiles::ATTRIBUTE_UNKNOWN)?, text.as_deref(), by)?;
        let before = match &after {
            Some(text) => record.values.insert(id, text.clone()),
            None => record.values.remove(&id),
        };
        change(id.to_string(), before, after);
    }
    Ok(changes)
}

/// Refuses when somebody changed one of these since, unless it already is what is asked for.
async fn must_have_seen(tx: &mut Tx<'_>, id: RecordId, version: i64, asked: &[FieldChange]) -> Result<(), Problem> {
    for changed in history::since(tx, id, version).await?.into_iter().rev() {
        for FieldChange { field, .. } in changed.changes {
            if let Some(asked) = asked.iter().find(|asked| asked.field == field) {
                let refused = RECORD_CHANGED.with("by", changed.by.unwrap_or_default()).with("field", field);
                return Err(refused.with("value", asked.before.clone().unwrap_or_default()));
            }
        }
    }
    Ok(())
}

async fn edit(tx: &mut Tx<'_>, permit: CanEdit, asked: EditRecord) -> Result<Record, Problem> {
    let CanEdit { member, mut record, threads } = permit;
    let of = record_type::keep(tx, record.type_id).await?.ok_or(RECORD_TYPE_UNKNOWN)?;
    let by = if member.token().is_some() { Writer::Program } else { Writer::Member };
    let version = asked.version;
    let changes = write(tx, &mut record, &of, asked, by).await?;
    if changes.is_empty() {
        return Ok(record.of_type(&[of]));
    }
    must_have_seen(tx, record.id, version, &changes).await?;
    tx.put(
        sql!(
            "UPDATE records SET number = $3, folded = $4, title = $5, state_id = $6, field_values = $7 \
             WHERE workspace_id = $1 AND id = $2"
        ),
        params![
            tx.workspace,
            record.id,
            record.number.clone(),
            folded(&record.number),
            record.title.clone(),
            record.state_id,
            serde_json::to_string(&record.values)?
        ],
    )
    .await?;
    history::next(tx, &mut record, Some(&member), &changes).await?;
    let moved = changes.iter().find(|change| change.field == "state");
    let mut lines = Vec::new();
    if let Some(FieldChange { before, after, .. }) = moved.cloned() {
        lines.push(RecordNews { before, after, ..news(&of, &record, RecordAct::Moved) });
    }
    if changes.len() > lines.len() {
        lines.push(news(&of, &record, RecordAct::Edited));
    }
    for mut thread in threads.into_values() {
        for line in &lines {
            thread = say_of_record(tx, thread, Some(&member), line.clone()).await?;
        }
    }
    let his = facts_of(tx, &record).await?;
    event::updated(tx, &record, his).await?;
    Ok(record.of_type(&[of]))
}

/// Change a record
#[utoipa::path(
    patch, path = "/api/v1/records/{record}", tag = "records", params(("record" = RecordId, Path)),
    request_body = EditRecord,
    responses((status = 200, body = Record), (status = "default", body = base::ProblemBody))
)]
pub async fn edit_record(ctx: Ctx<CanEdit>, Body(asked): Body<EditRecord>) -> Result<Json<Record>, Problem> {
    ctx.write(|tx, permit| Box::pin(edit(tx, permit, asked))).await.map(Json)
}
