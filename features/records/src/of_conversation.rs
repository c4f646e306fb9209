//! The records beside a conversation: those of its contact, and those that belong to it.

use crate::{
    access::edits,
    record::{Record, columns},
    record_type,
};
use axum::Json;
use base::{Caller, Ctx, Permit, Problem, Right, Tx};
use conversations::{CanRead, Thread};
use db::{params, sql};
use ids::{ContactId, ConversationId};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Beside a conversation; the rest is in the list of records.
const SHOWN: i64 = 50;

#[derive(Serialize, ToSchema)]
pub struct ConversationRecord {
    pub record: Record,
    /// It belongs to this conversation, and not only to its contact.
    pub bound: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ConversationRecords {
    /// Newest first, at most 50.
    pub items: Vec<ConversationRecord>,
    /// There are others.
    pub more: bool,
    /// The member may make records here, and say which belong to the conversation.
    pub can_edit: bool,
}

/// May see the conversation, and records.
pub struct CanReadRecords {
    thread: Thread,
    can_edit: bool,
}

impl Permit for CanReadRecords {
    type Target = ConversationId;

    async fn grant(caller: &Caller, target: ConversationId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanRead { member, thread, .. } = CanRead::grant(caller, target, tx).await?;
        member.must_hold(Right::RECORD_VIEW)?;
        Ok(Self { can_edit: edits(&member, &[thread.facts()]), thread })
    }
}

async fn of_contact(tx: &mut Tx<'_>, contact: ContactId, found: &mut BTreeMap<Key, Record>) -> Result<(), Problem> {
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT ",
                columns!(),
                " FROM records r WHERE r.workspace_id = $1 AND r.contact_id = $2 \
                 ORDER BY r.created_at DESC, r.id DESC LIMIT $3"
            )),
            &params![tx.workspace, contact, SHOWN + 1],
        )
        .await?;
    for row in &rows {
        let record = Record::from_row(row)?;
        found.insert((record.created_at, record.id.0), record);
    }
    Ok(())
}

/// By which they are in order.
type Key = (i64, ids::Uuid);

async fn list(tx: &mut Tx<'_>, permit: CanReadRecords) -> Result<ConversationRecords, Problem> {
    let CanReadRecords { thread, can_edit } = permit;
    let mut found = BTreeMap::new();
    for contact in contacts::all_of(tx, thread.conversation.contact.id).await? {
        of_contact(tx, contact, &mut found).await?;
    }
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT ",
                columns!(),
                " FROM record_conversations b JOIN records r ON r.workspace_id = b.workspace_id \
                 AND r.id = b.record_id WHERE b.workspace_id = $1 AND b.conversation_id = $2 \
                 ORDER BY b.record_id DESC LIMIT $3"
            )),
            &params![tx.workspace, thread.conversation.id, SHOWN + 1],
        )
        .await?;
    let mut bound = Vec::new();
    for row in &rows {
        let record = Record::from_row(row)?;
        bound.push(record.id);
        found.insert((record.created_at, record.id.0), record);
    }
    let types = record_type::all(tx).await?;
    let more = found.len() as i64 > SHOWN;
    let items = found.into_values().rev().take(SHOWN as usize);
    let items =
        items.map(|record| ConversationRecord { bound: bound.contains(&record.id), record: record.of_type(&types) });
    Ok(ConversationRecords { items: items.collect(), more, can_edit })
}

/// List the records beside a conversation
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/records", tag = "records",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ConversationRecords), (status = "default", body = base::ProblemBody))
)]
pub async fn list_conversation_records(ctx: Ctx<CanReadRecords>) -> Result<Json<ConversationRecords>, Problem> {
    ctx.read(|tx, permit| Box::pin(list(tx, permit))).await.map(Json)
}
