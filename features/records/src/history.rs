//! Who changed what of a record, and from what to what.

use crate::{access::CanSee, record::Record, record_type::RecordType};
use axum::Json;
use base::{Ctx, Cursor, MemberCaller, Problem, QueryOf, Tx, page_size};
use db::{Row, params, sql};
use ids::{MemberId, RecordId, Uuid};
use profiles::FieldChange;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 30;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordChange {
    /// The version that it led to.
    pub number: i64,
    pub at: i64,
    pub member_id: Option<MemberId>,
    /// His name at that time; `null`: it was made by itself.
    pub by: Option<String>,
    /// Fields are `number`, `title`, `state` with the names of states, `conversation` with an id, or ids of fields.
    pub changes: Vec<FieldChange>,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecordHistoryQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 30.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct RecordHistory {
    /// Newest first.
    pub items: Vec<RecordChange>,
    pub next_cursor: Option<String>,
}

impl RecordChange {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            number: row.get("number")?,
            at: row.get("at")?,
            member_id: row.get("member_id")?,
            by: row.get("member_name")?,
            changes: serde_json::from_str(&row.get::<String>("changes")?)?,
        })
    }
}

/// What a new one says.
pub fn of_new(record: &Record, of: &RecordType) -> Vec<FieldChange> {
    let said = |field: String, after: Option<String>| FieldChange { field, before: None, after };
    let mut changes = vec![said("number".to_owned(), Some(record.number.clone()))];
    if record.title.is_some() {
        changes.push(said("title".to_owned(), record.title.clone()));
    }
    changes.push(said("state".to_owned(), of.state_name(record.state_id)));
    changes.extend(record.values.iter().map(|(id, value)| said(id.to_string(), Some(value.clone()))));
    changes
}

/// Keeps what was changed as the version that the record has.
pub async fn keep(
    tx: &mut Tx<'_>,
    record: &Record,
    by: Option<&MemberCaller>,
    changes: &[FieldChange],
) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO record_changes (workspace_id, record_id, number, at, member_id, member_name, changes) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            tx.workspace,
            record.id,
            record.version,
            tx.now,
            by.map(|by| by.id),
            by.map(|by| by.name.clone()),
            serde_json::to_string(changes)?
        ],
    )
    .await?;
    Ok(())
}

/// The record, which is locked, has another version, by these changes. The caller writes what it says.
pub async fn next(
    tx: &mut Tx<'_>,
    record: &mut Record,
    by: Option<&MemberCaller>,
    changes: &[FieldChange],
) -> Result<(), Problem> {
    (record.version, record.changed_at) = (record.version + 1, tx.now);
    tx.put(
        sql!("UPDATE records SET version = $3, changed_at = $4 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, record.id, record.version, record.changed_at],
    )
    .await?;
    keep(tx, record, by, changes).await
}

/// What was changed after a version, oldest first.
pub async fn since(tx: &mut Tx<'_>, record: RecordId, version: i64) -> Result<Vec<RecordChange>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT number, at, member_id, member_name, changes FROM record_changes \
                 WHERE workspace_id = $1 AND record_id = $2 AND number > $3 ORDER BY number"
            ),
            &params![tx.workspace, record, version],
        )
        .await?;
    rows.iter().map(RecordChange::from_row).collect()
}

async fn page(tx: &mut Tx<'_>, record: RecordId, query: RecordHistoryQuery) -> Result<RecordHistory, Problem> {
    let (before, limit) = (Cursor::parse(query.cursor.as_deref())?, page_size(query.limit, PAGE));
    let rows = tx
        .query(
            sql!(
                "SELECT number, at, member_id, member_name, changes FROM record_changes \
                 WHERE workspace_id = $1 AND record_id = $2 AND number < $3 ORDER BY number DESC LIMIT $4"
            ),
            &params![tx.workspace, record, before.at, limit + 1],
        )
        .await?;
    let mut items = rows.iter().map(RecordChange::from_row).collect::<Result<Vec<_>, _>>()?;
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let last = items.last().filter(|_| more).map(|last| Cursor { at: last.number, id: Uuid::nil() }.to_string());
    Ok(RecordHistory { items, next_cursor: last })
}

/// Conversations that the reader does not see are named to nobody.
async fn shown(tx: &mut Tx<'_>, permit: CanSee, query: RecordHistoryQuery) -> Result<RecordHistory, Problem> {
    let mut history = page(tx, permit.record.id, query).await?;
    for change in history.items.iter_mut().flat_map(|item| &mut item.changes) {
        if change.field != "conversation" {
            continue;
        }
        for side in [&mut change.before, &mut change.after] {
            let Some(id) = side.as_deref().and_then(|id| id.parse().ok()) else { continue };
            if conversations::seen(tx, &permit.member, id).await?.is_none() {
                *side = Some(String::new());
            }
        }
    }
    Ok(history)
}

/// List what was changed of a record
#[utoipa::path(
    get, path = "/api/v1/records/{record}/history", tag = "records",
    params(("record" = RecordId, Path), RecordHistoryQuery),
    responses((status = 200, body = RecordHistory), (status = "default", body = base::ProblemBody))
)]
pub async fn list_record_changes(
    ctx: Ctx<CanSee>,
    QueryOf(query): QueryOf<RecordHistoryQuery>,
) -> Result<Json<RecordHistory>, Problem> {
    ctx.read(|tx, permit| Box::pin(shown(tx, permit, query))).await.map(Json)
}
