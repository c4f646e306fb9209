//! A conversation as lists show it, and its row.

use contacts::Contact;
use db::{FromValue, Row};
use ids::{ConversationId, InboxId, MemberId};
use inboxes::Channel;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{Block, Card, CloseReason, EntryKind, File, PageData, Visit, entry::AuthorKind};

/// The columns of a conversation; `c` is its alias.
macro_rules! columns {
    () => {
        "c.id, c.inbox_id, c.channel, c.contact_id, c.status, c.close_reason, c.holder_member_id, c.revision, \
         c.last_position, c.last_activity_at, c.opened_at, c.waiting_since, c.inbound_count, c.staff_read_position, \
         c.contact_delivered_position, c.contact_read_position, c.session, c.preview, c.snoozed_until, \
         c.scheduled_at, c.block, c.title, c.visit, c.page_data, c.contact_name, c.contact_email, c.contact_phone"
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Holder {
    /// Nobody yet.
    Queue,
    Member {
        id: MemberId,
    },
}

impl Holder {
    pub fn member(self) -> Option<MemberId> {
        match self {
            Self::Queue => None,
            Self::Member { id } => Some(id),
        }
    }
}

impl From<Option<MemberId>> for Holder {
    fn from(member: Option<MemberId>) -> Self {
        member.map_or(Self::Queue, |id| Self::Member { id })
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
        Self { kind: EntryKind::Message, author, text, files: files.len() }
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
    /// Grows with each change; an older one never overwrites a newer one.
    pub revision: i64,
    /// The position of its newest entry.
    pub last_position: i64,
    /// Milliseconds UTC, like all times.
    pub last_activity_at: i64,
    pub opened_at: i64,
    /// The first unanswered message of the contact in this session.
    pub waiting_since: Option<i64>,
    /// The contact's messages so far; unread for a member is this minus what he has seen.
    pub inbound_count: i64,
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
            contact: Contact::new(
                row.get("contact_id")?,
                row.get("contact_name")?,
                row.get("contact_email")?,
                row.get("contact_phone")?,
            ),
            title: row.get("title")?,
            visit: json(row, "visit")?,
            page_data: json(row, "page_data")?.unwrap_or_default(),
            status: row.get("status")?,
            close_reason: row.get("close_reason")?,
            snoozed_until: row.get("snoozed_until")?,
            scheduled_at: row.get("scheduled_at")?,
            holder: row.get::<Option<MemberId>>("holder_member_id")?.into(),
            revision: row.get("revision")?,
            last_position: row.get("last_position")?,
            last_activity_at: row.get("last_activity_at")?,
            opened_at: row.get("opened_at")?,
            waiting_since: row.get("waiting_since")?,
            inbound_count: row.get("inbound_count")?,
            staff_read_position: row.get("staff_read_position")?,
            preview: json(row, "preview")?,
            block: json(row, "block")?,
        })
    }
}

fn json<T: DeserializeOwned>(row: &Row, column: &'static str) -> Result<Option<T>, db::Error> {
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
