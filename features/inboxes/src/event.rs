//! The events of inboxes.

use crate::{Counters, Inbox, inbox};
use base::{Audience, EventKind, EventShape, Listeners, MemberCaller, NewEvent, Problem, Tx, View};
use ids::InboxId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

/// An inbox is new or changed.
pub static UPDATED: EventKind = EventKind { name: "inbox.updated", audience: parse };

/// An inbox's counters moved.
pub static COUNTERS: EventKind = EventKind { name: "inbox.counters", audience: parse };

/// How they look on the wire.
pub(crate) const SHAPES: &[EventShape] = &[
    EventShape { kind: "inbox.updated", schema: "InboxUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "inbox.counters", schema: "Counters", lists: &[], to: Listeners::Members },
];

/// Their data's schemas.
#[derive(OpenApi)]
#[openapi(components(schemas(InboxUpdated, Counters)))]
pub(crate) struct Schemas;

#[derive(Serialize, Deserialize, ToSchema)]
pub struct InboxUpdated {
    pub inbox: Inbox,
}

/// Who sees an inbox.
#[derive(Serialize, Deserialize)]
struct OfInbox {
    inbox: InboxId,
    /// Whether visitors' rights may have changed: remembered ones carry whether their inbox takes messages.
    #[serde(default)]
    settings: bool,
}

fn parse(facts: &str) -> Result<Arc<dyn Audience>, serde_json::Error> {
    Ok(Arc::new(serde_json::from_str::<OfInbox>(facts)?))
}

impl Audience for OfInbox {
    fn member(&self, member: &MemberCaller) -> View {
        if inbox::sees_all(member) || member.works_in(self.inbox) { View::Whole(0) } else { View::Hidden }
    }

    fn changes_rights(&self) -> bool {
        self.settings
    }
}

/// Tells of an inbox as it is now, and answers it.
pub(crate) async fn updated(tx: &mut Tx<'_>, id: InboxId) -> Result<Inbox, Problem> {
    let inbox = inbox::find(tx, id).await?.ok_or(base::refusal::NOT_FOUND)?;
    let payload = InboxUpdated { inbox: inbox.clone() };
    tx.emit(NewEvent::new(&UPDATED, OfInbox { inbox: id, settings: true }, &payload)?);
    Ok(inbox)
}

pub(crate) fn counters(counters: Counters) -> Result<NewEvent, serde_json::Error> {
    NewEvent::new(&COUNTERS, OfInbox { inbox: counters.inbox_id, settings: false }, &counters)
}
