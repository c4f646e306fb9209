//! The events of conversations, and how each listener gets them.

use crate::{
    Assignment, Card, Conversation, Entry, EntryKind, File, Quote, Status,
    access::{CanSet, Facts},
    entry::AuthorKind,
    rate,
};
use base::{Audience, EventKind, EventShape, Listeners, MemberCaller, Right, Scope, View, VisitorCaller};
use db::Row;
use ids::{ContactId, ConversationId, EntryId, MemberId, Uuid};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

/// Something in a conversation changed: its row as it is now, and the entries that are new or changed.
pub static CHANGED: EventKind =
    EventKind { name: "conversation.updated", audience: |facts| Ok(Arc::new(serde_json::from_str::<Facts>(facts)?)) };

/// A member read: for his own other tabs.
pub static READ_MARK: EventKind = EventKind {
    name: "conversation.read_mark",
    audience: |facts| Ok(Arc::new(serde_json::from_str::<OneMember>(facts)?)),
};

/// Members were mentioned in a note, by name or with their team: for them.
pub static MENTIONED: EventKind = EventKind {
    name: "conversation.mentioned",
    audience: |facts| Ok(Arc::new(serde_json::from_str::<Called>(facts)?)),
};

/// A member's draft has a new version, or is gone: for his own other devices.
pub static DRAFT: EventKind =
    EventKind { name: "draft.saved", audience: |facts| Ok(Arc::new(serde_json::from_str::<OneMember>(facts)?)) };

/// A message that was to go by itself was not sent: for its author, whose draft it is again.
pub static SCHEDULE_FAILED: EventKind =
    EventKind { name: "schedule.failed", audience: |facts| Ok(Arc::new(serde_json::from_str::<OneMember>(facts)?)) };

/// One act on many conversations came further: for whoever asked for it.
pub static BATCH: EventKind =
    EventKind { name: "batch.updated", audience: |facts| Ok(Arc::new(serde_json::from_str::<OneMember>(facts)?)) };

/// A contact has waited as long as a limit says: for those who are to hear of it.
pub static LIMIT_REACHED: EventKind = EventKind {
    name: "conversation.limit_reached",
    audience: |facts| Ok(Arc::new(serde_json::from_str::<Called>(facts)?)),
};

/// The conversation of an event of kind [`CHANGED`] and the stored entries whose words it changed, from its facts;
/// `None` when there are none.
pub fn corrected(facts: &str) -> Option<(ConversationId, Vec<EntryId>)> {
    // Nearly all events have none, and each is asked.
    if !facts.contains("\"corrected\"") {
        return None;
    }
    let facts: Facts = serde_json::from_str(facts).ok()?;
    Some((facts.conversation, facts.corrected))
}

/// How they look on the wire.
pub(crate) const SHAPES: &[EventShape] = &[
    EventShape {
        kind: "conversation.updated",
        schema: "ConversationUpdated",
        lists: &[("can", "Can")],
        to: Listeners::Members,
    },
    EventShape { kind: "conversation.gone", schema: "ConversationGone", lists: &[], to: Listeners::Members },
    EventShape { kind: "conversation.read_mark", schema: "ConversationReadMark", lists: &[], to: Listeners::Members },
    EventShape { kind: "conversation.mentioned", schema: "ConversationMentioned", lists: &[], to: Listeners::Members },
    EventShape { kind: "draft.saved", schema: "DraftSaved", lists: &[], to: Listeners::Members },
    EventShape { kind: "schedule.failed", schema: "ScheduleFailed", lists: &[], to: Listeners::Members },
    EventShape { kind: "conversation.limit_reached", schema: "LimitReached", lists: &[], to: Listeners::Members },
    EventShape { kind: "batch.updated", schema: "BatchUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "saved_view.updated", schema: "SavedViewUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "saved_view.gone", schema: "SavedViewGone", lists: &[], to: Listeners::Members },
    EventShape { kind: "alert.added", schema: "AlertAdded", lists: &[], to: Listeners::Members },
    EventShape { kind: "activity.seen", schema: "ActivitySeen", lists: &[], to: Listeners::Members },
    EventShape { kind: "thread.updated", schema: "ThreadUpdated", lists: &[], to: Listeners::Visitors },
    EventShape { kind: "thread.gone", schema: "ThreadGone", lists: &[], to: Listeners::Visitors },
];

/// Their data's schemas, and those that only a query names.
#[derive(OpenApi)]
#[openapi(components(schemas(
    Changed,
    Gone,
    ReadMark,
    Mentioned,
    DraftSaved,
    NotSent,
    LimitReached,
    crate::batch::BatchUpdated,
    crate::saved_view::SavedViewUpdated,
    crate::saved_view::SavedViewGone,
    crate::activity::AlertAdded,
    crate::activity::ActivitySeen,
    ThreadUpdated,
    ThreadGone,
    crate::filter::ListView,
    crate::filter::ListSort,
    crate::filter::ListStatus,
    crate::filter::LastBy,
    crate::attachments::AttachmentPart
)))]
pub(crate) struct Schemas;

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationUpdated)]
pub struct Changed {
    pub conversation: Conversation,
    /// Replace by id when the revision is higher.
    pub entries: Vec<Entry>,
    pub delivery: Option<DeliveryMove>,
}

/// All members' messages up to a position moved forward to a state.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct DeliveryMove {
    pub state: crate::Delivery,
    pub up_to: i64,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationGone)]
pub struct Gone {
    pub conversation_id: ConversationId,
    /// What is known up to this revision is gone; anything newer is seen again.
    pub revision: i64,
    /// The name of the member who has it now.
    pub by: Option<String>,
    /// It is no more: what was said is in this one.
    pub joined: Option<ConversationId>,
    /// It was taken away from everybody.
    pub deleted: bool,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationReadMark)]
pub struct ReadMark {
    pub conversation_id: ConversationId,
    pub inbound_seen: i64,
    /// Marked unread by hand.
    pub unread: bool,
    #[serde(default)]
    pub muted: bool,
    /// When the member was mentioned in it last.
    #[serde(default)]
    pub mentioned_at: Option<i64>,
    /// He has not read that yet.
    #[serde(default)]
    pub mentioned: bool,
    /// Up to which entry the member has read.
    #[serde(default)]
    pub position: i64,
    /// Grows with each change; the flag of an older mark never overwrites a newer one.
    pub mark: i64,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationMentioned)]
pub struct Mentioned {
    pub conversation_id: ConversationId,
    pub entry_id: EntryId,
    /// The name of the member who wrote the note.
    pub by: String,
    /// The name of the team that was mentioned, when it was not the listener himself.
    pub team: Option<String>,
}

impl ReadMark {
    /// Of a row with the columns of `read::marks`.
    pub(crate) fn from_row(conversation_id: ConversationId, row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            conversation_id,
            inbound_seen: row.get("inbound_seen")?,
            unread: row.get::<i64>("flagged")? != 0,
            muted: row.get::<i64>("muted")? != 0,
            mentioned_at: row.get("mentioned_at")?,
            mentioned: row.get::<i64>("mentioned")? != 0,
            position: row.get("read_position")?,
            mark: row.get("mark")?,
        })
    }
}

/// The words themselves are asked for: events are kept longer than drafts.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct DraftSaved {
    pub conversation_id: ConversationId,
    /// The version, in milliseconds UTC.
    pub saved_at: i64,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = ScheduleFailed)]
pub struct NotSent {
    pub conversation_id: ConversationId,
    /// Of the refusal.
    pub code: String,
    /// The name of the member who has the conversation.
    pub by: Option<String>,
}

/// Nothing of what the conversation holds: whoever is to hear of it may have lost it before he does.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct LimitReached {
    pub conversation_id: ConversationId,
    pub waiting_since: i64,
    /// Whether the time is over, and not only the warning's.
    pub late: bool,
}

impl Audience for Facts {
    fn subject(&self) -> Option<Uuid> {
        Some(self.conversation.0)
    }

    fn member(&self, member: &MemberCaller) -> View {
        if self.visible_to(member) {
            View::Whole(self.can(member).0)
        } else if self.was_visible_to(member) {
            View::Gone
        } else {
            View::Hidden
        }
    }

    fn contact(&self) -> Option<ContactId> {
        Some(self.contact)
    }

    fn visitor(&self, visitor: &VisitorCaller) -> View {
        if self.ends_for(visitor) {
            View::Gone
        } else if self.visible_to_visitor(visitor) {
            View::Whole(0)
        } else {
            View::Hidden
        }
    }

    fn envelope(&self, variant: u16) -> String {
        let can = serde_json::to_string(&CanSet(variant).list()).unwrap_or_default();
        format!(r#","can":{can}"#)
    }

    fn gone(&self) -> Option<(&'static str, String)> {
        let Self { conversation, revision, joined, deleted, .. } = *self;
        let by = self.holder_name.clone().filter(|_| joined.is_none() && !deleted);
        let gone = Gone { conversation_id: conversation, revision, by, joined, deleted };
        Some(("conversation.gone", serde_json::to_string(&gone).ok()?))
    }

    fn visitor_payload(&self, payload: &str) -> Option<(&'static str, String)> {
        let changed: Changed = serde_json::from_str(payload).ok()?;
        let update = ThreadUpdated {
            conversation: VisitorConversation::of(&changed.conversation, self.holder_name.as_deref()),
            entries: changed.entries.iter().filter_map(VisitorEntry::of).collect(),
        };
        Some(("thread.updated", serde_json::to_string(&update).ok()?))
    }

    fn visitor_gone(&self) -> Option<(&'static str, String)> {
        // What went over into another conversation he has there.
        let ends = self.blocked || self.deleted || self.restored;
        let gone = ends.then_some(ThreadGone { conversation_id: self.conversation })?;
        Some(("thread.gone", serde_json::to_string(&gone).ok()?))
    }

    fn renews(&self) -> bool {
        self.restored
    }
}

/// One member, about conversations: nothing for a program of his that sees none.
#[derive(Serialize, Deserialize)]
pub struct OneMember {
    pub member: MemberId,
}

impl Audience for OneMember {
    fn member(&self, member: &MemberCaller) -> View {
        if member.id == self.member && sees_any(member) { View::Whole(0) } else { View::Hidden }
    }
}

/// Those whom a note mentions.
#[derive(Serialize, Deserialize)]
pub struct Called {
    #[serde(default)]
    pub members: Vec<MemberId>,
    /// Facts of older versions name one.
    #[serde(default, skip_serializing)]
    pub member: Option<MemberId>,
}

impl Audience for Called {
    fn member(&self, member: &MemberCaller) -> View {
        let called = self.members.contains(&member.id) || self.member == Some(member.id);
        if called && sees_any(member) { View::Whole(0) } else { View::Hidden }
    }
}

fn sees_any(member: &MemberCaller) -> bool {
    member.scope(Right::CONVERSATION_VIEW) > Scope::None
}

/// The conversation as its contact may see it.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct VisitorConversation {
    pub id: ConversationId,
    pub status: Status,
    pub revision: i64,
    pub staff_read_position: i64,
    /// Who answers, when somebody does.
    pub agent: Option<VisitorAgent>,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct VisitorAgent {
    pub name: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitorAuthorKind {
    Visitor,
    Agent,
    System,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct VisitorAuthor {
    pub kind: VisitorAuthorKind,
    pub name: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitorEntryKind {
    Message,
    Closed,
    Reopened,
    /// Somebody joined: the author's name.
    Assigned,
    /// How satisfied the visitor was: `score`, and in `text` why.
    Rating,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct VisitorEntry {
    pub id: EntryId,
    pub position: i64,
    pub at: i64,
    pub kind: VisitorEntryKind,
    pub author: VisitorAuthor,
    pub revision: i64,
    pub text: Option<String>,
    pub files: Vec<File>,
    pub quote: Option<VisitorQuote>,
    pub card: Option<Card>,
    /// Its text changed after it was sent.
    pub edited: bool,
    /// Its words are gone.
    pub removed: bool,
    /// Of closings: the session may be rated until the next one begins, where the inbox asks for it.
    pub ratable: bool,
    /// Of ratings: 1 to 5.
    pub score: Option<u8>,
}

/// The message that a message answers.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct VisitorQuote {
    pub id: EntryId,
    pub author: VisitorAuthor,
    pub text: Option<String>,
    pub files: usize,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct ThreadUpdated {
    pub conversation: VisitorConversation,
    pub entries: Vec<VisitorEntry>,
}

/// What the visitor has is no longer so: it is loaded anew, unless the chat is not offered to him now. Why, nobody tells
/// him.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct ThreadGone {
    pub conversation_id: ConversationId,
}

impl VisitorConversation {
    pub fn of(conversation: &Conversation, holder_name: Option<&str>) -> Self {
        Self {
            id: conversation.id,
            status: conversation.status,
            revision: conversation.revision,
            staff_read_position: conversation.staff_read_position,
            // Of a team nobody answers yet, and of what is closed nobody any more.
            agent: holder_name
                .filter(|_| conversation.is_open() && conversation.holder.member().is_some())
                .map(|name| VisitorAgent { name: name.to_owned() }),
        }
    }
}

impl VisitorQuote {
    fn of(quote: &Quote) -> Self {
        let kind = match quote.author.kind {
            AuthorKind::Contact => VisitorAuthorKind::Visitor,
            _ => VisitorAuthorKind::Agent,
        };
        let author = VisitorAuthor { kind, name: quote.author.name.clone() };
        Self { id: quote.id, author, text: quote.text.clone(), files: quote.files }
    }
}

impl VisitorEntry {
    /// The entry without what is internal; `None` when all of it is.
    pub fn of(entry: &Entry) -> Option<Self> {
        let (kind, name) = match entry.kind {
            EntryKind::Message => (VisitorEntryKind::Message, entry.author.name.clone()),
            EntryKind::Closed => (VisitorEntryKind::Closed, None),
            EntryKind::Reopened => (VisitorEntryKind::Reopened, None),
            EntryKind::Rating => (VisitorEntryKind::Rating, None),
            EntryKind::Assigned => {
                let Assignment { to, to_name, .. } = entry.assignment.as_ref()?;
                to.member()?;
                (VisitorEntryKind::Assigned, Some(to_name.clone()?))
            }
            EntryKind::Note
            | EntryKind::Opened
            | EntryKind::Snoozed
            | EntryKind::Woken
            | EntryKind::Blocked
            | EntryKind::Unblocked
            | EntryKind::Titled
            | EntryKind::Tagged
            | EntryKind::Untagged
            | EntryKind::Prioritized
            | EntryKind::Unpinned
            | EntryKind::Bound
            | EntryKind::Navigation
            | EntryKind::Greeted
            | EntryKind::CardClicked
            | EntryKind::NotSent
            | EntryKind::Restored
            | EntryKind::Record => return None,
        };
        let author = match (kind, entry.author.kind) {
            (VisitorEntryKind::Message | VisitorEntryKind::Rating, AuthorKind::Contact) => VisitorAuthorKind::Visitor,
            (VisitorEntryKind::Message | VisitorEntryKind::Assigned, _) => VisitorAuthorKind::Agent,
            _ => VisitorAuthorKind::System,
        };
        Some(Self {
            id: entry.id,
            position: entry.position,
            at: entry.written_at.unwrap_or(entry.at),
            kind,
            author: VisitorAuthor { kind: author, name },
            revision: entry.revision,
            // The words of a closing are the team's.
            text: entry.text.clone().filter(|_| matches!(entry.kind, EntryKind::Message | EntryKind::Rating)),
            files: entry.files.clone(),
            quote: entry.quote.as_ref().map(VisitorQuote::of),
            card: entry.card.clone(),
            edited: entry.edited_at.is_some(),
            removed: entry.removed.is_some(),
            ratable: rate::is_ratable(entry),
            score: entry.score,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Proven, Role};
    use ids::WorkspaceId;

    #[test]
    fn facts_of_older_versions_still_call_the_one_whom_they_name() {
        let of = |id| MemberCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: MemberId(Uuid::from_u128(id)),
            name: "Me".into(),
            rights: Role::Agent.rights().expect("a shipped role"),
            inboxes: Vec::new(),
            teams: Vec::new(),
            colleagues: Vec::new(),
            message_characters: 2_000,
            proven: Proven::Unasked,
        };
        let older = format!(r#"{{"member":"{}"}}"#, of(1).id);
        let newer = Called { members: vec![of(1).id, of(2).id], member: None };
        let newer = serde_json::to_string(&newer).expect("facts");
        for (facts, called) in [(older, 1), (newer, 2)] {
            let audience = (MENTIONED.audience)(&facts).expect("an audience");
            let hears = (1..=3).take_while(|id| audience.member(&of(*id)) == View::Whole(0)).count();
            assert_eq!(hears, called, "{facts}");
        }
    }
}
