//! Data fields: which of the data that pages tell of their visitors are shown, under which name and as what.
//!
//! What must stay true: what a page tells and nobody declared is kept and not shown (R273); a declaration says how a value
//! is read, and makes nobody's word true: what no server signed stays unproven. Absent: the data (`conversations`, and
//! `contacts` for what is signed), and reading a value, which whoever shows it does.

use crate::{DATA_FIELD_INVALID, DATA_FIELD_TAKEN, TOO_MANY_DATA_FIELDS, event};
use axum::{Json, http::StatusCode};
use base::{AnyMember, Audited, Body, Caller, Ctx, Permit, Problem, Right, Tx};
use db::{FromValue, Row, params, sql};
use ids::DataFieldId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// As long as a page may call it.
const NAME_CHARACTERS: usize = 40;
const LABEL_CHARACTERS: usize = 60;
/// Of one workspace.
const MOST: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DataKind {
    Text,
    Number,
    /// A day, or a time of ISO 8601.
    Date,
    /// `true` or `false`.
    Flag,
    /// An address that begins with `https://` or `http://`.
    Link,
    /// A number with a currency of ISO 4217, such as `125000 IDR`.
    Money,
}

const KINDS: [(DataKind, &str); 6] = [
    (DataKind::Text, "text"),
    (DataKind::Number, "number"),
    (DataKind::Date, "date"),
    (DataKind::Flag, "flag"),
    (DataKind::Link, "link"),
    (DataKind::Money, "money"),
];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DataField {
    pub id: DataFieldId,
    /// As the page calls it; capitals count.
    pub name: String,
    /// As the team reads it.
    pub label: String,
    pub kind: DataKind,
    pub shown: bool,
}

#[derive(Serialize, ToSchema)]
pub struct DataFieldList {
    /// In the order in which they were made, which is that in which they are shown.
    pub items: Vec<DataField>,
}

/// As it is from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutDataField {
    /// At most 40 characters.
    pub name: String,
    /// One line of at most 60 characters; empty: the name.
    #[serde(default)]
    pub label: String,
    pub kind: DataKind,
    pub shown: bool,
}

impl DataKind {
    fn as_str(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("text", |(_, name)| name)
    }
}

impl FromValue for DataKind {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let text = String::from_value(value)?;
        KINDS.iter().find(|(_, name)| *name == text).map(|(kind, _)| *kind).ok_or("a kind of data was expected")
    }
}

/// May say what is shown of what pages tell.
pub struct CanDeclareData(DataFieldId);

impl Permit for CanDeclareData {
    type Target = DataFieldId;

    async fn grant(caller: &Caller, target: DataFieldId, _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::WORKSPACE_MANAGE)?;
        Ok(Self(target))
    }
}

fn from_row(row: &Row) -> Result<DataField, db::Error> {
    Ok(DataField {
        id: row.get("id")?,
        name: row.get("name")?,
        label: row.get("label")?,
        kind: row.get("kind")?,
        shown: row.get("shown")?,
    })
}

async fn all(tx: &mut Tx<'_>) -> Result<Vec<DataField>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, name, label, kind, shown FROM data_fields WHERE workspace_id = $1 ORDER BY created_at, id"
            ),
            &params![tx.workspace],
        )
        .await?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}

async fn put(tx: &mut Tx<'_>, id: DataFieldId, asked: PutDataField) -> Result<DataField, Problem> {
    let known = all(tx).await?;
    let before = known.iter().find(|one| one.id == id);
    if before.is_none() && known.len() >= MOST {
        return Err(TOO_MANY_DATA_FIELDS.with("max", MOST));
    }
    let name = base::name(&asked.name, NAME_CHARACTERS, DATA_FIELD_INVALID)?;
    let label = if asked.label.trim().is_empty() { &name } else { &asked.label };
    let label = base::name(label, LABEL_CHARACTERS, DATA_FIELD_INVALID)?;
    let after = DataField { id, name, label, kind: asked.kind, shown: asked.shown };
    if before == Some(&after) {
        return Ok(after);
    }
    let written = tx
        .execute(
            sql!(
                "INSERT INTO data_fields (workspace_id, id, name, label, kind, shown, created_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace_id, id) \
                 DO UPDATE SET name = $3, label = $4, kind = $5, shown = $6"
            ),
            &params![
                tx.workspace,
                id,
                after.name.as_str(),
                after.label.as_str(),
                after.kind.as_str(),
                after.shown,
                tx.now
            ],
        )
        .await;
    match written {
        Err(db::Error::Unique(_)) => return Err(DATA_FIELD_TAKEN.with("name", after.name)),
        written => drop(written?),
    }
    tx.audit(match before {
        Some(before) => Audited::changed("data_field", id, &after.label, before, &after)?,
        None => Audited::created("data_field", id, &after.label, &after)?,
    });
    event::data_fields_changed(tx)?;
    Ok(after)
}

async fn remove(tx: &mut Tx<'_>, id: DataFieldId) -> Result<(), Problem> {
    let known = all(tx).await?;
    let Some(gone) = known.iter().find(|one| one.id == id) else { return Ok(()) };
    tx.put(sql!("DELETE FROM data_fields WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, id]).await?;
    tx.audit(Audited::removed("data_field", id, &gone.label, gone)?);
    event::data_fields_changed(tx)?;
    Ok(())
}

/// List what is shown of the data of pages
#[utoipa::path(
    get, path = "/api/v1/data-fields", tag = "contacts",
    responses((status = 200, body = DataFieldList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_data_fields(ctx: Ctx<AnyMember>) -> Result<Json<DataFieldList>, Problem> {
    ctx.read(|tx, AnyMember(_)| Box::pin(async move { Ok(Json(DataFieldList { items: all(tx).await? })) })).await
}

/// Declare data of pages, or change how it is shown
#[utoipa::path(
    put, path = "/api/v1/data-fields/{data_field}", tag = "contacts",
    params(("data_field" = DataFieldId, Path)), request_body = PutDataField,
    responses((status = 200, body = DataField), (status = "default", body = base::ProblemBody))
)]
pub async fn put_data_field(
    ctx: Ctx<CanDeclareData>,
    Body(asked): Body<PutDataField>,
) -> Result<Json<DataField>, Problem> {
    ctx.write(|tx, CanDeclareData(id)| Box::pin(put(tx, id, asked))).await.map(Json)
}

/// Show data of pages no more
///
/// What pages tell under this name is kept as before.
#[utoipa::path(
    delete, path = "/api/v1/data-fields/{data_field}", tag = "contacts", params(("data_field" = DataFieldId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_data_field(ctx: Ctx<CanDeclareData>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanDeclareData(id)| Box::pin(remove(tx, id))).await?;
    Ok(StatusCode::NO_CONTENT)
}
