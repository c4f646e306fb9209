//! Who somebody is of whom a provider tells a name of its own and no more: it is asked, once, after his first message is
//! in the thread.

use crate::{account, ask, take::identity};
use base::{App, JobFailure, JobKind, Problem, Tx};
use channels::{Outcome, Person};
use ids::{InboxId, WorkspaceId};
use serde::{Deserialize, Serialize};

pub static PROFILE: JobKind =
    JobKind { name: "messengers.profile", run: |app, workspace, whom| Box::pin(run(app, workspace, whom)) };

#[derive(Serialize, Deserialize)]
struct Whom {
    inbox: InboxId,
    id: String,
    chat: String,
}

pub(crate) async fn ask_for(tx: &mut Tx<'_>, inbox: InboxId, id: String, chat: String) -> Result<(), Problem> {
    tx.enqueue(&PROFILE, &Whom { inbox, id, chat }, tx.now).await
}

/// Some give no consent, or are guests: they keep no name.
async fn run(app: App, workspace: WorkspaceId, whom: String) -> Result<(), JobFailure> {
    let whom: Whom = serde_json::from_str(&whom).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let inbox = whom.inbox;
    let Some(account) = app.read(workspace, move |tx| Box::pin(account::of(tx, inbox))).await? else { return Ok(()) };
    let Some(login) = account.login(&app) else { return Ok(()) };
    let Some(request) = account.adapter.ask_for_person(&login, &whom.id) else { return Ok(()) };
    let answered = match ask::ask(&app, request, &[], ask::WAIT).await {
        Ok(answered) => answered,
        Err(unanswered) => {
            return Err(JobFailure::Retry(anyhow::anyhow!("failed to ask: {}", ask::word(&unanswered.failure))));
        }
    };
    let person = match account.adapter.person(&ask::answer(&answered)) {
        Ok(person) => person,
        Err(Outcome::Retry | Outcome::Uncertain | Outcome::Rate(_)) => {
            return Err(JobFailure::Retry(anyhow::anyhow!("the provider says later")));
        }
        Err(outcome) => {
            tracing::info!(%inbox, why = ask::outcome_word(&outcome), "a provider does not tell who somebody is");
            return Ok(());
        }
    };
    let Whom { id, chat, .. } = whom;
    let person = Person { id, ..person };
    let met = app.write(workspace, move |tx| {
        Box::pin(async move {
            let contact = contacts::identify(tx, identity(inbox, &chat, person)).await?;
            conversations::meet(tx, inbox, &contact).await
        })
    });
    Ok(met.await?)
}
