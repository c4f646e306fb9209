//! Saving a view under the id that its client gives it, changing it, and removing it.

use super::{SavedView, SavedViewScope, checked_name, list::SavedViewItem, select};
use crate::{ID_REUSED, TOO_MANY_VIEWS, filter::ListQuery};
use axum::{Json, http::StatusCode};
use base::{App, Audited, Body, Caller, Ctx, Follow, JobFailure, JobKind, MemberCaller, Permit, Problem, Tx, refusal};
use db::{params, sql};
use ids::{SavedViewId, WorkspaceId};
use people::TeamGone;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Of one member, of one team, of the workspace.
const MOST: i64 = 50;
/// Of what is asked for.
const LIST_CHARACTERS: usize = 2_000;

/// What belonged to a team that is no more.
pub const FOLLOW_TEAM: Follow = Follow { event: &people::TEAM_GONE, wants: |_| true, job: &REMOVE_OF_TEAM };
pub static REMOVE_OF_TEAM: JobKind = JobKind {
    name: "saved_views.remove_of_team",
    run: |app, workspace, facts| Box::pin(remove_of_team(app, workspace, facts)),
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveView {
    pub name: String,
    /// What stands behind the question mark where the list is asked for.
    pub list: String,
    pub scope: SavedViewScope,
}

/// May save a view under this id: it is new, or one that he may change.
pub struct MaySave {
    member: Arc<MemberCaller>,
    id: SavedViewId,
    known: Option<SavedView>,
    /// There is one that he does not see: to him the id is free, until it is to be used.
    taken: bool,
}

impl Permit for MaySave {
    type Target = SavedViewId;

    async fn grant(caller: &Caller, id: SavedViewId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let known = SavedView::lock(tx, id).await?;
        match &known {
            Some(known) if !known.scope.is_seen_by(&member) => Ok(Self { member, id, known: None, taken: true }),
            Some(known) if !known.scope.is_managed_by(&member) => Err(refusal::FORBIDDEN.into()),
            _ => Ok(Self { member, id, known, taken: false }),
        }
    }
}

async fn save(tx: &mut Tx<'_>, permit: MaySave, asked: SaveView) -> Result<SavedViewItem, Problem> {
    let MaySave { member, id, known, taken } = permit;
    let name = checked_name(&asked.name)?;
    let query = ListQuery::parse(&asked.list)?;
    if query.cursor.is_some() || query.limit.is_some() || asked.list.chars().count() > LIST_CHARACTERS {
        return Err(refusal::INVALID_BODY.with("detail", "list: a list without a page of it"));
    }
    let view = SavedView { id, name, list: asked.list, scope: asked.scope };
    if known.as_ref() == Some(&view) {
        return SavedViewItem::of(tx, &member, view).await;
    }
    let was = known.as_ref().map(|known| known.scope);
    if was != Some(view.scope) {
        must_be_managed(tx, &member, view.scope).await?;
    }
    if taken {
        return Err(ID_REUSED.into());
    }
    tx.put(
        sql!(
            "INSERT INTO saved_views (workspace_id, id, scope, owner_id, name, list, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace_id, id) DO UPDATE SET \
             scope = excluded.scope, owner_id = excluded.owner_id, name = excluded.name, list = excluded.list"
        ),
        params![
            tx.workspace,
            id,
            view.scope.as_str(),
            view.scope.owner(tx.workspace),
            view.name.clone(),
            view.list.clone(),
            tx.now
        ],
    )
    .await?;
    note(tx, known.as_ref(), &view)?;
    view.tell(tx, was)?;
    SavedViewItem::of(tx, &member, view).await
}

/// One's own are nobody's business.
fn note(tx: &mut Tx<'_>, before: Option<&SavedView>, after: &SavedView) -> Result<(), Problem> {
    let is_shared = |view: &SavedView| !matches!(view.scope, SavedViewScope::Personal { .. });
    if !is_shared(after) && !before.is_some_and(is_shared) {
        return Ok(());
    }
    tx.audit(match before {
        Some(before) => Audited::changed("view", after.id, &after.name, before, after)?,
        None => Audited::created("view", after.id, &after.name, after)?,
    });
    Ok(())
}

/// Refuses to put one where the member may not, or where there are enough. What he cannot see is not there.
async fn must_be_managed(tx: &mut Tx<'_>, member: &MemberCaller, scope: SavedViewScope) -> Result<(), Problem> {
    let there = match scope {
        // Kept, so that none is put into a team that is being removed.
        SavedViewScope::Team { team_id } => people::keep_team(tx, team_id).await?,
        SavedViewScope::Personal { .. } | SavedViewScope::Workspace => true,
    };
    if !there || !scope.is_seen_by(member) {
        return Err(refusal::NOT_FOUND.into());
    }
    if !scope.is_managed_by(member) {
        return Err(refusal::FORBIDDEN.into());
    }
    let row = tx
        .first(
            sql!("SELECT COUNT(*) AS views FROM saved_views WHERE workspace_id = $1 AND scope = $2 AND owner_id = $3"),
            &params![tx.workspace, scope.as_str(), scope.owner(tx.workspace)],
        )
        .await?;
    let views: i64 = row.map_or(Ok(0), |row| row.get("views"))?;
    if views < MOST { Ok(()) } else { Err(TOO_MANY_VIEWS.with("max", MOST)) }
}

async fn remove_of_team(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let TeamGone { team_id } = serde_json::from_str(&facts).map_err(|error| JobFailure::GiveUp(error.into()))?;
    app.write(workspace, move |tx| {
        Box::pin(async move {
            let rows =
                tx.query(sql!(select!("scope = 'team' AND owner_id = $2")), &params![tx.workspace, team_id]).await?;
            for row in &rows {
                SavedView::from_row(row)?.remove(tx).await?;
            }
            Ok(())
        })
    })
    .await?;
    Ok(())
}

/// Save a view, or change it
#[utoipa::path(
    put, path = "/api/v1/saved-views/{saved_view}", tag = "conversations",
    params(("saved_view" = SavedViewId, Path)), request_body = SaveView,
    responses((status = 200, body = SavedViewItem), (status = "default", body = base::ProblemBody))
)]
pub async fn save_view(ctx: Ctx<MaySave>, Body(asked): Body<SaveView>) -> Result<Json<SavedViewItem>, Problem> {
    ctx.write(move |tx, permit| Box::pin(save(tx, permit, asked))).await.map(Json)
}

/// Remove a saved view
#[utoipa::path(
    delete, path = "/api/v1/saved-views/{saved_view}", tag = "conversations",
    params(("saved_view" = SavedViewId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_saved_view(ctx: Ctx<MaySave>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| {
        Box::pin(async move {
            match permit.known {
                Some(known) => known.remove(tx).await,
                None => Err(refusal::NOT_FOUND.into()),
            }
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
