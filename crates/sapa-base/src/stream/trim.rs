//! Old events go, a few at a time: who was away for longer reloads instead of resuming.

use crate::{App, Ms, Problem};
use db::{params, sql};
use ids::WorkspaceId;

/// How long events are kept.
pub const KEPT_MS: Ms = 30 * 24 * 3_600_000;
/// At most so many go at once, so that the writer is never held up.
const AT_ONCE: i64 = 5_000;

/// Removes the oldest events that are too old; answers how many.
pub async fn trim(app: &App, workspace: WorkspaceId) -> Result<u64, Problem> {
    let before = app.clock.now() - KEPT_MS;
    app.write(workspace, move |tx| {
        Box::pin(async move {
            let gone = tx
                .execute(
                    sql!(
                        "DELETE FROM events WHERE workspace_id = $1 AND at < $2 AND position < \
                         (SELECT min(position) FROM events WHERE workspace_id = $1) + $3"
                    ),
                    &params![workspace, before, AT_ONCE],
                )
                .await?;
            Ok(gone)
        })
    })
    .await
}
