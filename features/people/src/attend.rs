//! Whose sockets the servers have. Each node writes down whom it has a socket of, again and again; of whom none wrote
//! for [`ABSENCE_MS`] has left.
//!
//! What must stay true: a page that loads anew, a node that restarts or the loss of one of two nodes makes nobody leave
//! who is back in time; nobody who left stays.

use crate::presence;
use base::{App, Ms, Problem, Tx};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{MemberId, Uuid, WorkspaceId};
use std::{collections::BTreeSet, time::Duration};

/// A member of whom no server had a socket for so long has left: three times [`base::stream::ATTENDANCE_S`].
pub const ABSENCE_MS: Ms = 30_000;
/// How late it may be noticed.
const LOOK: Duration = Duration::from_secs(2);
/// In one transaction.
const AT_ONCE: usize = 200;

/// These members have a socket here.
pub fn attend(app: App, here: BTreeSet<(WorkspaceId, MemberId)>) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let here: Vec<_> = here.into_iter().collect();
        // In the order of their ids, so that two nodes do not wait for each other.
        for same in here.chunk_by(|(one, _), (other, _)| one == other) {
            for some in same.chunks(AT_ONCE) {
                let (workspace, members) = (some[0].0, some.iter().map(|(_, member)| *member).collect::<Vec<_>>());
                if let Err(problem) = app.write(workspace, |tx| Box::pin(all_here(tx, members))).await {
                    tracing::warn!(%problem, "failed to write down who is there");
                }
            }
        }
    })
}

async fn all_here(tx: &mut Tx<'_>, members: Vec<MemberId>) -> Result<(), Problem> {
    for member in members {
        presence::is_here(tx, member).await?;
    }
    Ok(())
}

pub fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        // Whoever was here before a restart has the time to come back.
        tokio::time::sleep(Duration::from_millis(ABSENCE_MS as u64)).await;
        while !app.is_stopping() {
            if let Err(problem) = miss(&app).await {
                tracing::warn!(%problem, "failed to look for who left, it is tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Says of everybody who left that he did; answers how many.
pub async fn miss(app: &App) -> Result<usize, Problem> {
    let before = app.clock.now() - ABSENCE_MS;
    let gone = app.read(WorkspaceId(Uuid::nil()), move |tx| Box::pin(unseen(tx, before))).await?;
    let count = gone.len();
    for (workspace, member) in gone {
        app.write(workspace, move |tx| Box::pin(presence::is_gone(tx, member, before))).await?;
    }
    Ok(count)
}

async fn unseen(tx: &mut Tx<'_>, before: Ms) -> Result<Vec<(WorkspaceId, MemberId)>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT workspace_id, member_id FROM presences WHERE seen_at < $1 ORDER BY seen_at LIMIT 200"),
            &params![before],
        )
        .await?;
    Ok(rows
        .iter()
        .map(|row| Ok((row.get("workspace_id")?, row.get("member_id")?)))
        .collect::<Result<_, db::Error>>()?)
}
