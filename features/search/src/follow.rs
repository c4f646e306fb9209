//! Keeps the index up with the conversations, beside the messages' own transactions (decision 11).
//!
//! What must stay true: everything is found in the end, also what was there before the index, what an import brought
//! and what a killed server left: how far each conversation is indexed is durable, and each start looks at all of
//! them. Events only tell where to look next.

use crate::index;
use base::{App, Problem, Tx};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{ConversationId, Uuid, WorkspaceId};
use serde::Deserialize;
use std::{
    collections::{BTreeSet, HashMap},
    time::{Duration, Instant},
};

/// How soon a message is found at the latest when there is little to do.
const LOOK: Duration = Duration::from_millis(300);
const EVENTS_AT_ONCE: i64 = 500;
const CONVERSATIONS_AT_ONCE: i64 = 100;
/// After each batch the follower rests so many times as long as the batch took, its wait included: messages come first.
const REST: u32 = 9;
const REST_MAX: Duration = Duration::from_millis(500);

/// Without rests the log of an embedded database grows beside the file; it is emptied after so many batches.
const SETTLE_EVERY: u32 = 50;

/// The follower of one workspace: the event position up to which it has looked.
type Seen = HashMap<WorkspaceId, i64>;

pub fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let mut seen = Seen::new();
        while !app.is_stopping() {
            if let Err(problem) = look(&app, &mut seen).await {
                tracing::warn!(%problem, "failed to index for search, it is tried again");
                tokio::time::sleep(REST_MAX).await;
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

async fn look(app: &App, seen: &mut Seen) -> Result<(), Problem> {
    for workspace in workspaces(app).await? {
        let now = app.read(workspace, |tx| Box::pin(async move { Ok(tx.position().await?) })).await?;
        match seen.get(&workspace) {
            Some(position) if *position <= now => {
                let mut position = *position;
                while position < now && !app.is_stopping() {
                    position = follow(app, workspace, position).await?.unwrap_or(now);
                    seen.insert(workspace, position);
                }
            }
            // A start, or a database that was put back.
            _ => {
                let mut after = ConversationId(Uuid::nil());
                while let Some((last, _)) = step(app, workspace, after, REST).await? {
                    after = last;
                }
                forget_gone(app, workspace, REST).await?;
                seen.insert(workspace, now);
            }
        }
    }
    Ok(())
}

async fn workspaces(app: &App) -> Result<Vec<WorkspaceId>, Problem> {
    app.read(WorkspaceId(Uuid::nil()), |tx| {
        Box::pin(async move {
            let rows = tx.query(sql!("SELECT id FROM workspaces"), &[]).await?;
            Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
        })
    })
    .await
}

/// Indexes what the next events are about; answers the last one's position.
async fn follow(app: &App, workspace: WorkspaceId, after: i64) -> Result<Option<i64>, Problem> {
    #[derive(Deserialize)]
    struct About {
        conversation: ConversationId,
    }
    let (last, ids) = app
        .read(workspace, move |tx| {
            Box::pin(async move {
                let rows = tx
                    .query(
                        sql!(
                            "SELECT position, kind, audience FROM events \
                             WHERE workspace_id = $1 AND position > $2 ORDER BY position LIMIT $3"
                        ),
                        &params![tx.workspace, after, EVENTS_AT_ONCE],
                    )
                    .await?;
                let mut ids = BTreeSet::new();
                for row in &rows {
                    if row.get::<String>("kind")? == "conversation.updated" {
                        let about: About = serde_json::from_str(&row.get::<String>("audience")?)?;
                        ids.insert(about.conversation);
                    }
                }
                let last = rows.last().map(|row| row.get::<i64>("position")).transpose()?;
                Ok((last, ids))
            })
        })
        .await?;
    index_all(app, workspace, ids.into_iter().collect(), REST).await?;
    Ok(last)
}

async fn index_all(app: &App, workspace: WorkspaceId, ids: Vec<ConversationId>, rest: u32) -> Result<(), Problem> {
    for some in ids.chunks(CONVERSATIONS_AT_ONCE as usize) {
        loop {
            let begun = Instant::now();
            if app.is_stopping() || !index::index(app, workspace, some.to_vec()).await? {
                break;
            }
            tokio::time::sleep((begun.elapsed() * rest).min(REST_MAX)).await;
        }
    }
    Ok(())
}

/// Indexes what the next conversations lack that lack anything; answers the last one, and how many they were.
async fn step(
    app: &App,
    workspace: WorkspaceId,
    after: ConversationId,
    rest: u32,
) -> Result<Option<(ConversationId, usize)>, Problem> {
    let ids = app.read(workspace, move |tx| Box::pin(lacking(tx, after))).await?;
    let Some(last) = ids.last().copied().filter(|_| !app.is_stopping()) else { return Ok(None) };
    let count = ids.len();
    index_all(app, workspace, ids, rest).await?;
    Ok(Some((last, count)))
}

/// Of conversations that are no more nothing is kept.
async fn forget_gone(app: &App, workspace: WorkspaceId, rest: u32) -> Result<(), Problem> {
    let gone = app.read(workspace, |tx| Box::pin(gone(tx))).await?;
    index_all(app, workspace, gone, rest).await
}

/// What is indexed of conversations that are no more.
async fn gone(tx: &mut Tx<'_>) -> Result<Vec<ConversationId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT s.conversation_id FROM search_conversations s LEFT JOIN conversations c \
                 ON c.workspace_id = s.workspace_id AND c.id = s.conversation_id \
                 WHERE s.workspace_id = $1 AND c.id IS NULL"
            ),
            &params![tx.workspace],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("conversation_id")).collect::<Result<_, _>>()?)
}

async fn lacking(tx: &mut Tx<'_>, after: ConversationId) -> Result<Vec<ConversationId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT c.id FROM conversations c LEFT JOIN search_conversations s \
                 ON s.workspace_id = c.workspace_id AND s.conversation_id = c.id \
                 WHERE c.workspace_id = $1 AND c.id > $2 AND (s.position IS NULL OR s.position < c.last_position) \
                 ORDER BY c.id LIMIT $3"
            ),
            &params![tx.workspace, after, CONVERSATIONS_AT_ONCE],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

/// Indexes everything that lacks it, without resting: for imports and tests. `looked` hears of each batch of
/// conversations, how many it had.
pub async fn catch_up(app: &App, looked: &mut (dyn FnMut(usize) + Send)) -> Result<(), Problem> {
    for workspace in workspaces(app).await? {
        let (mut after, mut batches) = (ConversationId(Uuid::nil()), 0);
        while let Some((last, count)) = step(app, workspace, after, 0).await? {
            after = last;
            looked(count);
            batches += 1;
            if batches % SETTLE_EVERY == 0 {
                app.db.settle().await?;
            }
        }
        forget_gone(app, workspace, 0).await?;
    }
    Ok(())
}
