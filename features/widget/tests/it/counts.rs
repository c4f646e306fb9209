//! How many entries of some kinds a conversation has, on both engines.

use crate::scene::{Scene, entry_id, on_both};
use serde_json::{Value, json};

/// The counts of the row, and of the entries that there are.
async fn counts(scene: &Scene, conversation: &str) -> (Value, Value) {
    let thread = scene.thread(&mut scene.owner.clone(), conversation).await;
    let entries = thread["entries"].as_array().expect("entries").clone();
    let of = |kind: &str, author: &str| {
        entries.iter().filter(|entry| entry["kind"] == kind && entry["author"]["kind"] == author).count()
    };
    let is_act = |entry: &&Value| {
        entry["author"]["kind"] == "member" && (entry["card"].is_object() || entry["files"][0].is_object())
    };
    let counted = json!({
        "acts": entries.iter().filter(is_act).count(),
        "sent": of("message", "member"),
        "notes": of("note", "member"),
        "ratings": of("rating", "contact"),
        "pages": of("navigation", "contact"),
    });
    let conversation = &thread["item"]["conversation"];
    assert_eq!(conversation["inbound_count"], of("message", "contact"));
    assert_eq!(conversation["last_position"], entries.len(), "what is left are actions");
    (conversation["counts"].clone(), counted)
}

/// R253, R254, R255, R256
#[tokio::test(flavor = "multi_thread")]
async fn the_counts_of_a_conversation_are_those_of_its_entries() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        for page in ["cart", "pay", "cart"] {
            let page = json!({ "url": format!("https://shop.test/{page}"), "title": page });
            visitor.client.put("/w/api/v1/page", page).await.json(204);
        }
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let path = format!("/api/v1/conversations/{id}");
        let mine = json!({ "kind": "member", "id": agent.id });
        let card = json!({ "kind": "link", "url": "https://shop.test/sale", "title": "Sale" });
        for number in 20..22 {
            let act = json!({ "id": entry_id(number), "text": "", "file_ids": [], "holder": mine, "card": card });
            agent.post(&format!("{path}/messages"), act).await.json(201);
        }
        agent.delete(&format!("{path}/entries/{}", entry_id(20))).await.json(200);
        for number in 1..=2 {
            let note = json!({ "id": entry_id(number), "text": "for us", "mention_ids": [] });
            agent.post(&format!("{path}/notes"), note.clone()).await.json(201);
            agent.post(&format!("{path}/notes"), note).await.json(201);
        }
        agent.put(&format!("{path}/closure"), json!({ "reason": "solved" })).await.json(200);
        let rating = |number| json!({ "id": entry_id(number), "score": number - 4, "comment": null });
        visitor.client.put("/w/api/v1/rating", rating(5)).await.json(200);
        visitor.client.put("/w/api/v1/rating", rating(6)).await.json(200);
        let (kept, counted) = counts(&scene, &id).await;
        assert_eq!(kept, counted);
        assert_eq!(kept, json!({ "acts": 1, "sent": 3, "notes": 2, "ratings": 1, "pages": 3 }));
        visitor.write("again").await;
        let (kept, counted) = counts(&scene, &id).await;
        assert_eq!(kept, counted);
        scene.test.run_jobs().await;
    })
    .await;
}
