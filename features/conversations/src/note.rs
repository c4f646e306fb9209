//! A member's note: for the team, in the same timeline, never for the contact.
//!
//! A note takes nobody's conversation, answers nobody and moves nothing in the lists. Who is mentioned in it must be
//! able to see the conversation, and hears of it.

use crate::{
    Ack, EntryKind, MENTION_BLIND, Mention, Message, TOO_MANY_MENTIONS,
    access::{Can, MayChange},
    draft::{self, Half},
    event::{MENTIONED, Mentioned, OneMember},
    send::known,
    thread::{Parts, member_author},
};
use axum::{Json, http::StatusCode};
use base::{Body, Ctx, MemberCaller, NewEvent, Problem, Tx};
use ids::{ConversationId, EntryId, MemberId};
use serde::Deserialize;
use utoipa::ToSchema;

/// How many members a note may mention.
const MENTIONS: usize = 20;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddNote {
    /// Made by the client (UUIDv7); the same id twice is one note.
    pub id: EntryId,
    pub text: String,
    #[serde(default)]
    pub mention_ids: Vec<MemberId>,
    /// The version of the draft that this was: it is a draft no more.
    pub draft: Option<i64>,
}

async fn add(tx: &mut Tx<'_>, permit: MayChange, note: Message, mentioned: Vec<MemberId>) -> Result<Ack, Problem> {
    let conversation_id = permit.thread.conversation.id;
    if let Some(ack) = known(tx, note.id, conversation_id, permit.member.id.0).await? {
        return Ok(ack);
    }
    permit.must(Can::Note)?;
    let MayChange { member, mut thread } = permit;
    let mut mentions = Vec::with_capacity(mentioned.len());
    for id in mentioned {
        let facts = thread.facts();
        let seen = people::as_caller(tx, id).await?.filter(|other: &MemberCaller| facts.visible_to(other));
        let other = seen.ok_or_else(|| MENTION_BLIND.with("member_id", id.to_string()))?;
        mentions.push(Mention { id, name: other.name });
    }
    let parts = Parts { id: Some(note.id), text: note.text, mentions: mentions.clone(), ..Parts::default() };
    let ack = Ack::of(thread.add(tx, EntryKind::Note, member_author(&member), parts));
    for mention in mentions.iter().filter(|mention| mention.id != member.id) {
        let told = Mentioned { conversation_id, entry_id: ack.id, by: member.name.clone() };
        tx.emit(NewEvent::new(&MENTIONED, OneMember { member: mention.id }, &told)?);
    }
    draft::sent(tx, member.id, conversation_id, Half::Note, note.draft).await?;
    thread.save(tx).await?;
    Ok(ack)
}

/// Add a note
#[utoipa::path(
    post, path = "/api/v1/conversations/{conversation}/notes", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = AddNote,
    responses((status = 201, body = Ack), (status = "default", body = base::ProblemBody))
)]
pub async fn add_note(ctx: Ctx<MayChange>, Body(asked): Body<AddNote>) -> Result<(StatusCode, Json<Ack>), Problem> {
    let note = Message { draft: asked.draft, ..Message::new(asked.id, &asked.text, Vec::new())? };
    let mut mentioned = asked.mention_ids;
    mentioned.sort_unstable();
    mentioned.dedup();
    if mentioned.len() > MENTIONS {
        return Err(TOO_MANY_MENTIONS.with("max", MENTIONS));
    }
    let ack = ctx.write(move |tx, permit| Box::pin(add(tx, permit, note, mentioned))).await?;
    Ok((StatusCode::CREATED, Json(ack)))
}
