//! Asking for updates, for servers that nobody reaches from outside. The provider holds the question until there is one.
//!
//! What must stay true: one server asks for one account at a time; who was lost is replaced soon, and what he asks for
//! afterwards counts no more; an update is kept before the provider hears that we have it.

use crate::{
    account::{self, Account},
    ask,
    update::{self, Proof},
};
use base::{App, Ms, Problem, Tx};
use channels::Outcome;
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, Uuid, WorkspaceId};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long the provider may hold a question.
const HOLD_S: u64 = 10;
const WAIT: Duration = Duration::from_secs(HOLD_S + 10);
/// Longer than a question takes. Who did not ask again until then is lost.
const LEASE_MS: Ms = 25_000;
/// How late a new account, or that of a server that is lost, is noticed.
const LOOK: Duration = Duration::from_secs(2);
/// After an answer that came at once with nothing in it.
const SOON: Duration = Duration::from_secs(1);
/// After trouble.
const PAUSE: Duration = Duration::from_secs(5);

pub(crate) fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        // Who is asked for by this server.
        let asking: Arc<Mutex<HashSet<InboxId>>> = Arc::default();
        while !app.is_stopping() {
            match app.read(WorkspaceId(Uuid::nil()), |tx| Box::pin(account::to_poll(tx))).await {
                Ok(accounts) => {
                    for account in accounts {
                        if asking.lock().unwrap_or_else(PoisonError::into_inner).insert(account.inbox) {
                            tokio::spawn(go_on(app.clone(), account, asking.clone()));
                        }
                    }
                }
                Err(problem) => tracing::warn!(%problem, "failed to look for whom to ask"),
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Asks for one account until it has another poller, or none.
async fn go_on(app: App, account: Account, asking: Arc<Mutex<HashSet<InboxId>>>) {
    let inbox = account.inbox;
    while !app.is_stopping() {
        let began = Instant::now();
        match poll(&app, account.workspace, inbox, HOLD_S).await {
            // A server that does not hold the question until something comes is not asked without a pause.
            Ok(Polled::Took(0)) if began.elapsed() < SOON => tokio::time::sleep(SOON).await,
            Ok(Polled::Took(_)) => {}
            Ok(Polled::NotOurs) => break,
            Ok(Polled::Trouble) => tokio::time::sleep(PAUSE).await,
            Err(problem) => {
                tracing::warn!(%inbox, %problem, "failed to ask a provider for updates");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    asking.lock().unwrap_or_else(PoisonError::into_inner).remove(&inbox);
}

/// How one question ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Polled {
    /// So many updates.
    Took(usize),
    /// Somebody else asks, or nobody is to.
    NotOurs,
    Trouble,
}

/// Asks once for every account that nobody asks for now; answers how many updates there were.
pub async fn poll_all(app: &App) -> Result<usize, Problem> {
    let accounts = app.read(WorkspaceId(Uuid::nil()), |tx| Box::pin(account::to_poll(tx))).await?;
    let mut took = 0;
    for account in accounts {
        if let Polled::Took(updates) = poll(app, account.workspace, account.inbox, 0).await? {
            took += updates;
        }
    }
    Ok(took)
}

/// Asks once. While it waits nobody else does.
pub async fn poll(app: &App, workspace: WorkspaceId, inbox: InboxId, hold_s: u64) -> Result<Polled, Problem> {
    let Some(account) = app.write(workspace, move |tx| Box::pin(begin(tx, inbox))).await? else {
        return Ok(Polled::NotOurs);
    };
    let Some(login) = account.login(app) else { return trouble(app, account, "token").await };
    let Some(request) = account.adapter.ask_for_updates(&login, account.next_update, hold_s) else {
        return Ok(Polled::NotOurs);
    };
    let answered = match ask::ask(app, request, &[], WAIT).await {
        Ok(answered) => answered,
        Err(unanswered) => return trouble(app, account, ask::word(&unanswered.failure)).await,
    };
    let answer = ask::answer(&answered);
    let outcome = account.adapter.outcome(&answer);
    if !matches!(outcome, Outcome::Accepted(_)) {
        let conflict = answered.status == 409;
        let word = if conflict { "conflict".to_owned() } else { ask::outcome_word(&outcome) };
        if let Outcome::Rate(wait) = outcome {
            tokio::time::sleep(Duration::from_millis(wait.unsigned_abs().min(LEASE_MS.unsigned_abs() / 2))).await;
        }
        return trouble(app, account, &word).await;
    }
    let items = account.adapter.split(&answered.body);
    let count = items.len();
    let kept = app.write(workspace, move |tx| {
        Box::pin(async move {
            let keys = items.iter().filter_map(|item| item.key.as_deref()?.parse::<i64>().ok());
            let next = keys.max().map(|last| last + 1).or(account.next_update);
            if !end(tx, &account, next).await? {
                return Ok(false);
            }
            if !items.is_empty() {
                update::store(tx, &account, items, Proof::Asked).await?;
            }
            Ok(true)
        })
    });
    Ok(if kept.await? { Polled::Took(count) } else { Polled::NotOurs })
}

/// Takes the question for this server, if nobody else has it. The number tells whose answer counts.
async fn begin(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Account>, Problem> {
    let taken = tx
        .execute(
            sql!(
                "UPDATE messenger_accounts SET poller = poller + 1, polled_until = $4 \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND polling = 1 AND polled_until <= $3"
            ),
            &params![tx.workspace, inbox, tx.now, tx.now + LEASE_MS],
        )
        .await?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(account::of(tx, inbox).await?.filter(|account| account.enabled))
}

/// The question is answered, if it still was ours.
async fn end(tx: &mut Tx<'_>, account: &Account, next: Option<i64>) -> Result<bool, Problem> {
    let ended = tx
        .execute(
            sql!(
                "UPDATE messenger_accounts SET polled_until = 0, next_update = $4 \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND poller = $3"
            ),
            &params![tx.workspace, account.inbox, account.poller, next],
        )
        .await?;
    Ok(ended == 1)
}

async fn trouble(app: &App, account: Account, word: &str) -> Result<Polled, Problem> {
    let word = word.to_owned();
    app.write(account.workspace, move |tx| {
        Box::pin(async move {
            account::note_error(tx, &account, &word).await?;
            end(tx, &account, account.next_update).await?;
            Ok(Polled::Trouble)
        })
    })
    .await
}
