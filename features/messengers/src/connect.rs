//! Connecting an inbox with an account at a provider, and how that goes.
//!
//! What must stay true: a token is taken, checked and sealed, and shown to nobody again; a change is kept when the
//! provider has agreed to it.

use crate::{
    ACCOUNT_TAKEN, CHANNEL_ADDRESS_INVALID, CHANNEL_FIELD_REFUSED, CHANNEL_SCOPE_MISSING, CHANNEL_TOKEN_REFUSED,
    CHANNEL_UNREACHABLE, CHANNEL_WEBHOOK_REFUSED, PUBLIC_ADDRESS_MISSING,
    access::CanConnect,
    account::{self, Account, AccountNote, NewAccount},
    ask, comment_settings, send, template, update,
};
use axum::{Json, http::StatusCode};
use base::{App, Body, Ctx, Problem, Tx, refusal};
use channels::{Account as Login, Adapter, COMMENTS, Connection as Needs, Found, Hook, Outcome, Task, Wrong};
use ids::InboxId;
use inboxes::{MessengerAccount, set_account};
use outbound::Target;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A provider's own is shorter.
const TOKEN_CHARACTERS: usize = 500;
const FIELD_CHARACTERS: usize = 200;

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
    /// Of a server of one's own, or another version; usually the provider's.
    pub address: Option<String>,
    /// What the channel needs beside a token; of WhatsApp `number_id`, `business_id`, `app_secret` and
    /// `second_app_secret`. A secret that is absent stays as it was set before.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
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
    /// What the channel needs beside it, apart from secrets.
    pub fields: BTreeMap<String, String>,
    /// Which secrets are set. They are shown to nobody.
    pub secrets: Vec<String>,
    /// What people give to the provider, where it does not take it from us: this server's address for it …
    pub callback: Option<String>,
    /// … and the word that it shows when it looks there.
    pub verify_token: Option<String>,
    /// Since when nothing leaves, because the account must be mended.
    pub broken_at: Option<i64>,
    /// Since when the provider does not tell everything, and could not be made to.
    pub unheard_at: Option<i64>,
    /// Since when it tells nothing, which is longer than usual.
    pub silent_at: Option<i64>,
    /// When both were last looked at.
    pub watched_at: Option<i64>,
    /// When the token ends, if it does.
    pub token_ends_at: Option<i64>,
    /// What the provider says of the account, by its own words.
    pub notes: BTreeMap<String, AccountNote>,
    /// Templates that can be sent, and when they were last asked for.
    pub templates: i64,
    pub templates_at: Option<i64>,
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

pub(crate) fn hook(app: &App, inbox: InboxId) -> Option<String> {
    let public = app.public_url.as_deref().filter(|url| url.starts_with("https://"))?;
    Some(format!("{public}/hooks/{inbox}"))
}

async fn show(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Connection, Problem> {
    let failed_updates = update::failed(tx, inbox).await?;
    let hook = hook(tx.app(), inbox);
    let webhook_possible = hook.is_some();
    let Some(account) = account::of(tx, inbox).await? else {
        return Ok(Connection { account: None, webhook_possible, failed_updates });
    };
    let login = account.login(tx.app());
    let by_people = !account.adapter.connection().hooked;
    let secrets = account.secrets(tx.app()).into_keys().collect();
    let templates = template::count(tx, inbox).await?;
    let account = ConnectedAccount {
        token_set_at: account.token_set_at,
        token_opens: login.is_some(),
        way: if account.polling { UpdateWay::Polling } else { UpdateWay::Webhook },
        address: account.address,
        fields: account.fields,
        secrets,
        callback: hook.filter(|_| by_people),
        verify_token: login.filter(|_| by_people).map(|login| secret(inbox, &login.token)),
        broken_at: account.broken_at,
        unheard_at: account.unheard_at,
        silent_at: account.silent_at,
        watched_at: Some(account.watched_at).filter(|at| *at > 0),
        token_ends_at: account.token_ends_at,
        notes: account.notes,
        templates,
        templates_at: Some(account.templates_at).filter(|at| *at > 0),
        last_in_at: account.last_in_at,
        last_sent_at: account.last_sent_at,
        last_error_at: account.last_error_at,
        last_error: account.last_error,
    };
    Ok(Connection { account: Some(account), webhook_possible, failed_updates })
}

/// What the steps of a task tell, or the first thing that is wrong.
pub(crate) async fn ask_about(
    app: &App,
    adapter: &dyn Adapter,
    login: &Login,
    task: Task<'_>,
) -> Result<Found, Problem> {
    let mut found = Found::default();
    for step in adapter.steps(login, &task) {
        let answered = ask::ask(app, step.request, &[], ask::WAIT).await;
        let answered =
            answered.map_err(|unanswered| CHANNEL_UNREACHABLE.with("detail", ask::word(&unanswered.failure)))?;
        adapter.learn(login, step.name, &ask::answer(&answered), &mut found).map_err(wrong)?;
    }
    Ok(found)
}

fn wrong(wrong: Wrong) -> Problem {
    match wrong {
        Wrong::Token | Wrong::Other(Outcome::Reauthorize) => CHANNEL_TOKEN_REFUSED.into(),
        Wrong::Scope(scope) => CHANNEL_SCOPE_MISSING.with("scope", scope),
        Wrong::Field(field) => CHANNEL_FIELD_REFUSED.with("field", field),
        Wrong::Address(detail) => CHANNEL_WEBHOOK_REFUSED.with("detail", detail),
        Wrong::Other(outcome) => CHANNEL_UNREACHABLE.with("detail", ask::outcome_word(&outcome)),
    }
}

/// The token, the address and what else to use, before anybody is asked.
fn login(app: &App, needs: &Needs, asked: &PutConnection, known: Option<&Account>) -> Result<Login, Problem> {
    let address = asked.address.as_deref().map(str::trim).filter(|address| !address.is_empty());
    let own = own_address(needs, &asked.fields, known);
    let chosen = known.map(|known| known.address.as_str()).filter(|known| !needs.is_own(known));
    let address = address.or(chosen).unwrap_or(own);
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
    let mut fields = BTreeMap::new();
    for field in needs.fields.iter().filter(|field| !field.secret) {
        let given = asked.fields.get(field.name).map(|value| value.trim().to_owned());
        let value = given.or_else(|| known?.fields.get(field.name).cloned()).unwrap_or_default();
        if value.len() > FIELD_CHARACTERS || !value.bytes().all(plain) || (field.needed && value.is_empty()) {
            return Err(CHANNEL_FIELD_REFUSED.with("field", field.name));
        }
        fields.insert(field.name.to_owned(), value);
    }
    Ok(Login { address, token, fields })
}

/// Where the provider itself is, which may depend on what is filled in.
fn own_address(needs: &Needs, given: &BTreeMap<String, String>, known: Option<&Account>) -> &'static str {
    let Some((field, address)) = needs.otherwise else { return needs.address };
    let value = given.get(field).or_else(|| known?.fields.get(field));
    if value.is_some_and(|value| !value.trim().is_empty()) { address } else { needs.address }
}

/// What pushes are signed with: what is given, and otherwise what was set before. An empty one is taken away.
fn secrets(
    app: &App,
    needs: &Needs,
    asked: &PutConnection,
    known: Option<&Account>,
) -> Result<BTreeMap<String, String>, Problem> {
    let before = known.map(|known| known.secrets(app)).unwrap_or_default();
    let mut secrets = BTreeMap::new();
    for field in needs.fields.iter().filter(|field| field.secret) {
        let given = asked.fields.get(field.name).map(|value| value.trim().to_owned());
        let value = given.or_else(|| before.get(field.name).cloned()).unwrap_or_default();
        let plain = value.bytes().all(|byte| byte.is_ascii_graphic());
        if value.len() > FIELD_CHARACTERS || !plain || (field.needed && value.is_empty()) {
            return Err(CHANNEL_FIELD_REFUSED.with("field", field.name));
        }
        if !value.is_empty() {
            secrets.insert(field.name.to_owned(), value);
        }
    }
    Ok(secrets)
}

/// What the provider shows with each push, or when it looks at our address. It follows from what is connected, so that
/// two who connect the same at once do not leave us with another one than the provider has; who does not know the token
/// does not know it.
pub(crate) fn secret(inbox: InboxId, token: &str) -> String {
    account::hash(&format!("hook:{inbox}:{token}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn connect(ctx: Ctx<CanConnect>, asked: PutConnection) -> Result<Connection, Problem> {
    let known = ctx.clone().read(|tx, permit| {
        Box::pin(async move {
            let comments = comment_settings::rules(tx, permit.id).await?.iter().any(|rule| rule.enabled);
            Ok((account::of(tx, permit.id).await?, comments, permit))
        })
    });
    let (known, comments, CanConnect { id, adapter }) = known.await?;
    let (app, needs) = (ctx.app().clone(), adapter.connection());
    if let Some(odd) = asked.fields.keys().find(|name| !needs.fields.iter().any(|field| field.name == name.as_str())) {
        return Err(CHANNEL_FIELD_REFUSED.with("field", odd.clone()));
    }
    let mut login = login(&app, needs, &asked, known.as_ref())?;
    if comments {
        login.fields.insert(COMMENTS.to_owned(), "on".to_owned());
    }
    let secrets = secrets(&app, needs, &asked, known.as_ref())?;
    let polling = needs.polling && asked.way == UpdateWay::Polling;
    let hooked = needs.hooked && !polling;
    let address = if hooked { Some(hook(&app, id).ok_or(PUBLIC_ADDRESS_MISSING)?) } else { None };
    // What stands before the last step is asked alone, so that an account that another inbox has stays as it is.
    let looked = ask_about(&app, adapter, &login, Task::Check).await?;
    let (channel, found_id) = (adapter.name(), looked.id.clone());
    let taken = ctx
        .clone()
        .read(move |tx, permit| Box::pin(async move { account::elsewhere(tx, permit.id, channel, &found_id).await }));
    if let Some(inbox) = taken.await? {
        return Err(ACCOUNT_TAKEN.with("inbox", inbox));
    }
    let secret = secret(id, &login.token);
    let hook = address.as_deref().map(|address| Hook { address, secret: &secret });
    let found = ask_about(&app, adapter, &login, Task::Connect(hook)).await?;
    login.fields.extend(found.fields.iter().cloned());
    // The rules say it, as long as there are some.
    login.fields.remove(COMMENTS);
    ctx.write(move |tx, CanConnect { id, adapter }| {
        Box::pin(async move {
            let new = NewAccount {
                inbox: id,
                channel: adapter.name(),
                login: &login,
                secrets: &secrets,
                found: &found,
                polling,
                secret: &secret,
            };
            account::put(tx, new).await?;
            if let Some(account) = account::of(tx, id).await? {
                account::note(tx, &account, &found.notes).await?;
            }
            template::refresh(tx, adapter, id).await?;
            send::wake(tx, id).await?;
            let account = MessengerAccount { name: found.name, username: found.username };
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
            let goes_on = account.polling || account::shares_page(tx, &account).await?;
            Ok((account, goes_on))
        })
    });
    let (account, goes_on) = gone.await?;
    // What it still pushes is refused here; that it stops is good manners.
    if let (false, Some(login)) = (goes_on, account.login(&app))
        && let Err(problem) = ask_about(&app, account.adapter, &login, Task::Leave).await
    {
        tracing::info!(inbox = %account.inbox, %problem, "failed to tell a provider that nobody listens");
    }
    Ok(())
}

async fn check(ctx: Ctx<CanConnect>) -> Result<CheckedConnection, Problem> {
    let app = ctx.app().clone();
    let found = ctx.clone().read(|tx, permit| Box::pin(async move { account::of(tx, permit.id).await })).await?;
    let account = found.ok_or(refusal::NOT_FOUND)?;
    let login = account.login(&app).ok_or(CHANNEL_TOKEN_REFUSED)?;
    let found = ask_about(&app, account.adapter, &login, Task::Check).await?;
    let expected = if account.polling { Some(String::new()) } else { hook(&app, account.inbox) };
    let right_way =
        found.subscribed.unwrap_or(true) && found.pushes_to.as_ref().is_none_or(|to| Some(to) == expected.as_ref());
    let (ends_at, notes) = (found.token_ends_at, found.notes.clone());
    let noted = ctx.write(move |tx, CanConnect { id, adapter }| {
        Box::pin(async move {
            account::note(tx, &account, &notes).await?;
            account::set_whole(tx, id, ends_at).await?;
            account::set_heard(tx, &account, right_way, account.silent_at).await?;
            template::refresh(tx, adapter, id).await?;
            send::wake(tx, id).await
        })
    });
    noted.await?;
    Ok(CheckedConnection {
        name: found.name,
        username: found.username,
        right_way,
        pending_updates: found.pending,
        last_error_at: found.last_error_at,
        last_error: found.last_error,
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
