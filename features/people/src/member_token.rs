//! Tokens of members: with one, a program does in its member's name what he may do, as far as the token says.
//!
//! What must stay true: a token is shown once and stored as its hash; it names rights and no scopes, so that it never
//! reaches further than its member does at that moment; it ends at a time that was said when it was made, earlier when
//! somebody ends it, and with its member. Programs make and end none: that needs somebody who is signed in. Absent:
//! tokens of API inboxes, which write as contacts (`inboxes`).

use crate::{
    MEMBER_TOKEN_EXPIRY_INVALID, MEMBER_TOKEN_NAME_INVALID, MEMBER_TOKEN_RIGHT_INVALID, TOO_MANY_MEMBER_TOKENS,
    caller::as_caller,
    event,
    member::find_member,
    role::{keep, must_cover},
};
use axum::{Json, http::StatusCode};
use base::{
    App, Audited, Body, Caller, Credentials, Ctx, MemberCaller, Ms, Permit, Problem, Proven, Right, Scope, SignedIn,
    Token, TokenHash, Tx, refusal,
};
use db::{Row, params, sql};
use ids::{MemberId, MemberTokenId, Uuid, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::{net::IpAddr, sync::Arc};
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 60;
const LONGEST_DAYS: i64 = 366;
const LONGEST_MS: Ms = LONGEST_DAYS * 24 * 3_600_000;
const TOKENS_PER_MEMBER: usize = 20;
/// How often the last use is written down.
const USED_EVERY_MS: Ms = 5 * 60_000;
/// Of the token, its mark included.
const HINT_CHARACTERS: usize = 9;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MemberToken {
    pub id: MemberTokenId,
    /// In whose name it opens something.
    pub member_id: MemberId,
    pub name: String,
    /// How it begins: `sapa_` and four characters.
    pub hint: String,
    /// `area:action`, for example `conversation:reply`; each as far as the member holds it.
    pub rights: Vec<String>,
    pub created_at: i64,
    pub expires_at: i64,
    /// Kept to within five minutes.
    pub last_used_at: Option<i64>,
    /// The network address of that use.
    pub last_used_from: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct MemberTokenList {
    /// Newest first.
    pub items: Vec<MemberToken>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateMemberToken {
    /// One line of at most 60 characters.
    pub name: String,
    /// `area:action`, at least one, of those that the member holds; never `member:manage`. With nothing but
    /// `conversation:view` and `audit:view` the token only reads.
    pub rights: Vec<String>,
    /// At most 366 days from now.
    pub expires_at: i64,
}

#[derive(Serialize, ToSchema)]
pub struct CreatedMemberToken {
    pub member_token: MemberToken,
    /// Shown this once.
    pub token: String,
}

/// A token that the caller may end: his own, or another's whose role he could give.
pub struct CanEndToken(MemberToken);

impl Permit for CanEndToken {
    type Target = MemberTokenId;

    async fn grant(caller: &Caller, target: MemberTokenId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let by = caller.member()?;
        let token = find(tx, target).await?.filter(|token| token.member_id == by.id || sees_all(by));
        let token = token.ok_or(refusal::NOT_FOUND)?;
        by.must_be_signed_in()?;
        if token.member_id != by.id {
            let owner = find_member(tx, token.member_id).await?.ok_or(refusal::NOT_FOUND)?;
            must_cover(by, keep(tx, owner.role).await?)?;
        }
        Ok(Self(token))
    }
}

/// Everybody sees his own, and who manages members everybody's.
fn sees_all(member: &MemberCaller) -> bool {
    member.scope(Right::MEMBER_MANAGE) == Scope::All
}

impl MemberToken {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            id: row.get("id")?,
            member_id: row.get("member_id")?,
            name: row.get("name")?,
            hint: row.get("hint")?,
            rights: serde_json::from_str(&row.get::<String>("rights")?)?,
            created_at: row.get("created_at")?,
            expires_at: row.get("expires_at")?,
            last_used_at: row.get("last_used_at")?,
            last_used_from: row.get("last_used_from")?,
        })
    }
}

/// What [`MemberToken::from_row`] reads.
macro_rules! select {
    ($which:literal) => {
        sql!(concat!(
            "SELECT workspace_id, id, member_id, name, hint, rights, created_at, expires_at, last_used_at, \
             last_used_from FROM member_tokens WHERE ",
            $which
        ))
    };
}

async fn find(tx: &mut Tx<'_>, id: MemberTokenId) -> Result<Option<MemberToken>, Problem> {
    let row = tx.first(select!("workspace_id = $1 AND id = $2"), &params![tx.workspace, id]).await?;
    row.as_ref().map(MemberToken::from_row).transpose()
}

async fn list(tx: &mut Tx<'_>, by: &MemberCaller) -> Result<Vec<MemberToken>, Problem> {
    let rows = if sees_all(by) {
        tx.query(select!("workspace_id = $1 ORDER BY created_at DESC, id DESC"), &params![tx.workspace]).await?
    } else {
        let own = select!("workspace_id = $1 AND member_id = $2 ORDER BY created_at DESC, id DESC");
        tx.query(own, &params![tx.workspace, by.id]).await?
    };
    rows.iter().map(MemberToken::from_row).collect()
}

/// The rights that are asked for, each of them held by the member.
fn checked_rights(by: &MemberCaller, asked: &[String]) -> Result<Vec<Right>, Problem> {
    let held = |right: &Right| right.is_for_tokens() && by.scope(*right) > Scope::None;
    let mut rights = Vec::new();
    for name in asked {
        let right = Right::parse(name).filter(held);
        rights.push(right.ok_or_else(|| MEMBER_TOKEN_RIGHT_INVALID.with("right", name.as_str()))?);
    }
    if rights.is_empty() { Err(MEMBER_TOKEN_RIGHT_INVALID.into()) } else { Ok(rights) }
}

async fn create(tx: &mut Tx<'_>, by: &MemberCaller, asked: CreateMemberToken) -> Result<CreatedMemberToken, Problem> {
    let name = base::name(&asked.name, NAME_CHARACTERS, MEMBER_TOKEN_NAME_INVALID)?;
    let rights = checked_rights(by, &asked.rights)?;
    if asked.expires_at <= tx.now || asked.expires_at > tx.now + LONGEST_MS {
        return Err(MEMBER_TOKEN_EXPIRY_INVALID.with("max", LONGEST_DAYS));
    }
    make_room(tx, by.id).await?;
    let token = Token::new(&tx.app().random);
    let text = token.reveal_marked();
    let made = MemberToken {
        id: MemberTokenId(tx.uuid()),
        member_id: by.id,
        name,
        hint: text.chars().take(HINT_CHARACTERS).collect(),
        rights: Right::ALL.into_iter().filter(|right| rights.contains(right)).map(|right| right.0.to_owned()).collect(),
        created_at: tx.now,
        expires_at: asked.expires_at,
        last_used_at: None,
        last_used_from: None,
    };
    tx.put(
        sql!(
            "INSERT INTO member_tokens (workspace_id, id, member_id, token_hash, name, hint, rights, created_at, \
             expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            tx.workspace,
            made.id,
            made.member_id,
            token.hash(),
            made.name.as_str(),
            made.hint.as_str(),
            serde_json::to_string(&made.rights)?,
            made.created_at,
            made.expires_at
        ],
    )
    .await?;
    tx.audit(Audited::created("member_token", made.id, &made.name, &made)?);
    Ok(CreatedMemberToken { member_token: made, token: text })
}

/// For one more. Those whose time has come go; the member's row stays locked, so that two at once are no more than one,
/// and none comes after those that end with a member who is disabled.
async fn make_room(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Problem> {
    tx.first(
        sql!(
            sqlite: "SELECT id FROM members WHERE workspace_id = ?1 AND id = ?2 AND disabled_at IS NULL",
            postgres: "SELECT id FROM members WHERE workspace_id = $1 AND id = $2 AND disabled_at IS NULL FOR UPDATE"
        ),
        &params![tx.workspace, member],
    )
    .await?
    .ok_or(refusal::UNAUTHENTICATED)?;
    tx.put(
        sql!("DELETE FROM member_tokens WHERE workspace_id = $1 AND member_id = $2 AND expires_at <= $3"),
        params![tx.workspace, member, tx.now],
    )
    .await?;
    let there = tx.query(select!("workspace_id = $1 AND member_id = $2"), &params![tx.workspace, member]).await?.len();
    if there < TOKENS_PER_MEMBER { Ok(()) } else { Err(TOO_MANY_MEMBER_TOKENS.with("max", TOKENS_PER_MEMBER)) }
}

/// As if their member ended each himself.
pub(crate) async fn end_all(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Problem> {
    for row in tx.query(select!("workspace_id = $1 AND member_id = $2"), &params![tx.workspace, member]).await? {
        end(tx, CanEndToken(MemberToken::from_row(&row)?)).await?;
    }
    Ok(())
}

async fn end(tx: &mut Tx<'_>, CanEndToken(token): CanEndToken) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM member_tokens WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, token.id])
        .await?;
    tx.audit(Audited::removed("member_token", token.id, &token.name, &token)?);
    event::member_token_ended(tx, token.id)
}

/// Of a member who is disabled, or whose password is reset; his sockets end by that.
pub(crate) async fn remove_all(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM member_tokens WHERE workspace_id = $1 AND member_id = $2"), params![tx.workspace, member])
        .await?;
    Ok(())
}

/// The member behind a token, with what it leaves of his rights.
pub(crate) async fn authenticate(app: &App, credentials: &Credentials) -> Result<Option<Caller>, Problem> {
    let Some(token) = credentials.member_token() else { return Ok(None) };
    let (hash, nowhere) = (token.hash(), WorkspaceId(Uuid::nil()));
    let found = app.read(nowhere, move |tx| Box::pin(behind(tx, hash))).await?;
    let Some((member, token)) = found else { return Ok(None) };
    if token.last_used_at.is_none_or(|at| app.clock.now() - at >= USED_EVERY_MS) {
        let (id, from) = (token.id, credentials.address);
        // A full disk shuts nobody out.
        if let Err(problem) = app.write(member.workspace, move |tx| Box::pin(used(tx, id, from))).await {
            tracing::warn!(%problem, "failed to note the last use of a member's token");
        }
    }
    Ok(Some(Caller::Member(Arc::new(member))))
}

async fn behind(tx: &mut Tx<'_>, hash: TokenHash) -> Result<Option<(MemberCaller, MemberToken)>, Problem> {
    let Some(row) = tx.first(select!("token_hash = $1"), &params![hash]).await? else { return Ok(None) };
    let token = MemberToken::from_row(&row)?;
    if token.expires_at <= tx.now {
        return Ok(None);
    }
    tx.workspace = row.get("workspace_id")?;
    let Some(member) = as_caller(tx, token.member_id).await? else { return Ok(None) };
    let named: Vec<_> = token.rights.iter().filter_map(|name| Right::parse(name)).collect();
    let proven = Proven::Token { id: token.id, until: token.expires_at };
    Ok(Some((MemberCaller { rights: member.rights.only(&named), proven, ..member }, token)))
}

async fn used(tx: &mut Tx<'_>, id: MemberTokenId, from: Option<IpAddr>) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE member_tokens SET last_used_at = $3, last_used_from = $4 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, tx.now, from.map(|address| address.to_string())],
    )
    .await?;
    Ok(())
}

/// List the tokens of one's programs; who manages members sees everybody's
#[utoipa::path(
    get, path = "/api/v1/member-tokens", tag = "people",
    responses(
        (status = 200, body = MemberTokenList),
        (status = "default", description = "unauthenticated, forbidden", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn list_member_tokens(ctx: Ctx<SignedIn>) -> Result<Json<MemberTokenList>, Problem> {
    ctx.read(|tx, SignedIn(by)| Box::pin(async move { Ok(Json(MemberTokenList { items: list(tx, &by).await? })) }))
        .await
}

/// Make a token for a program
#[utoipa::path(
    post, path = "/api/v1/member-tokens", tag = "people", request_body = CreateMemberToken,
    responses(
        (status = 201, body = CreatedMemberToken),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, member_token_name_invalid, member_token_right_invalid, member_token_expiry_invalid, too_many_member_tokens", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn post_member_token(
    ctx: Ctx<SignedIn>,
    Body(asked): Body<CreateMemberToken>,
) -> Result<(StatusCode, Json<CreatedMemberToken>), Problem> {
    let made = ctx.write(|tx, SignedIn(by)| Box::pin(async move { create(tx, &by, asked).await })).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// End a token, one's own or another's
#[utoipa::path(
    delete, path = "/api/v1/member-tokens/{member_token}", tag = "people",
    params(("member_token" = MemberTokenId, Path)),
    responses(
        (status = 204),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn delete_member_token(ctx: Ctx<CanEndToken>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(end(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
