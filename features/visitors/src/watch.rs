//! Looks again and again at who is on the sites: forgets who left, and tells the desks where something changed.
//!
//! What must stay true: every server looks for itself and tells its own desks, so that several need no bell for it; what is
//! told is that an inbox changed and nothing of anybody, it is stored nowhere, and no desk hears it more often than every
//! [`LOOK`]. Absent: what changed; a desk that shows the list asks for its page again.

use crate::here::ABSENCE_MS;
use base::{App, Audience, MemberCaller, Ms, Problem, Tx, View, stream::Whisper};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, Uuid, WorkspaceId};
use serde::Serialize;
use std::{collections::HashMap, sync::Arc, time::Duration};

/// How late desks hear of it.
const LOOK: Duration = Duration::from_secs(2);
/// How long somebody who was invited is remembered after he left: his page may wake and answer.
const ANSWER_MS: Ms = 3_600_000;
/// Workspaces in one look.
const AT_ONCE: i64 = 200;

/// What was there at the last look, by workspace and inbox.
#[derive(Default)]
pub struct Watch {
    marks: HashMap<(WorkspaceId, InboxId), Mark>,
}

/// Two that are the same stand for the same visitors: how many, the newest change, and all changes together.
type Mark = (i64, Ms, i64);

struct OfInbox(InboxId);

impl Audience for OfInbox {
    fn member(&self, member: &MemberCaller) -> View {
        if conversations::sees_queue(member, self.0) { View::Whole(0) } else { View::Hidden }
    }
}

#[derive(Serialize)]
struct ToMembers {
    r#type: &'static str,
    inbox_id: InboxId,
}

pub(crate) fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let mut watch = Watch::default();
        while !app.is_stopping() {
            if let Err(problem) = watch.look(&app).await {
                tracing::warn!(%problem, "failed to look who is on the sites, it is tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

impl Watch {
    /// Answers in how many inboxes something changed.
    pub async fn look(&mut self, app: &App) -> Result<usize, Problem> {
        let before = app.clock.now() - ABSENCE_MS;
        let nowhere = WorkspaceId(Uuid::nil());
        let left = app.read(nowhere, move |tx| Box::pin(where_somebody_left(tx, before))).await?;
        for workspace in left {
            app.write(workspace, move |tx| Box::pin(forget(tx, before))).await?;
        }
        let marks = app.read(nowhere, move |tx| Box::pin(marks(tx, before))).await?;
        let gone = self.marks.keys().filter(|place| !marks.contains_key(place));
        let moved = marks.iter().filter(|(place, mark)| self.marks.get(place) != Some(mark)).map(|(place, _)| place);
        let changed: Vec<_> = gone.chain(moved).copied().collect();
        for (workspace, inbox_id) in &changed {
            let members = serde_json::to_string(&ToMembers { r#type: "visitors", inbox_id: *inbox_id })?;
            app.hub.whisper(Whisper {
                workspace: *workspace,
                audience: Arc::new(OfInbox(*inbox_id)),
                members: Some(members),
                visitors: None,
                from: None,
            });
        }
        self.marks = marks;
        Ok(changed.len())
    }
}

async fn where_somebody_left(tx: &mut Tx<'_>, before: Ms) -> Result<Vec<WorkspaceId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT DISTINCT workspace_id FROM site_visitors WHERE seen_at <= $1 \
                 AND (invitation IS NULL OR seen_at <= $2) LIMIT $3"
            ),
            &params![before, before - ANSWER_MS, AT_ONCE],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("workspace_id")).collect::<Result<_, _>>()?)
}

async fn forget(tx: &mut Tx<'_>, before: Ms) -> Result<(), Problem> {
    tx.put(
        sql!(
            "DELETE FROM site_visitors WHERE workspace_id = $1 AND seen_at <= $2 \
             AND (invitation IS NULL OR seen_at <= $3)"
        ),
        params![tx.workspace, before, before - ANSWER_MS],
    )
    .await?;
    Ok(())
}

async fn marks(tx: &mut Tx<'_>, before: Ms) -> Result<HashMap<(WorkspaceId, InboxId), Mark>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT workspace_id, inbox_id, COUNT(*) AS there, MAX(changed_at) AS newest, \
                 CAST(SUM(changed_at % 1000003) AS BIGINT) AS together FROM site_visitors WHERE seen_at > $1 \
                 GROUP BY workspace_id, inbox_id"
            ),
            &params![before],
        )
        .await?;
    let one = |row: &db::Row| {
        let place = (row.get("workspace_id")?, row.get("inbox_id")?);
        Ok((place, (row.get("there")?, row.get("newest")?, row.get("together")?)))
    };
    Ok(rows.iter().map(one).collect::<Result<_, db::Error>>()?)
}
