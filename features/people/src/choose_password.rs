//! Choosing a new password with a link: what was opened before ends, and the member is signed in.

use crate::{
    Browser, PASSWORD_LINK_INVALID, Password, Passwords,
    caller::as_caller,
    limit,
    reset_password::replace,
    welcome::{Arriving, Welcome},
};
use axum::{Extension, Json, http::StatusCode, response::Response};
use base::{Anyone, Audited, Body, Ctx, Problem, Rights, Token, TokenHash, Tx};
use db::{params, sql};
use ids::{MemberId, Uuid, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// In the body, not in the address: addresses end up in logs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAtPasswordLink {
    pub token: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoosePassword {
    pub token: String,
    pub password: String,
}

#[derive(Serialize, ToSchema)]
pub struct PasswordLinkLook {
    pub workspace_name: String,
    pub name: String,
    pub email: String,
}

/// Whose password a link gives.
struct Found {
    workspace: WorkspaceId,
    member: MemberId,
    look: PasswordLinkLook,
}

/// The hash of a token that somebody shows; what cannot be a token is as good as a wrong one.
fn shown(token: &str) -> Result<TokenHash, Problem> {
    Ok(Token::parse(token).ok_or(PASSWORD_LINK_INVALID)?.hash())
}

/// Behind a token, as long as it works: who made it must still be able to.
async fn find(tx: &mut Tx<'_>, token: TokenHash) -> Result<Found, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT l.workspace_id, l.member_id, w.name AS workspace_name, m.name, m.email, m.role, \
                 x.rights AS role_rights, l.made_by, b.role AS by_role, y.rights AS by_rights FROM password_links l \
                 JOIN workspaces w ON w.id = l.workspace_id \
                 JOIN members m ON m.workspace_id = l.workspace_id AND m.id = l.member_id \
                 LEFT JOIN members b ON b.workspace_id = l.workspace_id AND b.id = l.made_by \
                 AND b.disabled_at IS NULL \
                 LEFT JOIN roles x ON x.workspace_id = m.workspace_id AND x.role = m.role \
                 LEFT JOIN roles y ON y.workspace_id = b.workspace_id AND y.role = b.role \
                 WHERE l.token_hash = $1 AND l.expires_at > $2 AND m.disabled_at IS NULL"
            ),
            &params![token, tx.now],
        )
        .await?
        .ok_or(PASSWORD_LINK_INVALID)?;
    if row.get::<Option<MemberId>>("made_by")?.is_some() {
        let by = row.get::<Option<base::Role>>("by_role")?.ok_or(PASSWORD_LINK_INVALID)?;
        let rights = |role, own: Option<String>| Rights::stored(role, own.as_deref());
        if !rights(by, row.get("by_rights")?).covers(rights(row.get("role")?, row.get("role_rights")?)) {
            return Err(PASSWORD_LINK_INVALID.into());
        }
    }
    let look = PasswordLinkLook {
        workspace_name: row.get("workspace_name")?,
        name: row.get("name")?,
        email: row.get("email")?,
    };
    Ok(Found { workspace: row.get("workspace_id")?, member: row.get("member_id")?, look })
}

async fn choose(
    tx: &mut Tx<'_>,
    arriving: Arriving,
    token: TokenHash,
    hash: String,
    browser: &Browser,
) -> Result<Welcome, Problem> {
    let Found { workspace, member, look } = find(tx, token).await?;
    tx.workspace = workspace;
    // It is he who chooses, whoever is signed in here.
    tx.by = as_caller(tx, member).await?.map(Arc::new);
    replace(tx, member, hash).await?.ok_or(PASSWORD_LINK_INVALID)?;
    // Behind the lock of his row: of two at once one is too late.
    find(tx, token).await?;
    // Not one that was made meanwhile.
    tx.put(sql!("DELETE FROM password_links WHERE token_hash = $1"), params![token]).await?;
    tx.audit(Audited::done("member", "password_changed", member, &look.name));
    arriving.enter(tx, member, browser).await
}

/// Look at a link with which a password is chosen
#[utoipa::path(
    post, path = "/api/v1/password-links/look", tag = "people", request_body = LookAtPasswordLink,
    responses(
        (status = 200, body = PasswordLinkLook),
        (status = "default", description = "password_link_invalid, wrong_origin, invalid_body, too_many_requests", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn look_at_password_link(
    ctx: Ctx<Anyone>,
    browser: Browser,
    Body(asked): Body<LookAtPasswordLink>,
) -> Result<Json<PasswordLinkLook>, Problem> {
    ctx.app().throttle(&limit::PASSWORD_LINKS_PER_ADDRESS, &base::network_of(&browser.address))?;
    let token = shown(&asked.token)?;
    ctx.read(move |tx, Anyone| Box::pin(async move { Ok(Json(find(tx, token).await?.look)) })).await
}

/// Choose a new password with a link
#[utoipa::path(
    post, path = "/api/v1/password-links/use", tag = "people", request_body = ChoosePassword,
    responses(
        (status = 200, body = crate::Me, headers(("set-cookie" = String, description = "The sign-in"))),
        (status = "default", description = "password_link_invalid, wrong_origin, invalid_body, password_too_short, password_too_long, password_common, too_many_requests", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn use_password_link(
    ctx: Ctx<Arriving>,
    browser: Browser,
    Extension(passwords): Extension<Passwords>,
    Body(asked): Body<ChoosePassword>,
) -> Result<Response, Problem> {
    let (app, _) = ctx.clone().permit().await?;
    app.throttle(&limit::PASSWORD_LINKS_PER_ADDRESS, &base::network_of(&browser.address))?;
    let (token, nowhere) = (shown(&asked.token)?, WorkspaceId(Uuid::nil()));
    // Before the costly work; the change below asks again.
    app.read(nowhere, move |tx| Box::pin(async move { find(tx, token).await.map(drop) })).await?;
    let hash = passwords.hash(&app, Password::new(asked.password)?).await?;
    let welcome =
        ctx.write(move |tx, arriving| Box::pin(async move { choose(tx, arriving, token, hash, &browser).await }));
    Ok(welcome.await?.answer(StatusCode::OK))
}
