//! Reading one's stream, newest first: keyset pages over the ranges of the member, his teams and his inboxes.
//!
//! What must stay true: who may see the conversation now sees what is said of it, and nobody else; a page looks at no
//! more than so many rows.

use super::AlertKind;
use crate::{Entry, Facts, entry, keys::id_list, list};
use axum::Json;
use base::{AnyMember, Ctx, Cursor, MemberCaller, Ms, Problem, QueryOf, Right, Scope, Tx, page_size};
use contacts::Contact;
use db::{Engine, Row, Sql, params, sql};
use ids::{AlertId, ConversationId, EntryId, InboxId, MemberId, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

const PAGE_ITEMS: i64 = 30;
/// Rows that one page looks at, of all ranges together.
const REACH: i64 = 1_000;
/// Of one range at least, however many there are.
const OF_EACH: i64 = 10;
/// That are said to be new: what is behind them is "more".
const UNSEEN: i64 = 100;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ActivityQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 30.
    pub limit: Option<i64>,
}

/// Something that the member was told.
#[derive(Serialize, ToSchema)]
pub struct Alert {
    pub id: AlertId,
    pub at: Ms,
    pub kind: AlertKind,
    pub conversation_id: ConversationId,
    pub inbox_id: InboxId,
    pub contact: Contact,
    /// What it is about, as it is now; none of limits.
    pub entry: Option<Entry>,
    /// Neither the stream was looked at since, nor the conversation.
    pub unseen: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ActivityPage {
    pub items: Vec<Alert>,
    /// Goes on from here; a page may be short, or empty, and still have one.
    pub next_cursor: Option<String>,
}

/// One that is for the member or a team of his and that he has not seen.
#[derive(Serialize, ToSchema)]
pub struct UnseenAlert {
    pub id: AlertId,
    pub at: Ms,
    pub kind: AlertKind,
    pub conversation_id: ConversationId,
    /// Whoever read the conversation up to there has seen it.
    pub position: i64,
    /// The member muted the conversation: it counts only if it mentions him.
    pub muted: bool,
}

struct Found {
    id: AlertId,
    at: Ms,
    kind: AlertKind,
    conversation: ConversationId,
    entry: Option<EntryId>,
    position: i64,
    by: Option<MemberId>,
    muted: bool,
    unread: bool,
}

impl Found {
    /// Nobody is told of what he did himself, nor of what he muted; a mention calls him all the same.
    fn is_for(&self, member: MemberId) -> bool {
        self.by != Some(member) && (!self.muted || self.kind == AlertKind::Mentioned)
    }

    fn from_row(row: &Row) -> Result<Self, db::Error> {
        let read = row.get::<Option<i64>>("read_position")?.unwrap_or(0);
        let position = row.get("position")?;
        Ok(Self {
            id: row.get("id")?,
            at: row.get("at")?,
            kind: row.get("kind")?,
            conversation: row.get("conversation_id")?,
            entry: row.get("entry_id")?,
            position,
            by: row.get("by_id")?,
            muted: row.get::<Option<i64>>("muted")?.unwrap_or(0) != 0,
            unread: position > read,
        })
    }
}

/// Parameters: the workspace; the range, on PostgreSQL the ranges as JSON; since when; the place before (time, id); how
/// many of each range; the member.
const RANGE: &Sql = sql!(
    sqlite: "SELECT a.to_id AS lane, a.id, a.at, a.kind, a.conversation_id, a.entry_id, a.position, a.by_id, r.muted, \
             r.position AS read_position FROM alerts a LEFT JOIN read_marks r ON r.workspace_id = a.workspace_id \
             AND r.member_id = ?7 AND r.conversation_id = a.conversation_id WHERE a.workspace_id = ?1 \
             AND a.to_id = ?2 AND a.at > ?3 AND (a.at, a.id) < (?4, ?5) ORDER BY a.at DESC, a.id DESC LIMIT ?6",
    postgres: "SELECT k.*, r.muted, r.position AS read_position FROM (SELECT value::uuid AS lane \
               FROM jsonb_array_elements_text($2::text::jsonb)) l CROSS JOIN LATERAL (SELECT a.to_id AS lane, a.id, \
               a.at, a.kind, a.conversation_id, a.entry_id, a.position, a.by_id FROM alerts a \
               WHERE a.workspace_id = $1 AND a.to_id = l.lane AND a.at > $3 AND (a.at, a.id) < ($4, $5) \
               ORDER BY a.at DESC, a.id DESC LIMIT $6) k LEFT JOIN read_marks r ON r.workspace_id = $1 \
               AND r.member_id = $7 AND r.conversation_id = k.conversation_id"
);

/// The first `of_each` of each lane behind `before`, newest first and each once, as far as no lane has a gap; and
/// whether there may be more.
async fn look(
    tx: &mut Tx<'_>,
    member: MemberId,
    lanes: &[Uuid],
    (since, before): (Ms, Cursor),
    of_each: i64,
) -> Result<(Vec<Found>, bool), Problem> {
    let mut rows = Vec::new();
    if tx.engine() == Engine::Sqlite {
        for lane in lanes {
            let asked = params![tx.workspace, *lane, since, before.at, before.id, of_each, member];
            rows.extend(tx.query(RANGE, &asked).await?);
        }
    } else {
        let asked = params![tx.workspace, id_list(lanes), since, before.at, before.id, of_each, member];
        rows = tx.query(RANGE, &asked).await?;
    }
    let mut full: HashMap<Uuid, (i64, (Ms, AlertId))> = HashMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let alert = Found::from_row(row)?;
        let place = (alert.at, alert.id);
        let (count, last) = full.entry(row.get("lane")?).or_insert((0, place));
        (*count, *last) = (*count + 1, place.min(*last));
        found.push(alert);
    }
    // Behind the last row of a lane that gave all that it was asked for there is a gap.
    let end = full.values().filter(|(count, _)| *count >= of_each).map(|(_, last)| *last).max();
    found.retain(|alert| end.is_none_or(|end| (alert.at, alert.id) >= end));
    found.sort_by_key(|alert| std::cmp::Reverse((alert.at, alert.id)));
    found.dedup_by_key(|alert| alert.id);
    Ok((found, end.is_some()))
}

/// His own and his teams'.
fn own(member: &MemberCaller) -> Vec<Uuid> {
    [member.id.0].into_iter().chain(member.teams.iter().map(|seat| seat.team.0)).collect()
}

/// And those of his inboxes, where he sees what his colleagues have; otherwise what is his comes to himself.
fn all(member: &MemberCaller) -> Vec<Uuid> {
    let mut lanes = own(member);
    if member.scope(Right::CONVERSATION_VIEW) >= Scope::Team {
        lanes.extend(member.inboxes.iter().map(|inbox| inbox.0));
    }
    lanes
}

/// Up to when the member looked at his stream.
async fn seen_at(tx: &mut Tx<'_>, member: MemberId) -> Result<Ms, Problem> {
    let row = tx
        .first(
            sql!("SELECT seen_at FROM alert_marks WHERE workspace_id = $1 AND member_id = $2"),
            &params![tx.workspace, member],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get("seen_at"))?)
}

/// The conversations of these that the member may see.
async fn visible(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    found: &[Found],
) -> Result<HashMap<ConversationId, list::ConversationItem>, Problem> {
    let mut ids: Vec<Uuid> = found.iter().map(|alert| alert.conversation.0).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut rows = list::rows(tx, member, &ids).await?;
    rows.retain(|_, item| Facts::of(&item.conversation).visible_to(member));
    Ok(rows)
}

async fn page(tx: &mut Tx<'_>, member: &MemberCaller, query: ActivityQuery) -> Result<ActivityPage, Problem> {
    let before = Cursor::parse(query.cursor.as_deref())?;
    let limit = page_size(query.limit, PAGE_ITEMS);
    let seen_at = seen_at(tx, member.id).await?;
    let lanes = all(member);
    let of_each = (REACH / lanes.len() as i64).max(OF_EACH).min(limit + 1);
    let (mut found, mut open) = look(tx, member.id, &lanes, (-1, before), of_each).await?;
    if found.len() as i64 > limit {
        found.truncate(limit as usize);
        open = true;
    }
    let next = found.last().filter(|_| open).map(|last| Cursor { at: last.at, id: last.id.0 }.to_string());
    found.retain(|alert| alert.is_for(member.id));
    let conversations = visible(tx, member, &found).await?;
    let mut entries = entries(tx, &found).await?;
    let items = found.into_iter().filter_map(|alert| {
        let Found { id, at, kind, conversation: conversation_id, entry, unread, .. } = alert;
        let conversation = &conversations.get(&conversation_id)?.conversation;
        let (inbox_id, contact) = (conversation.inbox_id, conversation.contact.clone());
        let entry = entry.and_then(|id| entries.remove(&id));
        Some(Alert { id, at, kind, conversation_id, inbox_id, contact, entry, unseen: unread && at > seen_at })
    });
    Ok(ActivityPage { items: items.collect(), next_cursor: next })
}

/// What they are about.
async fn entries(tx: &mut Tx<'_>, found: &[Found]) -> Result<HashMap<EntryId, Entry>, Problem> {
    let of: HashMap<EntryId, ConversationId> =
        found.iter().filter_map(|alert| Some((alert.entry?, alert.conversation))).collect();
    let mut entries = HashMap::with_capacity(of.len());
    if of.is_empty() {
        return Ok(entries);
    }
    let ids: Vec<_> = of.keys().map(|id| id.0).collect();
    for row in tx.query(entry::BY_IDS, &params![tx.workspace, id_list(&ids)]).await? {
        let id: EntryId = row.get("id")?;
        if let Some(conversation) = of.get(&id) {
            entries.insert(id, Entry::from_row(&row, *conversation)?);
        }
    }
    Ok(entries)
}

/// The newest that are for the member or a team of his and that he has not seen, with those of what he muted; what was
/// closed is nobody's in particular.
pub(crate) async fn unseen(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<UnseenAlert>, Problem> {
    let seen_at = seen_at(tx, member.id).await?;
    let (mut found, _) = look(tx, member.id, &own(member), (seen_at, Cursor::NEWEST), UNSEEN).await?;
    found.retain(|alert| alert.unread && alert.kind != AlertKind::Closed && alert.by != Some(member.id));
    found.truncate(UNSEEN as usize);
    let conversations = visible(tx, member, &found).await?;
    found.retain(|alert| conversations.contains_key(&alert.conversation));
    let unseen = |Found { id, at, kind, conversation: conversation_id, position, muted, .. }| UnseenAlert {
        id,
        at,
        kind,
        conversation_id,
        position,
        muted,
    };
    Ok(found.into_iter().map(unseen).collect())
}

/// Look at the activity stream
#[utoipa::path(
    get, path = "/api/v1/activity", tag = "activity",
    params(ActivityQuery),
    responses((status = 200, body = ActivityPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_activity(
    ctx: Ctx<AnyMember>,
    QueryOf(query): QueryOf<ActivityQuery>,
) -> Result<Json<ActivityPage>, Problem> {
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { page(tx, &member, query).await })).await.map(Json)
}
