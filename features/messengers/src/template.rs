//! Templates: words with gaps that a provider has agreed to, and with which alone a contact is written to who wrote too
//! long ago.
//!
//! What must stay true: what is offered is what the provider told last, and only what it lets out; what is sent is
//! filled in wholly, and stands in the thread as the contact reads it.

use crate::{
    TEMPLATE_GAP, TEMPLATE_UNKNOWN,
    account::{self, Account},
    ask,
};
use axum::{Json, http::StatusCode};
use base::{App, Body, Ctx, JobFailure, JobKind, Ms, Problem, Tx, refusal};
use channels::{Adapter, Template};
use conversations::{Ack, Can, Holder, MayChange, Message, send};
use db::{params, sql};
use ids::{ConversationId, EntryId, InboxId, Uuid, WorkspaceId};
use inboxes::CanSee;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Of one account; a provider lets it have fewer.
const MOST: usize = 2_000;
/// When they are asked for though nobody said that they changed.
const OLD_MS: Ms = 24 * 3_600_000;
const VALUE_CHARACTERS: usize = 1_000;

pub static SYNC: JobKind =
    JobKind { name: "messengers.templates", run: |app, workspace, inbox| Box::pin(run(app, workspace, inbox)) };

/// As it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    category: String,
    header: Option<String>,
    body: String,
    footer: Option<String>,
    buttons: Vec<String>,
    gaps: Vec<String>,
    unsupported: Option<String>,
}

/// Words that the provider has agreed to.
#[derive(Serialize, ToSchema)]
pub struct MessageTemplate {
    pub name: String,
    pub language: String,
    /// As the provider spells it.
    pub category: String,
    /// Gaps stand in the words as `{{name}}`.
    pub header: Option<String>,
    pub body: String,
    pub footer: Option<String>,
    pub buttons: Vec<String>,
    /// What is filled in: `header:name`, `body:name`, or of a button's link `button:number`.
    pub gaps: Vec<String>,
    /// What of it cannot be filled in here, such as a picture above it: it cannot be sent.
    pub unsupported: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct MessageTemplateList {
    /// Those that can be sent now, by name and language.
    pub items: Vec<MessageTemplate>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendTemplate {
    /// Made by the client (UUIDv7); the same id twice is one message.
    pub id: EntryId,
    pub name: String,
    pub language: String,
    /// What stands in each gap.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Who was in charge when the writer looked.
    pub holder: Holder,
}

async fn run(app: App, workspace: WorkspaceId, inbox: String) -> Result<(), JobFailure> {
    let inbox: InboxId = serde_json::from_str(&inbox).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let Some(account) = app.read(workspace, move |tx| Box::pin(account::of(tx, inbox))).await? else { return Ok(()) };
    let Some(login) = account.login(&app) else { return Ok(()) };
    let (mut all, mut page) = (Vec::new(), None);
    while let Some(request) = account.adapter.ask_for_templates(&login, page.as_deref()) {
        let answered = match ask::ask(&app, request, &[], ask::WAIT).await {
            Ok(answered) => answered,
            Err(unanswered) => {
                tracing::info!(%inbox, why = ask::word(&unanswered.failure), "failed to ask for templates");
                return Ok(());
            }
        };
        match account.adapter.templates(&ask::answer(&answered)) {
            Ok((some, next)) => {
                all.extend(some);
                page = next;
            }
            Err(outcome) => {
                tracing::info!(%inbox, why = ask::outcome_word(&outcome), "a provider does not tell its templates");
                return Ok(());
            }
        }
        if page.is_none() || all.len() >= MOST {
            break;
        }
    }
    Ok(app.write(workspace, move |tx| Box::pin(async move { replace(tx, &account, all).await })).await?)
}

async fn replace(tx: &mut Tx<'_>, account: &Account, all: Vec<Template>) -> Result<(), Problem> {
    tx.put(
        sql!("DELETE FROM messenger_templates WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, account.inbox],
    )
    .await?;
    for Template { name, language, category, approved, header, body, footer, buttons, gaps, unsupported, .. } in all {
        let kept = Kept { category, header, body, footer, buttons, gaps, unsupported };
        tx.put(
            sql!(
                "INSERT INTO messenger_templates (workspace_id, inbox_id, name, language, approved, template) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
            ),
            params![tx.workspace, account.inbox, name, language, i64::from(approved), serde_json::to_string(&kept)?],
        )
        .await?;
    }
    tx.put(
        sql!("UPDATE messenger_accounts SET templates_at = $3 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, account.inbox, tx.now],
    )
    .await?;
    Ok(())
}

/// They are asked for soon, where the channel has any.
pub(crate) async fn refresh(tx: &mut Tx<'_>, adapter: &dyn Adapter, inbox: InboxId) -> Result<(), Problem> {
    if has_templates(adapter) { tx.enqueue(&SYNC, &inbox, tx.now).await } else { Ok(()) }
}

/// They are for whoever cannot be written to otherwise.
fn has_templates(adapter: &dyn Adapter) -> bool {
    adapter.capabilities().templates
}

/// Those of every workspace that nobody asked for since a day.
pub(crate) async fn refresh_old(app: &App) -> Result<(), Problem> {
    let before = app.clock.now() - OLD_MS;
    let old = app.read(WorkspaceId(Uuid::nil()), move |tx| {
        Box::pin(async move {
            let rows = tx
                .query(
                    sql!("SELECT workspace_id, inbox_id, channel FROM messenger_accounts WHERE templates_at < $1"),
                    &params![before],
                )
                .await?;
            let mut old: Vec<(WorkspaceId, InboxId, &'static dyn Adapter)> = Vec::new();
            for row in &rows {
                if let Some(adapter) = channels::find(&row.get::<String>("channel")?) {
                    old.push((row.get("workspace_id")?, row.get("inbox_id")?, adapter));
                }
            }
            Ok(old)
        })
    });
    for (workspace, inbox, adapter) in old.await?.into_iter().filter(|(_, _, adapter)| has_templates(*adapter)) {
        app.write(workspace, move |tx| Box::pin(refresh(tx, adapter, inbox))).await?;
    }
    Ok(())
}

async fn list(tx: &mut Tx<'_>, inbox: InboxId) -> Result<MessageTemplateList, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT name, language, template FROM messenger_templates \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND approved = 1 ORDER BY name, language"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    let mut items = Vec::new();
    for row in &rows {
        let Kept { category, header, body, footer, buttons, gaps, unsupported } =
            serde_json::from_str(&row.get::<String>("template")?)?;
        let (name, language) = (row.get("name")?, row.get("language")?);
        items.push(MessageTemplate { name, language, category, header, body, footer, buttons, gaps, unsupported });
    }
    Ok(MessageTemplateList { items })
}

/// How many can be sent now.
pub(crate) async fn count(tx: &mut Tx<'_>, inbox: InboxId) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT count(*) AS approved FROM messenger_templates \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND approved = 1"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get("approved"))?)
}

async fn find(tx: &mut Tx<'_>, inbox: InboxId, name: &str, language: &str) -> Result<Template, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT template FROM messenger_templates WHERE workspace_id = $1 AND inbox_id = $2 AND name = $3 \
                 AND language = $4 AND approved = 1"
            ),
            &params![tx.workspace, inbox, name, language],
        )
        .await?;
    let row = row.ok_or(TEMPLATE_UNKNOWN)?;
    let Kept { header, body, footer, gaps, unsupported, .. } = serde_json::from_str(&row.get::<String>("template")?)?;
    if unsupported.is_some() {
        return Err(TEMPLATE_UNKNOWN.into());
    }
    let (name, language) = (name.to_owned(), language.to_owned());
    Ok(Template { name, language, header, body, footer, gaps, ..Template::default() })
}

async fn say(tx: &mut Tx<'_>, permit: MayChange, asked: SendTemplate) -> Result<Ack, Problem> {
    permit.must(Can::Reply)?;
    let SendTemplate { id, name, language, values, holder } = asked;
    if [&name, &language].into_iter().chain(values.values()).any(|text| text.contains('\0')) {
        return Err(refusal::INVALID_BODY.into());
    }
    let template = find(tx, permit.thread.conversation.inbox_id, &name, &language).await?;
    let long = values.iter().find(|(_, value)| value.chars().count() > VALUE_CHARACTERS);
    if let Some((gap, _)) = long {
        return Err(TEMPLATE_GAP.with("gap", gap.clone()));
    }
    let (filled, text) = template.fill(&values).map_err(|gap| TEMPLATE_GAP.with("gap", gap))?;
    let template = conversations::Template { name: filled.name, language: filled.language, values: filled.values };
    let message = Message { template: Some(template), ..Message::new(id, &text, Vec::new())? };
    send(tx, permit, message, holder).await
}

/// List the templates that can be sent through an inbox
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/templates", tag = "messengers", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = MessageTemplateList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_templates(ctx: Ctx<CanSee>) -> Result<Json<MessageTemplateList>, Problem> {
    ctx.read(|tx, CanSee(inbox)| Box::pin(async move { list(tx, inbox.id).await })).await.map(Json)
}

/// Send a template
///
/// Where the channel lets nothing else through any more, too.
#[utoipa::path(
    post, path = "/api/v1/conversations/{conversation}/templates", tag = "messengers",
    params(("conversation" = ConversationId, Path)), request_body = SendTemplate,
    responses((status = 201, body = Ack), (status = "default", body = base::ProblemBody))
)]
pub async fn send_template(
    ctx: Ctx<MayChange>,
    Body(asked): Body<SendTemplate>,
) -> Result<(StatusCode, Json<Ack>), Problem> {
    let ack = ctx.write(move |tx, permit| Box::pin(say(tx, permit, asked))).await?;
    Ok((StatusCode::CREATED, Json(ack)))
}
