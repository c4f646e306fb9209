//! A record is made from a conversation: it is its contact's, and belongs to it.
//!
//! What must stay true: the client names it, so that a repeat is harmless; how the contact came is copied only into what
//! is made by itself (R098).

use crate::{
    RECORD_NUMBER_INVALID, RECORD_NUMBER_TAKEN, RECORD_STATE_UNKNOWN, RECORD_TITLE_INVALID, RECORD_TYPE_UNKNOWN,
    TOO_MANY_RECORDS,
    access::{CanCreate, facts_of},
    bind, event, history,
    record::{self, Record, Values, folded},
    record_type::{self, RecordType},
};
use axum::Json;
use base::{Body, Ctx, MemberCaller, Problem, Tx, refusal};
use contacts::ContactSource;
use conversations::{RecordAct, RecordNews, Thread, say_of_record};
use db::{params, sql};
use ids::{AttributeId, ConversationId, RecordId, RecordStateId, RecordTypeId};
use profiles::{Writer, checked_value};
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub const NUMBER_CHARACTERS: usize = 60;
pub const TITLE_CHARACTERS: usize = 120;
/// Of one contact, those of whoever was merged into him apart.
const MOST: i64 = 1_000;
/// Numbers that are passed over because somebody gave them by hand.
const PASSED: usize = 200;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRecord {
    pub type_id: RecordTypeId,
    /// One line of at most 60 characters; without it the next number of its type.
    pub number: Option<String>,
    /// One line of at most 120 characters.
    pub title: Option<String>,
    /// Without it the first.
    pub state_id: Option<RecordStateId>,
    /// By the id of a field.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    pub values: BTreeMap<AttributeId, Option<String>>,
}

/// What a new record says.
pub struct New {
    pub number: Option<String>,
    pub title: Option<String>,
    pub state_id: Option<RecordStateId>,
    pub values: Values,
    pub source: Option<ContactSource>,
}

pub fn checked_number(text: Option<&str>) -> Result<Option<String>, Problem> {
    let given = text.map(str::trim).filter(|text| !text.is_empty());
    given.map(|text| base::name(text, NUMBER_CHARACTERS, RECORD_NUMBER_INVALID)).transpose()
}

pub fn checked_title(text: Option<&str>) -> Result<Option<String>, Problem> {
    let given = text.map(str::trim).filter(|text| !text.is_empty());
    given.map(|text| base::name(text, TITLE_CHARACTERS, RECORD_TITLE_INVALID)).transpose()
}

async fn is_taken(tx: &mut Tx<'_>, of: RecordTypeId, number: &str) -> Result<bool, Problem> {
    let taken = sql!("SELECT 1 AS taken FROM records WHERE workspace_id = $1 AND type_id = $2 AND folded = $3");
    Ok(tx.first(taken, &params![tx.workspace, of, folded(number)]).await?.is_some())
}

pub async fn must_be_free(tx: &mut Tx<'_>, of: RecordTypeId, number: &str) -> Result<(), Problem> {
    if is_taken(tx, of, number).await? { Err(RECORD_NUMBER_TAKEN.with("number", number)) } else { Ok(()) }
}

async fn number_for(tx: &mut Tx<'_>, of: &RecordType, asked: Option<String>) -> Result<String, Problem> {
    if let Some(number) = asked {
        must_be_free(tx, of.id, &number).await?;
        return Ok(number);
    }
    for _ in 0..PASSED {
        let number = record_type::count(tx, of.id).await?.to_string();
        if !is_taken(tx, of.id, &number).await? {
            return Ok(number);
        }
    }
    Err(refusal::UNAVAILABLE.into())
}

async fn must_have_room(tx: &mut Tx<'_>, thread: &Thread) -> Result<(), Problem> {
    let counted = sql!(
        "SELECT COUNT(*) AS n FROM (SELECT 1 FROM records WHERE workspace_id = $1 AND contact_id = $2 LIMIT $3) x"
    );
    let row = tx.first(counted, &params![tx.workspace, thread.conversation.contact.id, MOST]).await?;
    let full = row.map_or(Ok(0), |row| row.get::<i64>("n"))? >= MOST;
    if full { Err(TOO_MANY_RECORDS.with("max", MOST)) } else { Ok(()) }
}

/// Makes a record of the conversation, which is locked, and says so. Without a member it is made by itself. The caller
/// keeps the type.
pub async fn create(
    tx: &mut Tx<'_>,
    thread: Thread,
    by: Option<&MemberCaller>,
    (id, of): (RecordId, &RecordType),
    new: New,
) -> Result<Record, Problem> {
    must_have_room(tx, &thread).await?;
    let first = of.states.first().map(|state| state.id);
    let state_id = new.state_id.or(first).filter(|id| of.state(*id).is_some()).ok_or(RECORD_STATE_UNKNOWN)?;
    let record = Record {
        id,
        type_id: of.id,
        number: number_for(tx, of, new.number).await?,
        title: new.title,
        state_id,
        contact_id: thread.conversation.contact.id,
        values: new.values,
        source: new.source,
        automatic: by.is_none(),
        version: 1,
        created_at: tx.now,
        changed_at: tx.now,
        by: by.map(|by| by.name.clone()),
        url: None,
    };
    let conversation = thread.conversation.id;
    tx.put(
        sql!(
            "INSERT INTO records (workspace_id, id, type_id, number, folded, title, state_id, contact_id, field_values, \
             source, automatic, conversation_id, session, version, created_at, changed_at, member_name) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        ),
        params![
            tx.workspace,
            record.id,
            record.type_id,
            record.number.clone(),
            folded(&record.number),
            record.title.clone(),
            record.state_id,
            record.contact_id,
            serde_json::to_string(&record.values)?,
            record.source.as_ref().map(serde_json::to_string).transpose()?,
            record.automatic,
            conversation,
            thread.session,
            record.version,
            record.created_at,
            record.changed_at,
            record.by.clone()
        ],
    )
    .await?;
    bind::write(tx, record.id, conversation).await?;
    history::keep(tx, &record, by, &history::of_new(&record, of)).await?;
    let news = news(of, &record, RecordAct::Created);
    let after = of.state_name(state_id);
    say_of_record(tx, thread, by, RecordNews { after, ..news }).await?;
    let his = facts_of(tx, &record).await?;
    event::updated(tx, &record, his).await?;
    Ok(record)
}

/// What a conversation says of it.
pub fn news(of: &RecordType, record: &Record, act: RecordAct) -> RecordNews {
    RecordNews {
        record_id: record.id,
        act,
        type_name: of.name.clone(),
        number: record.number.clone(),
        before: None,
        after: None,
    }
}

async fn create_by_hand(tx: &mut Tx<'_>, permit: CanCreate, asked: CreateRecord) -> Result<Record, Problem> {
    let CanCreate { permit, id } = permit;
    if let Some(known) = record::find(tx, id).await? {
        let same = known.type_id == asked.type_id && known.contact_id == permit.thread.conversation.contact.id;
        let types = record_type::all(tx).await?;
        return if same { Ok(known.of_type(&types)) } else { Err(conversations::ID_REUSED.into()) };
    }
    let of = record_type::keep(tx, asked.type_id).await?.filter(|of| !of.archived).ok_or(RECORD_TYPE_UNKNOWN)?;
    let by = if permit.member.token().is_some() { Writer::Program } else { Writer::Member };
    let mut values = Values::new();
    let fields = of.fields.iter().filter(|field| !field.archived);
    for field in fields.filter(|field| !(field.read_only && by == Writer::Member)) {
        let text = asked.values.get(&field.id).and_then(|text| text.as_deref());
        values.extend(checked_value(field, text, by)?.map(|value| (field.id, value)));
    }
    let new = New {
        number: checked_number(asked.number.as_deref())?,
        title: checked_title(asked.title.as_deref())?,
        state_id: asked.state_id,
        values,
        source: None,
    };
    let made = create(tx, permit.thread, Some(&permit.member), (id, &of), new).await?;
    Ok(made.of_type(&[of]))
}

/// Make a record from a conversation
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/records/{record}", tag = "records",
    params(("conversation" = ConversationId, Path), ("record" = RecordId, Path)), request_body = CreateRecord,
    responses((status = 200, body = Record), (status = "default", body = base::ProblemBody))
)]
pub async fn create_record(ctx: Ctx<CanCreate>, Body(asked): Body<CreateRecord>) -> Result<Json<Record>, Problem> {
    ctx.write(|tx, permit| Box::pin(create_by_hand(tx, permit, asked))).await.map(Json)
}
