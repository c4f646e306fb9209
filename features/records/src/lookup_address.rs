//! Whom a type asks for what there is of a contact outside, and how that system knows that it is us: one secret, which
//! signs by the Standard Webhooks specification (decision 15).
//!
//! What must stay true: the secret is shown to whoever declares types and is signed in, and is kept while the address
//! changes.

use crate::{RECORD_LOOKUP_URL_INVALID, event, record_type};
use axum::Json;
use base::{Audited, Body, Caller, Ctx, Permit, Problem, Right, Tx, refusal};
use db::{params, sql};
use ids::RecordTypeId;
use outbound::{Secret, Target};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const URL_CHARACTERS: usize = 2_000;

#[derive(Serialize, ToSchema)]
pub struct RecordLookupAddress {
    /// `null`: nobody is asked.
    pub url: Option<String>,
    /// `whsec_` and base64; `null` until there was an address.
    pub secret: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutRecordLookupAddress {
    /// `https://`; empty: nobody is asked.
    pub url: String,
}

/// May say who is asked. A program does not get to hold the secret.
pub struct CanConnect(RecordTypeId);

impl Permit for CanConnect {
    type Target = RecordTypeId;

    async fn grant(caller: &Caller, target: RecordTypeId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?;
        member.must_hold(Right::WORKSPACE_MANAGE)?;
        member.must_be_signed_in()?;
        record_type::find(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        Ok(Self(target))
    }
}

pub async fn address(tx: &mut Tx<'_>, id: RecordTypeId) -> Result<RecordLookupAddress, Problem> {
    let row = tx
        .first(
            sql!("SELECT lookup_url, secret FROM record_types WHERE workspace_id = $1 AND id = $2"),
            &params![tx.workspace, id],
        )
        .await?
        .ok_or(refusal::NOT_FOUND)?;
    Ok(RecordLookupAddress { url: row.get("lookup_url")?, secret: row.get("secret")? })
}

async fn put(tx: &mut Tx<'_>, id: RecordTypeId, asked: &str) -> Result<RecordLookupAddress, Problem> {
    let before = address(tx, id).await?;
    let text = asked.trim();
    let url = (!text.is_empty()).then(|| text.to_owned());
    if let Some(url) = &url {
        let target = Target::parse(url).filter(|target| tx.app().outbound.allows(target));
        target.ok_or_else(|| RECORD_LOOKUP_URL_INVALID.with("max", URL_CHARACTERS))?;
    }
    if url == before.url {
        return Ok(before);
    }
    let secret = before.secret.unwrap_or_else(|| Secret::new(tx.app().random.bytes()).reveal());
    tx.put(
        sql!("UPDATE record_types SET lookup_url = $3, secret = $4 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, url.clone(), secret.clone()],
    )
    .await?;
    // What another system said is not what this one says.
    tx.put(sql!("DELETE FROM record_lookups WHERE workspace_id = $1 AND type_id = $2"), params![tx.workspace, id])
        .await?;
    let name = record_type::find(tx, id).await?.map(|of| of.name).unwrap_or_default();
    let action = if url.is_some() { "lookup_connected" } else { "lookup_disconnected" };
    tx.audit(Audited::done("record_type", action, id, &name));
    event::type_updated(tx)?;
    Ok(RecordLookupAddress { url, secret: Some(secret) })
}

/// Show whom a type of records asks outside
#[utoipa::path(
    get, path = "/api/v1/record-types/{record_type}/lookup", tag = "records",
    params(("record_type" = RecordTypeId, Path)),
    responses((status = 200, body = RecordLookupAddress), (status = "default", body = base::ProblemBody))
)]
pub async fn show_record_lookup(ctx: Ctx<CanConnect>) -> Result<Json<RecordLookupAddress>, Problem> {
    ctx.read(|tx, CanConnect(id)| Box::pin(address(tx, id))).await.map(Json)
}

/// Say whom a type of records asks outside
#[utoipa::path(
    put, path = "/api/v1/record-types/{record_type}/lookup", tag = "records",
    params(("record_type" = RecordTypeId, Path)), request_body = PutRecordLookupAddress,
    responses((status = 200, body = RecordLookupAddress), (status = "default", body = base::ProblemBody))
)]
pub async fn put_record_lookup(
    ctx: Ctx<CanConnect>,
    Body(asked): Body<PutRecordLookupAddress>,
) -> Result<Json<RecordLookupAddress>, Problem> {
    ctx.write(|tx, CanConnect(id)| Box::pin(async move { put(tx, id, &asked.url).await })).await.map(Json)
}
