//! A conversation being read or changed. Every change of the product goes through [`Thread::save`], which
//! writes the row, the new entries, the counters and the event together.

use crate::{
    Assignment, Author, Card, CloseReason, Conversation, Delivery, Entry, EntryKind, File, Holder, Mention, Page,
    PageData, Preview, Quote, Status,
    access::Facts,
    conversation::columns,
    entry::AuthorKind,
    event::{CHANGED, Changed, DeliveryMove},
    log,
    outbox::{self, News, NewsKind},
};
use base::{MemberCaller, NewEvent, Problem, Role, Scope, Tx};
use contacts::Contact;
use db::{Engine, Row, Sql, Value, params, sql};
use ids::{ContactId, ConversationId, EntryId, InboxId, MemberId};
use inboxes::Channel;
use serde::Serialize;

pub struct Thread {
    pub conversation: Conversation,
    pub holder_name: Option<String>,
    /// Whether the holder may still be in charge: not disabled, and at work in the inbox or above it.
    pub holder_stands: bool,
    pub contact_delivered_position: i64,
    pub contact_read_position: i64,
    pub session: i64,
    was: Was,
    entries: Vec<Entry>,
    changed: Vec<Entry>,
    corrected: Vec<EntryId>,
    delivery: Option<DeliveryMove>,
    /// What the contact's side must be told of this change; see `outbox`.
    news: Vec<News>,
    /// What is known of the contact changed.
    met: bool,
    is_new: bool,
}

/// What counters and audiences compare with.
struct Was {
    open: bool,
    active: bool,
    holder: Option<MemberId>,
}

/// What an entry adds to its kind.
#[derive(Default)]
pub struct Parts {
    pub id: Option<EntryId>,
    pub text: Option<String>,
    pub files: Vec<File>,
    pub delivery: Option<Delivery>,
    pub assignment: Option<Assignment>,
    pub reason: Option<CloseReason>,
    pub until: Option<i64>,
    pub score: Option<u8>,
    pub page: Option<Page>,
    pub mentions: Vec<Mention>,
    pub quote: Option<Quote>,
    pub card: Option<Card>,
    /// When it was written, by what another system says.
    pub written_at: Option<i64>,
}

/// A conversation with its holder's name and standing. The holder is looked up beside the row and not joined: on
/// PostgreSQL a statement that waited for the lock sees the row anew, but joined rows as they were before the wait.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", (SELECT m.name FROM members m WHERE m.workspace_id = c.workspace_id AND m.id = c.holder_member_id) \
             AS holder_name, \
             (SELECT m.role FROM members m WHERE m.workspace_id = c.workspace_id AND m.id = c.holder_member_id) \
             AS holder_role, \
             (SELECT m.disabled_at FROM members m WHERE m.workspace_id = c.workspace_id \
             AND m.id = c.holder_member_id) AS holder_disabled_at, \
             (SELECT w.member_id FROM memberships w WHERE w.workspace_id = c.workspace_id \
             AND w.inbox_id = c.inbox_id AND w.member_id = c.holder_member_id) AS holder_works \
             FROM conversations c WHERE ",
            $which
        )
    };
}

async fn first(tx: &mut Tx<'_>, sql: &'static Sql, values: &[Value]) -> Result<Option<Thread>, Problem> {
    let row = tx.first(sql, values).await?;
    Ok(row.as_ref().map(Thread::from_row).transpose()?)
}

/// The conversation, to look at.
pub(crate) async fn load(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Thread>, Problem> {
    first(tx, sql!(select!("c.workspace_id = $1 AND c.id = $2")), &params![tx.workspace, id]).await
}

/// The conversation, to change: nobody else changes it before this transaction ends. On SQLite the writer runs one
/// command at a time.
pub async fn lock(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Thread>, Problem> {
    let locked = sql!(
        sqlite: select!("c.workspace_id = ?1 AND c.id = ?2"),
        postgres: select!("c.workspace_id = $1 AND c.id = $2 FOR UPDATE OF c")
    );
    first(tx, locked, &params![tx.workspace, id]).await
}

/// The contact's conversation in an inbox, to look at.
pub async fn load_of_contact(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<Option<Thread>, Problem> {
    let found = sql!(select!("c.workspace_id = $1 AND c.inbox_id = $2 AND c.contact_id = $3"));
    first(tx, found, &params![tx.workspace, inbox, contact]).await
}

/// The contact's conversation in an inbox, to change; see [`lock`]. Where there is none the contact is locked and
/// looked at again, so that no other first message begins the conversation meanwhile.
pub async fn lock_of_contact(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<Option<Thread>, Problem> {
    let locked = sql!(
        sqlite: select!("c.workspace_id = ?1 AND c.inbox_id = ?2 AND c.contact_id = ?3"),
        postgres: select!("c.workspace_id = $1 AND c.inbox_id = $2 AND c.contact_id = $3 FOR UPDATE OF c")
    );
    let values = params![tx.workspace, inbox, contact];
    let found = first(tx, locked, &values).await?;
    if found.is_some() || tx.engine() == Engine::Sqlite {
        return Ok(found);
    }
    contacts::lock(tx, contact).await?;
    first(tx, locked, &values).await
}

impl Thread {
    fn from_row(row: &Row) -> Result<Self, db::Error> {
        let conversation = Conversation::from_row(row)?;
        let (role, disabled): (Option<Role>, Option<i64>) = (row.get("holder_role")?, row.get("holder_disabled_at")?);
        let works = row.get::<Option<MemberId>>("holder_works")?.is_some();
        let above = role.is_some_and(|role| role.scope(base::Right::CONVERSATION_REPLY) == Scope::All);
        Ok(Self {
            was: Was {
                open: conversation.is_open(),
                active: conversation.is_active(),
                holder: conversation.holder.member(),
            },
            holder_name: row.get("holder_name")?,
            holder_stands: disabled.is_none() && (works || above),
            contact_delivered_position: row.get("contact_delivered_position")?,
            contact_read_position: row.get("contact_read_position")?,
            session: row.get("session")?,
            conversation,
            entries: Vec::new(),
            changed: Vec::new(),
            corrected: Vec::new(),
            delivery: None,
            news: Vec::new(),
            met: false,
            is_new: false,
        })
    }

    /// A conversation that begins now, in the queue.
    pub fn begin(tx: &Tx<'_>, inbox_id: InboxId, channel: Channel, contact: Contact) -> Self {
        let conversation = Conversation {
            id: ConversationId(tx.uuid()),
            inbox_id,
            channel,
            contact,
            status: Status::Open,
            close_reason: None,
            snoozed_until: None,
            scheduled_at: None,
            block: None,
            title: None,
            visit: None,
            page_data: PageData::new(),
            holder: Holder::Queue,
            revision: 0,
            last_position: 0,
            last_activity_at: tx.now,
            opened_at: tx.now,
            waiting_since: None,
            inbound_count: 0,
            staff_read_position: 0,
            preview: None,
        };
        Self {
            conversation,
            holder_name: None,
            holder_stands: true,
            contact_delivered_position: 0,
            contact_read_position: 0,
            session: 1,
            was: Was { open: false, active: false, holder: None },
            entries: Vec::new(),
            changed: Vec::new(),
            corrected: Vec::new(),
            delivery: None,
            news: Vec::new(),
            met: false,
            is_new: true,
        }
    }

    pub fn facts(&self) -> Facts {
        Facts {
            holder_name: self.holder_name.clone(),
            was_holder: self.was.holder,
            corrected: self.corrected.clone(),
            outbox: !self.news.is_empty(),
            ..Facts::of(&self.conversation)
        }
    }

    pub fn contact_author(&self) -> Author {
        let contact = &self.conversation.contact;
        Author { kind: AuthorKind::Contact, id: Some(contact.id.to_string()), name: contact.name.clone() }
    }

    /// Adds an entry at the next position.
    pub fn add(&mut self, tx: &Tx<'_>, kind: EntryKind, author: Author, parts: Parts) -> &Entry {
        self.conversation.last_position += 1;
        self.entries.push(Entry {
            id: parts.id.unwrap_or_else(|| EntryId(tx.uuid())),
            conversation_id: self.conversation.id,
            position: self.conversation.last_position,
            at: tx.now,
            kind,
            author,
            revision: self.conversation.revision + 1,
            text: parts.text,
            files: parts.files,
            delivery: parts.delivery,
            failure: None,
            failure_detail: None,
            written_at: parts.written_at,
            assignment: parts.assignment,
            reason: parts.reason,
            until: parts.until,
            score: parts.score,
            page: parts.page,
            mentions: parts.mentions,
            quote: parts.quote,
            card: parts.card,
            clicked_at: None,
            edited_at: None,
            earlier: Vec::new(),
            removed: None,
        });
        &self.entries[self.entries.len() - 1]
    }

    /// Marks a stored entry as changed.
    pub fn change(&mut self, mut entry: Entry) {
        entry.revision = self.conversation.revision + 1;
        self.changed.push(entry);
    }

    /// Marks a stored entry as changed in its words: who keeps them elsewhere hears of it.
    pub fn correct(&mut self, entry: Entry) {
        self.corrected.push(entry.id);
        if entry.kind == EntryKind::Message && entry.author.kind == AuthorKind::Member {
            let kind = if entry.removed.is_some() { NewsKind::MessageRemoved } else { NewsKind::MessageUpdated };
            self.tell(kind, Some(entry.id));
        }
        self.change(entry);
    }

    /// Adds a message and what it does to the row.
    pub fn add_message(&mut self, tx: &Tx<'_>, author: Author, parts: Parts) -> &Entry {
        let preview = Preview::of_message(author.kind, parts.text.as_deref(), parts.card.as_ref(), &parts.files);
        let conversation = &mut self.conversation;
        conversation.preview = Some(preview);
        conversation.last_activity_at = tx.now;
        if author.kind == AuthorKind::Contact {
            conversation.inbound_count += 1;
            conversation.waiting_since.get_or_insert(tx.now);
        } else {
            conversation.waiting_since = None;
        }
        let by_member = author.kind == AuthorKind::Member;
        let id = self.add(tx, EntryKind::Message, author, parts).id;
        if by_member {
            self.tell(NewsKind::MessageCreated, Some(id));
        }
        &self.entries[self.entries.len() - 1]
    }

    /// The contact's side must hear of it, where it hears by request. What is on a website hears by the stream.
    pub(crate) fn tell(&mut self, kind: NewsKind, entry: Option<EntryId>) {
        if self.conversation.channel == Channel::Api {
            self.news.push(News { kind, entry });
        }
    }

    /// Takes over what the contact's channel says of him. What it does not know stays.
    pub(crate) fn meet(&mut self, told: &Contact) {
        let contact = &mut self.conversation.contact;
        for (known, told) in
            [(&mut contact.name, &told.name), (&mut contact.email, &told.email), (&mut contact.phone, &told.phone)]
        {
            if told.is_some() && known != told {
                *known = told.clone();
                self.met = true;
            }
        }
    }

    /// Puts another holder in charge and says so in the timeline.
    pub fn hand_to(&mut self, tx: &Tx<'_>, to: Holder, to_name: Option<String>, by: Author, comment: Option<String>) {
        let assignment = Assignment {
            from: self.conversation.holder,
            to,
            from_name: self.holder_name.take(),
            to_name: to_name.clone(),
            comment,
        };
        (self.conversation.holder, self.holder_name) = (to, to_name);
        self.add(tx, EntryKind::Assigned, by, Parts { assignment: Some(assignment), ..Parts::default() });
    }

    /// Begins a new session in a closed conversation. The holder stays unless he can no longer be in charge.
    pub fn open_again(&mut self, tx: &Tx<'_>, by: Author) {
        let conversation = &mut self.conversation;
        (conversation.status, conversation.close_reason) = (Status::Open, None);
        (conversation.opened_at, conversation.last_activity_at) = (tx.now, tx.now);
        (conversation.title, conversation.visit) = (None, None);
        self.session += 1;
        self.tell(NewsKind::ConversationReopened, None);
        self.add(tx, EntryKind::Reopened, by.clone(), Parts::default());
        if self.conversation.holder != Holder::Queue && !self.holder_stands {
            let system = Author { kind: AuthorKind::System, id: None, name: None };
            self.hand_to(tx, Holder::Queue, None, system, None);
        }
    }

    /// Ends the session. The holder stays: status and holder are two things. `note` is for the team.
    pub fn close(&mut self, tx: &Tx<'_>, reason: CloseReason, by: Author, note: Option<String>) {
        let conversation = &mut self.conversation;
        (conversation.status, conversation.close_reason) = (Status::Closed, Some(reason));
        (conversation.waiting_since, conversation.snoozed_until) = (None, None);
        conversation.last_activity_at = tx.now;
        self.tell(NewsKind::ConversationClosed, None);
        self.add(tx, EntryKind::Closed, by, Parts { reason: Some(reason), text: note, ..Parts::default() });
    }

    /// Brings a snoozed conversation back among the active ones, as the newest.
    pub fn wake(&mut self, tx: &Tx<'_>, by: Author) {
        self.conversation.snoozed_until = None;
        self.conversation.last_activity_at = tx.now;
        self.add(tx, EntryKind::Woken, by, Parts::default());
    }

    /// The contact's receipts moved.
    pub fn receive_receipts(&mut self, state: Delivery, up_to: i64) {
        self.delivery = Some(DeliveryMove { state, up_to });
    }

    /// Writes everything that changed, and emits the event. Answers the conversation as it is now.
    pub async fn save(mut self, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        self.conversation.revision += 1;
        if self.is_new {
            self.insert(tx).await?
        } else {
            self.update(tx).await?
        }
        self.write_session(tx).await?;
        for entry in &self.entries {
            entry.insert(tx).await?;
        }
        for entry in &self.changed {
            entry.update(tx).await?;
            if self.corrected.contains(&entry.id) {
                log::keep(tx, entry).await?;
            }
        }
        if self.met && !self.is_new {
            self.write_contact(tx).await?;
        }
        outbox::put(tx, &self.conversation, &self.news).await?;
        self.move_counters(tx).await?;
        let mut entries = std::mem::take(&mut self.entries);
        entries.append(&mut self.changed);
        let changed = Changed { conversation: self.conversation.clone(), entries, delivery: self.delivery.take() };
        tx.emit(NewEvent::new(&CHANGED, self.facts(), &changed)?);
        let conversation = &self.conversation;
        self.was = Was {
            open: conversation.is_open(),
            active: conversation.is_active(),
            holder: conversation.holder.member(),
        };
        self.corrected.clear();
        self.news.clear();
        (self.met, self.is_new) = (false, false);
        Ok(self)
    }

    /// Writes a conversation that was told as a whole, with the one session that it had; see `import`. No event:
    /// nobody held the old data. The counters are the caller's.
    pub(crate) async fn save_told(mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        self.conversation.revision += 1;
        self.insert(tx).await?;
        let c = &self.conversation;
        let closed_at = (!c.is_open()).then_some(c.last_activity_at);
        tx.put(
            sql!(
                "INSERT INTO sessions (workspace_id, conversation_id, number, opened_at, closed_at, close_reason) \
                 VALUES ($1, $2, $3, $4, $5, $6)"
            ),
            params![tx.workspace, c.id, self.session, c.opened_at, closed_at, c.close_reason.map(CloseReason::as_str)],
        )
        .await?;
        for entry in &self.entries {
            entry.insert(tx).await?;
        }
        Ok(())
    }

    async fn insert(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let c = &self.conversation;
        tx.put(
            sql!(
                "INSERT INTO conversations (workspace_id, id, inbox_id, contact_id, status, close_reason, \
                 holder_member_id, revision, last_position, last_activity_at, opened_at, waiting_since, inbound_count, \
                 staff_read_position, contact_delivered_position, contact_read_position, session, preview, \
                 contact_name, contact_email, contact_phone, block, channel, visit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
                 $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
            ),
            params![
                tx.workspace,
                c.id,
                c.inbox_id,
                c.contact.id,
                c.status.as_str(),
                c.close_reason.map(CloseReason::as_str),
                c.holder.member(),
                c.revision,
                c.last_position,
                c.last_activity_at,
                c.opened_at,
                c.waiting_since,
                c.inbound_count,
                c.staff_read_position,
                self.contact_delivered_position,
                self.contact_read_position,
                self.session,
                stored(c.preview.as_ref())?,
                c.contact.name.clone(),
                c.contact.email.clone(),
                c.contact.phone.clone(),
                stored(c.block.as_ref())?,
                c.channel.as_str(),
                stored(c.visit.as_ref())?,
            ],
        )
        .await?;
        Ok(())
    }

    async fn update(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let c = &self.conversation;
        tx.put(
            sql!(
                "UPDATE conversations SET status = $3, close_reason = $4, holder_member_id = $5, revision = $6, \
                 last_position = $7, last_activity_at = $8, opened_at = $9, waiting_since = $10, inbound_count = $11, \
                 staff_read_position = $12, contact_delivered_position = $13, contact_read_position = $14, \
                 session = $15, preview = $16, snoozed_until = $17, \
                 block = $18, title = $19, visit = $20, scheduled_at = $21 \
                 WHERE workspace_id = $1 AND id = $2"
            ),
            params![
                tx.workspace,
                c.id,
                c.stored_status(),
                c.close_reason.map(CloseReason::as_str),
                c.holder.member(),
                c.revision,
                c.last_position,
                c.last_activity_at,
                c.opened_at,
                c.waiting_since,
                c.inbound_count,
                c.staff_read_position,
                self.contact_delivered_position,
                self.contact_read_position,
                self.session,
                stored(c.preview.as_ref())?,
                c.snoozed_until,
                stored(c.block.as_ref())?,
                c.title.clone(),
                stored(c.visit.as_ref())?,
                c.scheduled_at,
            ],
        )
        .await?;
        Ok(())
    }

    async fn write_contact(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let Contact { name, email, phone, .. } = &self.conversation.contact;
        tx.put(
            sql!(
                "UPDATE conversations SET contact_name = $3, contact_email = $4, contact_phone = $5 \
                 WHERE workspace_id = $1 AND id = $2"
            ),
            params![tx.workspace, self.conversation.id, name.clone(), email.clone(), phone.clone()],
        )
        .await?;
        Ok(())
    }

    /// A session's own row: when it began, when and by whom it ended.
    async fn write_session(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let c = &self.conversation;
        match (self.was.open, c.is_open()) {
            (false, true) => {
                let source = c.visit.as_ref().and_then(|visit| visit.source.clone());
                tx.put(
                    sql!(
                        "INSERT INTO sessions (workspace_id, conversation_id, number, opened_at, source) \
                         VALUES ($1, $2, $3, $4, $5)"
                    ),
                    params![tx.workspace, c.id, self.session, c.opened_at, source],
                )
                .await?;
            }
            (true, false) => {
                let closing = self.entries.iter().find(|entry| entry.kind == EntryKind::Closed);
                let by = closing.and_then(|entry| entry.author.id.as_deref()?.parse::<MemberId>().ok());
                tx.put(
                    sql!(
                        "UPDATE sessions SET closed_at = $4, close_reason = $5, closed_by = $6, title = $7 \
                         WHERE workspace_id = $1 AND conversation_id = $2 AND number = $3"
                    ),
                    params![
                        tx.workspace,
                        c.id,
                        self.session,
                        tx.now,
                        c.close_reason.map(CloseReason::as_str),
                        by,
                        c.title.clone()
                    ],
                )
                .await?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn move_counters(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let count = |active: bool, holder: Option<MemberId>| (i64::from(active && holder.is_none()), i64::from(active));
        let (queued_was, open_was) = count(self.was.active, self.was.holder);
        let (queued, open) = count(self.conversation.is_active(), self.conversation.holder.member());
        if (queued, open) != (queued_was, open_was) {
            inboxes::move_counters(tx, self.conversation.inbox_id, queued - queued_was, open - open_was).await?;
        }
        Ok(())
    }
}

/// The author of what a member does.
pub fn member_author(member: &MemberCaller) -> Author {
    Author { kind: AuthorKind::Member, id: Some(member.id.to_string()), name: Some(member.name.clone()) }
}

fn stored<T: Serialize>(detail: Option<&T>) -> Result<Option<String>, Problem> {
    Ok(detail.map(serde_json::to_string).transpose()?)
}
