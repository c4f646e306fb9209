//! The table of contacts as it leaves: what its filters show, in the columns that are asked for, page by page.
//!
//! What must stay true: no more than a page of it is in memory; no cell is a formula to a spreadsheet; that it left, and
//! what was asked for, is in the audit log before the first row leaves. Absent: files, notes and conversations.

mod workbook;

use crate::{
    Attribute, CONTACT_COLUMNS_INVALID, attribute, columns, field,
    find::{self, Place},
    list::{CanExportAll, ContactRow, ListQuery},
};
use axum::{
    body::Body,
    extract::Query,
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use base::{
    App, Audited, Ctx, Problem, QueryOf, Tx, refusal,
    sheet::{self, Zone},
};
use bytes::Bytes;
use contacts::ContactField;
use futures_util::stream;
use ids::{AttributeId, MemberId, TagId, Uuid, WorkspaceId};
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};
use workbook::Workbook;

/// What a workbook can hold, without its first row.
const ROWS: i64 = 1_000_000;
/// Looked at in one transaction.
const AT_ONCE: i64 = 500;
/// In their order, before the attributes.
const COLUMNS: [&str; 13] = [
    "name",
    "first_name",
    "last_name",
    "display_name",
    "email",
    "phone",
    "company",
    "country",
    "city",
    "address",
    "language",
    "tags",
    "created_at",
];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    #[default]
    Csv,
    Xlsx,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// Which contacts, in which order: what stands behind the question mark where the table is asked for.
    #[serde(default)]
    pub list: String,
    /// In their order, with commas between: `name`, fields of the profile, `tags`, `created_at` and ids of attributes;
    /// usually all.
    pub columns: Option<String>,
    #[serde(default)]
    #[param(value_type = Option<ExportFormat>)]
    pub format: ExportFormat,
    /// In which the times are written, such as `Asia/Jakarta`; usually UTC.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub zone: Zone,
}

fn parsed(list: &str) -> Result<ListQuery, Problem> {
    let uri: Uri = format!("/?{list}").parse().map_err(|_| refusal::INVALID_BODY)?;
    let query = Query::<ListQuery>::try_from_uri(&uri);
    query.map(|Query(query)| query).map_err(|wrong| refusal::INVALID_BODY.with("detail", wrong.body_text()))
}

/// What each row is written with.
struct Sheet {
    columns: Vec<String>,
    attributes: Vec<Attribute>,
    tags: HashMap<TagId, String>,
    zone: Zone,
}

impl Sheet {
    async fn new(tx: &mut Tx<'_>, asked: Option<&str>, zone: Zone) -> Result<Self, Problem> {
        let attributes: Vec<_> = attribute::all(tx).await?.into_iter().filter(|one| !one.archived).collect();
        let columns: Vec<String> = match asked {
            Some(asked) => asked.split(',').map(str::to_owned).collect(),
            None => {
                let known = COLUMNS.iter().map(|name| (*name).to_owned());
                known.chain(attributes.iter().map(|one| one.id.to_string())).collect()
            }
        };
        let is_column = |name: &String| name == "name" || columns::is_column(name);
        if columns.len() > columns::MOST + 100 || !columns.iter().all(is_column) {
            return Err(CONTACT_COLUMNS_INVALID.with("max", columns::MOST + 100));
        }
        let tags = tags::list(tx).await?.into_iter().map(|tag| (tag.id, tag.name)).collect();
        Ok(Self { columns, attributes, tags, zone })
    }

    /// Attributes by their names, the rest as the interface calls it.
    fn header(&self) -> Vec<String> {
        let header = |column: &String| match column.parse::<AttributeId>() {
            Ok(id) => self.attributes.iter().find(|one| one.id == id).map_or(String::new(), |one| one.name.clone()),
            Err(_) => column.clone(),
        };
        self.columns.iter().map(header).collect()
    }

    fn cells(&self, row: &ContactRow) -> Vec<String> {
        self.columns.iter().map(|column| self.cell(row, column)).collect()
    }

    fn cell(&self, row: &ContactRow, column: &str) -> String {
        match column {
            "name" => row.contact.name.clone().unwrap_or_default(),
            "email" => row.contact.email.clone().unwrap_or_default(),
            "phone" => row.contact.phone.clone().unwrap_or_default(),
            "tags" => {
                let names = row.tag_ids.iter().filter_map(|id| self.tags.get(id));
                names.map(String::as_str).collect::<Vec<_>>().join(", ")
            }
            "created_at" => self.zone.time(row.created_at),
            column => match column.parse::<AttributeId>() {
                Ok(id) => row.attributes.get(&id).cloned().unwrap_or_default(),
                Err(_) => {
                    let named = |one: &ContactField| field::name(*one) == column;
                    row.fields.iter().find(|(field, _)| named(field)).map_or(String::new(), |(_, text)| text.clone())
                }
            },
        }
    }
}

/// Where the rows go.
enum Writer {
    Csv,
    Xlsx(Box<Workbook>),
}

impl Writer {
    fn new(format: ExportFormat) -> Result<Self, Problem> {
        Ok(match format {
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Xlsx => Self::Xlsx(Box::new(Workbook::begin()?)),
        })
    }

    fn rows(&mut self, rows: &[Vec<String>]) -> Result<Bytes, Problem> {
        match self {
            Self::Csv => Ok(sheet::rows(rows)?.into()),
            Self::Xlsx(workbook) => workbook.rows(rows),
        }
    }

    fn end(self) -> Result<Bytes, Problem> {
        match self {
            Self::Csv => Ok(Bytes::new()),
            Self::Xlsx(workbook) => workbook.end(),
        }
    }
}

struct Export {
    app: App,
    workspace: WorkspaceId,
    member: MemberId,
    list: String,
    sheet: Sheet,
    writer: Writer,
    after: Option<Place>,
    written: i64,
}

impl Export {
    /// The next page; none when all is written.
    async fn page(mut self) -> Result<(Bytes, Option<Self>), Problem> {
        let (list, member, after) = (self.list.clone(), self.member, self.after.take());
        let found = self.app.read(self.workspace, move |tx| {
            Box::pin(async move {
                // A long table takes its time: whoever lost the right meanwhile gets no more of it.
                if !people::as_caller(tx, member).await?.is_some_and(|member| CanExportAll::holds(&member)) {
                    return Err(refusal::FORBIDDEN.into());
                }
                let found = find::page(tx, &parsed(&list)?, after, AT_ONCE).await?;
                let rows = found.contacts.iter().map(ContactRow::from_row).collect::<Result<Vec<_>, _>>()?;
                Ok((rows, found.next))
            })
        });
        let (mut rows, next) = found.await?;
        rows.truncate((ROWS - self.written) as usize);
        self.written += rows.len() as i64;
        let cells: Vec<_> = rows.iter().map(|row| self.sheet.cells(row)).collect();
        let bytes = self.writer.rows(&cells)?;
        match next.filter(|_| self.written < ROWS) {
            Some(next) => Ok((bytes, Some(Self { after: Some(next), ..self }))),
            None => Ok(([bytes, self.writer.end()?].concat().into(), None)),
        }
    }
}

/// Export contacts as a table: at most 1,000,000 rows
#[utoipa::path(
    get, path = "/api/v1/contact-export", tag = "contacts", params(ExportQuery),
    responses(
        (status = 200, body = Vec<u8>, content_type = "text/csv"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn export_contacts(
    ctx: Ctx<CanExportAll>,
    QueryOf(asked): QueryOf<ExportQuery>,
) -> Result<Response, Problem> {
    let app = ctx.app().clone();
    let ExportQuery { list, columns, format, zone } = asked;
    let narrowed = list.clone();
    let begun = ctx.write(move |tx, CanExportAll(member)| {
        Box::pin(async move {
            parsed(&narrowed)?.must_be_possible()?;
            let sheet = Sheet::new(tx, columns.as_deref(), zone).await?;
            tx.audit(Audited::done("contact_export", "started", Uuid::nil().simple(), &narrowed));
            Ok((tx.workspace, member.id, sheet))
        })
    });
    let (workspace, member, sheet) = begun.await?;
    let mut writer = Writer::new(format)?;
    let mut first = writer.rows(&[sheet.header()])?;
    if format == ExportFormat::Csv {
        first = [sheet::MARK.to_string().as_bytes(), &first].concat().into();
    }
    let export = Export { app, workspace, member, list, sheet, writer, after: None, written: 0 };
    let pages = stream::try_unfold((Some(first), Some(export)), |(first, export)| async move {
        if let Some(first) = first {
            return Ok(Some((first, (None, export))));
        }
        let Some(export) = export else { return Ok(None) };
        let page = export.page().await;
        let (bytes, export) = page.map_err(|problem| {
            // The table breaks off: whoever loads it is told by his browser that it did.
            tracing::warn!(%problem, "failed to export contacts to the end");
            std::io::Error::other(problem.to_string())
        })?;
        Ok::<_, std::io::Error>(Some((bytes, (None, export))))
    });
    let mut response = Body::from_stream(pages).into_response();
    let (media_type, name) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"contacts.csv\""),
        ExportFormat::Xlsx => (workbook::MEDIA_TYPE, "attachment; filename=\"contacts.xlsx\""),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
