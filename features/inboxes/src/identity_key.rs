//! The key with which a website's own server signs who a visitor is.
//!
//! What must stay true: the key is shown to those who manage inboxes only; after it is replaced the old one counts
//! along for a day, so that nobody has to change both sides at once; when it is removed, what it proved opens nothing
//! more.

use crate::{
    Channel, event,
    inbox::{self, CanManage},
};
use axum::{Json, http::StatusCode};
use base::{Caller, Ctx, Ms, Permit, Problem, Token, Tx, refusal};
use db::{params, sql};
use ids::InboxId;
use serde::Serialize;
use utoipa::ToSchema;

/// Tells whoever finds one in a log or a repository what it is.
const PREFIX: &str = "sapa_id_";
const OLD_KEY_MS: Ms = 24 * 3_600_000;

#[derive(Serialize, ToSchema)]
pub struct IdentityKey {
    /// Its characters are the key, as they are. `null`: there is none, and nobody proves who he is.
    pub key: Option<String>,
    /// The one before counts along until then.
    pub old_key_until: Option<i64>,
}

/// May see and change with what a website signs.
pub struct CanSign(InboxId);

impl Permit for CanSign {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanManage { id, channel } = CanManage::grant(caller, target, tx).await?;
        if channel != Channel::Website {
            return Err(refusal::NOT_FOUND.into());
        }
        // Whoever holds the key is any contact: a program does not get it.
        caller.member()?.must_be_signed_in()?;
        Ok(Self(id))
    }
}

/// Makes the key, or another one. Of the ones before it only the last counts along.
async fn replace(tx: &mut Tx<'_>, inbox: InboxId) -> Result<IdentityKey, Problem> {
    let key = format!("{PREFIX}{}", Token::new(&tx.app().random).reveal());
    tx.put(
        sql!(
            "INSERT INTO identity_keys (workspace_id, inbox_id, key, made_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (workspace_id, inbox_id) DO UPDATE SET old_key = identity_keys.key, old_key_until = $5, \
             key = excluded.key"
        ),
        params![tx.workspace, inbox, key, tx.now, tx.now + OLD_KEY_MS],
    )
    .await?;
    inbox::note(tx, inbox, "identity_key_replaced").await?;
    show(tx, inbox).await
}

async fn show(tx: &mut Tx<'_>, inbox: InboxId) -> Result<IdentityKey, Problem> {
    let row = tx
        .first(
            sql!("SELECT key, old_key_until FROM identity_keys WHERE workspace_id = $1 AND inbox_id = $2"),
            &params![tx.workspace, inbox],
        )
        .await?;
    let Some(row) = row else { return Ok(IdentityKey { key: None, old_key_until: None }) };
    let until = row.get::<Option<Ms>>("old_key_until")?.filter(|until| *until > tx.now);
    Ok(IdentityKey { key: Some(row.get("key")?), old_key_until: until })
}

/// The keys with which a website may sign now; none: nobody proves who he is.
pub async fn identity_keys(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Vec<String>, Problem> {
    let row = tx
        .first(
            sql!("SELECT key, old_key, old_key_until FROM identity_keys WHERE workspace_id = $1 AND inbox_id = $2"),
            &params![tx.workspace, inbox],
        )
        .await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let old = row.get::<Option<Ms>>("old_key_until")?.is_some_and(|until| until > tx.now);
    let keys = [Some(row.get::<String>("key")?), row.get::<Option<String>>("old_key")?.filter(|_| old)];
    Ok(keys.into_iter().flatten().collect())
}

async fn remove(tx: &mut Tx<'_>, inbox: InboxId) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM identity_keys WHERE workspace_id = $1 AND inbox_id = $2"), params![tx.workspace, inbox])
        .await?;
    inbox::note(tx, inbox, "identity_key_removed").await?;
    // Whoever was proven by it is forgotten with this event.
    event::updated(tx, inbox).await?;
    Ok(())
}

/// Show an inbox's identity key
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/identity-key", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = IdentityKey), (status = "default", body = base::ProblemBody))
)]
pub async fn show_identity_key(ctx: Ctx<CanSign>) -> Result<Json<IdentityKey>, Problem> {
    ctx.read(|tx, CanSign(inbox)| Box::pin(async move { show(tx, inbox).await })).await.map(Json)
}

/// Make or replace an inbox's identity key
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/identity-key", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = IdentityKey), (status = "default", body = base::ProblemBody))
)]
pub async fn replace_identity_key(ctx: Ctx<CanSign>) -> Result<Json<IdentityKey>, Problem> {
    ctx.write(|tx, CanSign(inbox)| Box::pin(async move { replace(tx, inbox).await })).await.map(Json)
}

/// Remove an inbox's identity key
///
/// Visitors who were proven by it begin anew.
#[utoipa::path(
    delete, path = "/api/v1/inboxes/{inbox}/identity-key", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_identity_key(ctx: Ctx<CanSign>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanSign(inbox)| Box::pin(async move { remove(tx, inbox).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}
