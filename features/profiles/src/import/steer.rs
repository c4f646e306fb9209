//! What a member says about an import: what becomes of its columns, that it runs, stops, or is taken back.

use super::{ContactImport, ImportPlan, ImportState, MayImport, ShownImport, plan::Planned, run, stored::Stored};
use crate::{IMPORT_BUSY, IMPORT_OVER};
use axum::Json;
use base::{App, Audited, Body, Ctx, JobFailure, JobKind, Ms, Problem, Tx};
use conversations::let_go;
use db::{params, sql};
use ids::{ContactImportId, WorkspaceId};

/// For so long its file is here and it may be taken back.
pub const KEPT_MS: Ms = 30 * 24 * 3_600_000;
/// One that nothing happened to for so long goes on when it is asked for again.
const STALLED_MS: Ms = 2 * 60_000;

pub static FORGET: JobKind =
    JobKind { name: "contact_imports.forget", run: |app, workspace, id| Box::pin(forget(app, workspace, id)) };

/// Says what becomes of the columns; the whole file is tried anew.
async fn put_plan(
    tx: &mut Tx<'_>,
    MayImport { member, id }: MayImport,
    plan: ImportPlan,
) -> Result<ShownImport, Problem> {
    let mut import = Stored::need(tx, id).await?;
    let open = matches!(import.view.state, ImportState::Read | ImportState::Checking | ImportState::Checked);
    if !open || import.columns.is_none() {
        return Err(IMPORT_OVER.into());
    }
    import.plan = Some(serde_json::to_string(&Planned::new(tx, plan, import.columns()?.len()).await?.plan)?);
    import.actor = member.id;
    import.turn_to(ImportState::Checking);
    import.begin_figures();
    import.forget_rows(tx).await?;
    import.save(tx).await?;
    run::go_on(tx, &import).await?;
    import.shown()
}

/// Does what was tried, or goes on with it.
async fn start(tx: &mut Tx<'_>, MayImport { member, id }: MayImport) -> Result<ShownImport, Problem> {
    let mut import = Stored::need(tx, id).await?;
    let stalled = import.view.touched_at + STALLED_MS < tx.now;
    match import.view.state {
        ImportState::Checked | ImportState::Stopped if import.file_id.is_some() => {}
        ImportState::Running if stalled => {}
        ImportState::Running | ImportState::Done => return import.shown(),
        _ => return Err(IMPORT_OVER.into()),
    }
    // Two at once would not see each other's people.
    let busy = tx
        .first(
            sql!(
                "SELECT id FROM contact_imports WHERE workspace_id = $1 AND state IN ('running', 'taking_back') \
                 AND id <> $2 LIMIT 1"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    if busy.is_some() {
        return Err(IMPORT_BUSY.into());
    }
    if import.view.state == ImportState::Checked {
        import.begin_figures();
        import.forget_rows(tx).await?;
        tx.audit(Audited::done("contact_import", "started", id, &import.view.name));
    }
    import.actor = member.id;
    import.turn_to(ImportState::Running);
    import.save(tx).await?;
    run::go_on(tx, &import).await?;
    import.shown()
}

async fn stop(tx: &mut Tx<'_>, MayImport { id, .. }: MayImport) -> Result<ShownImport, Problem> {
    let mut import = Stored::need(tx, id).await?;
    if matches!(import.view.state, ImportState::Checking | ImportState::Running) {
        import.stop();
        import.save(tx).await?;
    }
    import.shown()
}

/// What did nothing yet is gone; what did something is taken back.
async fn give_up(tx: &mut Tx<'_>, MayImport { member, id }: MayImport) -> Result<ContactImport, Problem> {
    let mut import = Stored::need(tx, id).await?;
    match import.view.state {
        ImportState::Read | ImportState::Checking | ImportState::Checked => return import.remove(tx).await,
        ImportState::TakenBack => return Ok(import.view),
        ImportState::TakingBack if import.view.touched_at + STALLED_MS >= tx.now => return Ok(import.view),
        ImportState::TakingBack => {}
        ImportState::Running | ImportState::Stopped | ImportState::Done => {
            if import.file_id.is_none() {
                return Err(IMPORT_OVER.into());
            }
            tx.audit(Audited::done("contact_import", "taken_back", id, &import.view.name));
            import.view.reached = import.view.total + 1;
        }
    }
    import.actor = member.id;
    import.turn_to(ImportState::TakingBack);
    import.save(tx).await?;
    run::go_on(tx, &import).await?;
    Ok(import.view)
}

/// What was never done is gone; of what was, the figures stay, and neither its file nor its rows.
async fn forget(app: App, workspace: WorkspaceId, id: String) -> Result<(), JobFailure> {
    let id: ContactImportId = serde_json::from_str(&id).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let forgot = app.write(workspace, move |tx| {
        Box::pin(async move {
            let Some(mut import) = Stored::lock(tx, id).await? else { return Ok(()) };
            match import.view.state {
                ImportState::Read | ImportState::Checking | ImportState::Checked => drop(import.remove(tx).await?),
                ImportState::Running | ImportState::TakingBack => {
                    // Its job may have been given up: one too many does nothing twice.
                    run::go_on(tx, &import).await?;
                    tx.enqueue(&FORGET, &id, tx.now + KEPT_MS).await?;
                }
                ImportState::Stopped | ImportState::Done | ImportState::TakenBack => {
                    import.forget_rows(tx).await?;
                    if let Some(file) = import.file_id.take() {
                        let_go(tx, id.0, file).await?;
                    }
                    import.save(tx).await?;
                }
            }
            Ok(())
        })
    });
    Ok(forgot.await?)
}

/// Say what becomes of a table's columns, and try it
#[utoipa::path(
    put, path = "/api/v1/contact-imports/{contact_import}/plan", tag = "contacts",
    params(("contact_import" = ContactImportId, Path)), request_body = ImportPlan,
    responses((status = 200, body = ShownImport), (status = "default", body = base::ProblemBody))
)]
pub async fn plan_contact_import(
    ctx: Ctx<MayImport>,
    Body(plan): Body<ImportPlan>,
) -> Result<Json<ShownImport>, Problem> {
    ctx.write(move |tx, permit| Box::pin(put_plan(tx, permit, plan))).await.map(Json)
}

/// Import what was tried, or go on with it
#[utoipa::path(
    post, path = "/api/v1/contact-imports/{contact_import}/run", tag = "contacts",
    params(("contact_import" = ContactImportId, Path)),
    responses((status = 200, body = ShownImport), (status = "default", body = base::ProblemBody))
)]
pub async fn run_contact_import(ctx: Ctx<MayImport>) -> Result<Json<ShownImport>, Problem> {
    ctx.write(|tx, permit| Box::pin(start(tx, permit))).await.map(Json)
}

/// Stop an import where it is
#[utoipa::path(
    post, path = "/api/v1/contact-imports/{contact_import}/stop", tag = "contacts",
    params(("contact_import" = ContactImportId, Path)),
    responses((status = 200, body = ShownImport), (status = "default", body = base::ProblemBody))
)]
pub async fn stop_contact_import(ctx: Ctx<MayImport>) -> Result<Json<ShownImport>, Problem> {
    ctx.write(|tx, permit| Box::pin(stop(tx, permit))).await.map(Json)
}

/// Take an import back; one that did nothing yet is removed
#[utoipa::path(
    delete, path = "/api/v1/contact-imports/{contact_import}", tag = "contacts",
    params(("contact_import" = ContactImportId, Path)),
    responses((status = 200, body = ContactImport), (status = "default", body = base::ProblemBody))
)]
pub async fn take_contact_import_back(ctx: Ctx<MayImport>) -> Result<Json<ContactImport>, Problem> {
    ctx.write(|tx, permit| Box::pin(give_up(tx, permit))).await.map(Json)
}
