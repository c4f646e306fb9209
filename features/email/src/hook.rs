//! Where a mail server of somebody's pushes whole mails: one address for each inbox.
//!
//! What must stay true: nothing is read before the signature over the body and its time was compared; what is signed for
//! another moment is refused; a mail is kept before it is answered.

use crate::{
    arrival::{Arrived, store},
    mailbox,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use base::{App, Problem, refusal};
use ids::{InboxId, Uuid, WorkspaceId};
use mail::Address;
use outbound::sign;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How far the other side's clock may be from ours.
const ASTRAY_S: i64 = 300;
const ID: &str = "webhook-id";
const TIME: &str = "webhook-timestamp";
const SIGNATURE: &str = "webhook-signature";
/// To whom the server brought it.
const RECIPIENT: &str = "x-sapa-recipient";

pub(crate) async fn take_in(
    State(app): State<App>,
    Path(inbox): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let inbox: InboxId = inbox.parse().map_err(|_| refusal::NOT_FOUND)?;
    let found = app.read(WorkspaceId(Uuid::nil()), move |tx| Box::pin(mailbox::anywhere(tx, inbox))).await?;
    let mailbox = found.ok_or(refusal::NOT_FOUND)?;
    let shown = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let secret = mailbox.hook_secret(&app).ok_or(refusal::UNAVAILABLE)?;
    let at: i64 = shown(TIME).parse().unwrap_or_default();
    let wanted = sign(&[secret], &shown(ID), at, &body);
    let signed = shown(SIGNATURE).split(' ').any(|one| bool::from(one.as_bytes().ct_eq(wanted.as_bytes())));
    if !signed || (at - app.clock.now() / 1_000).abs() > ASTRAY_S {
        tracing::info!(%inbox, "a mail without the right signature was refused");
        return Err(refusal::UNAUTHENTICATED.into());
    }
    if !mailbox.enabled {
        return Err(refusal::UNAVAILABLE.into());
    }
    let digest: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
    let recipient = Address::parse(&shown(RECIPIENT)).map(|address| address.address);
    let arrived = Arrived { key: format!("pushed:{digest}"), recipient, body: body.to_vec() };
    app.write(mailbox.workspace, move |tx| Box::pin(async move { store(tx, &mailbox, arrived).await })).await?;
    Ok(StatusCode::ACCEPTED)
}
