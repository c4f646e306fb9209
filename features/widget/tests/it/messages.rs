//! Messages both ways, their order, their ticks, and what happens to the conversation.

use crate::scene::{entry_id, on_both};
use serde_json::{Value, json};

/// R002, R003, R020, R021
#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_writes_an_agent_answers_and_both_see_it() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        let mut visitor = scene.visitor().await;

        let ack = visitor.write("Halo, apakah kopi Gayo ada?").await;
        let event = desk.event("conversation.updated").await;
        let conversation = &event["data"]["conversation"];
        assert_eq!(conversation["id"], ack["conversation_id"]);
        assert_eq!((&conversation["status"], &conversation["holder"]["kind"]), (&json!("open"), &json!("queue")));
        assert_eq!(conversation["preview"]["text"], "Halo, apakah kopi Gayo ada?");
        assert_eq!((&conversation["inbound_count"], &conversation["waiting_since"]), (&json!(1), &ack["at"]));
        assert_eq!(event["can"], json!(["reply", "assign_self", "note", "edit", "snooze", "tag", "export"]));
        let kinds: Vec<_> = event["data"]["entries"].as_array().expect("entries").iter().map(|e| &e["kind"]).collect();
        assert_eq!(kinds, ["opened", "message"]);

        let mut frames = visitor.socket().await;
        let id = conversation["id"].as_str().expect("an id");
        let answer = scene.answer(&mut agent, id, "Ada, kak!", json!({ "kind": "queue" })).await.json(201);
        let told = frames.event("thread.updated").await;
        let entries = told["data"]["entries"].as_array().expect("entries");
        assert_eq!(entries.iter().map(|e| &e["kind"]).collect::<Vec<_>>(), ["assigned", "message"]);
        assert_eq!(entries[1]["author"], json!({ "kind": "agent", "name": "budi" }));
        assert_eq!(told["data"]["conversation"]["agent"]["name"], "budi");
        assert_eq!(told["data"]["conversation"]["staff_read_position"], answer["position"], "answering is reading");

        let event = desk.event("conversation.updated").await;
        assert_eq!(event["data"]["conversation"]["holder"], json!({ "kind": "member", "id": agent.id }));
        assert_eq!(event["data"]["conversation"]["waiting_since"], Value::Null);
        assert_eq!(event["data"]["entries"][1]["delivery"], "sent");
        assert_eq!(
            event["can"],
            json!(["reply", "assign_any", "close", "note", "edit", "snooze", "block", "tag", "export"])
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_id_fifty_times_in_parallel_is_one_message() {
    on_both(async |scene| {
        let visitor = scene.visitor().await;
        let id = entry_id(1);
        let tries = (0..50).map(|_| {
            let mut visitor = visitor.clone();
            let id = id.clone();
            async move { visitor.write_as(&id, "once").await.json(201) }
        });
        let acks = futures_util::future::join_all(tries).await;
        assert!(acks.iter().all(|ack| *ack == acks[0]), "every try hears the same: {acks:?}");
        let mut agent = scene.agent("budi").await;
        let thread = scene.thread(&mut agent, acks[0]["conversation_id"].as_str().expect("an id")).await;
        assert_eq!(positions(&thread), [1, 2]);
        assert_eq!(thread["item"]["conversation"]["inbound_count"], 1);

        let mut other = scene.visitor().await;
        other.write_as(&id, "mine now").await.refused(409, "id_reused");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_first_messages_at_once_begin_one_conversation() {
    on_both(async |scene| {
        let visitor = scene.visitor().await;
        let writes = (0..20).map(|n| {
            let mut visitor = visitor.clone();
            async move { visitor.write(&format!("picture {n}")).await["conversation_id"].clone() }
        });
        let mut ids = futures_util::future::join_all(writes).await;
        ids.dedup();
        assert_eq!(ids.len(), 1);
        let thread = scene.thread(&mut scene.owner.clone(), ids[0].as_str().expect("an id")).await;
        assert_eq!(positions(&thread), (1..=21).collect::<Vec<_>>());
        assert_eq!(scene.counters(&mut scene.owner.clone()).await, (1, 1));
    })
    .await;
}

/// R034
#[tokio::test(flavor = "multi_thread")]
async fn positions_have_no_gaps_when_many_write_at_once() {
    on_both(async |scene| {
        let visitor = scene.visitor().await;
        let mut agent = scene.agent("budi").await;
        let first = visitor.clone().write("first").await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "mine", json!({ "kind": "queue" })).await.json(201);
        let mine = json!({ "kind": "member", "id": agent.id });
        let writes = (0..20).map(|n| {
            let (mut visitor, mut agent, id, mine) = (visitor.clone(), agent.clone(), id.clone(), mine.clone());
            let scene = &scene;
            async move {
                if n % 2 == 0 {
                    visitor.write("again").await;
                } else {
                    scene.answer(&mut agent, &id, "yes", mine).await.json(201);
                }
            }
        });
        futures_util::future::join_all(writes).await;
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(positions(&thread), (1..=24).collect::<Vec<_>>());
        assert_eq!(thread["item"]["conversation"]["last_position"], 24);
    })
    .await;
}

/// R039, R191, R194, C16
#[tokio::test(flavor = "multi_thread")]
async fn ticks_move_forward_only() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let mut agent = scene.agent("budi").await;
        let first = visitor.write("hello").await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        let answer = scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let position = answer["position"].as_i64().expect("a position");
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;

        for (delivered, read, state) in [(position, 0, "delivered"), (position, position, "read"), (0, 0, "read")] {
            visitor.client.put("/w/api/v1/receipt", json!({ "delivered": delivered, "read": read })).await.json(204);
            let thread = scene.thread(&mut agent, &id).await;
            let last = thread["entries"].as_array().expect("entries").last().expect("an entry").clone();
            assert_eq!(last["delivery"], state);
        }
        let moves: Vec<_> = [desk.event("conversation.updated").await, desk.event("conversation.updated").await]
            .map(|event| event["data"]["delivery"]["state"].clone())
            .to_vec();
        assert_eq!(moves, ["delivered", "read"]);
        assert!(desk.events().await.is_empty(), "a receipt that tells nothing new tells nobody");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_moves_both_marks_tells_both() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let read = scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201)["position"].clone();
        let mine = json!({ "kind": "member", "id": agent.id });
        let delivered = scene.answer(&mut agent, &id, "how are you?", mine).await.json(201)["position"].clone();
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        visitor.client.put("/w/api/v1/receipt", json!({ "delivered": delivered, "read": read })).await.json(204);
        let moves = [desk.event("conversation.updated").await, desk.event("conversation.updated").await]
            .map(|event| event["data"]["delivery"].clone());
        let told = |state: &str, up_to: &Value| json!({ "state": state, "up_to": up_to });
        assert_eq!(moves, [told("delivered", &delivered), told("read", &read)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_looks_on_gives_the_visitor_no_second_tick() {
    on_both(async |scene| {
        let (mut visitor, mut reader) = (scene.visitor().await, scene.member("rani", "reader", true).await);
        let ack = visitor.write("hello").await;
        let path = format!("/api/v1/conversations/{}/read", ack["conversation_id"].as_str().expect("an id"));
        reader.put(&path, json!({ "position": ack["position"] })).await.json(204);
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert_eq!(shown["conversation"]["staff_read_position"], 0);
        let mut agent = scene.agent("budi").await;
        agent.put(&path, json!({ "position": ack["position"] })).await.json(204);
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert_eq!(shown["conversation"]["staff_read_position"], ack["position"]);
    })
    .await;
}

/// R047, R107, R108, R134, R187, R224, R226, C07
#[tokio::test(flavor = "multi_thread")]
async fn closing_and_a_new_message_make_sessions_and_move_counters() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let mut agent = scene.agent("budi").await;
        let first = visitor.write("hello").await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        assert_eq!(scene.counters(&mut agent).await, (1, 1));
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        assert_eq!(scene.counters(&mut agent).await, (0, 1));
        let path = format!("/api/v1/conversations/{id}/closure");
        let closed = agent.put(&path, json!({ "reason": "solved" })).await.json(200);
        assert_eq!(closed["conversation"]["close_reason"], "solved");
        assert_eq!(closed["can"], json!(["reply", "assign_any", "reopen", "note", "edit", "block", "tag", "export"]));
        assert_eq!(scene.counters(&mut agent).await, (0, 0));
        agent.put(&path, json!({ "reason": "solved" })).await.json(200);

        visitor.write("one more thing").await;
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(thread["item"]["conversation"]["status"], "open");
        assert_eq!(thread["item"]["conversation"]["holder"]["id"], agent.id, "the holder stays");
        let kinds: Vec<_> = thread["entries"].as_array().expect("entries").iter().map(|e| e["kind"].clone()).collect();
        assert_eq!(kinds, ["opened", "message", "assigned", "message", "closed", "reopened", "message"]);
        assert_eq!(scene.counters(&mut agent).await, (0, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_who_was_disabled_does_not_get_the_next_session() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let mut agent = scene.agent("budi").await;
        let first = visitor.write("hello").await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        agent.put(&format!("/api/v1/conversations/{id}/closure"), json!({ "reason": "solved" })).await.json(200);
        let mut owner = scene.owner.clone();
        owner.patch(&format!("/api/v1/members/{}", agent.id), json!({ "disabled": true })).await.json(200);
        visitor.write("still there?").await;
        let thread = scene.thread(&mut owner, &id).await;
        assert_eq!(thread["item"]["conversation"]["holder"]["kind"], "queue");
        assert_eq!(scene.counters(&mut owner).await, (1, 1));
        scene.test.run_jobs().await;
        assert_eq!(scene.counters(&mut owner).await, (1, 1), "nothing was left to put back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_held_who_can_answer_no_more_is_in_the_queue_again() {
    on_both(async |scene| {
        for (name, change) in [("budi", json!({ "disabled": true })), ("citra", json!({ "role": "reader" }))] {
            let (mut visitor, mut agent) = (scene.visitor().await, scene.agent(name).await);
            let first = visitor.write("hello").await;
            let id = first["conversation_id"].as_str().expect("an id").to_owned();
            scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
            let mut owner = scene.owner.clone();
            let (queued, open) = scene.counters(&mut owner).await;
            owner.patch(&format!("/api/v1/members/{}", agent.id), change).await.json(200);
            scene.test.run_jobs().await;
            let thread = scene.thread(&mut owner, &id).await;
            assert_eq!(thread["item"]["conversation"]["holder"]["kind"], "queue");
            let told = thread["entries"].as_array().expect("entries").last().expect("the newest");
            assert_eq!((&told["kind"], &told["author"]["kind"]), (&json!("assigned"), &json!("system")));
            assert_eq!(
                (&told["assignment"]["from"]["id"], &told["assignment"]["why"]),
                (&json!(agent.id), &json!("left"))
            );
            assert_eq!(scene.counters(&mut owner).await, (queued + 1, open));
            assert_eq!(scene.test.run_jobs().await, 0, "nothing follows from it");
        }
    })
    .await;
}

/// C35
#[tokio::test(flavor = "multi_thread")]
async fn of_many_takes_one_wins_and_the_others_hear_who() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let first = visitor.write("who is quick?").await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        let mut agents = Vec::new();
        for name in ["ana", "budi", "citra", "dewi"] {
            agents.push(scene.agent(name).await);
        }
        let takes = agents.iter().map(|agent| {
            let (mut agent, id, scene) = (agent.clone(), id.clone(), &scene);
            async move { (agent.name.clone(), scene.answer(&mut agent, &id, "me!", json!({ "kind": "queue" })).await) }
        });
        let answers = futures_util::future::join_all(takes).await;
        let winners: Vec<_> = answers.iter().filter(|(_, answer)| answer.status == 201).collect();
        assert_eq!(winners.len(), 1);
        for (_, answer) in answers.iter().filter(|(name, _)| *name != winners[0].0) {
            assert_eq!(answer.refused(409, "conversation_taken")["by"], winners[0].0);
        }
    })
    .await;
}

/// C10
#[tokio::test(flavor = "multi_thread")]
async fn reading_is_the_members_own_and_the_contacts_two_ticks() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let (mut agent, mut other) = (scene.agent("budi").await, scene.agent("ana").await);
        let first = visitor.write("one").await;
        let second = visitor.write("two").await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        let mut frames = visitor.socket().await;
        let read = json!({ "position": first["position"] });
        agent.put(&format!("/api/v1/conversations/{id}/read"), read).await.json(204);
        assert_eq!(scene.thread(&mut agent, &id).await["item"]["inbound_seen"], 1);
        assert_eq!(scene.thread(&mut other, &id).await["item"]["inbound_seen"], 0);
        let told = frames.event("thread.updated").await;
        assert_eq!(told["data"]["conversation"]["staff_read_position"], first["position"]);
        let read = json!({ "position": second["position"] });
        agent.put(&format!("/api/v1/conversations/{id}/read"), read).await.json(204);
        assert_eq!(scene.thread(&mut agent, &id).await["item"]["inbound_seen"], 2);
    })
    .await;
}

fn positions(thread: &Value) -> Vec<i64> {
    let entries = thread["entries"].as_array().expect("entries");
    entries.iter().map(|entry| entry["position"].as_i64().expect("a position")).collect()
}

/// R110, R111, C10
#[tokio::test(flavor = "multi_thread")]
async fn unread_by_hand_is_the_members_own_and_ends_with_reading() {
    on_both(async |scene| {
        let (mut susi, mut tono) =
            (scene.member("susi", "supervisor", true).await, scene.member("tono", "supervisor", true).await);
        let asked = scene.visitor().await.write("hello").await;
        let id = asked["conversation_id"].as_str().expect("an id").to_owned();
        let read = json!({ "position": asked["position"] });
        susi.put(&format!("/api/v1/conversations/{id}/read"), read.clone()).await.json(204);
        let (mut here, mut there) = (
            susi.client().socket("/ws").await.expect("a socket"),
            tono.client().socket("/ws").await.expect("a socket"),
        );
        here.hello(None).await;
        there.hello(None).await;

        for _ in 0..2 {
            susi.put(&format!("/api/v1/conversations/{id}/unread"), json!({})).await.json(204);
        }
        let events = here.events().await;
        assert_eq!(events.len(), 1, "twice is once: {events:?}");
        assert_eq!((&events[0]["data"]["unread"], &events[0]["data"]["mark"]), (&json!(true), &json!(2)));
        assert!(there.events().await.is_empty(), "it is nobody else's");
        let item = scene.thread(&mut susi, &id).await["item"].clone();
        assert_eq!((&item["unread"], &item["mark"], &item["inbound_seen"]), (&json!(true), &json!(2), &json!(1)));
        let listed = susi.get("/api/v1/conversations?view=queue").await.json(200)["items"][0].clone();
        assert_eq!((&listed["unread"], &listed["mark"]), (&json!(true), &json!(2)));
        assert_eq!(scene.thread(&mut tono, &id).await["item"]["unread"], false);

        susi.put(&format!("/api/v1/conversations/{id}/read"), read).await.json(204);
        let events = here.events().await;
        assert_eq!((&events[0]["data"]["unread"], &events[0]["data"]["mark"]), (&json!(false), &json!(3)));
        scene.agent("ana").await.put(&format!("/api/v1/conversations/{id}/unread"), json!({})).await.json(204);
        scene
            .member("tomo", "agent", false)
            .await
            .put(&format!("/api/v1/conversations/{id}/unread"), json!({}))
            .await
            .refused(404, "not_found");
    })
    .await;
}

/// C07
#[tokio::test(flavor = "multi_thread")]
async fn the_note_of_a_closing_is_for_the_team() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let path = format!("/api/v1/conversations/{id}/closure");
        let long = json!({ "reason": "other", "note": "x".repeat(501) });
        ana.put(&path, long).await.refused(422, "text_too_long");
        let asked = json!({ "reason": "other", "note": " Sent to the roastery " });
        ana.put(&path, asked).await.json(200);
        let closed = scene.thread(&mut ana, &id).await["entries"].as_array().and_then(|all| all.last().cloned());
        let closed = closed.expect("an entry");
        assert_eq!((&closed["text"], &closed["reason"]), (&json!("Sent to the roastery"), &json!("other")));
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200).to_string();
        assert!(shown.contains("\"closed\"") && !shown.contains("roastery"), "{shown}");
    })
    .await;
}
