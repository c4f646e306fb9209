//! With a team go its quick replies: nobody is left to see them. Who removes a team was told how many.

use crate::{QuickReplyScope, quick_reply, remove::delete};
use base::{App, Follow, JobFailure, JobKind, Problem, Tx};
use db::{params, sql};
use ids::{QuickReplyId, TeamId, WorkspaceId};
use people::TeamGone;

pub const FOLLOW: Follow = Follow { event: &people::TEAM_GONE, wants: |_| true, job: &REMOVE_OF_TEAM };

pub static REMOVE_OF_TEAM: JobKind = JobKind {
    name: "quick_replies.remove_of_team",
    run: |app, workspace, facts| Box::pin(remove_of_team(app, workspace, facts)),
};

async fn remove_of_team(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let gone: TeamGone = serde_json::from_str(&facts).map_err(|error| JobFailure::GiveUp(error.into()))?;
    // One in each transaction: with many, nobody else would write for long.
    while app.write(workspace, move |tx| Box::pin(remove_first(tx, gone.team_id))).await? {}
    Ok(())
}

/// Answers whether there may be more.
async fn remove_first(tx: &mut Tx<'_>, team: TeamId) -> Result<bool, Problem> {
    let left = tx
        .first(
            sql!(
                "SELECT id FROM quick_replies WHERE workspace_id = $1 AND owner_id = $2 AND scope = 'team' \
                 ORDER BY shortcut LIMIT 1"
            ),
            &params![tx.workspace, team],
        )
        .await?;
    let Some(row) = left else { return Ok(false) };
    // Somebody may have moved it between the look and the lock.
    let known = quick_reply::lock(tx, row.get::<QuickReplyId>("id")?).await?;
    if let Some(known) = known.filter(|known| known.scope == QuickReplyScope::Team { team_id: team }) {
        delete(tx, &known).await?;
    }
    Ok(true)
}
