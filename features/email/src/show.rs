//! A mail as it came, for a frame of its own.
//!
//! What must stay true: what is shown was built by us ([`mail::clean`]), and its policy still lets nothing run and nothing
//! in but our own pictures, unless the reader asks for those from elsewhere.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use base::{Ctx, Problem, QueryOf, Tx, refusal};
use conversations::CanRead;
use db::{params, sql};
use ids::{ConversationId, EntryId};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MailQuery {
    /// Which message of the conversation.
    pub entry: Option<EntryId>,
    /// With what it quotes.
    #[serde(default)]
    pub quoted: bool,
    /// With pictures from elsewhere, whose servers learn that somebody looks.
    #[serde(default)]
    pub remote: bool,
}

const STYLE: &str = "html{background:#fff;color:#1b1b1f;color-scheme:light}\
    body{margin:0;padding:12px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\
    img{max-width:100%;height:auto}table{max-width:100%}pre,.text{white-space:pre-wrap}pre{font-size:13px}\
    blockquote{margin:0 0 0 4px;padding-inline-start:10px;border-inline-start:2px solid #d0d0d8}";
const FOLDED: &str = ".quote,.quote-on,.quote-on~*,:has(>.quote-on:first-child)~*{display:none!important}";

async fn html(tx: &mut Tx<'_>, conversation: ConversationId, entry: Option<EntryId>) -> Result<String, Problem> {
    let entry = entry.ok_or(refusal::NOT_FOUND)?;
    let row = tx
        .first(
            sql!(
                "SELECT m.html FROM entries e JOIN mails m ON m.workspace_id = e.workspace_id AND m.entry_id = e.id \
                 WHERE e.workspace_id = $1 AND e.conversation_id = $2 AND e.id = $3"
            ),
            &params![tx.workspace, conversation, entry],
        )
        .await?;
    let html: String = row.ok_or(refusal::NOT_FOUND)?.get("html")?;
    if html.is_empty() { Err(refusal::NOT_FOUND.into()) } else { Ok(html) }
}

/// Show a mail as it came
///
/// A page for a frame without scripts.
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/mail", tag = "email",
    params(("conversation" = ConversationId, Path), MailQuery),
    responses((status = 200, body = String, content_type = "text/html"), (status = "default", body = base::ProblemBody))
)]
pub async fn show_mail(ctx: Ctx<CanRead>, QueryOf(query): QueryOf<MailQuery>) -> Result<Response, Problem> {
    let MailQuery { entry, quoted, remote } = query;
    let html =
        ctx.read(move |tx, permit| Box::pin(async move { html(tx, permit.thread.conversation.id, entry).await }));
    let html = html.await?;
    let html = if remote { mail::with_remote(&html) } else { html };
    let pictures = if remote { "'self' data: https: http:" } else { "'self' data:" };
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    );
    let folded = if quoted { "" } else { FOLDED };
    let page = format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <style>{STYLE}{folded}</style></head><body>{html}</body></html>"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, page).into_response())
}
