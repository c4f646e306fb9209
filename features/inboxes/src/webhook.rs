//! How an API inbox tells another system what happens, and how that system knows that it is us: one secret, which
//! signs by the Standard Webhooks specification.
//!
//! What must stay true: the secret is shown to those who manage inboxes only; after it is replaced the old one signs
//! along for a day, so that nobody has to change both sides at once; what stops the webhook stays visible until somebody
//! starts it again.

use crate::{
    Api, Channel, event,
    inbox::{self, CanManage},
};
use axum::Json;
use base::{Caller, Ctx, Ms, Permit, Problem, Tx, refusal};
use db::{FromValue, params, sql};
use ids::InboxId;
use outbound::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const OLD_SECRET_MS: Ms = 24 * 3_600_000;
/// How often a success is written down: it is for people.
const NOTED_EVERY_MS: Ms = 60_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// The other system answered 410.
    Gone,
    /// Nothing arrived for days.
    Failing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookStop {
    pub at: i64,
    pub reason: StopReason,
}

#[derive(Serialize, ToSchema)]
pub struct Webhook {
    /// `whsec_` and base64.
    pub secret: String,
    /// The one before signs along until then.
    pub old_secret_until: Option<i64>,
    /// When the other system last took something.
    pub last_ok_at: Option<i64>,
    pub last_failure_at: Option<i64>,
    /// The status of the answer, for example `500`, or `private`, `name`, `late`, `connection`.
    pub last_failure: Option<String>,
}

/// What sending needs.
pub struct Sending {
    pub inbox: InboxId,
    pub url: Option<String>,
    pub stopped: Option<WebhookStop>,
    pub secrets: Vec<Secret>,
    pub last_ok_at: Option<i64>,
    /// How often it failed since it last worked, and until when nothing is tried therefore.
    pub failures: i64,
    pub resting_until: Option<i64>,
}

impl StopReason {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Failing => "failing",
        }
    }
}

impl FromValue for StopReason {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        match String::from_value(value)?.as_str() {
            "gone" => Ok(Self::Gone),
            "failing" => Ok(Self::Failing),
            _ => Err("a reason was expected"),
        }
    }
}

/// May see and change what connects an API inbox with another system.
pub struct CanConnect {
    pub id: InboxId,
    pub by: ids::MemberId,
}

impl Permit for CanConnect {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanManage { id, channel } = CanManage::grant(caller, target, tx).await?;
        if channel != Channel::Api {
            return Err(refusal::NOT_FOUND.into());
        }
        // A program makes no other programs.
        let by = caller.member()?;
        by.must_be_signed_in()?;
        Ok(Self { id, by: by.id })
    }
}

/// Makes the secret of a new inbox.
pub(crate) async fn begin(tx: &mut Tx<'_>, inbox: InboxId) -> Result<(), Problem> {
    let secret = Secret::new(tx.app().random.bytes()).reveal();
    tx.put(
        sql!("INSERT INTO webhooks (workspace_id, inbox_id, secret) VALUES ($1, $2, $3)"),
        params![tx.workspace, inbox, secret],
    )
    .await?;
    Ok(())
}

async fn webhook(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Webhook, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT secret, old_secret_until, last_ok_at, last_failure_at, last_failure FROM webhooks \
                 WHERE workspace_id = $1 AND inbox_id = $2"
            ),
            &params![tx.workspace, inbox],
        )
        .await?
        .ok_or(refusal::NOT_FOUND)?;
    let now = tx.now;
    Ok(Webhook {
        secret: row.get("secret")?,
        old_secret_until: row.get::<Option<i64>>("old_secret_until")?.filter(|until| *until > now),
        last_ok_at: row.get("last_ok_at")?,
        last_failure_at: row.get("last_failure_at")?,
        last_failure: row.get("last_failure")?,
    })
}

/// Replaces the secret. The one before it signs along for a day; one before that is over.
async fn replace_secret(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Webhook, Problem> {
    let secret = Secret::new(tx.app().random.bytes()).reveal();
    tx.put(
        sql!(
            "UPDATE webhooks SET old_secret = secret, old_secret_until = $4, secret = $3 \
             WHERE workspace_id = $1 AND inbox_id = $2"
        ),
        params![tx.workspace, inbox, secret, tx.now + OLD_SECRET_MS],
    )
    .await?;
    inbox::note(tx, inbox, "secret_replaced").await?;
    webhook(tx, inbox).await
}

/// What sending needs to know of an API inbox; `None` for others.
pub async fn sending(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Sending>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT i.settings, w.secret, w.old_secret, w.old_secret_until, w.stopped_at, w.stop_reason, \
                 w.last_ok_at, w.failures, w.resting_until FROM webhooks w JOIN inboxes i ON i.workspace_id = w.workspace_id AND i.id = w.inbox_id \
                 WHERE w.workspace_id = $1 AND w.inbox_id = $2"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let api: Api = serde_json::from_str(&row.get::<String>("settings")?)?;
    let old = row.get::<Option<i64>>("old_secret_until")?.is_some_and(|until| until > tx.now);
    let texts = [Some(row.get::<String>("secret")?), row.get::<Option<String>>("old_secret")?.filter(|_| old)];
    Ok(Some(Sending {
        inbox,
        url: api.webhook_url,
        stopped: stop_of(row.get("stopped_at")?, row.get("stop_reason")?),
        secrets: texts.iter().flatten().filter_map(|text| Secret::parse(text)).collect(),
        last_ok_at: row.get("last_ok_at")?,
        failures: row.get("failures")?,
        resting_until: row.get("resting_until")?,
    }))
}

pub(crate) fn stop_of(at: Option<i64>, reason: Option<StopReason>) -> Option<WebhookStop> {
    Some(WebhookStop { at: at?, reason: reason? })
}

/// Something arrived.
pub async fn note_success(tx: &mut Tx<'_>, sending: &Sending) -> Result<(), Problem> {
    if sending.failures == 0 && sending.last_ok_at.is_some_and(|at| tx.now - at < NOTED_EVERY_MS) {
        return Ok(());
    }
    tx.put(
        sql!(
            "UPDATE webhooks SET last_ok_at = $3, failures = 0, resting_until = NULL \
             WHERE workspace_id = $1 AND inbox_id = $2"
        ),
        params![tx.workspace, sending.inbox, tx.now],
    )
    .await?;
    Ok(())
}

/// Something did not arrive: nothing is tried for a while.
pub async fn note_failure(tx: &mut Tx<'_>, sending: &Sending, failure: &str, resting_until: Ms) -> Result<(), Problem> {
    tx.put(
        sql!(
            "UPDATE webhooks SET last_failure_at = $3, last_failure = $4, failures = failures + 1, resting_until = $5 \
             WHERE workspace_id = $1 AND inbox_id = $2"
        ),
        params![tx.workspace, sending.inbox, tx.now, failure, resting_until],
    )
    .await?;
    Ok(())
}

/// Sends nothing more until somebody starts it again; whoever sees the inbox hears of it.
pub async fn stop_webhook(tx: &mut Tx<'_>, inbox: InboxId, reason: StopReason) -> Result<(), Problem> {
    let stopped = tx
        .execute(
            sql!(
                "UPDATE webhooks SET stopped_at = $3, stop_reason = $4 WHERE workspace_id = $1 AND inbox_id = $2 \
                 AND stopped_at IS NULL"
            ),
            &params![tx.workspace, inbox, tx.now, reason.as_str()],
        )
        .await?;
    if stopped == 1 {
        event::updated(tx, inbox).await?;
    }
    Ok(())
}

/// Sends again. The caller tells of the inbox.
pub(crate) async fn start(tx: &mut Tx<'_>, inbox: InboxId) -> Result<(), Problem> {
    tx.put(
        sql!(
            "UPDATE webhooks SET stopped_at = NULL, stop_reason = NULL, failures = 0, resting_until = NULL \
             WHERE workspace_id = $1 AND inbox_id = $2"
        ),
        params![tx.workspace, inbox],
    )
    .await?;
    Ok(())
}

/// Show an inbox's webhook
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/webhook", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = Webhook), (status = "default", body = base::ProblemBody))
)]
pub async fn show_webhook(ctx: Ctx<CanConnect>) -> Result<Json<Webhook>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { webhook(tx, permit.id).await })).await.map(Json)
}

/// Replace a webhook's secret
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/webhook/secret", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = Webhook), (status = "default", body = base::ProblemBody))
)]
pub async fn replace_webhook_secret(ctx: Ctx<CanConnect>) -> Result<Json<Webhook>, Problem> {
    ctx.write(|tx, permit| Box::pin(async move { replace_secret(tx, permit.id).await })).await.map(Json)
}

/// Start a stopped webhook again
#[utoipa::path(
    delete, path = "/api/v1/inboxes/{inbox}/webhook/stop", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = crate::Inbox), (status = "default", body = base::ProblemBody))
)]
pub async fn start_webhook(ctx: Ctx<CanConnect>) -> Result<Json<crate::Inbox>, Problem> {
    ctx.write(|tx, permit| {
        Box::pin(async move {
            start(tx, permit.id).await?;
            inbox::note(tx, permit.id, "webhook_started").await?;
            event::updated(tx, permit.id).await
        })
    })
    .await
    .map(Json)
}
