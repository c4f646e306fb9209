//! A record with its contact and its conversations, each only if the member may see it.

use crate::{
    access::CanSee,
    record::{self, Record},
    record_type,
};
use axum::Json;
use base::{Ctx, Problem, Tx};
use contacts::Contact;
use conversations::ConversationItem;
use ids::RecordId;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct RecordDetail {
    pub record: Record,
    /// As he is shown.
    pub contact: Option<Contact>,
    /// Newest activity first.
    pub conversations: Vec<ConversationItem>,
    pub can_edit: bool,
}

async fn show(tx: &mut Tx<'_>, permit: CanSee) -> Result<RecordDetail, Problem> {
    let CanSee { member, record, can_edit } = permit;
    let mut conversations = Vec::new();
    for id in record::conversations_of(tx, record.id).await? {
        conversations.extend(conversations::seen(tx, &member, id).await?);
    }
    conversations.sort_by_key(|item| std::cmp::Reverse((item.conversation.last_activity_at, item.conversation.id)));
    let contact = contacts::whole(tx, record.contact_id).await?.map(|known| known.shown());
    let types = record_type::all(tx).await?;
    Ok(RecordDetail { record: record.of_type(&types), contact, conversations, can_edit })
}

/// Show a record
#[utoipa::path(
    get, path = "/api/v1/records/{record}", tag = "records", params(("record" = RecordId, Path)),
    responses((status = 200, body = RecordDetail), (status = "default", body = base::ProblemBody))
)]
pub async fn show_record(ctx: Ctx<CanSee>) -> Result<Json<RecordDetail>, Problem> {
    ctx.read(|tx, permit| Box::pin(show(tx, permit))).await.map(Json)
}
