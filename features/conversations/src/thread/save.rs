//! Writing what changed of a conversation: its row, its session, its new entries, what counts it, and the event.
//!
//! What must stay true: all of it is one transaction's; counters are moved last and in the order of their ids, so that two
//! who hand over between the same two do not wait for each other. Absent: what may change, and how (`super`).

use super::{Thread, Was};
use crate::{
    CloseReason, Conversation, EntryKind, Holder, activity,
    event::{CHANGED, Changed},
    log, outbox, route, tag,
};
use base::{NewEvent, Problem, Tx};
use contacts::Contact;
use db::{params, sql};
use ids::MemberId;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many of those who had it before may look at it.
const FORMERS: usize = 20;

impl Thread {
    /// Writes everything that changed, and emits the event. Answers the conversation as it is now.
    pub async fn save(mut self, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        self.conversation.revision += 1;
        self.keep_former(tx).await?;
        self.wait(tx);
        self.set_moments(tx).await?;
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
        self.keep_tags(tx).await?;
        self.move_counters(tx).await?;
        let added = self.entries.len();
        let mut entries = std::mem::take(&mut self.entries);
        entries.append(&mut self.changed);
        let changed = Changed { conversation: self.conversation.clone(), entries, delivery: self.delivery.take() };
        tx.emit(NewEvent::new(&CHANGED, self.facts(), &changed)?);
        for entry in &changed.entries[..added] {
            activity::of_entry(tx, &self, entry).await?;
        }
        self.was = Was::of(&self.conversation, self.session);
        self.corrected.clear();
        self.news.clear();
        (self.met, self.is_new, self.restored, self.begins_record) = (false, false, false, false);
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
        self.keep_tags(tx).await
    }

    /// The tables that are asked by tag say what the row does.
    pub(crate) async fn keep_tags(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let now = tag::Standing::of(&self.conversation);
        tag::keep(tx, &self.conversation, &self.was.tagged, &now).await?;
        self.was.tagged = now;
        Ok(())
    }

    /// Whoever waits keeps the place that he has.
    fn wait(&mut self, tx: &Tx<'_>) {
        let conversation = &mut self.conversation;
        let waits = conversation.is_active() && conversation.holder.member().is_none();
        let since = conversation.waits_since.or(conversation.waiting_since).unwrap_or(tx.now);
        conversation.waits_since = waits.then_some(since);
    }

    /// Who had it until now may look at it from now on, where the inbox says so. Asked only when it changes hands.
    async fn keep_former(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let now = self.conversation.holder.member();
        let Some(former) = self.was.holder.member().filter(|former| now != Some(*former)) else { return Ok(()) };
        self.conversation.last_member = Some(former);
        let formers = &mut self.conversation.formers;
        formers.retain(|one| Some(*one) != now && *one != former);
        if inboxes::formers_read(tx, self.conversation.inbox_id).await? {
            formers.push(former);
            formers.drain(..formers.len().saturating_sub(FORMERS));
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
                 contact_name, contact_email, contact_phone, block, channel, visit, contact_verified, holder_team_id, \
                 waits_since, warning_at, late_at, limit_at, sent_count, note_count, rating_count, page_count, \
                 act_count, tags, answer_until, title) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
                 $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38)"
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
                stored(c.contact.verified.as_ref())?,
                c.holder.team(),
                c.waits_since,
                c.warning_at,
                c.late_at,
                self.limit_at,
                c.counts.sent,
                c.counts.notes,
                c.counts.ratings,
                c.counts.pages,
                c.counts.acts,
                stored(Some(&c.tag_ids).filter(|tags| !tags.is_empty()))?,
                c.answer_until,
                c.title.clone(),
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
                 block = $18, title = $19, visit = $20, scheduled_at = $21, tags = $22, holder_team_id = $23, \
                 formers = $24, priority = $25, waits_since = $26, last_member_id = $27, warning_at = $28, \
                 late_at = $29, limit_at = $30, sent_count = $31, note_count = $32, rating_count = $33, \
                 page_count = $34, act_count = $35, answer_until = $36 \
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
                stored(Some(&c.tag_ids).filter(|tags| !tags.is_empty()))?,
                c.holder.team(),
                stored(Some(&c.formers).filter(|formers| !formers.is_empty()))?,
                c.priority.number(),
                c.waits_since,
                c.last_member,
                c.warning_at,
                c.late_at,
                self.limit_at,
                c.counts.sent,
                c.counts.notes,
                c.counts.ratings,
                c.counts.pages,
                c.counts.acts,
                c.answer_until,
            ],
        )
        .await?;
        Ok(())
    }

    async fn write_contact(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let Contact { id, name, email, phone, verified, .. } = &self.conversation.contact;
        tx.put(
            sql!(
                "UPDATE conversations SET contact_id = $3, contact_name = $4, contact_email = $5, contact_phone = $6, \
                 contact_verified = $7 WHERE workspace_id = $1 AND id = $2"
            ),
            params![
                tx.workspace,
                self.conversation.id,
                *id,
                name.clone(),
                email.clone(),
                phone.clone(),
                stored(verified.as_ref())?
            ],
        )
        .await?;
        Ok(())
    }

    /// A session's own row: when it began, when and by whom it ended.
    async fn write_session(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let c = &self.conversation;
        match (self.was.open, c.is_open()) {
            // Its closing was taken back.
            (false, true) if self.session == self.was.session => {
                tx.put(
                    sql!(
                        "UPDATE sessions SET closed_at = NULL, close_reason = NULL, closed_by = NULL \
                         WHERE workspace_id = $1 AND conversation_id = $2 AND number = $3"
                    ),
                    params![tx.workspace, c.id, self.session],
                )
                .await?;
            }
            (false, true) => {
                let source = c.visit.as_ref().and_then(|visit| visit.source.clone());
                let came_by = c.visit.as_ref().and_then(|visit| visit.came_by.as_ref());
                tx.put(
                    sql!(
                        "INSERT INTO sessions (workspace_id, conversation_id, number, opened_at, source, came_by) \
                         VALUES ($1, $2, $3, $4, $5, $6)"
                    ),
                    params![tx.workspace, c.id, self.session, c.opened_at, source, stored(came_by)?],
                )
                .await?;
                self.begins_record = inboxes::begins_with_record(tx, c.inbox_id).await?;
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
        let Self { was, conversation, .. } = self;
        let active = |active: bool, holder: Holder| active.then_some(holder);
        let (before, after) = (active(was.active, was.holder), active(conversation.is_active(), conversation.holder));
        if before == after {
            return Ok(());
        }
        // In the order of their ids: others who hand over between the same two wait, and do not wait for each other.
        let member = |holder: Option<Holder>| holder.and_then(Holder::member);
        for (member, by) in moves(member(before), member(after)) {
            people::move_open(tx, member, by).await?;
        }
        let team = |holder: Option<Holder>| holder.and_then(Holder::team);
        for (team, by) in moves(team(before), team(after)) {
            inboxes::move_team_queue(tx, conversation.inbox_id, team, by).await?;
        }
        let count = |holder: Option<Holder>| (i64::from(holder == Some(Holder::Queue)), i64::from(holder.is_some()));
        let ((queued_was, open_was), (queued, open)) = (count(before), count(after));
        if (queued, open) != (queued_was, open_was) {
            inboxes::move_counters(tx, conversation.inbox_id, queued - queued_was, open - open_was).await?;
        }
        let freed = member(before).filter(|freed| member(after) != Some(*freed));
        let waits = conversation.waits_since.map(|_| conversation.inbox_id);
        if freed.is_some() || waits.is_some() { route::wake(tx, waits, freed).await } else { Ok(()) }
    }
}

/// Takes a conversation that is no more out of what counts it; whoever had it can have another one.
pub(crate) async fn uncount(tx: &mut Tx<'_>, gone: &Conversation) -> Result<(), Problem> {
    if !gone.is_active() {
        return Ok(());
    }
    let inbox = gone.inbox_id;
    match gone.holder {
        Holder::Queue => {}
        Holder::Member { id } => people::move_open(tx, id, -1).await?,
        Holder::Team { id } => inboxes::move_team_queue(tx, inbox, id, -1).await?,
    }
    inboxes::move_counters(tx, inbox, -i64::from(gone.holder == Holder::Queue), -1).await?;
    match gone.holder.member() {
        Some(freed) => route::wake(tx, None, Some(freed)).await,
        None => Ok(()),
    }
}

/// One less for whom it leaves and one more for whom it comes to.
fn moves<K: Ord>(before: Option<K>, after: Option<K>) -> BTreeMap<K, i64> {
    if before == after {
        return BTreeMap::new();
    }
    before.map(|from| (from, -1)).into_iter().chain(after.map(|to| (to, 1))).collect()
}

fn stored<T: Serialize>(detail: Option<&T>) -> Result<Option<String>, Problem> {
    Ok(detail.map(serde_json::to_string).transpose()?)
}
