//! Looking into a file before anything of it comes in.

use super::{
    ContactImport, FORGET, ImportColumn, ImportState, KEPT_MS, MayImport, ShownImport, guess, stored::Stored,
    table::Table,
};
use crate::attribute;
use axum::Json;
use base::{Body, Ctx, Problem, Tx};
use conversations::hold;
use ids::{ContactImportId, FileId};
use serde::Deserialize;
use utoipa::ToSchema;

/// Cells of each column that are shown.
const SAMPLES: usize = 5;
const SAMPLE_CHARACTERS: usize = 120;
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginImport {
    /// An upload of the member: a table whose first row names its columns, at most 200,000 rows.
    pub file_id: FileId,
}

/// Takes the file, unless that was done before; answers what the file store calls it when nobody looked into it yet.
async fn hold_file(
    tx: &mut Tx<'_>,
    MayImport { member, id }: MayImport,
    file_id: FileId,
) -> Result<(Stored, Option<String>), Problem> {
    if let Some(known) = Stored::find(tx, id).await? {
        let blob = if known.columns.is_none() { Some(known.blob(tx).await?) } else { None };
        return Ok((known, blob));
    }
    let files = hold(tx, id.0, &[file_id], member.id).await?;
    let name = files.into_iter().next().map(|file| file.name).unwrap_or_default();
    let view = ContactImport {
        id,
        name,
        member_id: member.id,
        by: member.name.clone(),
        state: ImportState::Read,
        total: 0,
        reached: 0,
        made: 0,
        changed: 0,
        unchanged: 0,
        repeated: 0,
        refused: 0,
        taken_back: 0,
        kept: 0,
        failed: false,
        begun_at: tx.now,
        touched_at: tx.now,
        ended_at: None,
        kept_file: true,
    };
    let (encoding, separator) = (String::new(), String::new());
    let actor = member.id;
    let import =
        Stored { view, turn: 0, actor, file_id: Some(file_id), encoding, separator, columns: None, plan: None };
    import.insert(tx).await?;
    tx.enqueue(&FORGET, &id, tx.now + KEPT_MS).await?;
    let blob = import.blob(tx).await?;
    Ok((import, Some(blob)))
}

/// What is in the file.
struct Looked {
    total: i64,
    encoding: String,
    separator: String,
    names: Vec<String>,
    samples: Vec<Vec<String>>,
}

fn look(bytes: &[u8]) -> Result<Looked, Problem> {
    let table = Table::open(bytes)?;
    let total = table.count()?;
    let mut samples = vec![Vec::new(); table.headers.len()];
    for line in table.lines().take(100) {
        for (samples, cell) in samples.iter_mut().zip(&line.cells) {
            if samples.len() < SAMPLES && !cell.trim().is_empty() {
                samples.push(cell.trim().chars().take(SAMPLE_CHARACTERS).collect());
            }
        }
    }
    let separator = char::from(table.separator).to_string();
    Ok(Looked { total, encoding: table.encoding.to_owned(), separator, names: table.headers, samples })
}

async fn keep_looked(tx: &mut Tx<'_>, id: ContactImportId, looked: Looked) -> Result<ShownImport, Problem> {
    let mut import = Stored::need(tx, id).await?;
    if import.columns.is_none() {
        let guesses = guess::targets(&looked.names, &attribute::all(tx).await?);
        let columns: Vec<_> = looked
            .names
            .into_iter()
            .zip(looked.samples)
            .zip(guesses)
            .map(|((name, samples), guess)| ImportColumn { name, samples, guess: guess.map(|one| one.to_string()) })
            .collect();
        import.columns = Some(serde_json::to_string(&columns)?);
        (import.encoding, import.separator, import.view.total) = (looked.encoding, looked.separator, looked.total);
        import.save(tx).await?;
    }
    import.shown()
}

/// What cannot be read is not kept.
async fn drop_unread(tx: &mut Tx<'_>, id: ContactImportId) -> Result<(), Problem> {
    let import = Stored::need(tx, id).await?;
    if import.columns.is_none() {
        import.remove(tx).await?;
    }
    Ok(())
}

/// Look into a table of contacts
///
/// Nothing comes in yet. Asked again, it answers how the import stands.
#[utoipa::path(
    put, path = "/api/v1/contact-imports/{contact_import}", tag = "contacts",
    params(("contact_import" = ContactImportId, Path)), request_body = BeginImport,
    responses((status = 200, body = ShownImport), (status = "default", body = base::ProblemBody))
)]
pub async fn begin_contact_import(
    ctx: Ctx<MayImport>,
    Body(BeginImport { file_id }): Body<BeginImport>,
) -> Result<Json<ShownImport>, Problem> {
    let app = ctx.app().clone();
    let again = ctx.clone();
    let (import, blob) = ctx.write(move |tx, permit| Box::pin(hold_file(tx, permit, file_id))).await?;
    let Some(blob) = blob else { return import.shown().map(Json) };
    let id = import.view.id;
    let bytes = app.blobs.read(&blob).await?;
    let looked = tokio::task::spawn_blocking(move || look(&bytes)).await.map_err(anyhow::Error::from)?;
    match looked {
        Ok(looked) => again.write(move |tx, _| Box::pin(keep_looked(tx, id, looked))).await.map(Json),
        Err(problem) => {
            again.write(move |tx, _| Box::pin(drop_unread(tx, id))).await?;
            Err(problem)
        }
    }
}
