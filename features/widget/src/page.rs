//! The pages that a visitor looks at, as his widget tells them.
//!
//! What must stay true: an inbox that keeps no page visits keeps none, whatever a widget sends. Absent: pages of who
//! has no conversation; the message that begins it brings them along.

use crate::{limit, visitor::OwnThread};
use axum::http::StatusCode;
use base::{Body, Ctx, Problem, Tx};
use conversations::{Page, Trail, look_at};
use ids::InboxId;
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
    pub(crate) fn checked(self) -> Trail {
        let page = |page: TrailPage| (Page::new(&page.url, &page.title), page.ago_ms);
        Trail::new(self.pages.into_iter().map(page).collect(), self.source.as_deref(), self.greeted)
    }
}

/// What of a trail the inbox keeps.
pub(crate) async fn allowed(tx: &mut Tx<'_>, inbox: InboxId, trail: Trail) -> Result<Trail, Problem> {
    if trail.pages.is_empty() && trail.source.is_none() && trail.greeted.is_none() {
        return Ok(trail);
    }
    let Some(inbox) = inboxes::find_anywhere(tx, inbox).await? else { return Ok(Trail::default()) };
    let Trail { pages, source, greeted } = trail;
    // Only what the inbox says: nobody puts words into its mouth.
    let greeted = greeted.filter(|text| inbox.website.greetings.iter().any(|greeting| greeting.text == *text));
    let kept = if inbox.website.page_visits { (pages, source) } else { Default::default() };
    Ok(Trail { pages: kept.0, source: kept.1, greeted })
}

async fn keeps_pages(tx: &mut Tx<'_>, inbox: InboxId) -> Result<bool, Problem> {
    Ok(inboxes::find_anywhere(tx, inbox).await?.is_some_and(|inbox| inbox.website.page_visits))
}

/// Tell which page the visitor looks at
#[utoipa::path(
    put, path = "/w/api/v1/page", tag = "widget", request_body = PutPage,
    responses((status = 204), (status = "default", description = "unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body, page_invalid", body = base::ProblemBody))
)]
pub async fn put_page(ctx: Ctx<OwnThread>, Body(asked): Body<PutPage>) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, OwnThread { visitor, thread }| {
        Box::pin(async move {
            tx.app().throttle(&limit::PAGES_PER_VISITOR, &visitor.id.to_string())?;
            let page = Page::new(&asked.url, &asked.title)?;
            if keeps_pages(tx, visitor.inbox).await? { look_at(tx, thread, page).await } else { Ok(()) }
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
