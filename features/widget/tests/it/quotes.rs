//! Answering one message of many, both ways.

use crate::scene::{entry_id, on_both};
use serde_json::{Value, json};

/// R130
#[tokio::test(flavor = "multi_thread")]
async fn a_quote_carries_what_it_answers_to_both_sides() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let asked = visitor.write(&format!("Is Gayo in stock? {}", "x".repeat(300))).await;
        visitor.write("And Toraja?").await;
        let id = asked["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/messages");
        let answer = |number: u64, quote: &Value, holder: &str| {
            let holder =
                if holder == "queue" { json!({ "kind": holder }) } else { json!({ "kind": "member", "id": holder }) };
            json!({ "id": entry_id(number), "text": "Yes", "file_ids": [], "quote": quote, "holder": holder })
        };
        let sent = ana.post(&path, answer(1, &asked["id"], "queue")).await.json(201);

        let entries = scene.thread(&mut ana, &id).await["entries"].clone();
        let quote = &entries.as_array().expect("entries").last().expect("the answer")["quote"];
        assert_eq!((&quote["id"], &quote["position"]), (&asked["id"], &asked["position"]));
        assert_eq!(quote["author"]["kind"], "contact");
        assert_eq!(quote["text"].as_str().expect("a text").chars().count(), 200);
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200);
        let quote = &shown["entries"].as_array().expect("entries").last().expect("the answer")["quote"];
        assert_eq!((&quote["id"], &quote["author"]["kind"]), (&asked["id"], &json!("visitor")));

        let back = json!({ "id": entry_id(2), "text": "Great", "file_ids": [], "quote": sent["id"] });
        visitor.client.post("/w/api/v1/messages", back).await.json(201);
        let entries = scene.thread(&mut ana, &id).await["entries"].clone();
        let quote = &entries.as_array().expect("entries").last().expect("the answer")["quote"];
        assert_eq!((&quote["text"], &quote["author"]["name"]), (&json!("Yes"), &json!("ana")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_messages_of_the_same_thread_can_be_quoted() {
    on_both(async |scene| {
        let (mut ana, mut visitor, mut other) =
            (scene.agent("ana").await, scene.visitor().await, scene.visitor().await);
        let foreign = other.write("a secret of somebody else").await["id"].clone();
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let note = json!({ "id": entry_id(1), "text": "internal", "mention_ids": [] });
        let note = ana.post(&format!("/api/v1/conversations/{id}/notes"), note).await.json(201)["id"].clone();
        for (number, quote) in [(2, foreign), (3, note), (4, json!(entry_id(99)))] {
            let message = json!({ "id": entry_id(number), "text": "?", "file_ids": [], "quote": quote });
            visitor.client.post("/w/api/v1/messages", message).await.refused(422, "quote_unknown");
            let holder = json!({ "kind": "queue" });
            let message = json!({ "id": entry_id(number), "text": "?", "quote": quote, "holder": holder });
            let path = format!("/api/v1/conversations/{id}/messages");
            ana.post(&path, message).await.refused(422, "quote_unknown");
        }
        let queued = scene.thread(&mut ana, &id).await["item"]["conversation"]["holder"].clone();
        assert_eq!(queued["kind"], "queue", "what was refused took nothing");
    })
    .await;
}
