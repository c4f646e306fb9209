//! Resetting the password of a member who forgot it, or whose account is in doubt: a link with which he chooses a new one.
//!
//! What must stay true: nobody resets himself, nor somebody with rights that he lacks; the old password, every sign-in
//! and every token of the member end at once. A link that whoever runs the program made ends them when it is used: the
//! command works beside a server, which would not hear of it before.

use crate::{
    Email, MEMBER_UNKNOWN, Member,
    event::Ended,
    member::find_member,
    member_token,
    password::NOBODY,
    role::{keep, must_cover},
    sign_ins,
};
use axum::{Json, http::StatusCode};
use base::{App, Audited, Caller, Ctx, MemberCaller, Ms, Permit, Problem, Right, Token, Tx, refusal};
use db::{params, sql};
use ids::{MemberId, Uuid, WorkspaceId};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

const HOUR_MS: Ms = 3_600_000;
/// Handed over by somebody: it may be read a while later.
const LIFETIME_MS: Ms = 24 * HOUR_MS;
/// Made where it is opened.
const TERMINAL_LIFETIME_MS: Ms = HOUR_MS;

#[derive(Serialize, ToSchema)]
pub struct PasswordLink {
    /// Works once, and nobody can read it again.
    pub link: String,
    pub expires_at: i64,
}

/// A member whose password the caller may reset.
pub struct CanResetPassword {
    by: Arc<MemberCaller>,
    member: Member,
}

impl Permit for CanResetPassword {
    type Target = MemberId;

    async fn grant(caller: &Caller, target: MemberId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let by = caller.member()?.clone();
        // Everybody sees the members, so the missing right is no secret.
        let member = find_member(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        by.must_hold(Right::MEMBER_MANAGE)?;
        must_cover(&by, keep(tx, member.role).await?)?;
        // His own he changes, by showing that he knows it: nobody takes an account at an open desk.
        if by.id == member.id {
            return Err(refusal::FORBIDDEN.into());
        }
        Ok(Self { by, member })
    }
}

async fn reset(tx: &mut Tx<'_>, CanResetPassword { by, member }: CanResetPassword) -> Result<PasswordLink, Problem> {
    replace(tx, member.id, NOBODY.to_owned()).await?.ok_or(refusal::FORBIDDEN)?;
    tx.audit(Audited::done("member", "password_reset", member.id, &member.name));
    let address = tx.public_address().to_owned();
    make(tx, member.id, Some(by.id), LIFETIME_MS, &address).await
}

/// Makes a link for the member with this e-mail address, for whoever runs the program. It begins with `address`.
pub async fn reset_password(app: &App, email: &str, address: String) -> Result<PasswordLink, Problem> {
    let (email, nowhere) = (Email::parse(email)?, WorkspaceId(Uuid::nil()));
    app.write(nowhere, |tx| {
        Box::pin(async move {
            let named = sql!("SELECT workspace_id, id, name FROM members WHERE email_key = $1 AND disabled_at IS NULL");
            let row = tx.first(named, &params![email.key]).await?.ok_or(MEMBER_UNKNOWN)?;
            tx.workspace = row.get("workspace_id")?;
            let (member, name): (MemberId, String) = (row.get("id")?, row.get("name")?);
            tx.audit(Audited::done("member", "password_link_made", member, &name));
            make(tx, member, None, TERMINAL_LIFETIME_MS, &address).await
        })
    })
    .await
}

/// In place of the one before.
async fn make(
    tx: &mut Tx<'_>,
    member: MemberId,
    by: Option<MemberId>,
    lifetime: Ms,
    address: &str,
) -> Result<PasswordLink, Problem> {
    let (token, expires_at) = (Token::new(&tx.app().random), tx.now + lifetime);
    tx.put(
        sql!(
            "INSERT INTO password_links (workspace_id, member_id, token_hash, made_by, expires_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace_id, member_id) DO UPDATE \
             SET token_hash = excluded.token_hash, made_by = excluded.made_by, expires_at = excluded.expires_at"
        ),
        params![tx.workspace, member, token.hash(), by, expires_at],
    )
    .await?;
    Ok(PasswordLink { link: format!("{address}/password#{}", token.reveal()), expires_at })
}

/// Gives a member another password, and ends what was opened with the one before; `None`: he is disabled by now. His row
/// stays locked: who signs in or makes a token at this moment is refused, or it ends as well.
pub(crate) async fn replace(tx: &mut Tx<'_>, member: MemberId, hash: String) -> Result<Option<()>, Problem> {
    let replaced = tx
        .execute(
            sql!("UPDATE members SET password_hash = $3 WHERE workspace_id = $1 AND id = $2 AND disabled_at IS NULL"),
            &params![tx.workspace, member, hash],
        )
        .await?;
    if replaced == 0 {
        return Ok(None);
    }
    sign_ins::end(tx, member, Ended::All).await?;
    member_token::remove_all(tx, member).await?;
    Ok(Some(()))
}

/// With another password, or when its member is disabled.
pub(crate) async fn remove_link(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Problem> {
    tx.put(
        sql!("DELETE FROM password_links WHERE workspace_id = $1 AND member_id = $2"),
        params![tx.workspace, member],
    )
    .await?;
    Ok(())
}

/// Reset a member's password
#[utoipa::path(
    post, path = "/api/v1/members/{member}/password-link", tag = "people", params(("member" = MemberId, Path)),
    responses(
        (status = 201, body = PasswordLink),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn post_password_link(ctx: Ctx<CanResetPassword>) -> Result<(StatusCode, Json<PasswordLink>), Problem> {
    let made = ctx.write(|tx, permit| Box::pin(reset(tx, permit))).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
