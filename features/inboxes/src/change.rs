//! Changing an inbox: its name, whether it is enabled, its channel's settings, its members, when silence closes.

use crate::{
    Api, Channel, INBOX_NAME_INVALID, Inbox, Website,
    create::{NAME_CHARACTERS, checked_close_after},
    event, inbox,
    inbox::CanManage,
    webhook,
};
use axum::Json;
use base::{Body, Ctx, Problem, Tx, refusal};
use db::{params, sql};
use ids::{InboxId, MemberId};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is absent stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeInbox {
    pub name: Option<String>,
    pub enabled: Option<bool>,
    pub website: Option<Website>,
    pub api: Option<Api>,
    pub member_ids: Option<Vec<MemberId>>,
    /// Minutes, 0 for never.
    pub close_after_minutes: Option<i64>,
}

pub async fn change(tx: &mut Tx<'_>, permit: CanManage, asked: ChangeInbox) -> Result<Inbox, Problem> {
    let CanManage { id, channel } = permit;
    let others = match channel {
        Channel::Website => asked.api.is_some(),
        Channel::Api => asked.website.is_some(),
    };
    if others {
        return Err(refusal::INVALID_BODY.with("detail", "these are settings of another kind of inbox"));
    }
    if let Some(name) = asked.name {
        let name = base::name(&name, NAME_CHARACTERS, INBOX_NAME_INVALID)?;
        tx.put(
            sql!("UPDATE inboxes SET name = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, name],
        )
        .await?;
    }
    if let Some(enabled) = asked.enabled {
        let disabled_at = (!enabled).then_some(tx.now);
        tx.put(
            sql!("UPDATE inboxes SET disabled_at = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, disabled_at],
        )
        .await?;
    }
    if let Some(website) = asked.website {
        let before = inbox::find(tx, id).await?;
        let website = website.checked(before.as_ref().and_then(|inbox| inbox.website.as_ref()))?;
        let settings = serde_json::to_string(&website)?;
        tx.put(
            sql!("UPDATE inboxes SET settings = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, settings],
        )
        .await?;
    }
    if let Some(api) = asked.api {
        let settings = serde_json::to_string(&api.checked(tx)?)?;
        let moved = tx
            .execute(
                sql!("UPDATE inboxes SET settings = $3 WHERE workspace_id = $1 AND id = $2 AND settings <> $3"),
                &params![tx.workspace, id, settings],
            )
            .await?;
        // What the old address answered says nothing about the new one.
        if moved == 1 {
            webhook::start(tx, id).await?;
        }
    }
    if let Some(minutes) = asked.close_after_minutes {
        let minutes = checked_close_after(minutes)?;
        tx.put(
            sql!("UPDATE inboxes SET close_after_minutes = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, minutes],
        )
        .await?;
    }
    if let Some(members) = asked.member_ids {
        people::set_members_of(tx, id, &members).await?;
    }
    event::updated(tx, id).await
}

/// Change an inbox
#[utoipa::path(
    patch, path = "/api/v1/inboxes/{inbox}", tag = "inboxes", params(("inbox" = InboxId, Path)),
    request_body = ChangeInbox,
    responses((status = 200, body = Inbox), (status = "default", description = "unauthenticated, wrong_origin, not_found, forbidden, invalid_body, inbox_name_invalid, website_title_invalid, website_greeting_invalid, website_color_invalid, website_origin_invalid, webhook_url_invalid, webhook_url_private, member_unknown", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn change_inbox(ctx: Ctx<CanManage>, Body(asked): Body<ChangeInbox>) -> Result<Json<Inbox>, Problem> {
    ctx.write(|tx, permit| Box::pin(async move { change(tx, permit, asked).await })).await.map(Json)
}
