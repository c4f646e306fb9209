//! Messages that go later, by themselves: at a time, or after the seconds in which their author may take them back.
//!
//! What must stay true: the job that sends one is enqueued by the change that plans it; those of a conversation that
//! are due leave in the order of their times; what only waits for its undo leaves before whatever its author does next;
//! each is sent as its author would send it then, with his rights of then; what is taken back or cannot be sent is his
//! draft again, and that it could not be sent stands in the thread.

use crate::{
    ALREADY_SENT, Author, AuthorKind, CARD_INVALID, Can, Card, EntryKind, File, FileKind, Holder, ID_REUSED, MailTo,
    Quote, SCHEDULE_TIME, TOO_MANY_SCHEDULED, Uploader,
    access::{CanRead, MayChange},
    draft::{self, Half, ReplyDraft},
    entry::entry,
    event::{NotSent, OneMember, SCHEDULE_FAILED},
    file, quote,
    send::{Message, known, must_fit, place, send},
    thread::{self, Parts, Thread},
};
use axum::{Json, http::StatusCode};
use base::{App, Body, Caller, Ctx, JobFailure, JobKind, MemberCaller, Ms, NewEvent, Permit, Problem, Tx, refusal};
use db::{Row, params, sql};
use ids::{ConversationId, EntryId, FileId, MemberId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

const LONGEST: Ms = 366 * 24 * 3_600_000;
/// Of one conversation.
const MOST: i64 = 50;
/// What leaves so soon only waits for its undo: it keeps its place before whatever its author does next. Longer than the
/// longest time that the desk offers for it.
const SOON: Ms = 35_000;

pub static SEND_DUE: JobKind =
    JobKind { name: "conversations.send_due", run: |app, workspace, due| Box::pin(send_due(app, workspace, due)) };

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleMessage {
    /// Made by the client (UUIDv7); the same id twice is one message.
    pub id: EntryId,
    /// May be empty when files or a card are sent.
    pub text: String,
    #[serde(default)]
    pub file_ids: Vec<FileId>,
    /// A message of this conversation that this one answers.
    pub quote: Option<EntryId>,
    /// A link or an offer to press.
    pub card: Option<Card>,
    /// Who was in charge when the writer looked.
    pub holder: Holder,
    /// The version of the draft that this was: it is a draft no more.
    pub draft: Option<i64>,
    /// Where it goes as e-mail: to whom, if not to all of the last one.
    pub mail: Option<MailTo>,
    /// How long from now, in milliseconds; at most 366 days. Not a time, so that clocks which differ do no harm.
    pub delay_ms: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reschedule {
    /// How long from now, in milliseconds; 0 sends it at once.
    pub delay_ms: i64,
}

/// The message is kept durably.
#[derive(Serialize, ToSchema)]
pub struct Scheduling {
    pub id: EntryId,
    /// `null` when it has left already.
    pub due_at: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct Scheduled {
    pub id: EntryId,
    pub author: Author,
    pub text: Option<String>,
    pub files: Vec<File>,
    pub quote: Option<Quote>,
    pub card: Option<Card>,
    pub due_at: i64,
}

#[derive(Serialize, ToSchema)]
pub struct ScheduledList {
    /// The next one first.
    pub items: Vec<Scheduled>,
}

#[derive(Serialize, Deserialize)]
struct Due {
    conversation: ConversationId,
}

/// A row.
struct Planned {
    id: EntryId,
    member: MemberId,
    name: Option<String>,
    text: Option<String>,
    files: Vec<FileId>,
    quote: Option<EntryId>,
    card: Option<Card>,
    to: Option<MailTo>,
    due_at: Ms,
    /// The newest entry when it was written.
    seen: i64,
}

/// Is about a planned message of a conversation; locked for a change. Its author may, and who may remove the words of
/// others.
pub struct MayChangeScheduled {
    thread: Thread,
    planned: Planned,
}

impl Permit for MayChangeScheduled {
    type Target = (ConversationId, EntryId);

    async fn grant(caller: &Caller, (conversation, id): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let permit = MayChange::grant(caller, conversation, tx).await?;
        permit.must_see()?;
        if entry(tx, conversation, id).await?.is_some() {
            return Err(ALREADY_SENT.into());
        }
        let planned = find(tx, conversation, id).await?.ok_or(refusal::NOT_FOUND)?;
        if planned.member != permit.member.id {
            permit.must(Can::Redact)?;
        } else if permit.member.token().is_some() {
            // It leaves with all rights of its author: a program that may not reply neither sends it nor takes it back.
            permit.must(Can::Reply)?;
        }
        Ok(Self { thread: permit.thread, planned })
    }
}

/// Parameters: workspace, conversation.
macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, member_id, text, files, quote_id, card, mail, due_at, seen_position, (SELECT m.name FROM members m \
             WHERE m.workspace_id = s.workspace_id AND m.id = s.member_id) AS name FROM scheduled s \
             WHERE workspace_id = $1 AND conversation_id = $2",
            $tail
        )
    };
}

impl Planned {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            id: row.get("id")?,
            member: row.get("member_id")?,
            name: row.get("name")?,
            text: row.get("text")?,
            files: serde_json::from_str(&row.get::<String>("files")?)?,
            quote: row.get("quote_id")?,
            card: row.get::<Option<String>>("card")?.map(|text| serde_json::from_str(&text)).transpose()?,
            to: row.get::<Option<String>>("mail")?.map(|text| serde_json::from_str(&text)).transpose()?,
            due_at: row.get("due_at")?,
            seen: row.get("seen_position")?,
        })
    }

    /// With what it names as that is now: a quoted message may have lost its words since.
    async fn described(self, tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Scheduled, Problem> {
        let author = Author { kind: AuthorKind::Member, id: Some(self.member.to_string()), name: self.name };
        let mut files = Vec::new();
        for id in self.files {
            files.extend(file::find_file(tx, id).await?.map(|found| found.file));
        }
        let quote = quote::find(tx, conversation, self.quote).await.ok().flatten();
        Ok(Scheduled { id: self.id, author, text: self.text, files, quote, card: self.card, due_at: self.due_at })
    }

    async fn message(self, tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Message, Problem> {
        let quote = quote::find(tx, conversation, self.quote).await.ok().flatten().map(|quote| quote.id);
        let message = Message::with_card(self.id, &self.text.unwrap_or_default(), self.files, self.card)?;
        Ok(Message { quote, ahead: Some(self.seen), to: self.to, ..message })
    }
}

/// Takes messages of one author out of the plan, in their order: their words are his draft.
async fn give_back(tx: &mut Tx<'_>, mut thread: Thread, member: MemberId, all: Vec<Planned>) -> Result<(), Problem> {
    let conversation = thread.conversation.id;
    for one in &all {
        forget(tx, &mut thread, one.id).await?;
    }
    thread.save(tx).await?;
    let words = words(tx, conversation, all).await?;
    draft::give_back(tx, member, conversation, words).await
}

/// The words of several messages as one draft.
async fn words(tx: &mut Tx<'_>, conversation: ConversationId, all: Vec<Planned>) -> Result<ReplyDraft, Problem> {
    let mut reply = ReplyDraft { text: String::new(), files: Vec::new(), quote: None, card: None, mail: None };
    for one in all {
        let mail = one.to.clone();
        let Scheduled { text, files, quote, card, .. } = one.described(tx, conversation).await?;
        reply.add(ReplyDraft { text: text.unwrap_or_default(), files, quote, card, mail });
    }
    Ok(reply)
}

/// Nothing of a conversation that is deleted leaves: should it be put back, its authors find their words as drafts.
pub(crate) async fn call_off(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<(), Problem> {
    let mut of_each = BTreeMap::<_, Vec<_>>::new();
    for one in planned(tx, conversation).await? {
        of_each.entry(one.member).or_default().push(one);
    }
    tx.put(
        sql!("DELETE FROM scheduled WHERE workspace_id = $1 AND conversation_id = $2"),
        params![tx.workspace, conversation],
    )
    .await?;
    for (member, all) in of_each {
        let words = words(tx, conversation, all).await?;
        draft::give_back(tx, member, conversation, words).await?;
    }
    Ok(())
}

/// Sends what of a member only waits for its undo, before what he does now. `now` is what he sends now.
pub(crate) async fn send_soon(
    tx: &mut Tx<'_>,
    thread: &mut Thread,
    member: &MemberCaller,
    now: Option<EntryId>,
) -> Result<(), Problem> {
    if thread.conversation.scheduled_at.is_none() {
        return Ok(());
    }
    let (conversation, soon) = (thread.conversation.id, tx.now + SOON);
    for one in planned(tx, conversation).await?.into_iter().filter(|one| one.member == member.id) {
        let sent = Some(one.id) == now || known(tx, one.id, conversation, member.id.0).await?.is_some();
        // What cannot be sent is refused when it is due.
        let free = file::must_be_free(tx, &one.files, Uploader::Member(member.id)).await.is_ok();
        if !sent && (one.due_at > soon || !free) {
            continue;
        }
        forget(tx, thread, one.id).await?;
        if !sent {
            let message = one.message(tx, conversation).await?;
            place(tx, thread, member, message).await?;
        }
    }
    Ok(())
}

async fn find(tx: &mut Tx<'_>, conversation: ConversationId, id: EntryId) -> Result<Option<Planned>, Problem> {
    let row = tx.first(sql!(select!(" AND id = $3")), &params![tx.workspace, conversation, id]).await?;
    row.as_ref().map(Planned::from_row).transpose()
}

async fn planned(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<Planned>, Problem> {
    let rows = tx.query(sql!(select!(" ORDER BY due_at, id")), &params![tx.workspace, conversation]).await?;
    rows.iter().map(Planned::from_row).collect()
}

/// The conversation says when the next one goes.
async fn look_ahead(tx: &mut Tx<'_>, thread: &mut Thread) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!("SELECT min(due_at) AS next FROM scheduled WHERE workspace_id = $1 AND conversation_id = $2"),
            &params![tx.workspace, thread.conversation.id],
        )
        .await?;
    thread.conversation.scheduled_at = row.map(|row| row.get("next")).transpose()?.flatten();
    Ok(())
}

async fn forget(tx: &mut Tx<'_>, thread: &mut Thread, id: EntryId) -> Result<(), Problem> {
    tx.put(
        sql!("DELETE FROM scheduled WHERE workspace_id = $1 AND conversation_id = $2 AND id = $3"),
        params![tx.workspace, thread.conversation.id, id],
    )
    .await?;
    look_ahead(tx, thread).await
}

/// What was planned in another conversation goes in this one, `offset` positions later.
pub(crate) async fn take_in(
    tx: &mut Tx<'_>,
    thread: &mut Thread,
    from: ConversationId,
    offset: i64,
) -> Result<(), Problem> {
    let conversation = thread.conversation.id;
    for one in planned(tx, from).await? {
        tx.enqueue(&SEND_DUE, &Due { conversation }, one.due_at).await?;
    }
    tx.put(
        sql!(
            "UPDATE scheduled SET conversation_id = $3, seen_position = seen_position + $4 \
             WHERE workspace_id = $1 AND conversation_id = $2"
        ),
        params![tx.workspace, from, conversation, offset],
    )
    .await?;
    look_ahead(tx, thread).await
}

fn due_after(tx: &Tx<'_>, delay: Ms) -> Result<Ms, Problem> {
    if (0..=LONGEST).contains(&delay) { Ok(tx.now + delay) } else { Err(SCHEDULE_TIME.into()) }
}

async fn schedule(
    tx: &mut Tx<'_>,
    permit: MayChange,
    message: Message,
    seen: Holder,
    delay: Ms,
) -> Result<Scheduling, Problem> {
    let (id, member, conversation) = (message.id, permit.member.id, permit.thread.conversation.id);
    if known(tx, id, conversation, member.0).await?.is_some() {
        return Ok(Scheduling { id, due_at: None });
    }
    if let Some(planned) = find(tx, conversation, id).await? {
        let same = planned.member == member;
        return if same { Ok(Scheduling { id, due_at: Some(planned.due_at) }) } else { Err(ID_REUSED.into()) };
    }
    permit.must_have_seen(seen)?;
    permit.must(Can::Reply)?;
    must_fit(&permit.member, message.text.as_deref())?;
    let mut due_at = due_after(tx, delay)?;
    let others = planned(tx, conversation).await?;
    if others.len() as i64 >= MOST {
        return Err(TOO_MANY_SCHEDULED.with("max", MOST));
    }
    let soon = tx.now + SOON;
    if due_at <= soon {
        // In the order in which they came, however long each was on its way.
        let before = others.iter().filter(|one| one.member == member && one.due_at <= soon).map(|one| one.due_at);
        due_at = due_at.max(before.max().map_or(0, |last| last + 1));
    }
    file::must_be_free(tx, &message.file_ids, Uploader::Member(member)).await?;
    if let Some(picture) = message.card.as_ref().and_then(|card| card.picture) {
        must_be_picture(tx, picture).await?;
    }
    quote::find(tx, conversation, message.quote).await?;
    tx.put(
        sql!(
            "INSERT INTO scheduled (workspace_id, conversation_id, id, member_id, text, files, quote_id, card, \
             mail, due_at, seen_position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            tx.workspace,
            conversation,
            id,
            member,
            message.text,
            serde_json::to_string(&message.file_ids)?,
            message.quote,
            message.card.as_ref().map(serde_json::to_string).transpose()?,
            message.to.as_ref().map(serde_json::to_string).transpose()?,
            due_at,
            permit.thread.conversation.last_position
        ],
    )
    .await?;
    let mut thread = permit.thread;
    look_ahead(tx, &mut thread).await?;
    draft::sent(tx, member, conversation, Half::Reply, message.draft).await?;
    thread.save(tx).await?;
    tx.enqueue(&SEND_DUE, &Due { conversation }, due_at).await?;
    Ok(Scheduling { id, due_at: Some(due_at) })
}

async fn must_be_picture(tx: &mut Tx<'_>, id: FileId) -> Result<(), Problem> {
    let image = file::find_file(tx, id).await?.is_some_and(|found| found.file.kind == FileKind::Image);
    if image { Ok(()) } else { Err(CARD_INVALID.with("field", "picture")) }
}

async fn reschedule(tx: &mut Tx<'_>, permit: MayChangeScheduled, delay: Ms) -> Result<Scheduling, Problem> {
    let MayChangeScheduled { mut thread, planned: Planned { id, .. } } = permit;
    let (conversation, due_at) = (thread.conversation.id, due_after(tx, delay)?);
    tx.put(
        sql!("UPDATE scheduled SET due_at = $4 WHERE workspace_id = $1 AND conversation_id = $2 AND id = $3"),
        params![tx.workspace, conversation, id, due_at],
    )
    .await?;
    look_ahead(tx, &mut thread).await?;
    thread.save(tx).await?;
    tx.enqueue(&SEND_DUE, &Due { conversation }, due_at).await?;
    Ok(Scheduling { id, due_at: Some(due_at) })
}

/// Sends everything of the conversation that is due.
async fn send_due(app: App, workspace: WorkspaceId, due: String) -> Result<(), JobFailure> {
    let Due { conversation } = serde_json::from_str(&due).map_err(|error| JobFailure::GiveUp(error.into()))?;
    loop {
        let next = app
            .read(workspace, move |tx| {
                Box::pin(async move {
                    let next = planned(tx, conversation).await?.into_iter().next();
                    Ok::<_, Problem>(next.filter(|next| next.due_at <= tx.now).map(|next| next.id))
                })
            })
            .await?;
        let Some(id) = next else { return Ok(()) };
        let sent = app.write(workspace, move |tx| Box::pin(send_planned(tx, conversation, id))).await;
        if let Err(problem) = sent {
            // Trouble passes; a refusal stays one. What it may have changed was rolled back.
            if problem.refusal().status >= 500 {
                return Err(problem.into());
            }
            app.write(workspace, move |tx| Box::pin(refuse(tx, conversation, id, problem))).await?;
        }
    }
}

async fn send_planned(tx: &mut Tx<'_>, conversation: ConversationId, id: EntryId) -> Result<(), Problem> {
    let Some(mut thread) = thread::lock(tx, conversation).await? else { return Ok(()) };
    // Taken back, put off or sent by another worker since it was looked at.
    let Some(planned) = find(tx, conversation, id).await?.filter(|planned| planned.due_at <= tx.now) else {
        return Ok(());
    };
    let author = people::as_caller(tx, planned.member).await?.ok_or(refusal::FORBIDDEN)?;
    forget(tx, &mut thread, id).await?;
    if known(tx, id, conversation, planned.member.0).await?.is_some() {
        thread.save(tx).await?;
        return Ok(());
    }
    let message = planned.message(tx, conversation).await?;
    let holder = thread.conversation.holder;
    send(tx, MayChange { member: author.into(), thread }, message, holder).await?;
    Ok(())
}

async fn refuse(tx: &mut Tx<'_>, conversation: ConversationId, id: EntryId, problem: Problem) -> Result<(), Problem> {
    let Some(mut thread) = thread::lock(tx, conversation).await? else { return Ok(()) };
    let due: Vec<_> = planned(tx, conversation).await?.into_iter().filter(|one| one.due_at <= tx.now).collect();
    let Some(refused) = due.iter().find(|one| one.id == id) else { return Ok(()) };
    let (member, name) = (refused.member, refused.name.clone());
    // What was to follow it does not leave without it.
    let his: Vec<_> = due.into_iter().filter(|one| one.member == member).collect();
    let (code, by) = (problem.refusal().code.to_owned(), thread.holder_name.clone());
    // The team saw that it was planned; its words are its author's alone again.
    let author = Author { kind: AuthorKind::Member, id: Some(member.to_string()), name };
    for _ in &his {
        let parts = Parts { failure: Some(code.clone()), ..Parts::default() };
        thread.add(tx, EntryKind::NotSent, author.clone(), parts);
    }
    let told = NotSent { conversation_id: conversation, code, by };
    give_back(tx, thread, member, his).await?;
    tx.emit(NewEvent::new(&SCHEDULE_FAILED, OneMember { member }, &told)?);
    Ok(())
}

/// Send a message later
///
/// It goes when its time has come, unless it is taken back or its author may not send it any more: then it is his
/// draft again.
#[utoipa::path(
    post, path = "/api/v1/conversations/{conversation}/scheduled", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = ScheduleMessage,
    responses((status = 201, body = Scheduling), (status = "default", body = base::ProblemBody))
)]
pub async fn schedule_message(
    ctx: Ctx<MayChange>,
    Body(asked): Body<ScheduleMessage>,
) -> Result<(StatusCode, Json<Scheduling>), Problem> {
    let ScheduleMessage { id, text, file_ids, quote, card, holder, draft, mail, delay_ms } = asked;
    let message = Message { quote, draft, to: mail, ..Message::with_card(id, &text, file_ids, card)? };
    let kept = ctx.write(move |tx, permit| Box::pin(schedule(tx, permit, message, holder, delay_ms))).await?;
    Ok((StatusCode::CREATED, Json(kept)))
}

/// List the messages that are sent later
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/scheduled", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ScheduledList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_scheduled(ctx: Ctx<CanRead>) -> Result<Json<ScheduledList>, Problem> {
    ctx.read(|tx, permit| {
        Box::pin(async move {
            let conversation = permit.thread.conversation.id;
            let mut items = Vec::new();
            for planned in planned(tx, conversation).await? {
                items.push(planned.described(tx, conversation).await?);
            }
            Ok(ScheduledList { items })
        })
    })
    .await
    .map(Json)
}

/// Change when a message is sent
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/scheduled/{entry}", tag = "conversations",
    params(("conversation" = ConversationId, Path), ("entry" = EntryId, Path)), request_body = Reschedule,
    responses((status = 200, body = Scheduling), (status = "default", body = base::ProblemBody))
)]
pub async fn reschedule_message(
    ctx: Ctx<MayChangeScheduled>,
    Body(asked): Body<Reschedule>,
) -> Result<Json<Scheduling>, Problem> {
    ctx.write(move |tx, permit| Box::pin(reschedule(tx, permit, asked.delay_ms))).await.map(Json)
}

/// Take a message back before it is sent
///
/// It is its author's draft again.
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/scheduled/{entry}", tag = "conversations",
    params(("conversation" = ConversationId, Path), ("entry" = EntryId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn take_message_back(ctx: Ctx<MayChangeScheduled>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, MayChangeScheduled { thread, planned }| {
        Box::pin(give_back(tx, thread, planned.member, vec![planned]))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
