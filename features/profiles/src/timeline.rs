//! Everything with one person: what happened in all his conversations, in the order of time.
//!
//! What must stay true: it holds what his record holds ([`record_of_contact`]), so nobody reads here what he does not read
//! there; whoever was merged into him is he. Absent: the pages that he viewed, and what was deleted.

use crate::access::CanSee;
use axum::Json;
use base::{Ctx, MemberCaller, Problem, QueryOf, Tx, page_size};
use conversations::{ConversationItem, Moment, TimelineEntry, Way, record_of_contact, together};
use ids::{ContactId, InboxId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TimelineQuery {
    /// Only what happened in this inbox.
    pub inbox_id: Option<InboxId>,
    /// `before` of another page: what happened before it. Without this and `after`: the newest.
    pub before: Option<String>,
    /// `after` of another page, or `start`: the oldest.
    pub after: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct ContactTimeline {
    /// Oldest first.
    pub items: Vec<TimelineEntry>,
    /// Those of the person, whatever is shown of them here.
    pub conversations: Vec<ConversationItem>,
    /// Where the page before this one ends; `null`: there is nothing older.
    pub before: Option<String>,
    /// Where the next one begins; `null`: there is nothing newer yet.
    pub after: Option<String>,
    /// What happens after this position comes through the stream.
    pub position: i64,
}

async fn page(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    contact: ContactId,
    position: i64,
    query: TimelineQuery,
) -> Result<ContactTimeline, Problem> {
    let limit = page_size(query.limit, PAGE);
    let (way, moment) = match (&query.before, &query.after) {
        (Some(before), _) => (Way::Before, Moment::parse(before)?),
        (None, Some(after)) if after == "start" => (Way::After, Moment::FIRST),
        (None, Some(after)) => (Way::After, Moment::parse(after)?),
        (None, None) => (Way::Before, Moment::LAST),
    };
    let conversations = record_of_contact(tx, member, contact).await?;
    let wanted = |item: &&ConversationItem| query.inbox_id.is_none_or(|inbox| item.conversation.inbox_id == inbox);
    let ids: Vec<_> = conversations.iter().filter(wanted).map(|item| item.conversation.id).collect();
    let mut items = together(tx, &ids, way, moment, limit + 1).await?;
    let more = items.len() as i64 > limit;
    if more {
        items.remove(if way == Way::Before { 0 } else { items.len() - 1 });
    }
    let bounded = query.before.is_some() || query.after.as_deref().is_some_and(|after| after != "start");
    let (older, newer) = if way == Way::Before { (more, bounded) } else { (bounded, more) };
    let place = |item: Option<&TimelineEntry>, there: bool| {
        let moment = item.map_or(moment, TimelineEntry::moment);
        there.then(|| moment.to_string())
    };
    let (before, after) = (place(items.first(), older), place(items.last(), newer));
    Ok(ContactTimeline { items, conversations, before, after, position })
}

/// Show everything with a contact
///
/// What happened in all his conversations that the caller may see, in the order of time, in pages in both directions.
#[utoipa::path(
    get, path = "/api/v1/contacts/{contact}/timeline", tag = "contacts",
    params(("contact" = ContactId, Path), TimelineQuery),
    responses((status = 200, body = ContactTimeline), (status = "default", body = base::ProblemBody))
)]
pub async fn show_contact_timeline(
    ctx: Ctx<CanSee>,
    QueryOf(query): QueryOf<TimelineQuery>,
) -> Result<Json<ContactTimeline>, Problem> {
    ctx.read(|tx, CanSee { member, known, position, .. }| {
        Box::pin(async move { page(tx, &member, known.id, position, query).await.map(Json) })
    })
    .await
}
