//! Who was away comes back to exactly what happened.

use crate::scene::on_both;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_was_away_gets_each_event_once_and_in_order() {
    on_both(async |scene| {
        let agent = scene.agent("budi").await;
        let mut visitor = scene.visitor().await;
        let mut live = agent.socket("/ws").await.expect("a socket");
        let ready = live.hello(None).await;
        let cursor = ready.last().expect("ready")["position"].as_i64().expect("a position");
        for n in 0..30 {
            visitor.write(&format!("message {n}")).await;
        }
        let mut seen = Vec::new();
        while seen.len() < 30 {
            seen.push(live.event("conversation.updated").await);
        }
        let mut back = agent.socket("/ws").await.expect("a socket");
        let missed = back.hello(Some(cursor)).await;
        let missed: Vec<_> = missed.into_iter().filter(|frame| frame["kind"] == "conversation.updated").collect();
        assert_eq!(missed, seen, "the same frames, missed or live");
        let positions: Vec<_> = seen.iter().map(|frame| frame["position"].as_i64()).collect();
        assert!(positions.is_sorted());

        let halfway = seen[14]["position"].as_i64();
        let rest = agent.socket("/ws").await.expect("a socket").hello(halfway).await;
        let rest = rest.iter().filter(|frame| frame["kind"] == "conversation.updated").count();
        assert_eq!(rest, 15);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_is_too_old_or_from_the_future_is_reset() {
    on_both(async |scene| {
        let agent = scene.agent("budi").await;
        let mut socket = agent.socket("/ws").await.expect("a socket");
        let told = socket.hello(Some(1_000_000)).await;
        assert_eq!(told.last().expect("an answer")["type"], "reset");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_older_than_the_kept_events_is_reset() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        scene.visitor().await.write("long ago").await;
        let cursor = agent.get("/api/v1/desk").await.json(200)["position"].as_i64().expect("a position");
        scene.visitor().await.write("also long ago").await;
        let workspace = scene.workspace(&mut agent).await;
        scene.test.advance(base::stream::trim::KEPT_MS + 1);
        scene.visitor().await.write("now").await;
        assert!(base::stream::trim::trim(&scene.test.app, workspace).await.expect("trimmed") > 0);
        // Another node, whose memory is empty.
        let other = scene.test.beside().await;
        let mut client = scene.anonymous().at(&other);
        scene.sign_in(&mut client, "budi").await;
        let mut back = client.socket("/ws").await.expect("a socket");
        assert_eq!(back.hello(Some(cursor)).await.last().expect("an answer")["type"], "reset");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_node_tells_what_the_first_one_wrote() {
    on_both(async |scene| {
        let agent = scene.agent("budi").await;
        if scene.test.engine == db::Engine::Sqlite {
            return; // one process owns an embedded database
        }
        let other = scene.test.beside().await;
        let mut there = agent.client().at(&other).socket("/ws").await.expect("a socket");
        there.hello(None).await;
        // Told by the bell: one message after the other, each seen before the next, would take the look around, every
        // five seconds, longer than this.
        let told = async {
            for _ in 0..5 {
                let ack = scene.visitor().await.write("is anybody there?").await;
                let told = there.event("conversation.updated").await;
                assert_eq!(told["data"]["conversation"]["id"], ack["conversation_id"]);
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), told).await.expect("no bell rings");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_resumes_his_thread() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let thread = visitor.client.get("/w/api/v1/thread").await.json(200);
        let cursor = thread["position"].as_i64();
        scene.answer(&mut agent, &id, "away?", json!({ "kind": "queue" })).await.json(201);
        let mine = json!({ "kind": "member", "id": agent.id });
        scene.answer(&mut agent, &id, "still here", mine).await.json(201);
        let missed = visitor.socket_after(cursor).await.1;
        let texts: Vec<_> = missed
            .iter()
            .filter_map(|frame| frame["data"]["entries"].as_array())
            .flatten()
            .filter_map(|entry| entry["text"].as_str())
            .collect();
        assert_eq!(texts, ["away?", "still here"]);
        assert!(!missed.iter().any(|frame| frame["kind"] == "inbox.counters"), "nothing of the staff's");
    })
    .await;
}

/// R002
#[tokio::test(flavor = "multi_thread")]
async fn state_before_and_events_make_the_state_after() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        scene.is_here(&agent).await;
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let before = scene.thread(&mut agent, &id).await;
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(before["position"].as_i64()).await;

        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        visitor.client.put("/w/api/v1/receipt", json!({ "delivered": 9, "read": 9 })).await.json(204);
        visitor.write("thanks").await;
        let closure = format!("/api/v1/conversations/{id}/closure");
        agent.put(&closure, json!({ "reason": "solved" })).await.json(200);
        agent.delete(&closure).await.json(200);
        let read = json!({ "position": 99 });
        agent.put(&format!("/api/v1/conversations/{id}/read"), read).await.json(204);

        let after = scene.thread(&mut agent, &id).await;
        let mut events = Vec::new();
        let last = after["position"].as_i64().expect("a position");
        while events.last().and_then(|event: &Value| event["position"].as_i64()) < Some(last) {
            events.push(desk.next_event().await);
        }
        assert_eq!(apply(before.clone(), &events), (after["item"].clone(), after["entries"].clone()));
        scene.keep_case("conversation", &before, &events, &after);
    })
    .await;
}

/// What every client does with events, in its shortest form.
fn apply(before: Value, events: &[Value]) -> (Value, Value) {
    let (mut item, mut entries) = (before["item"].clone(), before["entries"].as_array().expect("entries").clone());
    for event in events {
        let data = &event["data"];
        match event["kind"].as_str() {
            Some("conversation.updated") => {
                item["conversation"] = data["conversation"].clone();
                item["can"] = event["can"].clone();
                for entry in data["entries"].as_array().expect("entries") {
                    match entries.iter_mut().find(|known| known["id"] == entry["id"]) {
                        Some(known) => *known = entry.clone(),
                        None => entries.push(entry.clone()),
                    }
                }
                if let Some(up_to) = data["delivery"]["up_to"].as_i64() {
                    let ours =
                        |entry: &&mut Value| entry["position"].as_i64() <= Some(up_to) && !entry["delivery"].is_null();
                    entries.iter_mut().filter(ours).for_each(|e| e["delivery"] = data["delivery"]["state"].clone());
                }
            }
            Some("conversation.read_mark") => {
                for name in ["inbound_seen", "unread", "mark"] {
                    item[name] = data[name].clone();
                }
            }
            _ => {}
        }
    }
    (item, json!(entries))
}
