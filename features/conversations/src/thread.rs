//! A conversation being read or changed. Every change of the product goes through [`Thread::save`], which
//! writes the row, the new entries, the counters and the event together.

mod save;

pub(crate) use save::uncount;

use crate::{
    About, Assignment, Author, Card, CloseReason, Conversation, Delivery, Entry, EntryKind, File, Holder, Mail,
    Mention, Page, PageData, Preview, Priority, Quote, Status, Template, Why,
    access::Facts,
    conversation::{Counts, columns, json},
    entry::AuthorKind,
    event::DeliveryMove,
    outbox::{News, NewsKind},
    record::RecordNews,
    send::Stored,
    tag,
};
use base::{MemberCaller, Ms, Problem, Right, Rights, Role, Scope, Tx};
use contacts::Contact;
use db::{Engine, Row, Sql, Value, params, sql};
use ids::{ContactId, ConversationId, EntryId, InboxId, MemberId, TagId};
use inboxes::Channel;

pub struct Thread {
    pub conversation: Conversation,
    pub holder_name: Option<String>,
    /// Whether the holder may still be in charge: a member who is not disabled and at work in the inbox or above it, or a
    /// team that works in the inbox.
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
    /// How long its contact may wait, as its inbox keeps it.
    pub(crate) time_limit: Option<String>,
    /// What his waiting counts from moved.
    pub(crate) timed: bool,
    /// When the next mark is due of which nobody was told.
    pub(crate) limit_at: Option<i64>,
    /// It was deleted, and is there again.
    restored: bool,
    /// A session begins that begins with a record.
    begins_record: bool,
}

/// What counters and audiences compare with.
struct Was {
    /// 0: there was none yet.
    session: i64,
    open: bool,
    active: bool,
    blocked: bool,
    holder: Holder,
    formers: Vec<MemberId>,
    tagged: tag::Standing,
}

impl Was {
    fn of(conversation: &Conversation, session: i64) -> Self {
        Self {
            session,
            open: conversation.is_open(),
            active: conversation.is_active(),
            blocked: conversation.block.is_some(),
            holder: conversation.holder,
            formers: conversation.formers.clone(),
            tagged: tag::Standing::of(conversation),
        }
    }
}

/// What an entry adds to its kind.
#[derive(Default)]
pub struct Parts {
    pub id: Option<EntryId>,
    pub text: Option<String>,
    pub files: Vec<File>,
    pub delivery: Option<Delivery>,
    pub failure: Option<String>,
    pub assignment: Option<Assignment>,
    pub reason: Option<CloseReason>,
    pub tag_id: Option<TagId>,
    pub until: Option<i64>,
    pub score: Option<u8>,
    pub page: Option<Page>,
    pub mentions: Vec<Mention>,
    pub quote: Option<Quote>,
    pub card: Option<Card>,
    pub record: Option<RecordNews>,
    /// When it was written, by what another system says.
    pub written_at: Option<i64>,
    /// What the contact's channel calls it, when it cannot be shown.
    pub unsupported: Option<String>,
    pub about: Option<About>,
    pub mail: Option<Mail>,
    pub waited_since: Option<i64>,
    pub template: Option<Template>,
}

/// A conversation with what is to be known of its holder. The holder is looked up beside the row and not joined: on
/// PostgreSQL a statement that waited for the lock sees the row anew, but joined rows as they were before the wait. He is
/// one list in one look: each further look costs PostgreSQL as much as reading the row itself.
macro_rules! select {
    ($which:literal) => {
        sql!(sqlite: select!("json_array", $which, ""), postgres: select!("json_build_array", $which, ""))
    };
    ($which:literal, lock) => {
        sql!(sqlite: select!("json_array", $which, ""), postgres: select!("json_build_array", $which, " FOR UPDATE OF c"))
    };
    ($list:literal, $which:literal, $lock:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", (SELECT CAST(",
            $list,
            "(m.name, m.role, m.disabled_at, x.rights, CASE WHEN w.member_id IS NULL THEN 0 ELSE 1 END) AS TEXT) \
             FROM members m LEFT JOIN roles x ON x.workspace_id = m.workspace_id AND x.role = m.role \
             LEFT JOIN memberships w ON w.workspace_id = m.workspace_id AND w.inbox_id = c.inbox_id \
             AND w.member_id = m.id WHERE m.workspace_id = c.workspace_id AND m.id = c.holder_member_id) \
             AS holder_member, (SELECT CAST(",
            $list,
            "(t.name, CASE WHEN x.team_id IS NULL THEN 0 ELSE 1 END) AS TEXT) FROM teams t LEFT JOIN team_inboxes x \
             ON x.workspace_id = t.workspace_id AND x.inbox_id = c.inbox_id AND x.team_id = t.id \
             WHERE t.workspace_id = c.workspace_id AND t.id = c.holder_team_id) AS holder_team, \
             (SELECT i.time_limit FROM inboxes i WHERE i.workspace_id = c.workspace_id AND i.id = c.inbox_id) \
             AS time_limit, c.limit_at FROM conversations c WHERE ",
            $which,
            $lock
        )
    };
}

/// The name, the role, when he was disabled, a free role's rights, and whether he works in the inbox.
type HolderMember = (String, String, Option<i64>, Option<String>, u8);

/// The name, and whether it works in the inbox.
type HolderTeam = (String, u8);

async fn first(tx: &mut Tx<'_>, sql: &'static Sql, values: &[Value]) -> Result<Option<Thread>, Problem> {
    let row = tx.first(sql, values).await?;
    Ok(row.as_ref().map(Thread::from_row).transpose()?)
}

/// The conversation, to look at.
pub async fn load(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Thread>, Problem> {
    first(tx, select!("c.workspace_id = $1 AND c.id = $2"), &params![tx.workspace, id]).await
}

/// The conversation, to change: nobody else changes it before this transaction ends. On SQLite the writer runs one
/// command at a time.
pub async fn lock(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Thread>, Problem> {
    let locked = select!("c.workspace_id = $1 AND c.id = $2", lock);
    first(tx, locked, &params![tx.workspace, id]).await
}

/// The contact's conversation in an inbox, to look at.
pub async fn load_of_contact(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<Option<Thread>, Problem> {
    let found = select!("c.workspace_id = $1 AND c.inbox_id = $2 AND c.contact_id = $3");
    first(tx, found, &params![tx.workspace, inbox, contact]).await
}

/// The contact's conversation in an inbox, to change; see [`lock`]. Where there is none the contact is locked and
/// looked at again, so that no other first message begins the conversation meanwhile.
pub async fn lock_of_contact(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<Option<Thread>, Problem> {
    let values = params![tx.workspace, inbox, contact];
    let found = first(tx, LOCK_OF_CONTACT, &values).await?;
    if found.is_some() || tx.engine() == Engine::Sqlite {
        return Ok(found);
    }
    contacts::lock(tx, contact).await?;
    first(tx, LOCK_OF_CONTACT, &values).await
}

/// Like [`lock_of_contact`], and what stands under an entry's id once the lock is held.
pub(crate) async fn lock_of_contact_for(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    contact: ContactId,
    entry: EntryId,
) -> Result<(Option<Thread>, Option<Stored>), Problem> {
    let (values, named) = (params![tx.workspace, inbox, contact], params![tx.workspace, entry]);
    let mut found = tx.both((LOCK_OF_CONTACT, &values), (Stored::QUERY, &named)).await?;
    if found.0.is_empty() && tx.engine() == Engine::Postgres {
        contacts::lock(tx, contact).await?;
        found = tx.both((LOCK_OF_CONTACT, &values), (Stored::QUERY, &named)).await?;
    }
    let (thread, stored) = (found.0.first(), found.1.first());
    Ok((thread.map(Thread::from_row).transpose()?, stored.map(Stored::from_row).transpose()?))
}

const LOCK_OF_CONTACT: &Sql = select!("c.workspace_id = $1 AND c.inbox_id = $2 AND c.contact_id = $3", lock);

impl Thread {
    fn from_row(row: &Row) -> Result<Self, db::Error> {
        let conversation = Conversation::from_row(row)?;
        let (holder_name, holder_stands) = match conversation.holder {
            Holder::Queue => (None, false),
            Holder::Member { .. } => match json::<HolderMember>(row, "holder_member")? {
                Some((name, role, disabled_at, own, works)) => {
                    let rights = Role::parse(&role).map(|role| Rights::stored(role, own.as_deref()));
                    let above = rights.is_some_and(|rights| rights.scope(Right::CONVERSATION_REPLY) == Scope::All);
                    (Some(name), disabled_at.is_none() && (works == 1 || above))
                }
                None => (None, false),
            },
            Holder::Team { .. } => match json::<HolderTeam>(row, "holder_team")? {
                Some((name, works)) => (Some(name), works == 1),
                None => (None, false),
            },
        };
        let session = row.get("session")?;
        Ok(Self {
            was: Was::of(&conversation, session),
            holder_name,
            holder_stands,
            contact_delivered_position: row.get("contact_delivered_position")?,
            contact_read_position: row.get("contact_read_position")?,
            session,
            conversation,
            entries: Vec::new(),
            changed: Vec::new(),
            corrected: Vec::new(),
            delivery: None,
            news: Vec::new(),
            met: false,
            is_new: false,
            time_limit: row.get("time_limit")?,
            timed: false,
            limit_at: row.get("limit_at")?,
            restored: false,
            begins_record: false,
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
            tag_ids: Vec::new(),
            visit: None,
            page_data: PageData::new(),
            holder: Holder::Queue,
            formers: Vec::new(),
            priority: Priority::Normal,
            waits_since: None,
            last_member: None,
            revision: 0,
            last_position: 0,
            last_activity_at: tx.now,
            opened_at: tx.now,
            waiting_since: None,
            warning_at: None,
            late_at: None,
            answer_until: None,
            inbound_count: 0,
            counts: Counts::default(),
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
            was: Was {
                session: 0,
                open: false,
                active: false,
                blocked: false,
                holder: Holder::Queue,
                formers: Vec::new(),
                tagged: tag::Standing::default(),
            },
            entries: Vec::new(),
            changed: Vec::new(),
            corrected: Vec::new(),
            delivery: None,
            news: Vec::new(),
            met: false,
            is_new: true,
            time_limit: None,
            timed: false,
            limit_at: None,
            restored: false,
            begins_record: false,
        }
    }

    pub fn facts(&self) -> Facts {
        Facts {
            holder_name: self.holder_name.clone(),
            was_holder: self.was.holder.member(),
            was_team: self.was.holder.team(),
            was_formers: self.was.formers.clone(),
            was_blocked: self.was.blocked,
            corrected: self.corrected.clone(),
            outbox: !self.news.is_empty(),
            channel: (!self.news.is_empty()).then_some(self.conversation.channel),
            restored: self.restored,
            began: self.begins_record.then_some(self.session),
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
            failure: parts.failure,
            failure_detail: None,
            written_at: parts.written_at,
            unsupported: parts.unsupported,
            about: parts.about,
            reactions: Vec::new(),
            mail: parts.mail,
            waited_since: parts.waited_since,
            template: parts.template,
            assignment: parts.assignment,
            reason: parts.reason,
            tag_id: parts.tag_id,
            until: parts.until,
            score: parts.score,
            page: parts.page,
            mentions: parts.mentions,
            quote: parts.quote,
            card: parts.card,
            record: parts.record,
            clicked_at: None,
            edited_at: None,
            earlier: Vec::new(),
            removed: None,
        });
        let added = &self.entries[self.entries.len() - 1];
        self.conversation.counts.add(added);
        added
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
        conversation.preview = Some(Preview { unsupported: parts.unsupported.is_some(), ..preview });
        conversation.last_activity_at = tx.now;
        if author.kind == AuthorKind::Contact {
            conversation.inbound_count += 1;
            conversation.waiting_since.get_or_insert(tx.now);
            self.timed = true;
        } else {
            conversation.waiting_since = None;
        }
        // What was said elsewhere is there already.
        let by_member = author.kind == AuthorKind::Member && author.id.is_some();
        let id = self.add(tx, EntryKind::Message, author, parts).id;
        if by_member {
            self.tell(NewsKind::MessageCreated, Some(id));
        }
        &self.entries[self.entries.len() - 1]
    }

    /// The contact's side must hear of it, where it hears by request. What is on a website hears by the stream.
    pub(crate) fn tell(&mut self, kind: NewsKind, entry: Option<EntryId>) {
        if self.conversation.channel != Channel::Website {
            self.news.push(News { kind, entry });
        }
    }

    /// Adds an entry of another conversation at the next position. It keeps its name, and when it was said.
    pub(crate) fn take_in(&mut self, tx: &Tx<'_>, entry: Entry) {
        self.conversation.last_position += 1;
        self.conversation.counts.add(&entry);
        self.entries.push(Entry {
            conversation_id: self.conversation.id,
            position: self.conversation.last_position,
            revision: self.conversation.revision + 1,
            at: tx.now,
            written_at: entry.written_at.or(Some(entry.at)),
            ..entry
        });
    }

    /// Takes over what the contact's channel says of him. What it does not know stays.
    pub(crate) fn meet(&mut self, told: &Contact) {
        let contact = &mut self.conversation.contact;
        if told.verified.is_some() && contact.verified != told.verified {
            contact.verified = told.verified.clone();
            self.met = true;
        }
        for (known, told) in
            [(&mut contact.name, &told.name), (&mut contact.email, &told.email), (&mut contact.phone, &told.phone)]
        {
            if told.is_some() && known != told {
                *known = told.clone();
                self.met = true;
            }
        }
    }

    /// It turns out to be this person's.
    pub(crate) fn becomes(&mut self, person: Contact) {
        self.conversation.contact = person;
        self.met = true;
    }

    /// It was deleted then, and is this person's again: nothing counts it yet, nothing of it is planned any more, it is
    /// newer than its deletion, and nobody told since whether he is there.
    pub(crate) fn come_back(&mut self, person: Contact, deleted_at: Ms) {
        self.becomes(person);
        (self.was.active, self.was.tagged) = (false, tag::Standing::default());
        self.conversation.revision += 1;
        self.conversation.scheduled_at = None;
        if let Some(visit) = &mut self.conversation.visit {
            visit.left_at.get_or_insert(deleted_at);
        }
        (self.timed, self.restored) = (true, true);
    }

    /// Puts another holder in charge and says so in the timeline.
    pub fn hand_to(&mut self, tx: &Tx<'_>, to: Holder, to_name: Option<String>, by: Author, comment: Option<String>) {
        self.assign(tx, to, to_name, by, (comment, None));
    }

    /// As [`Self::hand_to`], by a rule, which says why.
    pub(crate) fn hand_to_because(&mut self, tx: &Tx<'_>, to: Holder, to_name: Option<String>, why: Why) {
        let system = Author { kind: AuthorKind::System, id: None, name: None };
        self.assign(tx, to, to_name, system, (None, Some(why)));
    }

    fn assign(
        &mut self,
        tx: &Tx<'_>,
        to: Holder,
        to_name: Option<String>,
        by: Author,
        (comment, why): (Option<String>, Option<Why>),
    ) {
        let assignment = Assignment {
            from: self.conversation.holder,
            to,
            from_name: self.holder_name.take(),
            to_name: to_name.clone(),
            comment,
            why,
        };
        (self.conversation.holder, self.holder_name) = (to, to_name);
        self.add(tx, EntryKind::Assigned, by, Parts { assignment: Some(assignment), ..Parts::default() });
    }

    /// Begins a new session in a closed conversation. The holder stays unless he can no longer be in charge.
    pub fn open_again(&mut self, tx: &Tx<'_>, by: Author) {
        let conversation = &mut self.conversation;
        let met_at = conversation.last_activity_at;
        conversation.visit = conversation.visit.take().and_then(|visit| visit.in_next_session(met_at, tx.now));
        (conversation.status, conversation.close_reason) = (Status::Open, None);
        (conversation.opened_at, conversation.last_activity_at) = (tx.now, tx.now);
        conversation.title = None;
        self.session += 1;
        self.tell(NewsKind::ConversationReopened, None);
        self.add(tx, EntryKind::Reopened, by, Parts::default());
        self.leave_who_cannot_hold(tx);
    }

    fn leave_who_cannot_hold(&mut self, tx: &Tx<'_>) {
        if self.conversation.holder != Holder::Queue && !self.holder_stands {
            let system = Author { kind: AuthorKind::System, id: None, name: None };
            self.hand_to(tx, Holder::Queue, None, system, None);
        }
    }

    /// The session goes on as if it had not ended: its contact waits since then, and its title stays.
    pub(crate) fn take_back(&mut self, tx: &Tx<'_>, closing: &Entry, by: Author) {
        let conversation = &mut self.conversation;
        (conversation.status, conversation.close_reason) = (Status::Open, None);
        conversation.waiting_since = closing.waited_since;
        conversation.last_activity_at = tx.now;
        // Nobody told meanwhile whether he left the site or came back.
        if let Some(visit) = &mut conversation.visit {
            visit.left_at = None;
        }
        self.timed = conversation.waiting_since.is_some();
        self.tell(NewsKind::ConversationReopened, None);
        self.add(tx, EntryKind::Reopened, by, Parts { reason: closing.reason, ..Parts::default() });
        self.leave_who_cannot_hold(tx);
    }

    /// Ends the session. The holder stays: status and holder are two things. `note` is for the team.
    pub fn close(&mut self, tx: &Tx<'_>, reason: CloseReason, by: Author, note: Option<String>) {
        let conversation = &mut self.conversation;
        (conversation.status, conversation.close_reason) = (Status::Closed, Some(reason));
        conversation.snoozed_until = None;
        let waited_since = conversation.waiting_since.take();
        conversation.last_activity_at = tx.now;
        self.tell(NewsKind::ConversationClosed, None);
        let parts = Parts { reason: Some(reason), text: note, waited_since, ..Parts::default() };
        self.add(tx, EntryKind::Closed, by, parts);
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
}

/// The author of what a member does.
pub fn member_author(member: &MemberCaller) -> Author {
    Author { kind: AuthorKind::Member, id: Some(member.id.to_string()), name: Some(member.name.clone()) }
}
