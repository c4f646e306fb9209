//! What the widget needs to draw itself.

use crate::{attendance, client::Asking};
use axum::{Json, extract::Query};
use base::{Caller, Ctx, Permit, Problem, Tx, refusal};
use ids::InboxId;
use inboxes::{FoundInbox, Greeting, Opening, PreChat};
use people::{Limits, Locale};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ConfigQuery {
    /// The browser's language, such as `id-ID`: what people wrote for visitors comes in it, where they wrote it.
    pub language: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct WidgetConfig {
    pub inbox_id: InboxId,
    pub title: String,
    pub greeting: String,
    /// `#rrggbb`.
    pub color: String,
    /// For visitors whose own language nobody speaks here.
    pub locale: Locale,
    pub limits: Limits,
    pub enabled: bool,
    /// Whether a session that a member closed may be rated.
    pub rating: bool,
    /// Said beside the launcher to visitors who do not write.
    pub greetings: Vec<Greeting>,
    /// Whether the pages that the visitor looks at are kept; never of a browser that asks not to be followed.
    pub page_visits: bool,
    /// Whether the team sees who is on the site now; never of a browser that asks not to be followed.
    pub visitors_now: bool,
    /// What is asked before the first message; `null`: nothing.
    pub pre_chat: Option<PreChat>,
    /// Whether somebody of the team is there; an event tells what changes.
    pub attended: bool,
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
    get, path = "/w/api/v1/inboxes/{inbox}", tag = "widget", params(("inbox" = InboxId, Path), ConfigQuery),
    responses((status = 200, body = WidgetConfig), (status = "default", body = base::ProblemBody))
)]
pub async fn widget_config(
    ctx: Ctx<PublicInbox>,
    asking: Asking,
    query: Result<Query<ConfigQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<WidgetConfig>, Problem> {
    let Query(asked) = query.map_err(|error| refusal::INVALID_BODY.with("detail", error.body_text()))?;
    ctx.read(move |tx, PublicInbox(inbox)| {
        let now = tx.now;
        Box::pin(async move {
            let attended = attendance::is_attended(tx, inbox.workspace, inbox.id).await?;
            let visitors_now = inbox.website.lists_visitors() && !asking.is_private;
            let website =
                inbox.website.in_language(inbox.locale.or_of_browser(asked.language.as_deref().unwrap_or_default()));
            Ok(Json(WidgetConfig {
                inbox_id: inbox.id,
                title: website.title,
                greeting: website.greeting,
                color: website.color,
                locale: inbox.locale,
                limits: Limits::of(inbox.message_characters),
                enabled: inbox.enabled,
                rating: website.rating,
                greetings: website.greetings,
                page_visits: website.page_visits && !asking.is_private,
                visitors_now,
                attended,
                opening: website.hours.opening(now),
                pre_chat: Some(website.pre_chat).filter(PreChat::asks),
            }))
        })
    })
    .await
}
