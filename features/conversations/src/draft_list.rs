//! What a member has not sent yet, in all conversations: the newest first, in keyset pages.
//!
//! What must stay true: each of his drafts is his to read, also of a conversation that was taken away; of that one he is
//! told nothing else, neither whose it is nor the words that his draft answers. With one that was deleted his draft goes.
//! A program in his name reads only those of what it sees.

use crate::{
    ConversationItem,
    access::Facts,
    conversation::columns,
    draft::{Draft, ReplyDraft},
    read::marks,
};
use axum::Json;
use base::{AnyMember, Ctx, Cursor, MemberCaller, Problem, QueryOf, Tx, page_size};
use db::{params, sql};
use ids::ConversationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE_DRAFTS: i64 = 50;

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DraftQuery {
    /// Of this conversation only.
    pub conversation: Option<ConversationId>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct DraftPage {
    pub items: Vec<Draft>,
    /// Those conversations of these drafts that the member still sees.
    pub conversations: Vec<ConversationItem>,
    pub next_cursor: Option<String>,
}

/// At most `limit` of the member's drafts.
pub(crate) async fn drafts(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    of: Option<ConversationId>,
    before: Cursor,
    limit: i64,
) -> Result<DraftPage, Problem> {
    // One for each conversation that he wrote in and did not answer: few enough to be put in order as they are read.
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT d.conversation_id, d.reply, d.note, d.saved_at, ",
                marks!("r."),
                ", ",
                columns!(),
                " FROM drafts d LEFT JOIN conversations c \
                 ON c.workspace_id = d.workspace_id AND c.id = d.conversation_id \
                 LEFT JOIN read_marks r ON r.workspace_id = d.workspace_id AND r.member_id = d.member_id \
                 AND r.conversation_id = d.conversation_id WHERE d.workspace_id = $1 AND d.member_id = $2 \
                 AND NOT EXISTS (SELECT 1 FROM deleted_conversations x WHERE x.workspace_id = d.workspace_id \
                 AND x.id = d.conversation_id) \
                 AND (d.conversation_id = $3 OR $3 IS NULL) AND (d.saved_at, d.conversation_id) < ($4, $5) \
                 ORDER BY d.saved_at DESC, d.conversation_id DESC LIMIT $6"
            )),
            &params![tx.workspace, member.id, of, before.at, before.id, limit + 1],
        )
        .await?;
    let more = rows.len() as i64 > limit;
    let (mut items, mut conversations) = (Vec::new(), Vec::new());
    for row in rows.iter().take(limit as usize) {
        let mut draft = Draft::from_row(row)?;
        // One that was saved while its conversation went over into another is as one of what was taken away.
        let is_there = row.get::<Option<ConversationId>>("id")?.is_some();
        let item = is_there.then(|| ConversationItem::from_row(row, member)).transpose()?;
        let seen = item.filter(|item| Facts::of(&item.conversation).visible_to(member));
        if seen.is_none() && member.token().is_some() {
            continue;
        }
        if let (None, Some(reply)) = (&seen, &mut draft.reply) {
            hide_quote(reply);
        }
        conversations.extend(seen);
        items.push(draft);
    }
    let next_cursor = match rows.get(limit as usize - 1).filter(|_| more) {
        Some(last) => {
            let id: ConversationId = last.get("conversation_id")?;
            Some(Cursor { at: last.get("saved_at")?, id: id.0 }.to_string())
        }
        None => None,
    };
    Ok(DraftPage { items, conversations, next_cursor })
}

/// What somebody else said is not the draft's author's. That it answers something stays, should he see it again.
fn hide_quote(reply: &mut ReplyDraft) {
    if let Some(quote) = &mut reply.quote {
        (quote.author.id, quote.author.name, quote.text, quote.files) = (None, None, None, 0);
    }
}

/// List my drafts
///
/// Also those of conversations that were taken away.
#[utoipa::path(
    get, path = "/api/v1/drafts", tag = "conversations", params(DraftQuery),
    responses((status = 200, body = DraftPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_drafts(ctx: Ctx<AnyMember>, QueryOf(query): QueryOf<DraftQuery>) -> Result<Json<DraftPage>, Problem> {
    let before = Cursor::parse(query.cursor.as_deref())?;
    let limit = page_size(query.limit, PAGE_DRAFTS);
    ctx.read(move |tx, AnyMember(member)| {
        Box::pin(async move { drafts(tx, &member, query.conversation, before, limit).await })
    })
    .await
    .map(Json)
}
