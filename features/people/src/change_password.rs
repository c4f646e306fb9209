//! A new password for oneself. Every other sign-in ends with it, and one's tokens when that is asked for: programs do not
//! show the password.

use crate::{
    Password, Passwords, WRONG_PASSWORD,
    event::Ended,
    limit, member_token,
    reset_password::remove_link,
    sign_ins::{self, Here},
};
use axum::{Extension, http::StatusCode};
use base::{App, Audited, Body, Ctx, MemberCaller, Problem, Tx, refusal};
use db::{params, sql};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    pub current: String,
    pub new: String,
    /// Also ends one's tokens; without it programs go on.
    #[serde(default)]
    pub end_tokens: bool,
}

/// Change the own password
#[utoipa::path(
    put, path = "/api/v1/me/password", tag = "people", request_body = ChangePassword,
    responses(
        (status = 204),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, wrong_password, password_too_short, password_too_long, password_common, too_many_requests", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn put_password(
    ctx: Ctx<Here>,
    Extension(passwords): Extension<Passwords>,
    Body(asked): Body<ChangePassword>,
) -> Result<StatusCode, Problem> {
    let (app, Here { member, .. }) = ctx.clone().permit().await?;
    let new = Password::new(asked.new)?;
    // Who finds an open desk must not try out passwords on it.
    app.throttle(&limit::SIGN_INS_PER_ACCOUNT_AND_ADDRESS, &member.id.to_string())?;
    let stored = stored(&app, &member).await?;
    if !passwords.verify(asked.current, Some(stored.clone())).await? {
        return Err(WRONG_PASSWORD.into());
    }
    let hash = passwords.hash(&app, new).await?;
    let end_tokens = asked.end_tokens;
    ctx.write(move |tx, here| {
        Box::pin(async move {
            let member = here.member.id;
            replace(tx, here, stored, hash).await?;
            if end_tokens { member_token::end_all(tx, member).await } else { Ok(()) }
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn stored(app: &App, member: &MemberCaller) -> Result<String, Problem> {
    let id = member.id;
    app.read(member.workspace, move |tx| {
        Box::pin(async move {
            let row = tx
                .first(
                    sql!("SELECT password_hash FROM members WHERE workspace_id = $1 AND id = $2"),
                    &params![tx.workspace, id],
                )
                .await?;
            Ok(row.ok_or(refusal::UNAUTHENTICATED)?.get("password_hash")?)
        })
    })
    .await
}

/// Replaces the password, unless it changed while the work was done.
async fn replace(
    tx: &mut Tx<'_>,
    Here { member, sign_in }: Here,
    before: String,
    after: String,
) -> Result<(), Problem> {
    let replaced = tx
        .execute(
            sql!(
                "UPDATE members SET password_hash = $4 WHERE workspace_id = $1 AND id = $2 AND password_hash = $3 \
                 AND disabled_at IS NULL"
            ),
            &params![tx.workspace, member.id, before, after],
        )
        .await?;
    if replaced == 0 {
        return Err(WRONG_PASSWORD.into());
    }
    remove_link(tx, member.id).await?;
    tx.audit(Audited::done("member", "password_changed", member.id, &member.name));
    sign_ins::end(tx, member.id, Ended::AllBut(sign_in)).await
}
