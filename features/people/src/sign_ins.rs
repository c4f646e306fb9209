//! Sign-ins: the browsers in which a member is signed in, until they end.
//!
//! A sign-in is a random token in a cookie, stored as its hash. It ends by its owner, after [`IDLE_MS`] without
//! use, after [`LIFETIME_MS`] in any case, with a new or a reset password, and when its member is disabled.

use crate::event::{self, Ended};
use axum::{
    Json,
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use base::{App, Caller, Ctx, MemberCaller, Ms, Permit, Problem, Token, Tx, client_address, refusal, user_agent};
use db::{params, sql};
use ids::{MemberId, SignInId};
use serde::Serialize;
use std::{convert::Infallible, sync::Arc};
use utoipa::ToSchema;

const DAY_MS: Ms = 24 * 3_600_000;
pub(crate) const LIFETIME_MS: Ms = 90 * DAY_MS;
pub(crate) const IDLE_MS: Ms = 14 * DAY_MS;
/// A member who signs in once more loses the sign-in that was unused for longest.
const SIGN_INS_PER_MEMBER: usize = 50;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignIn {
    pub id: SignInId,
    pub created_at: i64,
    /// Kept to within five minutes.
    pub last_seen_at: i64,
    pub address: String,
    pub user_agent: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

#[derive(Serialize, ToSchema)]
pub struct SignInList {
    pub items: Vec<SignIn>,
}

/// Where somebody signs in from, as the list shows it to him.
pub struct Browser {
    pub address: String,
    pub user_agent: String,
}

impl FromRequestParts<App> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self { address: client_address(parts, app), user_agent: user_agent(&parts.headers) })
    }
}

/// A member who is signed in, and the sign-in that asks.
pub struct Here {
    pub(crate) member: Arc<MemberCaller>,
    pub(crate) sign_in: SignInId,
}

impl Permit for Here {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let sign_in = member.sign_in().ok_or(refusal::FORBIDDEN)?;
        Ok(Self { member, sign_in })
    }
}

/// One of the member's own sign-ins.
pub struct MySignIn {
    member: Arc<MemberCaller>,
    id: SignInId,
}

impl Permit for MySignIn {
    type Target = SignInId;

    async fn grant(caller: &Caller, target: SignInId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let Here { member, .. } = Here::grant(caller, (), tx).await?;
        let row = tx
            .first(
                sql!("SELECT id FROM sign_ins WHERE workspace_id = $1 AND id = $2 AND member_id = $3"),
                &params![tx.workspace, target, member.id],
            )
            .await?;
        row.ok_or(refusal::NOT_FOUND)?;
        Ok(Self { member, id: target })
    }
}

/// Whether a sign-in opens nothing any more.
pub(crate) fn is_over(now: Ms, created_at: Ms, last_seen_at: Ms) -> bool {
    now - created_at >= LIFETIME_MS || now - last_seen_at >= IDLE_MS
}

/// Signs a member in. The token is told this once.
pub async fn open_sign_in(tx: &mut Tx<'_>, member: MemberId, browser: &Browser) -> Result<(Token, SignInId), Problem> {
    clear(tx, member).await?;
    let (token, id) = (Token::new(&tx.app().random), SignInId(tx.uuid()));
    tx.put(
        sql!(
            "INSERT INTO sign_ins (workspace_id, id, member_id, token_hash, created_at, last_seen_at, address, \
             user_agent) VALUES ($1, $2, $3, $4, $5, $5, $6, $7)"
        ),
        params![tx.workspace, id, member, token.hash(), tx.now, browser.address.as_str(), browser.user_agent.as_str()],
    )
    .await?;
    Ok((token, id))
}

/// Makes room for one more: what is over goes, and the longest unused beyond the limit.
async fn clear(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Problem> {
    let (mut kept, mut gone) = (0, Vec::new());
    for sign_in in load(tx, member, None).await? {
        if kept + 1 >= SIGN_INS_PER_MEMBER || is_over(tx.now, sign_in.created_at, sign_in.last_seen_at) {
            gone.push(sign_in.id);
        } else {
            kept += 1;
        }
    }
    for id in gone {
        end(tx, member, Ended::One(id)).await?;
    }
    Ok(())
}

/// Ends sign-ins of a member, and their sockets.
pub(crate) async fn end(tx: &mut Tx<'_>, member: MemberId, ended: Ended) -> Result<(), Problem> {
    let workspace = tx.workspace;
    let (statement, params) = match ended {
        Ended::One(id) => (
            sql!("DELETE FROM sign_ins WHERE workspace_id = $1 AND member_id = $2 AND id = $3"),
            params![workspace, member, id],
        ),
        Ended::AllBut(id) => (
            sql!("DELETE FROM sign_ins WHERE workspace_id = $1 AND member_id = $2 AND id <> $3"),
            params![workspace, member, id],
        ),
        Ended::All => {
            (sql!("DELETE FROM sign_ins WHERE workspace_id = $1 AND member_id = $2"), params![workspace, member])
        }
    };
    tx.put(statement, params).await?;
    event::sign_in_ended(tx, member, ended)
}

/// A member's sign-ins, last used first.
async fn load(tx: &mut Tx<'_>, member: MemberId, current: Option<SignInId>) -> Result<Vec<SignIn>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, created_at, last_seen_at, address, user_agent FROM sign_ins \
                 WHERE workspace_id = $1 AND member_id = $2 ORDER BY last_seen_at DESC, id DESC"
            ),
            &params![tx.workspace, member],
        )
        .await?;
    let mut sign_ins = Vec::with_capacity(rows.len());
    for row in &rows {
        let id = row.get("id")?;
        sign_ins.push(SignIn {
            id,
            created_at: row.get("created_at")?,
            last_seen_at: row.get("last_seen_at")?,
            address: row.get("address")?,
            user_agent: row.get("user_agent")?,
            current: current == Some(id),
        });
    }
    Ok(sign_ins)
}

/// List the own sign-ins
#[utoipa::path(
    get, path = "/api/v1/me/sign-ins", tag = "people",
    responses(
        (status = 200, body = SignInList),
        (status = "default", description = "unauthenticated, forbidden", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn list_sign_ins(ctx: Ctx<Here>) -> Result<Json<SignInList>, Problem> {
    ctx.read(|tx, Here { member, sign_in }| {
        Box::pin(async move {
            let mut items = load(tx, member.id, Some(sign_in)).await?;
            items.retain(|item| !is_over(tx.now, item.created_at, item.last_seen_at));
            Ok(Json(SignInList { items }))
        })
    })
    .await
}

/// End every other own sign-in
#[utoipa::path(
    delete, path = "/api/v1/me/sign-ins", tag = "people",
    responses(
        (status = 204),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn delete_other_sign_ins(ctx: Ctx<Here>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, Here { member, sign_in }| Box::pin(async move { end(tx, member.id, Ended::AllBut(sign_in)).await }))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End one of the own sign-ins
#[utoipa::path(
    delete, path = "/api/v1/me/sign-ins/{sign_in}", tag = "people", params(("sign_in" = SignInId, Path)),
    responses(
        (status = 204),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn delete_sign_in(ctx: Ctx<MySignIn>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, mine| Box::pin(async move { end(tx, mine.member.id, Ended::One(mine.id)).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}
