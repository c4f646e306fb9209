//! The saved views that one has among his lists, with how many conversations each of them holds.
//!
//! A number is a glance: it is exact up to 99 conversations that are found within 200, and otherwise says that there may
//! be more. Nothing is kept for it: what belongs to a view depends on who looks.

use super::{SavedView, select};
use crate::{filter::ListQuery, list};
use axum::Json;
use base::{AnyMember, Ctx, MemberCaller, Problem, Tx};
use db::{params, sql};
use serde::Serialize;
use utoipa::ToSchema;

/// So many are counted in one request: the first by name.
const COUNTED: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Glance {
    /// At most 99.
    pub conversations: i64,
    /// There may be more.
    pub more: bool,
}

#[derive(Serialize, ToSchema)]
pub struct SavedViewItem {
    pub saved_view: SavedView,
    /// The caller may change and remove it.
    pub managed: bool,
    /// What the caller sees in it. Null where it was not counted.
    pub count: Option<Glance>,
}

#[derive(Serialize, ToSchema)]
pub struct SavedViewList {
    /// By name: at most 50 of one's own, of each of one's teams, and of the workspace.
    pub items: Vec<SavedViewItem>,
}

impl SavedViewItem {
    pub(super) async fn of(tx: &mut Tx<'_>, member: &MemberCaller, view: SavedView) -> Result<Self, Problem> {
        let (conversations, more) = list::glance(tx, member, ListQuery::parse(&view.list)?).await?;
        Ok(Self { count: Some(Glance { conversations, more }), ..Self::uncounted(member, view) })
    }

    fn uncounted(member: &MemberCaller, view: SavedView) -> Self {
        Self { managed: view.scope.is_managed_by(member), saved_view: view, count: None }
    }
}

async fn saved_views(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<SavedViewList, Problem> {
    let rows = tx
        .query(
            sql!(concat!(
                select!("scope = 'personal' AND owner_id = $2"),
                " UNION ALL ",
                select!("scope IN ('team', 'workspace')")
            )),
            &params![tx.workspace, member.id],
        )
        .await?;
    let mut views = rows.iter().map(SavedView::from_row).collect::<Result<Vec<_>, _>>()?;
    views.retain(|view| view.scope.is_seen_by(member));
    views.sort_by_cached_key(|view| (view.name.to_lowercase(), view.id));
    let mut items = Vec::with_capacity(views.len());
    for (at, view) in views.into_iter().enumerate() {
        items.push(match at {
            0..COUNTED => SavedViewItem::of(tx, member, view).await?,
            _ => SavedViewItem::uncounted(member, view),
        });
    }
    Ok(SavedViewList { items })
}

/// List saved views
#[utoipa::path(
    get, path = "/api/v1/saved-views", tag = "conversations",
    responses((status = 200, body = SavedViewList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_saved_views(ctx: Ctx<AnyMember>) -> Result<Json<SavedViewList>, Problem> {
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { saved_views(tx, &member).await })).await.map(Json)
}
