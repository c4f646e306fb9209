//! The log as a table for spreadsheets: a row for each changed field, and one for what changed none.

use crate::list::{AuditQuery, CanView, lines};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
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
    let mut response = table(&lines)?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.csv\""));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn table(lines: &[AuditLine]) -> Result<String, Problem> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Problem::Internal(error.into());
    writer.write_record(COLUMNS).map_err(failed)?;
    for line in lines {
        for cells in rows(line) {
            writer.write_record(cells.map(|cell| sheet::guarded(&cell))).map_err(failed)?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(format!("{}{}", sheet::MARK, String::from_utf8_lossy(&bytes)))
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
