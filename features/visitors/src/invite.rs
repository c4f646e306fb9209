//! Inviting somebody who is on a site: a few words of a member that his widget shows beside the launcher, once.
//!
//! What must stay true: one member invites somebody at a time, and nobody whom another invited, who declined on this visit or
//! who is in a chat; what becomes of it is seen by whoever sees him; who answers begins a session with the member who invited.
//! Absent: an invitation that outlives the visit.

use crate::{
    INVITATION_INVALID, VISITOR_DECLINED, VISITOR_IN_CHAT, VISITOR_INVITED,
    here::ABSENCE_MS,
    list::{SiteVisitorItem, item_of},
    site_visitor::{SiteVisitor, lock},
};
use axum::{Json, http::StatusCode};
use base::{Body, Caller, Ctx, MemberCaller, Ms, Permit, Problem, Tx, refusal, trimmed};
use conversations::{Invited, answers_queue, assignable, sees_queue};
use ids::{InboxId, MemberId, SiteVisitorId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

const TEXT_CHARACTERS: usize = 300;

/// What became of an invitation. The order is meant: it only moves forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = InvitationFate)]
pub enum Fate {
    /// His widget fetches it within a few seconds.
    Sent,
    Shown,
    Dismissed,
    Answered,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SiteInvitation)]
pub struct Invitation {
    pub by_id: MemberId,
    /// The member's name, as the visitor reads it.
    pub by: String,
    pub text: String,
    pub at: Ms,
    pub fate: Fate,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteSiteVisitor {
    /// At most 300 characters.
    pub text: String,
}

/// May invite whoever is there; he is locked.
pub struct MayInvite {
    member: Arc<MemberCaller>,
    visitor: SiteVisitor,
}

impl Permit for MayInvite {
    type Target = SiteVisitorId;

    async fn grant(caller: &Caller, target: SiteVisitorId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let before = tx.now - ABSENCE_MS;
        let there = |one: &SiteVisitor| one.seen_at > before && sees_queue(&member, one.inbox);
        let visitor = lock(tx, target).await?.filter(there).ok_or(refusal::NOT_FOUND)?;
        if answers_queue(&member, visitor.inbox) {
            Ok(Self { member, visitor })
        } else {
            Err(refusal::FORBIDDEN.into())
        }
    }
}

async fn invite(tx: &mut Tx<'_>, permit: MayInvite, text: &str) -> Result<SiteVisitorItem, Problem> {
    let MayInvite { member, mut visitor } = permit;
    let text = trimmed(text, TEXT_CHARACTERS, INVITATION_INVALID)?;
    match &visitor.invitation {
        Some(made) if made.fate == Fate::Dismissed => return Err(VISITOR_DECLINED.into()),
        Some(made) if made.fate < Fate::Dismissed => return Err(VISITOR_INVITED.with("by", made.by.as_str())),
        _ => {}
    }
    if item_of(tx, &member, visitor.id).await?.ok_or(refusal::NOT_FOUND)?.in_chat {
        return Err(VISITOR_IN_CHAT.into());
    }
    let made = Invitation { by_id: member.id, by: member.name.clone(), text, at: tx.now, fate: Fate::Sent };
    (visitor.invitation, visitor.changed_at) = (Some(made), tx.now);
    visitor.store(tx).await?;
    item_of(tx, &member, visitor.id).await?.ok_or_else(|| refusal::NOT_FOUND.into())
}

/// What became of an invitation, as the widget tells. Of what is over nothing changes.
pub async fn tell_fate(tx: &mut Tx<'_>, inbox: InboxId, id: SiteVisitorId, fate: Fate) -> Result<(), Problem> {
    let Some(mut visitor) = lock(tx, id).await?.filter(|one| one.inbox == inbox) else { return Ok(()) };
    let Some(made) = visitor.invitation.as_mut().filter(|made| made.fate < fate) else { return Ok(()) };
    made.fate = fate;
    visitor.changed_at = tx.now;
    visitor.store(tx).await
}

/// To which invitation somebody answers, and that he does; `None`: there is none any more.
pub async fn answered(tx: &mut Tx<'_>, inbox: InboxId, id: SiteVisitorId) -> Result<Option<Invited>, Problem> {
    let Some(mut visitor) = lock(tx, id).await?.filter(|one| one.inbox == inbox) else { return Ok(None) };
    let Some(made) = visitor.invitation.as_mut().filter(|made| made.fate != Fate::Answered) else { return Ok(None) };
    made.fate = Fate::Answered;
    let holds = assignable(tx, inbox, made.by_id).await?.is_some();
    let invited = Invited { by: made.by_id, name: made.by.clone(), text: made.text.clone(), holds };
    visitor.changed_at = tx.now;
    visitor.store(tx).await?;
    Ok(Some(invited))
}

/// Invite a visitor to chat
///
/// Somebody who is on a website now. His widget shows the words beside the launcher, once; when he answers, the session
/// begins with the member who invited him.
#[utoipa::path(
    post, path = "/api/v1/site-visitors/{site_visitor}/invitation", tag = "visitors",
    params(("site_visitor" = SiteVisitorId, Path)), request_body = InviteSiteVisitor,
    responses((status = 201, body = SiteVisitorItem), (status = "default", body = base::ProblemBody))
)]
pub async fn invite_site_visitor(
    ctx: Ctx<MayInvite>,
    Body(asked): Body<InviteSiteVisitor>,
) -> Result<(StatusCode, Json<SiteVisitorItem>), Problem> {
    let item = ctx.write(move |tx, permit| Box::pin(async move { invite(tx, permit, &asked.text).await })).await?;
    Ok((StatusCode::CREATED, Json(item)))
}
