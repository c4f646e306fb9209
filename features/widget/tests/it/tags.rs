//! Tags on conversations, on both engines.

use crate::scene::{Scene, on_both};
use serde_json::{Value, json};
use testkit::Client;

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

async fn new_tag(scene: &Scene, name: &str) -> String {
    let tag = scene.owner.clone().post("/api/v1/tags", json!({ "name": name, "color": "teal" })).await;
    text(&tag.json(201)["id"])
}

fn on(conversation: &str, tag: &str) -> String {
    format!("/api/v1/conversations/{conversation}/tags/{tag}")
}

/// How many conversations have each tag, by name.
async fn counts(owner: &Client) -> Vec<(String, i64)> {
    let list = owner.clone().get("/api/v1/tags").await.json(200);
    let items = list["items"].as_array().expect("a list");
    items.iter().map(|item| (text(&item["tag"]["name"]), item["conversations"].as_i64().expect("a number"))).collect()
}

/// C14
#[tokio::test(flavor = "multi_thread")]
async fn who_may_answer_tags_and_the_contact_never_sees_it() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = text(&visitor.write("hello").await["conversation_id"]);
        let (vip, late) = (new_tag(&scene, "VIP").await, new_tag(&scene, "Late").await);
        let before = scene.thread(&mut agent, &id).await;
        let mut watching = agent.socket("/ws").await.expect("a socket");
        let position = watching.hello(None).await.last().expect("ready")["position"].as_i64();
        let (mut watched, _) = visitor.socket_after(None).await;

        let item = agent.put(&on(&id, &vip), json!({})).await.json(200);
        assert_eq!(item["conversation"]["tag_ids"], json!([vip]));
        agent.put(&on(&id, &vip), json!({})).await.json(200);
        agent.put(&on(&id, &late), json!({})).await.json(200);
        assert_eq!(counts(&scene.owner).await, [("Late".into(), 1), ("VIP".into(), 1)]);
        scene.owner.clone().patch(&format!("/api/v1/tags/{vip}"), json!({ "name": "Regular" })).await.json(200);
        agent.delete(&on(&id, &late)).await.json(200);
        let item = agent.delete(&on(&id, &late)).await.json(200);
        assert_eq!(item["conversation"]["tag_ids"], json!([vip]));
        assert_eq!(counts(&scene.owner).await, [("Late".into(), 0), ("Regular".into(), 1)]);

        // An entry for each change, with the name as it was; nothing about the order of lists moved.
        let after = scene.thread(&mut agent, &id).await;
        let entries = after["entries"].as_array().expect("entries");
        let said: Vec<_> = entries[2..].iter().map(|entry| (text(&entry["kind"]), text(&entry["text"]))).collect();
        let wanted = [("tagged", "VIP"), ("tagged", "Late"), ("untagged", "Late")];
        assert_eq!(said, wanted.map(|(kind, name)| (kind.to_owned(), name.to_owned())));
        assert_eq!((&entries[2]["tag_id"], &entries[2]["author"]["name"]), (&json!(vip), &json!("budi")));
        let activity = |thread: &Value| thread["item"]["conversation"]["last_activity_at"].clone();
        assert_eq!(activity(&before), activity(&after));

        // Live and missed, the same; the list says it too.
        let live: Vec<_> =
            watching.events().await.into_iter().filter(|event| event["kind"] == "conversation.updated").collect();
        assert_eq!(live.len(), 3);
        assert_eq!(live[2]["data"]["conversation"], after["item"]["conversation"]);
        let mut missed = agent.socket("/ws").await.expect("a socket").hello(position).await;
        missed.retain(|frame| frame["kind"] == "conversation.updated");
        assert_eq!(missed, live);
        let desk = agent.get("/api/v1/desk?view=queue").await.json(200);
        assert_eq!(desk["page"]["items"][0]["conversation"]["tag_ids"], json!([vip]));
        assert_eq!(desk["tags"].as_array().map(Vec::len), Some(2));
        let log = agent.get(&format!("/api/v1/conversations/{id}/log?kind=tagged")).await.json(200);
        assert_eq!((&log["lines"][1]["kind"], &log["lines"][1]["text"]), (&json!("tagged"), &json!("VIP")));

        let shown = visitor.client.get("/w/api/v1/thread").await.json(200).to_string();
        let told = json!(watched.events().await).to_string();
        for secret in ["VIP", "Regular", "tag"] {
            assert!(!shown.contains(secret) && !told.contains(secret), "{secret}: {shown} {told}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tagging_has_its_rights_and_its_limits() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = text(&visitor.write("hello").await["conversation_id"]);
        let vip = new_tag(&scene, "VIP").await;
        let mut reader = scene.member("rina", "reader", true).await;
        reader.put(&on(&id, &vip), json!({})).await.refused(403, "forbidden");
        reader.delete(&on(&id, &vip)).await.refused(403, "forbidden");
        scene.member("tomo", "agent", false).await.put(&on(&id, &vip), json!({})).await.refused(404, "not_found");
        agent.put(&on(&id, "tag_00000000000000000000000000000001"), json!({})).await.refused(404, "not_found");

        agent.put(&on(&id, &vip), json!({})).await.json(200);
        let tag = format!("/api/v1/tags/{vip}");
        scene.owner.clone().patch(&tag, json!({ "archived": true })).await.json(200);
        assert_eq!(agent.put(&on(&id, &vip), json!({})).await.json(200)["conversation"]["tag_ids"], json!([vip]));
        agent.delete(&on(&id, &vip)).await.json(200);
        agent.put(&on(&id, &vip), json!({})).await.refused(409, "tag_archived");
        for number in 0..20 {
            let tag = new_tag(&scene, &format!("n{number}")).await;
            agent.put(&on(&id, &tag), json!({})).await.json(200);
        }
        let one_more = new_tag(&scene, "one more").await;
        agent.put(&on(&id, &one_more), json!({})).await.refused(422, "too_many_tags_on_one");
        let closure = json!({ "reason": "solved", "tag_ids": [one_more] });
        let closing = scene.owner.clone().put(&format!("/api/v1/conversations/{id}/closure"), closure).await;
        closing.refused(422, "too_many_tags_on_one");
        assert_eq!(scene.thread(&mut agent, &id).await["item"]["conversation"]["status"], "open");
    })
    .await;
}

/// R024, C07
#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_may_want_to_know_how_it_ended() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let mut owner = scene.owner.clone();
        let id = text(&visitor.write("hello").await["conversation_id"]);
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let changed = owner.patch(&inbox, json!({ "closing_needs_note": true })).await.json(200);
        assert_eq!((&changed["closing_needs_note"], &changed["closing_needs_tag"]), (&json!(true), &json!(false)));
        let closure = format!("/api/v1/conversations/{id}/closure");
        agent.put(&closure, json!({ "reason": "solved" })).await.refused(422, "note_needed");
        agent.put(&closure, json!({ "reason": "solved", "note": "  " })).await.refused(422, "note_needed");

        // Many at once tell which were left, and why.
        let act = |note: Option<&str>| json!({ "kind": "close", "reason": "solved", "note": note });
        let batch = format!("/api/v1/batches/{}", ids::BatchId(ids::Uuid::from_u128(0x0198_f3c2_0000_7000_9000 << 64)));
        let many = json!({ "of": { "kind": "conversations", "ids": [id] }, "act": act(None) });
        agent.put(&batch, many).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(
            agent.get(&batch).await.json(200)["refused"],
            json!([{ "code": "note_needed", "conversations": 1 }])
        );

        let item = agent.put(&closure, json!({ "reason": "solved", "note": "sent a new one" })).await.json(200);
        assert_eq!(item["conversation"]["status"], "closed");
        // Nobody is there to say anything when it closes by itself.
        visitor.write("one more").await;
        let holder = json!({ "kind": "member", "id": agent.id });
        scene.answer(&mut agent, &id, "yes", holder).await.json(201);
        scene.test.advance(24 * 3_600_000);
        assert_eq!(conversations::close_silent(&scene.test.app).await.expect("a look"), 1);
        scene.test.run_jobs().await;
    })
    .await;
}

/// R024, C07
#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_may_want_a_tag_on_what_members_close() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = text(&visitor.write("hello").await["conversation_id"]);
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let closure = format!("/api/v1/conversations/{id}/closure");
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let mut owner = scene.owner.clone();
        assert_eq!(owner.get(&inbox).await.json(200)["closing_needs_tag"], false);
        assert_eq!(
            owner.patch(&inbox, json!({ "closing_needs_tag": true })).await.json(200)["closing_needs_tag"],
            true
        );

        // Not where there is none that could be put on.
        let archived = new_tag(&scene, "Gone").await;
        owner.patch(&format!("/api/v1/tags/{archived}"), json!({ "archived": true })).await.json(200);
        agent.put(&closure, json!({ "reason": "other" })).await.json(200);
        visitor.write("hello again").await;
        scene.answer(&mut agent, &id, "hi again", json!({ "kind": "queue" })).await.json(201);

        let (paid, late) = (new_tag(&scene, "Paid").await, new_tag(&scene, "Late").await);
        agent.put(&closure, json!({ "reason": "solved" })).await.refused(422, "tag_needed");
        let unknown = json!({ "reason": "solved", "tag_ids": ["tag_00000000000000000000000000000001"] });
        agent.put(&closure, unknown).await.refused(422, "tag_unknown");
        assert_eq!(scene.thread(&mut agent, &id).await["item"]["conversation"]["status"], "open");
        let item = agent.put(&closure, json!({ "reason": "solved", "tag_ids": [late, paid, paid] })).await.json(200);
        assert_eq!(item["conversation"]["tag_ids"].as_array().map(Vec::len), Some(2));
        let thread = scene.thread(&mut agent, &id).await;
        let kinds: Vec<_> = thread["entries"].as_array().expect("entries").iter().map(|e| text(&e["kind"])).collect();
        assert_eq!(kinds[kinds.len() - 3..], ["tagged", "tagged", "closed"]);

        // They stay in the next session, and what has one may be closed at once.
        visitor.write("one more thing").await;
        agent.put(&closure, json!({ "reason": "other" })).await.json(200);
        visitor.write("and another").await;
        for tag in [&paid, &late] {
            agent.delete(&on(&id, tag)).await.json(200);
        }
        scene.answer(&mut agent, &id, "well", json!({ "kind": "queue" })).await.json(201);
        // Silence is not asked for a tag.
        scene.test.advance(25 * 3_600_000);
        assert_eq!(conversations::close_silent(&scene.test.app).await.expect("a look"), 1);
    })
    .await;
}
