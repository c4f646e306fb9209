//! Bad input gets a clear refusal and loses nothing.

use crate::scene::{entry_id, on_both};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_held_to_their_limits() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let long = "é".repeat(10_001);
        let params = visitor.write_as(&entry_id(1), &long).await.refused(422, "text_too_long");
        assert_eq!(params, json!({ "max": 10_000, "length": 10_001 }));
        visitor.write_as(&entry_id(1), " \n ").await.refused(422, "text_empty");
        visitor.write_as(&entry_id(1), &"😀".repeat(10_000)).await.json(201);
        let many: Vec<_> = (0..11).map(|_| "fil_0198f3c2000070008000000000000001").collect();
        let body = json!({ "id": entry_id(2), "text": "", "file_ids": many });
        visitor.client.post("/w/api/v1/messages", body).await.refused(422, "too_many_files");
        let body = json!({ "id": entry_id(2), "text": "", "file_ids": [many[0]] });
        visitor.client.post("/w/api/v1/messages", body).await.refused(422, "file_unknown");
    })
    .await;
}

/// R189, C11
#[tokio::test(flavor = "multi_thread")]
async fn the_team_writes_as_much_as_its_workspace_allows() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let (long, queue) = ("é".repeat(2_001), json!({ "kind": "queue" }));
        let params = scene.answer(&mut ana, &id, &long, queue.clone()).await.refused(422, "text_too_long");
        assert_eq!(params, json!({ "max": 2_000, "length": 2_001 }));
        let path = format!("/api/v1/conversations/{id}");
        let note = |number: u64| json!({ "id": entry_id(number), "text": long, "mention_ids": [] });
        ana.post(&format!("{path}/notes"), note(7)).await.refused(422, "text_too_long");
        let later = json!({
            "id": entry_id(8), "text": long, "file_ids": [], "holder": queue, "delay_ms": 60_000,
        });
        ana.post(&format!("{path}/scheduled"), later).await.refused(422, "text_too_long");

        let mut owner = scene.owner.clone();
        owner.patch("/api/v1/workspace", json!({ "message_characters": 3_000 })).await.json(200);
        let sent = scene.answer(&mut ana, &id, &long, queue).await.json(201);
        ana.post(&format!("{path}/notes"), note(9)).await.json(201);
        let entry = format!("{path}/entries/{}", sent["id"].as_str().expect("an id"));
        ana.patch(&entry, json!({ "text": "x".repeat(3_001) })).await.refused(422, "text_too_long");
        let config = visitor.client.get(&format!("/w/api/v1/inboxes/{}", scene.inbox)).await.json(200);
        assert_eq!(config["limits"]["message_characters"], 3_000);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_and_surplus_input_is_refused() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let surplus = json!({ "id": entry_id(1), "text": "x", "position": 99, "author_kind": "member" });
        visitor.client.post("/w/api/v1/messages", surplus).await.refused(400, "invalid_body");
        let wrong = json!({ "id": "cnv_0198f3c2000070008000000000000001", "text": "x" });
        visitor.client.post("/w/api/v1/messages", wrong).await.refused(400, "invalid_body");
        visitor.client.upload("/w/api/v1/messages", "application/json", "{").await.refused(400, "invalid_body");
        visitor.client.upload("/w/api/v1/messages", "text/plain", "{}").await.refused(400, "invalid_body");
        let large = format!("\"{}\"", "x".repeat(1_100_000));
        visitor.client.upload("/w/api/v1/messages", "application/json", large).await.refused(413, "body_too_large");
        let mut owner = scene.owner.clone();
        owner.get("/api/v1/conversations?cursor=zzz").await.refused(400, "cursor_invalid");
        owner.get("/api/v1/conversations?view=everything").await.refused(400, "invalid_body");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_is_slowed_and_recovers() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        for _ in 0..120 {
            visitor.write("again").await;
        }
        visitor.write_as(&entry_id(1), "too much").await.refused(429, "too_many_requests");
        scene.test.advance(60_000);
        visitor.write_as(&entry_id(1), "better now").await.json(201);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_widget_on_a_foreign_site_or_of_a_disabled_inbox_makes_no_visitor() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let path = format!("/api/v1/inboxes/{}", scene.inbox);
        let website =
            json!({ "title": "Shop", "greeting": "", "color": "#0b6e69", "allowed_origins": ["https://shop.test"] });
        owner.patch(&path, json!({ "website": website })).await.json(200);
        let ask = |origin| json!({ "inbox_id": scene.inbox, "origin": origin, "locale": "en" });
        let mut nobody = scene.anonymous();
        nobody.post("/w/api/v1/visitors", ask("https://evil.test")).await.refused(403, "origin_not_allowed");
        nobody.post("/w/api/v1/visitors", ask("https://shop.test")).await.json(201);
        owner.patch(&path, json!({ "enabled": false })).await.json(200);
        nobody.post("/w/api/v1/visitors", ask("https://shop.test")).await.refused(409, "inbox_disabled");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wrote_to_an_inbox_before_it_was_disabled_still_reads_and_writes_no_more() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        visitor.write("hello").await;
        let path = format!("/api/v1/inboxes/{}", scene.inbox);
        scene.owner.clone().patch(&path, json!({ "enabled": false })).await.json(200);
        // The change reaches remembered callers by its event.
        let message = json!({ "id": entry_id(77), "text": "still there?", "file_ids": [] });
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(5);
        while visitor.client.post("/w/api/v1/messages", message.clone()).await.status != 409 {
            assert!(std::time::Instant::now() < deadline, "a disabled inbox takes messages");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        visitor.client.post("/w/api/v1/messages", message).await.refused(409, "inbox_disabled");
        visitor.client.upload("/w/api/v1/files?name=a.txt", "text/plain", "hello").await.refused(409, "inbox_disabled");
        visitor.client.get("/w/api/v1/thread").await.json(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_capability_ends_after_thirty_idle_days() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        visitor.write("hello").await;
        scene.test.advance(29 * 24 * 3_600_000);
        visitor.client.get("/w/api/v1/thread").await.json(200);
        scene.test.advance(29 * 24 * 3_600_000);
        visitor.client.get("/w/api/v1/thread").await.json(200);
        scene.test.advance(31 * 24 * 3_600_000);
        visitor.client.get("/w/api/v1/thread").await.refused(401, "unauthenticated");
    })
    .await;
}
