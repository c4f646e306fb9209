//! That a visitor has a page before him, as his widget tells, and to what a member invites him.
//!
//! What must stay true: of a browser that asks not to be followed, of an inbox that lists no visitors, and of whoever has to
//! agree first and did not, nothing is taken, whatever a widget sends; who is blocked hears what he would hear then. Absent:
//! what of it is shown (`visitors`).

use crate::{INBOX_DISABLED, ORIGIN_NOT_ALLOWED, client::Asking, limit};
use axum::{Json, http::StatusCode};
use base::{Body, Caller, ClientAddress, Ctx, Ms, Permit, Problem, Tx, VisitorCaller, network_of, refusal};
use conversations::{Page, Trail};
use ids::{InboxId, SiteVisitorId};
use inboxes::FoundInbox;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use visitors::{AGAIN_MS, Fate, Here};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellHere {
    /// Of the page that carries the widget.
    pub origin: String,
    pub url: String,
    /// The first 200 characters are kept.
    #[serde(default)]
    pub title: String,
    /// Whether the page is in front.
    pub looks: bool,
    /// How long ago this visit began, in milliseconds; at most a day counts.
    pub began_ago_ms: i64,
    /// How many visits this browser knows of, with this one.
    pub visits: i64,
    /// The first page of this visit, and what led to it.
    pub landing: Option<String>,
    pub source: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct HeardHere {
    /// When to tell it again; 0: he is not listed, and need not tell it.
    pub again_ms: i64,
    /// `null`: nobody invites him.
    pub invitation: Option<VisitorInvitation>,
}

/// What a member says to him.
#[derive(Serialize, ToSchema)]
pub struct VisitorInvitation {
    /// The name of the member.
    pub by: String,
    pub text: String,
}

/// What became of it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeenFate {
    Shown,
    Dismissed,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutInvitation {
    pub fate: SeenFate,
}

/// A browser on the website of an inbox that takes visitors; perhaps one that it knows.
pub struct OnSite {
    inbox: FoundInbox,
    id: SiteVisitorId,
    visitor: Option<Arc<VisitorCaller>>,
}

impl Permit for OnSite {
    type Target = (InboxId, SiteVisitorId);

    async fn grant(caller: &Caller, (inbox, id): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let inbox = inboxes::find_anywhere(tx, inbox).await?.ok_or(refusal::NOT_FOUND)?;
        if !inbox.enabled {
            return Err(INBOX_DISABLED.into());
        }
        tx.workspace = inbox.workspace;
        let visitor = caller.visitor().ok().filter(|visitor| visitor.inbox == inbox.id).cloned();
        Ok(Self { inbox, id, visitor })
    }
}

impl OnSite {
    /// Whether he may be told of: the site wants it, his browser does not forbid it, and he agreed where he is asked.
    fn is_listed(&self, asking: &Asking) -> bool {
        let website = &self.inbox.website;
        let agreed = self.visitor.is_some() || website.pre_chat.consent_text.is_empty();
        website.lists_visitors() && agreed && !asking.is_private
    }

    fn told(&self, asked: TellHere, asking: &Asking, now: Ms) -> Result<Here, Problem> {
        let page = Page::new(&asked.url, &asked.title)?;
        let landing = asked.landing.as_deref().map_or_else(|| Ok(page.clone()), |url| Page::new(url, ""));
        let came_by = Trail::new(vec![(landing, 0)], asked.source.as_deref(), None, now).came_by;
        Ok(Here {
            id: self.id,
            inbox: self.inbox.id,
            contact: self.visitor.as_ref().map(|visitor| visitor.contact),
            page,
            looks: asked.looks,
            began_ago: asked.began_ago_ms,
            visits: asked.visits,
            came_by,
            profile: asking.profile(),
        })
    }
}

/// Tell that a visitor is on the site
///
/// Under a name that his browser made.
#[utoipa::path(
    put, path = "/w/api/v1/inboxes/{inbox}/here/{site_visitor}", tag = "widget",
    params(("inbox" = InboxId, Path), ("site_visitor" = SiteVisitorId, Path)), request_body = TellHere,
    responses((status = 200, body = HeardHere), (status = "default", body = base::ProblemBody))
)]
pub async fn put_here(
    ctx: Ctx<OnSite>,
    ClientAddress(address): ClientAddress,
    asking: Asking,
    Body(asked): Body<TellHere>,
) -> Result<Json<HeardHere>, Problem> {
    ctx.app().throttle(&limit::SIGNS_PER_ADDRESS, &network_of(&address))?;
    ctx.write(move |tx, permit| {
        Box::pin(async move {
            if !permit.inbox.website.allows(&asked.origin) {
                return Err(ORIGIN_NOT_ALLOWED.into());
            }
            let told = permit.told(asked, &asking, tx.now)?;
            if !permit.is_listed(&asking) {
                return Ok(Json(HeardHere { again_ms: 0, invitation: None }));
            }
            let (listed, made) = visitors::is_here(tx, told).await?;
            let made = made.filter(|made| made.fate < Fate::Dismissed);
            let invitation = made.map(|made| VisitorInvitation { by: made.by, text: made.text });
            Ok(Json(HeardHere { again_ms: if listed { AGAIN_MS } else { 0 }, invitation }))
        })
    })
    .await
}

/// Tell that a visitor leaves
///
/// He is gone after a moment, unless another page of the site follows.
#[utoipa::path(
    delete, path = "/w/api/v1/inboxes/{inbox}/here/{site_visitor}", tag = "widget",
    params(("inbox" = InboxId, Path), ("site_visitor" = SiteVisitorId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn leave_here(ctx: Ctx<OnSite>, ClientAddress(address): ClientAddress) -> Result<StatusCode, Problem> {
    ctx.app().throttle(&limit::SIGNS_PER_ADDRESS, &network_of(&address))?;
    ctx.write(|tx, permit| Box::pin(visitors::leaves(tx, permit.inbox.id, permit.id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tell what became of an invitation
#[utoipa::path(
    put, path = "/w/api/v1/inboxes/{inbox}/here/{site_visitor}/invitation", tag = "widget",
    params(("inbox" = InboxId, Path), ("site_visitor" = SiteVisitorId, Path)), request_body = PutInvitation,
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn put_invitation(
    ctx: Ctx<OnSite>,
    ClientAddress(address): ClientAddress,
    Body(asked): Body<PutInvitation>,
) -> Result<StatusCode, Problem> {
    ctx.app().throttle(&limit::SIGNS_PER_ADDRESS, &network_of(&address))?;
    let fate = match asked.fate {
        SeenFate::Shown => Fate::Shown,
        SeenFate::Dismissed => Fate::Dismissed,
    };
    ctx.write(move |tx, permit| Box::pin(visitors::tell_fate(tx, permit.inbox.id, permit.id, fate))).await?;
    Ok(StatusCode::NO_CONTENT)
}
