//! Signing in by e-mail and password, and signing out.
//!
//! Nothing here tells whether an address is known: unknown, wrong and disabled answer the same bytes after the
//! same work, and are counted the same.

use crate::{
    Browser, Passwords, WRONG_CREDENTIALS, email,
    event::Ended,
    limit,
    sign_ins::{self, Here},
    welcome::{Arriving, Welcome, farewell},
};
use axum::{Extension, http::StatusCode, response::Response};
use base::{App, Body, Ctx, Problem, Tx, network_of};
use db::{params, sql};
use ids::{MemberId, Uuid, WorkspaceId};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginSignIn {
    pub email: String,
    pub password: String,
}

/// A member who may sign in, and the stored form of his password.
#[derive(Clone)]
struct Account {
    workspace: WorkspaceId,
    member: MemberId,
    password_hash: String,
}

/// Sign in
#[utoipa::path(
    post, path = "/api/v1/sign-in", tag = "people", request_body = BeginSignIn,
    responses(
        (status = 200, body = crate::Me, headers(("set-cookie" = String, description = "The sign-in"))),
        (status = "default", description = "wrong_credentials, wrong_origin, invalid_body, too_many_requests", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn begin_sign_in(
    ctx: Ctx<Arriving>,
    browser: Browser,
    Extension(passwords): Extension<Passwords>,
    Body(asked): Body<BeginSignIn>,
) -> Result<Response, Problem> {
    let (app, arriving) = ctx.permit().await?;
    let key = email::key(&asked.email);
    let network = network_of(&browser.address);
    app.throttle(&limit::SIGN_INS_PER_ADDRESS, &network)?;
    app.throttle(&limit::SIGN_INS_PER_ACCOUNT_AND_ADDRESS, &format!("{key} {network}"))?;
    app.throttle(&limit::SIGN_INS_PER_ACCOUNT, &key)?;
    let account = find(&app, key).await?;
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let right = passwords.verify(asked.password, stored).await?;
    let account = account.filter(|_| right).ok_or(WRONG_CREDENTIALS)?;
    let welcome = app.write(account.workspace, move |tx| Box::pin(enter(tx, arriving, account, browser))).await?;
    Ok(welcome.answer(StatusCode::OK))
}

async fn find(app: &App, key: String) -> Result<Option<Account>, Problem> {
    let nowhere = WorkspaceId(Uuid::nil());
    app.read(nowhere, |tx| {
        Box::pin(async move {
            let row = tx
                .first(
                    sql!(
                        "SELECT workspace_id, id, password_hash FROM members \
                         WHERE email_key = $1 AND disabled_at IS NULL"
                    ),
                    &params![key],
                )
                .await?;
            let Some(row) = row else { return Ok(None) };
            Ok(Some(Account {
                workspace: row.get("workspace_id")?,
                member: row.get("id")?,
                password_hash: row.get("password_hash")?,
            }))
        })
    })
    .await
}

/// Signs in unless the account changed while the password was looked at. The row stays locked, so that a new
/// password meanwhile either refuses this sign-in or ends it.
async fn enter(tx: &mut Tx<'_>, arriving: Arriving, account: Account, browser: Browser) -> Result<Welcome, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT id FROM members WHERE workspace_id = ?1 AND id = ?2 AND password_hash = ?3 \
                         AND disabled_at IS NULL",
                postgres: "SELECT id FROM members WHERE workspace_id = $1 AND id = $2 AND password_hash = $3 \
                           AND disabled_at IS NULL FOR UPDATE"
            ),
            &params![tx.workspace, account.member, account.password_hash],
        )
        .await?;
    row.ok_or(WRONG_CREDENTIALS)?;
    arriving.enter(tx, account.member, &browser).await
}

/// Sign out
#[utoipa::path(
    delete, path = "/api/v1/sign-in", tag = "people",
    responses(
        (status = 204),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn end_sign_in(ctx: Ctx<Here>) -> Result<Response, Problem> {
    ctx.write(|tx, Here { member, sign_in }| {
        Box::pin(async move { sign_ins::end(tx, member.id, Ended::One(sign_in)).await })
    })
    .await?;
    Ok(farewell())
}
