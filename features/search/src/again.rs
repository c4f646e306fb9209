//! Corrected and removed words leave the index: a job of the transaction that changed them.

use crate::index::index_again;
use base::{App, Follow, JobFailure, JobKind};
use ids::WorkspaceId;

pub const FOLLOW: Follow = Follow {
    event: &conversations::CHANGED,
    wants: |facts| conversations::corrected(facts).is_some(),
    job: &INDEX_AGAIN,
};

pub static INDEX_AGAIN: JobKind =
    JobKind { name: "search.index_again", run: |app, workspace, facts| Box::pin(again(app, workspace, facts)) };

async fn again(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let (conversation, entries) =
        conversations::corrected(&facts).ok_or_else(|| JobFailure::GiveUp(anyhow::anyhow!("no entries")))?;
    for entry in entries {
        app.write(workspace, move |tx| Box::pin(index_again(tx, conversation, entry))).await?;
    }
    Ok(())
}
