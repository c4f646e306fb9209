//! What a member has begun to write: an answer, a note, or both, kept for each conversation so that it follows him to
//! another device and is still his when the conversation was taken away.
//!
//! What must stay true: only its author reads it; a device that did not know the newest version overwrites nothing;
//! what was sent is a draft no more. The words are not in the event, since the log of events outlives a draft.

use crate::{
    Card, DRAFT_MOVED, DRAFT_TOO_LARGE, File, Mention, Quote,
    access::CanRead,
    event::{DRAFT, DraftSaved, OneMember},
};
use axum::{Json, extract::Query, http::StatusCode};
use base::{AnyMember, Body, Caller, Ctx, MemberCaller, Ms, NewEvent, Permit, Problem, Tx, refusal};
use db::{Row, params, sql};
use ids::{ConversationId, EntryId, MemberId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Of an answer or a note with what belongs to it, in bytes of JSON: a message that is far too long is still kept.
const LARGEST: usize = 64 * 1024;
/// Versions of one moment run ahead of the clock; one that is further ahead was never given by us.
const AHEAD: Ms = 3_600_000;
/// How many a member gets, the newest first.
const LISTED: i64 = 500;

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
}

impl ReplyDraft {
    /// What was written after it.
    pub(crate) fn add(&mut self, then: Self) {
        if !self.text.is_empty() && !then.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(&then.text);
        self.files.extend(then.files);
        self.quote = then.quote.or(self.quote.take());
        self.card = then.card.or(self.card.take());
    }
}

/// Words for the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteDraft {
    pub text: String,
    pub mentions: Vec<Mention>,
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

#[derive(Serialize, ToSchema)]
pub struct DraftList {
    pub items: Vec<Draft>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DraftQuery {
    /// Of this conversation only.
    pub conversation: Option<ConversationId>,
}

impl Draft {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        let json = |column| row.get::<Option<String>>(column);
        Ok(Self {
            conversation_id: row.get("conversation_id")?,
            reply: json("reply")?.map(|text| serde_json::from_str(&text)).transpose()?,
            note: json("note")?.map(|text| serde_json::from_str(&text)).transpose()?,
            saved_at: row.get("saved_at")?,
        })
    }
}

/// The member's drafts, the newest first; also those of conversations that he does not see any more.
pub(crate) async fn drafts(
    tx: &mut Tx<'_>,
    member: MemberId,
    conversation: Option<ConversationId>,
) -> Result<Vec<Draft>, Problem> {
    let rows = match conversation {
        Some(id) => {
            let one = sql!(
                "SELECT conversation_id, reply, note, saved_at FROM drafts \
                 WHERE workspace_id = $1 AND member_id = $2 AND conversation_id = $3"
            );
            tx.query(one, &params![tx.workspace, member, id]).await?
        }
        None => {
            let all = sql!(
                "SELECT conversation_id, reply, note, saved_at FROM drafts \
                 WHERE workspace_id = $1 AND member_id = $2 ORDER BY saved_at DESC LIMIT $3"
            );
            tx.query(all, &params![tx.workspace, member, LISTED]).await?
        }
    };
    rows.iter().map(Draft::from_row).collect()
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
    let (reply, note) = (stored(draft.reply.as_ref())?, stored(draft.note.as_ref())?);
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
    Ok(dropped > 0 || drafts(tx, member, Some(id)).await?.is_empty())
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
    let Some(mut draft) = drafts(tx, member, Some(id)).await?.pop() else { return Ok(()) };
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
    loop {
        let kept = drafts(tx, member, Some(id)).await?.pop();
        let version = kept.as_ref().map_or(0, |draft| draft.saved_at);
        let mut reply = given.clone();
        if let Some(since) = kept.and_then(|draft| draft.reply) {
            reply.add(since);
        }
        let saved_at = tx.now.max(version.saturating_add(1));
        let row = tx
            .first(
                sql!(
                    "INSERT INTO drafts (workspace_id, member_id, conversation_id, saved_at, reply) \
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace_id, member_id, conversation_id) \
                     DO UPDATE SET saved_at = excluded.saved_at, reply = excluded.reply \
                     WHERE drafts.saved_at = $6 RETURNING saved_at"
                ),
                &params![tx.workspace, member, id, saved_at, serde_json::to_string(&reply)?, version],
            )
            .await?;
        // Another device saved in between: once more, with what it wrote.
        if row.is_some() {
            return tell(tx, member, id, saved_at);
        }
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

/// List my drafts
#[utoipa::path(
    get, path = "/api/v1/drafts", tag = "conversations", params(DraftQuery),
    responses((status = 200, body = DraftList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_drafts(
    ctx: Ctx<AnyMember>,
    query: Result<Query<DraftQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<DraftList>, Problem> {
    let Query(query) = query.map_err(|error| refusal::INVALID_BODY.with("detail", error.body_text()))?;
    let items = ctx
        .read(move |tx, AnyMember(member)| Box::pin(async move { drafts(tx, member.id, query.conversation).await }))
        .await?;
    Ok(Json(DraftList { items }))
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
