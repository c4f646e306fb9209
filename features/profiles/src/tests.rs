//! How both engines find contacts: along indexes, from the place before, and no further than they are told.

use crate::find::LEADS;
use base::Tx;
use db::{Engine, Sql, Value, params, sql};
use ids::{ContactId, TagId, Uuid, WorkspaceId};
use testkit::{TestApp, on_both};

fn features() -> Vec<base::Feature> {
    vec![crate::feature()]
}

/// Enough that PostgreSQL has a reason to choose well.
async fn fill(test: &TestApp) {
    let filled = test.app.write(WorkspaceId(Uuid::nil()), |tx| {
        Box::pin(async move {
            for sql in [
                sql!(
                    postgres: "INSERT INTO contacts (workspace_id, id, name, created_at, sort_name) \
                     SELECT $1, lpad(to_hex(n), 32, '0')::uuid, 'name ' || n, n, 'name ' || n \
                     FROM generate_series(1, 20000) n"
                ),
                sql!(
                    postgres: "INSERT INTO contact_words (workspace_id, word, contact_id) \
                     SELECT workspace_id, unnest(ARRAY['name', created_at::text]), id FROM contacts \
                     WHERE workspace_id = $1"
                ),
                sql!(
                    postgres: "INSERT INTO contact_tags (workspace_id, tag_id, contact_id) \
                     SELECT workspace_id, lpad(to_hex(created_at % 5), 32, '0')::uuid, id FROM contacts \
                     WHERE workspace_id = $1"
                ),
            ] {
                tx.execute(sql, &params![tx.workspace]).await?;
            }
            Ok(())
        })
    });
    filled.await.expect("rows");
    test.app.db.analyze().await.expect("statistics");
}

async fn plan(tx: &mut Tx<'_>, sql: &'static Sql, values: &[Value]) -> Result<String, db::Error> {
    let text = match tx.engine() {
        Engine::Sqlite => format!("EXPLAIN QUERY PLAN {}", sql.sqlite),
        Engine::Postgres => format!("EXPLAIN {}", sql.postgres),
    };
    let text: &'static str = Box::leak(text.into_boxed_str());
    let explain: &'static Sql = Box::leak(Box::new(Sql { sqlite: text, postgres: text, place: "a test" }));
    let column = if tx.engine() == Engine::Sqlite { "detail" } else { "QUERY PLAN" };
    let lines = tx.query(explain, values).await?;
    Ok(lines.iter().map(|row| row.get::<String>(column)).collect::<Result<Vec<_>, _>>()?.join("\n"))
}

#[tokio::test]
async fn each_page_runs_along_an_index_and_looks_contacts_up_by_their_ids() {
    on_both(features, async |test: TestApp| {
        if test.engine == Engine::Postgres {
            fill(&test).await;
        }
        for (name, lead) in LEADS {
            let middle = ContactId(Uuid::from_u128(10_000));
            let mut page = params![
                WorkspaceId(Uuid::nil()),
                0_i64,
                0_i64,
                i64::MIN,
                i64::MAX,
                (name == "tagged").then_some(TagId(Uuid::from_u128(1))),
                None::<Uuid>,
                "",
                None::<String>,
                51_i64,
                1_000_i64,
                middle
            ]
            .to_vec();
            let mut end = params![WorkspaceId(Uuid::nil()), middle, 999_i64].to_vec();
            let more: &[&str] = match name {
                "named" => &["name 5"],
                "worded" => &["name", "name", "name\u{10ffff}"],
                _ => &[],
            };
            page.extend(more.iter().map(|text| Value::from(*text)));
            end.extend(more.iter().map(|text| Value::from(*text)));
            match name {
                "worded" => page.extend(["1", "1\u{10ffff}", "", "", "", ""].map(Value::from)),
                "tagged" => end.push(TagId(Uuid::from_u128(1)).into()),
                _ => {}
            }
            let read = test.app.read(WorkspaceId(Uuid::nil()), move |tx| {
                Box::pin(async move { Ok([plan(tx, lead.page, &page).await?, plan(tx, lead.end, &end).await?]) })
            });
            let index = match (name, test.engine) {
                ("newest" | "oldest", Engine::Sqlite) => "SEARCH contacts USING PRIMARY KEY (workspace_id=? AND id",
                ("newest" | "oldest", Engine::Postgres) => "contacts_pkey",
                ("tagged", Engine::Sqlite) => "SEARCH contact_tags USING PRIMARY KEY (workspace_id=? AND tag_id=? AND",
                ("tagged", Engine::Postgres) => "contact_tags_pkey",
                ("named", _) => "contacts_by_name",
                (_, Engine::Sqlite) => "SEARCH contact_words USING PRIMARY KEY (workspace_id=? AND",
                (_, Engine::Postgres) => "contact_words_pkey",
            };
            for (which, plan) in read.await.expect("plans").into_iter().enumerate() {
                assert!(plan.contains(index), "{name} {which}: {plan}");
                for wrong in ["SCAN contact", "Seq Scan", "SCAN c", "Hash Join", "Merge Join"] {
                    assert!(!plan.contains(wrong), "{name} {which}: {plan}");
                }
                let by_id = plan.contains("SEARCH c USING PRIMARY KEY") || plan.contains("contacts_pkey on contacts x");
                assert!(by_id || which == 1, "{name}: {plan}");
            }
        }
    })
    .await;
}
