//! Where providers push what they tell: one address for each inbox.
//!
//! What must stay true: nothing is read before the secret was compared, in constant time; nothing but the storing happens
//! before the answer; whatever is inside, a body with the right secret is answered with success, so that the provider
//! does not repeat it for a day and then stop. An inbox that is switched off answers that it is not there now: the
//! provider keeps what it has for a while.

use crate::{
    account::{self, Account},
    update::{self, Proof},
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use base::{App, Problem, refusal};
use ids::{InboxId, Uuid, WorkspaceId};
use subtle::ConstantTimeEq;

/// Each provider's header with the secret that we gave it.
const SECRET: &str = "x-telegram-bot-api-secret-token";

pub(crate) async fn take_in(
    State(app): State<App>,
    Path(inbox): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let inbox: InboxId = inbox.parse().map_err(|_| refusal::NOT_FOUND)?;
    let found = app.read(WorkspaceId(Uuid::nil()), move |tx| Box::pin(account::anywhere(tx, inbox)));
    let account = found.await?.filter(|account| !account.polling).ok_or(refusal::NOT_FOUND)?;
    let shown = headers.get(SECRET).and_then(|secret| secret.to_str().ok()).unwrap_or_default();
    if !bool::from(account::hash(shown).ct_eq(&account.secret_hash)) {
        tracing::info!(%inbox, "a webhook without the right secret was refused");
        return Err(refusal::UNAUTHENTICATED.into());
    }
    if !account.enabled {
        return Err(refusal::UNAVAILABLE.into());
    }
    keep(&app, account, &body, Proof::Secret).await?;
    Ok(StatusCode::OK)
}

/// Durably, before anybody is answered.
pub(crate) async fn keep(app: &App, account: Account, body: &[u8], proof: Proof) -> Result<(), Problem> {
    let items = account.adapter.split(body);
    app.write(account.workspace, move |tx| Box::pin(async move { update::store(tx, &account, items, proof).await }))
        .await
}
