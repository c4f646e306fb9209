//! What providers told: kept as it came, once, until it was understood.
//!
//! What must stay true: it is kept before it is answered; the same again changes nothing. What was understood keeps its
//! name and loses its bytes; what was not, and what could not be shown, keeps them for a month.

use crate::{
    access::{CanConnect, CanReplay},
    account::{self, Account},
    comment,
    take::TAKE,
    template,
};
use axum::{Json, http::StatusCode};
use base::{App, Ctx, Ms, Problem, Tx, refusal};
use channels::Item;
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, UpdateId, Uuid, WorkspaceId};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, time::Duration};
use utoipa::ToSchema;

/// A provider repeats what it told for a day or a week.
const KEPT_MS: Ms = 30 * 24 * 3_600_000;
const SWEEP: Duration = Duration::from_secs(3_600);
/// Of one look.
const LISTED: i64 = 100;
/// Of the raw text that is shown.
const RAW_CHARACTERS: usize = 4_000;

/// How an item proved itself.
#[derive(Clone, Copy)]
pub(crate) enum Proof {
    Secret,
    Signature,
    /// We asked for it.
    Asked,
}

impl Proof {
    fn as_str(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Signature => "signature",
            Self::Asked => "asked",
        }
    }
}

/// Something that a provider told and that was not understood.
#[derive(Serialize, ToSchema)]
pub struct FailedUpdate {
    pub id: UpdateId,
    pub at: i64,
    /// Why, for people who know the channel.
    pub failure: String,
    /// As it came; at most 4,000 characters of it.
    pub raw: String,
}

#[derive(Serialize, ToSchema)]
pub struct FailedUpdateList {
    /// Newest first; at most 100.
    pub items: Vec<FailedUpdate>,
}

/// Keeps the items of one delivery, each with the account that it names: several may share an address.
pub(crate) async fn store(tx: &mut Tx<'_>, account: &Account, items: Vec<Item>, proof: Proof) -> Result<(), Problem> {
    let mut ours = Vec::new();
    let mut others: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in items {
        match item.account.clone().filter(|named| !account.is_called(named)) {
            Some(named) => others.entry(named).or_default().push(item),
            None => ours.push(item),
        }
    }
    for (named, items) in others {
        match account::named(tx, account.adapter.name(), &named).await? {
            Some(other) if !other.polling => keep(tx, &other, items, proof).await?,
            _ => tracing::info!(inbox = %account.inbox, "a provider told of an account that no inbox has"),
        }
    }
    keep(tx, account, ours, proof).await
}

async fn keep(tx: &mut Tx<'_>, account: &Account, items: Vec<Item>, proof: Proof) -> Result<(), Problem> {
    for (step, item) in items.into_iter().enumerate() {
        // What has no name is the same when all of it is.
        let digest = || Sha256::digest(&item.body).iter().map(|byte| format!("{byte:02x}")).collect();
        let key = format!("{}:{}", account.id, item.key.clone().unwrap_or_else(digest));
        tx.put(
            sql!(
                "INSERT INTO messenger_updates (workspace_id, inbox_id, id, key, at, step, proof, body, state, due_at, \
                 tries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'new', $5, 0) ON CONFLICT DO NOTHING"
            ),
            params![
                tx.workspace,
                account.inbox,
                UpdateId(tx.uuid()),
                key,
                tx.now,
                step as i64,
                proof.as_str(),
                item.body
            ],
        )
        .await?;
    }
    account::note_in(tx, account).await?;
    tx.enqueue(&TAKE, &account.inbox, tx.now).await
}

/// How many of an inbox were not understood.
pub(crate) async fn failed(tx: &mut Tx<'_>, inbox: InboxId) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT count(*) AS failed FROM messenger_updates \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND state = 'failed'"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get("failed"))?)
}

async fn list(tx: &mut Tx<'_>, inbox: InboxId) -> Result<FailedUpdateList, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, at, failure, body FROM messenger_updates WHERE workspace_id = $1 AND inbox_id = $2 \
                 AND state = 'failed' ORDER BY at DESC, step DESC LIMIT $3"
            ),
            &params![tx.workspace, inbox, LISTED],
        )
        .await?;
    let items = rows.iter().map(|row| {
        let body: Vec<u8> = row.get("body")?;
        Ok(FailedUpdate {
            id: row.get("id")?,
            at: row.get("at")?,
            failure: row.get::<Option<String>>("failure")?.unwrap_or_default(),
            raw: String::from_utf8_lossy(&body).chars().take(RAW_CHARACTERS).collect(),
        })
    });
    Ok(FailedUpdateList { items: items.collect::<Result<_, db::Error>>()? })
}

async fn replay(tx: &mut Tx<'_>, CanReplay { inbox, update }: CanReplay) -> Result<(), Problem> {
    let again = tx
        .execute(
            sql!(
                "UPDATE messenger_updates SET state = 'new', due_at = $4, tries = 0, failure = NULL \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND id = $3 AND state = 'failed'"
            ),
            &params![tx.workspace, inbox, update, tx.now],
        )
        .await?;
    if again == 0 {
        return Err(refusal::NOT_FOUND.into());
    }
    tx.enqueue(&TAKE, &inbox, tx.now).await
}

pub(crate) fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        while !app.is_stopping() {
            if let Err(problem) = forget(&app).await {
                tracing::warn!(%problem, "failed to forget what providers told, it is tried again");
            }
            if let Err(problem) = comment::forget_old(&app).await {
                tracing::warn!(%problem, "failed to forget old answers to comments, it is tried again");
            }
            if let Err(problem) = template::refresh_old(&app).await {
                tracing::warn!(%problem, "failed to look for old templates, it is tried again");
            }
            tokio::time::sleep(SWEEP).await;
        }
    })
}

async fn forget(app: &App) -> Result<(), Problem> {
    let before = app.clock.now() - KEPT_MS;
    app.write(WorkspaceId(Uuid::nil()), move |tx| {
        Box::pin(async move {
            tx.put(sql!("DELETE FROM messenger_updates WHERE at < $1"), params![before]).await?;
            Ok(())
        })
    })
    .await
}

/// List what a provider told and was not understood
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/failed-updates", tag = "messengers", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = FailedUpdateList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_failed_updates(ctx: Ctx<CanConnect>) -> Result<Json<FailedUpdateList>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { list(tx, permit.id).await })).await.map(Json)
}

/// Read again what a provider told
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/failed-updates/{update}/replay", tag = "messengers",
    params(("inbox" = InboxId, Path), ("update" = UpdateId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn replay_update(ctx: Ctx<CanReplay>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(replay(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
