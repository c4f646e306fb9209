//! Where the rows of a list stand: ranges of indexes, in the order of the list.
//!
//! What must stay true: a look reads index entries only, in their order, and as many as it was told; a test asks both
//! engines for the plan of each. A *lane* is what a range begins with: an inbox, a member in charge, a tag, or the whole
//! workspace.

use base::{Problem, Tx};
use db::{Engine, Row, Sql, params, sql};
use ids::{ConversationId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a list goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// Those who wait for an answer, whoever waits longest first.
    Waiting,
    /// Newest activity first.
    Newest,
    /// Oldest activity first.
    Oldest,
}

/// What the lanes of a lead are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Inboxes, of which no member is in charge of the conversation.
    Queue,
    Holder,
    /// Teams in whose queue it is.
    Team,
    Inbox,
    Tag,
    /// The member whom notes mention.
    Mentioned,
    Workspace,
}

/// Ranges that are looked at together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lead {
    pub by: By,
    pub lanes: Vec<Uuid>,
    /// Every row of it belongs to the list: nothing is passed over.
    pub exact: bool,
}

/// Where a conversation stands in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// Among those who wait: `at` is since when, and the longest wait is the first. Otherwise it is the last activity.
    pub waiting: bool,
    pub at: i64,
    pub id: ConversationId,
}

impl Run {
    /// Before every row of it.
    pub(crate) fn start(self) -> Place {
        let newest = self == Self::Newest;
        Place {
            waiting: self == Self::Waiting,
            at: if newest { i64::MAX } else { i64::MIN },
            id: ConversationId(if newest { Uuid::max() } else { Uuid::nil() }),
        }
    }

    /// Whether `one` stands before `other`.
    pub(crate) fn is_before(self, one: Place, other: Place) -> bool {
        let (one, other) = ((one.at, one.id), (other.at, other.id));
        if self == Self::Newest { one > other } else { one < other }
    }
}

/// Parameters of all: the workspace; the lane, on PostgreSQL the lanes as JSON; the status; the place before (time, id);
/// how many of each lane.
macro_rules! keys {
    ($table:literal, $lane:literal, $id:literal, $at:literal, $only:literal, $before:literal, $order:literal) => {
        keys!($table, $lane, $id, $at, "i.status = $3", $only, $before, $order)
    };
    (
        $table:literal, $lane:literal, $id:literal, $at:literal, $status:literal, $only:literal, $before:literal,
        $order:literal
    ) => {
        sql!(
            sqlite: concat!(
                "SELECT i.", $id, " AS id, i.", $at, " AS at FROM ", $table, " i WHERE i.workspace_id = $1 AND i.",
                $lane, " = $2 AND ", $status, " AND (i.", $at, ", i.", $id, ") ", $before, " ($4, $5)", $only,
                " ORDER BY i.", $at, " ", $order, ", i.", $id, " ", $order, " LIMIT $6"
            ),
            postgres: concat!(
                "SELECT l.lane, k.id, k.at FROM (SELECT value::uuid AS lane \
                 FROM jsonb_array_elements_text($2::text::jsonb)) l CROSS JOIN LATERAL (SELECT i.", $id, " AS id, i.",
                $at, " AS at FROM ", $table, " i WHERE i.workspace_id = $1 AND i.", $lane,
                " = l.lane AND ", $status, " AND (i.", $at, ", i.", $id, ") ", $before, " ($4, $5)", $only,
                " ORDER BY i.", $at, " ", $order, ", i.", $id, " ", $order, " LIMIT $6) k"
            )
        )
    };
}

macro_rules! runs {
    ($run:expr, $table:literal, $lane:literal, $id:literal, $only:literal) => {
        match $run {
            Run::Newest => keys!($table, $lane, $id, "last_activity_at", $only, "<", "DESC"),
            Run::Oldest => keys!($table, $lane, $id, "last_activity_at", $only, ">", "ASC"),
            Run::Waiting => waits!($table, $lane, $id),
        }
    };
}

/// Marks have no status: whatever it is.
macro_rules! mentions {
    ($before:literal, $order:literal) => {
        keys!(
            "read_marks",
            "member_id",
            "conversation_id",
            "mentioned_at",
            "CAST($3 AS TEXT) IS NOT NULL",
            " AND i.mentioned_at IS NOT NULL",
            $before,
            $order
        )
    };
}

macro_rules! waits {
    ($table:literal, $lane:literal, $id:literal) => {
        keys!($table, $lane, $id, "waiting_since", " AND i.waiting_since IS NOT NULL", ">", "ASC")
    };
}

fn range(by: By, run: Run) -> &'static Sql {
    match by {
        // Who waits is found by inbox; whether somebody is in charge is looked at then.
        By::Queue if run == Run::Waiting => waits!("conversations", "inbox_id", "id"),
        By::Queue => runs!(run, "conversations", "inbox_id", "id", " AND i.holder_member_id IS NULL"),
        By::Holder => runs!(run, "conversations", "holder_member_id", "id", ""),
        By::Team => runs!(run, "conversations", "holder_team_id", "id", ""),
        By::Inbox => runs!(run, "conversations", "inbox_id", "id", ""),
        By::Tag => runs!(run, "conversation_tags", "tag_id", "conversation_id", ""),
        By::Mentioned if run == Run::Oldest => mentions!(">", "ASC"),
        By::Mentioned => mentions!("<", "DESC"),
        By::Workspace => runs!(run, "conversations", "workspace_id", "id", ""),
    }
}

/// What a look found.
pub(crate) struct Look {
    /// In the order of the run, each once.
    pub places: Vec<Place>,
    /// There may be more behind it.
    pub open: bool,
}

/// Looks at the first `of_each` rows of each lane behind `after`, and answers as far as no lane has a gap.
pub(crate) async fn look(
    tx: &mut Tx<'_>,
    leads: &[(Lead, i64)],
    run: Run,
    status: Option<&str>,
    after: Place,
) -> Result<Look, Problem> {
    let (mut places, mut end): (Vec<Place>, Option<Place>) = (Vec::new(), None);
    for (lead, of_each) in leads.iter().filter(|(lead, _)| !lead.lanes.is_empty()) {
        for lane in lanes(tx, lead, run, status.unwrap_or_default(), after, *of_each).await? {
            // A lane that gave all that it was asked for may have more: beyond its last row there is a gap.
            if let Some(last) = lane.last().filter(|_| lane.len() as i64 >= *of_each) {
                end = Some(end.filter(|end| run.is_before(*end, *last)).unwrap_or(*last));
            }
            places.extend(lane);
        }
    }
    if let Some(end) = end {
        places.retain(|place| !run.is_before(end, *place));
    }
    places.sort_by_key(|place| (place.at, place.id));
    if run == Run::Newest {
        places.reverse();
    }
    places.dedup();
    Ok(Look { places, open: end.is_some() })
}

/// The rows of each lane, in order.
async fn lanes(
    tx: &mut Tx<'_>,
    lead: &Lead,
    run: Run,
    status: &str,
    after: Place,
    of_each: i64,
) -> Result<Vec<Vec<Place>>, Problem> {
    let sql = range(lead.by, run);
    let waiting = run == Run::Waiting;
    let place = |row: &Row| Ok::<_, db::Error>(Place { waiting, at: row.get("at")?, id: row.get("id")? });
    let mut lanes = Vec::new();
    // One engine is in this process and is asked for each lane; to the other it is one round trip.
    if tx.engine() == Engine::Sqlite {
        for lane in &lead.lanes {
            let rows = tx.query(sql, &params![tx.workspace, *lane, status, after.at, after.id, of_each]).await?;
            lanes.push(rows.iter().map(place).collect::<Result<_, _>>()?);
        }
        return Ok(lanes);
    }
    let asked = params![tx.workspace, id_list(&lead.lanes), status, after.at, after.id, of_each];
    let rows = tx.query(sql, &asked).await?;
    let mut known: Vec<(Uuid, Vec<Place>)> = Vec::new();
    for row in &rows {
        let (lane, place) = (row.get("lane")?, place(row)?);
        match known.iter_mut().find(|(one, _)| *one == lane) {
            Some((_, places)) => places.push(place),
            None => known.push((lane, vec![place])),
        }
    }
    lanes.extend(known.into_iter().map(|(_, places)| places));
    Ok(lanes)
}

/// Ids as both engines take a list of them: JSON texts of 32 digits.
pub(crate) fn id_list(ids: &[Uuid]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| id.simple().to_string()).collect();
    serde_json::json!(ids).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::WorkspaceId;
    use testkit::{TestApp, on_both};

    const ALL_BY: [By; 7] = [By::Queue, By::Holder, By::Team, By::Inbox, By::Tag, By::Mentioned, By::Workspace];

    /// Every range reads one index in its order, and nothing else: no table is scanned, nothing is sorted.
    #[tokio::test]
    async fn every_range_reads_one_index_in_its_order() {
        on_both(
            || vec![crate::feature()],
            async |test: TestApp| {
                if test.engine == Engine::Postgres {
                    fill(&test).await;
                }
                for (by, run) in
                    ALL_BY.into_iter().flat_map(|by| [Run::Waiting, Run::Newest, Run::Oldest].map(|run| (by, run)))
                {
                    // Everything is looked for by inbox when it waits; mentions wait for nobody.
                    if matches!((by, run), (By::Workspace | By::Mentioned, Run::Waiting)) {
                        continue;
                    }
                    let index = match (by, run) {
                        (By::Queue | By::Inbox, Run::Waiting) => "conversations_waiting ",
                        (By::Holder, Run::Waiting) => "conversations_waiting_holder ",
                        (By::Team, Run::Waiting) => "conversations_waiting_team ",
                        (By::Tag, Run::Waiting) => "conversation_tags_waiting ",
                        (By::Queue, _) => "conversations_queue ",
                        (By::Holder, _) => "conversations_holder ",
                        (By::Team, _) => "conversations_team ",
                        (By::Inbox, _) => "conversations_inbox ",
                        (By::Tag, _) => "conversation_tags_activity ",
                        (By::Mentioned, _) => "read_marks_mentioned ",
                        (By::Workspace, _) => "conversations_status ",
                    };
                    for plan in plans(&test, range(by, run), Asked::Range).await {
                        assert!(plan.contains(index), "{by:?} {run:?}: {plan}");
                        for wrong in ["SCAN", "Seq Scan", "TEMP B-TREE", "Sort", "Bitmap"] {
                            assert!(!plan.contains(wrong), "{by:?} {run:?}: {plan}");
                        }
                    }
                }
            },
        )
        .await;
    }

    /// What was found is read by its ids, whatever number of them.
    #[tokio::test]
    async fn rows_are_read_by_their_ids() {
        on_both(
            || vec![crate::feature()],
            async |test: TestApp| {
                if test.engine == Engine::Postgres {
                    fill(&test).await;
                }
                for plan in plans(&test, crate::list::ROWS, Asked::Rows).await {
                    let by_key = plan.contains("conversations_pkey") || plan.contains("SEARCH c USING PRIMARY KEY");
                    assert!(by_key && !plan.contains("Seq Scan") && !plan.contains("SCAN c"), "{plan}");
                }
            },
        )
        .await;
    }

    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Asked {
        Range,
        Rows,
    }

    /// Enough of everything that PostgreSQL has a reason to choose well.
    async fn fill(test: &TestApp) {
        let filled = test.app.write(WorkspaceId(Uuid::nil()), |tx| {
            Box::pin(async move {
                let conversations = sql!(
                    postgres: "INSERT INTO conversations (workspace_id, id, inbox_id, contact_id, status, \
                     holder_member_id, revision, last_position, last_activity_at, opened_at, waiting_since, \
                     inbound_count, staff_read_position, contact_delivered_position, contact_read_position, session, \
                     preview) SELECT $1, gen_random_uuid(), lpad(to_hex(n % 20), 32, '0')::uuid, gen_random_uuid(), \
                     CASE n % 10 WHEN 0 THEN 'open' WHEN 1 THEN 'snoozed' ELSE 'closed' END, \
                     CASE WHEN n % 3 > 0 THEN lpad(to_hex(n % 30), 32, '0')::uuid END, 1, 1, n, n, \
                     CASE WHEN n % 10 = 0 AND n % 4 = 0 THEN n END, 1, 0, 0, 0, 1, repeat('x', 300) \
                     FROM generate_series(1, 20000) n"
                );
                let tags = sql!(
                    postgres: "INSERT INTO conversation_tags SELECT workspace_id, id, \
                     lpad(to_hex(last_activity_at % 50), 32, '0')::uuid, status, last_activity_at, waiting_since \
                     FROM conversations WHERE workspace_id = $1"
                );
                let marks = sql!(
                    postgres: "INSERT INTO read_marks (workspace_id, member_id, conversation_id, inbound_seen, position, \
                     mentioned_at) SELECT workspace_id, lpad(to_hex(last_activity_at % 30), 32, '0')::uuid, id, 1, 1, \
                     CASE WHEN last_activity_at % 7 = 0 THEN last_activity_at END FROM conversations WHERE workspace_id = $1"
                );
                for sql in [conversations, tags, marks] {
                    tx.execute(sql, &params![tx.workspace]).await?;
                }
                Ok(())
            })
        });
        filled.await.expect("rows");
        test.app.db.analyze().await.expect("statistics");
    }

    /// On PostgreSQL as it is planned for these values, and for whatever values.
    async fn plans(test: &TestApp, sql: &'static Sql, asked: Asked) -> Vec<String> {
        let (engine, id) = (test.engine, Uuid::nil());
        let ids = id_list(&[id]);
        let lane: db::Value = if engine == Engine::Sqlite { id.into() } else { ids.clone().into() };
        let (types, params, literals) = match asked {
            Asked::Range => (
                "uuid, text, text, bigint, uuid, bigint",
                [params![id], vec![lane], params!["open", 9_000, id, 51]].concat(),
                format!("'{id}', '{ids}', 'open', 9000, '{id}', 51"),
            ),
            Asked::Rows => ("uuid, uuid, text", params![id, id, ids.clone()], format!("'{id}', '{id}', '{ids}'")),
        };
        let read = test.app.read(WorkspaceId(id), move |tx| {
            Box::pin(async move {
                if engine == Engine::Sqlite {
                    return Ok(vec![plan(tx, format!("EXPLAIN QUERY PLAN {}", sql.sqlite), params).await?]);
                }
                let own = plan(tx, format!("EXPLAIN {}", sql.postgres), params).await?;
                for text in [
                    format!("PREPARE asked ({types}) AS {}", sql.postgres),
                    "SET plan_cache_mode = force_generic_plan".into(),
                ] {
                    plan(tx, text, Vec::new()).await?;
                }
                let generic = plan(tx, format!("EXPLAIN EXECUTE asked ({literals})"), Vec::new()).await?;
                for text in ["DEALLOCATE asked", "RESET plan_cache_mode"] {
                    plan(tx, text.into(), Vec::new()).await?;
                }
                Ok(vec![own, generic])
            })
        });
        read.await.expect("plans")
    }

    /// What an engine answers, as text.
    async fn plan(tx: &mut Tx<'_>, text: String, params: Vec<db::Value>) -> Result<String, db::Error> {
        let text: &'static str = Box::leak(text.into_boxed_str());
        let sql: &'static Sql = Box::leak(Box::new(Sql { sqlite: text, postgres: text, place: "a test" }));
        let column = if tx.engine() == Engine::Sqlite { "detail" } else { "QUERY PLAN" };
        let rows = tx.query(sql, &params).await?;
        let lines: Vec<String> = rows.iter().map(|row| row.get(column)).collect::<Result<_, _>>()?;
        Ok(lines.join("\n"))
    }
}
