//! Lists of conversations: keyset pages, one or two index ranges each, never an offset, never a count.

use crate::{
    Conversation, Status, Thread,
    access::Can,
    conversation::{SNOOZED, columns},
};
use axum::Json;
use base::{AnyMember, Ctx, Cursor, MemberCaller, Problem, QueryOf, Right, Scope, Tx, page_size};
use db::{Row, Sql, params, sql};
use ids::{ConversationId, InboxId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE_ITEMS: i64 = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListView {
    /// Open and not put aside, and I am in charge.
    #[default]
    Mine,
    /// Open and not put aside, and nobody is.
    Queue,
    /// Every open one that I may see and that was not put aside.
    All,
    /// Every open one that I may see and that was put aside.
    Snoozed,
    /// Every closed one that I may see.
    Closed,
}

#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    #[serde(default)]
    pub view: ListView,
    /// Only of this inbox.
    pub inbox: Option<InboxId>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

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
    /// Of the viewer's mark: grows with each change.
    pub mark: i64,
}

#[derive(Serialize, ToSchema)]
pub struct ConversationPage {
    pub items: Vec<ConversationItem>,
    pub next_cursor: Option<String>,
    /// Follow the stream from here.
    pub position: i64,
}

impl ConversationItem {
    fn from_row(row: &Row, member: &MemberCaller) -> Result<Self, Problem> {
        let conversation = Conversation::from_row(row)?;
        let can = crate::access::Facts::of(&conversation).can(member).list();
        let number = |name| Ok::<i64, db::Error>(row.get::<Option<i64>>(name)?.unwrap_or(0));
        Ok(Self {
            conversation,
            can,
            inbound_seen: number("inbound_seen")?,
            unread: number("flagged")? != 0,
            muted: number("muted")? != 0,
            mark: number("mark")?,
        })
    }

    /// The item of one conversation for a member.
    pub(crate) async fn of(tx: &mut Tx<'_>, member: &MemberCaller, thread: &Thread) -> Result<Self, Problem> {
        let row = tx
            .first(
                sql!(
                    "SELECT inbound_seen, flagged, muted, revision AS mark FROM read_marks \
                     WHERE workspace_id = $1 AND member_id = $2 AND conversation_id = $3"
                ),
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

/// One range of one index. Parameters of all: workspace, member, status, before (time, id), limit, inbox or NULL.
macro_rules! range {
    ($which:literal) => {
        sql!(concat!(
            "SELECT ",
            columns!(),
            ", r.inbound_seen, r.flagged, r.muted, r.revision AS mark FROM conversations c LEFT JOIN read_marks r \
             ON r.workspace_id = c.workspace_id AND r.member_id = $2 AND r.conversation_id = c.id \
             WHERE c.workspace_id = $1 AND c.status = $3 AND (c.last_activity_at, c.id) < ($4, $5) \
             AND (c.inbox_id = $7 OR $7 IS NULL) ",
            $which,
            " ORDER BY c.last_activity_at DESC, c.id DESC LIMIT $6"
        ))
    };
}

fn held_by_me() -> &'static Sql {
    range!("AND c.holder_member_id = $2")
}

fn held_by_nobody() -> &'static Sql {
    range!("AND c.holder_member_id IS NULL")
}

fn held_by_nobody_in_my_inboxes() -> &'static Sql {
    range!(
        "AND c.holder_member_id IS NULL AND EXISTS (SELECT 1 FROM memberships w \
         WHERE w.workspace_id = c.workspace_id AND w.inbox_id = c.inbox_id AND w.member_id = $2)"
    )
}

/// In my inboxes, held by whomever but me: what I hold is a range of its own.
fn in_my_inboxes() -> &'static Sql {
    range!(
        "AND (c.holder_member_id IS NULL OR c.holder_member_id <> $2) AND EXISTS (SELECT 1 FROM memberships w \
         WHERE w.workspace_id = c.workspace_id AND w.inbox_id = c.inbox_id AND w.member_id = $2)"
    )
}

fn everything() -> &'static Sql {
    range!("")
}

/// The ranges that together are the view for somebody with this scope. They never overlap.
fn ranges(view: ListView, scope: Scope) -> Vec<&'static Sql> {
    match (view, scope) {
        (_, Scope::None) => Vec::new(),
        (ListView::Mine, _) => vec![held_by_me()],
        (ListView::Queue, Scope::All) => vec![held_by_nobody()],
        (ListView::Queue, _) => vec![held_by_nobody_in_my_inboxes()],
        (_, Scope::All) => vec![everything()],
        (_, Scope::Inbox) => vec![held_by_me(), in_my_inboxes()],
        (_, Scope::Own) => vec![held_by_me(), held_by_nobody_in_my_inboxes()],
    }
}

/// A page, newest activity first.
pub(crate) async fn page(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    query: ListQuery,
) -> Result<ConversationPage, Problem> {
    let before = Cursor::parse(query.cursor.as_deref())?;
    let limit = page_size(query.limit, PAGE_ITEMS);
    let position = tx.position().await?;
    let status = match query.view {
        ListView::Mine | ListView::Queue | ListView::All => Status::Open.as_str(),
        ListView::Snoozed => SNOOZED,
        ListView::Closed => Status::Closed.as_str(),
    };
    let mut items = Vec::new();
    for range in ranges(query.view, member.scope(Right::CONVERSATION_VIEW)) {
        let params = params![tx.workspace, member.id, status, before.at, before.id, limit + 1, query.inbox];
        for row in tx.query(range, &params).await? {
            items.push(ConversationItem::from_row(&row, member)?);
        }
    }
    items.sort_by_key(|item| std::cmp::Reverse((item.conversation.last_activity_at, item.conversation.id)));
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let next_cursor = items
        .last()
        .filter(|_| more)
        .map(|item| Cursor { at: item.conversation.last_activity_at, id: item.conversation.id.0 }.to_string());
    Ok(ConversationPage { items, next_cursor, position })
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
mod tests {
    use super::*;
    use base::Role;
    use ids::{MemberId, SignInId, Uuid, WorkspaceId};
    use testkit::{TestApp, on_both};

    const VIEWS: [ListView; 5] = [ListView::Mine, ListView::Queue, ListView::All, ListView::Snoozed, ListView::Closed];

    fn member(role: Role) -> MemberCaller {
        MemberCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: MemberId(Uuid::nil()),
            name: "Me".into(),
            role,
            inboxes: Vec::new(),
            sign_in: SignInId(Uuid::nil()),
        }
    }

    #[tokio::test]
    async fn a_page_costs_three_statements_at_most() {
        on_both(
            || vec![crate::feature()],
            async |test: TestApp| {
                for role in Role::ALL {
                    for view in VIEWS {
                        let asked = test.app.read(WorkspaceId(Uuid::nil()), move |tx| {
                            Box::pin(async move {
                                page(tx, &member(role), ListQuery { view, ..ListQuery::default() }).await?;
                                Ok(tx.statements())
                            })
                        });
                        assert!(asked.await.expect("a page") <= 3, "{role:?} {view:?}");
                    }
                }
            },
        )
        .await;
    }

    #[tokio::test]
    async fn every_page_reads_an_index_in_its_order() {
        let test = TestApp::new(db::Engine::Sqlite, || vec![crate::feature()]).await;
        for scope in [Scope::Own, Scope::Inbox, Scope::All] {
            for range in VIEWS.into_iter().flat_map(|view| ranges(view, scope)) {
                let explain = Box::leak(format!("EXPLAIN QUERY PLAN {}", range.sqlite).into_boxed_str());
                let explain: &'static Sql = Box::leak(Box::new(Sql { sqlite: explain, postgres: "", place: "a test" }));
                let plan = test.app.read(WorkspaceId(Uuid::nil()), move |tx| {
                    Box::pin(async move {
                        let params = params![vec![0_u8], vec![0_u8], "open", 0, vec![0_u8], 1, None::<i64>];
                        let rows = tx.query(explain, &params).await?;
                        Ok(rows.iter().map(|row| row.get::<String>("detail")).collect::<Result<Vec<_>, _>>()?)
                    })
                });
                let plan = plan.await.expect("a plan").join("; ");
                assert!(plan.contains("SEARCH c USING INDEX conversations_"), "{plan}");
                assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{plan}");
            }
        }
    }
}
