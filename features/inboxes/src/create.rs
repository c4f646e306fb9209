//! A new inbox.

use crate::{ID_REUSED, INBOX_NAME_INVALID, Inbox, Website, event, inbox};
use axum::{Json, http::StatusCode};
use base::{Body, Caller, Ctx, Permit, Problem, Right, Tx};
use db::{params, sql};
use ids::{InboxId, MemberId};
use serde::Deserialize;
use utoipa::ToSchema;

pub(crate) const NAME_CHARACTERS: usize = 100;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateInbox {
    /// May be made by the client (UUIDv7); the same id twice is one inbox.
    pub id: Option<InboxId>,
    pub name: String,
    pub website: Website,
    #[serde(default)]
    pub member_ids: Vec<MemberId>,
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

/// Makes a website inbox.
pub async fn create(tx: &mut Tx<'_>, asked: CreateInbox) -> Result<Inbox, Problem> {
    let id = asked.id.unwrap_or_else(|| InboxId(tx.uuid()));
    if let Some(known) = inbox::find(tx, id).await? {
        return Ok(known);
    }
    let name = base::name(&asked.name, NAME_CHARACTERS, INBOX_NAME_INVALID)?;
    let settings = serde_json::to_string(&asked.website.checked()?)?;
    let made = tx
        .execute(
            sql!(
                "INSERT INTO inboxes (workspace_id, id, name, channel, settings, created_at, queued, open) \
                 VALUES ($1, $2, $3, 'website', $4, $5, 0, 0) ON CONFLICT DO NOTHING"
            ),
            &params![tx.workspace, id, name, settings, tx.now],
        )
        .await?;
    if made == 0 {
        // The same request at the same time was quicker, or the id is taken elsewhere.
        return inbox::find(tx, id).await?.ok_or_else(|| ID_REUSED.into());
    }
    people::set_members_of(tx, id, &asked.member_ids).await?;
    event::updated(tx, id).await
}

/// Create an inbox
#[utoipa::path(
    post, path = "/api/v1/inboxes", tag = "inboxes", request_body = CreateInbox,
    responses((status = 201, body = Inbox), (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, id_reused, inbox_name_invalid, website_title_invalid, website_greeting_invalid, website_color_invalid, website_origin_invalid, member_unknown", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn create_inbox(
    ctx: Ctx<CanCreate>,
    Body(asked): Body<CreateInbox>,
) -> Result<(StatusCode, Json<Inbox>), Problem> {
    let inbox = ctx.write(|tx, CanCreate| Box::pin(create(tx, asked))).await?;
    Ok((StatusCode::CREATED, Json(inbox)))
}
