//! What a member has begun to write: an answer, a note, or both, kept for each conversation so that it follows him to
//! another device and is still his when the conversation was taken away.
//!
//! What must stay true: only its author reads it; a device that did not know the newest version overwrites nothing;
//! what was sent is a draft no more. The words are not in the event, since the log of events outlives a draft.
//! Absent: listing them (`draft_list`).

use crate::{
    Card, DRAFT_MOVED, DRAFT_TOO_LARGE, File, MailTo, Mention, Quote,
    access::CanRead,
    event::{DRAFT, DraftSaved, OneMember},
    quote,
};
use axum::{Json, http::StatusCode};
use base::{Body, Caller, Ctx, MemberCaller, Ms, NewEvent, Permit, Problem, Tx};
use db::{Row, params, sql};
use ids::{ConversationId, EntryId, MemberId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Of an answer or a note with what belongs to it, in bytes of JSON: a message that is far too long is still kept.
const LARGEST: usize = 64 * 1024;
/// Versions of one moment run ahead of the clock; one that is further ahead was never given by us.
const AHEAD: Ms = 3_600_000;

/// An answer to the contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyDraft {
    pub text: String,
    /// Uploaded, and to be sent with it.
    pub files: Vec<File>,
    pub quote: Option<Quote>,
    #[serde(default)]
    pub card: Option<Card>,
    /// Of an answer by mail: to whom, if not to all of the last one.
    #[serde(default)]
    pub mail: Option<MailTo>,
}

impl ReplyDraft {
    /// What was written after it. There is one card: another one before it goes on as words, without its picture. The
    /// desk does the same with what it takes back (`drafts.ts`), to the letter: it would stand there twice.
    pub(crate) fn add(&mut self, then: Self) {
        if then.card.is_some()
            && let Some(card) = self.card.take_if(|card| Some(&*card) != then.card.as_ref())
        {
            self.files.retain(|file| Some(file.id) != card.picture);
            add_text(&mut self.text, &card.in_words());
        }
        add_text(&mut self.text, &then.text);
        let known = &self.files;
        let more: Vec<_> = then.files.into_iter().filter(|file| known.iter().all(|one| one.id != file.id)).collect();
        self.files.extend(more);
        self.quote = then.quote.or(self.quote.take());
        self.card = then.card.or(self.card.take());
        self.mail = then.mail.or(self.mail.take());
    }
}

/// Words for the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteDraft {
    pub text: String,
    pub mentions: Vec<Mention>,
}

impl NoteDraft {
    fn add(&mut self, then: Self) {
        add_text(&mut self.text, &then.text);
        let known = &self.mentions;
        let more: Vec<_> = then.mentions.into_iter().filter(|mention| !known.contains(mention)).collect();
        self.mentions.extend(more);
    }
}

fn add_text(text: &mut String, then: &str) {
    if !text.is_empty() && !then.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(then);
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Draft {
    pub conversation_id: ConversationId,
    pub reply: Option<ReplyDraft>,
    pub note: Option<NoteDraft>,
    /// Milliseconds UTC; grows with each version.
    pub saved_at: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// The version that was changed; 0 where none was known.
    pub base: i64,
    pub reply: Option<ReplyDraft>,
    pub note: Option<NoteDraft>,
}

/// Is about the member's own draft, whether or not he still sees the conversation.
pub struct OwnDraft {
    member: Arc<MemberCaller>,
    conversation: ConversationId,
}

impl Permit for OwnDraft {
    type Target = ConversationId;

    async fn grant(caller: &Caller, conversation: ConversationId, _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        Ok(Self { member: caller.member()?.clone(), conversation })
    }
}

#[derive(Serialize, ToSchema)]
pub struct SavedDraft {
    /// The new version.
    pub saved_at: i64,
}

impl Draft {
    pub(crate) fn from_row(row: &Row) -> Result<Self, Problem> {
        let json = |column| row.get::<Option<String>>(column);
        Ok(Self {
            conversation_id: row.get("conversation_id")?,
            reply: json("reply")?.map(|text| serde_json::from_str(&text)).transpose()?,
            note: json("note")?.map(|text| serde_json::from_str(&text)).transpose()?,
            saved_at: row.get("saved_at")?,
        })
    }
}

async fn draft_of(tx: &mut Tx<'_>, member: MemberId, id: ConversationId) -> Result<Option<Draft>, Problem> {
    let one = sql!(
        "SELECT conversation_id, reply, note, saved_at FROM drafts \
         WHERE workspace_id = $1 AND member_id = $2 AND conversation_id = $3"
    );
    tx.first(one, &params![tx.workspace, member, id]).await?.as_ref().map(Draft::from_row).transpose()
}

fn stored<T: Serialize>(part: Option<&T>) -> Result<Option<String>, Problem> {
    let Some(part) = part else { return Ok(None) };
    let json = serde_json::to_string(part)?;
    if json.len() > LARGEST { Err(DRAFT_TOO_LARGE.with("max", LARGEST)) } else { Ok(Some(json)) }
}

fn tell(tx: &mut Tx<'_>, member: MemberId, conversation_id: ConversationId, saved_at: Ms) -> Result<(), Problem> {
    tx.emit(NewEvent::new(&DRAFT, OneMember { member }, &DraftSaved { conversation_id, saved_at })?);
    Ok(())
}

async fn save(tx: &mut Tx<'_>, permit: CanRead, draft: SaveDraft) -> Result<SavedDraft, Problem> {
    let (member, conversation_id) = (permit.member.id, permit.thread.conversation.id);
    let saved_at = tx.now.max(draft.base.min(tx.now + AHEAD).saturating_add(1));
    let mut answer = draft.reply;
    if let Some(quote) = answer.as_mut().and_then(|reply| reply.quote.as_mut())
        && let Ok(Some(now)) = quote::find(tx, conversation_id, Some(quote.id)).await
    {
        // As it is by now: a device may have it from when the words were hidden from its member, or not removed yet.
        *quote = now;
    }
    let (reply, note) = (stored(answer.as_ref())?, stored(draft.note.as_ref())?);
    let moved = if reply.is_none() && note.is_none() {
        !drop_version(tx, member, conversation_id, draft.base).await?
    } else {
        let row = tx
            .first(
                sql!(
                    "INSERT INTO drafts (workspace_id, member_id, conversation_id, saved_at, reply, note) \
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id, member_id, conversation_id) \
                     DO UPDATE SET saved_at = excluded.saved_at, reply = excluded.reply, note = excluded.note \
                     WHERE drafts.saved_at = $7 RETURNING saved_at"
                ),
                &params![tx.workspace, member, conversation_id, saved_at, reply, note, draft.base],
            )
            .await?;
        row.is_none()
    };
    if moved {
        return Err(DRAFT_MOVED.into());
    }
    tell(tx, member, conversation_id, saved_at)?;
    Ok(SavedDraft { saved_at })
}

/// Answers false when another version is there.
async fn drop_version(tx: &mut Tx<'_>, member: MemberId, id: ConversationId, base: Ms) -> Result<bool, Problem> {
    let dropped = tx
        .execute(
            sql!(
                "DELETE FROM drafts WHERE workspace_id = $1 AND member_id = $2 AND conversation_id = $3 \
                 AND saved_at = $4"
            ),
            &params![tx.workspace, member, id, base],
        )
        .await?;
    Ok(dropped > 0 || draft_of(tx, member, id).await?.is_none())
}

/// Which half of a draft was sent.
#[derive(Clone, Copy)]
pub(crate) enum Half {
    Reply,
    Note,
}

/// Takes what was sent out of the draft, unless that is another version by now: then its author goes on writing.
pub(crate) async fn sent(
    tx: &mut Tx<'_>,
    member: MemberId,
    id: ConversationId,
    half: Half,
    version: Option<Ms>,
) -> Result<(), Problem> {
    let Some(version) = version else { return Ok(()) };
    let Some(mut draft) = draft_of(tx, member, id).await? else { return Ok(()) };
    if draft.saved_at != version {
        return Ok(());
    }
    match half {
        Half::Reply => draft.reply = None,
        Half::Note => draft.note = None,
    }
    let saved_at = tx.now.max(version.saturating_add(1));
    if draft.reply.is_none() && draft.note.is_none() {
        drop_version(tx, member, id, version).await?;
    } else {
        tx.put(
            sql!(
                "UPDATE drafts SET reply = $5, note = $6, saved_at = $7 WHERE workspace_id = $1 AND member_id = $2 \
                 AND conversation_id = $3 AND saved_at = $4"
            ),
            params![
                tx.workspace,
                member,
                id,
                version,
                stored(draft.reply.as_ref())?,
                stored(draft.note.as_ref())?,
                saved_at
            ],
        )
        .await?;
    }
    tell(tx, member, id, saved_at)
}

/// Gives words that were not sent back to their author, before what he wrote since.
pub(crate) async fn give_back(
    tx: &mut Tx<'_>,
    member: MemberId,
    id: ConversationId,
    given: ReplyDraft,
) -> Result<(), Problem> {
    give(tx, member, id, Some(given), None).await
}

/// What members had begun to write in a conversation that goes over into another one, `offset` positions later, they go
/// on writing there, before what they had begun to write in that one.
pub(crate) async fn take_in(
    tx: &mut Tx<'_>,
    from: ConversationId,
    to: ConversationId,
    offset: i64,
) -> Result<(), Problem> {
    // By their members, because the key begins with them.
    let rows = tx
        .query(
            sql!(
                "DELETE FROM drafts WHERE workspace_id = $1 AND conversation_id = $2 \
                 AND member_id IN (SELECT m.id FROM members m WHERE m.workspace_id = $1) \
                 RETURNING member_id, conversation_id, reply, note, saved_at"
            ),
            &params![tx.workspace, from],
        )
        .await?;
    for row in &rows {
        let Draft { mut reply, note, .. } = Draft::from_row(row)?;
        if let Some(quote) = reply.as_mut().and_then(|reply| reply.quote.as_mut()) {
            quote.position += offset;
        }
        give(tx, row.get("member_id")?, to, reply, note).await?;
    }
    Ok(())
}

/// The conversation is there again: whoever had begun to write in it hears of his draft.
pub(crate) async fn come_back(tx: &mut Tx<'_>, id: ConversationId) -> Result<(), Problem> {
    // By their members, because the key begins with them.
    let rows = tx
        .query(
            sql!(
                "SELECT member_id, saved_at FROM drafts WHERE workspace_id = $1 AND conversation_id = $2 \
                 AND member_id IN (SELECT m.id FROM members m WHERE m.workspace_id = $1)"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    for row in &rows {
        tell(tx, row.get("member_id")?, id, row.get("saved_at")?)?;
    }
    Ok(())
}

/// Puts words before those of a draft, and tells its author's devices.
async fn give(
    tx: &mut Tx<'_>,
    member: MemberId,
    id: ConversationId,
    reply: Option<ReplyDraft>,
    note: Option<NoteDraft>,
) -> Result<(), Problem> {
    loop {
        let kept = draft_of(tx, member, id).await?;
        let version = kept.as_ref().map_or(0, |draft| draft.saved_at);
        let (reply_since, note_since) = kept.map_or((None, None), |draft| (draft.reply, draft.note));
        let reply = joined(reply.clone(), reply_since, ReplyDraft::add);
        let note = joined(note.clone(), note_since, NoteDraft::add);
        let saved_at = tx.now.max(version.saturating_add(1));
        let json = (
            reply.as_ref().map(serde_json::to_string).transpose()?,
            note.as_ref().map(serde_json::to_string).transpose()?,
        );
        let row = tx
            .first(
                sql!(
                    "INSERT INTO drafts (workspace_id, member_id, conversation_id, saved_at, reply, note) \
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id, member_id, conversation_id) \
                     DO UPDATE SET saved_at = excluded.saved_at, reply = excluded.reply, note = excluded.note \
                     WHERE drafts.saved_at = $7 RETURNING saved_at"
                ),
                &params![tx.workspace, member, id, saved_at, json.0, json.1, version],
            )
            .await?;
        // Another device saved in between: once more, with what it wrote.
        if row.is_some() {
            return tell(tx, member, id, saved_at);
        }
    }
}

fn joined<T>(first: Option<T>, then: Option<T>, add: fn(&mut T, T)) -> Option<T> {
    match (first, then) {
        (Some(mut first), Some(then)) => {
            add(&mut first, then);
            Some(first)
        }
        (first, then) => first.or(then),
    }
}

/// Takes the words of a removed message out of the drafts that answer it.
pub(crate) async fn forget_quote(tx: &mut Tx<'_>, conversation: ConversationId, entry: EntryId) -> Result<(), Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT member_id, reply, saved_at FROM drafts WHERE workspace_id = $1 AND conversation_id = $2 \
                 AND reply LIKE $3"
            ),
            &params![tx.workspace, conversation, format!("%{entry}%")],
        )
        .await?;
    for row in &rows {
        let (member, version): (MemberId, Ms) = (row.get("member_id")?, row.get("saved_at")?);
        let mut reply: ReplyDraft = serde_json::from_str(&row.get::<String>("reply")?)?;
        let Some(quote) = reply.quote.as_mut().filter(|quote| quote.id == entry) else { continue };
        (quote.text, quote.files) = (None, 0);
        let saved_at = tx.now.max(version.saturating_add(1));
        tx.put(
            sql!(
                "UPDATE drafts SET reply = $5, saved_at = $6 WHERE workspace_id = $1 AND member_id = $2 \
                 AND conversation_id = $3 AND saved_at = $4"
            ),
            params![tx.workspace, member, conversation, version, serde_json::to_string(&reply)?, saved_at],
        )
        .await?;
        tell(tx, member, conversation, saved_at)?;
    }
    Ok(())
}

async fn discard(tx: &mut Tx<'_>, own: OwnDraft) -> Result<(), Problem> {
    let (member, id) = (own.member.id, own.conversation);
    let dropped = tx
        .execute(
            sql!("DELETE FROM drafts WHERE workspace_id = $1 AND member_id = $2 AND conversation_id = $3"),
            &params![tx.workspace, member, id],
        )
        .await?;
    if dropped > 0 { tell(tx, member, id, tx.now) } else { Ok(()) }
}

/// Save a draft
///
/// Without an answer and a note it is dropped.
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/draft", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = SaveDraft,
    responses((status = 200, body = SavedDraft), (status = "default", body = base::ProblemBody))
)]
pub async fn save_draft(ctx: Ctx<CanRead>, Body(asked): Body<SaveDraft>) -> Result<Json<SavedDraft>, Problem> {
    ctx.write(move |tx, permit| Box::pin(save(tx, permit, asked))).await.map(Json)
}

/// Discard a draft
///
/// Also of a conversation that was taken away.
#[utoipa::path(
    delete, path = "/api/v1/drafts/{conversation}", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn discard_draft(ctx: Ctx<OwnDraft>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, own| Box::pin(discard(tx, own))).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Deserialize)]
    struct Case {
        first: ReplyDraft,
        then: ReplyDraft,
        together: ReplyDraft,
    }

    /// The desk holds the same cases (`drafts.test.ts`).
    #[test]
    fn what_is_given_back_is_here_what_it_is_on_the_desk() {
        let cases = include_str!("../../../web/desk/fixtures/given-back.json");
        let cases: BTreeMap<String, Case> = serde_json::from_str(cases).expect("cases");
        for (name, Case { mut first, then, together }) in cases {
            first.add(then);
            assert_eq!(first, together, "{name}");
        }
    }
}
