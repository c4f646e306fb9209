//! Blocked contacts, on both engines.

use crate::scene::{entry_id, on_both};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

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
        let gone = json!([{ "kind": "thread.gone", "data": { "conversation_id": id } }]);
        let told: Vec<_> = socket.events().await;
        let told = told.iter().map(|event| json!({ "kind": event["kind"], "data": event["data"] })).collect::<Vec<_>>();
        assert_eq!(json!(told), gone, "that there is no chat for him, once, and nothing more");
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

        scene.test.advance(MINUTE + 1);
        agent.delete(&path).await.refused(403, "forbidden");
        let mut boss = scene.member("sari", "supervisor", true).await;
        let item = boss.delete(&path).await.json(200);
        assert_eq!(item["conversation"]["block"], Value::Null);
        boss.delete(&path).await.json(200);
        assert_eq!(socket.event("thread.updated").await["data"]["conversation"]["id"], json!(id), "he is back");
        visitor.write_as(&entry_id(2), "thank you").await.json(201);
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200).to_string();
        assert!(shown.contains("thank you") && !shown.contains("blocked") && !shown.contains("threats"), "{shown}");
    })
    .await;
}

/// C15
#[tokio::test(flavor = "multi_thread")]
async fn who_blocked_takes_it_back_within_a_minute_and_nobody_else_does() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/block");
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        agent.put(&path, json!({ "until": scene.test.app.clock.now() + HOUR })).await.json(200);
        scene.test.advance(MINUTE);
        let item = agent.delete(&path).await.json(200);
        assert_eq!(item["conversation"]["block"], Value::Null);
        visitor.write("thank you").await;

        // The block of a colleague is his own, and an old one is for those who may unblock.
        let mut boss = scene.member("sari", "supervisor", true).await;
        boss.put(&path, json!({})).await.json(200);
        agent.delete(&path).await.refused(403, "forbidden");
        boss.delete(&path).await.json(200);
        agent.put(&path, json!({})).await.json(200);
        scene.test.advance(MINUTE + 1);
        agent.delete(&path).await.refused(403, "forbidden");
        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
    })
    .await;
}

/// C15
#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_hears_on_his_return_that_he_was_shut_out_or_nothing_when_that_is_over() {
    on_both(async |scene| {
        let (mut visitor, mut boss) = (scene.visitor().await, scene.member("sari", "supervisor", true).await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let before = visitor.client.get("/w/api/v1/thread").await.json(200)["position"].as_i64();
        let path = format!("/api/v1/conversations/{id}");
        boss.put(&format!("{path}/block"), json!({})).await.json(200);
        let note = json!({ "id": entry_id(1), "text": "for us", "mention_ids": [] });
        boss.post(&format!("{path}/notes"), note).await.json(201);
        let kinds = |missed: &[Value]| -> Vec<Value> {
            missed.iter().filter(|frame| frame["type"] == "event").map(|frame| frame["kind"].clone()).collect()
        };
        let (_, missed) = visitor.socket_after(before).await;
        assert_eq!(kinds(&missed), [json!("thread.gone")]);
        boss.delete(&format!("{path}/block")).await.json(200);
        let (_, missed) = visitor.socket_after(before).await;
        assert!(kinds(&missed).iter().all(|kind| kind == "thread.updated"), "{missed:?}");
    })
    .await;
}

/// R112
#[tokio::test(flavor = "multi_thread")]
async fn a_block_holds_in_every_inbox_also_where_the_contact_never_wrote() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let visitors = [scene.visitor().await, scene.visitor_of_another_inbox().await, scene.visitor_of_another_inbox().await];
        // What binding records of several channels to one contact would leave.
        let workspace = scene.workspace(&mut owner).await;
        let bound = scene.test.app.write(workspace, |tx| {
            Box::pin(async move {
                let text = db::sql!(
                    "UPDATE visitors SET contact_id = (SELECT contact_id FROM visitors ORDER BY id LIMIT 1) WHERE workspace_id = $1"
                );
                tx.execute(text, &db::params![tx.workspace]).await?;
                Ok(())
            })
        });
        bound.await.expect("one contact");
        let [mut here, mut there, mut nowhere] = visitors;
        let first = here.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let second = there.write("hello again").await["conversation_id"].as_str().expect("an id").to_owned();
        assert_ne!(first, second);

        owner.put(&format!("/api/v1/conversations/{first}/block"), json!({ "reason": "threats" })).await.json(200);
        let item = scene.thread(&mut owner, &second).await["item"].clone();
        assert_eq!(item["conversation"]["block"]["reason"], "threats");
        let message = json!({ "id": entry_id(1), "text": "hi", "file_ids": [], "holder": { "kind": "queue" } });
        let path = format!("/api/v1/conversations/{second}/messages");
        owner.post(&path, message).await.refused(409, "contact_blocked");
        for (number, visitor) in [&mut here, &mut there, &mut nowhere].into_iter().enumerate() {
            visitor.write_as(&entry_id(10 + number as u64), "let me in").await.refused(409, "inbox_disabled");
            visitor.client.get("/w/api/v1/thread").await.refused(409, "inbox_disabled");
        }

        owner.delete(&format!("/api/v1/conversations/{second}/block")).await.json(200);
        assert_eq!(scene.thread(&mut owner, &first).await["item"]["conversation"]["block"], Value::Null);
        nowhere.write("thank you").await;
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

/// R140, C15
#[tokio::test(flavor = "multi_thread")]
async fn a_block_ends_in_its_time_also_while_the_conversation_is_deleted() {
    on_both(async |scene| {
        let (mut owner, now) = (scene.owner.clone(), scene.test.app.clock.now());
        let (mut brief, mut back, mut longer) = (scene.visitor().await, scene.visitor().await, scene.visitor().await);
        let mut ids = Vec::new();
        for visitor in [&mut brief, &mut back, &mut longer] {
            let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
            owner.put(&format!("/api/v1/conversations/{id}/block"), json!({ "until": now + HOUR })).await.json(200);
            ids.push(id);
        }
        let block = format!("/api/v1/conversations/{}/block", ids[2]);
        owner.delete(&block).await.json(200);
        scene.test.advance(1);
        owner.put(&block, json!({})).await.json(200);
        for id in &ids {
            owner.put(&format!("/api/v1/conversations/{id}/deletion"), json!({})).await.json(200);
        }
        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
        brief.write("now?").await;
        longer.write_as(&entry_id(1), "now?").await.refused(409, "inbox_disabled");
        for (id, blocked) in [(&ids[1], false), (&ids[2], true)] {
            let item = owner.delete(&format!("/api/v1/conversations/{id}/deletion")).await.json(200);
            assert_eq!(item["conversation"]["block"].is_object(), blocked, "{item}");
        }
        back.write("now?").await;
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
