//! Contacts that come in as a table: what is in the file, what becomes of its columns, a trial, the import itself, and
//! taking it back.
//!
//! What must stay true: nothing comes in before a trial of the whole file said what would; each row is in whole or not at
//! all, and once, whatever ends the program; what an import did is known until it can no longer be taken back. Absent:
//! tables that another feature takes, and workbooks.

mod begin;
mod guess;
mod person;
mod plan;
mod problems;
mod run;
mod steer;
mod stored;
mod table;
mod take_back;

pub use begin::{__path_begin_contact_import, begin_contact_import};
pub use plan::ImportPlan;
pub use problems::{
    __path_download_import_problems, __path_list_import_problems, download_import_problems, list_import_problems,
};
pub use run::RUN;
pub use steer::{
    __path_plan_contact_import, __path_run_contact_import, __path_stop_contact_import, __path_take_contact_import_back,
    FORGET, plan_contact_import, run_contact_import, stop_contact_import, take_contact_import_back,
};

use axum::Json;
use base::{Caller, Ctx, Cursor, MemberCaller, Permit, Problem, QueryOf, Right, Scope, Tx, page_size, refusal};
use db::{FromValue, params};
use ids::{ContactImportId, MemberId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use steer::KEPT_MS;
use stored::{NEWEST, Stored};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 30;
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Its file was looked into; what becomes of the columns is to be said.
    Read,
    /// It is tried.
    Checking,
    /// The figures are those of the trial.
    Checked,
    Running,
    /// Somebody stopped it, or a fault did; what is in is in. It may go on.
    Stopped,
    Done,
    TakingBack,
    TakenBack,
}

const STATES: [(ImportState, &str); 8] = [
    (ImportState::Read, "read"),
    (ImportState::Checking, "checking"),
    (ImportState::Checked, "checked"),
    (ImportState::Running, "running"),
    (ImportState::Stopped, "stopped"),
    (ImportState::Done, "done"),
    (ImportState::TakingBack, "taking_back"),
    (ImportState::TakenBack, "taken_back"),
];

impl ImportState {
    fn as_str(self) -> &'static str {
        STATES.iter().find(|(state, _)| *state == self).map_or("read", |(_, name)| name)
    }
}

impl FromValue for ImportState {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let text = String::from_value(value)?;
        STATES
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(state, _)| *state)
            .ok_or("a state of an import was expected")
    }
}

/// An import and its figures. Until it runs they are those of its trial.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactImport {
    pub id: ContactImportId,
    /// Of the file.
    pub name: String,
    pub member_id: MemberId,
    /// Who brought it, by his name at that time.
    pub by: String,
    pub state: ImportState,
    /// Rows below the first.
    pub total: i64,
    /// So far it came; of what is taken back, the row that is next was before it.
    pub reached: i64,
    pub made: i64,
    pub changed: i64,
    /// Those that say nothing new, or whom it leaves as they are.
    pub unchanged: i64,
    /// Of the trial: rows about somebody whom a row before names too.
    pub repeated: i64,
    pub refused: i64,
    /// Rows of which nothing is left …
    pub taken_back: i64,
    /// … and those that changed since, or have talked with the team.
    pub kept: i64,
    /// It stopped because of a fault of ours.
    pub failed: bool,
    pub begun_at: i64,
    /// When it last came further.
    pub touched_at: i64,
    pub ended_at: Option<i64>,
    /// Its file is still here: it may be taken back, and what was refused may be downloaded.
    pub kept_file: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportColumn {
    /// As the first row calls it.
    pub name: String,
    /// Of the first rows that say something there, shortened.
    pub samples: Vec<String>,
    /// What it may be, in the words of a plan.
    pub guess: Option<String>,
}

/// An import with what is in its file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShownImport {
    pub import: ContactImport,
    pub columns: Vec<ImportColumn>,
    /// `,`, `;` or a tab.
    pub separator: String,
    pub encoding: String,
    pub plan: Option<ImportPlan>,
}

#[derive(Serialize, ToSchema)]
pub struct ImportList {
    /// Newest first.
    pub items: Vec<ContactImport>,
    pub next_cursor: Option<String>,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportsQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 30.
    pub limit: Option<i64>,
}

/// Sees every contact and writes about everybody.
pub fn may_import(member: &MemberCaller) -> bool {
    [Right::CONTACT_VIEW, Right::CONTACT_EDIT].iter().all(|right| member.scope(*right) == Scope::All)
}

/// May look at imports.
pub struct CanImport;

impl Permit for CanImport {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        if may_import(caller.member()?) { Ok(Self) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

/// May import, under this id.
pub struct MayImport {
    member: Arc<MemberCaller>,
    id: ContactImportId,
}

impl Permit for MayImport {
    type Target = ContactImportId;

    async fn grant(caller: &Caller, id: ContactImportId, _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        // It goes on with all rights of its member, whatever a token leaves of them.
        member.must_be_signed_in()?;
        if may_import(&member) { Ok(Self { member, id }) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

async fn list(tx: &mut Tx<'_>, query: ImportsQuery) -> Result<ImportList, Problem> {
    let (before, limit) = (Cursor::parse(query.cursor.as_deref())?, page_size(query.limit, PAGE));
    let rows = tx.query(NEWEST, &params![tx.workspace, before.at, before.id, limit + 1]).await?;
    let mut items = rows.iter().map(|row| Ok(Stored::from_row(row)?.view)).collect::<Result<Vec<_>, Problem>>()?;
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let last = items.last().filter(|_| more).map(|last| Cursor { at: last.begun_at, id: last.id.0 }.to_string());
    Ok(ImportList { items, next_cursor: last })
}

/// List what was imported
#[utoipa::path(
    get, path = "/api/v1/contact-imports", tag = "contacts", params(ImportsQuery),
    responses((status = 200, body = ImportList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_contact_imports(
    ctx: Ctx<CanImport>,
    QueryOf(query): QueryOf<ImportsQuery>,
) -> Result<Json<ImportList>, Problem> {
    ctx.read(|tx, CanImport| Box::pin(list(tx, query))).await.map(Json)
}

/// Show an import
#[utoipa::path(
    get, path = "/api/v1/contact-imports/{contact_import}", tag = "contacts",
    params(("contact_import" = ContactImportId, Path)),
    responses((status = 200, body = ShownImport), (status = "default", body = base::ProblemBody))
)]
pub async fn show_contact_import(ctx: Ctx<MaySeeImport>) -> Result<Json<ShownImport>, Problem> {
    ctx.read(|_, MaySeeImport(import)| Box::pin(async move { import.shown() })).await.map(Json)
}

/// May look at this import.
pub struct MaySeeImport(Stored);

impl Permit for MaySeeImport {
    type Target = ContactImportId;

    async fn grant(caller: &Caller, id: ContactImportId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        CanImport::grant(caller, (), tx).await?;
        Stored::find(tx, id).await?.map(Self).ok_or_else(|| refusal::NOT_FOUND.into())
    }
}
