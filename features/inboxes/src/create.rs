//! A new inbox.

use crate::{
    Api, CLOSE_AFTER_INVALID, Channel, Email, ID_REUSED, INBOX_NAME_INVALID, Inbox, Messenger, Website, calendar,
    event, inbox, time_limit, webhook,
};
use axum::{Json, http::StatusCode};
use base::{Audited, Body, Caller, Ctx, Permit, Problem, Right, Tx, refusal};
use db::{params, sql};
use ids::{InboxId, MemberId};
use serde::Deserialize;
use utoipa::ToSchema;

pub(crate) const NAME_CHARACTERS: usize = 100;
pub(crate) const CLOSE_AFTER_MIN_MINUTES: i64 = 5;
/// Thirty days.
pub(crate) const CLOSE_AFTER_MAX_MINUTES: i64 = 43_200;
/// A day.
pub const CLOSE_AFTER_MINUTES: i64 = 1_440;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateInbox {
    /// May be made by the client (UUIDv7); the same id twice is one inbox.
    pub id: Option<InboxId>,
    pub name: String,
    /// One of `website`, `api`, `email` and `messenger` says what kind of inbox it is.
    pub website: Option<Website>,
    pub api: Option<Api>,
    pub email: Option<NewEmail>,
    pub messenger: Option<NewMessenger>,
    #[serde(default)]
    pub member_ids: Vec<MemberId>,
    /// Minutes without an answer of the contact after which a conversation is closed by itself: 0 for never, or 5 to
    /// 43,200; usually a day.
    #[serde(default = "a_day")]
    pub close_after_minutes: i64,
    /// Whether members must put a tag on what they close.
    #[serde(default)]
    pub closing_needs_tag: bool,
    /// Whether members must say how it ended.
    #[serde(default)]
    pub closing_needs_note: bool,
    /// Whether what its contact waits in is closed as well.
    #[serde(default)]
    pub close_waiting: bool,
    /// The same for what nobody is in charge of, whoever wrote last: 0 for never, or 5 to 43,200.
    #[serde(default)]
    pub close_queued_after_minutes: i64,
}

/// An inbox of an address. It is connected with its mailbox afterwards.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEmail {}

/// An inbox of a provider's channel. It is connected with an account afterwards.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessenger {
    pub channel: Channel,
}

fn a_day() -> i64 {
    CLOSE_AFTER_MINUTES
}

pub(crate) fn checked_close_after(minutes: i64) -> Result<i64, Problem> {
    if minutes == 0 || (CLOSE_AFTER_MIN_MINUTES..=CLOSE_AFTER_MAX_MINUTES).contains(&minutes) {
        return Ok(minutes);
    }
    Err(CLOSE_AFTER_INVALID.with("min", CLOSE_AFTER_MIN_MINUTES).with("max", CLOSE_AFTER_MAX_MINUTES))
}

/// May make inboxes.
pub struct CanCreate;

impl Permit for CanCreate {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::INBOX_MANAGE)?;
        Ok(Self)
    }
}

/// Makes an inbox of the kind whose settings are there.
pub async fn create(tx: &mut Tx<'_>, asked: CreateInbox) -> Result<Inbox, Problem> {
    let id = asked.id.unwrap_or_else(|| InboxId(tx.uuid()));
    if let Some(known) = inbox::find(tx, id).await? {
        return Ok(known);
    }
    let api = asked.api.map(|api| api.checked(tx)).transpose()?;
    // Whoever hears what is said in the inbox is no choice of a program.
    let told = !asked.member_ids.is_empty() || api.as_ref().is_some_and(|api| api.webhook_url.is_some());
    if told && let Some(by) = &tx.by {
        by.must_be_signed_in()?;
    }
    let name = base::name(&asked.name, NAME_CHARACTERS, INBOX_NAME_INVALID)?;
    let (channel, settings) = match (asked.website, api, asked.messenger, asked.email) {
        (Some(website), None, None, None) => {
            let hours = calendar::followed(tx, website.hours.clone()).await?;
            (Channel::Website, serde_json::to_string(&Website { hours, ..website }.checked(None)?)?)
        }
        (None, None, Some(NewMessenger { channel: channel @ Channel::Provider(_) }), None) => {
            (channel, serde_json::to_string(&Messenger::default())?)
        }
        (None, Some(api), None, None) => (Channel::Api, serde_json::to_string(&api)?),
        (None, None, None, Some(NewEmail {})) => (Channel::Email, serde_json::to_string(&Email::default())?),
        _ => return Err(refusal::INVALID_BODY.with("detail", "one of website, api, email and messenger is needed")),
    };
    let close_after = checked_close_after(asked.close_after_minutes)?;
    let close_queued_after = checked_close_after(asked.close_queued_after_minutes)?;
    let limit = time_limit::inherited(tx).await?;
    let made = tx
        .execute(
            sql!(
                "INSERT INTO inboxes (workspace_id, id, name, channel, settings, created_at, queued, open, \
                 close_after_minutes, close_waiting, close_queued_after_minutes, closing_needs_tag, closing_needs_note, \
                 time_limit) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING"
            ),
            &params![
                tx.workspace,
                id,
                name,
                channel.as_str(),
                settings,
                tx.now,
                close_after,
                i64::from(asked.close_waiting),
                close_queued_after,
                i64::from(asked.closing_needs_tag),
                i64::from(asked.closing_needs_note),
                limit
            ],
        )
        .await?;
    if made == 0 {
        // The same request at the same time was quicker, or the id is taken elsewhere.
        return inbox::find(tx, id).await?.ok_or_else(|| ID_REUSED.into());
    }
    if channel == Channel::Api {
        webhook::begin(tx, id).await?;
    }
    people::set_members_of(tx, id, &asked.member_ids).await?;
    let made = event::updated(tx, id).await?;
    tx.audit(Audited::created("inbox", id, &made.name, &made)?);
    Ok(made)
}

/// Create an inbox
#[utoipa::path(
    post, path = "/api/v1/inboxes", tag = "inboxes", request_body = CreateInbox,
    responses((status = 201, body = Inbox), (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, id_reused, inbox_name_invalid, website_title_invalid, website_greeting_invalid, website_color_invalid, website_origin_invalid, webhook_url_invalid, webhook_url_private, own_place, member_unknown", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn create_inbox(
    ctx: Ctx<CanCreate>,
    Body(asked): Body<CreateInbox>,
) -> Result<(StatusCode, Json<Inbox>), Problem> {
    let inbox = ctx.write(|tx, CanCreate| Box::pin(create(tx, asked))).await?;
    Ok((StatusCode::CREATED, Json(inbox)))
}
