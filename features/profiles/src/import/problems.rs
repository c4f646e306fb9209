//! The rows that did not come in: a list with line and reason, and a table of them to mend and import again.

use super::{
    MaySeeImport,
    stored::Stored,
    table::{Line, Lines, Table},
};
use crate::IMPORT_OVER;
use axum::{Json, response::Response};
use base::{Ctx, Cursor, Problem, QueryOf, Tx, page_size, sheet};
use db::{Row, params, sql};
use ids::{ContactImportId, Uuid};
use people::Locale;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportProblem {
    /// As a spreadsheet or an editor counts: the first line of the file is 1.
    pub line: i64,
    /// The code of the problem, and the values of its sentence.
    pub code: String,
    #[schema(value_type = std::collections::HashMap<String, Value>)]
    pub params: Map<String, Value>,
}

#[derive(Serialize, ToSchema)]
pub struct ImportProblems {
    pub items: Vec<ImportProblem>,
    pub next_cursor: Option<String>,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProblemsQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProblemsTableQuery {
    /// In which the reasons are written; usually English.
    #[serde(default = "english")]
    #[param(value_type = Option<Locale>)]
    pub locale: Locale,
}

fn english() -> Locale {
    Locale::En
}

impl ImportProblem {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        let params: Option<String> = row.get("params")?;
        let params = params.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default();
        Ok(Self { line: row.get("line")?, code: row.get("code")?, params })
    }
}

/// Of the rows behind `after`, so many that were refused, by their numbers.
async fn refused(
    tx: &mut Tx<'_>,
    id: ContactImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, ImportProblem)>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT number, line, code, params FROM contact_import_rows WHERE workspace_id = $1 \
                 AND import_id = $2 AND code IS NOT NULL AND number > $3 ORDER BY number LIMIT $4"
            ),
            &params![tx.workspace, id, after, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("number")?, ImportProblem::from_row(row)?))).collect()
}

async fn page(tx: &mut Tx<'_>, id: ContactImportId, query: ProblemsQuery) -> Result<ImportProblems, Problem> {
    let after = query.cursor.as_deref().map(|text| Cursor::parse(Some(text))).transpose()?.map_or(0, |one| one.at);
    let limit = page_size(query.limit, PAGE);
    let mut found = refused(tx, id, after, limit + 1).await?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let next_cursor =
        found.last().filter(|_| more).map(|(number, _)| Cursor { at: *number, id: Uuid::nil() }.to_string());
    Ok(ImportProblems { items: found.into_iter().map(|(_, problem)| problem).collect(), next_cursor })
}

/// List the rows of an import that did not come in
#[utoipa::path(
    get, path = "/api/v1/contact-imports/{contact_import}/problems", tag = "contacts",
    params(("contact_import" = ContactImportId, Path), ProblemsQuery),
    responses((status = 200, body = ImportProblems), (status = "default", body = base::ProblemBody))
)]
pub async fn list_import_problems(
    ctx: Ctx<MaySeeImport>,
    QueryOf(query): QueryOf<ProblemsQuery>,
) -> Result<Json<ImportProblems>, Problem> {
    ctx.read(|tx, MaySeeImport(import)| Box::pin(async move { page(tx, import.view.id, query).await })).await.map(Json)
}

async fn whole(tx: &mut Tx<'_>, import: Stored) -> Result<(String, HashMap<i64, ImportProblem>), Problem> {
    let found = refused(tx, import.view.id, 0, i64::MAX).await?;
    Ok((import.blob(tx).await?, found.into_iter().collect()))
}

/// Download the rows of an import that did not come in, as CSV
///
/// With the columns of the file, and before them the line and the reason: mended, it can be imported.
#[utoipa::path(
    get, path = "/api/v1/contact-imports/{contact_import}/problems.csv", tag = "contacts",
    params(("contact_import" = ContactImportId, Path), ProblemsTableQuery),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn download_import_problems(
    ctx: Ctx<MaySeeImport>,
    QueryOf(query): QueryOf<ProblemsTableQuery>,
) -> Result<Response, Problem> {
    let app = ctx.app().clone();
    let (blob, refused) = ctx.read(|tx, MaySeeImport(import)| Box::pin(async move { whole(tx, import).await })).await?;
    let bytes = app.blobs.read(&blob).await.map_err(|_| IMPORT_OVER)?;
    let written = tokio::task::spawn_blocking(move || write(&bytes, &refused, query.locale));
    let table = written.await.map_err(anyhow::Error::from)??;
    Ok(sheet::download("attachment; filename=\"not-imported.csv\"", table))
}

/// No larger than the file, but for its reasons.
fn write(bytes: &[u8], refused: &HashMap<i64, ImportProblem>, locale: Locale) -> Result<Vec<u8>, Problem> {
    let table = Table::open(bytes)?;
    let failed = |error: csv::Error| Problem::Internal(error.into());
    let mut mark = [0; 4];
    let mark = sheet::MARK.encode_utf8(&mut mark).as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().delimiter(table.separator).flexible(true).from_writer(mark);
    let [line, reason] = if locale == Locale::Id { ["baris", "alasan"] } else { ["line", "reason"] };
    let headers = table.headers.iter().map(|header| sheet::guarded(header));
    writer.write_record([line, reason].map(str::to_owned).into_iter().chain(headers)).map_err(failed)?;
    let lines: Lines<'_> = table.lines();
    for Line { number, line, cells } in lines {
        let Some(problem) = refused.get(&number) else { continue };
        let about = [line.to_string(), reason_of(problem, locale)];
        writer.write_record(about.into_iter().chain(cells).map(|cell| sheet::guarded(&cell))).map_err(failed)?;
    }
    Ok(writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?)
}

/// A sentence for the table; the desk has its own for the list.
fn reason_of(ImportProblem { code, params, .. }: &ImportProblem, locale: Locale) -> String {
    let value = |name: &str| match params.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (english, indonesian, named) = match code.as_str() {
        "contact_field_invalid" => ("This cannot be", "Nilai ini tidak sah untuk", "field"),
        "attribute_value_invalid" => ("This cannot be", "Nilai ini tidak sah untuk", "name"),
        "attribute_required" => ("This is missing", "Ini belum diisi", "name"),
        "contact_empty" => ("The row says nothing of anybody", "Baris ini tidak berisi apa pun", ""),
        "contact_import_tag_unknown" => ("There is no such tag", "Tag ini tidak ada", "name"),
        "tag_archived" => ("This tag is archived", "Tag ini diarsipkan", "name"),
        "too_many_tags_on_one" => ("Too many tags", "Tag terlalu banyak", ""),
        "contact_note_invalid" => ("The note is too long", "Catatan terlalu panjang", ""),
        "too_many_contact_notes" => ("The contact has too many notes", "Catatan kontak ini terlalu banyak", ""),
        "contact_import_ambiguous" => ("Several contacts have this", "Beberapa kontak memiliki nilai ini", ""),
        "contact_import_row_too_wide" => (
            "The row has more cells than the first row",
            "Baris ini memiliki lebih banyak sel daripada baris pertama",
            "",
        ),
        "contact_import_quote_open" => {
            ("A quotation mark opens here and is not closed", "Tanda kutip dibuka di sini dan tidak ditutup", "")
        }
        "contact_import_external_id_taken" => {
            ("Another contact has this external id", "Kontak lain memiliki ID eksternal ini", "name")
        }
        "contact_import_external_id_invalid" => ("This cannot be an external id", "ID eksternal ini tidak sah", ""),
        code => (code, code, ""),
    };
    let sentence = if locale == Locale::Id { indonesian } else { english };
    if named.is_empty() { sentence.to_owned() } else { format!("{sentence}: {}", value(named)) }
}
