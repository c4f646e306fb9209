//! The events of records: one changed, and what the workspace keeps records of. Neither holds any of it: whoever hears of
//! it asks, and is answered as he may see it then.

use crate::{access::views, record::Record};
use base::{Audience, EventKind, EventShape, Listeners, MemberCaller, NewEvent, Problem, Tx, View, WholeWorkspace};
use conversations::Facts;
use ids::{ContactId, RecordId, Uuid};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

pub static UPDATED: EventKind =
    EventKind { name: "record.updated", audience: |facts| Ok(Arc::new(serde_json::from_str::<OfRecord>(facts)?)) };

pub static TYPE_UPDATED: EventKind = EventKind { name: "record_types.changed", audience: WholeWorkspace::parse };

/// How they look on the wire.
pub const SHAPES: &[EventShape] = &[
    EventShape { kind: "record.updated", schema: "RecordUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "record_types.changed", schema: "RecordTypesChanged", lists: &[], to: Listeners::Members },
];

/// Their data's schemas.
#[derive(OpenApi)]
#[openapi(components(schemas(RecordUpdated, RecordTypesChanged)))]
pub struct Schemas;

#[derive(Serialize, ToSchema)]
pub struct RecordUpdated {
    pub record_id: RecordId,
    /// Its contact, under each id by which he may be on screen.
    pub contact_ids: Vec<ContactId>,
    pub version: i64,
}

/// Whoever shows them asks again.
#[derive(Serialize, ToSchema)]
pub struct RecordTypesChanged {}

/// Who sees the record.
#[derive(Serialize, Deserialize)]
struct OfRecord {
    record: RecordId,
    conversations: Vec<Facts>,
}

impl Audience for OfRecord {
    fn subject(&self) -> Option<Uuid> {
        Some(self.record.0)
    }

    fn member(&self, member: &MemberCaller) -> View {
        if views(member, &self.conversations) { View::Whole(0) } else { View::Hidden }
    }
}

/// Tells that a record changed. `his`: what decides who sees it.
pub async fn updated(tx: &mut Tx<'_>, record: &Record, his: Vec<Facts>) -> Result<(), Problem> {
    let contact_ids = contacts::all_of(tx, record.contact_id).await?;
    let told = RecordUpdated { record_id: record.id, contact_ids, version: record.version };
    tx.emit(NewEvent::new(&UPDATED, OfRecord { record: record.id, conversations: his }, &told)?);
    Ok(())
}

pub fn type_updated(tx: &mut Tx<'_>) -> Result<(), serde_json::Error> {
    tx.emit(NewEvent::new(&TYPE_UPDATED, WholeWorkspace::default(), &RecordTypesChanged {})?);
    Ok(())
}
