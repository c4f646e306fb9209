//! Who changed what about a contact, and from what to what.

use crate::access::CanSee;
use axum::Json;
use base::{Ctx, Cursor, MemberCaller, Problem, QueryOf, Tx, page_size};
use db::{Row, params, sql};
use ids::{ContactId, MemberId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 30;

/// One field, from what to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldChange {
    /// A field of the profile, such as `email`; `tag`; or the id of an attribute.
    pub field: String,
    /// `null`: there was nothing.
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactChange {
    /// The version that it led to.
    pub number: i64,
    pub at: i64,
    pub member_id: Option<MemberId>,
    /// His name at that time.
    pub by: String,
    pub changes: Vec<FieldChange>,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 30.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct ContactHistory {
    /// Newest first.
    pub items: Vec<ContactChange>,
    pub next_cursor: Option<String>,
}

impl ContactChange {
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

/// Keeps what a member changed, as the version that it led to.
pub async fn keep(
    tx: &mut Tx<'_>,
    contact: ContactId,
    number: i64,
    by: &MemberCaller,
    changes: &[FieldChange],
) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO contact_changes (workspace_id, contact_id, number, at, member_id, member_name, changes) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![tx.workspace, contact, number, tx.now, by.id, by.name.clone(), serde_json::to_string(changes)?],
    )
    .await?;
    Ok(())
}

/// What was changed after a version, oldest first.
pub async fn since(tx: &mut Tx<'_>, contact: ContactId, version: i64) -> Result<Vec<ContactChange>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT number, at, member_id, member_name, changes FROM contact_changes \
                 WHERE workspace_id = $1 AND contact_id = $2 AND number > $3 ORDER BY number"
            ),
            &params![tx.workspace, contact, version],
        )
        .await?;
    rows.iter().map(ContactChange::from_row).collect()
}

async fn page(tx: &mut Tx<'_>, contact: ContactId, query: HistoryQuery) -> Result<ContactHistory, Problem> {
    let (before, limit) = (Cursor::parse(query.cursor.as_deref())?, page_size(query.limit, PAGE));
    let rows = tx
        .query(
            sql!(
                "SELECT number, at, member_id, member_name, changes FROM contact_changes \
                 WHERE workspace_id = $1 AND contact_id = $2 AND number < $3 ORDER BY number DESC LIMIT $4"
            ),
            &params![tx.workspace, contact, before.at, limit + 1],
        )
        .await?;
    let mut items = rows.iter().map(ContactChange::from_row).collect::<Result<Vec<_>, _>>()?;
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let last = items.last().filter(|_| more).map(|last| Cursor { at: last.number, id: Uuid::nil() }.to_string());
    Ok(ContactHistory { items, next_cursor: last })
}

/// List what was changed about a contact
#[utoipa::path(
    get, path = "/api/v1/contacts/{contact}/history", tag = "contacts",
    params(("contact" = ContactId, Path), HistoryQuery),
    responses((status = 200, body = ContactHistory), (status = "default", body = base::ProblemBody))
)]
pub async fn list_contact_changes(
    ctx: Ctx<CanSee>,
    QueryOf(query): QueryOf<HistoryQuery>,
) -> Result<Json<ContactHistory>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { page(tx, permit.known.id, query).await })).await.map(Json)
}
