//! Erasing a person: what is known of him, how he is reached, and all that was ever said with him.
//!
//! What must stay true: it is one decision, and nothing of it is put back; what is erased in portions afterwards is hidden
//! from that moment on. What stays says that there was somebody, by ids and times: a record, a line of the audit log, and
//! what is left of erased conversations. Whoever writes again is somebody new.

use crate::{access::CanSee, event, note};
use axum::{Json, http::StatusCode};
use base::{Audited, Caller, Ctx, MemberCaller, Permit, Problem, Right, Scope, Tx, refusal};
use contacts::{By, RecordKind};
use conversations::{Facts, Said, erase_with, facts_of_contact, said_with};
use db::{params, sql};
use ids::ContactId;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What would go with a person.
#[derive(Serialize, ToSchema)]
pub struct ContactErasure {
    pub said: Said,
    pub notes: usize,
    /// Ways by which he is reached.
    pub identities: i64,
}

/// May erase people: who may delete every conversation and write about every contact.
pub struct CanErase {
    member: Arc<MemberCaller>,
    contact: ContactId,
    version: i64,
    his: Vec<Facts>,
}

impl Permit for CanErase {
    type Target = ContactId;

    async fn grant(caller: &Caller, target: ContactId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanSee { member, known, .. } = CanSee::grant(caller, target, tx).await?;
        let rights = [Right::CONVERSATION_DELETE, Right::CONTACT_EDIT, Right::CONTACT_VIEW];
        if rights.iter().any(|right| member.scope(*right) != Scope::All) {
            return Err(refusal::FORBIDDEN.into());
        }
        let his = facts_of_contact(tx, known.id).await?;
        Ok(Self { member, contact: known.id, version: known.version, his })
    }
}

async fn extent(tx: &mut Tx<'_>, contact: ContactId) -> Result<ContactErasure, Problem> {
    let mut identities = 0;
    for one in contacts::all_of(tx, contact).await? {
        let counted = sql!("SELECT COUNT(*) AS n FROM identities WHERE workspace_id = $1 AND contact_id = $2");
        let row = tx.first(counted, &params![tx.workspace, one]).await?;
        identities += row.map_or(Ok(0), |row| row.get::<i64>("n"))?;
    }
    let notes = note::of_contact(tx, contact).await?.len();
    Ok(ContactErasure { said: said_with(tx, contact).await?, notes, identities })
}

async fn erase(tx: &mut Tx<'_>, permit: CanErase) -> Result<(), Problem> {
    let CanErase { member, contact, version, his } = permit;
    // Whoever writes to us meanwhile waits, and is somebody new.
    let known = contacts::lock_whole(tx, contact).await?.ok_or(refusal::NOT_FOUND)?;
    let all = contacts::all_of(tx, known.id).await?;
    event::updated(tx, known.id, version, his).await?;
    for one in &all {
        contacts::lock(tx, *one).await?;
    }
    for one in all {
        for inbox in erase_with(tx, one, &member).await? {
            event::moved(tx, inbox, one)?;
        }
        contacts::erase(tx, one).await?;
    }
    contacts::record(tx, RecordKind::Erased, known.id, None, By::member(&member)).await?;
    tx.audit(Audited::done("contact", "erased", known.id, &known.id.to_string()));
    Ok(())
}

/// Count what would go with a person
#[utoipa::path(
    get, path = "/api/v1/contacts/{contact}/erasure", tag = "contacts", params(("contact" = ContactId, Path)),
    responses((status = 200, body = ContactErasure), (status = "default", body = base::ProblemBody))
)]
pub async fn preview_contact_erasure(ctx: Ctx<CanErase>) -> Result<Json<ContactErasure>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { extent(tx, permit.contact).await })).await.map(Json)
}

/// Erase a person
///
/// What is known of him and was said with him, for good.
#[utoipa::path(
    put, path = "/api/v1/contacts/{contact}/erasure", tag = "contacts", params(("contact" = ContactId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn erase_contact(ctx: Ctx<CanErase>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(erase(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
