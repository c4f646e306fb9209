//! Visitors: made at the first message, or when they prove who they are (`identity`); known again by their token.
//!
//! What must stay true: of who does not answer what the inbox demands nothing is stored.

use crate::{
    INBOX_DISABLED, ORIGIN_NOT_ALLOWED,
    answers::{self, Answers},
    limit,
};
use axum::{Json, http::StatusCode};
use base::{
    Anyone, App, Body, Caller, ClientAddress, Credentials, Ctx, Ms, Permit, Problem, Refusal, Token, Tx, VisitorCaller,
    network_of, refusal,
};
use conversations::{Thread, lock_of_contact};
use db::{params, sql};
use ids::{ContactId, InboxId, VisitorId, WorkspaceId};
use inboxes::FoundInbox;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A capability that was not used for so long opens nothing more.
const IDLE_MS: Ms = 30 * 24 * 3_600_000;
/// How often the last use is written down.
const SEEN_EVERY_MS: Ms = 3_600_000;
const ORIGIN_CHARACTERS: usize = 300;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateVisitor {
    pub inbox_id: InboxId,
    /// Of the page that carries the widget, for example `https://shop.example`.
    pub origin: String,
    /// The browser's language.
    pub locale: String,
    /// To what the inbox asks before the first message.
    #[serde(default)]
    pub answers: Answers,
}

#[derive(Serialize, ToSchema)]
pub struct CreatedVisitor {
    pub visitor_id: VisitorId,
    /// Shown this once; the widget keeps it.
    pub token: String,
}

/// Is a visitor.
pub struct AnyVisitor(pub Arc<VisitorCaller>);

impl Permit for AnyVisitor {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        Ok(Self(caller.visitor()?.clone()))
    }
}

/// Who is blocked hears what he would hear if the inbox were switched off: that somebody decided about him is not told.
pub const BLOCKED: Refusal = INBOX_DISABLED;

/// Is a visitor of an inbox that takes messages. Of one that was switched off he may only read.
pub struct WritingVisitor(pub Arc<VisitorCaller>);

impl Permit for WritingVisitor {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let visitor = caller.visitor()?.clone();
        if visitor.inbox_open { Ok(Self(visitor)) } else { Err(INBOX_DISABLED.into()) }
    }
}

/// Writes about his own thread, which there is and from which nobody shut him out; locked for a change.
pub struct OwnThread {
    pub visitor: Arc<VisitorCaller>,
    pub thread: Thread,
}

impl Permit for OwnThread {
    type Target = ();

    async fn grant(caller: &Caller, (): (), tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let WritingVisitor(visitor) = WritingVisitor::grant(caller, (), tx).await?;
        let thread = lock_of_contact(tx, visitor.inbox, visitor.contact).await?.ok_or(refusal::NOT_FOUND)?;
        if thread.conversation.block.is_some() { Err(BLOCKED.into()) } else { Ok(Self { visitor, thread }) }
    }
}

/// Create a visitor
#[utoipa::path(
    post, path = "/w/api/v1/visitors", tag = "widget", request_body = CreateVisitor,
    responses((status = 201, body = CreatedVisitor), (status = "default", body = base::ProblemBody))
)]
pub async fn create_visitor(
    ctx: Ctx<Anyone>,
    ClientAddress(address): ClientAddress,
    Body(asked): Body<CreateVisitor>,
) -> Result<(StatusCode, Json<CreatedVisitor>), Problem> {
    ctx.app().throttle(&limit::VISITORS_PER_ADDRESS, &network_of(&address))?;
    let created = ctx.write(move |tx, Anyone| Box::pin(create(tx, asked))).await?;
    Ok((StatusCode::CREATED, Json(created)))
}

async fn create(tx: &mut Tx<'_>, mut asked: CreateVisitor) -> Result<CreatedVisitor, Problem> {
    let inbox = enter(tx, asked.inbox_id, &asked.origin).await?;
    let answers = std::mem::take(&mut asked.answers);
    let contact = answering(tx, &inbox, &asked.locale, answers).await?;
    let id = VisitorId(tx.uuid());
    insert(tx, NewVisitor { id, contact, from: &asked, identified_at: None }).await
}

/// The inbox of the page that asks, when it takes visitors from there.
pub(crate) async fn enter(tx: &mut Tx<'_>, inbox: InboxId, origin: &str) -> Result<FoundInbox, Problem> {
    let inbox = inboxes::find_anywhere(tx, inbox).await?.ok_or(refusal::NOT_FOUND)?;
    if !inbox.enabled {
        return Err(INBOX_DISABLED.into());
    }
    if !inbox.website.allows(origin) {
        return Err(ORIGIN_NOT_ALLOWED.into());
    }
    tx.workspace = inbox.workspace;
    Ok(inbox)
}

/// A new contact, who answered what the inbox asks; `language` is his browser's, in which he read it.
pub(crate) async fn answering(
    tx: &mut Tx<'_>,
    inbox: &FoundInbox,
    language: &str,
    answers: Answers,
) -> Result<ContactId, Problem> {
    let form = inbox.website.pre_chat.clone().in_language(inbox.locale.or_of_browser(language));
    let (profile, consent) = answers::checked(&form, answers)?;
    let contact = contacts::create(tx, profile, contacts::By::channel(inbox.id)).await?;
    if let Some(consent) = consent {
        contacts::agree(tx, contact.id, inbox.id, consent).await?;
    }
    Ok(contact.id)
}

pub(crate) struct NewVisitor<'a> {
    pub id: VisitorId,
    pub contact: ContactId,
    pub from: &'a CreateVisitor,
    /// When a signature proved who he is.
    pub identified_at: Option<Ms>,
}

pub(crate) async fn insert(tx: &mut Tx<'_>, new: NewVisitor<'_>) -> Result<CreatedVisitor, Problem> {
    let NewVisitor { id, contact, from, identified_at } = new;
    let token = Token::new(&tx.app().random);
    let origin: String = from.origin.chars().take(ORIGIN_CHARACTERS).collect();
    let locale: String = from.locale.chars().take(35).collect();
    tx.put(
        sql!(
            "INSERT INTO visitors (workspace_id, id, inbox_id, contact_id, token_hash, origin, locale, created_at, \
             last_seen_at, identified_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)"
        ),
        params![tx.workspace, id, from.inbox_id, contact, token.hash(), origin, locale, tx.now, identified_at],
    )
    .await?;
    Ok(CreatedVisitor { visitor_id: id, token: token.reveal() })
}

/// The visitor behind a bearer token.
pub async fn authenticate(app: &App, credentials: &Credentials) -> Result<Option<Caller>, Problem> {
    let Some(token) = credentials.bearer_token() else { return Ok(None) };
    let found = app.read(WorkspaceId(ids::Uuid::nil()), move |tx| Box::pin(find(tx, token))).await?;
    let Some((visitor, last_seen_at)) = found else { return Ok(None) };
    let now = app.clock.now();
    if now - last_seen_at > IDLE_MS {
        return Ok(None);
    }
    if now - last_seen_at > SEEN_EVERY_MS {
        let id = visitor.id;
        // A full disk keeps nobody from reading.
        if let Err(problem) = app.write(visitor.workspace, move |tx| Box::pin(seen(tx, id))).await {
            tracing::warn!(%problem, "failed to write down that a visitor was seen");
        }
    }
    Ok(Some(Caller::Visitor(Arc::new(visitor))))
}

async fn find(tx: &mut Tx<'_>, token: Token) -> Result<Option<(VisitorCaller, Ms)>, Problem> {
    let hash = token.hash();
    let row = tx
        .first(
            sql!(
                "SELECT v.workspace_id, v.id, v.inbox_id, v.contact_id, v.last_seen_at, i.disabled_at FROM visitors v \
                 JOIN inboxes i ON i.workspace_id = v.workspace_id AND i.id = v.inbox_id \
                 LEFT JOIN identity_keys k ON k.workspace_id = v.workspace_id AND k.inbox_id = v.inbox_id \
                 WHERE v.token_hash = $1 AND (v.identified_at IS NULL OR v.identified_at >= k.made_at)"
            ),
            &params![hash],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let visitor = VisitorCaller {
        workspace: row.get("workspace_id")?,
        id: row.get("id")?,
        inbox: row.get("inbox_id")?,
        contact: row.get("contact_id")?,
        token: hash,
        inbox_open: row.get::<Option<Ms>>("disabled_at")?.is_none(),
    };
    Ok(Some((visitor, row.get("last_seen_at")?)))
}

/// Whether the visitor still is the contact as whom he was recognized. Who takes a contact's words elsewhere holds the
/// conversation or the contact meanwhile, so whoever holds one of them asks without a lock.
pub(crate) async fn is_still(tx: &mut Tx<'_>, visitor: &VisitorCaller) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!("SELECT id FROM visitors WHERE workspace_id = $1 AND id = $2 AND contact_id = $3"),
            &params![tx.workspace, visitor.id, visitor.contact],
        )
        .await?;
    Ok(row.is_some())
}

async fn seen(tx: &mut Tx<'_>, id: VisitorId) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE visitors SET last_seen_at = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, tx.now],
    )
    .await?;
    Ok(())
}
