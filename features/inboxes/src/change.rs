//! Changing an inbox: its name, whether it is enabled, its channel's settings, its members, when silence closes, what
//! closing wants, and how long contacts may wait.

use crate::{
    Api, ChangeEmail, Channel, INBOX_NAME_INVALID, Inbox, InboxTimeLimit, Routing, Website, calendar,
    create::{NAME_CHARACTERS, checked_close_after},
    email, event,
    event::What,
    inbox,
    inbox::CanManage,
    routing, time_limit, webhook,
};
use axum::Json;
use base::{Audited, Body, Ctx, Problem, Tx, refusal};
use db::{params, sql};
use ids::{InboxId, MemberId, TeamId};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What is absent stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeInbox {
    pub name: Option<String>,
    pub enabled: Option<bool>,
    /// Also of these settings: an older desk does not know of newer ones.
    #[schema(value_type = Option<Website>)]
    pub website: Option<Map<String, Value>>,
    pub api: Option<Api>,
    pub email: Option<ChangeEmail>,
    pub member_ids: Option<Vec<MemberId>>,
    /// The teams that its conversations may be given to.
    pub team_ids: Option<Vec<TeamId>>,
    /// Whether whoever had a conversation may still look at it, by its link, when somebody else has it.
    pub formers_read: Option<bool>,
    /// Whether its conversations are shown in the record of their contact.
    pub in_record: Option<bool>,
    /// Who gets its conversations.
    pub routing: Option<Routing>,
    /// Minutes, 0 for never.
    pub close_after_minutes: Option<i64>,
    /// Whether members must put a tag on what they close.
    pub closing_needs_tag: Option<bool>,
    pub closing_needs_note: Option<bool>,
    pub close_waiting: Option<bool>,
    /// 0 for never, or 5 to 43,200.
    pub close_queued_after_minutes: Option<i64>,
    pub time_limit: Option<InboxTimeLimit>,
}

pub async fn change(tx: &mut Tx<'_>, permit: CanManage, asked: ChangeInbox) -> Result<Inbox, Problem> {
    let CanManage { id, channel } = permit;
    let others = match channel {
        Channel::Website => asked.api.is_some() || asked.email.is_some(),
        Channel::Api => asked.website.is_some() || asked.email.is_some(),
        Channel::Email => asked.api.is_some() || asked.website.is_some(),
        Channel::Provider(_) => asked.api.is_some() || asked.website.is_some() || asked.email.is_some(),
    };
    if others {
        return Err(refusal::INVALID_BODY.with("detail", "these are settings of another kind of inbox"));
    }
    // Before the inbox: who changes a calendar, or the workspace's time limit, locks in this order too.
    let followed = match asked.website.as_ref().and_then(calendar::following) {
        Some(hours) => Some(calendar::followed(tx, hours).await?),
        None => None,
    };
    if asked.routing.is_some() {
        inbox::lock_workspace(tx).await?;
    }
    let limit = match asked.time_limit {
        Some(limit) => Some(time_limit::stored(tx, limit).await?),
        None => None,
    };
    inbox::lock(tx, id).await?;
    let before = inbox::find(tx, id).await?.ok_or(refusal::NOT_FOUND)?;
    let api = asked.api.map(|api| api.checked(tx)).transpose()?;
    // Whoever hears what is said in the inbox is no choice of a program.
    let told = api.as_ref().is_some_and(|api| before.api.as_ref().is_none_or(|to| to.webhook_url != api.webhook_url))
        || asked.member_ids.as_deref().is_some_and(|ids| differ(ids, &before.member_ids))
        || asked.team_ids.as_deref().is_some_and(|ids| differ(ids, &before.team_ids));
    if told && let Some(by) = &tx.by {
        by.must_be_signed_in()?;
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
    let mut times = limit.is_some();
    if let Some(website) = asked.website {
        let known = inbox::find(tx, id).await?.ok_or(refusal::NOT_FOUND)?;
        let before = known.website.ok_or(refusal::NOT_FOUND)?;
        let mut website = changed(&before, website)?;
        if let Some(hours) = followed {
            website.hours = hours;
        }
        let website = website.checked(Some(&before))?;
        times |= website.hours != before.hours && known.time_limit.is_some_and(|limit| limit.in_hours);
        let settings = serde_json::to_string(&website)?;
        tx.put(
            sql!("UPDATE inboxes SET settings = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, settings],
        )
        .await?;
    }
    if let Some(api) = api {
        let settings = serde_json::to_string(&api)?;
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
    if let Some(email) = asked.email {
        email::change(tx, id, email).await?;
    }
    if let Some(minutes) = asked.close_after_minutes {
        let minutes = checked_close_after(minutes)?;
        tx.put(
            sql!("UPDATE inboxes SET close_after_minutes = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, minutes],
        )
        .await?;
    }
    if let Some(needs) = asked.closing_needs_tag {
        tx.put(
            sql!("UPDATE inboxes SET closing_needs_tag = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, i64::from(needs)],
        )
        .await?;
    }
    if let Some(needs) = asked.closing_needs_note {
        tx.put(
            sql!("UPDATE inboxes SET closing_needs_note = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, i64::from(needs)],
        )
        .await?;
    }
    if let Some(close) = asked.close_waiting {
        tx.put(
            sql!("UPDATE inboxes SET close_waiting = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, i64::from(close)],
        )
        .await?;
    }
    if let Some(minutes) = asked.close_queued_after_minutes {
        let minutes = checked_close_after(minutes)?;
        tx.put(
            sql!("UPDATE inboxes SET close_queued_after_minutes = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, minutes],
        )
        .await?;
    }
    if let Some(limit) = limit {
        time_limit::set(tx, id, limit).await?;
    }
    if let Some(members) = asked.member_ids {
        people::set_members_of(tx, id, &members).await?;
    }
    if let Some(teams) = asked.team_ids {
        people::set_teams_of(tx, id, &teams).await?;
    }
    let mut ended_formers = false;
    if let Some(read) = asked.formers_read {
        ended_formers = !read && inbox::formers_read(tx, id).await?;
        tx.put(
            sql!("UPDATE inboxes SET formers_read = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, i64::from(read)],
        )
        .await?;
    }
    if let Some(shown) = asked.in_record {
        tx.put(
            sql!("UPDATE inboxes SET in_record = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, i64::from(shown)],
        )
        .await?;
    }
    let rerouted = match asked.routing {
        Some(routing) => routing::set(tx, id, &routing).await?,
        None => false,
    };
    let after = event::changed(tx, id, What { ended_formers, rerouted, times }).await?;
    tx.audit(Audited::changed("inbox", id, &after.name, &before, &after)?);
    Ok(after)
}

/// Whether these are others, in whatever order.
fn differ<T: Ord>(asked: &[T], there: &[T]) -> bool {
    asked.iter().collect::<BTreeSet<_>>() != there.iter().collect()
}

/// The settings with what was asked in place of what was there.
fn changed(before: &Website, asked: Map<String, Value>) -> Result<Website, Problem> {
    let mut settings = serde_json::to_value(before)?;
    for (name, value) in asked {
        settings[name] = value;
    }
    serde_json::from_value(settings).map_err(|error| refusal::INVALID_BODY.with("detail", error.to_string()))
}

/// Change an inbox
#[utoipa::path(
    patch, path = "/api/v1/inboxes/{inbox}", tag = "inboxes", params(("inbox" = InboxId, Path)),
    request_body = ChangeInbox,
    responses((status = 200, body = Inbox), (status = "default", description = "unauthenticated, wrong_origin, not_found, forbidden, invalid_body, inbox_name_invalid, website_title_invalid, website_greeting_invalid, website_color_invalid, website_origin_invalid, webhook_url_invalid, webhook_url_private, signature_invalid, own_place, member_unknown, team_unknown, routing_invalid, calendar_unknown", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn change_inbox(ctx: Ctx<CanManage>, Body(asked): Body<ChangeInbox>) -> Result<Json<Inbox>, Problem> {
    ctx.write(|tx, permit| Box::pin(async move { change(tx, permit, asked).await })).await.map(Json)
}
