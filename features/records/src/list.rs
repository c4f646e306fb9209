//! The list of records: of one type, in one state, newest first, or those whose number begins so.
//!
//! What must stay true: a page looks at no more than so many rows, whatever is asked (decision 30); who sees only some
//! contacts gets only theirs, and is told where to go on.

use crate::{
    access::{CanView, facts_of, views},
    create::NUMBER_CHARACTERS,
    record::{self, Record, columns, folded},
    record_type::{self, RecordType},
};
use axum::Json;
use base::{Ctx, Cursor, MemberCaller, Problem, QueryOf, Right, Scope, Tx, page_size, refusal};
use contacts::Contact;
use db::{Row, Value, params, sql};
use ids::{RecordId, RecordStateId, RecordTypeId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;
/// Rows of which one page is made; fewer where each is asked whether the member sees it.
const LOOKED: usize = 2_000;
const LOOKED_THROUGH: usize = 200;
/// Rows at once.
const CHUNK: i64 = 100;
/// Behind every number that begins with the same.
const LAST: char = '\u{10ffff}';

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecordListQuery {
    pub type_id: Option<RecordTypeId>,
    pub state_id: Option<RecordStateId>,
    /// With which the number begins, in any case: they come in the order of their numbers then.
    pub number: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct ListedRecord {
    pub record: Record,
    /// As he is shown.
    pub contact: Option<Contact>,
}

#[derive(Serialize, ToSchema)]
pub struct RecordList {
    pub items: Vec<ListedRecord>,
    /// It may be there before this page is full.
    pub next_cursor: Option<String>,
}

/// By which index they are read.
enum Lead {
    Newest,
    OfType(RecordTypeId),
    InState(RecordStateId),
    Numbered(String),
}

/// Where it goes on: behind this one.
struct Place {
    at: i64,
    folded: String,
    id: Uuid,
}

macro_rules! select {
    ($which:literal) => {
        sql!(concat!(
            "SELECT ",
            columns!(),
            ", r.folded, c.id AS known_id, c.name, c.email, c.phone FROM records r \
             LEFT JOIN contacts c ON c.workspace_id = r.workspace_id AND c.id = r.contact_id \
             WHERE r.workspace_id = $1 AND ",
            $which,
            " LIMIT $4"
        ))
    };
}

impl Lead {
    fn of(query: &RecordListQuery) -> Self {
        let number = query.number.as_deref().map(str::trim).filter(|text| !text.is_empty());
        match (number, query.state_id, query.type_id) {
            (Some(number), ..) => Self::Numbered(folded(&number.chars().take(NUMBER_CHARACTERS).collect::<String>())),
            (None, Some(state), _) => Self::InState(state),
            (None, None, Some(of)) => Self::OfType(of),
            (None, None, None) => Self::Newest,
        }
    }

    async fn begin(&self, tx: &mut Tx<'_>, cursor: Option<&str>) -> Result<Place, Problem> {
        let Cursor { at, id } = Cursor::parse(cursor)?;
        let Self::Numbered(start) = self else { return Ok(Place { at, folded: String::new(), id }) };
        if cursor.is_none() {
            return Ok(Place { at, folded: start.clone(), id: Uuid::nil() });
        }
        let last = record::find(tx, RecordId(id)).await?.ok_or(refusal::CURSOR_INVALID)?;
        Ok(Place { at, folded: folded(&last.number), id })
    }

    async fn rows(&self, tx: &mut Tx<'_>, place: &Place) -> Result<Vec<Row>, Problem> {
        let mut values: Vec<Value> = params![tx.workspace, place.at, place.id, CHUNK];
        let sql = match self {
            Self::Newest => select!("(r.created_at, r.id) < ($2, $3) ORDER BY r.created_at DESC, r.id DESC"),
            Self::OfType(of) => {
                values.push((*of).into());
                select!(
                    "r.type_id = $5 AND (r.created_at, r.id) < ($2, $3) \
                     ORDER BY r.created_at DESC, r.id DESC"
                )
            }
            Self::InState(state) => {
                values.push((*state).into());
                select!(
                    "r.state_id = $5 AND (r.created_at, r.id) < ($2, $3) \
                     ORDER BY r.created_at DESC, r.id DESC"
                )
            }
            Self::Numbered(start) => {
                values[1] = place.folded.as_str().into();
                values.push(format!("{start}{LAST}").into());
                // The only lower bound: of two PostgreSQL begins at the pair.
                select!("(r.folded, r.id) > ($2, $3) AND r.folded < $5 ORDER BY r.folded, r.id")
            }
        };
        Ok(tx.query(sql, &values).await?)
    }
}

fn listed(row: &Row, types: &[RecordType]) -> Result<ListedRecord, Problem> {
    let contact = match row.get("known_id")? {
        Some(id) => Some(Contact::new(id, row.get("name")?, row.get("email")?, row.get("phone")?)),
        None => None,
    };
    Ok(ListedRecord { record: Record::from_row(row)?.of_type(types), contact })
}

async fn page(tx: &mut Tx<'_>, member: &MemberCaller, query: RecordListQuery) -> Result<RecordList, Problem> {
    let lead = Lead::of(&query);
    let mut place = lead.begin(tx, query.cursor.as_deref()).await?;
    let limit = page_size(query.limit, PAGE) as usize;
    let types = record_type::all(tx).await?;
    let sees_all = member.scope(Right::CONTACT_VIEW) == Scope::All;
    let (mut items, mut left) = (Vec::new(), if sees_all { LOOKED } else { LOOKED_THROUGH });
    loop {
        let rows = lead.rows(tx, &place).await?;
        for row in &rows {
            if items.len() == limit || left == 0 {
                let next = Cursor { at: place.at, id: place.id };
                return Ok(RecordList { items, next_cursor: Some(next.to_string()) });
            }
            left -= 1;
            let one = listed(row, &types)?;
            place = Place { at: one.record.created_at, folded: row.get("folded")?, id: one.record.id.0 };
            let wanted = query.type_id.is_none_or(|of| of == one.record.type_id)
                && query.state_id.is_none_or(|state| state == one.record.state_id);
            if wanted && (sees_all || views(member, &facts_of(tx, &one.record).await?)) {
                items.push(one);
            }
        }
        if (rows.len() as i64) < CHUNK {
            return Ok(RecordList { items, next_cursor: None });
        }
    }
}

/// List records
#[utoipa::path(
    get, path = "/api/v1/records", tag = "records", params(RecordListQuery),
    responses((status = 200, body = RecordList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_records(
    ctx: Ctx<CanView>,
    QueryOf(query): QueryOf<RecordListQuery>,
) -> Result<Json<RecordList>, Problem> {
    ctx.read(|tx, CanView(member)| Box::pin(async move { page(tx, &member, query).await })).await.map(Json)
}
