//! Connecting an inbox with an account at a provider, and how that goes.
//!
//! What must stay true: a token is taken, checked and sealed, and shown to nobody again; a change is kept when the
//! provider has agreed to it.

use crate::{
    ACCOUNT_TAKEN, CHANNEL_ADDRESS_INVALID, CHANNEL_TOKEN_REFUSED, CHANNEL_UNREACHABLE, CHANNEL_WEBHOOK_REFUSED,
    PUBLIC_ADDRESS_MISSING,
    access::CanConnect,
    account::{self, Account, NewAccount},
    ask, update,
};
use axum::{Json, http::StatusCode};
use base::{App, Body, Ctx, Problem, Tx, refusal};
use channels::{Account as Login, Outcome, Request, telegram};
use ids::InboxId;
use inboxes::{MessengerAccount, set_account};
use outbound::{Answered, Target};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A provider's own is shorter.
const TOKEN_CHARACTERS: usize = 200;

/// By which way updates come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UpdateWay {
    /// The provider pushes them to this server's public address.
    Webhook,
    /// This server asks for them.
    Polling,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutConnection {
    /// As the provider gave it. Absent: the one that was set before.
    pub token: Option<String>,
    pub way: UpdateWay,
    /// Of a server of one's own; usually the provider's.
    pub address: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Connection {
    /// `null`: nobody is behind the inbox yet.
    pub account: Option<ConnectedAccount>,
    /// Whether updates can be pushed here: the server has a public address with `https`.
    pub webhook_possible: bool,
    /// Items that were not understood.
    pub failed_updates: i64,
}

#[derive(Serialize, ToSchema)]
pub struct ConnectedAccount {
    /// When the token was set. It is shown to nobody.
    pub token_set_at: i64,
    /// Whether this server can open it: one that has not the key cannot.
    pub token_opens: bool,
    pub way: UpdateWay,
    pub address: String,
    /// When the provider last told something, and when we last said something.
    pub last_in_at: Option<i64>,
    pub last_sent_at: Option<i64>,
    pub last_error_at: Option<i64>,
    /// A word such as `connection`, `late`, `token`, `conflict`, or what the provider said.
    pub last_error: Option<String>,
}

/// What the provider itself says.
#[derive(Serialize, ToSchema)]
pub struct CheckedConnection {
    pub name: String,
    pub username: String,
    /// Whether updates come by the way that is set.
    pub right_way: bool,
    /// Updates that wait at the provider.
    pub pending_updates: i64,
    /// What it last said of our address.
    pub last_error_at: Option<i64>,
    pub last_error: Option<String>,
}

fn hook(app: &App, inbox: InboxId) -> Option<String> {
    let public = app.public_url.as_deref().filter(|url| url.starts_with("https://"))?;
    Some(format!("{public}/hooks/{inbox}"))
}

async fn show(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Connection, Problem> {
    let found = account::of(tx, inbox).await?;
    let account = found.map(|account| ConnectedAccount {
        token_opens: account.login(tx.app()).is_some(),
        token_set_at: account.token_set_at,
        way: if account.polling { UpdateWay::Polling } else { UpdateWay::Webhook },
        address: account.address,
        last_in_at: account.last_in_at,
        last_sent_at: account.last_sent_at,
        last_error_at: account.last_error_at,
        last_error: account.last_error,
    });
    let failed_updates = update::failed(tx, inbox).await?;
    Ok(Connection { account, webhook_possible: hook(tx.app(), inbox).is_some(), failed_updates })
}

/// One call, and its answer whatever it says.
async fn call(app: &App, request: Request) -> Result<Answered, Problem> {
    ask::ask(app, request, &[], ask::WAIT)
        .await
        .map_err(|unanswered| CHANNEL_UNREACHABLE.with("detail", ask::word(&unanswered.failure)))
}

fn refused(outcome: Outcome) -> Problem {
    match outcome {
        Outcome::Reauthorize => CHANNEL_TOKEN_REFUSED.into(),
        other => CHANNEL_UNREACHABLE.with("detail", ask::outcome_word(&other)),
    }
}

async fn bot(app: &App, login: &Login) -> Result<telegram::Bot, Problem> {
    telegram::bot(&ask::answer(&call(app, telegram::get_me(login)).await?)).map_err(refused)
}

/// The token and the address to use, before anybody is asked.
fn login(app: &App, asked: &PutConnection, known: Option<&Account>) -> Result<Login, Problem> {
    let address = asked.address.as_deref().map(str::trim).filter(|address| !address.is_empty());
    let address = address.or(known.map(|known| known.address.as_str())).unwrap_or(telegram::ADDRESS);
    let target = Target::parse(address).filter(|target| app.outbound.allows(target)).ok_or(CHANNEL_ADDRESS_INVALID)?;
    let address = target.to_string().trim_end_matches('/').to_owned();
    let token = match asked.token.as_deref().map(str::trim) {
        Some(token) => token.to_owned(),
        // What was given to one server is shown to no other.
        None => {
            let known = known.filter(|known| known.address == address).ok_or(CHANNEL_TOKEN_REFUSED)?;
            known.login(app).ok_or(CHANNEL_TOKEN_REFUSED)?.token
        }
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-');
    if token.is_empty() || token.len() > TOKEN_CHARACTERS || !token.bytes().all(plain) {
        return Err(CHANNEL_TOKEN_REFUSED.into());
    }
    Ok(Login { address, token })
}

/// What the provider shows with each push. It follows from what is connected, so that two who connect the same at once
/// do not leave us with another one than the provider has; who does not know the token does not know it.
fn secret(inbox: InboxId, token: &str) -> String {
    account::hash(&format!("hook:{inbox}:{token}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn connect(ctx: Ctx<CanConnect>, asked: PutConnection) -> Result<Connection, Problem> {
    let known = ctx.clone().read(|tx, permit| Box::pin(async move { Ok((account::of(tx, permit.id).await?, permit)) }));
    let (known, CanConnect { id, adapter }) = known.await?;
    let app = ctx.app().clone();
    let login = login(&app, &asked, known.as_ref())?;
    let polling = asked.way == UpdateWay::Polling;
    let address = if polling { None } else { Some(hook(&app, id).ok_or(PUBLIC_ADDRESS_MISSING)?) };
    let bot = bot(&app, &login).await?;
    let (channel, bot_id) = (adapter.name(), bot.id.clone());
    let taken = ctx
        .clone()
        .read(move |tx, permit| Box::pin(async move { account::elsewhere(tx, permit.id, channel, &bot_id).await }));
    if let Some(inbox) = taken.await? {
        return Err(ACCOUNT_TAKEN.with("inbox", inbox));
    }
    let secret = secret(id, &login.token);
    let request = match &address {
        Some(address) => telegram::set_webhook(&login, address, &secret),
        None => telegram::remove_webhook(&login),
    };
    let answered = call(&app, request).await?;
    telegram::done(&ask::answer(&answered)).map_err(|outcome| match outcome {
        Outcome::Permanent(detail) => CHANNEL_WEBHOOK_REFUSED.with("detail", detail),
        other => refused(other),
    })?;
    ctx.write(move |tx, CanConnect { id, adapter }| {
        Box::pin(async move {
            let new = NewAccount {
                inbox: id,
                channel: adapter.name(),
                id: &bot.id,
                address: &login.address,
                token: &login.token,
                polling,
                secret: &secret,
            };
            account::put(tx, new).await?;
            let account = MessengerAccount { name: bot.name, username: format!("@{}", bot.username) };
            set_account(tx, id, Some(account), "messenger_connected").await?;
            show(tx, id).await
        })
    })
    .await
}

async fn disconnect(ctx: Ctx<CanConnect>) -> Result<(), Problem> {
    let app = ctx.app().clone();
    let gone = ctx.write(|tx, CanConnect { id, .. }| {
        Box::pin(async move {
            let account = account::of(tx, id).await?.ok_or(refusal::NOT_FOUND)?;
            account::remove(tx, id).await?;
            set_account(tx, id, None, "messenger_disconnected").await?;
            Ok(account)
        })
    });
    let account = gone.await?;
    // What it still pushes is refused here; that it stops is good manners.
    if let (false, Some(login)) = (account.polling, account.login(&app))
        && let Err(problem) = call(&app, telegram::remove_webhook(&login)).await
    {
        tracing::info!(inbox = %account.inbox, %problem, "failed to tell a provider that nobody listens");
    }
    Ok(())
}

async fn check(ctx: Ctx<CanConnect>) -> Result<CheckedConnection, Problem> {
    let app = ctx.app().clone();
    let found = ctx.read(|tx, permit| Box::pin(async move { account::of(tx, permit.id).await })).await?;
    let account = found.ok_or(refusal::NOT_FOUND)?;
    let login = account.login(&app).ok_or(CHANNEL_TOKEN_REFUSED)?;
    let bot = bot(&app, &login).await?;
    let answered = call(&app, telegram::get_webhook_info(&login)).await?;
    let info = telegram::webhook_info(&ask::answer(&answered)).map_err(refused)?;
    let expected = if account.polling { Some(String::new()) } else { hook(&app, account.inbox) };
    Ok(CheckedConnection {
        name: bot.name,
        username: format!("@{}", bot.username),
        right_way: expected.as_deref() == Some(info.url.as_str()),
        pending_updates: info.pending,
        last_error_at: info.last_error_at,
        last_error: info.last_error,
    })
}

/// Show how an inbox is connected with its provider
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/connection", tag = "messengers", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = Connection), (status = "default", body = base::ProblemBody))
)]
pub async fn show_connection(ctx: Ctx<CanConnect>) -> Result<Json<Connection>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { show(tx, permit.id).await })).await.map(Json)
}

/// Connect an inbox with an account at its provider
///
/// The provider is asked whose token it is before anything is kept.
#[utoipa::path(
    put, path = "/api/v1/inboxes/{inbox}/connection", tag = "messengers", params(("inbox" = InboxId, Path)),
    request_body = PutConnection,
    responses((status = 200, body = Connection), (status = "default", body = base::ProblemBody))
)]
pub async fn put_connection(
    ctx: Ctx<CanConnect>,
    Body(asked): Body<PutConnection>,
) -> Result<Json<Connection>, Problem> {
    connect(ctx, asked).await.map(Json)
}

/// Take the account behind an inbox away
///
/// Its conversations stay; nothing comes in and nothing leaves.
#[utoipa::path(
    delete, path = "/api/v1/inboxes/{inbox}/connection", tag = "messengers", params(("inbox" = InboxId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_connection(ctx: Ctx<CanConnect>) -> Result<StatusCode, Problem> {
    disconnect(ctx).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask the provider how the connection goes
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/connection/check", tag = "messengers", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = CheckedConnection), (status = "default", body = base::ProblemBody))
)]
pub async fn check_connection(ctx: Ctx<CanConnect>) -> Result<Json<CheckedConnection>, Problem> {
    check(ctx).await.map(Json)
}
