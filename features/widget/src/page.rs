//! The pages that a visitor looks at, as his widget tells them.
//!
//! What must stay true: an inbox that keeps no page visits keeps none, and of a browser that asks not to be followed none
//! are kept, whatever a widget sends. Absent: pages of who has no conversation; the message that begins it brings them
//! along.

use crate::{client::Asking, limit, visitor::OwnThread};
use axum::http::StatusCode;
use base::{Body, Ctx, Ms, Problem, Tx};
use conversations::{Page, Trail, keep_zone, look_at};
use ids::{InboxId, SiteVisitorId};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPage {
    /// `http` or `https`; without a query at most 1,000 characters.
    pub url: String,
    /// The first 200 characters are kept.
    #[serde(default)]
    pub title: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutZone {
    /// A name such as `Asia/Jakarta`; one that nobody knows is not kept.
    pub zone: String,
}

/// The pages before a message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SentTrail {
    /// Oldest first; the newest 20 are kept.
    pub pages: Vec<TrailPage>,
    /// The page that led to the site.
    pub source: Option<String>,
    /// The greeting of the inbox that the visitor answers.
    pub greeted: Option<String>,
    /// Under which name he was invited, if he answers that.
    #[serde(default)]
    pub invitation: Option<SiteVisitorId>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrailPage {
    pub url: String,
    #[serde(default)]
    pub title: String,
    /// How long ago it was, in milliseconds; clocks of browsers may be wrong.
    pub ago_ms: i64,
}

impl SentTrail {
    pub(crate) fn checked(self, now: Ms) -> Trail {
        let page = |page: TrailPage| (Page::new(&page.url, &page.title), page.ago_ms);
        Trail::new(self.pages.into_iter().map(page).collect(), self.source.as_deref(), self.greeted, now)
    }
}

/// What of a trail the inbox keeps, and with what he came. Without a trail nothing begins, and nothing is looked up.
pub(crate) async fn allowed(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    trail: Trail,
    invitation: Option<SiteVisitorId>,
    asking: Asking,
) -> Result<Trail, Problem> {
    let invited = match invitation {
        Some(id) => visitors::answered(tx, inbox, id).await?,
        None => None,
    };
    if invited.is_none() && trail.pages.is_empty() && trail.source.is_none() && trail.greeted.is_none() {
        return Ok(trail);
    }
    let Some(inbox) = inboxes::find_anywhere(tx, inbox).await? else { return Ok(Trail::default()) };
    let Trail { pages, source, came_by, greeted, .. } = trail;
    // Only what the inbox says: nobody puts words into its mouth.
    let greeted = greeted.filter(|text| inbox.website.greetings.iter().any(|greeting| greeting.text == *text));
    if asking.is_private || !inbox.website.page_visits {
        return Ok(Trail { greeted, invited, ..Trail::default() });
    }
    Ok(Trail { pages, source, came_by, greeted, profile: asking.profile(), invited })
}

/// Whether something is kept of this visitor's way, and with what he goes it.
async fn keeps_visits(tx: &mut Tx<'_>, inbox: InboxId, asking: &Asking) -> Result<bool, Problem> {
    let inbox = inboxes::find_anywhere(tx, inbox).await?;
    Ok(!asking.is_private && inbox.is_some_and(|inbox| inbox.website.page_visits))
}

/// Tell which page the visitor looks at
#[utoipa::path(
    put, path = "/w/api/v1/page", tag = "widget", request_body = PutPage,
    responses((status = 204), (status = "default", description = "unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body, page_invalid", body = base::ProblemBody))
)]
pub async fn put_page(ctx: Ctx<OwnThread>, asking: Asking, Body(asked): Body<PutPage>) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, OwnThread { visitor, thread }| {
        Box::pin(async move {
            tx.app().throttle(&limit::PAGES_PER_VISITOR, &visitor.id.to_string())?;
            let page = Page::new(&asked.url, &asked.title)?;
            if keeps_visits(tx, visitor.inbox, &asking).await? { look_at(tx, thread, page).await } else { Ok(()) }
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tell where the visitor's clock is
#[utoipa::path(
    put, path = "/w/api/v1/zone", tag = "widget", request_body = PutZone,
    responses((status = 204), (status = "default", description = "unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body", body = base::ProblemBody))
)]
pub async fn put_zone(ctx: Ctx<OwnThread>, asking: Asking, Body(asked): Body<PutZone>) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, OwnThread { visitor, thread }| {
        Box::pin(async move {
            tx.app().throttle(&limit::PAGES_PER_VISITOR, &visitor.id.to_string())?;
            let keeps = keeps_visits(tx, visitor.inbox, &asking).await?;
            if keeps { keep_zone(tx, thread, &asked.zone).await } else { Ok(()) }
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
