//! Whether anybody of an inbox's team is there, as its visitors are told.
//!
//! What must stay true: it names nobody and tells no number; whoever is away by choice or without a desk before him
//! counts as absent; whoever has a chat of the inbox belongs to its team for as long. What visitors were told last stands
//! in the inbox's row, so that each change is one event, whoever notices it. Absent: opening hours, which come first (`inboxes`).

use base::{App, Audience, EventKind, EventShape, Listeners, MemberCaller, NewEvent, Problem, Tx, View, VisitorCaller};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, Uuid, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use utoipa::{OpenApi, ToSchema};

/// How late visitors may hear of it.
const LOOK: Duration = Duration::from_secs(2);

/// Somebody of an inbox's team came, or the last one left.
pub static ATTENDED: EventKind =
    EventKind { name: "inbox.attended", audience: |facts| Ok(Arc::new(serde_json::from_str::<OfVisitors>(facts)?)) };

/// How it looks on the wire.
pub(crate) const SHAPES: &[EventShape] =
    &[EventShape { kind: "inbox.attended", schema: "InboxAttended", lists: &[], to: Listeners::Visitors }];

#[derive(OpenApi)]
#[openapi(components(schemas(InboxAttended)))]
pub(crate) struct Schemas;

#[derive(Serialize, Deserialize, ToSchema)]
pub struct InboxAttended {
    /// Whether somebody of the team is there.
    pub attended: bool,
}

/// All visitors of an inbox.
#[derive(Serialize, Deserialize)]
struct OfVisitors {
    inbox: InboxId,
}

impl Audience for OfVisitors {
    fn subject(&self) -> Option<Uuid> {
        Some(self.inbox.0)
    }

    fn member(&self, _member: &MemberCaller) -> View {
        View::Hidden
    }

    fn every_visitor(&self) -> bool {
        true
    }

    fn visitor(&self, visitor: &VisitorCaller) -> View {
        if visitor.inbox == self.inbox { View::Whole(0) } else { View::Hidden }
    }

    fn visitor_payload(&self, payload: &str) -> Option<(&'static str, String)> {
        Some((ATTENDED.name, payload.to_owned()))
    }
}

pub fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        while !app.is_stopping() {
            if let Err(problem) = tell_attendance(&app).await {
                tracing::warn!(%problem, "failed to tell visitors who is there, it is tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Tells the visitors of each website where it changed; answers of how many.
pub async fn tell_attendance(app: &App) -> Result<usize, Problem> {
    let changed = app.read(WorkspaceId(Uuid::nil()), |tx| Box::pin(changed(tx))).await?;
    let mut told = 0;
    for (workspace, inbox, attended) in changed {
        told += usize::from(app.write(workspace, move |tx| Box::pin(tell(tx, inbox, attended))).await?);
    }
    Ok(told)
}

/// Where it is not what visitors were told, and what it is. Websites are few, and so are those who work there.
async fn changed(tx: &mut Tx<'_>) -> Result<Vec<(WorkspaceId, InboxId, bool)>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT workspace_id, id, attended FROM (SELECT i.workspace_id, i.id, i.attended AS told, \
                 CASE WHEN EXISTS (SELECT 1 FROM presences p WHERE p.workspace_id = i.workspace_id \
                 AND p.chosen = 'online' AND p.seen_at IS NOT NULL AND (EXISTS (SELECT 1 FROM memberships x \
                 WHERE x.workspace_id = i.workspace_id AND x.inbox_id = i.id AND x.member_id = p.member_id) \
                 OR EXISTS (SELECT 1 FROM team_inboxes s JOIN team_members t ON t.workspace_id = s.workspace_id \
                 AND t.team_id = s.team_id WHERE s.workspace_id = i.workspace_id AND s.inbox_id = i.id \
                 AND t.member_id = p.member_id) OR EXISTS (SELECT 1 FROM conversations c \
                 WHERE c.workspace_id = i.workspace_id AND c.status = 'open' AND c.holder_member_id = p.member_id \
                 AND c.inbox_id = i.id))) THEN 1 ELSE 0 END AS attended \
                 FROM inboxes i WHERE i.channel = 'website') AS looked WHERE told <> attended"
            ),
            &[],
        )
        .await?;
    let one = |row: &db::Row| Ok((row.get("workspace_id")?, row.get("id")?, row.get::<i64>("attended")? != 0));
    Ok(rows.iter().map(one).collect::<Result<_, db::Error>>()?)
}

/// Unless another node just told it.
async fn tell(tx: &mut Tx<'_>, inbox: InboxId, attended: bool) -> Result<bool, Problem> {
    let news = tx
        .execute(
            sql!("UPDATE inboxes SET attended = $3 WHERE workspace_id = $1 AND id = $2 AND attended <> $3"),
            &params![tx.workspace, inbox, i64::from(attended)],
        )
        .await?;
    if news == 1 {
        tx.emit(NewEvent::new(&ATTENDED, OfVisitors { inbox }, &InboxAttended { attended })?);
    }
    Ok(news == 1)
}

/// What visitors were told last.
pub(crate) async fn is_attended(tx: &mut Tx<'_>, workspace: WorkspaceId, inbox: InboxId) -> Result<bool, Problem> {
    let row = tx
        .first(sql!("SELECT attended FROM inboxes WHERE workspace_id = $1 AND id = $2"), &params![workspace, inbox])
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get::<i64>("attended"))? != 0)
}
