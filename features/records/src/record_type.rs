//! Types of records: what a workspace keeps records of, what it wants to know of each, and how far each can be.
//!
//! What must stay true: a name is one in its workspace, whatever its case; a field's kind never changes, and a state in
//! which a record is does not go, so that what was written stays readable; a type is archived and never removed. Its
//! fields are attributes, as contacts have them. Absent: records (`record`).

use crate::{
    RECORD_STATE_USED, RECORD_TYPE_FIELDS_INVALID, RECORD_TYPE_NAME_INVALID, RECORD_TYPE_NAME_TAKEN,
    RECORD_TYPE_STATES_INVALID, RECORD_TYPE_URL_INVALID, TOO_MANY_RECORD_TYPES, event,
};
use axum::Json;
use base::{AnyMember, Audited, Body, Caller, Ctx, MemberCaller, Permit, Problem, Right, Scope, Tx};
use db::{Row, params, sql};
use ids::{InboxId, RecordStateId, RecordTypeId};
use profiles::{Attribute, declared};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tags::TagColor;
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 40;
const STATE_CHARACTERS: usize = 40;
const URL_CHARACTERS: usize = 500;
/// Of one workspace, archived ones too.
const MOST: usize = 50;
const FIELDS: usize = 40;
const STATES: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordIcon {
    Order,
    Claim,
    Lead,
    Booking,
    Invoice,
    Delivery,
    Record,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordState {
    pub id: RecordStateId,
    /// One line of at most 40 characters.
    pub name: String,
    /// Nothing more is to be done.
    pub done: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecordType {
    pub id: RecordTypeId,
    pub name: String,
    pub icon: RecordIcon,
    /// As tags have them.
    pub color: TagColor,
    /// In their order; archived ones too.
    pub fields: Vec<Attribute>,
    /// In their order: a record begins in the first.
    pub states: Vec<RecordState>,
    /// Where another system shows a record: `{number}` and `{name of a field}` stand for what it says.
    pub url: Option<String>,
    /// Inboxes in which a new session begins with one; none for whoever may not declare it.
    pub inbox_ids: Vec<InboxId>,
    /// It keeps its records and no new ones are made.
    pub archived: bool,
    /// Another system is asked for what it has of a contact.
    pub looks_up: bool,
}

#[derive(Serialize, ToSchema)]
pub struct RecordTypeList {
    /// In the order in which they were made; archived ones too.
    pub items: Vec<RecordType>,
}

/// As it is from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutRecordType {
    /// One line of at most 40 characters.
    pub name: String,
    pub icon: RecordIcon,
    pub color: TagColor,
    /// At most 40, each of them with its own id; what is left out is archived.
    #[serde(default)]
    pub fields: Vec<Attribute>,
    /// 1 to 20, each of them with its own id.
    pub states: Vec<RecordState>,
    /// `https://`; empty: none.
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub inbox_ids: Vec<InboxId>,
    #[serde(default)]
    pub archived: bool,
}

impl RecordType {
    pub fn state(&self, id: RecordStateId) -> Option<&RecordState> {
        self.states.iter().find(|state| state.id == id)
    }

    pub fn state_name(&self, id: RecordStateId) -> Option<String> {
        self.state(id).map(|state| state.name.clone())
    }

    fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            icon: serde_json::from_value(row.get::<String>("icon")?.into())?,
            color: row.get("color")?,
            fields: serde_json::from_str(&row.get::<String>("fields")?)?,
            states: serde_json::from_str(&row.get::<String>("states")?)?,
            url: row.get("url")?,
            inbox_ids: serde_json::from_str(&row.get::<String>("inboxes")?)?,
            archived: row.get("archived")?,
            looks_up: row.get("looks_up")?,
        })
    }
}

/// May declare what the workspace keeps records of.
pub struct CanDeclare(RecordTypeId);

impl Permit for CanDeclare {
    type Target = RecordTypeId;

    async fn grant(caller: &Caller, target: RecordTypeId, _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::WORKSPACE_MANAGE)?;
        Ok(Self(target))
    }
}

/// All of the workspace's, archived ones too.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<RecordType>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, name, icon, color, fields, states, url, inboxes, archived, \
                 CASE WHEN lookup_url IS NULL THEN 0 ELSE 1 END AS looks_up FROM record_types \
                 WHERE workspace_id = $1 ORDER BY created_at, id"
            ),
            &params![tx.workspace],
        )
        .await?;
    rows.iter().map(RecordType::from_row).collect()
}

pub async fn find(tx: &mut Tx<'_>, id: RecordTypeId) -> Result<Option<RecordType>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT id, name, icon, color, fields, states, url, inboxes, archived, \
                 CASE WHEN lookup_url IS NULL THEN 0 ELSE 1 END AS looks_up FROM record_types \
                 WHERE workspace_id = $1 AND id = $2"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    row.as_ref().map(RecordType::from_row).transpose()
}

/// The same, to make a record of it or to change one: nobody changes what it is, or makes another one, meanwhile.
pub async fn keep(tx: &mut Tx<'_>, id: RecordTypeId) -> Result<Option<RecordType>, Problem> {
    if tx.engine() == db::Engine::Postgres {
        let lock = sql!(postgres: "SELECT id FROM record_types WHERE workspace_id = $1 AND id = $2 FOR UPDATE");
        tx.put(lock, params![tx.workspace, id]).await?;
    }
    find(tx, id).await
}

/// The next number that counting gives. The caller keeps the type.
pub async fn count(tx: &mut Tx<'_>, id: RecordTypeId) -> Result<i64, Problem> {
    let counted =
        sql!("UPDATE record_types SET counted = counted + 1 WHERE workspace_id = $1 AND id = $2 RETURNING counted");
    let row = tx.first(counted, &params![tx.workspace, id]).await?;
    Ok(row.map_or(Ok(0), |row| row.get("counted"))?)
}

/// Those that are left out are archived, and not gone: records say something in them.
fn checked_fields(before: &[Attribute], asked: Vec<Attribute>) -> Result<Vec<Attribute>, Problem> {
    let refusal = || RECORD_TYPE_FIELDS_INVALID.with("max", FIELDS);
    let mut fields = Vec::new();
    for one in asked {
        fields.push(declared(before.iter().find(|known| known.id == one.id), one)?);
    }
    let named = |field: &Attribute| field.id;
    let left: Vec<_> = before.iter().filter(|known| !fields.iter().any(|one| one.id == known.id)).cloned().collect();
    fields.extend(left.into_iter().map(|known| Attribute { archived: true, ..known }));
    let ids: BTreeSet<_> = fields.iter().map(named).collect();
    let used: Vec<_> = fields.iter().filter(|field| !field.archived).map(|field| field.name.to_lowercase()).collect();
    let names: BTreeSet<_> = used.iter().collect();
    let fits = fields.len() <= FIELDS && ids.len() == fields.len() && names.len() == used.len();
    if fits { Ok(fields) } else { Err(refusal()) }
}

fn checked_states(asked: Vec<RecordState>) -> Result<Vec<RecordState>, Problem> {
    let refusal = || RECORD_TYPE_STATES_INVALID.with("most", STATES).with("max", STATE_CHARACTERS);
    let mut states = Vec::new();
    for one in asked {
        let name = base::name(&one.name, STATE_CHARACTERS, RECORD_TYPE_STATES_INVALID).map_err(|_| refusal())?;
        states.push(RecordState { name, ..one });
    }
    let ids: BTreeSet<_> = states.iter().map(|state| state.id).collect();
    let names: BTreeSet<_> = states.iter().map(|state| state.name.to_lowercase()).collect();
    let differ = ids.len() == states.len() && names.len() == states.len();
    if differ && (1..=STATES).contains(&states.len()) { Ok(states) } else { Err(refusal()) }
}

/// Only what follows the host has gaps: nobody's value says to whom a click goes.
fn checked_url(text: &str, fields: &[Attribute]) -> Result<Option<String>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let refusal = || RECORD_TYPE_URL_INVALID.with("max", URL_CHARACTERS);
    let rest = text.strip_prefix("https://").ok_or_else(refusal)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = text.chars().count() <= URL_CHARACTERS && !text.chars().any(char::is_control);
    let known = |gap: &str| gap == "number" || fields.iter().any(|field| !field.archived && field.name == gap);
    let closed = gaps(text).into_iter().all(|gap| gap.is_some_and(known));
    let fits = plain && !host.is_empty() && !host.contains(['{', '}', '@', '\\', ' ']) && closed;
    if fits { Ok(Some(text.to_owned())) } else { Err(refusal()) }
}

/// The names between braces; `None` for a brace that is not closed.
fn gaps(text: &str) -> Vec<Option<&str>> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

/// No record is in a state that goes.
async fn must_be_free(tx: &mut Tx<'_>, state: &RecordState) -> Result<(), Problem> {
    let used = sql!("SELECT 1 AS used FROM records WHERE workspace_id = $1 AND state_id = $2 LIMIT 1");
    match tx.first(used, &params![tx.workspace, state.id]).await? {
        Some(_) => Err(RECORD_STATE_USED.with("name", state.name.as_str())),
        None => Ok(()),
    }
}

async fn put(tx: &mut Tx<'_>, id: RecordTypeId, asked: PutRecordType) -> Result<RecordType, Problem> {
    keep(tx, id).await?;
    let known = all(tx).await?;
    let before = known.iter().find(|one| one.id == id);
    if before.is_none() && known.len() >= MOST {
        return Err(TOO_MANY_RECORD_TYPES.with("max", MOST));
    }
    let fields = checked_fields(before.map_or(&[], |before| &before.fields), asked.fields)?;
    let mut inbox_ids = Vec::new();
    for inbox in asked.inbox_ids {
        if !inbox_ids.contains(&inbox) && inboxes::find(tx, inbox).await?.is_some() {
            inbox_ids.push(inbox);
        }
    }
    let after = RecordType {
        id,
        name: base::name(&asked.name, NAME_CHARACTERS, RECORD_TYPE_NAME_INVALID)?,
        icon: asked.icon,
        color: asked.color,
        states: checked_states(asked.states)?,
        url: checked_url(&asked.url, &fields)?,
        fields,
        inbox_ids,
        archived: asked.archived,
        looks_up: before.is_some_and(|before| before.looks_up),
    };
    if before == Some(&after) {
        return Ok(after);
    }
    for state in before.iter().flat_map(|before| &before.states).filter(|state| after.state(state.id).is_none()) {
        must_be_free(tx, state).await?;
    }
    store(tx, &after).await?;
    tx.audit(match before {
        Some(before) => Audited::changed("record_type", id, &after.name, before, &after)?,
        None => Audited::created("record_type", id, &after.name, &after)?,
    });
    let touched = before.iter().flat_map(|before| &before.inbox_ids).chain(&after.inbox_ids);
    let touched: BTreeSet<_> = touched.copied().collect();
    let begins = |inbox: InboxId, one: &RecordType| !one.archived && one.inbox_ids.contains(&inbox);
    for inbox in touched {
        let others = known.iter().any(|one| one.id != id && begins(inbox, one));
        inboxes::set_begins_with_record(tx, inbox, others || begins(inbox, &after)).await?;
    }
    event::type_updated(tx)?;
    Ok(after)
}

async fn store(tx: &mut Tx<'_>, one: &RecordType) -> Result<(), Problem> {
    let written = tx
        .execute(
            sql!(
                "INSERT INTO record_types (workspace_id, id, name, folded, icon, color, fields, states, url, inboxes, \
                 counted, archived, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12) \
                 ON CONFLICT (workspace_id, id) DO UPDATE SET name = $3, folded = $4, icon = $5, color = $6, \
                 fields = $7, states = $8, url = $9, inboxes = $10, archived = $11"
            ),
            &params![
                tx.workspace,
                one.id,
                one.name.as_str(),
                one.name.to_lowercase(),
                serde_json::to_value(one.icon)?.as_str().unwrap_or("record"),
                one.color.as_str(),
                serde_json::to_string(&one.fields)?,
                serde_json::to_string(&one.states)?,
                one.url.clone(),
                serde_json::to_string(&one.inbox_ids)?,
                one.archived,
                tx.now
            ],
        )
        .await;
    match written {
        Err(db::Error::Unique(_)) => Err(RECORD_TYPE_NAME_TAKEN.with("name", one.name.as_str())),
        written => {
            written?;
            Ok(())
        }
    }
}

/// Which inboxes there are is not everybody's business.
async fn shown(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<RecordType>, Problem> {
    let mut items = all(tx).await?;
    if member.scope(Right::WORKSPACE_MANAGE) < Scope::All {
        items.iter_mut().for_each(|one| one.inbox_ids.clear());
    }
    Ok(items)
}

/// List what the workspace keeps records of
#[utoipa::path(
    get, path = "/api/v1/record-types", tag = "records",
    responses((status = 200, body = RecordTypeList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_record_types(ctx: Ctx<AnyMember>) -> Result<Json<RecordTypeList>, Problem> {
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { Ok(RecordTypeList { items: shown(tx, &member).await? }) }))
        .await
        .map(Json)
}

/// Declare something to keep records of, or change it
#[utoipa::path(
    put, path = "/api/v1/record-types/{record_type}", tag = "records",
    params(("record_type" = RecordTypeId, Path)), request_body = PutRecordType,
    responses((status = 200, body = RecordType), (status = "default", body = base::ProblemBody))
)]
pub async fn put_record_type(
    ctx: Ctx<CanDeclare>,
    Body(asked): Body<PutRecordType>,
) -> Result<Json<RecordType>, Problem> {
    ctx.write(|tx, CanDeclare(id)| Box::pin(put(tx, id, asked))).await.map(Json)
}
