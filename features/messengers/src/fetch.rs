//! Customers' files: the provider says where one is, and there it is fetched. The address may hold the token, and goes no
//! further than here.

use crate::{account, ask};
use base::{App, JobKind, Ms};
use channels::{Locate, Outcome};
use conversations::{Absent, Source, Trouble, fetch_from};
use ids::{InboxId, WorkspaceId};
use outbound::Target;

pub static FETCH: JobKind = JobKind {
    name: "messengers.fetch",
    run: |app, workspace, id| {
        Box::pin(async move {
            let asking = app.clone();
            fetch_from(app, workspace, id, async move |inbox, reference: String| {
                locate(asking, workspace, inbox, &reference).await
            })
            .await
        })
    },
};

async fn locate(app: App, workspace: WorkspaceId, inbox: InboxId, reference: &str) -> Result<Source, Trouble> {
    let account = app.read(workspace, move |tx| Box::pin(account::of(tx, inbox))).await;
    let account = account.map_err(|_| Trouble::passes(Absent::Unreachable))?;
    let account = account.ok_or(Trouble::stays(Absent::Refused))?;
    let login = account.login(&app).ok_or(Trouble::stays(Absent::Refused))?;
    let located = match account.adapter.locate(&login, reference) {
        Locate::Known(located) => located,
        Locate::Ask(request) => {
            let answered = ask::ask(&app, request, &[], ask::WAIT).await;
            let answered = answered.map_err(|unanswered| Trouble::of(&unanswered.failure))?;
            account.adapter.located(&login, &ask::answer(&answered)).map_err(|outcome| trouble(&outcome))?
        }
    };
    let target = Target::parse(&located.address).ok_or(Trouble::stays(Absent::Refused))?;
    Ok(Source { target, headers: located.headers, sha256: located.sha256 })
}

fn trouble(outcome: &Outcome) -> Trouble {
    match outcome {
        Outcome::Permanent(why) if why.to_lowercase().contains("too big") => Trouble::stays(Absent::TooLarge),
        Outcome::Permanent(_) => Trouble::stays(Absent::NotFound),
        Outcome::Rate(wait) => Trouble { absent: Absent::Unreachable, passes: Some(Ms::max(*wait, 0)) },
        Outcome::Retry | Outcome::Uncertain => Trouble::passes(Absent::Unreachable),
        _ => Trouble::stays(Absent::Refused),
    }
}
