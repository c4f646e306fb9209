//! A member's note: for the team, in the same timeline, never for the contact.
//!
//! A note takes nobody's conversation, answers nobody and moves nothing in the lists. Who is mentioned in it must be
//! able to see the conversation, and hears of it. With a team those of it hear who can see the conversation; the others
//! are left out, since whoever names a team need not know who is in it.

use crate::{
    Ack, EntryKind, MENTION_BLIND, Mention, MentionId, Message, TEAM_BLIND, TOO_MANY_MENTIONS,
    access::{Can, Facts, MayChange},
    activity,
    draft::{self, Half},
    event::{Called, MENTIONED, Mentioned},
    mention,
    send::{known, must_fit},
    thread::{Parts, member_author},
};
use axum::{Json, http::StatusCode};
use base::{Body, Ctx, NewEvent, Problem, Tx};
use ids::{ConversationId, EntryId, MemberId};
use serde::Deserialize;
use std::iter;
use utoipa::ToSchema;

/// How many members and teams a note may mention.
const MENTIONS: usize = 20;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddNote {
    /// Made by the client (UUIDv7); the same id twice is one note.
    pub id: EntryId,
    pub text: String,
    #[serde(default)]
    /// Of members and teams.
    pub mention_ids: Vec<MentionId>,
    /// The version of the draft that this was: it is a draft no more.
    pub draft: Option<i64>,
}

/// Who is called, in the order in which they are told: by name, then with each team. Nobody is called twice, and
/// nobody by himself.
struct Calls {
    mentions: Vec<Mention>,
    by_name: Vec<MemberId>,
    by_team: Vec<(String, Vec<MemberId>)>,
}

/// Refuses a member who may not see the conversation, and a team without anybody else who may.
async fn calls(tx: &mut Tx<'_>, facts: &Facts, by: MemberId, mentioned: Vec<MentionId>) -> Result<Calls, Problem> {
    let mut calls = Calls { mentions: Vec::with_capacity(mentioned.len()), by_name: Vec::new(), by_team: Vec::new() };
    let mut told = vec![by];
    // Sorted, so that members come before teams: who is called by name hears that.
    for id in mentioned {
        let name = match id {
            MentionId::Member(member) => {
                let seen = people::as_caller(tx, member).await?.filter(|other| facts.visible_to(other));
                let other = seen.ok_or_else(|| MENTION_BLIND.with("member_id", member.to_string()))?;
                if !told.contains(&member) {
                    told.push(member);
                    calls.by_name.push(member);
                }
                other.name
            }
            MentionId::Team(team) => {
                let blind = || TEAM_BLIND.with("team_id", team.to_string());
                let name = people::find_team(tx, team).await?.ok_or_else(blind)?.name;
                let mut seeing = people::callers_in(tx, team).await?;
                seeing.retain(|other| other.id != by && facts.visible_to(other));
                if seeing.is_empty() {
                    return Err(blind());
                }
                let new: Vec<_> = seeing.iter().map(|other| other.id).filter(|id| !told.contains(id)).collect();
                told.extend(&new);
                calls.by_team.push((name.clone(), new));
                name
            }
        };
        calls.mentions.push(Mention { id, name });
    }
    Ok(calls)
}

/// Adds a note; `mentioned` in the order of their ids, each once.
pub async fn add_note(
    tx: &mut Tx<'_>,
    permit: MayChange,
    note: Message,
    mentioned: Vec<MentionId>,
) -> Result<Ack, Problem> {
    let conversation_id = permit.thread.conversation.id;
    if let Some(ack) = known(tx, note.id, conversation_id, permit.member.id.0).await? {
        return Ok(ack);
    }
    permit.must(Can::Note)?;
    must_fit(&permit.member, note.text.as_deref())?;
    let MayChange { member, mut thread } = permit;
    let Calls { mentions, by_name, by_team } = calls(tx, &thread.facts(), member.id, mentioned).await?;
    let parts = Parts { id: Some(note.id), text: note.text, mentions, ..Parts::default() };
    let ack = Ack::of(thread.add(tx, EntryKind::Note, member_author(&member), parts));
    let called: Vec<_> = by_team.iter().flat_map(|(_, members)| members).chain(&by_name).copied().collect();
    mention::call(tx, &called, conversation_id, ack.position).await?;
    let by_team = by_team.into_iter().map(|(team, members)| (Some(team), members));
    for (team, members) in iter::once((None, by_name)).chain(by_team).filter(|(_, members)| !members.is_empty()) {
        let told = Mentioned { conversation_id, entry_id: ack.id, by: member.name.clone(), team };
        tx.emit(NewEvent::new(&MENTIONED, Called { members, member: None }, &told)?);
    }
    draft::sent(tx, member.id, conversation_id, Half::Note, note.draft).await?;
    let thread = thread.save(tx).await?;
    activity::of_note(tx, &thread, &ack, &called).await?;
    Ok(ack)
}

/// Add a note
#[utoipa::path(
    post, path = "/api/v1/conversations/{conversation}/notes", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = AddNote,
    responses((status = 201, body = Ack), (status = "default", body = base::ProblemBody))
)]
pub async fn post_note(ctx: Ctx<MayChange>, Body(asked): Body<AddNote>) -> Result<(StatusCode, Json<Ack>), Problem> {
    let note = Message { draft: asked.draft, ..Message::new(asked.id, &asked.text, Vec::new())? };
    let mut mentioned = asked.mention_ids;
    mentioned.sort_unstable();
    mentioned.dedup();
    if mentioned.len() > MENTIONS {
        return Err(TOO_MANY_MENTIONS.with("max", MENTIONS));
    }
    let ack = ctx.write(move |tx, permit| Box::pin(add_note(tx, permit, note, mentioned))).await?;
    Ok((StatusCode::CREATED, Json(ack)))
}
