//! Taking quick replies from a table. A bad line is named with its reason and keeps no good one out; a shortcut that is
//! there already is changed.

use crate::{
    CSV_INVALID, ChangeQuickReply, CreateQuickReply, INBOX_UNKNOWN, QuickReply, QuickReplyScope, SCOPE_UNKNOWN,
    TEAM_UNKNOWN,
    access::{self, CanUse},
    change, create,
    quick_reply::checked_shortcut,
    table::{self, Line},
};
use axum::{Json, body::Bytes, extract::FromRequest, extract::Request, http::header};
use base::{App, Ctx, MemberCaller, Problem, Tx, refusal};
use db::{params, sql};
use inboxes::Inbox;
use people::Team;
use serde::Serialize;
use serde_json::{Map, Value};
use std::convert::Infallible;
use utoipa::ToSchema;

/// The router's own limit holds; this is what its refusal tells.
const FILE_BYTES: usize = 1024 * 1024;

#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportResult {
    pub made: usize,
    pub changed: usize,
    /// Those that were the same already.
    pub unchanged: usize,
    pub refused: Vec<RefusedLine>,
}

#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefusedLine {
    /// As a spreadsheet or an editor counts: the first line of the file is 1.
    pub line: u64,
    /// The code of the problem, and the values of its sentence.
    pub code: String,
    #[schema(value_type = std::collections::HashMap<String, Value>)]
    pub params: Map<String, Value>,
}

/// What a line may name.
struct Places {
    inboxes: Vec<Inbox>,
    teams: Vec<Team>,
}

enum Done {
    Made,
    Changed,
    Unchanged,
}

/// The body: a table in UTF-8. What is wrong with it is told only to who may import.
pub struct CsvText(Result<String, Problem>);

impl FromRequest<App> for CsvText {
    type Rejection = Infallible;

    async fn from_request(request: Request, app: &App) -> Result<Self, Infallible> {
        Ok(Self(text_of(request, app).await))
    }
}

async fn text_of(request: Request, app: &App) -> Result<String, Problem> {
    let csv = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !csv.is_some_and(|value| value.starts_with("text/csv")) {
        return Err(refusal::INVALID_BODY.with("detail", "content-type: text/csv is needed"));
    }
    let bytes = Bytes::from_request(request, app).await.map_err(|rejection| match rejection.status().as_u16() {
        413 => refusal::BODY_TOO_LARGE.with("max_bytes", FILE_BYTES),
        _ => refusal::INVALID_BODY.into(),
    })?;
    String::from_utf8(bytes.into()).map_err(|_| CSV_INVALID.into())
}

pub async fn import(tx: &mut Tx<'_>, member: &MemberCaller, text: &str) -> Result<ImportResult, Problem> {
    let lines = table::read(text)?;
    let places = Places { inboxes: inboxes::visible(tx, member).await?, teams: people::list_teams(tx).await? };
    let mut result = ImportResult::default();
    for line in lines {
        let number = line.number;
        // A refusal comes before anything of its line is written.
        match take(tx, member, &places, line).await {
            Ok(Done::Made) => result.made += 1,
            Ok(Done::Changed) => result.changed += 1,
            Ok(Done::Unchanged) => result.unchanged += 1,
            Err(Problem::Refused(refusal, params)) => {
                result.refused.push(RefusedLine { line: number, code: refusal.code.to_owned(), params });
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(result)
}

async fn take(tx: &mut Tx<'_>, member: &MemberCaller, places: &Places, line: Line) -> Result<Done, Problem> {
    let scope = scope_of(&line, member, places)?;
    if !access::manages(member, scope) {
        return Err(refusal::FORBIDDEN.into());
    }
    let title = Some(line.title).filter(|title| !title.trim().is_empty());
    let (shortcut, group, text) = (line.shortcut, line.group, line.text);
    match of_shortcut(tx, scope, &checked_shortcut(&shortcut)?).await? {
        Some(known) => {
            let before = known.clone();
            let asked = ChangeQuickReply { title, group, text: Some(text), ..Default::default() };
            let after = change(tx, member, known, asked).await?;
            Ok(if after == before { Done::Unchanged } else { Done::Changed })
        }
        None => {
            // Lists of other products often have no title.
            let title = title.unwrap_or_else(|| shortcut.clone());
            let asked = CreateQuickReply { id: None, shortcut, title, group, text, file_ids: Vec::new(), scope };
            create(tx, member, asked).await?;
            Ok(Done::Made)
        }
    }
}

/// Without a word it is the member's own.
fn scope_of(line: &Line, member: &MemberCaller, places: &Places) -> Result<QuickReplyScope, Problem> {
    match line.scope.trim().to_lowercase().as_str() {
        "" | "personal" => Ok(QuickReplyScope::Personal { member_id: member.id }),
        "workspace" => Ok(QuickReplyScope::Workspace),
        "inbox" => {
            let wanted = line.inbox.trim().to_lowercase();
            let inbox = places.inboxes.iter().find(|inbox| inbox.name.to_lowercase() == wanted);
            let inbox = inbox.ok_or_else(|| INBOX_UNKNOWN.with("inbox", line.inbox.trim()))?;
            Ok(QuickReplyScope::Inbox { inbox_id: inbox.id })
        }
        "team" => {
            let wanted = line.team.trim().to_lowercase();
            let team = places.teams.iter().find(|team| team.name.to_lowercase() == wanted);
            let team = team.ok_or_else(|| TEAM_UNKNOWN.with("team", line.team.trim()))?;
            Ok(QuickReplyScope::Team { team_id: team.id })
        }
        _ => Err(SCOPE_UNKNOWN.with("scope", line.scope.trim())),
    }
}

async fn of_shortcut(tx: &mut Tx<'_>, scope: QuickReplyScope, shortcut: &str) -> Result<Option<QuickReply>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT id, shortcut, title, group_name, text, files, scope, owner_id, uses, last_used_at \
                 FROM quick_replies WHERE workspace_id = $1 AND owner_id = $2 AND shortcut = $3"
            ),
            &params![tx.workspace, scope.owner(tx.workspace), shortcut],
        )
        .await?;
    row.as_ref().map(QuickReply::from_row).transpose()
}

/// Import quick replies from CSV
#[utoipa::path(
    post, path = "/api/v1/quick-replies/import", tag = "quick replies",
    request_body(content = String, content_type = "text/csv", description = "the columns shortcut, title, group, scope, inbox, team, text; files stay as they are"),
    responses((status = 200, body = ImportResult), (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, body_too_large, csv_invalid, csv_column_missing, csv_too_long", body = base::ProblemBody))
)]
pub async fn import_quick_replies(ctx: Ctx<CanUse>, CsvText(text): CsvText) -> Result<Json<ImportResult>, Problem> {
    ctx.write(move |tx, CanUse(member)| Box::pin(async move { import(tx, &member, &text?).await })).await.map(Json)
}
