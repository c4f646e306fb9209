//! Blocked contacts, on both engines.

use crate::scene::{entry_id, on_both};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

/// R031, R113, R114, C15
#[tokio::test(flavor = "multi_thread")]
async fn with_a_blocked_contact_nothing_is_exchanged_and_what_he_writes_is_only_counted() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/block");
        agent.put(&path, json!({})).await.refused(403, "forbidden");
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let mut socket = visitor.socket().await;
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;

        let item = agent.put(&path, json!({ "reason": " threats " })).await.json(200);
        let block = &item["conversation"]["block"];
        assert_eq!(
            (&block["by"], &block["reason"], &block["until"]),
            (&json!("budi"), &json!("threats"), &Value::Null)
        );
        agent.put(&path, json!({ "reason": "again" })).await.json(200);

        let mine = json!({ "kind": "member", "id": agent.id });
        scene.answer(&mut agent, &id, "one more", mine).await.refused(409, "contact_blocked");
        visitor.write_as(&entry_id(1), "let me in").await.refused(409, "inbox_disabled");
        visitor.write_as(&entry_id(1), "let me in").await.refused(409, "inbox_disabled");
        visitor.client.get("/w/api/v1/thread").await.refused(409, "inbox_disabled");
        visitor.client.upload("/w/api/v1/files?name=a.txt", "text/plain", "words").await.refused(409, "inbox_disabled");
        assert!(socket.events().await.is_empty(), "he is told nothing");
        let rating = json!({ "id": entry_id(9), "score": 1, "comment": "shame on you" });
        visitor.client.put("/w/api/v1/rating", rating).await.refused(409, "inbox_disabled");
        visitor.client.put("/w/api/v1/receipt", json!({ "delivered": 3, "read": 3 })).await.json(204);

        let thread = scene.thread(&mut agent, &id).await;
        assert!(!thread.to_string().contains("let me in"));
        assert_eq!(thread["item"]["conversation"]["block"]["refused"], 2);
        let last = thread["entries"].as_array().expect("entries").last().expect("one").clone();
        assert_eq!((&last["kind"], &last["text"]), (&json!("blocked"), &json!("threats")));
        let told = desk.event("conversation.updated").await;
        assert!(!told["can"].as_array().expect("rights").contains(&json!("reply")));

        agent.delete(&path).await.refused(403, "forbidden");
        let mut boss = scene.member("sari", "supervisor", true).await;
        let item = boss.delete(&path).await.json(200);
        assert_eq!(item["conversation"]["block"], Value::Null);
        boss.delete(&path).await.json(200);
        visitor.write_as(&entry_id(2), "thank you").await.json(201);
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200).to_string();
        assert!(shown.contains("thank you") && !shown.contains("blocked") && !shown.contains("threats"), "{shown}");
    })
    .await;
}

/// C15
#[tokio::test(flavor = "multi_thread")]
async fn a_block_for_a_time_ends_by_itself_and_an_old_end_ends_no_newer_one() {
    on_both(async |scene| {
        let (mut visitor, mut boss) = (scene.visitor().await, scene.member("sari", "supervisor", true).await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/block");
        let now = scene.test.app.clock.now();
        boss.put(&path, json!({ "until": now + 1000 })).await.refused(422, "block_time");
        boss.put(&path, json!({ "until": now + HOUR })).await.json(200);
        boss.delete(&path).await.json(200);
        scene.test.advance(1);
        boss.put(&path, json!({ "until": now + 3 * HOUR })).await.json(200);
        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
        visitor.write_as(&entry_id(1), "now?").await.refused(409, "inbox_disabled");
        scene.test.advance(2 * HOUR);
        scene.test.run_jobs().await;
        visitor.write_as(&entry_id(1), "now?").await.json(201);
        let thread = scene.thread(&mut boss, &id).await;
        let last = &thread["entries"].as_array().expect("entries").iter().rev().nth(1).expect("two").clone();
        assert_eq!((&last["kind"], &last["author"]["kind"]), (&json!("unblocked"), &json!("system")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_chat_left_for_a_colleague_learns_nothing_from_blocking_and_wakes_what_sleeps_blocked() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut budi, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let block = format!("/api/v1/conversations/{id}/block");
        let snooze = format!("/api/v1/conversations/{id}/snooze");
        for path in [&block, &snooze] {
            ana.delete(path).await.refused(404, "not_found");
        }
        budi.put(&snooze, json!({ "until": scene.test.app.clock.now() + HOUR })).await.json(200);
        budi.put(&block, json!({})).await.json(200);
        ana.put(&block, json!({})).await.refused(404, "not_found");
        let woken = budi.delete(&snooze).await.json(200);
        assert_eq!(woken["conversation"]["snoozed_until"], Value::Null);
    })
    .await;
}
