//! The log, newest first, narrowed by who, what and when.

use axum::Json;
use base::{AuditLine, Caller, Ctx, Permit, Problem, QueryOf, Right, Tx, page_size, refusal};
use db::{Sql, params, sql};
use ids::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE_LINES: i64 = 50;

/// May read the audit log.
pub struct CanView;

impl Permit for CanView {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::AUDIT_VIEW)?;
        Ok(Self)
    }
}

#[derive(Serialize, ToSchema)]
pub struct AuditPage {
    /// Newest first.
    pub lines: Vec<AuditLine>,
    /// For the page after; `null`: this is the last one.
    pub next_before: Option<i64>,
    /// The number and hash of the newest line of all: written down elsewhere, it proves later that nothing before it
    /// was changed. `null` while there is none.
    pub end: Option<AuditEnd>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditEnd {
    pub number: i64,
    pub hash: String,
}

#[derive(Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Not before this time …
    pub from: Option<i64>,
    /// … and not after this one.
    pub until: Option<i64>,
    /// Only what this member did.
    pub member: Option<MemberId>,
    /// Only what was done to things of this kind.
    pub area: Option<String>,
    /// `next_before` of the page before.
    pub before: Option<i64>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

pub(crate) async fn end(tx: &mut Tx<'_>) -> Result<Option<AuditEnd>, Problem> {
    let row =
        tx.first(sql!("SELECT number, hash FROM audit_ends WHERE workspace_id = $1"), &params![tx.workspace]).await?;
    Ok(row
        .map(|row| Ok::<_, db::Error>(AuditEnd { number: row.get("number")?, hash: row.get("hash")? }))
        .transpose()?)
}

/// Up to `limit` lines, newest first.
pub(crate) async fn lines(tx: &mut Tx<'_>, query: &AuditQuery, limit: i64) -> Result<Vec<AuditLine>, Problem> {
    let values = params![
        tx.workspace,
        query.before.unwrap_or(i64::MAX),
        query.from.unwrap_or(i64::MIN),
        query.until.unwrap_or(i64::MAX),
        query.member,
        query.area.clone(),
        limit,
    ];
    // Each index with its own query: one for all of them would read the whole log for what is rare.
    let narrowed: &'static Sql = match (query.member, &query.area) {
        (Some(_), _) => sql!(select!(
            "member_id = $5 AND number < $2 AND at >= $3 AND at <= $4 AND (area = $6 OR $6 IS NULL) \
             ORDER BY number DESC LIMIT $7"
        )),
        (None, Some(_)) => sql!(select!(
            "area = $6 AND number < $2 AND at >= $3 AND at <= $4 AND (member_id = $5 OR $5 IS NULL) \
             ORDER BY number DESC LIMIT $7"
        )),
        (None, None) => sql!(select!(
            "number < $2 AND at >= $3 AND at <= $4 AND (member_id = $5 OR $5 IS NULL) \
             AND (area = $6 OR $6 IS NULL) ORDER BY number DESC LIMIT $7"
        )),
    };
    let rows = tx.query(narrowed, &values).await?;
    rows.iter().map(AuditLine::from_row).collect()
}

async fn page(tx: &mut Tx<'_>, query: AuditQuery) -> Result<AuditPage, Problem> {
    if query.before.is_some_and(|before| before < 1) {
        return Err(refusal::CURSOR_INVALID.into());
    }
    let limit = page_size(query.limit, PAGE_LINES);
    let mut lines = lines(tx, &query, limit + 1).await?;
    let more = lines.len() as i64 > limit;
    lines.truncate(limit as usize);
    let next_before = lines.last().filter(|_| more).map(|line| line.number);
    Ok(AuditPage { lines, next_before, end: end(tx).await? })
}

/// List who changed which setting or right
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "audit", params(AuditQuery),
    responses(
        (status = 200, body = AuditPage),
        (status = "default", description = "unauthenticated, forbidden, invalid_body, cursor_invalid", body = base::ProblemBody)
    )
)]
pub async fn list_audit(ctx: Ctx<CanView>, QueryOf(query): QueryOf<AuditQuery>) -> Result<Json<AuditPage>, Problem> {
    ctx.read(|tx, CanView| Box::pin(page(tx, query))).await.map(Json)
}
