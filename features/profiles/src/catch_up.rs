//! Makes contacts of older versions be found, beside the work of each start: whoever is new or changed is found at once.

use base::{App, Problem};
use db::sql;
use futures_util::future::BoxFuture;
use ids::{Uuid, WorkspaceId};

/// Of one transaction.
const AT_ONCE: i64 = 100;

pub fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        if let Err(problem) = all(&app).await {
            tracing::warn!(%problem, "failed to make contacts of older versions be found, the next start tries again");
        }
    })
}

async fn all(app: &App) -> Result<(), Problem> {
    let workspaces = app.read(WorkspaceId(Uuid::nil()), |tx| {
        Box::pin(async move {
            let rows = tx.query(sql!("SELECT id FROM workspaces"), &[]).await?;
            Ok(rows.iter().map(|row| row.get("id")).collect::<Result<Vec<WorkspaceId>, _>>()?)
        })
    });
    for workspace in workspaces.await? {
        loop {
            let some = app.write(workspace, |tx| Box::pin(contacts::catch_up(tx, AT_ONCE))).await?;
            if app.is_stopping() || (some as i64) < AT_ONCE {
                break;
            }
        }
    }
    Ok(())
}
