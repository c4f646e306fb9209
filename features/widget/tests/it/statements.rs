//! What requests cost: statements, counted.

use crate::scene::on_both;
use serde_json::json;

/// Keyset pages: every conversation once, newest first, however the pages are cut.
#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_every_conversation_once_newest_first() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        for n in 0..23 {
            scene.test.advance(1_000);
            let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
            if n % 3 == 0 {
                scene.answer(&mut agent, &id, "mine", json!({ "kind": "queue" })).await.json(201);
            }
        }
        for (view, expected) in [("all", 23), ("queue", 15), ("mine", 8), ("closed", 0)] {
            let (mut cursor, mut times, mut ids) = (String::new(), Vec::new(), Vec::new());
            loop {
                let page = agent.get(&format!("/api/v1/conversations?view={view}&limit=5{cursor}")).await.json(200);
                for item in page["items"].as_array().expect("items") {
                    times.push(item["conversation"]["last_activity_at"].as_i64().expect("a time"));
                    ids.push(item["conversation"]["id"].as_str().expect("an id").to_owned());
                }
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert!(times.is_sorted_by(|a, b| a >= b), "{view}");
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), expected, "{view}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_of_an_inbox_is_seen_by_its_members_only() {
    on_both(async |scene| {
        let mut outsider = scene.member("tomo", "agent", false).await;
        scene.visitor().await.write("hello").await;
        for view in ["queue", "all", "mine", "closed"] {
            let page = outsider.get(&format!("/api/v1/conversations?view={view}")).await.json(200);
            assert_eq!(page["items"], json!([]), "{view}");
        }
        let desk = outsider.get("/api/v1/desk").await.json(200);
        assert_eq!((&desk["inboxes"], &desk["counters"]), (&json!([]), &json!([])));
    })
    .await;
}
