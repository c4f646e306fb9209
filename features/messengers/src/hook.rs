//! Where providers push what they tell: one address for each inbox.
//!
//! What must stay true: nothing is read before it proved itself, in constant time; nothing but the storing happens
//! before the answer; whatever is inside, a body that proves itself is answered with success, so that the provider
//! does not repeat it for a day and then stop. An inbox that is switched off answers that it is not there now: the
//! provider keeps what it has for a while.

use crate::{
    account::{self, Account},
    update::{self, Proof},
};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
};
use base::{App, Problem, refusal};
use channels::Delivery;
use ids::{InboxId, Uuid, WorkspaceId};
use std::collections::BTreeMap;
use subtle::ConstantTimeEq;

/// What providers push at once is smaller.
pub(crate) const BODY_BYTES: usize = 4 * 1024 * 1024;

async fn behind(app: &App, inbox: &str) -> Result<Account, Problem> {
    let inbox: InboxId = inbox.parse().map_err(|_| refusal::NOT_FOUND)?;
    let found = app.read(WorkspaceId(Uuid::nil()), move |tx| Box::pin(account::anywhere(tx, inbox)));
    found.await?.filter(|account| !account.polling).ok_or_else(|| refusal::NOT_FOUND.into())
}

pub(crate) async fn take_in(
    State(app): State<App>,
    Path(inbox): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let account = behind(&app, &inbox).await?;
    if !is_genuine(&account, &headers, &body, &account.proofs(&app)) {
        tracing::info!(%inbox, "a webhook that did not prove itself was refused");
        return Err(refusal::UNAUTHENTICATED.into());
    }
    if !account.enabled {
        return Err(refusal::UNAVAILABLE.into());
    }
    let proof = if account.signs() { Proof::Signature } else { Proof::Secret };
    let items = account.adapter.split(&body);
    app.write(account.workspace, move |tx| Box::pin(async move { update::store(tx, &account, items, proof).await }))
        .await?;
    Ok(StatusCode::OK)
}

fn is_genuine(account: &Account, headers: &HeaderMap, body: &[u8], proofs: &[Vec<u8>]) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    account.adapter.is_genuine(&Delivery { headers: &header, body }, proofs)
}

/// The provider looks whether the address is ours: the word that we gave it is shown, and nothing else is told.
pub(crate) async fn look(
    State(app): State<App>,
    Path(inbox): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<String, Problem> {
    let account = behind(&app, &inbox).await?;
    let handshake = account.adapter.handshake(&query).ok_or(refusal::NOT_FOUND)?;
    let right = account::hash(&handshake.shown).ct_eq(&account.secret_hash);
    if bool::from(right) { Ok(handshake.answer) } else { Err(refusal::FORBIDDEN.into()) }
}
