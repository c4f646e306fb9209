//! To which conversations a record belongs. Whoever sees one of them sees it.

use crate::{
    TOO_MANY_RECORD_CONVERSATIONS,
    access::{CanBind, facts_of},
    create::news,
    event, history,
    record::{self, Record},
    record_type,
};
use axum::Json;
use base::{Ctx, Problem, Tx};
use conversations::{RecordAct, say_of_record};
use db::{params, sql};
use ids::{ConversationId, RecordId};
use profiles::FieldChange;

/// Of one record.
const MOST: usize = 50;

pub async fn write(tx: &mut Tx<'_>, record: RecordId, conversation: ConversationId) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO record_conversations (workspace_id, record_id, conversation_id, at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING"
        ),
        params![tx.workspace, record, conversation, tx.now],
    )
    .await?;
    Ok(())
}

async fn set(tx: &mut Tx<'_>, permit: CanBind, on: bool) -> Result<Record, Problem> {
    let CanBind { permit, mut record } = permit;
    let types = record_type::all(tx).await?;
    let conversation = permit.thread.conversation.id;
    let bound = record::conversations_of(tx, record.id).await?;
    if bound.contains(&conversation) == on {
        return Ok(record.of_type(&types));
    }
    if on && bound.len() >= MOST {
        return Err(TOO_MANY_RECORD_CONVERSATIONS.with("max", MOST));
    }
    // Whoever saw it by this conversation hears of it too.
    let before = facts_of(tx, &record).await?;
    if on {
        write(tx, record.id, conversation).await?;
    } else {
        let gone = sql!(
            "DELETE FROM record_conversations WHERE workspace_id = $1 AND record_id = $2 AND conversation_id = $3"
        );
        tx.put(gone, params![tx.workspace, record.id, conversation]).await?;
    }
    let name = Some(conversation.to_string());
    let (was, is) = if on { (None, name) } else { (name, None) };
    let change = FieldChange { field: "conversation".to_owned(), before: was, after: is };
    history::next(tx, &mut record, Some(&permit.member), &[change]).await?;
    if let Some(of) = types.iter().find(|of| of.id == record.type_id) {
        let act = if on { RecordAct::Bound } else { RecordAct::Unbound };
        say_of_record(tx, permit.thread, Some(&permit.member), news(of, &record, act)).await?;
    }
    let his = if on { facts_of(tx, &record).await? } else { before };
    event::updated(tx, &record, his).await?;
    Ok(record.of_type(&types))
}

/// Say that a record belongs to a conversation
#[utoipa::path(
    put, path = "/api/v1/records/{record}/conversations/{conversation}", tag = "records",
    params(("record" = RecordId, Path), ("conversation" = ConversationId, Path)),
    responses((status = 200, body = Record), (status = "default", body = base::ProblemBody))
)]
pub async fn bind_record(ctx: Ctx<CanBind>) -> Result<Json<Record>, Problem> {
    ctx.write(|tx, permit| Box::pin(set(tx, permit, true))).await.map(Json)
}

/// Say that a record does not belong to a conversation
#[utoipa::path(
    delete, path = "/api/v1/records/{record}/conversations/{conversation}", tag = "records",
    params(("record" = RecordId, Path), ("conversation" = ConversationId, Path)),
    responses((status = 200, body = Record), (status = "default", body = base::ProblemBody))
)]
pub async fn unbind_record(ctx: Ctx<CanBind>) -> Result<Json<Record>, Problem> {
    ctx.write(|tx, permit| Box::pin(set(tx, permit, false))).await.map(Json)
}
