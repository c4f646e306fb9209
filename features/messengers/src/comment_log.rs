//! What a comment rule did, newest first: who wrote what, what was sent, and what became of it.
//!
//! What must stay true: how an answer fared is read from the thread, which alone knows it.

use crate::comment_settings::{CanChangeRule, rules};
use axum::Json;
use base::{Ctx, Problem, QueryOf, Tx, page_size, refusal};
use conversations::Delivery;
use db::{FromValue, Row, params, sql};
use ids::{ContactId, ConversationId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;
const CURSOR_CHARACTERS: usize = 600;

/// A comment that a rule fitted.
#[derive(Serialize, ToSchema)]
pub struct CommentAnswer {
    /// The provider's name for the comment, and the account's before it.
    pub comment: String,
    pub at: i64,
    pub contact_id: ContactId,
    /// Where it can be read; `null`: nothing of it was kept.
    pub conversation_id: Option<ConversationId>,
    /// As he was called then.
    pub person: Option<String>,
    /// At most 500 characters of what he wrote.
    pub text: Option<String>,
    /// Which of the rule's cases it was, from 0.
    pub answer: i64,
    /// Why nothing of the rule was sent: `blocked`, `too_old`, `not_listed` or `answered_before`.
    pub skipped: Option<String>,
    pub public: Option<CommentSent>,
    pub private: Option<CommentSent>,
}

/// An answer, as it stands in the thread.
#[derive(Serialize, ToSchema)]
pub struct CommentSent {
    pub text: Option<String>,
    pub delivery: Option<Delivery>,
    /// Why it failed, a code.
    pub failure: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct CommentAnswerPage {
    /// Newest first.
    pub items: Vec<CommentAnswer>,
    /// For the page after; `null`: this is the last one.
    pub next_cursor: Option<String>,
}

#[derive(Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CommentAnswerQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

fn get<T: FromValue>(row: &Row, of: &str, what: &str) -> Result<Option<T>, db::Error> {
    row.get(&format!("{of}_{what}"))
}

fn sent(row: &Row, of: &str) -> Result<Option<CommentSent>, db::Error> {
    if get::<ids::Uuid>(row, of, "entry_id")?.is_none() {
        return Ok(None);
    }
    let (text, delivery, failure) = (get(row, of, "text")?, get(row, of, "delivery")?, get(row, of, "failure")?);
    Ok(Some(CommentSent { text, delivery, failure }))
}

async fn page(tx: &mut Tx<'_>, permit: CanChangeRule, query: CommentAnswerQuery) -> Result<CommentAnswerPage, Problem> {
    if !rules(tx, permit.may.inbox).await?.iter().any(|rule| rule.id == permit.rule) {
        return Err(refusal::NOT_FOUND.into());
    }
    let (at, comment) = match &query.cursor {
        None => (i64::MAX, String::new()),
        Some(after) => {
            let parts = after.split_once(' ').filter(|_| after.len() <= CURSOR_CHARACTERS && !after.contains('\0'));
            let (at, comment) = parts.ok_or(refusal::CURSOR_INVALID)?;
            (at.parse::<i64>().map_err(|_| refusal::CURSOR_INVALID)?, comment.to_owned())
        }
    };
    let limit = page_size(query.limit, PAGE);
    let rows = tx
        .query(
            sql!(
                "SELECT a.comment, a.at, a.contact_id, a.person, a.text, a.answer, a.skipped, a.public_entry_id, \
                 a.private_entry_id, p.text AS public_text, p.delivery AS public_delivery, \
                 p.failure AS public_failure, d.text AS private_text, d.delivery AS private_delivery, \
                 d.failure AS private_failure, coalesce(p.conversation_id, d.conversation_id) AS conversation_id \
                 FROM comment_answers a \
                 LEFT JOIN entries p ON p.workspace_id = a.workspace_id AND p.id = a.public_entry_id \
                 LEFT JOIN entries d ON d.workspace_id = a.workspace_id AND d.id = a.private_entry_id \
                 WHERE a.workspace_id = $1 AND a.rule_id = $2 AND (a.at, a.comment) < ($3, $4) \
                 ORDER BY a.at DESC, a.comment DESC LIMIT $5"
            ),
            &params![tx.workspace, permit.rule, at, comment, limit + 1],
        )
        .await?;
    let more = rows.len() as i64 > limit;
    let mut items = Vec::new();
    for row in rows.iter().take(limit as usize) {
        items.push(CommentAnswer {
            comment: row.get("comment")?,
            at: row.get("at")?,
            contact_id: row.get("contact_id")?,
            conversation_id: row.get("conversation_id")?,
            person: row.get("person")?,
            text: row.get("text")?,
            answer: row.get("answer")?,
            skipped: row.get("skipped")?,
            public: sent(row, "public")?,
            private: sent(row, "private")?,
        });
    }
    let next_cursor = items.last().filter(|_| more).map(|last| format!("{} {}", last.at, last.comment));
    Ok(CommentAnswerPage { items, next_cursor })
}

/// List what a comment rule did
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/comment-rules/{rule}/answers", tag = "messengers",
    params(("inbox" = ids::InboxId, Path), ("rule" = ids::CommentRuleId, Path), CommentAnswerQuery),
    responses((status = 200, body = CommentAnswerPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_comment_answers(
    ctx: Ctx<CanChangeRule>,
    QueryOf(query): QueryOf<CommentAnswerQuery>,
) -> Result<Json<CommentAnswerPage>, Problem> {
    ctx.read(|tx, permit| Box::pin(page(tx, permit, query))).await.map(Json)
}
