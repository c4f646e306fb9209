//! The report of contacts added, merged, parted and erased: what stays when a contact himself is gone.
//!
//! What must stay true: it names who is still there, and nobody who was erased. Absent: keeping it (`contacts`).

use crate::list::{CanExportAll, CanSeeAll};
use axum::{Json, response::Response};
use base::{
    Ctx, Cursor, MemberCaller, Problem, QueryOf, Tx, page_size,
    sheet::{self, Zone},
};
use contacts::{Contact, ContactRecord, RecordKind};
use db::{params, sql};
use ids::{ContactId, InboxId, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;
/// A table holds the newest of these.
const TABLE_LINES: i64 = 10_000;
/// Counted no further.
const COUNTED: i64 = 10_000;
const COLUMNS: [&str; 9] = ["time", "zone", "event", "contact", "name", "other", "source", "member", "inbox"];

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecordQuery {
    pub kind: Option<RecordKind>,
    /// Since then, in milliseconds …
    pub from: Option<i64>,
    /// … and before then.
    pub until: Option<i64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecordTableQuery {
    pub kind: Option<RecordKind>,
    pub from: Option<i64>,
    pub until: Option<i64>,
    /// In which the times are written, such as `Asia/Jakarta`; usually UTC.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub zone: Zone,
}

#[derive(Serialize, ToSchema)]
pub struct RecordItem {
    pub record: ContactRecord,
    /// As he is shown now; `null`: nobody is left.
    pub contact: Option<Contact>,
}

/// In the asked time, counted up to 10,000.
#[derive(Default, Serialize, ToSchema)]
pub struct RecordCounts {
    pub added: i64,
    pub merged: i64,
    pub parted: i64,
    pub erased: i64,
}

#[derive(Serialize, ToSchema)]
pub struct RecordPage {
    /// Newest first.
    pub items: Vec<RecordItem>,
    /// With the first page.
    pub counts: Option<RecordCounts>,
    pub next_cursor: Option<String>,
}

/// Which records.
#[derive(Clone, Copy)]
struct Wanted {
    kind: Option<RecordKind>,
    from: i64,
    until: i64,
}

impl Wanted {
    fn new(kind: Option<RecordKind>, from: Option<i64>, until: Option<i64>) -> Self {
        Self { kind, from: from.unwrap_or(i64::MIN), until: until.unwrap_or(i64::MAX) }
    }
}

/// Parameters: the workspace, since, after which, how many; and the kind.
macro_rules! select {
    ($kind:literal) => {
        sql!(concat!(
            "SELECT r.id, r.at, r.kind, r.contact_id, r.other_id, r.source, r.member_id, r.member_name, r.inbox_id, \
             c.id AS known_id, c.name, c.email, c.phone FROM contact_records r \
             LEFT JOIN contacts c ON c.workspace_id = r.workspace_id AND c.id = r.contact_id \
             WHERE r.workspace_id = $1 AND r.at >= $2 AND (r.at, r.id) < ($3, $4)",
            $kind,
            " ORDER BY r.at DESC, r.id DESC LIMIT $5"
        ))
    };
}

async fn records(tx: &mut Tx<'_>, wanted: Wanted, before: Cursor, limit: i64) -> Result<Vec<RecordItem>, Problem> {
    // The only upper bound: of two PostgreSQL begins at the pair, and reads all that is newer.
    let end = Cursor { at: wanted.until, id: Uuid::nil() };
    let before = if before.at < end.at { before } else { end };
    let mut values = params![tx.workspace, wanted.from, before.at, before.id, limit];
    let sql = match wanted.kind {
        None => select!(""),
        Some(kind) => {
            values.push(kind.as_str().into());
            select!(" AND r.kind = $6")
        }
    };
    let mut items = Vec::new();
    for row in &tx.query(sql, &values).await? {
        let contact = match row.get::<Option<ContactId>>("known_id")? {
            Some(id) => Some(Contact::new(id, row.get("name")?, row.get("email")?, row.get("phone")?)),
            None => None,
        };
        items.push(RecordItem { record: ContactRecord::from_row(row)?, contact });
    }
    Ok(items)
}

async fn count(tx: &mut Tx<'_>, kind: RecordKind, wanted: Wanted) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT COUNT(*) AS n FROM (SELECT 1 FROM contact_records WHERE workspace_id = $1 AND kind = $2 \
                 AND at >= $3 AND at < $4 LIMIT $5) x"
            ),
            &params![tx.workspace, kind.as_str(), wanted.from, wanted.until, COUNTED],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get("n"))?)
}

async fn page(tx: &mut Tx<'_>, query: RecordQuery) -> Result<RecordPage, Problem> {
    let (before, limit) = (Cursor::parse(query.cursor.as_deref())?, page_size(query.limit, PAGE));
    let wanted = Wanted::new(query.kind, query.from, query.until);
    let mut items = records(tx, wanted, before, limit + 1).await?;
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let last = items.last().filter(|_| more).map(|item| Cursor { at: item.record.at, id: item.record.id.0 });
    let counts = match query.cursor {
        Some(_) => None,
        None => Some(RecordCounts {
            added: count(tx, RecordKind::Added, wanted).await?,
            merged: count(tx, RecordKind::Merged, wanted).await?,
            parted: count(tx, RecordKind::Parted, wanted).await?,
            erased: count(tx, RecordKind::Erased, wanted).await?,
        }),
    };
    Ok(RecordPage { items, counts, next_cursor: last.map(|last| last.to_string()) })
}

async fn table(tx: &mut Tx<'_>, member: &MemberCaller, query: RecordTableQuery) -> Result<String, Problem> {
    let wanted = Wanted::new(query.kind, query.from, query.until);
    let lines = records(tx, wanted, Cursor::parse(None)?, TABLE_LINES).await?;
    let inboxes: HashMap<InboxId, String> =
        inboxes::visible(tx, member).await?.into_iter().map(|inbox| (inbox.id, inbox.name)).collect();
    let cells = |RecordItem { record, contact }: RecordItem| {
        let inbox = record.inbox_id.and_then(|inbox| inboxes.get(&inbox).cloned());
        [
            query.zone.time(record.at),
            query.zone.name().to_owned(),
            record.kind.as_str().to_owned(),
            record.contact_id.to_string(),
            contact.and_then(|contact| contact.name).unwrap_or_default(),
            record.other_id.map(|other| other.to_string()).unwrap_or_default(),
            record.source.as_str().to_owned(),
            record.by.unwrap_or_default(),
            inbox.unwrap_or_default(),
        ]
    };
    sheet::table(&COLUMNS, lines.into_iter().map(cells))
}

/// List what became of contacts
///
/// Who was added, merged, parted and erased, when and by whom.
#[utoipa::path(
    get, path = "/api/v1/contact-records", tag = "contacts", params(RecordQuery),
    responses((status = 200, body = RecordPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_contact_records(
    ctx: Ctx<CanSeeAll>,
    QueryOf(query): QueryOf<RecordQuery>,
) -> Result<Json<RecordPage>, Problem> {
    ctx.read(|tx, CanSeeAll(_)| Box::pin(page(tx, query))).await.map(Json)
}

/// Export what became of contacts, as CSV: the newest 10,000 lines
#[utoipa::path(
    get, path = "/api/v1/contact-records.csv", tag = "contacts", params(RecordTableQuery),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn export_contact_records(
    ctx: Ctx<CanExportAll>,
    QueryOf(query): QueryOf<RecordTableQuery>,
) -> Result<Response, Problem> {
    let table = ctx.read(|tx, CanExportAll(member)| Box::pin(async move { table(tx, &member, query).await }));
    Ok(sheet::download("attachment; filename=\"contact-records.csv\"", table.await?))
}
