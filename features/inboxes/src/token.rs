//! Access tokens of API inboxes: whoever holds one writes as the contacts of this inbox, and nothing else.
//!
//! What must stay true: a token is shown once and stored as its hash; a revoked one opens nothing from that moment on
//! this node, and within seconds on others. Several stand beside each other, so that one can be replaced without a gap.

use crate::{TOO_MANY_TOKENS, event, inbox, webhook::CanConnect};
use axum::{Json, http::StatusCode};
use base::{App, Caller, Credentials, Ctx, InboxCaller, Ms, Permit, Problem, Token, Tx, refusal};
use db::{Row, params, sql};
use ids::{ApiTokenId, InboxId, WorkspaceId};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Of one inbox.
const TOKENS: usize = 10;
/// How often the last use is written down.
const USED_EVERY_MS: Ms = 3_600_000;

#[derive(Serialize, ToSchema)]
pub struct ApiToken {
    pub id: ApiTokenId,
    pub created_at: i64,
    /// The name of the member who made it.
    pub created_by: Option<String>,
    /// To the hour.
    pub last_used_at: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct ApiTokenList {
    /// Newest first.
    pub items: Vec<ApiToken>,
}

#[derive(Serialize, ToSchema)]
pub struct CreatedApiToken {
    pub id: ApiTokenId,
    /// Shown this once.
    pub token: String,
}

impl ApiToken {
    fn from_row(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            id: row.get("id")?,
            created_at: row.get("created_at")?,
            created_by: row.get("created_by")?,
            last_used_at: row.get("last_used_at")?,
        })
    }
}

async fn list(tx: &mut Tx<'_>, inbox: InboxId) -> Result<ApiTokenList, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT t.id, t.created_at, m.name AS created_by, t.last_used_at FROM api_tokens t \
                 LEFT JOIN members m ON m.workspace_id = t.workspace_id AND m.id = t.created_by \
                 WHERE t.workspace_id = $1 AND t.inbox_id = $2 ORDER BY t.created_at DESC, t.id DESC"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(ApiTokenList { items: rows.iter().map(ApiToken::from_row).collect::<Result<_, _>>()? })
}

async fn create(tx: &mut Tx<'_>, permit: CanConnect) -> Result<CreatedApiToken, Problem> {
    if list(tx, permit.id).await?.items.len() >= TOKENS {
        return Err(TOO_MANY_TOKENS.with("max", TOKENS));
    }
    let (id, token) = (ApiTokenId(tx.uuid()), Token::new(&tx.app().random));
    tx.put(
        sql!(
            "INSERT INTO api_tokens (workspace_id, id, inbox_id, token_hash, created_at, created_by) \
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![tx.workspace, id, permit.id, token.hash(), tx.now, permit.by],
    )
    .await?;
    inbox::note(tx, permit.id, "token_created").await?;
    Ok(CreatedApiToken { id, token: token.reveal() })
}

/// The permit to revoke one of an inbox's tokens. Whether there is one, the command tells.
pub struct CanRevoke {
    inbox: InboxId,
    token: ApiTokenId,
}

impl Permit for CanRevoke {
    type Target = (InboxId, ApiTokenId);

    async fn grant(caller: &Caller, (inbox, token): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanConnect { id, .. } = CanConnect::grant(caller, inbox, tx).await?;
        Ok(Self { inbox: id, token })
    }
}

async fn revoke(tx: &mut Tx<'_>, CanRevoke { inbox, token }: CanRevoke) -> Result<(), Problem> {
    let gone = tx
        .execute(
            sql!("DELETE FROM api_tokens WHERE workspace_id = $1 AND id = $2 AND inbox_id = $3"),
            &params![tx.workspace, token, inbox],
        )
        .await?;
    if gone == 0 {
        return Err(refusal::NOT_FOUND.into());
    }
    inbox::note(tx, inbox, "token_revoked").await?;
    // Whoever was proven by it is forgotten with this event.
    event::updated(tx, inbox).await?;
    Ok(())
}

/// The inbox behind a bearer token.
pub(crate) async fn authenticate(app: &App, credentials: &Credentials) -> Result<Option<Caller>, Problem> {
    let Some(token) = credentials.bearer_token() else { return Ok(None) };
    let found = app.read(WorkspaceId(ids::Uuid::nil()), move |tx| Box::pin(find(tx, token))).await?;
    let Some((caller, last_used_at)) = found else { return Ok(None) };
    if last_used_at.is_none_or(|at| app.clock.now() - at > USED_EVERY_MS) {
        let id = caller.token;
        // A full disk shuts nobody out.
        if let Err(problem) = app.write(caller.workspace, move |tx| Box::pin(used(tx, id))).await {
            tracing::warn!(%problem, "failed to write down that a token was used");
        }
    }
    Ok(Some(Caller::Inbox(Arc::new(caller))))
}

async fn find(tx: &mut Tx<'_>, token: Token) -> Result<Option<(InboxCaller, Option<Ms>)>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT t.workspace_id, t.id, t.inbox_id, t.last_used_at, i.disabled_at FROM api_tokens t \
                 JOIN inboxes i ON i.workspace_id = t.workspace_id AND i.id = t.inbox_id WHERE t.token_hash = $1"
            ),
            &params![token.hash()],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let caller = InboxCaller {
        workspace: row.get("workspace_id")?,
        inbox: row.get("inbox_id")?,
        token: row.get("id")?,
        inbox_open: row.get::<Option<Ms>>("disabled_at")?.is_none(),
    };
    Ok(Some((caller, row.get("last_used_at")?)))
}

async fn used(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE api_tokens SET last_used_at = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, tx.now],
    )
    .await?;
    Ok(())
}

/// List access tokens
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/tokens", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = ApiTokenList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_tokens(ctx: Ctx<CanConnect>) -> Result<Json<ApiTokenList>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { list(tx, permit.id).await })).await.map(Json)
}

/// Create an access token
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/tokens", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 201, body = CreatedApiToken), (status = "default", body = base::ProblemBody))
)]
pub async fn create_token(ctx: Ctx<CanConnect>) -> Result<(StatusCode, Json<CreatedApiToken>), Problem> {
    let created = ctx.write(|tx, permit| Box::pin(create(tx, permit))).await?;
    Ok((StatusCode::CREATED, Json(created)))
}

/// Revoke an access token
#[utoipa::path(
    delete, path = "/api/v1/inboxes/{inbox}/tokens/{token}", tag = "inboxes",
    params(("inbox" = InboxId, Path), ("token" = ApiTokenId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn revoke_token(ctx: Ctx<CanRevoke>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(revoke(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
