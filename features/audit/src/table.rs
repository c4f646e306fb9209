//! The log as a table for spreadsheets: a row for each changed field, and one for what changed none.

use crate::list::{AuditQuery, CanView, lines};
use axum::response::Response;
use base::{AuditLine, Ctx, Problem, QueryOf, sheet};
use jiff::Timestamp;

/// A table holds the newest of these; older ones are had by `until`.
const TABLE_LINES: i64 = 10_000;
const COLUMNS: [&str; 12] = [
    "number",
    "time",
    "member",
    "member_id",
    "address",
    "area",
    "action",
    "subject",
    "subject_name",
    "field",
    "before",
    "after",
];

/// Export who changed which setting or right, as CSV with times in UTC: the newest 10,000 lines
#[utoipa::path(
    get, path = "/api/v1/audit.csv", tag = "audit", params(AuditQuery),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", description = "unauthenticated, forbidden, invalid_body", body = base::ProblemBody)
    )
)]
pub async fn export_audit(ctx: Ctx<CanView>, QueryOf(query): QueryOf<AuditQuery>) -> Result<Response, Problem> {
    let lines = ctx.read(|tx, CanView| Box::pin(async move { lines(tx, &query, TABLE_LINES).await })).await?;
    let table = sheet::table(&COLUMNS, lines.iter().flat_map(rows))?;
    Ok(sheet::download("attachment; filename=\"audit.csv\"", table))
}

fn rows(line: &AuditLine) -> Vec<[String; 12]> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let row = |field: String, before: String, after: String| {
        [
            line.number.to_string(),
            Timestamp::from_millisecond(line.at).unwrap_or_default().to_string(),
            text(&line.member_name),
            line.member_id.map(|id| id.to_string()).unwrap_or_default(),
            text(&line.address),
            line.area.clone(),
            line.action.clone(),
            line.subject.clone(),
            line.subject_name.clone(),
            field,
            before,
            after,
        ]
    };
    if line.changes.is_empty() {
        return vec![row(String::new(), String::new(), String::new())];
    }
    line.changes.iter().map(|one| row(one.field.clone(), text(&one.before), text(&one.after))).collect()
}
