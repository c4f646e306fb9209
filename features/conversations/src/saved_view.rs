//! A saved view: a list with what narrows it, under a name, for oneself, for a team, or for everybody.
//!
//! What must stay true: it says what is asked for and never what is found: whoever opens it sees what he may see. Its
//! list is what its link asks for.

mod change;
mod list;

pub use change::{FOLLOW_TEAM, REMOVE_OF_TEAM};

use base::{App, Audience, Audited, EventKind, MemberCaller, NewEvent, Problem, Right, Scope, Tx, View};
use db::{Row, Sql, params, sql};
use ids::{MemberId, SavedViewId, TeamId, Uuid, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_saved_views))
        .routes(routes!(change::save_view, change::remove_saved_view))
}

const NAME_CHARACTERS: usize = 60;

/// Who has it among his lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SavedViewScope {
    Personal { member_id: MemberId },
    Team { team_id: TeamId },
    Workspace,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SavedView {
    pub id: SavedViewId,
    pub name: String,
    /// What stands behind the question mark where the list is asked for.
    pub list: String,
    pub scope: SavedViewScope,
}

/// A saved view is new or changed.
pub static UPDATED: EventKind =
    EventKind { name: "saved_view.updated", audience: |facts| Ok(Arc::new(serde_json::from_str::<ViewFacts>(facts)?)) };

#[derive(Serialize, Deserialize, ToSchema)]
pub struct SavedViewUpdated {
    pub saved_view: SavedView,
}

/// It is removed, or no longer among the listener's.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct SavedViewGone {
    pub saved_view_id: SavedViewId,
}

/// What decides who hears of it.
#[derive(Serialize, Deserialize)]
struct ViewFacts {
    saved_view: SavedViewId,
    /// None when it is removed.
    scope: Option<SavedViewScope>,
    /// Before: who had it then must hear that it is gone.
    was: Option<SavedViewScope>,
}

impl Audience for ViewFacts {
    fn subject(&self) -> Option<Uuid> {
        Some(self.saved_view.0)
    }

    fn member(&self, member: &MemberCaller) -> View {
        match (self.scope, self.was) {
            (Some(scope), _) if scope.is_seen_by(member) => View::Whole(0),
            (_, Some(was)) if was.is_seen_by(member) => View::Gone,
            _ => View::Hidden,
        }
    }

    fn gone(&self) -> Option<(&'static str, String)> {
        let gone = SavedViewGone { saved_view_id: self.saved_view };
        Some(("saved_view.gone", serde_json::to_string(&gone).ok()?))
    }
}

impl SavedViewScope {
    /// A team's also has whoever looks after what is shared.
    fn is_seen_by(self, member: &MemberCaller) -> bool {
        match self {
            Self::Personal { member_id } => member_id == member.id,
            Self::Team { team_id } => member.is_in(team_id) || member.scope(Right::VIEW_MANAGE_SHARED) == Scope::All,
            Self::Workspace => true,
        }
    }

    /// A team's is changed by who leads it too, whatever his role.
    fn is_managed_by(self, member: &MemberCaller) -> bool {
        let shared = member.scope(Right::VIEW_MANAGE_SHARED) == Scope::All;
        match self {
            Self::Personal { member_id } => member_id == member.id,
            Self::Team { team_id } => member.leads(team_id) || shared,
            Self::Workspace => shared,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Personal { .. } => "personal",
            Self::Team { .. } => "team",
            Self::Workspace => "workspace",
        }
    }

    fn owner(self, workspace: WorkspaceId) -> Uuid {
        match self {
            Self::Personal { member_id } => member_id.0,
            Self::Team { team_id } => team_id.0,
            Self::Workspace => workspace.0,
        }
    }

    fn of(kind: &str, owner: Uuid) -> Self {
        match kind {
            "personal" => Self::Personal { member_id: MemberId(owner) },
            "team" => Self::Team { team_id: TeamId(owner) },
            _ => Self::Workspace,
        }
    }
}

macro_rules! select {
    ($which:literal) => {
        concat!("SELECT id, scope, owner_id, name, list FROM saved_views WHERE workspace_id = $1 AND ", $which)
    };
}
use select;

impl SavedView {
    fn from_row(row: &Row) -> Result<Self, db::Error> {
        let kind: String = row.get("scope")?;
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            list: row.get("list")?,
            scope: SavedViewScope::of(&kind, row.get("owner_id")?),
        })
    }

    async fn lock(tx: &mut Tx<'_>, id: SavedViewId) -> Result<Option<Self>, Problem> {
        const LOCKED: &Sql = sql!(sqlite: select!("id = ?2"), postgres: select!("id = $2 FOR UPDATE"));
        let row = tx.first(LOCKED, &params![tx.workspace, id]).await?;
        Ok(row.as_ref().map(Self::from_row).transpose()?)
    }

    fn tell(&self, tx: &mut Tx<'_>, was: Option<SavedViewScope>) -> Result<(), Problem> {
        let facts = ViewFacts { saved_view: self.id, scope: Some(self.scope), was };
        tx.emit(NewEvent::new(&UPDATED, facts, &SavedViewUpdated { saved_view: self.clone() })?);
        Ok(())
    }

    /// Removes it; who had it hears of that.
    async fn remove(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        if !matches!(self.scope, SavedViewScope::Personal { .. }) {
            tx.audit(Audited::removed("view", self.id, &self.name, self)?);
        }
        tx.put(sql!("DELETE FROM saved_views WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, self.id])
            .await?;
        let facts = ViewFacts { saved_view: self.id, scope: None, was: Some(self.scope) };
        tx.emit(NewEvent::new(&UPDATED, facts, &SavedViewGone { saved_view_id: self.id })?);
        Ok(())
    }
}

fn checked_name(text: &str) -> Result<String, Problem> {
    let name = text.trim();
    let fits = !name.is_empty() && name.chars().count() <= NAME_CHARACTERS && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(people::NAME_INVALID.with("max", NAME_CHARACTERS)) }
}
