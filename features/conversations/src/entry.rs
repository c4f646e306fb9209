//! Entries: the numbered items of a timeline.

use crate::{Card, CloseReason, File, Holder, Page, mail_entry::Mail, react::Reaction, record::RecordNews};
use base::{Problem, Tx};
use db::{FromValue, Row, Sql, params, sql};
use ids::{ConversationId, EntryId, MemberId, TagId, TeamId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    Message,
    /// Of the team, for the team: no contact ever sees it.
    Note,
    Opened,
    Closed,
    Reopened,
    Assigned,
    Snoozed,
    /// It came back, whoever or whatever woke it.
    Woken,
    /// Nothing is exchanged with the contact any more.
    Blocked,
    Unblocked,
    /// The session has another title, or none.
    Titled,
    /// A tag was put on the conversation: `tag_id`, and in `text` its name as it was.
    Tagged,
    Untagged,
    /// How urgent it is: in `text` the priority.
    Prioritized,
    /// It is no longer this contact's: `text` says how he was called.
    Unpinned,
    /// It is this contact's from now on: `text` says how he is called.
    Bound,
    /// The contact says how satisfied he was with the session that was closed.
    Rating,
    /// The contact looked at a page of the site: `page`.
    Navigation,
    /// What the widget said before the contact wrote, for the inbox or for a member who invited him: he answers it.
    Greeted,
    /// The contact opened the link of a card; `quote` says of which message.
    CardClicked,
    /// What the author had planned to send was refused at its time, and is his draft again: `failure` says why.
    NotSent,
    /// It was deleted, and put back.
    Restored,
    /// Something was done with a record: `record`.
    Record,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    Contact,
    Member,
    System,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Author {
    pub kind: AuthorKind,
    /// The contact's or the member's id, in its own form.
    pub id: Option<String>,
    /// The name as it was at the time.
    pub name: Option<String>,
}

/// How far a member's message has come. The order is meant: it only moves forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    Queued,
    /// Accepted for the channel.
    Sent,
    /// In the contact's hands.
    Delivered,
    Read,
    /// A provider may or may not have it.
    Uncertain,
    /// Final unless a person sends it again.
    Failed,
}

/// A change of the holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assignment {
    pub from: Holder,
    pub to: Holder,
    pub from_name: Option<String>,
    pub to_name: Option<String>,
    pub comment: Option<String>,
    /// Which rule did it, when nobody did it by hand.
    #[serde(default)]
    pub why: Option<Why>,
}

/// Why a conversation was given, or given back, automatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was his turn.
    InTurn,
    FewestOpen,
    LongestFree,
    /// He had it before.
    LastHandler,
    /// He knows most about it.
    Skills,
    /// Whoever had it is offline.
    Absent,
    /// Its contact wrote again after it was closed.
    Reopened,
    /// Whoever had it can no longer answer there.
    Left,
}

/// Who can be named in a note; the prefix of the id tells which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum MentionId {
    Member(MemberId),
    Team(TeamId),
}

/// A member or a team that is named in a note and hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mention {
    pub id: MentionId,
    /// As it was at the time; the text says `@` and this.
    pub name: String,
}

/// The message that a message answers, as it was when it was quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    pub id: EntryId,
    pub position: i64,
    pub author: Author,
    /// At most 200 characters of it.
    pub text: Option<String>,
    /// How many files came with it.
    pub files: usize,
}

/// What an entry said before it was corrected. Members see it, contacts do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Earlier {
    /// Since when it said so.
    pub at: i64,
    pub text: Option<String>,
    /// Of ratings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub score: Option<u8>,
}

/// Words that the channel's provider has agreed to, with their gaps filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub name: String,
    pub language: String,
    /// Each gap and what stands there.
    pub values: Vec<(String, String)>,
}

/// What a contact's message is about, beside what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// He names us in a story of his, which is its file.
    StoryMention,
    /// He answers a story of ours, which is its file.
    StoryReply,
    /// A post that he shares.
    Post,
    Reel,
    /// He wrote it below a post of ours.
    Comment,
    /// A rule answered his comment, below it …
    PublicReply,
    /// … or to him alone.
    PrivateReply,
}

/// By whom and when the words of an entry were removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Removed {
    pub at: i64,
    pub by: Author,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Entry {
    pub id: EntryId,
    pub conversation_id: ConversationId,
    /// 1, 2, 3 … in its conversation.
    pub position: i64,
    pub at: i64,
    pub kind: EntryKind,
    pub author: Author,
    /// The conversation's revision at its last change.
    pub revision: i64,
    pub text: Option<String>,
    pub files: Vec<File>,
    /// Of members' messages; `null` on others.
    pub delivery: Option<Delivery>,
    /// Why the delivery failed, a code: `refused`, `webhook_…` or `channel_…`, or `uncertain`. Of what was not sent: the
    /// code of the refusal.
    pub failure: Option<String>,
    /// What the other side said about it.
    pub failure_detail: Option<String>,
    /// When it was written, by what another system says; `at` is when it arrived.
    pub written_at: Option<i64>,
    /// Of a contact's message that cannot be shown here: what his channel calls it.
    #[serde(default)]
    pub unsupported: Option<String>,
    #[serde(default)]
    pub about: Option<About>,
    /// Of messages: who reacted to it, and how. One of the contact, and one of the team.
    #[serde(default)]
    pub reactions: Vec<Reaction>,
    /// Of what travels as e-mail.
    #[serde(default)]
    pub mail: Option<Mail>,
    /// Of closings: since when the contact waited, for whoever takes it back. Nobody is told.
    #[serde(skip)]
    pub(crate) waited_since: Option<i64>,
    /// Of members' messages: of which template its text is. It is the sender's business.
    #[serde(skip)]
    pub template: Option<Template>,
    pub assignment: Option<Assignment>,
    /// Of closings, and of the reopening that takes one back at once: its session goes on.
    pub reason: Option<CloseReason>,
    /// Of what was put on or taken off.
    pub tag_id: Option<TagId>,
    /// Of snoozes and blocks: when they end.
    pub until: Option<i64>,
    /// Of ratings: 1 to 5, the best.
    pub score: Option<u8>,
    /// Of navigations.
    pub page: Option<Page>,
    /// Of notes.
    pub mentions: Vec<Mention>,
    /// Of messages, and of clicks.
    pub quote: Option<Quote>,
    /// Of members' messages.
    pub card: Option<Card>,
    /// Of what was done with a record.
    #[serde(default)]
    pub record: Option<RecordNews>,
    /// Of cards: when the contact first opened the link.
    pub clicked_at: Option<i64>,
    /// When the text last changed.
    pub edited_at: Option<i64>,
    /// Oldest first.
    pub earlier: Vec<Earlier>,
    /// Its words are gone.
    pub removed: Option<Removed>,
}

/// What the columns do not hold.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Detail {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<File>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assignment: Option<Assignment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<CloseReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag_id: Option<TagId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    score: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<Page>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Mention>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<Quote>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    card: Option<Card>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<RecordNews>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clicked_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edited_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<Earlier>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    removed: Option<Removed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure_detail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    written_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unsupported: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<About>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reactions: Vec<Reaction>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail: Option<Mail>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waited_since: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    template: Option<Template>,
}

impl Author {
    /// From the columns of an entry.
    pub(crate) fn from_row(row: &Row) -> Result<Self, db::Error> {
        let (kind, id): (AuthorKind, Option<Uuid>) = (row.get("author_kind")?, row.get("author_id")?);
        let id = id.and_then(|id| match kind {
            AuthorKind::Contact => Some(ids::ContactId(id).to_string()),
            AuthorKind::Member => Some(MemberId(id).to_string()),
            AuthorKind::System => None,
        });
        Ok(Self { kind, id, name: row.get("author_name")? })
    }
}

impl Entry {
    /// A member did something with it, and did not only say something: it brought a card or files.
    pub(crate) fn is_act(&self) -> bool {
        let by_member = self.kind == EntryKind::Message && self.author.kind == AuthorKind::Member;
        by_member && (self.card.is_some() || !self.files.is_empty())
    }

    fn detail(&self) -> Result<Option<String>, Problem> {
        let detail = Detail {
            files: self.files.clone(),
            assignment: self.assignment.clone(),
            reason: self.reason,
            tag_id: self.tag_id,
            until: self.until,
            score: self.score,
            page: self.page.clone(),
            mentions: self.mentions.clone(),
            quote: self.quote.clone(),
            card: self.card.clone(),
            record: self.record.clone(),
            clicked_at: self.clicked_at,
            edited_at: self.edited_at,
            earlier: self.earlier.clone(),
            removed: self.removed.clone(),
            failure_detail: self.failure_detail.clone(),
            written_at: self.written_at,
            unsupported: self.unsupported.clone(),
            about: self.about,
            reactions: self.reactions.clone(),
            mail: self.mail.clone(),
            waited_since: self.waited_since,
            template: self.template.clone(),
        };
        Ok(if detail == Detail::default() { None } else { Some(serde_json::to_string(&detail)?) })
    }

    pub(crate) async fn insert(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let author = self.author.id.as_deref().and_then(|id| Uuid::try_parse(&id[id.find('_')? + 1..]).ok());
        tx.put(
            sql!(
                "INSERT INTO entries (workspace_id, conversation_id, position, id, at, kind, revision, author_kind, \
                 author_id, author_name, text, detail, delivery, failure) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
            ),
            params![
                tx.workspace,
                self.conversation_id,
                self.position,
                self.id,
                self.at,
                self.kind.as_str(),
                self.revision,
                self.author.kind.as_str(),
                author,
                self.author.name.clone(),
                self.text.clone(),
                self.detail()?,
                self.delivery.map(Delivery::as_str),
                self.failure.clone(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Writes what may change after the insert: the text, the delivery, and what the columns do not hold.
    pub(crate) async fn update(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        tx.put(
            sql!(
                "UPDATE entries SET detail = $4, revision = $5, text = $6, delivery = $7, failure = $8 \
                 WHERE workspace_id = $1 AND conversation_id = $2 AND position = $3"
            ),
            params![
                tx.workspace,
                self.conversation_id,
                self.position,
                self.detail()?,
                self.revision,
                self.text.clone(),
                self.delivery.map(Delivery::as_str),
                self.failure.clone(),
            ],
        )
        .await?;
        Ok(())
    }

    pub(crate) fn from_row(row: &Row, conversation_id: ConversationId) -> Result<Self, Problem> {
        let stored: Option<String> = row.get("detail")?;
        let detail: Detail = stored.map_or_else(|| Ok(Detail::default()), |text| serde_json::from_str(&text))?;
        Ok(Self {
            id: row.get("id")?,
            conversation_id,
            position: row.get("position")?,
            at: row.get("at")?,
            kind: row.get("kind")?,
            author: Author::from_row(row)?,
            revision: row.get("revision")?,
            text: row.get("text")?,
            files: detail.files,
            delivery: row.get("delivery")?,
            failure: row.get("failure")?,
            assignment: detail.assignment,
            reason: detail.reason,
            tag_id: detail.tag_id,
            until: detail.until,
            score: detail.score,
            page: detail.page,
            mentions: detail.mentions,
            quote: detail.quote,
            card: detail.card,
            record: detail.record,
            clicked_at: detail.clicked_at,
            edited_at: detail.edited_at,
            earlier: detail.earlier,
            removed: detail.removed,
            failure_detail: detail.failure_detail,
            written_at: detail.written_at,
            unsupported: detail.unsupported,
            about: detail.about,
            reactions: detail.reactions,
            mail: detail.mail,
            waited_since: detail.waited_since,
            template: detail.template,
        })
    }

    /// The delivery as the contact's receipts have moved it.
    pub(crate) fn with_receipts(mut self, delivered: i64, read: i64) -> Self {
        // Sent again, after what came later was read: nobody has this one yet.
        if self.delivery == Some(Delivery::Queued) {
            return self;
        }
        let received = match self.position {
            position if position <= read => Delivery::Read,
            position if position <= delivered => Delivery::Delivered,
            _ => return self,
        };
        self.delivery = self.delivery.map(|stored| match stored {
            // He has it.
            Delivery::Uncertain => received,
            stored => stored.max(received),
        });
        self
    }
}

/// What [`Entry::from_row`] reads.
macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT position, id, at, kind, revision, author_kind, author_id, author_name, text, detail, delivery, \
             failure FROM entries WHERE workspace_id = $1 AND ",
            $tail
        )
    };
}
pub(crate) use select;

/// Of whatever conversations. Parameters: the workspace, ids as JSON.
pub(crate) const BY_IDS: &Sql = sql!(
    sqlite: select!("id IN (SELECT unhex(value) FROM json_each($2))"),
    postgres: select!("id = ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($2::text::jsonb)))")
);

/// One entry of a conversation.
pub(crate) async fn entry(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    id: EntryId,
) -> Result<Option<Entry>, Problem> {
    let row =
        tx.first(sql!(select!("id = $2 AND conversation_id = $3")), &params![tx.workspace, id, conversation]).await?;
    row.map(|row| Entry::from_row(&row, conversation)).transpose()
}

/// What stands at a position.
pub(crate) async fn entry_at(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    position: i64,
) -> Result<Option<Entry>, Problem> {
    let row = tx
        .first(sql!(select!("conversation_id = $2 AND position = $3")), &params![tx.workspace, conversation, position])
        .await?;
    row.map(|row| Entry::from_row(&row, conversation)).transpose()
}

/// The messages of the same conversation that quote an entry.
pub(crate) async fn quoting(tx: &mut Tx<'_>, quoted: &Entry) -> Result<Vec<Entry>, Problem> {
    let named = format!("%{}%", quoted.id);
    let rows = tx
        .query(
            sql!(select!("conversation_id = $2 AND position > $3 AND detail LIKE $4")),
            &params![tx.workspace, quoted.conversation_id, quoted.position, named],
        )
        .await?;
    let mut entries = Vec::new();
    for row in &rows {
        let entry = Entry::from_row(row, quoted.conversation_id)?;
        if entry.quote.as_ref().is_some_and(|quote| quote.id == quoted.id) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Up to `limit` entries before a position, oldest first.
pub async fn entries_before(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    before: i64,
    limit: i64,
) -> Result<Vec<Entry>, Problem> {
    let rows = tx
        .query(
            sql!(select!("conversation_id = $2 AND position < $3 ORDER BY position DESC LIMIT $4")),
            &params![tx.workspace, conversation, before, limit],
        )
        .await?;
    rows.iter().rev().map(|row| Entry::from_row(row, conversation)).collect()
}

/// The same of what the contact himself may see, so that pages of what he may not are not empty to him.
pub async fn visible_entries_before(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    before: i64,
    limit: i64,
) -> Result<Vec<Entry>, Problem> {
    let rows = tx
        .query(
            sql!(select!(
                "conversation_id = $2 AND position < $3 \
                 AND kind IN ('message', 'closed', 'reopened', 'assigned', 'rating') ORDER BY position DESC LIMIT $4"
            )),
            &params![tx.workspace, conversation, before, limit],
        )
        .await?;
    rows.iter().rev().map(|row| Entry::from_row(row, conversation)).collect()
}

/// Up to `limit` entries after a position, oldest first.
pub(crate) async fn entries_after(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    after: i64,
    limit: i64,
) -> Result<Vec<Entry>, Problem> {
    let rows = tx
        .query(
            sql!(select!("conversation_id = $2 AND position > $3 ORDER BY position LIMIT $4")),
            &params![tx.workspace, conversation, after, limit],
        )
        .await?;
    rows.iter().map(|row| Entry::from_row(row, conversation)).collect()
}

/// Names as the database and the wire spell them.
macro_rules! spelled {
    ($type:ident, $wanted:literal, $($variant:ident = $text:literal),*) => {
        impl $type {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl FromValue for $type {
            fn from_value(value: db::Value) -> Result<Self, &'static str> {
                match String::from_value(value)?.as_str() { $($text => Ok(Self::$variant),)* _ => Err($wanted) }
            }
        }
    };
}
pub(crate) use spelled;

spelled!(
    EntryKind,
    "a kind of entry was expected",
    Message = "message",
    Note = "note",
    Opened = "opened",
    Closed = "closed",
    Reopened = "reopened",
    Assigned = "assigned",
    Snoozed = "snoozed",
    Woken = "woken",
    Blocked = "blocked",
    Unblocked = "unblocked",
    Titled = "titled",
    Tagged = "tagged",
    Untagged = "untagged",
    Prioritized = "prioritized",
    Unpinned = "unpinned",
    Bound = "bound",
    Rating = "rating",
    Navigation = "navigation",
    Greeted = "greeted",
    CardClicked = "card_clicked",
    NotSent = "not_sent",
    Restored = "restored",
    Record = "record"
);
spelled!(AuthorKind, "a kind of author was expected", Contact = "contact", Member = "member", System = "system");
spelled!(
    Delivery,
    "a delivery was expected",
    Queued = "queued",
    Sent = "sent",
    Delivered = "delivered",
    Read = "read",
    Uncertain = "uncertain",
    Failed = "failed"
);

#[cfg(test)]
mod tests {
    use super::*;

    /// C16
    #[test]
    fn receipts_move_a_delivery_forward_only() {
        let entry = |delivery| Entry {
            id: EntryId(Uuid::nil()),
            conversation_id: ConversationId(Uuid::nil()),
            position: 5,
            at: 0,
            kind: EntryKind::Message,
            author: Author { kind: AuthorKind::Member, id: None, name: None },
            revision: 1,
            text: None,
            files: Vec::new(),
            delivery,
            failure: None,
            failure_detail: None,
            written_at: None,
            unsupported: None,
            about: None,
            reactions: Vec::new(),
            mail: None,
            waited_since: None,
            template: None,
            assignment: None,
            reason: None,
            tag_id: None,
            until: None,
            score: None,
            page: None,
            mentions: Vec::new(),
            quote: None,
            card: None,
            record: None,
            clicked_at: None,
            edited_at: None,
            earlier: Vec::new(),
            removed: None,
        };
        let after = |delivery, delivered, read| entry(delivery).with_receipts(delivered, read).delivery;
        assert_eq!(after(Some(Delivery::Sent), 4, 4), Some(Delivery::Sent));
        assert_eq!(after(Some(Delivery::Sent), 5, 4), Some(Delivery::Delivered));
        assert_eq!(after(Some(Delivery::Sent), 5, 5), Some(Delivery::Read));
        assert_eq!(after(Some(Delivery::Queued), 5, 5), Some(Delivery::Queued), "it is not sent yet");
        assert_eq!(after(Some(Delivery::Failed), 5, 5), Some(Delivery::Failed), "failed is final");
        assert_eq!(after(None, 5, 5), None, "a contact's message has no delivery");
    }
}
