//! The member's quick replies as a table, for a spreadsheet or another workspace.

use crate::{
    QuickReplyScope,
    access::CanUse,
    list::usable,
    table::{self, Line},
};
use axum::response::Response;
use base::{Ctx, MemberCaller, Problem, Tx, sheet};
use std::collections::HashMap;

async fn export(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<String, Problem> {
    let inboxes: HashMap<_, _> =
        inboxes::visible(tx, member).await?.into_iter().map(|inbox| (inbox.id, inbox.name)).collect();
    let teams: HashMap<_, _> = people::list_teams(tx).await?.into_iter().map(|team| (team.id, team.name)).collect();
    let lines = usable(tx, member).await?.into_iter().map(|one| Line {
        number: 0,
        shortcut: one.shortcut,
        title: one.title,
        group: one.group,
        scope: one.scope.as_str().to_owned(),
        inbox: match one.scope {
            QuickReplyScope::Inbox { inbox_id } => inboxes.get(&inbox_id).cloned().unwrap_or_default(),
            _ => String::new(),
        },
        team: match one.scope {
            QuickReplyScope::Team { team_id } => teams.get(&team_id).cloned().unwrap_or_default(),
            _ => String::new(),
        },
        text: one.text,
    });
    table::write(&lines.collect::<Vec<_>>())
}

/// Export the quick replies that the member may use, as CSV
///
/// Without their files.
#[utoipa::path(
    get, path = "/api/v1/quick-replies/export", tag = "quick replies",
    responses((status = 200, body = String, content_type = "text/csv"), (status = "default", description = "unauthenticated, forbidden", body = base::ProblemBody))
)]
pub async fn export_quick_replies(ctx: Ctx<CanUse>) -> Result<Response, Problem> {
    let table = ctx.read(|tx, CanUse(member)| Box::pin(async move { export(tx, &member).await })).await?;
    Ok(sheet::download("attachment; filename=\"quick-replies.csv\"", table))
}
