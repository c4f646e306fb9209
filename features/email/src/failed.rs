//! Mails that were not understood: from whom, why, the bytes as they came, and reading them again.
//!
//! What must stay true: only whoever connects the mailbox sees them, for they belong to no conversation; one is read again
//! as if it had just come. One that was too large was never fetched: of it there is nothing to read again.

use crate::{access::CanConnect, take::TAKE};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Caller, Ctx, Ms, Permit, Problem, QueryOf, Tx, refusal};
use db::{params, sql};
use ids::{InboxId, UpdateId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// In one answer.
const LISTED: i64 = 50;
const LINE_CHARACTERS: usize = 200;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FailedMailsQuery {
    /// Where an earlier answer ended.
    pub cursor: Option<UpdateId>,
}

#[derive(Serialize, ToSchema)]
pub struct FailedMail {
    pub id: UpdateId,
    pub at: i64,
    pub failure: String,
    /// As its headers say, if they can be read.
    pub from: Option<String>,
    pub subject: Option<String>,
    /// Bytes; 0: it was never fetched, and cannot be read again.
    pub size: i64,
}

#[derive(Serialize, ToSchema)]
pub struct FailedMailPage {
    /// The newest first.
    pub items: Vec<FailedMail>,
    /// Where the next answer goes on; `null`: these are all.
    pub next_cursor: Option<UpdateId>,
}

/// May see one mail of an inbox that was not understood, and have it read again.
pub struct CanReplay {
    inbox: InboxId,
    mail: UpdateId,
}

impl Permit for CanReplay {
    type Target = (InboxId, UpdateId);

    async fn grant(caller: &Caller, (inbox, mail): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        CanConnect::grant(caller, inbox, tx).await?;
        Ok(Self { inbox, mail })
    }
}

async fn list(tx: &mut Tx<'_>, inbox: InboxId, cursor: Option<UpdateId>) -> Result<FailedMailPage, Problem> {
    let after = cursor.unwrap_or(UpdateId(Uuid::max()));
    let place = tx
        .first(
            sql!("SELECT at FROM mail_arrivals WHERE workspace_id = $1 AND inbox_id = $2 AND id = $3"),
            &params![tx.workspace, inbox, after],
        )
        .await?;
    let before: Ms = place.map_or(Ok(Ms::MAX), |row| row.get("at"))?;
    let rows = tx
        .query(
            sql!(
                "SELECT id, at, failure, substr(body, 1, 16384) AS head, length(body) AS size FROM mail_arrivals \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND state = 'failed' AND (at, id) < ($3, $4) \
                 ORDER BY at DESC, id DESC LIMIT $5"
            ),
            &params![tx.workspace, inbox, before, after, LISTED + 1],
        )
        .await?;
    let items = rows.iter().take(LISTED as usize).map(|row| {
        // The headers stand at the beginning: no mail is loaded for its list.
        let (from, subject) = head(&row.get::<Option<Vec<u8>>>("head")?.unwrap_or_default());
        let failure = row.get::<Option<String>>("failure")?.unwrap_or_default();
        Ok(FailedMail { id: row.get("id")?, at: row.get("at")?, failure, from, subject, size: row.get("size")? })
    });
    let items: Vec<_> = items.collect::<Result<_, db::Error>>()?;
    let more = rows.len() > items.len();
    Ok(FailedMailPage { next_cursor: items.last().filter(|_| more).map(|last| last.id), items })
}

/// From whom and about what, of what has a beginning at all.
fn head(bytes: &[u8]) -> (Option<String>, Option<String>) {
    let Ok(mail) = mail::read(bytes) else { return (None, None) };
    let cut = |text: String| text.chars().take(LINE_CHARACTERS).collect();
    (mail.from.map(|from| cut(from.name.unwrap_or(from.address))), mail.subject.map(cut))
}

async fn raw(tx: &mut Tx<'_>, CanReplay { inbox, mail }: CanReplay) -> Result<Vec<u8>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT body FROM mail_arrivals WHERE workspace_id = $1 AND inbox_id = $2 AND id = $3 \
                 AND state = 'failed'"
            ),
            &params![tx.workspace, inbox, mail],
        )
        .await?;
    let body: Vec<u8> = row.ok_or(refusal::NOT_FOUND)?.get("body")?;
    if body.is_empty() { Err(refusal::NOT_FOUND.into()) } else { Ok(body) }
}

async fn replay(tx: &mut Tx<'_>, CanReplay { inbox, mail }: CanReplay) -> Result<(), Problem> {
    let again = tx
        .execute(
            sql!(
                "UPDATE mail_arrivals SET state = 'new', due_at = $4, tries = 0, failure = NULL \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND id = $3 AND state = 'failed' AND length(body) > 0"
            ),
            &params![tx.workspace, inbox, mail, tx.now],
        )
        .await?;
    if again == 0 {
        return Err(refusal::NOT_FOUND.into());
    }
    tx.enqueue(&TAKE, &inbox, tx.now).await
}

/// List mails that were not understood
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/failed-mails", tag = "email",
    params(("inbox" = InboxId, Path), FailedMailsQuery),
    responses((status = 200, body = FailedMailPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_failed_mails(
    ctx: Ctx<CanConnect>,
    QueryOf(query): QueryOf<FailedMailsQuery>,
) -> Result<Json<FailedMailPage>, Problem> {
    ctx.read(move |tx, CanConnect(id)| Box::pin(async move { list(tx, id, query.cursor).await })).await.map(Json)
}

/// Get a mail that was not understood, as it came
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/failed-mails/{mail}", tag = "email",
    params(("inbox" = InboxId, Path), ("mail" = UpdateId, Path)),
    responses(
        (status = 200, body = String, content_type = "message/rfc822"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn show_failed_mail(ctx: Ctx<CanReplay>) -> Result<Response, Problem> {
    let bytes = ctx.read(|tx, permit| Box::pin(raw(tx, permit))).await?;
    // A file and never a page: whatever is in it was written by strangers.
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mail.eml\""),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, bytes).into_response())
}

/// Read a mail again that was not understood
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/failed-mails/{mail}/replay", tag = "email",
    params(("inbox" = InboxId, Path), ("mail" = UpdateId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn replay_mail(ctx: Ctx<CanReplay>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(replay(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
