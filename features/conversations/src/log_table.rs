//! The log of a conversation as a table for spreadsheets: what the filters show, with times as the viewer reads them.

use crate::{
    AuthorKind, Card, CloseReason, Holder, RecordNews,
    access::{Can, CanRead},
    log::{LogKind, LogLine, Place, Wanted, lines},
};
use axum::response::Response;
use base::{
    Ctx, Problem, QueryOf, refusal,
    sheet::{self, Zone},
};
use ids::{ConversationId, MemberId};
use serde::Deserialize;
use utoipa::IntoParams;

/// A table holds the newest of these.
const TABLE_LINES: i64 = 10_000;
const COLUMNS: [&str; 18] = [
    "time",
    "zone",
    "event",
    "of",
    "actor_kind",
    "actor",
    "text",
    "before",
    "files",
    "from",
    "to",
    "comment",
    "reason",
    "until",
    "entry",
    "score",
    "score_before",
    "card",
];

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LogTableQuery {
    pub from: Option<i64>,
    pub until: Option<i64>,
    pub actor: Option<AuthorKind>,
    /// Only what this member did.
    pub member: Option<MemberId>,
    pub kind: Option<LogKind>,
    /// In which the times are written, such as `Asia/Jakarta`; usually UTC.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub zone: Zone,
}

/// Export what happened in a conversation, as CSV: the newest 10,000 lines
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/log.csv", tag = "conversations",
    params(("conversation" = ConversationId, Path), LogTableQuery),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn export_log(ctx: Ctx<CanRead>, QueryOf(query): QueryOf<LogTableQuery>) -> Result<Response, Problem> {
    let wanted = Wanted::new(query.from, query.until, query.actor, query.member, query.kind);
    let newest = Place::parse(None)?;
    let table = ctx.read(move |tx, permit| {
        Box::pin(async move {
            if !permit.thread.facts().can(&permit.member).has(Can::Export) {
                return Err(refusal::FORBIDDEN.into());
            }
            let (lines, _) = lines(tx, permit.thread.conversation.id, wanted, newest, TABLE_LINES).await?;
            sheet::table(&COLUMNS, lines.iter().map(|line| cells(line, &query.zone)))
        })
    });
    Ok(sheet::download("attachment; filename=\"log.csv\"", table.await?))
}

fn cells(line: &LogLine, zone: &Zone) -> [String; 18] {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let holder = |holder: Option<(Holder, &Option<String>)>| match holder {
        Some((Holder::Queue, _)) => "queue".to_owned(),
        Some((Holder::Member { .. } | Holder::Team { .. }, name)) => text(name.as_ref()),
        None => String::new(),
    };
    let score = |score: Option<u8>| score.map(|score| score.to_string()).unwrap_or_default();
    let assignment = line.assignment.as_ref();
    [
        zone.time(line.at),
        zone.name().to_owned(),
        line.kind.as_str().to_owned(),
        line.entry_kind.as_str().to_owned(),
        line.actor.kind.as_str().to_owned(),
        text(line.actor.name.as_ref()),
        text(line.text.as_ref().or(line.record.as_ref().map(RecordNews::as_text).as_ref())),
        text(line.before.as_ref()),
        line.files.join("\n"),
        holder(assignment.map(|one| (one.from, &one.from_name))),
        holder(assignment.map(|one| (one.to, &one.to_name))),
        text(assignment.and_then(|one| one.comment.as_ref())),
        line.reason.map(CloseReason::as_str).unwrap_or_default().to_owned(),
        line.until.map(|at| zone.time(at)).unwrap_or_default(),
        line.entry_id.to_string(),
        score(line.score),
        score(line.score_before),
        line.card.as_ref().map(Card::as_text).unwrap_or_default(),
    ]
}
