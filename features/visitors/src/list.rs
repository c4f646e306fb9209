//! The list of who is on the websites now, newest first.
//!
//! What must stay true: a member is shown whoever comes to a website whose queue he sees; who that is, and the conversation
//! with him, only where he sees that conversation or all contacts. Nobody who is blocked is listed. Keyset pages.

use crate::{
    Invitation,
    here::ABSENCE_MS,
    site_visitor::{SiteVisitor, columns},
};
use axum::Json;
use base::{AnyMember, Ctx, Cursor, MemberCaller, Problem, QueryOf, Right, Scope, Tx, page_size};
use contacts::{Contact, ContactSource};
use conversations::{Page, VisitorProfile, answers_queue, seen_among, sees_queue};
use db::{Row, Sql, Value, params, sql};
use ids::{ConversationId, InboxId, SiteVisitorId};
use inboxes::Channel;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;
/// So many are counted.
const COUNTED: i64 = 1_000;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SiteVisitorItem {
    pub id: SiteVisitorId,
    pub inbox_id: InboxId,
    /// Who it is, when he is known and the member may know it.
    pub contact: Option<Contact>,
    /// Since when he is on the site.
    pub began_at: i64,
    pub page: Page,
    /// Since when he looks at it.
    pub page_at: i64,
    /// How often he came, as his browser says; 1: for the first time.
    pub visits: i64,
    /// `null`: nobody told.
    pub came_by: Option<ContactSource>,
    pub profile: Option<VisitorProfile>,
    /// He has an open conversation in this inbox.
    pub in_chat: bool,
    /// The name of the member or the team that has it; `null`: it waits in the queue, or there is none.
    pub holder: Option<String>,
    /// The conversation with him, open or not, when the member may see it.
    pub conversation_id: Option<ConversationId>,
    pub invitation: Option<Invitation>,
    /// The member may invite him, unless somebody did or he is in a chat.
    pub can_invite: bool,
}

/// How somebody came, with those of whom nobody told it.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    Direct,
    Search,
    Social,
    Ad,
    Email,
    Campaign,
    Link,
    Referral,
    Unknown,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SiteVisitorQuery {
    /// Only of this inbox.
    pub inbox_id: Option<InboxId>,
    /// Only who came so; `unknown`: of whom nobody told.
    #[param(inline)]
    pub came: Option<Came>,
    /// A part of the address or the title of the page; the first 200 characters count.
    pub page: Option<String>,
    /// Only who was here before, or only who was not.
    pub returning: Option<bool>,
    /// Only who has an open conversation, or only who has none.
    pub in_chat: Option<bool>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct SiteVisitorPage {
    /// Who came last comes first.
    pub items: Vec<SiteVisitorItem>,
    pub next_cursor: Option<String>,
    /// How many there are in all, up to 1,000.
    pub count: i64,
}

/// Parameters: the workspace; since when somebody was seen; inboxes as JSON; how he came; a part of the page's words; from how
/// many visits on and up to how many; 1, 0 or -1: in a chat or not, or either.
macro_rules! those {
    ($what:expr, $inboxes:literal, $tail:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM site_visitors s LEFT JOIN contacts p ON p.workspace_id = s.workspace_id AND p.id = s.contact_id \
             LEFT JOIN conversations c ON c.workspace_id = s.workspace_id AND c.inbox_id = s.inbox_id \
             AND c.contact_id = s.contact_id \
             LEFT JOIN members h ON h.workspace_id = c.workspace_id AND h.id = c.holder_member_id \
             LEFT JOIN teams t ON t.workspace_id = c.workspace_id AND t.id = c.holder_team_id \
             WHERE s.workspace_id = $1 AND s.seen_at > $2 AND p.blocked_at IS NULL AND s.inbox_id ",
            $inboxes,
            " AND (s.came_kind = $4 OR $4 IS NULL) AND s.page_words LIKE $5 ESCAPE '!' AND s.visits BETWEEN $6 AND $7 \
             AND (CAST($8 AS BIGINT) < 0 OR CAST($8 AS BIGINT) = \
             CASE WHEN c.status IN ('open', 'snoozed') THEN 1 ELSE 0 END)",
            $tail
        )
    };
}

macro_rules! shown {
    () => {
        concat!(
            columns!(),
            ", c.id AS conversation_id, CASE WHEN c.status IN ('open', 'snoozed') THEN 1 ELSE 0 END AS in_chat, \
             coalesce(h.name, t.name) AS holder_name, p.id AS known_id, p.name, p.email, p.phone, p.verified"
        )
    };
}

const PAGE_OF: &Sql = sql!(
    sqlite: those!(
        shown!(),
        "IN (SELECT unhex(value) FROM json_each($3))",
        " AND (s.began_at, s.id) < ($9, $10) ORDER BY s.began_at DESC, s.id DESC LIMIT $11"
    ),
    postgres: those!(
        shown!(),
        "= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($3::text::jsonb)))",
        " AND (s.began_at, s.id) < ($9, $10) ORDER BY s.began_at DESC, s.id DESC LIMIT $11"
    )
);

const COUNT: &Sql = sql!(
    sqlite: concat!(
        "SELECT COUNT(*) AS there FROM (",
        those!("s.id", "IN (SELECT unhex(value) FROM json_each($3))", " LIMIT $9"),
        ") counted"
    ),
    postgres: concat!(
        "SELECT COUNT(*) AS there FROM (",
        those!("s.id", "= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($3::text::jsonb)))", " LIMIT $9"),
        ") counted"
    )
);

/// The websites whose visitors the member sees.
async fn websites(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<InboxId>, Problem> {
    let mut ids = inboxes::ids(tx, Some(Channel::Website)).await?;
    ids.retain(|id| sees_queue(member, *id));
    Ok(ids)
}

fn listed(ids: &[InboxId]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| id.0.simple().to_string()).collect();
    serde_json::json!(ids).to_string()
}

/// Whatever stands in it stands for itself.
fn part_of(words: &str) -> String {
    let mut pattern = String::from("%");
    for char in words.trim().to_lowercase().chars().take(200) {
        if matches!(char, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(char);
    }
    pattern.push('%');
    pattern
}

async fn page(tx: &mut Tx<'_>, member: &MemberCaller, query: SiteVisitorQuery) -> Result<SiteVisitorPage, Problem> {
    let (after, limit) = (Cursor::parse(query.cursor.as_deref())?, page_size(query.limit, PAGE));
    let mut websites = websites(tx, member).await?;
    websites.retain(|id| query.inbox_id.is_none_or(|asked| asked == *id));
    let came = query.came.map(serde_json::to_value).transpose()?;
    let came = came.and_then(|came| came.as_str().map(str::to_owned));
    let (fewest, most) = match query.returning {
        Some(true) => (2, i64::MAX),
        Some(false) => (0, 1_i64),
        None => (0, i64::MAX),
    };
    let which: Vec<Value> = params![
        tx.workspace,
        tx.now - ABSENCE_MS,
        listed(&websites),
        came,
        part_of(query.page.as_deref().unwrap_or_default()),
        fewest,
        most,
        query.in_chat.map_or(-1, i64::from)
    ];
    let with = |more: Vec<Value>| which.iter().cloned().chain(more).collect::<Vec<_>>();
    let rows = tx.query(PAGE_OF, &with(params![after.at, after.id, limit + 1])).await?;
    let counted = tx.first(COUNT, &with(params![COUNTED])).await?;
    let count = counted.map_or(Ok(0), |row| row.get::<i64>("there"))?;
    let mut items = items(tx, member, &rows).await?;
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let last = items.last().filter(|_| more).map(|last| Cursor { at: last.began_at, id: last.id.0 }.to_string());
    Ok(SiteVisitorPage { items, next_cursor: last, count })
}

/// One of them, when the member sees him.
pub(crate) async fn item_of(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    id: SiteVisitorId,
) -> Result<Option<SiteVisitorItem>, Problem> {
    let one = sql!(concat!(
        "SELECT ",
        shown!(),
        " FROM site_visitors s LEFT JOIN contacts p ON p.workspace_id = s.workspace_id AND p.id = s.contact_id \
         LEFT JOIN conversations c ON c.workspace_id = s.workspace_id AND c.inbox_id = s.inbox_id \
         AND c.contact_id = s.contact_id \
         LEFT JOIN members h ON h.workspace_id = c.workspace_id AND h.id = c.holder_member_id \
         LEFT JOIN teams t ON t.workspace_id = c.workspace_id AND t.id = c.holder_team_id \
         WHERE s.workspace_id = $1 AND s.id = $2 AND p.blocked_at IS NULL"
    ));
    let rows = tx.query(one, &params![tx.workspace, id]).await?;
    Ok(items(tx, member, &rows).await?.pop())
}

async fn items(tx: &mut Tx<'_>, member: &MemberCaller, rows: &[Row]) -> Result<Vec<SiteVisitorItem>, Problem> {
    let with = rows.iter().map(|row| row.get::<Option<ConversationId>>("conversation_id"));
    let with: Vec<_> = with.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let seen = seen_among(tx, member, &with).await?;
    let everybody = member.scope(Right::CONTACT_VIEW) == Scope::All;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let one = SiteVisitor::from_row(row)?;
        let conversation_id: Option<ConversationId> = row.get("conversation_id")?;
        let conversation_id = conversation_id.filter(|id| seen.contains(id));
        let in_chat = row.get::<i64>("in_chat")? != 0;
        let knows = everybody || conversation_id.is_some();
        let contact = row.get::<Option<ids::ContactId>>("known_id")?.filter(|_| knows);
        let contact = contact
            .map(|id| Ok::<_, db::Error>(Contact::new(id, row.get("name")?, row.get("email")?, row.get("phone")?)));
        items.push(SiteVisitorItem {
            id: one.id,
            inbox_id: one.inbox,
            contact: contact.transpose()?,
            began_at: one.began_at,
            page: one.page,
            page_at: one.page_at,
            visits: one.visits,
            came_by: one.came_by,
            profile: one.profile,
            in_chat,
            holder: row.get::<Option<String>>("holder_name")?.filter(|_| in_chat),
            conversation_id,
            invitation: one.invitation,
            can_invite: answers_queue(member, one.inbox),
        });
    }
    Ok(items)
}

/// List who is on the websites now
///
/// Of the website inboxes whose queue the caller sees, as far as they list their visitors. Whoever leaves is gone within two
/// minutes.
#[utoipa::path(
    get, path = "/api/v1/site-visitors", tag = "visitors", params(SiteVisitorQuery),
    responses((status = 200, body = SiteVisitorPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_site_visitors(
    ctx: Ctx<AnyMember>,
    QueryOf(query): QueryOf<SiteVisitorQuery>,
) -> Result<Json<SiteVisitorPage>, Problem> {
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { page(tx, &member, query).await })).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn what_is_looked_for_stands_for_itself() {
        assert_eq!(part_of(" /Sale_50%! "), "%/sale!_50!%!!%");
        assert_eq!(part_of(""), "%%");
    }
}
