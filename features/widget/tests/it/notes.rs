//! Notes are of the team only, and reach who is mentioned in them.

use crate::scene::{entry_id, on_both};
use serde_json::{Value, json};

fn note(number: u64, text: &str, mentions: &[&str]) -> Value {
    json!({ "id": entry_id(number), "text": text, "mention_ids": mentions })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_seen_by_the_team_and_never_by_the_visitor() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let id = visitor.write("where is my order?").await["conversation_id"].as_str().expect("an id").to_owned();
        let mut frames = visitor.socket().await;
        let before = scene.thread(&mut ana, &id).await["item"]["conversation"].clone();
        let path = format!("/api/v1/conversations/{id}/notes");

        let ack = ana.post(&path, note(1, "He is angry, be kind.", &[])).await.json(201);
        assert_eq!(ana.post(&path, note(1, "He is angry, be kind.", &[])).await.json(201), ack, "once");
        let thread = scene.thread(&mut ana, &id).await;
        let told = thread["entries"].as_array().expect("entries").last().expect("the note");
        assert_eq!((&told["kind"], &told["text"]), (&json!("note"), &json!("He is angry, be kind.")));
        assert_eq!(told["author"]["name"], "ana");
        let after = &thread["item"]["conversation"];
        for unmoved in ["holder", "status", "preview", "last_activity_at", "waiting_since", "inbound_count"] {
            assert_eq!(after[unmoved], before[unmoved], "{unmoved}");
        }

        let shown = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert!(!shown.to_string().contains("angry"), "{shown}");
        for event in frames.events().await {
            assert!(!event.to_string().contains("angry"), "{event}");
        }
        let mut reader = scene.member("rani", "reader", true).await;
        reader.post(&path, note(2, "me too", &[])).await.refused(403, "forbidden");
        ana.post(&path, note(3, "  ", &[])).await.refused(422, "text_empty");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_mentioned_can_see_it_and_hears_of_it() {
    on_both(async |scene| {
        let (mut ana, budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let boss = scene.member("sari", "supervisor", true).await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/notes");
        let mut desk = boss.socket("/ws").await.expect("a socket");
        desk.hello(None).await;

        // In the queue both may see it; once it is hers, only the supervisor may.
        let sent = ana.post(&path, note(1, "@sari @budi who knows?", &[&boss.id, &budi.id, &boss.id])).await.json(201);
        let told = desk.event("conversation.mentioned").await;
        assert_eq!(told["data"], json!({ "conversation_id": id, "entry_id": sent["id"], "by": "ana" }));
        let entries = scene.thread(&mut ana, &id).await["entries"].clone();
        let mut names: Vec<_> = entries.as_array().expect("entries").last().expect("the note")["mentions"]
            .as_array()
            .expect("mentions")
            .iter()
            .map(|mention| mention["name"].as_str().expect("a name").to_owned())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["budi", "sari"]);
        scene.answer(&mut ana, &id, "mine", json!({ "kind": "queue" })).await.json(201);
        let blind = ana.post(&path, note(2, "@budi", &[&budi.id])).await.refused(422, "mention_blind");
        assert_eq!(blind["member_id"], budi.id);
        ana.post(&path, note(2, "@sari", &[&boss.id])).await.json(201);
    })
    .await;
}
