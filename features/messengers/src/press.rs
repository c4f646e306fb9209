//! A button that a customer pressed spins until the provider hears that it was taken.

use crate::{account, ask};
use base::{App, JobFailure, JobKind, Problem, Tx};
use channels::{Outbound, Say};
use ids::{InboxId, WorkspaceId};
use serde::{Deserialize, Serialize};

pub static ACKNOWLEDGE: JobKind =
    JobKind { name: "messengers.acknowledge", run: |app, workspace, press| Box::pin(run(app, workspace, press)) };

#[derive(Serialize, Deserialize)]
struct Press {
    inbox: InboxId,
    id: String,
}

pub(crate) async fn acknowledge(tx: &mut Tx<'_>, inbox: InboxId, id: String) -> Result<(), Problem> {
    tx.enqueue(&ACKNOWLEDGE, &Press { inbox, id }, tx.now).await
}

/// Once: a button that spins a little longer is no harm.
async fn run(app: App, workspace: WorkspaceId, press: String) -> Result<(), JobFailure> {
    let Press { inbox, id } = serde_json::from_str(&press).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let Some(account) = app.read(workspace, move |tx| Box::pin(account::of(tx, inbox))).await? else { return Ok(()) };
    let Some(login) = account.login(&app) else { return Ok(()) };
    let outbound = Outbound { chat: String::new(), reference: String::new(), say: Say::Pressed { id } };
    for part in account.adapter.requests(&login, &outbound) {
        if let Err(unanswered) = ask::ask(&app, part.request, &[], ask::WAIT).await {
            tracing::info!(%inbox, why = ask::word(&unanswered.failure), "failed to acknowledge a press");
        }
    }
    Ok(())
}
