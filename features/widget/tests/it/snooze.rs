//! Snoozed conversations, on both engines.

use crate::scene::on_both;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

fn kinds(thread: &Value) -> Vec<&str> {
    thread["entries"].as_array().expect("entries").iter().filter_map(|entry| entry["kind"].as_str()).collect()
}

fn listed(page: &Value) -> usize {
    page["items"].as_array().expect("items").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snoozed_conversation_leaves_the_lists_and_comes_back_at_its_time() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let until = scene.test.app.clock.now() + 2 * HOUR;
        let path = format!("/api/v1/conversations/{id}/snooze");
        let snoozed = agent.put(&path, json!({ "until": until })).await.json(200);
        assert_eq!(
            (&snoozed["conversation"]["status"], &snoozed["conversation"]["snoozed_until"]),
            (&json!("open"), &json!(until))
        );
        assert_eq!(scene.counters(&mut agent).await, (0, 0));
        for (view, count) in [("mine", 0), ("all", 0), ("snoozed", 1), ("closed", 0)] {
            let page = agent.get(&format!("/api/v1/conversations?view={view}")).await.json(200);
            assert_eq!(listed(&page), count, "{view}");
        }
        agent.put(&path, json!({ "until": until })).await.json(200);
        assert_eq!(kinds(&scene.thread(&mut agent, &id).await).len(), 5, "the same time again is no news");

        scene.test.advance(2 * HOUR - 1);
        scene.test.run_jobs().await;
        assert_eq!(scene.counters(&mut agent).await, (0, 0));
        scene.test.advance(1);
        scene.test.run_jobs().await;
        assert_eq!(scene.counters(&mut agent).await, (0, 1));
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(kinds(&thread), ["opened", "message", "assigned", "message", "snoozed", "woken"]);
        assert_eq!(thread["entries"][4]["until"], until);
        assert_eq!(thread["entries"][5]["author"]["kind"], "system");
        let item = &thread["item"];
        assert_eq!((&item["conversation"]["snoozed_until"], &item["unread"]), (&Value::Null, &json!(true)));
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200).to_string();
        assert!(!shown.contains("snoozed") && !shown.contains("woken"), "{shown}");
    })
    .await;
}

/// R024
#[tokio::test(flavor = "multi_thread")]
async fn a_message_a_member_or_a_closing_ends_the_sleep_and_the_old_time_wakes_nothing() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let now = scene.test.app.clock.now();
        let path = format!("/api/v1/conversations/{id}/snooze");
        agent.put(&path, json!({ "until": now + HOUR })).await.json(200);
        assert_eq!(scene.counters(&mut agent).await, (0, 0), "not in the queue either");
        visitor.write("still there?").await;
        assert_eq!(scene.counters(&mut agent).await, (1, 1));
        assert_eq!(kinds(&scene.thread(&mut agent, &id).await), ["opened", "message", "snoozed", "woken", "message"]);

        agent.put(&path, json!({ "until": now + 3 * HOUR })).await.json(200);
        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
        assert_eq!(scene.counters(&mut agent).await, (0, 0), "the time of the first sleep");
        let woken = agent.delete(&path).await.json(200);
        assert_eq!(woken["conversation"]["snoozed_until"], Value::Null);
        assert_eq!(scene.counters(&mut agent).await, (1, 1));

        agent.put(&path, json!({ "until": now + 3 * HOUR })).await.json(200);
        let closure = format!("/api/v1/conversations/{id}/closure");
        let mut owner = scene.owner.clone();
        owner.put(&closure, json!({ "reason": "solved" })).await.json(200);
        assert_eq!(scene.counters(&mut agent).await, (0, 0));
        owner.put(&path, json!({ "until": now + 9 * HOUR })).await.refused(403, "forbidden");
        owner.delete(&closure).await.json(200);
        assert_eq!(scene.counters(&mut agent).await, (1, 1));
        scene.test.advance(3 * HOUR);
        scene.test.run_jobs().await;
        assert_eq!(kinds(&scene.thread(&mut agent, &id).await).last(), Some(&"reopened"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_times_to_come_and_only_those_who_may_answer() {
    on_both(async |scene| {
        let (mut visitor, mut reader) = (scene.visitor().await, scene.member("rina", "reader", true).await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let now = scene.test.app.clock.now();
        let path = format!("/api/v1/conversations/{id}/snooze");
        reader.put(&path, json!({ "until": now + HOUR })).await.refused(403, "forbidden");
        let mut owner = scene.owner.clone();
        for until in [now - HOUR, now, now + 59_999, now + 367 * 24 * HOUR] {
            owner.put(&path, json!({ "until": until })).await.refused(422, "snooze_time");
        }
        let mut stranger = scene.member("sari", "agent", false).await;
        stranger.put(&path, json!({ "until": now + HOUR })).await.refused(404, "not_found");
        stranger.delete(&path).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_back_at_once_it_stands_where_it_stood() {
    on_both(async |scene| {
        let (mut first, mut second) = (scene.visitor().await, scene.visitor().await);
        let mut agent = scene.agent("budi").await;
        let mut ids = Vec::new();
        for visitor in [&mut first, &mut second] {
            scene.test.advance(60_000);
            let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
            scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
            ids.push(id);
        }
        let mine = async |agent: &mut crate::scene::Member| {
            let page = agent.get("/api/v1/conversations?view=mine&sort=activity").await.json(200);
            let items = page["items"].as_array().expect("items").clone();
            items.iter().map(|item| item["conversation"]["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
        };
        let path = format!("/api/v1/conversations/{}/snooze", ids[0]);
        let before = mine(&mut agent).await;
        assert_eq!(before, [ids[1].clone(), ids[0].clone()]);
        let until = scene.test.app.clock.now() + 2 * HOUR;
        for (waits, after) in [(5_000, before.clone()), (10 * 60_000, ids.clone())] {
            agent.put(&path, json!({ "until": until })).await.json(200);
            scene.test.advance(waits);
            agent.delete(&path).await.json(200);
            assert_eq!(mine(&mut agent).await, after, "after {waits} ms");
        }
        scene.test.advance(3 * HOUR);
        scene.test.run_jobs().await;
    })
    .await;
}
