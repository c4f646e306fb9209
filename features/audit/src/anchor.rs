//! Once a day the end of each workspace's chain goes to the server's log, which is kept elsewhere: whoever can write to
//! the database could make a whole chain anew, but not what was logged.

use base::{App, Problem};
use db::sql;
use futures_util::future::BoxFuture;
use ids::{Uuid, WorkspaceId};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(24 * 3_600);

pub(crate) fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        while !app.is_stopping() {
            if let Err(problem) = tell(&app).await {
                tracing::warn!(%problem, "failed to log the ends of the audit chains");
            }
            tokio::time::sleep(EVERY).await;
        }
    })
}

async fn tell(app: &App) -> Result<(), Problem> {
    let rows = app
        .read(WorkspaceId(Uuid::nil()), |tx| {
            Box::pin(async move { Ok(tx.query(sql!("SELECT workspace_id, number, hash FROM audit_ends"), &[]).await?) })
        })
        .await?;
    for row in rows {
        let (workspace, number): (WorkspaceId, i64) = (row.get("workspace_id")?, row.get("number")?);
        let hash: String = row.get("hash")?;
        tracing::info!(%workspace, number, hash, "end of the audit chain");
    }
    Ok(())
}
