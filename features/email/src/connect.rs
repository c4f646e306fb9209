//! Connecting an inbox with its mailbox, and how that goes.
//!
//! What must stay true: a password is taken, checked and sealed, and shown to nobody again; a change is kept when both
//! servers have taken it.

use crate::{
    MAIL_LOGIN_REFUSED, MAILBOX_ADDRESS_INVALID, MAILBOX_TAKEN,
    access::CanConnect,
    arrival,
    imap::Imap,
    mailbox::{self, Mailbox, NewMailbox, Servers},
    server::MailServer,
    smtp::Smtp,
};
use axum::{Json, http::StatusCode};
use base::{App, Body, Ctx, Problem, Tx, refusal};
use ids::InboxId;
use inboxes::set_address;
use mail::Address;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const USERNAME_CHARACTERS: usize = 200;
const PASSWORD_CHARACTERS: usize = 500;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutMailbox {
    pub address: String,
    /// Where mail is read. Absent: somebody's server pushes it here.
    pub imap: Option<MailServer>,
    pub smtp: MailServer,
    /// Empty: the server that sends asks for none.
    pub username: String,
    /// Absent: the one that was set before.
    pub password: Option<String>,
    /// Whether the server takes `name+anything@…` for `name@…`: answers come there, which no mail program can lose.
    #[serde(default)]
    pub plus_addressing: bool,
}

#[derive(Serialize, ToSchema)]
pub struct MailboxOfInbox {
    /// `null`: nobody is behind the inbox yet.
    pub mailbox: Option<ConnectedMailbox>,
    /// Whether servers may be spoken to without encryption: the operator allows private networks.
    pub plain_possible: bool,
    /// Mails that were not understood.
    pub failed_mails: i64,
}

#[derive(Serialize, ToSchema)]
pub struct ConnectedMailbox {
    pub address: String,
    pub imap: Option<MailServer>,
    pub smtp: MailServer,
    pub username: String,
    /// When the password was set. It is shown to nobody.
    pub password_set_at: i64,
    /// Whether this server can open it: one that has not the key cannot.
    pub password_opens: bool,
    pub plus_addressing: bool,
    /// Where a server pushes mail, and what it signs it with.
    pub hook_path: String,
    pub hook_secret: Option<String>,
    /// Mails that went in circles, or that a machine wrote to nobody.
    pub dropped: i64,
    /// When something last came, and left.
    pub last_in_at: Option<i64>,
    pub last_sent_at: Option<i64>,
    pub last_error_at: Option<i64>,
    /// A word such as `connection`, `late`, `login`, `certificate`, or what the server said.
    pub last_error: Option<String>,
}

async fn show(tx: &mut Tx<'_>, inbox: InboxId) -> Result<MailboxOfInbox, Problem> {
    let found = mailbox::of(tx, inbox).await?;
    let mailbox = found.map(|mailbox| ConnectedMailbox {
        password_opens: mailbox.password(tx.app()).is_some(),
        hook_secret: mailbox.hook_secret(tx.app()).map(|secret| secret.reveal()),
        hook_path: format!("/hooks/{inbox}/mail"),
        address: mailbox.address,
        imap: mailbox.servers.imap,
        smtp: mailbox.servers.smtp,
        username: mailbox.username,
        password_set_at: mailbox.password_set_at,
        plus_addressing: mailbox.plus,
        dropped: mailbox.dropped,
        last_in_at: mailbox.last_in_at,
        last_sent_at: mailbox.last_sent_at,
        last_error_at: mailbox.last_error_at,
        last_error: mailbox.last_error,
    });
    let plain_possible = tx.app().outbound.allows_plain();
    Ok(MailboxOfInbox { mailbox, plain_possible, failed_mails: arrival::failed(tx, inbox).await? })
}

/// Both servers are asked whether they take the name and the password.
async fn try_out(app: &App, address: &Address, servers: &Servers, user: &str, password: &str) -> Result<(), Problem> {
    if let Some(server) = &servers.imap {
        let tried = async {
            let mut imap = Imap::login(app, server, user, password).await?;
            imap.open().await?;
            imap.bye().await;
            Ok(())
        };
        tried.await.map_err(|trouble: crate::server::Trouble| trouble.problem("imap"))?;
    }
    let smtp = Smtp::login(app, &servers.smtp, address.domain(), user, password).await;
    smtp.map_err(|trouble| trouble.problem("smtp"))?.bye().await;
    Ok(())
}

fn line(text: &str, characters: usize) -> Option<String> {
    let text = text.trim();
    let fits = text.chars().count() <= characters && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

/// What was given to one server is shown to no other.
fn password_for(app: &App, asked: &PutMailbox, servers: &Servers, known: Option<&Mailbox>) -> Result<String, Problem> {
    let missing = || MAIL_LOGIN_REFUSED.with("server", "imap").with("detail", "");
    if let Some(password) = &asked.password {
        let fits = password.chars().count() <= PASSWORD_CHARACTERS && !password.contains('\0');
        return if fits { Ok(password.clone()) } else { Err(missing()) };
    }
    let hosts = |servers: &Servers| (servers.imap.clone().map(|imap| imap.host), servers.smtp.host.clone());
    match known {
        Some(known) if hosts(&known.servers) == hosts(servers) && known.username == asked.username.trim() => {
            known.password(app).ok_or_else(missing)
        }
        None if asked.username.trim().is_empty() && servers.imap.is_none() => Ok(String::new()),
        _ => Err(missing()),
    }
}

async fn connect(ctx: Ctx<CanConnect>, asked: PutMailbox) -> Result<MailboxOfInbox, Problem> {
    let app = ctx.app().clone();
    let known = ctx.clone().read(|tx, CanConnect(id)| Box::pin(async move { mailbox::of(tx, id).await })).await?;
    let address = Address::parse(&asked.address).ok_or(MAILBOX_ADDRESS_INVALID)?;
    let servers = Servers {
        imap: asked.imap.clone().map(|imap| imap.checked(&app, "imap")).transpose()?,
        smtp: asked.smtp.clone().checked(&app, "smtp")?,
    };
    let wrong = || refusal::INVALID_BODY.with("detail", "a name is too long");
    let username = line(&asked.username, USERNAME_CHARACTERS).ok_or_else(wrong)?;
    let password = password_for(&app, &asked, &servers, known.as_ref())?;
    let own = address.address.clone();
    let taken =
        ctx.clone().read(move |tx, CanConnect(id)| Box::pin(async move { mailbox::elsewhere(tx, id, &own).await }));
    if let Some(inbox) = taken.await? {
        return Err(MAILBOX_TAKEN.with("inbox", inbox));
    }
    try_out(&app, &address, &servers, &username, &password).await?;
    ctx.write(move |tx, CanConnect(id)| {
        Box::pin(async move {
            let new = NewMailbox {
                inbox: id,
                address: address.address.clone(),
                servers,
                username,
                password: asked.password,
                plus: asked.plus_addressing,
            };
            mailbox::put(tx, new).await?;
            set_address(tx, id, Some(address.address), "mailbox_connected").await?;
            show(tx, id).await
        })
    })
    .await
}

async fn disconnect(tx: &mut Tx<'_>, id: InboxId) -> Result<(), Problem> {
    if !mailbox::remove(tx, id).await? {
        return Err(refusal::NOT_FOUND.into());
    }
    set_address(tx, id, None, "mailbox_disconnected").await
}

async fn check(ctx: Ctx<CanConnect>) -> Result<(), Problem> {
    let app = ctx.app().clone();
    let found = ctx.read(|tx, CanConnect(id)| Box::pin(async move { mailbox::of(tx, id).await })).await?;
    let mailbox = found.ok_or(refusal::NOT_FOUND)?;
    let password = mailbox.password(&app);
    let password = password.ok_or_else(|| MAIL_LOGIN_REFUSED.with("server", "imap").with("detail", ""))?;
    try_out(&app, &mailbox.sender()?, &mailbox.servers, &mailbox.username, &password).await
}

/// Show how an inbox is connected with its mailbox
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/mailbox", tag = "email", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = MailboxOfInbox), (status = "default", body = base::ProblemBody))
)]
pub async fn show_mailbox(ctx: Ctx<CanConnect>) -> Result<Json<MailboxOfInbox>, Problem> {
    ctx.read(|tx, CanConnect(id)| Box::pin(async move { show(tx, id).await })).await.map(Json)
}

/// Connect an inbox with a mailbox
///
/// Both servers are asked whether they take the name and the password before anything is kept.
#[utoipa::path(
    put, path = "/api/v1/inboxes/{inbox}/mailbox", tag = "email", params(("inbox" = InboxId, Path)),
    request_body = PutMailbox,
    responses((status = 200, body = MailboxOfInbox), (status = "default", body = base::ProblemBody))
)]
pub async fn put_mailbox(ctx: Ctx<CanConnect>, Body(asked): Body<PutMailbox>) -> Result<Json<MailboxOfInbox>, Problem> {
    connect(ctx, asked).await.map(Json)
}

/// Take the mailbox behind an inbox away
///
/// Its conversations stay; nothing comes in and nothing leaves.
#[utoipa::path(
    delete, path = "/api/v1/inboxes/{inbox}/mailbox", tag = "email", params(("inbox" = InboxId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_mailbox(ctx: Ctx<CanConnect>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanConnect(id)| Box::pin(disconnect(tx, id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask both servers whether they still take the name and the password
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/mailbox/check", tag = "email", params(("inbox" = InboxId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn check_mailbox(ctx: Ctx<CanConnect>) -> Result<StatusCode, Problem> {
    check(ctx).await?;
    Ok(StatusCode::NO_CONTENT)
}
