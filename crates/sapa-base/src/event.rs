//! Events: what changed, who may hear of it, and how it looks to each of them.
//!
//! An event is written by the transaction of its change. Who may see it is asked again at every delivery, live
//! or resumed, with the caller as he is then; the feature that owns the kind answers.

use crate::{MemberCaller, VisitorCaller};
use ids::{ContactId, Uuid, VisitorId};
use serde::{Deserialize, Serialize};
use std::{any::Any, sync::Arc};

/// What one listener gets of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Hidden,
    /// The thing left the listener's sight: the event of [`Audience::gone`] instead.
    Gone,
    /// The event as it is; the number picks the variant of [`Audience::envelope`].
    Whole(u16),
    /// The listener's socket ends with this code: his rights are no longer what they were.
    Close(u16),
}

/// Who may see an event of one kind. Built from the facts that the change wrote beside the event.
pub trait Audience: Send + Sync + Any {
    /// The thing it is about: when a client resumes, the newest facts of a thing decide for all its events.
    fn subject(&self) -> Option<Uuid> {
        None
    }

    fn member(&self, member: &MemberCaller) -> View;

    /// The one contact whose visitors may hear of it.
    fn contact(&self) -> Option<ContactId> {
        None
    }

    /// Whether any visitor may hear of it. They are many: only what is rare is about all of them.
    fn every_visitor(&self) -> bool {
        false
    }

    fn visitor(&self, _visitor: &VisitorCaller) -> View {
        View::Hidden
    }

    /// More members of the frame for a variant of [`View::Whole`], for example `,"can":["reply"]`.
    fn envelope(&self, _variant: u16) -> String {
        String::new()
    }

    /// The kind and data that tell of a [`View::Gone`].
    fn gone(&self) -> Option<(&'static str, String)> {
        None
    }

    /// The kind and data in the visitor's shape, made from the stored data.
    fn visitor_payload(&self, _payload: &str) -> Option<(&'static str, String)> {
        None
    }

    /// The kind and data that tell a visitor of a [`View::Gone`]; nothing: he is not told.
    fn visitor_gone(&self) -> Option<(&'static str, String)> {
        None
    }

    /// Whether a visitor who resumes over it is told that the thing is gone, though it is his now: what he has of it is
    /// not what it was before.
    fn renews(&self) -> bool {
        false
    }

    /// Whether the event changes what callers may do, so that remembered callers must be forgotten.
    fn changes_rights(&self) -> bool {
        false
    }

    /// The one visitor whose rights the event changes, when it changes nobody else's.
    fn changes_visitor(&self) -> Option<VisitorId> {
        None
    }
}

/// A kind of event: its stable name, and how its stored facts become an [`Audience`].
#[derive(Clone, Copy)]
pub struct EventKind {
    pub name: &'static str,
    pub audience: fn(&str) -> Result<Arc<dyn Audience>, serde_json::Error>,
}

/// An event before its commit.
pub struct NewEvent {
    pub kind: &'static EventKind,
    pub audience: Arc<dyn Audience>,
    /// The facts of the audience, as JSON.
    pub facts: String,
    /// The data, as JSON.
    pub payload: String,
}

/// An event after its commit.
pub struct Event {
    pub position: i64,
    pub kind: &'static str,
    pub audience: Arc<dyn Audience>,
    pub payload: String,
}

/// The plainest audience: every member of the workspace.
#[derive(Default, Serialize, Deserialize)]
pub struct WholeWorkspace {
    /// What remembered callers carry changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rights: bool,
}

impl WholeWorkspace {
    pub fn parse(facts: &str) -> Result<Arc<dyn Audience>, serde_json::Error> {
        Ok(Arc::new(serde_json::from_str::<Self>(facts)?))
    }
}

impl Audience for WholeWorkspace {
    fn member(&self, _member: &MemberCaller) -> View {
        View::Whole(0)
    }

    fn changes_rights(&self) -> bool {
        self.rights
    }
}

impl NewEvent {
    /// An event whose audience is its own facts.
    pub fn new<A, P>(kind: &'static EventKind, audience: A, payload: &P) -> Result<Self, serde_json::Error>
    where
        A: Audience + Serialize,
        P: Serialize,
    {
        let facts = serde_json::to_string(&audience)?;
        Ok(Self { kind, audience: Arc::new(audience), facts, payload: serde_json::to_string(payload)? })
    }
}
