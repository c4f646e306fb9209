//! The events of contacts: what is known of one changed, and what the workspace wants to know. The first holds none of
//! it: whoever hears of it asks, and is answered as he may see him then.

use crate::{Attribute, access::sees};
use base::{
    Audience, EventKind, EventShape, Listeners, MemberCaller, NewEvent, Problem, Tx, View, VisitorCaller,
    WholeWorkspace, stream::close::RIGHTS_CHANGED,
};
use conversations::Facts;
use ids::{ContactId, InboxId, Uuid};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

pub static UPDATED: EventKind =
    EventKind { name: "contact.updated", audience: |facts| Ok(Arc::new(serde_json::from_str::<OfContact>(facts)?)) };

pub static ATTRIBUTE_UPDATED: EventKind =
    EventKind { name: "contact_attribute.updated", audience: WholeWorkspace::parse };

/// What is shown of the data of pages.
pub static DATA_FIELDS_CHANGED: EventKind = EventKind { name: "data_fields.changed", audience: WholeWorkspace::parse };

/// What a visitor's browser has of a conversation is another contact's: his socket comes anew.
pub static MOVED: EventKind =
    EventKind { name: "visitor.moved", audience: |facts| Ok(Arc::new(serde_json::from_str::<VisitorsOf>(facts)?)) };

/// How they look on the wire.
pub const SHAPES: &[EventShape] = &[
    EventShape { kind: "contact.updated", schema: "ContactUpdated", lists: &[], to: Listeners::Members },
    EventShape {
        kind: "contact_attribute.updated",
        schema: "ContactAttributeUpdated",
        lists: &[],
        to: Listeners::Members,
    },
    EventShape { kind: "data_fields.changed", schema: "DataFieldsChanged", lists: &[], to: Listeners::Members },
];

/// Their data's schemas, and those that only a query or a map names.
#[derive(OpenApi)]
#[openapi(components(schemas(
    ContactUpdated,
    ContactAttributeUpdated,
    DataFieldsChanged,
    contacts::ContactField,
    crate::list::ContactSort,
    crate::list::ContactHas,
    contacts::RecordKind,
    crate::export::ExportFormat
)))]
pub struct Schemas;

#[derive(Serialize, ToSchema)]
pub struct ContactUpdated {
    pub contact_id: ContactId,
    /// Of what the team wrote.
    pub version: i64,
}

#[derive(Serialize, ToSchema)]
pub struct ContactAttributeUpdated {
    pub attribute: Attribute,
}

/// Whoever shows it asks again.
#[derive(Serialize, ToSchema)]
pub struct DataFieldsChanged {}

/// Who sees the contact.
#[derive(Serialize, Deserialize)]
struct OfContact {
    contact: ContactId,
    conversations: Vec<Facts>,
}

impl Audience for OfContact {
    fn subject(&self) -> Option<Uuid> {
        Some(self.contact.0)
    }

    fn member(&self, member: &MemberCaller) -> View {
        if sees(member, &self.conversations) { View::Whole(0) } else { View::Hidden }
    }
}

/// The visitors who were this contact in an inbox.
#[derive(Serialize, Deserialize)]
struct VisitorsOf {
    inbox: InboxId,
    contact: ContactId,
}

impl Audience for VisitorsOf {
    fn member(&self, _member: &MemberCaller) -> View {
        View::Hidden
    }

    fn contact(&self) -> Option<ContactId> {
        Some(self.contact)
    }

    fn visitor(&self, visitor: &VisitorCaller) -> View {
        let his = visitor.contact == self.contact && visitor.inbox == self.inbox;
        if his { View::Close(RIGHTS_CHANGED) } else { View::Hidden }
    }

    fn changes_rights(&self) -> bool {
        true
    }
}

pub fn moved(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<(), serde_json::Error> {
    tx.emit(NewEvent::new(&MOVED, VisitorsOf { inbox, contact }, &())?);
    Ok(())
}

/// Tells that what is known of a contact changed, under each id by which he may be on screen.
pub async fn updated(tx: &mut Tx<'_>, contact: ContactId, version: i64, his: Vec<Facts>) -> Result<(), Problem> {
    for contact in contacts::all_of(tx, contact).await? {
        let facts = OfContact { contact, conversations: his.clone() };
        tx.emit(NewEvent::new(&UPDATED, facts, &ContactUpdated { contact_id: contact, version })?);
    }
    Ok(())
}

pub fn attribute_updated(tx: &mut Tx<'_>, attribute: &Attribute) -> Result<(), serde_json::Error> {
    let told = ContactAttributeUpdated { attribute: attribute.clone() };
    tx.emit(NewEvent::new(&ATTRIBUTE_UPDATED, WholeWorkspace::default(), &told)?);
    Ok(())
}

pub fn data_fields_changed(tx: &mut Tx<'_>) -> Result<(), serde_json::Error> {
    tx.emit(NewEvent::new(&DATA_FIELDS_CHANGED, WholeWorkspace::default(), &DataFieldsChanged {})?);
    Ok(())
}
