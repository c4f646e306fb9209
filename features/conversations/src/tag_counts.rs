//! How many conversations have a tag, of those that somebody may see.
//!
//! What must stay true: each number is a sum of rows that the changes themselves moved, by inbox and by who is in charge;
//! nothing is counted on a request, and a message moves none of them.

use axum::Json;
use base::{AnyMember, Ctx, MemberCaller, Problem, Right, Scope, Tx};
use db::{Sql, params, sql};
use ids::{InboxId, TagId, Uuid};
use serde::Serialize;
use utoipa::ToSchema;

use crate::keys::id_list;

#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TagCount {
    pub tag_id: TagId,
    /// Open and closed ones that the caller may see.
    pub conversations: i64,
}

#[derive(Serialize, ToSchema)]
pub struct TagCounts {
    /// What is not named is on none of them.
    pub items: Vec<TagCount>,
}

/// Of an inbox: so many more have the tag, and so many more of those that nobody is in charge of.
pub(crate) async fn move_inbox(tx: &mut Tx<'_>, inbox: InboxId, tag: TagId, by: (i64, i64)) -> Result<(), Problem> {
    if by == (0, 0) {
        return Ok(());
    }
    tx.put(
        sql!(
            "INSERT INTO inbox_tag_counts (workspace_id, inbox_id, tag_id, conversations, queued) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace_id, inbox_id, tag_id) DO UPDATE SET \
             conversations = inbox_tag_counts.conversations + excluded.conversations, \
             queued = inbox_tag_counts.queued + excluded.queued"
        ),
        params![tx.workspace, inbox, tag, by.0, by.1],
    )
    .await?;
    Ok(())
}

/// Of a member in charge, or of a team in whose queue they are.
pub(crate) async fn move_holder(
    tx: &mut Tx<'_>,
    holder: Uuid,
    inbox: InboxId,
    tag: TagId,
    by: i64,
) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO holder_tag_counts (workspace_id, holder_id, inbox_id, tag_id, conversations) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace_id, holder_id, inbox_id, tag_id) DO UPDATE SET \
             conversations = holder_tag_counts.conversations + excluded.conversations"
        ),
        params![tx.workspace, holder, inbox, tag, by],
    )
    .await?;
    Ok(())
}

/// What is `Facts::visible_to`, as sums: all; or everything in my inboxes, or what waits in their queues, and what I am
/// in charge of, or what waits for a team of mine, besides; or what my colleagues are in charge of there, too.
fn sums(scope: Scope) -> Option<&'static Sql> {
    macro_rules! mine {
        ($inboxes:literal, $holders:literal, $column:literal, $besides:expr) => {
            concat!(
                "SELECT tag_id, CAST(SUM(there) AS BIGINT) AS conversations FROM (\
                 SELECT n.tag_id, n.",
                $column,
                " AS there FROM inbox_tag_counts n WHERE n.workspace_id = $1 \
                 AND n.inbox_id ",
                $inboxes,
                " UNION ALL \
                 SELECT h.tag_id, h.conversations AS there FROM holder_tag_counts h WHERE h.workspace_id = $1 \
                 AND h.holder_id ",
                $holders,
                $besides,
                ") one GROUP BY tag_id HAVING SUM(there) > 0"
            )
        };
    }
    /// What colleagues hold, in my inboxes.
    macro_rules! colleagues {
        ($inboxes:literal, $colleagues:literal) => {
            concat!(
                " UNION ALL SELECT h.tag_id, h.conversations AS there FROM holder_tag_counts h \
                 WHERE h.workspace_id = $1 AND h.holder_id ",
                $colleagues,
                " AND h.inbox_id ",
                $inboxes
            )
        };
    }
    macro_rules! both {
        ($column:literal, $not:expr, $also:expr) => {
            sql!(
                sqlite: mine!(
                    "IN (SELECT unhex(value) FROM json_each($2))",
                    "IN (SELECT unhex(value) FROM json_each($3))",
                    $column,
                    $not
                ),
                postgres: mine!(
                    "= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($2::text::jsonb)))",
                    "= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($3::text::jsonb)))",
                    $column,
                    $also
                )
            )
        };
    }
    match scope {
        Scope::None => None,
        // Whoever sees everything gets the same columns from the tags themselves.
        Scope::All => {
            Some(sql!("SELECT id AS tag_id, conversations FROM tags WHERE workspace_id = $1 AND conversations > 0"))
        }
        Scope::Inbox => Some(both!(
            "conversations",
            " AND h.inbox_id NOT IN (SELECT unhex(value) FROM json_each($2))",
            " AND NOT h.inbox_id = ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($2::text::jsonb)))"
        )),
        Scope::Team => Some(both!(
            "queued",
            colleagues!("IN (SELECT unhex(value) FROM json_each($2))", "IN (SELECT unhex(value) FROM json_each($4))"),
            colleagues!(
                "= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($2::text::jsonb)))",
                "= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($4::text::jsonb)))"
            )
        )),
        Scope::Own => Some(both!("queued", "", "")),
    }
}

pub(crate) async fn counts(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<TagCount>, Problem> {
    let scope = member.scope(Right::CONVERSATION_VIEW);
    let Some(sql) = sums(scope) else { return Ok(Vec::new()) };
    let inboxes: Vec<_> = member.inboxes.iter().map(|id| id.0).collect();
    let mut asked = params![tx.workspace];
    if scope != Scope::All {
        let mut holders = vec![member.id.0];
        holders.extend(member.teams.iter().map(|seat| seat.team.0));
        asked.extend(params![id_list(&inboxes), id_list(&holders)]);
    }
    if scope == Scope::Team {
        let colleagues: Vec<_> = member.colleagues.iter().map(|id| id.0).collect();
        asked.push(id_list(&colleagues).into());
    }
    let rows = tx.query(sql, &asked).await?;
    let items =
        rows.iter().map(|row| Ok(TagCount { tag_id: row.get("tag_id")?, conversations: row.get("conversations")? }));
    items.collect()
}

/// Count the conversations with each tag
#[utoipa::path(
    get, path = "/api/v1/conversations/tags", tag = "conversations",
    responses((status = 200, body = TagCounts), (status = "default", body = base::ProblemBody))
)]
pub async fn count_tags(ctx: Ctx<AnyMember>) -> Result<Json<TagCounts>, Problem> {
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { Ok(TagCounts { items: counts(tx, &member).await? }) }))
        .await
        .map(Json)
}
