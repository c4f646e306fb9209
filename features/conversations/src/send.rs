//! A member's message.
//!
//! The client names the message; a repeat answers what the first one did. Writing into the queue takes the
//! conversation, unless its inbox wants to hear first that somebody begins; writing into a closed one opens it again, and a conversation that changed hands since the
//! writer saw it is refused with the name of the one who has it.

use crate::{
    About, CARD_INVALID, CONVERSATION_NOT_BEGUN, Card, Conversation, Entry, FILE_NOT_TAKEN, FILE_UNKNOWN, File,
    FileKind, Holder, ID_REUSED, TEXT_EMPTY, TEXT_TOO_LONG, TOO_MANY_FILES, Template, Uploader, WINDOW_CLOSED,
    access::{Can, MayChange},
    draft::{self, Half},
    file,
    mail_entry::{self, MailTo},
    outbox, quote,
    read::mark,
    schedule,
    thread::{Parts, Thread, member_author},
};
use axum::{Json, http::StatusCode};
use base::{Body, Ctx, MemberCaller, Ms, Problem, Tx};
use channels::Capabilities;
use db::{Row, Sql, params, sql};
use ids::{ConversationId, EntryId, FileId, Uuid};
use inboxes::{Channel, Claim};
use people::Limits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the channels take, from either side.
const LIMITS: Limits = Limits::MOST;
const HOUR_MS: Ms = 3_600_000;

/// What a person writes.
pub struct Message {
    pub id: EntryId,
    pub text: Option<String>,
    pub file_ids: Vec<FileId>,
    /// The message that it answers.
    pub quote: Option<EntryId>,
    pub card: Option<Card>,
    /// The version of the draft that this was.
    pub draft: Option<i64>,
    /// When it was written, by what another system says.
    pub written_at: Option<i64>,
    /// Written ahead, when this was the newest entry: what came since it does not answer.
    pub ahead: Option<i64>,
    /// Its text is what this template says.
    pub template: Option<Template>,
    /// Of a contact's: what it is about, beside what it says.
    pub about: Option<About>,
    /// To whom, where it goes as e-mail; otherwise to all of the last one.
    pub to: Option<MailTo>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
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
}

/// The message is stored durably.
#[derive(Clone, Serialize, ToSchema)]
pub struct Ack {
    pub id: EntryId,
    pub conversation_id: ConversationId,
    pub position: i64,
    pub at: i64,
    pub revision: i64,
}

impl Ack {
    pub(crate) fn of(entry: &Entry) -> Self {
        let Entry { id, conversation_id, position, at, revision, .. } = *entry;
        Self { id, conversation_id, position, at, revision }
    }
}

impl Message {
    /// Checks what was written against the limits.
    pub fn new(id: EntryId, text: &str, file_ids: Vec<FileId>) -> Result<Self, Problem> {
        let message = Self::within_limits(id, text, file_ids)?;
        if message.text.is_none() && message.file_ids.is_empty() { Err(TEXT_EMPTY.into()) } else { Ok(message) }
    }

    /// With a card, if there is one: it says enough without a text.
    pub fn with_card(id: EntryId, text: &str, file_ids: Vec<FileId>, card: Option<Card>) -> Result<Self, Problem> {
        let Some(card) = card else { return Self::new(id, text, file_ids) };
        let card = card.checked(&file_ids)?;
        Ok(Self { card: Some(card), ..Self::within_limits(id, text, file_ids)? })
    }

    fn within_limits(id: EntryId, text: &str, file_ids: Vec<FileId>) -> Result<Self, Problem> {
        let text = text.trim();
        let length = text.chars().count();
        if length > LIMITS.message_characters || text.len() > LIMITS.message_bytes {
            return Err(TEXT_TOO_LONG.with("max", LIMITS.message_characters).with("length", length));
        }
        if file_ids.len() > LIMITS.message_files {
            return Err(TOO_MANY_FILES.with("max", LIMITS.message_files));
        }
        // PostgreSQL cannot store NUL, and no person writes it.
        let text: String = text.chars().filter(|char| *char != '\0').collect();
        let text = (!text.is_empty()).then_some(text);
        Ok(Self { file_ids, ..Self::bare(id, text) })
    }

    /// Words that nobody checks, as those of a contact.
    pub fn bare(id: EntryId, text: Option<String>) -> Self {
        let file_ids = Vec::new();
        Self {
            id,
            text,
            file_ids,
            quote: None,
            card: None,
            draft: None,
            written_at: None,
            ahead: None,
            template: None,
            about: None,
            to: None,
        }
    }
}

/// Refuses words of the team that are longer than their workspace allows.
pub(crate) fn must_fit(member: &MemberCaller, text: Option<&str>) -> Result<(), Problem> {
    let (length, max) = (text.unwrap_or_default().trim().chars().count(), member.message_characters);
    if length > max { Err(TEXT_TOO_LONG.with("max", max).with("length", length)) } else { Ok(()) }
}

/// Refuses words that the conversation's channel does not take.
pub(crate) fn must_fit_channel(channel: Channel, text: Option<&str>) -> Result<(), Problem> {
    let Some(Capabilities { text: limit, .. }) = channel.capabilities() else { return Ok(()) };
    let text = text.unwrap_or_default();
    if limit.fits(text) { Ok(()) } else { Err(TEXT_TOO_LONG.with("max", limit.max).with("length", limit.of(text))) }
}

/// Refuses files that the conversation's channel does not take.
fn must_take(channel: Channel, files: &[File]) -> Result<(), Problem> {
    let Some(Capabilities { files: limits, .. }) = channel.capabilities() else { return Ok(()) };
    for File { name, media_type, size, .. } in files {
        let most = limits.of(media_type).unwrap_or(0);
        if size.unsigned_abs() > most {
            return Err(FILE_NOT_TAKEN.with("name", name.clone()).with("max_bytes", most));
        }
    }
    Ok(())
}

/// Refuses what the channel does not let through any more: the contact wrote too long ago. Some let a person answer
/// longer than a program.
pub(crate) fn must_be_in_time(
    tx: &Tx<'_>,
    thread: &Thread,
    member: &MemberCaller,
    templated: bool,
) -> Result<(), Problem> {
    let Conversation { channel, answer_until, .. } = &thread.conversation;
    let Some(Capabilities { window_hours: Some(hours), human_hours, templates, .. }) = channel.capabilities() else {
        return Ok(());
    };
    let longer = human_hours.filter(|_| member.token().is_none()).map_or(0, |human| human - hours);
    let open = answer_until.is_some_and(|until| tx.now < until + longer * HOUR_MS);
    if open || (templated && *templates) { Ok(()) } else { Err(WINDOW_CLOSED.into()) }
}

/// What stands under an id already.
pub(crate) struct Stored {
    ack: Ack,
    author: Option<Uuid>,
}

impl Stored {
    /// Takes the workspace and the entry's id.
    pub(crate) const QUERY: &Sql = sql!(
        "SELECT id, conversation_id, position, at, revision, author_id FROM entries WHERE workspace_id = $1 AND id = $2"
    );

    pub(crate) fn from_row(row: &Row) -> Result<Self, db::Error> {
        let ack = Ack {
            id: row.get("id")?,
            conversation_id: row.get("conversation_id")?,
            position: row.get("position")?,
            at: row.get("at")?,
            revision: row.get("revision")?,
        };
        Ok(Self { ack, author: row.get("author_id")? })
    }

    pub(crate) fn conversation(&self) -> ConversationId {
        self.ack.conversation_id
    }

    /// The answer to a repeat, if it is the same author's in the same conversation.
    pub(crate) fn repeated(self, conversation: ConversationId, author: Uuid) -> Result<Ack, Problem> {
        let same = self.ack.conversation_id == conversation && self.author == Some(author);
        if same { Ok(self.ack) } else { Err(ID_REUSED.into()) }
    }
}

/// What an earlier try with this id stored, if it was the same author's in the same conversation.
pub(crate) async fn known(
    tx: &mut Tx<'_>,
    id: EntryId,
    conversation: ConversationId,
    author: Uuid,
) -> Result<Option<Ack>, Problem> {
    let row = tx.first(Stored::QUERY, &params![tx.workspace, id]).await?;
    row.map(|row| Stored::from_row(&row)?.repeated(conversation, author)).transpose()
}

/// Writes a member's message.
pub async fn send(tx: &mut Tx<'_>, permit: MayChange, message: Message, seen: Holder) -> Result<Ack, Problem> {
    let conversation_id = permit.thread.conversation.id;
    if let Some(ack) = known(tx, message.id, conversation_id, permit.member.id.0).await? {
        return Ok(ack);
    }
    permit.must_have_seen(seen)?;
    permit.must(Can::Reply)?;
    must_fit(&permit.member, message.text.as_deref())?;
    let MayChange { member, mut thread } = permit;
    let author = member_author(&member);
    let was_open = thread.conversation.is_open();
    if !was_open {
        thread.open_again(tx, author.clone());
    }
    if thread.conversation.holder.member().is_none() {
        if was_open && claim_of(tx, &thread).await? == Claim::OnStart {
            return Err(CONVERSATION_NOT_BEGUN.into());
        }
        let me = Holder::Member { id: member.id };
        thread.hand_to(tx, me, Some(member.name.clone()), author.clone(), None);
    }
    if message.ahead.is_none() {
        schedule::send_soon(tx, &mut thread, &member, Some(message.id)).await?;
    }
    let (ahead, version) = (message.ahead, message.draft);
    let ack = place(tx, &mut thread, &member, message).await?;
    // Answering is reading: what he answers he has seen.
    mark(tx, &member, &mut thread, ahead.unwrap_or(ack.position)).await?;
    draft::sent(tx, member.id, conversation_id, Half::Reply, version).await?;
    thread.save(tx).await?;
    Ok(ack)
}

/// When a conversation of its inbox becomes somebody's. Only asked where nobody has it.
async fn claim_of(tx: &mut Tx<'_>, thread: &Thread) -> Result<Claim, Problem> {
    Ok(inboxes::routing(tx, thread.conversation.inbox_id).await?.unwrap_or_default().claim)
}

/// Puts a message at the end of the thread, which the caller saves.
pub(crate) async fn place(
    tx: &mut Tx<'_>,
    thread: &mut Thread,
    member: &MemberCaller,
    message: Message,
) -> Result<Ack, Problem> {
    must_fit_channel(thread.conversation.channel, message.text.as_deref())?;
    must_be_in_time(tx, thread, member, message.template.is_some())?;
    let (conversation_id, position) = (thread.conversation.id, thread.conversation.last_position + 1);
    let uploader = Uploader::Member(member.id);
    let files = file::attach(tx, &message.file_ids, uploader, conversation_id, position).await?;
    if files.len() != message.file_ids.len() {
        return Err(FILE_UNKNOWN.into());
    }
    must_take(thread.conversation.channel, &files)?;
    let picture = message.card.as_ref().and_then(|card| card.picture);
    if files.iter().any(|file| Some(file.id) == picture && file.kind != FileKind::Image) {
        return Err(CARD_INVALID.with("field", "picture"));
    }
    let quote = quote::find(tx, conversation_id, message.quote).await?;
    let mail = match thread.conversation.channel {
        Channel::Email => Some(mail_entry::outgoing(tx, &thread.conversation, member, message.to).await?),
        _ => None,
    };
    let parts = Parts {
        id: Some(message.id),
        text: message.text,
        files,
        delivery: Some(outbox::begin(thread.conversation.channel)),
        quote,
        card: message.card,
        template: message.template,
        mail,
        ..Parts::default()
    };
    let ack = Ack::of(thread.add_message(tx, member_author(member), parts));
    if let Some(seen) = message.ahead {
        thread.conversation.waiting_since = first_after(tx, conversation_id, seen).await?;
    }
    Ok(ack)
}

/// When the contact first wrote after a position.
async fn first_after(tx: &mut Tx<'_>, id: ConversationId, position: i64) -> Result<Option<i64>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT at FROM entries WHERE workspace_id = $1 AND conversation_id = $2 AND position > $3 \
                 AND kind = 'message' AND author_kind = 'contact' ORDER BY position LIMIT 1"
            ),
            &params![tx.workspace, id, position],
        )
        .await?;
    Ok(row.map(|row| row.get("at")).transpose()?)
}

/// Send a message
#[utoipa::path(
    post, path = "/api/v1/conversations/{conversation}/messages", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = SendMessage,
    responses((status = 201, body = Ack), (status = "default", body = base::ProblemBody))
)]
pub async fn send_message(
    ctx: Ctx<MayChange>,
    Body(asked): Body<SendMessage>,
) -> Result<(StatusCode, Json<Ack>), Problem> {
    let SendMessage { id, text, file_ids, quote, card, draft, mail, .. } = asked;
    let message = Message { quote, draft, to: mail, ..Message::with_card(id, &text, file_ids, card)? };
    let ack = ctx.write(move |tx, permit| Box::pin(send(tx, permit, message, asked.holder))).await?;
    Ok((StatusCode::CREATED, Json(ack)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> Result<Option<String>, &'static str> {
        Message::new(EntryId(Uuid::nil()), text, Vec::new())
            .map(|message| message.text)
            .map_err(|problem| problem.refusal().code)
    }

    /// R189, C11
    #[test]
    fn the_limit_counts_characters_after_trimming() {
        let limit = "é".repeat(LIMITS.message_characters);
        assert_eq!(checked(&format!("  {limit}\n")), Ok(Some(limit.clone())));
        assert_eq!(checked(&format!("{limit}x")), Err("text_too_long"));
        assert_eq!(checked(&"😀".repeat(LIMITS.message_characters)), Ok(Some("😀".repeat(LIMITS.message_characters))));
        assert_eq!(checked(" \n\0 "), Err("text_empty"));
    }
}
