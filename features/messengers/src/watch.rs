//! Whether an account still tells us everything, hour by hour: a provider stops telling a server that was away, and says
//! so to nobody.
//!
//! What must stay true: what stopped is begun again where we began it, and says so where we did not; what was missed
//! meanwhile is asked for, and is read like what is pushed, so that nothing comes twice; a silence is judged by how
//! silent the account usually is. A token that ends is made longer in time, where the provider lets us.

use crate::{
    account::{self, Account},
    ask,
    connect::{ask_about, hook, secret},
    update::{self, Proof},
};
use base::{App, JobFailure, JobKind, Ms, Problem, Tx};
use channels::{Found, Hook, Outcome, Task};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, Uuid, WorkspaceId};
use std::time::Duration;

const HOUR_MS: Ms = 3_600_000;
const DAY_MS: Ms = 24 * HOUR_MS;
/// Somebody was away who did not look for so long.
const AWAY_MS: Ms = 2 * HOUR_MS;
/// From what was missed nothing older is asked for: it is answered by nobody any more.
const MISSED_MS: Ms = 7 * DAY_MS;
/// Of the questions for what was missed.
const PAGES: usize = 20;
/// By how silent it was for so long it is judged …
const USUAL_MS: Ms = 14 * DAY_MS;
/// … if it told something in so many hours of it.
const HOURS_KNOWN: usize = 50;
/// No shorter silence is one.
const SHORTEST_MS: Ms = 3 * HOUR_MS;
/// A token is made longer when it has no more than so long.
const RENEWED_MS: Ms = 45 * DAY_MS;
/// One that is younger cannot be.
const YOUNG_MS: Ms = DAY_MS;

pub static WATCH: JobKind =
    JobKind { name: "messengers.watch", run: |app, workspace, inbox| Box::pin(watch(app, workspace, inbox)) };

/// After so long it is asked again for what was missed.
const AGAIN_MS: Ms = 600_000;
/// How often it is looked whose hour is over.
const LOOK: Duration = Duration::from_secs(300);

pub(crate) fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        while !app.is_stopping() {
            if let Err(problem) = watch_all(&app).await {
                tracing::warn!(%problem, "failed to look which accounts are to be watched, it is tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Those that nobody looked at for an hour are looked at soon, each by one server.
pub async fn watch_all(app: &App) -> Result<(), Problem> {
    let before = app.clock.now() - HOUR_MS;
    let due = app.read(WorkspaceId(Uuid::nil()), move |tx| {
        Box::pin(async move {
            let rows = tx
                .query(
                    sql!(
                        "SELECT a.workspace_id, a.inbox_id, a.watched_at FROM messenger_accounts a \
                         JOIN inboxes i ON i.workspace_id = a.workspace_id AND i.id = a.inbox_id \
                         WHERE a.watched_at <= $1 AND a.polling = 0 AND i.disabled_at IS NULL"
                    ),
                    &params![before],
                )
                .await?;
            let due =
                rows.iter().map(|row| Ok((row.get("workspace_id")?, row.get("inbox_id")?, row.get("watched_at")?)));
            Ok(due.collect::<Result<Vec<(WorkspaceId, InboxId, Ms)>, db::Error>>()?)
        })
    });
    for (workspace, inbox, watched_at) in due.await? {
        app.write(workspace, move |tx| Box::pin(begin(tx, inbox, watched_at))).await?;
    }
    Ok(())
}

async fn begin(tx: &mut Tx<'_>, inbox: InboxId, watched_at: Ms) -> Result<(), Problem> {
    let ours = tx
        .execute(
            sql!(
                "UPDATE messenger_accounts SET watched_at = $4 \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND watched_at = $3"
            ),
            &params![tx.workspace, inbox, watched_at, tx.now],
        )
        .await?;
    if ours == 0 {
        return Ok(());
    }
    // Nobody looked for hours: what was told meanwhile was told to nobody.
    let since = (watched_at > 0 && tx.now - watched_at > AWAY_MS).then_some(watched_at - HOUR_MS);
    tx.enqueue(&WATCH, &(inbox, since), tx.now).await
}

async fn watch(app: App, workspace: WorkspaceId, payload: String) -> Result<(), JobFailure> {
    let (inbox, since): (InboxId, Option<Ms>) =
        serde_json::from_str(&payload).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let found = app.read(workspace, move |tx| Box::pin(account::of(tx, inbox))).await?;
    let Some(account) = found.filter(|account| account.enabled) else { return Ok(()) };
    let Some(login) = account.login(&app) else { return Ok(()) };
    let silent = app.read(workspace, move |tx| Box::pin(silent_since(tx, inbox))).await?;
    let looked = ask_about(&app, account.adapter, &login, Task::Check).await;
    let mut missed = since;
    let told = match &looked {
        Ok(found) if hears(&app, &account, found) => true,
        Ok(_) => {
            tracing::warn!(%inbox, "a provider does not tell everything any more");
            missed = missed.or(account.last_in_at).or(Some(app.clock.now() - DAY_MS));
            // Where another program took our place it is for people to say whose it is.
            !account.adapter.connection().hooked && repair(&app, &account, &login).await
        }
        Err(problem) => {
            tracing::info!(%inbox, %problem, "failed to look how an account goes");
            account.unheard_at.is_none()
        }
    };
    let refused = looked.as_ref().is_err_and(|problem| problem.refusal().code == crate::CHANNEL_TOKEN_REFUSED.code);
    let noting = account.clone();
    let noted = app.write(workspace, move |tx| {
        Box::pin(async move {
            if refused {
                account::set_broken(tx, &noting, "token").await?;
            }
            account::set_heard(tx, &noting, told, silent).await
        })
    });
    noted.await?;
    if let Some(missed) = missed.filter(|_| told || since.is_some()) {
        let oldest = app.clock.now() - MISSED_MS;
        let asked = told && ask_for_missed(&app, workspace, &account, &login, missed.max(oldest)).await?;
        // It is asked again until there is an answer; what is older than that nobody tells any more.
        if !asked && missed > oldest {
            app.write(workspace, move |tx| {
                Box::pin(async move { tx.enqueue(&WATCH, &(inbox, Some(missed)), tx.now + AGAIN_MS).await })
            })
            .await?;
        }
    }
    Ok(renew(&app, workspace, &account, &login).await?)
}

fn hears(app: &App, account: &Account, found: &Found) -> bool {
    let expected = hook(app, account.inbox);
    found.subscribed.unwrap_or(true) && found.pushes_to.as_ref().is_none_or(|to| Some(to) == expected.as_ref())
}

async fn repair(app: &App, account: &Account, login: &channels::Account) -> bool {
    let secret = secret(account.inbox, &login.token);
    let address = hook(app, account.inbox);
    let hook = address.as_deref().map(|address| Hook { address, secret: &secret });
    let repaired = ask_about(app, account.adapter, login, Task::Connect(hook)).await;
    if let Err(problem) = &repaired {
        tracing::warn!(inbox = %account.inbox, %problem, "failed to have a provider tell everything again");
    }
    repaired.is_ok()
}

/// Since when it has been silent, if that is longer than usual.
async fn silent_since(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Ms>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT at / 3600000 AS hour, max(at) AS last FROM messenger_updates WHERE workspace_id = $1 \
                 AND inbox_id = $2 AND at >= $3 GROUP BY at / 3600000 ORDER BY at / 3600000"
            ),
            &params![tx.workspace, inbox, tx.now - USUAL_MS],
        )
        .await?;
    let mut hours = Vec::new();
    for row in &rows {
        hours.push((row.get::<i64>("hour")?, row.get::<Ms>("last")?));
    }
    Ok(unusual(&hours, tx.now))
}

/// Twice the longest silence between two hours of which something is known.
fn unusual(hours: &[(i64, Ms)], now: Ms) -> Option<Ms> {
    let (_, last) = *hours.last().filter(|_| hours.len() >= HOURS_KNOWN)?;
    let longest = hours.windows(2).map(|two| two[1].0 - two[0].0).max().unwrap_or(0) * HOUR_MS;
    (now - last > (2 * longest).max(SHORTEST_MS)).then_some(last)
}

/// Reads what was said while nobody listened. Answers whether the provider told it, or never tells such.
async fn ask_for_missed(
    app: &App,
    workspace: WorkspaceId,
    account: &Account,
    login: &channels::Account,
    since: Ms,
) -> Result<bool, Problem> {
    let mut page = None;
    for _ in 0..PAGES {
        let Some(request) = account.adapter.ask_for_missed(login, page.as_deref()) else { return Ok(true) };
        let answered = match ask::ask(app, request, &[], ask::WAIT).await {
            Ok(answered) => answered,
            Err(unanswered) => {
                let why = ask::word(&unanswered.failure);
                tracing::warn!(inbox = %account.inbox, why, "failed to ask for what was missed");
                return Ok(false);
            }
        };
        let missed = match account.adapter.missed(login, &account.id, &ask::answer(&answered), since) {
            Ok(missed) => missed,
            Err(outcome) => {
                let why = ask::outcome_word(&outcome);
                tracing::warn!(inbox = %account.inbox, why, "a provider does not tell what was missed");
                return Ok(false);
            }
        };
        let (account, items) = (account.clone(), missed.items);
        if !items.is_empty() {
            let kept = app.write(workspace, move |tx| {
                Box::pin(async move { update::store(tx, &account, items, Proof::Asked).await })
            });
            kept.await?;
        }
        page = missed.next;
        if page.is_none() {
            break;
        }
    }
    Ok(true)
}

async fn renew(app: &App, workspace: WorkspaceId, account: &Account, login: &channels::Account) -> Result<(), Problem> {
    let now = app.clock.now();
    let ends_soon = account.token_ends_at.is_none_or(|at| at - now < RENEWED_MS);
    if !ends_soon || now - account.token_set_at < YOUNG_MS {
        return Ok(());
    }
    let Some(request) = account.adapter.ask_for_token(login) else { return Ok(()) };
    let renewed = match ask::ask(app, request, &[], ask::WAIT).await {
        Ok(answered) => account.adapter.token(&ask::answer(&answered)),
        Err(unanswered) => Err(Outcome::Permanent(ask::word(&unanswered.failure).to_owned())),
    };
    let inbox = account.inbox;
    match renewed {
        Ok((token, lasts_s)) => {
            let ends_at = now + lasts_s.saturating_mul(1_000);
            let secret = secret(inbox, &token);
            let account = account.clone();
            let kept = app.write(workspace, move |tx| {
                Box::pin(async move { account::renew(tx, &account, &token, &secret, ends_at).await })
            });
            kept.await
        }
        Err(outcome) => {
            tracing::warn!(%inbox, why = ask::outcome_word(&outcome), "failed to make a token last longer");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_is_judged_by_how_silent_it_usually_is() {
        // Ten hours of each day, for six days.
        let hours: Vec<_> = (0..6).flat_map(|day| (8..18).map(move |hour| day * 24 + hour)).collect();
        let hours: Vec<_> = hours.into_iter().map(|hour| (hour, hour * HOUR_MS + 5)).collect();
        let last = hours.last().map_or(0, |(_, last)| *last);
        assert_eq!(unusual(&hours, last + 14 * HOUR_MS), None, "a night");
        assert_eq!(unusual(&hours, last + 31 * HOUR_MS), Some(last));
        assert_eq!(unusual(&hours[..40], last + 90 * HOUR_MS), None, "too little is known");
        let busy: Vec<_> = (0..60).map(|hour| (hour, hour * HOUR_MS)).collect();
        assert_eq!(unusual(&busy, 59 * HOUR_MS + SHORTEST_MS + 1), Some(59 * HOUR_MS));
        assert_eq!(unusual(&busy, 59 * HOUR_MS + SHORTEST_MS), None);
    }
}
