//! What the widget needs to draw itself.

use axum::Json;
use base::{Caller, Ctx, Permit, Problem, Tx, refusal};
use ids::InboxId;
use inboxes::{FoundInbox, Greeting, Opening, PreChat};
use people::Limits;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct WidgetConfig {
    pub inbox_id: InboxId,
    pub title: String,
    pub greeting: String,
    /// `#rrggbb`.
    pub color: String,
    pub locale: String,
    pub limits: Limits,
    pub enabled: bool,
    /// Whether a session that a member closed may be rated.
    pub rating: bool,
    /// Said beside the launcher to visitors who do not write.
    pub greetings: Vec<Greeting>,
    /// Whether the pages that the visitor looks at are kept.
    pub page_visits: bool,
    /// What is asked before the first message; `null`: nothing.
    pub pre_chat: Option<PreChat>,
    /// Whether somebody answers now; `null`: the inbox says nothing about hours.
    pub opening: Option<Opening>,
}

/// An inbox that any website's visitor may ask about.
pub struct PublicInbox(FoundInbox);

impl Permit for PublicInbox {
    type Target = InboxId;

    async fn grant(_caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        Ok(Self(inboxes::find_anywhere(tx, target).await?.ok_or(refusal::NOT_FOUND)?))
    }
}

/// Show the widget's settings
#[utoipa::path(
    get, path = "/w/api/v1/inboxes/{inbox}", tag = "widget", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = WidgetConfig), (status = "default", body = base::ProblemBody))
)]
pub async fn widget_config(ctx: Ctx<PublicInbox>) -> Result<Json<WidgetConfig>, Problem> {
    ctx.read(|tx, PublicInbox(inbox)| {
        let now = tx.now;
        Box::pin(async move {
            Ok(Json(WidgetConfig {
                inbox_id: inbox.id,
                title: inbox.website.title,
                greeting: inbox.website.greeting,
                color: inbox.website.color,
                locale: inbox.locale,
                limits: Limits::NOW,
                enabled: inbox.enabled,
                rating: inbox.website.rating,
                greetings: inbox.website.greetings,
                page_visits: inbox.website.page_visits,
                opening: inbox.website.hours.opening(now),
                pre_chat: Some(inbox.website.pre_chat).filter(PreChat::asks),
            }))
        })
    })
    .await
}
