//! The first workspace and its administrator: once, by whoever holds the token that the operator finds in the log.

use crate::{
    Browser, Email, Locale, NAME_INVALID, NewMember, Password, Passwords, SETUP_DONE, SETUP_TOKEN_WRONG, add_member,
    member::checked_name, welcome::Arriving, workspace::NAME_CHARACTERS,
};
use axum::{Extension, Json, http::StatusCode, response::Response};
use base::{Anyone, App, Audited, Body, Ctx, Problem, Random, Role, Token, TokenHash, Tx};
use db::{params, sql};
use ids::{MemberId, Uuid, WorkspaceId};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

/// Opens the set-up. It lives as long as the process; the program makes one at each start and shows it to the
/// operator when [`setup_needed`]. A clone is the same token.
#[derive(Clone)]
pub struct SetupToken(TokenHash);

impl SetupToken {
    /// A fresh one, and the text to show.
    pub fn new(random: &Random) -> (Self, String) {
        let token = Token::new(random);
        (Self(token.hash()), token.reveal())
    }

    fn opens(&self, shown: &str) -> bool {
        Token::parse(shown).is_some_and(|token| token.hash().0.ct_eq(&self.0.0).into())
    }
}

#[derive(Serialize, ToSchema)]
pub struct Setup {
    pub needed: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// From the server's log.
    pub token: String,
    pub workspace_name: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub locale: Locale,
}

/// The first workspace with its administrator, checked.
pub struct NewWorkspace {
    workspace_name: String,
    name: String,
    email: Email,
    password: Password,
    locale: Locale,
}

impl NewWorkspace {
    pub fn new(
        workspace_name: &str,
        name: &str,
        email: &str,
        password: String,
        locale: Locale,
    ) -> Result<Self, Problem> {
        Ok(Self {
            workspace_name: base::name(workspace_name, NAME_CHARACTERS, NAME_INVALID)?,
            name: checked_name(name)?,
            email: Email::parse(email)?,
            password: Password::new(password)?,
            locale,
        })
    }
}

/// Whether there is no workspace yet.
pub async fn setup_needed(app: &App) -> Result<bool, Problem> {
    Ok(find_workspace(app).await?.is_none())
}

/// The workspace of this server, when it was set up.
pub async fn find_workspace(app: &App) -> Result<Option<WorkspaceId>, Problem> {
    let nowhere = WorkspaceId(Uuid::nil());
    app.read(nowhere, |tx| Box::pin(async move { Ok(first(tx).await?) })).await
}

/// Sets up without HTTP and without a token: who may run the program may do it.
pub async fn set_up(app: &App, new: NewWorkspace) -> Result<(WorkspaceId, MemberId), Problem> {
    let NewWorkspace { workspace_name, name, email, password, locale } = new;
    let password_hash = Passwords::default().hash(app, password).await?;
    let administrator = NewMember { name, email, role: Role::Administrator, password_hash, locale };
    let nowhere = WorkspaceId(Uuid::nil());
    app.write(nowhere, |tx| {
        Box::pin(async move {
            let member = create(tx, workspace_name, administrator).await?;
            Ok((tx.workspace, member))
        })
    })
    .await
}

/// Makes the first workspace; the transaction goes on inside it.
async fn create(tx: &mut Tx<'_>, workspace_name: String, administrator: NewMember) -> Result<MemberId, Problem> {
    // Two at once must not both find that there is none; SQLite has one writer anyway.
    tx.query(sql!(sqlite: "SELECT 1", postgres: "LOCK TABLE workspaces IN EXCLUSIVE MODE"), &[]).await?;
    if first(tx).await?.is_some() {
        return Err(SETUP_DONE.into());
    }
    tx.workspace = WorkspaceId(tx.uuid());
    tx.put(
        sql!("INSERT INTO workspaces (id, name, locale, created_at) VALUES ($1, $2, $3, $4)"),
        params![tx.workspace, workspace_name.as_str(), administrator.locale, tx.now],
    )
    .await?;
    tx.put(sql!("INSERT INTO event_positions (workspace_id, position) VALUES ($1, 0)"), params![tx.workspace]).await?;
    let administrator = add_member(tx, administrator).await?;
    tx.audit(Audited::done("workspace", "created", tx.workspace, &workspace_name));
    tx.audit(Audited::done("member", "joined", administrator.id, &administrator.name));
    Ok(administrator.id)
}

async fn first(tx: &mut Tx<'_>) -> Result<Option<WorkspaceId>, db::Error> {
    let row = tx.first(sql!("SELECT id FROM workspaces LIMIT 1"), &[]).await?;
    row.map(|row| row.get("id")).transpose()
}

/// Tell whether the server waits to be set up
#[utoipa::path(
    get, path = "/api/v1/setup", tag = "people",
    responses(
        (status = 200, body = Setup),
        (status = "default", description = "unavailable", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn show_setup(ctx: Ctx<Anyone>) -> Result<Json<Setup>, Problem> {
    ctx.read(|tx, Anyone| Box::pin(async move { Ok(Json(Setup { needed: first(tx).await?.is_none() })) })).await
}

/// Make the first workspace and its administrator
#[utoipa::path(
    post, path = "/api/v1/setup", tag = "people", request_body = SetUp,
    responses(
        (status = 201, body = crate::Me, headers(("set-cookie" = String, description = "The sign-in"))),
        (status = "default", description = "setup_done, setup_token_wrong, wrong_origin, invalid_body, name_invalid, email_invalid, password_too_short, password_too_long, password_common", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn post_setup(
    ctx: Ctx<Arriving>,
    browser: Browser,
    Extension(token): Extension<SetupToken>,
    Extension(passwords): Extension<Passwords>,
    Body(asked): Body<SetUp>,
) -> Result<Response, Problem> {
    let (app, arriving) = ctx.permit().await?;
    if !setup_needed(&app).await? {
        return Err(SETUP_DONE.into());
    }
    if !token.opens(&asked.token) {
        return Err(SETUP_TOKEN_WRONG.into());
    }
    let new = NewWorkspace::new(&asked.workspace_name, &asked.name, &asked.email, asked.password, asked.locale)?;
    let NewWorkspace { workspace_name, name, email, password, locale } = new;
    let password_hash = passwords.hash(&app, password).await?;
    let administrator = NewMember { name, email, role: Role::Administrator, password_hash, locale };
    let nowhere = WorkspaceId(Uuid::nil());
    let welcome = app.write(nowhere, |tx| {
        Box::pin(async move {
            let member = create(tx, workspace_name, administrator).await?;
            arriving.enter(tx, member, &browser).await
        })
    });
    Ok(welcome.await?.answer(StatusCode::CREATED))
}
