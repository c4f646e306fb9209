//! How an import is tried and done: so many rows in each transaction, and so many in each job, so that others have their
//! turn between.
//!
//! What must stay true: how far it came is written by the transaction that takes the rows, so none is taken twice,
//! whatever ends the program. A job of an earlier turn finds another number and does nothing.

use super::{
    ContactImport, ImportState, may_import,
    person::{Done, Hand, Key, People, Traces, take},
    plan::{Planned, Said},
    stored::Stored,
    table::{Line, Table},
    take_back,
};
use crate::IMPORT_FILE_INVALID;
use base::{App, JobFailure, JobKind, Problem, Tx, refusal};
use db::{params, sql};
use ids::{ContactImportId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};

/// Rows of one transaction: so few that whoever else writes waits for a moment only.
const AT_ONCE: usize = 1_000;
/// Rows of one job, which is over before somebody else would take it up.
const OF_A_JOB: usize = 10_000;

pub static RUN: JobKind =
    JobKind { name: "contact_imports.run", run: |app, workspace, turn| Box::pin(run(app, workspace, turn)) };

/// Whoever finds it in another turn has nothing to do any more.
#[derive(Serialize, Deserialize)]
pub struct Turn {
    import: ContactImportId,
    turn: i64,
}

/// Enqueues what is to be done next, when something is.
pub async fn go_on(tx: &mut Tx<'_>, import: &Stored) -> Result<(), Problem> {
    match import.view.state {
        ImportState::Checking | ImportState::Running | ImportState::TakingBack => {
            tx.enqueue(&RUN, &Turn { import: import.view.id, turn: import.turn }, tx.now).await
        }
        _ => Ok(()),
    }
}

async fn run(app: App, workspace: WorkspaceId, turn: String) -> Result<(), JobFailure> {
    let Turn { import, turn } = serde_json::from_str(&turn).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let Err(problem) = work(&app, workspace, import, turn).await else { return Ok(()) };
    // The database is away or full: the job is tried again.
    if [refusal::UNAVAILABLE, refusal::STORAGE_FULL].contains(&problem.refusal()) {
        return Err(problem.into());
    }
    tracing::error!(%import, error = %problem, "failed to import contacts, the import stops");
    let stopped = app.write(workspace, move |tx| {
        Box::pin(async move {
            let Some(mut stored) = at(tx, import, turn).await? else { return Ok(()) };
            stored.fail();
            stored.save(tx).await
        })
    });
    Ok(stopped.await?)
}

async fn work(app: &App, workspace: WorkspaceId, id: ContactImportId, turn: i64) -> Result<(), Problem> {
    let Some(stored) = app.read(workspace, move |tx| Box::pin(found(tx, id, turn))).await? else { return Ok(()) };
    if stored.view.state == ImportState::TakingBack {
        return take_back::work(app, workspace, id, turn).await;
    }
    let (reached, by) = (stored.view.reached, stored.plan()?.find_by);
    let blob = app.read(workspace, move |tx| Box::pin(async move { stored.blob(tx).await })).await?;
    let bytes = app.blobs.read(&blob).await?;
    let plan = app.read(workspace, move |tx| {
        Box::pin(async move {
            let Some(stored) = found(tx, id, turn).await? else { return Ok(None) };
            Ok(Some(Planned::new(tx, stored.plan()?, stored.columns()?.len()).await?))
        })
    });
    let Some(planned) = plan.await? else { return Ok(()) };
    let looked = tokio::task::spawn_blocking(move || {
        let table = Table::open(&bytes)?;
        let (mut seen, mut lines) = (Seen::default(), Vec::new());
        for line in table.lines() {
            if line.number > reached {
                lines.push(line);
                if lines.len() > OF_A_JOB {
                    break;
                }
            } else if let (Some(by), Some(cell)) = (by, planned.sought(&line)) {
                seen.is_first(Key::of(by, cell).as_ref());
            }
        }
        Ok::<_, Problem>((seen, lines))
    });
    let (mut seen, mut lines) = looked.await.map_err(anyhow::Error::from)??;
    let is_last = lines.len() <= OF_A_JOB;
    lines.truncate(OF_A_JOB);
    let mut lines = lines.into_iter().peekable();
    loop {
        let some: Arc<[Line]> = lines.by_ref().take(AT_ONCE).collect();
        let step = Step { id, turn, end: is_last && lines.peek().is_none(), rest: !is_last && lines.peek().is_none() };
        let goes_on = match stored_state(app, workspace, id, turn).await? {
            Some(ImportState::Checking) => {
                let (same, before) = (some.clone(), seen);
                let tried = app.read(workspace, move |tx| Box::pin(try_out(tx, id, turn, same, before)));
                let Some((outcome, after)) = tried.await? else { return Ok(()) };
                seen = after;
                app.write(workspace, move |tx| Box::pin(keep(tx, step, some, outcome))).await?
            }
            Some(ImportState::Running) => app.write(workspace, move |tx| Box::pin(write(tx, step, some))).await?,
            _ => false,
        };
        if !goes_on || lines.peek().is_none() {
            return Ok(());
        }
    }
}

/// Whether this is the last of it, or of the job.
#[derive(Clone, Copy)]
struct Step {
    id: ContactImportId,
    turn: i64,
    end: bool,
    rest: bool,
}

/// Who was named by a row before.
#[derive(Default)]
struct Seen(HashMap<String, Vec<Key>>);

impl Seen {
    fn is_first(&mut self, key: Option<&Key>) -> bool {
        let Some(key) = key else { return true };
        let shelf = self.0.entry(key.shelf.clone()).or_default();
        let first = !shelf.iter().any(|one| one.is(key));
        if first {
            shelf.push(key.clone());
        }
        first
    }
}

/// A row, and what became of it.
type Outcome = (usize, Row);

enum Row {
    Done(Done),
    Repeated,
    Refused(Problem),
}

async fn found(tx: &mut Tx<'_>, id: ContactImportId, turn: i64) -> Result<Option<Stored>, Problem> {
    Ok(Stored::find(tx, id).await?.filter(|stored| stored.turn == turn))
}

async fn stored_state(
    app: &App,
    workspace: WorkspaceId,
    id: ContactImportId,
    turn: i64,
) -> Result<Option<ImportState>, Problem> {
    let found = app.read(workspace, move |tx| Box::pin(found(tx, id, turn))).await?;
    Ok(found.map(|stored| stored.view.state))
}

/// The import, locked, while it is this turn.
pub async fn at(tx: &mut Tx<'_>, id: ContactImportId, turn: i64) -> Result<Option<Stored>, Problem> {
    Ok(Stored::lock(tx, id).await?.filter(|stored| stored.turn == turn))
}

/// What a row says, and by what whoever it means is known.
type Meant = (Said, Option<Key>);

/// What some rows say, with whom they mean.
struct Read {
    planned: Planned,
    rows: Vec<(usize, Result<Meant, Problem>)>,
    people: People,
}

async fn read(tx: &mut Tx<'_>, stored: &Stored, lines: &[Line]) -> Result<Read, Problem> {
    let planned = Planned::new(tx, stored.plan()?, stored.columns()?.len()).await?;
    let mut rows = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let key = planned.plan.find_by.and_then(|by| Key::of(by, planned.sought(line)?));
        match planned.read(line) {
            Err(problem @ Problem::Internal(_)) => return Err(problem),
            read => rows.push((at, read.map(|said| (said, key)))),
        }
    }
    let good = || rows.iter().filter_map(|(_, read)| read.as_ref().ok());
    let said: Vec<_> = good().map(|(said, _)| said).collect();
    let keys: Vec<_> = good().filter_map(|(_, key)| key.as_ref()).collect();
    let people = People::of(tx, &planned, &said, &keys).await?;
    Ok(Read { planned, rows, people })
}

async fn rows(tx: &mut Tx<'_>, read: Read, seen: &mut Option<Seen>, hand: &Hand<'_>) -> Result<Vec<Outcome>, Problem> {
    let Read { planned, rows, mut people } = read;
    let mut outcome = Vec::with_capacity(rows.len());
    for (at, read) in rows {
        let row = match read {
            Err(problem) => Row::Refused(problem),
            Ok((_, key)) if seen.as_mut().is_some_and(|seen| !seen.is_first(key.as_ref())) => Row::Repeated,
            Ok((said, key)) => match take(tx, &planned, &mut people, (said, key.as_ref()), hand).await {
                Ok(done) => Row::Done(done),
                Err(problem @ Problem::Refused(..)) if problem.refusal().status < 500 => Row::Refused(problem),
                Err(problem) => return Err(problem),
            },
        };
        outcome.push((at, row));
    }
    Ok(outcome)
}

/// What would become of the rows.
async fn try_out(
    tx: &mut Tx<'_>,
    id: ContactImportId,
    turn: i64,
    lines: Arc<[Line]>,
    seen: Seen,
) -> Result<Option<(Vec<Outcome>, Seen)>, Problem> {
    let Some(stored) = found(tx, id, turn).await? else { return Ok(None) };
    let read = read(tx, &stored, &lines).await?;
    let mut seen = Some(seen);
    let outcome = rows(tx, read, &mut seen, &Hand::Trial).await?;
    Ok(Some((outcome, seen.unwrap_or_default())))
}

/// Takes the rows that are next, unless they were taken.
async fn write(tx: &mut Tx<'_>, step: Step, lines: Arc<[Line]>) -> Result<bool, Problem> {
    let Some(mut stored) = at(tx, step.id, step.turn).await?.filter(|stored| is_next(stored, &lines)) else {
        return Ok(false);
    };
    let member = people::as_caller(tx, stored.actor).await?.filter(may_import);
    let Some(member) = member.map(Arc::new) else {
        // Who may no longer do it by hand does it no longer so.
        stored.stop();
        stored.save(tx).await?;
        return Ok(false);
    };
    tx.by = Some(member.clone());
    let read = read(tx, &stored, &lines).await?;
    let outcome = rows(tx, read, &mut None, &Hand::Writing(&member)).await?;
    advance(tx, stored, step, &lines, outcome, ImportState::Done).await?;
    Ok(true)
}

/// Keeps what the trial found out.
async fn keep(tx: &mut Tx<'_>, step: Step, lines: Arc<[Line]>, outcome: Vec<Outcome>) -> Result<bool, Problem> {
    let Some(stored) = at(tx, step.id, step.turn).await?.filter(|stored| is_next(stored, &lines)) else {
        return Ok(false);
    };
    advance(tx, stored, step, &lines, outcome, ImportState::Checked).await?;
    Ok(true)
}

fn is_next(stored: &Stored, lines: &[Line]) -> bool {
    lines.first().is_none_or(|line| line.number == stored.view.reached + 1)
}

async fn advance(
    tx: &mut Tx<'_>,
    mut stored: Stored,
    step: Step,
    lines: &[Line],
    outcome: Vec<Outcome>,
    last: ImportState,
) -> Result<(), Problem> {
    let tried = stored.view.state == ImportState::Checking;
    let figures = &mut stored.view;
    for (at, row) in outcome {
        let line = lines.get(at).ok_or(IMPORT_FILE_INVALID)?;
        match row {
            Row::Done(Done::Unchanged) => figures.unchanged += 1,
            Row::Repeated => figures.repeated += 1,
            Row::Done(Done::Made(traces)) => {
                figures.made += 1;
                put_row(tx, figures, line, "made", Some(traces).filter(|_| !tried), None).await?;
            }
            Row::Done(Done::Changed(traces)) => {
                figures.changed += 1;
                put_row(tx, figures, line, "changed", Some(traces).filter(|_| !tried), None).await?;
            }
            Row::Refused(problem) => {
                figures.refused += 1;
                put_row(tx, figures, line, "refused", None, Some(problem)).await?;
            }
        }
    }
    figures.reached = lines.last().map_or(figures.reached, |line| line.number);
    if step.end {
        figures.state = last;
        figures.ended_at = Some(tx.now).filter(|_| last == ImportState::Done);
    }
    stored.save(tx).await?;
    if step.rest { go_on(tx, &stored).await } else { Ok(()) }
}

/// What is needed later: what was done, to take it back, and what was refused.
async fn put_row(
    tx: &mut Tx<'_>,
    import: &ContactImport,
    line: &Line,
    outcome: &'static str,
    traces: Option<Traces>,
    refused: Option<Problem>,
) -> Result<(), Problem> {
    if traces.is_none() && refused.is_none() {
        return Ok(());
    }
    let (code, values) = match &refused {
        Some(Problem::Refused(refusal, params)) => (Some(refusal.code), Some(serde_json::to_string(params)?)),
        _ => (None, None),
    };
    tx.put(
        sql!(
            "INSERT INTO contact_import_rows (workspace_id, import_id, number, line, outcome, contact_id, version, \
             note_id, external_id, code, params) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            tx.workspace,
            import.id,
            line.number,
            line.line,
            outcome,
            traces.as_ref().map(|one| one.contact),
            traces.as_ref().and_then(|one| one.version),
            traces.as_ref().and_then(|one| one.note),
            traces.as_ref().and_then(|one| one.external_id.clone()),
            code,
            values
        ],
    )
    .await?;
    Ok(())
}
