//! The events of quick replies.

use crate::{QuickReply, QuickReplyCan, QuickReplyScope, access, placeholder::Placeholder};
use base::{Audience, EventKind, EventShape, Listeners, MemberCaller, NewEvent, Tx, View};
use ids::{QuickReplyId, Uuid};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

/// A quick reply is new, changed or deleted.
pub static UPDATED: EventKind = EventKind { name: "quick_reply.updated", audience: parse };

/// Somebody inserted one.
pub static USED: EventKind = EventKind { name: "quick_reply.used", audience: parse };

const CAN: &[(&str, &str)] = &[("can", "QuickReplyCan")];

/// How they look on the wire.
pub(crate) const SHAPES: &[EventShape] = &[
    EventShape { kind: "quick_reply.updated", schema: "QuickReplyUpdated", lists: CAN, to: Listeners::Members },
    EventShape { kind: "quick_reply.gone", schema: "QuickReplyGone", lists: &[], to: Listeners::Members },
    EventShape { kind: "quick_reply.used", schema: "QuickReplyUsed", lists: CAN, to: Listeners::Members },
];

/// Their data's schemas, and the one that no request names.
#[derive(OpenApi)]
#[openapi(components(schemas(QuickReplyUpdated, QuickReplyGone, QuickReplyUsed, Placeholder)))]
pub(crate) struct Schemas;

#[derive(Serialize, Deserialize, ToSchema)]
pub struct QuickReplyUpdated {
    pub quick_reply: QuickReply,
}

/// It is deleted, or no longer the listener's to use.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct QuickReplyGone {
    pub quick_reply_id: QuickReplyId,
}

/// How often it was inserted until now. Small, because it is told often.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct QuickReplyUsed {
    pub quick_reply_id: QuickReplyId,
    pub uses: i64,
    pub last_used_at: i64,
}

/// What decides who hears of a quick reply.
#[derive(Serialize, Deserialize)]
struct Facts {
    quick_reply: QuickReplyId,
    /// None when it is deleted.
    scope: Option<QuickReplyScope>,
    /// The scope before: who could use it then must hear that it is gone.
    was: Option<QuickReplyScope>,
}

fn parse(facts: &str) -> Result<Arc<dyn Audience>, serde_json::Error> {
    Ok(Arc::new(serde_json::from_str::<Facts>(facts)?))
}

const MANAGES: u16 = 1;

impl Audience for Facts {
    fn subject(&self) -> Option<Uuid> {
        Some(self.quick_reply.0)
    }

    fn member(&self, member: &MemberCaller) -> View {
        match (self.scope, self.was) {
            (Some(scope), _) if access::manages(member, scope) => View::Whole(MANAGES),
            (Some(scope), _) if access::sees(member, scope) => View::Whole(0),
            (_, Some(was)) if access::sees(member, was) => View::Gone,
            _ => View::Hidden,
        }
    }

    fn envelope(&self, variant: u16) -> String {
        let can: &[QuickReplyCan] = if variant == MANAGES { &[QuickReplyCan::Manage] } else { &[] };
        format!(r#","can":{}"#, serde_json::to_string(can).unwrap_or_default())
    }

    fn gone(&self) -> Option<(&'static str, String)> {
        let gone = QuickReplyGone { quick_reply_id: self.quick_reply };
        Some(("quick_reply.gone", serde_json::to_string(&gone).ok()?))
    }
}

/// Tells of a quick reply as it is now.
pub(crate) fn updated(
    tx: &mut Tx<'_>,
    quick_reply: &QuickReply,
    was: Option<QuickReplyScope>,
) -> Result<(), serde_json::Error> {
    let facts = Facts { quick_reply: quick_reply.id, scope: Some(quick_reply.scope), was };
    let payload = QuickReplyUpdated { quick_reply: quick_reply.clone() };
    tx.emit(NewEvent::new(&UPDATED, facts, &payload)?);
    Ok(())
}

/// Tells that it is no more.
pub(crate) fn deleted(tx: &mut Tx<'_>, quick_reply: &QuickReply) -> Result<(), serde_json::Error> {
    let facts = Facts { quick_reply: quick_reply.id, scope: None, was: Some(quick_reply.scope) };
    tx.emit(NewEvent::new(&UPDATED, facts, &QuickReplyGone { quick_reply_id: quick_reply.id })?);
    Ok(())
}

pub(crate) fn used(tx: &mut Tx<'_>, scope: QuickReplyScope, payload: &QuickReplyUsed) -> Result<(), serde_json::Error> {
    let facts = Facts { quick_reply: payload.quick_reply_id, scope: Some(scope), was: Some(scope) };
    tx.emit(NewEvent::new(&USED, facts, payload)?);
    Ok(())
}
