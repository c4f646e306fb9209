//! Accepting an invitation: the invited person becomes a member and is signed in.

use crate::{
    Browser, Email, INVITATION_INVALID, Locale, NewMember, Password, Passwords, add_member,
    invitation::shown,
    limit,
    look::look,
    member::checked_name,
    welcome::{Arriving, Welcome},
};
use axum::{Extension, http::StatusCode, response::Response};
use base::{Audited, Body, Ctx, Problem, Role, TokenHash, Tx};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, MemberId, Uuid, WorkspaceId};
use serde::Deserialize;
use utoipa::ToSchema;

/// Makes a new member work in inboxes, as far as they exist.
pub type JoinInboxes = for<'t, 'a> fn(&'t mut Tx<'a>, MemberId, Vec<InboxId>) -> BoxFuture<'t, Result<(), Problem>>;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    pub token: String,
    pub name: String,
    pub password: String,
    pub locale: Locale,
}

/// Accept an invitation
#[utoipa::path(
    post, path = "/api/v1/invitations/accept", tag = "people", request_body = AcceptInvitation,
    responses(
        (status = 201, body = crate::Me, headers(("set-cookie" = String, description = "The sign-in"))),
        (status = "default", description = "invitation_invalid, email_taken, wrong_origin, invalid_body, name_invalid, password_too_short, password_too_long, password_common, too_many_requests", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn accept_invitation(
    ctx: Ctx<Arriving>,
    browser: Browser,
    Extension(passwords): Extension<Passwords>,
    Extension(join_inboxes): Extension<JoinInboxes>,
    Body(asked): Body<AcceptInvitation>,
) -> Result<Response, Problem> {
    let (app, _) = ctx.clone().permit().await?;
    app.throttle(&limit::INVITATIONS_PER_ADDRESS, &base::network_of(&browser.address))?;
    let (token, nowhere) = (shown(&asked.token)?, WorkspaceId(Uuid::nil()));
    // Before the costly work; the change below asks again.
    app.read(nowhere, move |tx| Box::pin(look(tx, token))).await?;
    let (name, password) = (checked_name(&asked.name)?, Password::new(asked.password)?);
    let password_hash = passwords.hash(&app, password).await?;
    let person = Person { name, password_hash, locale: asked.locale };
    let welcome = ctx.write(move |tx, arriving| {
        Box::pin(async move { accept(tx, arriving, token, person, &browser, join_inboxes).await })
    });
    Ok(welcome.await?.answer(StatusCode::CREATED))
}

/// What the invited person says of himself.
struct Person {
    name: String,
    password_hash: String,
    locale: Locale,
}

async fn accept(
    tx: &mut Tx<'_>,
    arriving: Arriving,
    token: TokenHash,
    person: Person,
    browser: &Browser,
    join_inboxes: JoinInboxes,
) -> Result<Welcome, Problem> {
    // It is he who joins, whoever is signed in here.
    tx.by = None;
    look(tx, token).await?;
    let (email, role, inboxes) = take(tx, token).await?;
    let Person { name, password_hash, locale } = person;
    let member = add_member(tx, NewMember { name, email: Email::parse(&email)?, role, password_hash, locale }).await?;
    tx.audit(Audited::done("member", "joined", member.id, &member.name));
    join_inboxes(tx, member.id, inboxes).await?;
    arriving.enter(tx, member.id, browser).await
}

/// Uses the invitation up. One statement, so that of two at once one is too late.
async fn take(tx: &mut Tx<'_>, token: TokenHash) -> Result<(String, Role, Vec<InboxId>), Problem> {
    let row = tx
        .first(
            sql!(
                "UPDATE invitations SET accepted_at = $2 \
                 WHERE token_hash = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2 \
                 RETURNING workspace_id, email, role, inbox_ids"
            ),
            &params![token, tx.now],
        )
        .await?
        .ok_or(INVITATION_INVALID)?;
    tx.workspace = row.get("workspace_id")?;
    Ok((row.get("email")?, row.get("role")?, serde_json::from_str(&row.get::<String>("inbox_ids")?)?))
}
