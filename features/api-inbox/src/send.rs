//! Telling another system: the oldest row of one conversation's outbox, signed, with patience.
//!
//! What must stay true: each event is tried until it is answered with success or its tries are over, and only then the
//! next one of its conversation; a system that does not answer is left alone for a while by all of its inbox's
//! conversations, so that it takes no workers from others; what was given up says so in the thread.
//! The form is the Standard Webhooks specification (www.standardwebhooks.com).

use crate::outgoing;
use base::{App, Follow, JobFailure, JobKind, Ms, Problem, Tx};
use contacts::Outside;
use conversations::{CHANGED, End, NewsKind, Outgoing};
use delivery::{Queue, Where, jitter};
use ids::{ConversationId, WorkspaceId};
use inboxes::{Sending, StopReason};
use outbound::{Answer, Target, sign};

/// How long to wait after each failed try. With these, the last of the eight comes after 29 to 44 hours.
const WAITS_MS: [Ms; 7] = [5_000, 60_000, 10 * 60_000, 3_600_000, 4 * 3_600_000, 8 * 3_600_000, 16 * 3_600_000];
/// Each wait is longer by up to this part of it, so that what failed together does not come back together.
const JITTER_PERCENT: i64 = 50;
/// The longest that another system may ask us to wait.
const LONGEST_WAIT_MS: Ms = 24 * 3_600_000;
const GONE: u16 = 410;

/// Tells what waits in one conversation.
pub static SEND: JobKind =
    JobKind { name: "api_inbox.send", run: |app, workspace, payload| Box::pin(send(app, workspace, payload)) };

/// Each change that wrote into the outbox wakes it, in the same transaction.
pub(crate) const FOLLOW: Follow =
    Follow { event: &CHANGED, wants: |facts| facts.contains("\"outbox\":true,\"channel\":\"api\""), job: &SEND };

const QUEUE: Queue = Queue(&SEND);

/// How a try ended.
enum Ended {
    Taken,
    Gone,
    Failed { what: String, retry_after_ms: Option<Ms> },
}

struct Claimed {
    outgoing: Outgoing,
    sending: Option<Sending>,
    outside: Option<Outside>,
}

/// One row, and a new job when another one waits: no job works longer than its lease.
async fn send(app: App, workspace: WorkspaceId, payload: String) -> Result<(), JobFailure> {
    let Where { conversation } = serde_json::from_str(&payload).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let claimed = app.write(workspace, move |tx| Box::pin(take(tx, conversation))).await?;
    let Some(Claimed { outgoing, sending, outside }) = claimed else { return Ok(()) };
    let nothing_to_say = outgoing.kind == NewsKind::MessageCreated
        && outgoing.entry.as_ref().is_none_or(|entry| entry.removed.is_some());
    let (Some(sending), Some(outside), false) = (sending, outside, nothing_to_say) else {
        return Ok(app
            .write(workspace, move |tx| Box::pin(async move { QUEUE.finish(tx, &outgoing, End::Arrived).await }))
            .await?);
    };
    let words = matches!(outgoing.kind, NewsKind::MessageCreated | NewsKind::MessageUpdated);
    if words && outgoing.conversation.block.is_some() {
        return Ok(app.write(workspace, move |tx| Box::pin(give_up(tx, outgoing, "contact_blocked"))).await?);
    }
    if sending.stopped.is_some() {
        return Ok(app.write(workspace, move |tx| Box::pin(give_up(tx, outgoing, "webhook_stopped"))).await?);
    }
    let Some(target) = sending.url.as_deref().and_then(Target::parse) else {
        return Ok(app.write(workspace, move |tx| Box::pin(give_up(tx, outgoing, "webhook_missing"))).await?);
    };
    let body = outgoing::body(&outgoing, outside)?;
    let ended = post(&app, &sending, &target, &outgoing, body).await;
    app.write(workspace, move |tx| Box::pin(conclude(tx, outgoing, sending, ended))).await?;
    Ok(())
}

/// The row, unless nothing may be sent to its inbox yet: then it waits until something may.
async fn take(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Option<Claimed>, Problem> {
    let Some(outgoing) = QUEUE.take(tx, conversation).await? else { return Ok(None) };
    let sending = inboxes::sending(tx, outgoing.inbox).await?;
    if let Some(until) = sending.as_ref().and_then(|sending| sending.resting_until).filter(|until| *until > tx.now) {
        let due_at = until + jitter(tx, until - tx.now, JITTER_PERCENT);
        QUEUE.put_off(tx, &outgoing, due_at, outgoing.attempts - 1).await?;
        return Ok(None);
    }
    let outside = contacts::outside(tx, outgoing.inbox, outgoing.conversation.contact.id).await?;
    Ok(Some(Claimed { outgoing, sending, outside }))
}

async fn post(app: &App, sending: &Sending, target: &Target, outgoing: &Outgoing, body: Vec<u8>) -> Ended {
    let (id, timestamp) = (outgoing.id.to_string(), app.clock.now() / 1_000);
    let signature = sign(&sending.secrets, &id, timestamp, &body);
    let headers = [("webhook-id", id), ("webhook-timestamp", timestamp.to_string()), ("webhook-signature", signature)];
    match app.outbound.post(target, &headers, body.into()).await {
        Ok(Answer { status: 200..=299, .. }) => Ended::Taken,
        Ok(Answer { status: GONE, .. }) => Ended::Gone,
        Ok(Answer { status, retry_after_s }) => Ended::Failed {
            what: status.to_string(),
            retry_after_ms: retry_after_s.and_then(|seconds| Ms::try_from(seconds).ok()?.checked_mul(1_000)),
        },
        Err(failure) => {
            tracing::info!(inbox = %sending.inbox, %failure, "failed to reach a webhook");
            let what = match failure {
                outbound::Failure::Private | outbound::Failure::Plain => "private",
                outbound::Failure::Name => "name",
                outbound::Failure::Late => "late",
                outbound::Failure::Connection(_) => "connection",
            };
            Ended::Failed { what: what.to_owned(), retry_after_ms: None }
        }
    }
}

async fn conclude(tx: &mut Tx<'_>, outgoing: Outgoing, sending: Sending, ended: Ended) -> Result<(), Problem> {
    match ended {
        Ended::Taken => {
            inboxes::note_success(tx, &sending).await?;
            QUEUE.finish(tx, &outgoing, End::Arrived).await
        }
        Ended::Gone => {
            tracing::error!(inbox = %outgoing.inbox, "a webhook answered 410 and is stopped");
            inboxes::note_failure(tx, &sending, &GONE.to_string(), tx.now).await?;
            inboxes::stop_webhook(tx, outgoing.inbox, StopReason::Gone).await?;
            give_up(tx, outgoing, "webhook_stopped").await
        }
        Ended::Failed { what, retry_after_ms } => {
            let rest = WAITS_MS[0] << sending.failures.clamp(0, 6);
            inboxes::note_failure(tx, &sending, &what, tx.now + rest).await?;
            let Some(wait) = usize::try_from(outgoing.attempts - 1).ok().and_then(|tried| WAITS_MS.get(tried)) else {
                tracing::error!(inbox = %outgoing.inbox, id = %outgoing.id, what, "a webhook failed for the last time");
                if sending.last_ok_at.is_none_or(|at| at < outgoing.at) {
                    inboxes::stop_webhook(tx, outgoing.inbox, StopReason::Failing).await?;
                }
                return QUEUE.give_up(tx, &outgoing, "webhook_failed", Some(what)).await;
            };
            let asked = retry_after_ms.unwrap_or(0).min(LONGEST_WAIT_MS);
            let due_at = tx.now + (wait + jitter(tx, *wait, JITTER_PERCENT)).max(asked);
            QUEUE.put_off(tx, &outgoing, due_at, outgoing.attempts).await
        }
    }
}

async fn give_up(tx: &mut Tx<'_>, outgoing: Outgoing, code: &'static str) -> Result<(), Problem> {
    QUEUE.give_up(tx, &outgoing, code, None).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_tries_within_one_to_two_days() {
        let hours = |percent: i64| WAITS_MS.iter().sum::<Ms>() * (100 + percent) / 100 / 3_600_000;
        assert_eq!((WAITS_MS.len() + 1, hours(0), hours(JITTER_PERCENT)), (8, 29, 43));
    }
}
