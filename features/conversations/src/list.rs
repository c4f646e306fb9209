//! Lists of conversations: keyset pages over ranges of indexes, never an offset, never a count.
//!
//! What must stay true: a page looks at no more than so many rows, whatever is asked; where that ends it before it is
//! full, it says how far it came and the next one goes on from there.

use crate::{
    Conversation, Thread,
    access::Can,
    conversation::columns,
    filter::{Filter, ListQuery},
    keys::{self, Lead, Place, Run, id_list},
    read::marks,
};
use axum::Json;
use base::{AnyMember, Ctx, Cursor, MemberCaller, Problem, QueryOf, Tx, page_size};
use db::{Row, Sql, params, sql};
use ids::{ConversationId, Uuid};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use utoipa::ToSchema;

const PAGE_ITEMS: i64 = 50;

/// How far one page looks.
#[derive(Clone, Copy)]
struct Reach {
    /// Index entries, of all lanes together.
    entries: i64,
    /// Of one lane at least, however many there are.
    of_each: i64,
    /// Conversations that are looked at, and perhaps passed over.
    rows: usize,
    /// Of those at once.
    at_once: usize,
}

const REACH: Reach = Reach { entries: 2_000, of_each: 10, rows: 500, at_once: 120 };

/// A number beside a list is not worth more than a glance.
const GLANCE: Reach = Reach { entries: 500, of_each: 5, rows: 200, at_once: 100 };
const COUNTED: usize = 99;

/// A conversation with what is the viewer's own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConversationItem {
    pub conversation: Conversation,
    pub can: Vec<Can>,
    /// The contact's messages that the viewer has seen.
    pub inbound_seen: i64,
    /// The viewer marked it unread by hand.
    pub unread: bool,
    /// The viewer wants no sound, no notification and no number of it.
    pub muted: bool,
    /// When the viewer was mentioned in it last.
    pub mentioned_at: Option<i64>,
    /// He has not read that yet.
    pub mentioned: bool,
    /// Of the viewer's mark: grows with each change.
    pub mark: i64,
}

#[derive(Serialize, ToSchema)]
pub struct ConversationPage {
    pub items: Vec<ConversationItem>,
    /// Where the next page begins. It may be there before this one is full: a page looks at a few hundred
    /// conversations at most.
    pub next_cursor: Option<String>,
    /// With `next_cursor`: the place up to which everything is in this page and those before it.
    pub reached: Option<Place>,
    /// Follow the stream from here.
    pub position: i64,
}

impl ConversationItem {
    pub(crate) fn from_row(row: &Row, member: &MemberCaller) -> Result<Self, Problem> {
        let conversation = Conversation::from_row(row)?;
        let can = crate::access::Facts::of(&conversation).can(member).list();
        let number = |name| Ok::<i64, db::Error>(row.get::<Option<i64>>(name)?.unwrap_or(0));
        Ok(Self {
            conversation,
            can,
            inbound_seen: number("inbound_seen")?,
            unread: number("flagged")? != 0,
            muted: number("muted")? != 0,
            mentioned_at: row.get("mentioned_at")?,
            mentioned: number("mentioned")? != 0,
            mark: number("mark")?,
        })
    }

    /// By new messages, by hand, or because he was mentioned.
    pub(crate) fn is_unread(&self) -> bool {
        self.unread || self.mentioned || self.conversation.inbound_count > self.inbound_seen
    }

    /// The item of one conversation for a member.
    pub async fn of(tx: &mut Tx<'_>, member: &MemberCaller, thread: &Thread) -> Result<Self, Problem> {
        let row = tx
            .first(
                sql!(concat!(
                    "SELECT ",
                    marks!(""),
                    " FROM read_marks WHERE workspace_id = $1 AND member_id = $2 AND conversation_id = $3"
                )),
                &params![tx.workspace, member.id, thread.conversation.id],
            )
            .await?;
        let number = |name| row.as_ref().map_or(Ok(0), |row| row.get::<i64>(name));
        Ok(Self {
            conversation: thread.conversation.clone(),
            can: thread.facts().can(member).list(),
            inbound_seen: number("inbound_seen")?,
            unread: number("flagged")? != 0,
            muted: number("muted")? != 0,
            mentioned_at: row.as_ref().map_or(Ok(None), |row| row.get("mentioned_at"))?,
            mentioned: number("mentioned")? != 0,
            mark: number("mark")?,
        })
    }
}

/// The item of a conversation, when the member may see it.
pub async fn seen(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    id: ConversationId,
) -> Result<Option<ConversationItem>, Problem> {
    let Some(thread) = crate::thread::load(tx, id).await? else { return Ok(None) };
    if !thread.facts().visible_to(member) {
        return Ok(None);
    }
    ConversationItem::of(tx, member, &thread).await.map(Some)
}

/// Parameters: the workspace, the member, ids as JSON.
macro_rules! rows {
    ($among:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", ",
            marks!("r."),
            " FROM conversations c LEFT JOIN read_marks r \
             ON r.workspace_id = c.workspace_id AND r.member_id = $2 AND r.conversation_id = c.id \
             WHERE c.workspace_id = $1 AND c.id ",
            $among
        )
    };
}

pub(crate) const ROWS: &Sql = sql!(
    sqlite: rows!("IN (SELECT unhex(value) FROM json_each($3))"),
    postgres: rows!("= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($3::text::jsonb)))")
);

/// Whatever of them is there, by id, with the member's marks.
pub(crate) async fn rows(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    ids: &[Uuid],
) -> Result<HashMap<ConversationId, ConversationItem>, Problem> {
    let rows = tx.query(ROWS, &params![tx.workspace, member.id, id_list(ids)]).await?;
    let items = rows.iter().map(|row| ConversationItem::from_row(row, member).map(|item| (item.conversation.id, item)));
    items.collect()
}

/// Those of these conversations that the member may see.
pub async fn seen_among(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    ids: &[ConversationId],
) -> Result<HashSet<ConversationId>, Problem> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let rows = rows(tx, member, &ids).await?;
    let seen = |(id, item): (ConversationId, ConversationItem)| {
        crate::access::Facts::of(&item.conversation).visible_to(member).then_some(id)
    };
    Ok(rows.into_iter().filter_map(seen).collect())
}

/// What a page holds, each with its place, and how far it came when there may be more.
struct Filled {
    items: Vec<(Place, ConversationItem)>,
    reached: Option<Place>,
}

/// Looks on behind `after` until there are `limit` of them, everything is seen, or the page has looked far enough.
async fn fill(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    filter: &Filter,
    after: Option<Place>,
    limit: usize,
    reach: Reach,
) -> Result<Filled, Problem> {
    let (mut items, mut left) = (Vec::with_capacity(limit + 1), reach.rows);
    for run in filter.runs().iter().copied() {
        let from = match after {
            Some(after) if run == Run::Waiting && !after.waiting => continue,
            Some(after) if after.waiting == (run == Run::Waiting) => after,
            _ => run.start(),
        };
        let leads = within_reach(filter.leads(member, run), limit + 1 - items.len(), left, reach);
        let found = keys::look(tx, &leads, run, filter.status(), from).await?;
        let mut last = None;
        for places in found.places.chunks(reach.at_once) {
            let places = &places[..places.len().min(left)];
            let ids: Vec<_> = places.iter().map(|place| place.id.0).collect();
            let mut rows = rows(tx, member, &ids).await?;
            for place in places {
                (last, left) = (Some(*place), left - 1);
                // One that moved since it was looked for is told by the stream.
                let belongs =
                    |item: &ConversationItem| filter.stands_in(run, &item.conversation) && filter.takes(member, item);
                let taken = rows.remove(&place.id).filter(belongs);
                items.extend(taken.map(|item| (*place, item)));
                if items.len() > limit {
                    items.truncate(limit);
                    let reached = items.last().map(|(place, _)| *place);
                    return Ok(Filled { items, reached });
                }
            }
            if left == 0 {
                return Ok(Filled { items, reached: last });
            }
        }
        if found.open {
            return Ok(Filled { items, reached: last });
        }
    }
    Ok(Filled { items, reached: None })
}

/// How many rows of each lane are looked at.
fn within_reach(leads: Vec<Lead>, wanted: usize, left: usize, reach: Reach) -> Vec<(Lead, i64)> {
    let lanes: usize = leads.iter().map(|lead| lead.lanes.len()).sum();
    let share = (reach.entries / lanes.max(1) as i64).max(reach.of_each);
    let of_each = |lead: &Lead| share.min(if lead.exact { wanted } else { left }.max(1) as i64);
    leads.into_iter().map(|lead| (of_each(&lead), lead)).map(|(of_each, lead)| (lead, of_each)).collect()
}

/// A page of a list.
pub(crate) async fn page(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    query: ListQuery,
) -> Result<ConversationPage, Problem> {
    let after = query.cursor.as_deref().map(|text| Cursor::parse(Some(text))).transpose()?.map(Place::of);
    let limit = page_size(query.limit, PAGE_ITEMS) as usize;
    let position = tx.position().await?;
    let filter = Filter::of(tx, member, query).await?;
    let Filled { items, reached } = fill(tx, member, &filter, after, limit, REACH).await?;
    let items = items.into_iter().map(|(_, item)| item).collect();
    Ok(ConversationPage { items, next_cursor: reached.map(|place| place.cursor().to_string()), reached, position })
}

/// How many a list holds, as far as a glance goes, and whether there may be more.
pub(crate) async fn glance(tx: &mut Tx<'_>, member: &MemberCaller, query: ListQuery) -> Result<(i64, bool), Problem> {
    let filter = Filter::of(tx, member, query).await?;
    let Filled { items, reached } = fill(tx, member, &filter, None, COUNTED, GLANCE).await?;
    Ok((items.len() as i64, reached.is_some()))
}

impl Place {
    /// Times of those who wait are below zero in a cursor.
    fn cursor(self) -> Cursor {
        Cursor { at: if self.waiting { -1 - self.at } else { self.at }, id: self.id.0 }
    }

    fn of(cursor: Cursor) -> Self {
        let waiting = cursor.at < 0;
        Self { waiting, at: if waiting { -1 - cursor.at } else { cursor.at }, id: ConversationId(cursor.id) }
    }
}

/// List conversations
#[utoipa::path(
    get, path = "/api/v1/conversations", tag = "conversations",
    params(ListQuery),
    responses((status = 200, body = ConversationPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_conversations(
    ctx: Ctx<AnyMember>,
    QueryOf(query): QueryOf<ListQuery>,
) -> Result<Json<ConversationPage>, Problem> {
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { page(tx, &member, query).await })).await.map(Json)
}

#[cfg(test)]
mod tests;
