//! A conversation as lists show it, and its row.

use contacts::Contact;
use db::{FromValue, Row};
use ids::{ConversationId, InboxId, MemberId, TagId, TeamId, Uuid};
use inboxes::Channel;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{Block, Card, CloseReason, Entry, EntryKind, File, PageData, Priority, Visit, entry::AuthorKind};

/// The columns of a conversation, without its workspace; before each stands `c.`, or what is given.
macro_rules! columns {
    () => {
        columns!("c.")
    };
    ($of:literal) => {
        columns!(
            $of,
            id, inbox_id, channel, contact_id, status, close_reason, holder_member_id, holder_team_id, formers,
            priority, waits_since, last_member_id, revision, last_position, last_activity_at, opened_at,
            waiting_since, inbound_count, sent_count, note_count, rating_count, page_count, act_count,
            staff_read_position, contact_delivered_position, contact_read_position, session, preview,
            snoozed_until, scheduled_at, block, title, tags, visit, page_data, contact_name, contact_email,
            contact_phone, contact_verified, warning_at, late_at, answer_until
        )
    };
    ($of:literal, $first:ident $(, $more:ident)*) => {
        concat!($of, stringify!($first) $(, ", ", $of, stringify!($more))*)
    };
}
pub(crate) use columns;

/// The stored status of open conversations that are put aside.
pub(crate) const SNOOZED: &str = "snoozed";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    Closed,
}

/// Who is in charge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Holder {
    /// Nobody yet.
    #[default]
    Queue,
    Member {
        id: MemberId,
    },
    /// Whoever of the team takes it: it waits in the team's queue.
    Team {
        id: TeamId,
    },
}

impl Holder {
    /// Of the two columns, of which at most one is set.
    pub fn of(member: Option<MemberId>, team: Option<TeamId>) -> Self {
        match (member, team) {
            (Some(id), _) => Self::Member { id },
            (None, Some(id)) => Self::Team { id },
            (None, None) => Self::Queue,
        }
    }

    /// From a row with `holder_member_id` and `holder_team_id`.
    pub fn from_row(row: &Row) -> Result<Self, db::Error> {
        Ok(Self::of(row.get("holder_member_id")?, row.get("holder_team_id")?))
    }

    pub fn member(self) -> Option<MemberId> {
        match self {
            Self::Member { id } => Some(id),
            Self::Queue | Self::Team { .. } => None,
        }
    }

    /// Of the member or the team.
    pub(crate) fn id(self) -> Option<Uuid> {
        match self {
            Self::Queue => None,
            Self::Member { id } => Some(id.0),
            Self::Team { id } => Some(id.0),
        }
    }

    pub fn team(self) -> Option<TeamId> {
        match self {
            Self::Team { id } => Some(id),
            Self::Queue | Self::Member { .. } => None,
        }
    }
}

/// What a list shows of the newest message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Preview {
    pub kind: EntryKind,
    pub author: AuthorKind,
    /// One line of at most 140 characters; of a card without a text its title, for files alone the name of the first.
    pub text: String,
    /// How many files came with it.
    pub files: usize,
    /// It cannot be shown here.
    #[serde(default)]
    pub unsupported: bool,
}

const PREVIEW_CHARACTERS: usize = 140;

impl Preview {
    pub fn of_message(author: AuthorKind, text: Option<&str>, card: Option<&Card>, files: &[File]) -> Self {
        let text = match (text.or(card.map(|card| card.title.as_str())), files.first()) {
            (Some(text), _) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            (None, Some(file)) => file.name.clone(),
            (None, None) => String::new(),
        };
        let text = text.chars().take(PREVIEW_CHARACTERS).collect();
        Self { kind: EntryKind::Message, author, text, files: files.len(), unsupported: false }
    }
}

/// How many entries of these kinds there are; positions are 1..n, so that with the contact's messages they tell how many
/// of the others there are too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = EntryCounts)]
pub struct Counts {
    /// Messages of members.
    pub sent: i64,
    pub notes: i64,
    pub ratings: i64,
    /// Pages that the contact looked at.
    pub pages: i64,
    /// Of the messages of members, those with a card or files: what was done, and not only said.
    pub acts: i64,
}

impl Counts {
    pub(crate) fn add(&mut self, entry: &Entry) {
        match entry.kind {
            EntryKind::Message if entry.author.kind == AuthorKind::Member => {
                self.sent += 1;
                self.acts += i64::from(entry.is_act());
            }
            EntryKind::Note => self.notes += 1,
            EntryKind::Rating => self.ratings += 1,
            EntryKind::Navigation => self.pages += 1,
            _ => {}
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Conversation {
    pub id: ConversationId,
    pub inbox_id: InboxId,
    /// Of its inbox.
    #[serde(default = "website")]
    pub channel: Channel,
    pub contact: Contact,
    /// What its newest session is about.
    pub title: Option<String>,
    /// In the order in which they were put on; they stay when a new session begins.
    #[serde(default)]
    pub tag_ids: Vec<TagId>,
    /// Where the contact came from in its newest session, and where he is.
    pub visit: Option<Visit>,
    /// What the page with the widget says of the contact. Nobody proved it.
    #[serde(default)]
    pub page_data: PageData,
    pub status: Status,
    pub close_reason: Option<CloseReason>,
    /// Put aside until then.
    pub snoozed_until: Option<i64>,
    /// When the next message that a member wrote ahead is sent.
    pub scheduled_at: Option<i64>,
    /// Nothing is exchanged with the contact.
    pub block: Option<Block>,
    pub holder: Holder,
    /// Who had it before and may still look at it. Nobody else is told.
    #[serde(skip)]
    pub formers: Vec<MemberId>,
    #[serde(default)]
    pub priority: Priority,
    /// Since when it waits for somebody to have it; kept by [`crate::Thread::save`].
    #[serde(skip)]
    pub waits_since: Option<i64>,
    /// The member who had it last before it came to somebody else or back into the queue.
    #[serde(skip)]
    pub last_member: Option<MemberId>,
    /// Grows with each change; an older one never overwrites a newer one.
    pub revision: i64,
    /// The position of its newest entry.
    pub last_position: i64,
    /// Milliseconds UTC, like all times.
    pub last_activity_at: i64,
    pub opened_at: i64,
    /// The first unanswered message of the contact in this session.
    pub waiting_since: Option<i64>,
    /// When his waiting is marked yellow and red, where a time limit holds.
    #[serde(default)]
    pub warning_at: Option<i64>,
    #[serde(default)]
    pub late_at: Option<i64>,
    /// Until when the contact can be answered on his channel; after that with a template only. `null`: always.
    #[serde(default)]
    pub answer_until: Option<i64>,
    /// The contact's messages so far; unread for a member is this minus what he has seen.
    pub inbound_count: i64,
    #[serde(default)]
    pub counts: Counts,
    /// Up to here some member has read.
    pub staff_read_position: i64,
    pub preview: Option<Preview>,
}

/// What there was before there were others: events of older versions do not say it.
fn website() -> Channel {
    Channel::Website
}

impl Conversation {
    pub fn is_open(&self) -> bool {
        self.status == Status::Open
    }

    /// Whether it stands in the lists of those who work: open and not put aside.
    pub(crate) fn is_active(&self) -> bool {
        self.is_open() && self.snoozed_until.is_none()
    }

    /// The name of its list, which is what the column `status` holds.
    pub(crate) fn stored_status(&self) -> &'static str {
        if self.is_open() && self.snoozed_until.is_some() { SNOOZED } else { self.status.as_str() }
    }

    pub(crate) fn from_row(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            id: row.get("id")?,
            inbox_id: row.get("inbox_id")?,
            channel: row.get("channel")?,
            contact: contact_of(row)?,
            title: row.get("title")?,
            tag_ids: json(row, "tags")?.unwrap_or_default(),
            visit: json(row, "visit")?,
            page_data: json(row, "page_data")?.unwrap_or_default(),
            status: row.get("status")?,
            close_reason: row.get("close_reason")?,
            snoozed_until: row.get("snoozed_until")?,
            scheduled_at: row.get("scheduled_at")?,
            holder: Holder::from_row(row)?,
            formers: json(row, "formers")?.unwrap_or_default(),
            priority: row.get("priority")?,
            waits_since: row.get("waits_since")?,
            last_member: row.get("last_member_id")?,
            revision: row.get("revision")?,
            last_position: row.get("last_position")?,
            last_activity_at: row.get("last_activity_at")?,
            opened_at: row.get("opened_at")?,
            waiting_since: row.get("waiting_since")?,
            warning_at: row.get("warning_at")?,
            late_at: row.get("late_at")?,
            answer_until: row.get("answer_until")?,
            inbound_count: row.get("inbound_count")?,
            counts: Counts {
                sent: row.get("sent_count")?,
                notes: row.get("note_count")?,
                ratings: row.get("rating_count")?,
                pages: row.get("page_count")?,
                acts: row.get("act_count")?,
            },
            staff_read_position: row.get("staff_read_position")?,
            preview: json(row, "preview")?,
            block: json(row, "block")?,
        })
    }
}

/// The contact as a conversation's row carries him.
pub fn contact_of(row: &Row) -> Result<Contact, db::Error> {
    let (id, name) = (row.get("contact_id")?, row.get("contact_name")?);
    let known = Contact::new(id, name, row.get("contact_email")?, row.get("contact_phone")?);
    Ok(Contact { verified: json(row, "contact_verified")?, ..known })
}

pub(crate) fn json<T: DeserializeOwned>(row: &Row, column: &'static str) -> Result<Option<T>, db::Error> {
    let stored: Option<String> = row.get(column)?;
    stored.map(|text| serde_json::from_str(&text)).transpose().map_err(db::Error::other)
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

impl FromValue for Status {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        match String::from_value(value)?.as_str() {
            "open" | SNOOZED => Ok(Self::Open),
            "closed" => Ok(Self::Closed),
            _ => Err("a status was expected"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_one_short_line() {
        let text = format!("  Halo\n\tkak  {}", "é".repeat(300));
        let preview = Preview::of_message(AuthorKind::Contact, Some(&text), None, &[]);
        assert!(preview.text.starts_with("Halo kak é"));
        assert_eq!(preview.text.chars().count(), PREVIEW_CHARACTERS);
    }
}
