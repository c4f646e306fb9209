//! Correcting and removing what was written, on both sides.

use crate::scene::{entry_id, on_both};
use serde_json::{Value, json};

fn entry_of(thread: &Value, id: &Value) -> Value {
    let entries = thread["entries"].as_array().expect("entries");
    entries.iter().find(|entry| entry["id"] == *id).cloned().expect("the entry")
}

fn id_of(ack: &Value) -> String {
    ack["conversation_id"].as_str().expect("an id").to_owned()
}

fn path_of(ack: &Value) -> String {
    format!("/api/v1/conversations/{}/entries/{}", id_of(ack), ack["id"].as_str().expect("an id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_corrects_his_words_and_the_team_keeps_what_they_were() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let id = id_of(&visitor.write("hello").await);
        let (mut shown, _) = visitor.socket_after(None).await;
        let sent = scene.answer(&mut ana, &id, "Gayo is bakc", json!({ "kind": "queue" })).await.json(201);
        shown.events().await;

        scene.test.advance(5_000);
        let edited = ana.patch(&path_of(&sent), json!({ "text": " Gayo is back " })).await.json(200);
        assert_eq!((&edited["text"], &edited["earlier"][0]["text"]), (&json!("Gayo is back"), &json!("Gayo is bakc")));
        assert_eq!(edited["edited_at"].as_i64().expect("a time") - edited["at"].as_i64().expect("a time"), 5_000);
        let again = ana.patch(&path_of(&sent), json!({ "text": "Gayo is back" })).await.json(200);
        assert_eq!(again, edited, "the same words change nothing");

        let thread = scene.thread(&mut ana, &id).await;
        assert_eq!(entry_of(&thread, &sent["id"]), edited);
        assert_eq!(thread["item"]["conversation"]["preview"]["text"], "Gayo is back");
        let events = shown.events().await;
        let entry = &events.last().expect("an event")["data"]["entries"][0];
        assert_eq!((&entry["text"], &entry["edited"]), (&json!("Gayo is back"), &json!(true)));
        assert!(entry.get("earlier").is_none(), "contacts do not see what it said before");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn state_before_and_events_are_the_state_after_a_correction_and_a_removal() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        scene.is_here(&ana).await;
        let asked = visitor.write("my card is 4111").await;
        let id = id_of(&asked);
        let sent = scene.answer(&mut ana, &id, "please do not", json!({ "kind": "queue" })).await.json(201);
        let before = scene.thread(&mut ana, &id).await;
        let mut socket = ana.client().socket("/ws").await.expect("a socket");
        socket.hello(before["position"].as_i64()).await;
        ana.patch(&path_of(&sent), json!({ "text": "Please do not." })).await.json(200);
        let one = format!("/w/api/v1/messages/{}", asked["id"].as_str().expect("an id"));
        visitor.client.delete(&one).await.json(200);
        let events = socket.events().await;
        let after = scene.thread(&mut ana, &id).await;
        scene.keep_case("correction", &before, &events, &after);
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_corrects_the_words_of_another_and_only_who_oversees_removes_them() {
    on_both(async |scene| {
        let (mut ana, mut visitor, mut other) =
            (scene.agent("ana").await, scene.visitor().await, scene.visitor().await);
        let mut super_ = scene.member("susi", "supervisor", true).await;
        let mut stranger = scene.agent("budi").await;
        let asked = visitor.write("my card is 4111 1111").await;
        let id = id_of(&asked);
        let sent = scene.answer(&mut ana, &id, "thank you", json!({ "kind": "queue" })).await.json(201);
        other.write("me too").await;

        let words = json!({ "text": "something else" });
        ana.patch(&path_of(&asked), words.clone()).await.refused(403, "forbidden");
        super_.patch(&path_of(&sent), words.clone()).await.refused(403, "forbidden");
        stranger.patch(&path_of(&sent), words.clone()).await.refused(404, "not_found");
        stranger.delete(&path_of(&asked)).await.refused(404, "not_found");
        ana.delete(&path_of(&asked)).await.refused(403, "forbidden");
        let opened = scene.thread(&mut ana, &id).await["entries"][0].clone();
        assert_eq!(opened["kind"], "opened");
        let line = format!("/api/v1/conversations/{id}/entries/{}", opened["id"].as_str().expect("an id"));
        super_.delete(&line).await.refused(403, "forbidden");
        let of = |ack: &Value| format!("/w/api/v1/messages/{}", ack["id"].as_str().expect("an id"));
        visitor.client.patch(&of(&sent), words.clone()).await.refused(404, "not_found");
        other.client.patch(&of(&asked), words.clone()).await.refused(404, "not_found");
        other.client.delete(&of(&asked)).await.refused(404, "not_found");
        scene.anonymous().delete(&of(&asked)).await.refused(401, "unauthenticated");
        ana.patch(&path_of(&sent), json!({ "text": "  " })).await.refused(422, "text_empty");
        ana.patch(&path_of(&sent), json!({ "text": "x".repeat(2_001) })).await.refused(422, "text_too_long");

        let removed = super_.delete(&path_of(&asked)).await.json(200);
        assert_eq!((&removed["text"], &removed["removed"]["by"]["name"]), (&Value::Null, &json!("susi")));
        assert_eq!(super_.delete(&path_of(&asked)).await.json(200), removed, "twice is once");
        visitor.client.patch(&of(&asked), words).await.refused(409, "entry_removed");
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_removed_is_nowhere_any_more() {
    on_both(async |scene| {
        const SECRET: &str = "4111 1111 1111 1111";
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let file = visitor.client.upload("/w/api/v1/files?name=card.txt", "text/plain", SECRET).await.json(201);
        let body = json!({ "id": entry_id(1), "text": SECRET, "file_ids": [file["id"]] });
        let asked = visitor.client.post("/w/api/v1/messages", body).await.json(201);
        let id = id_of(&asked);
        let start = scene.thread(&mut ana, &id).await["position"].as_i64();
        let answer = json!({
            "id": entry_id(2), "text": "Please do not", "file_ids": [], "holder": { "kind": "queue" },
            "quote": asked["id"],
        });
        ana.post(&format!("/api/v1/conversations/{id}/messages"), answer).await.json(201);
        scene.test.run_jobs().await;

        let edit = format!("/w/api/v1/messages/{}", asked["id"].as_str().expect("an id"));
        visitor.client.patch(&edit, json!({ "text": format!("sorry: {SECRET}") })).await.json(200);
        let removed = visitor.client.delete(&edit).await.json(200);
        assert_eq!(
            (&removed["removed"], &removed["text"], &removed["files"]),
            (&json!(true), &Value::Null, &json!([]))
        );
        let path = format!("/api/v1/files/{}", file["id"].as_str().expect("an id"));
        ana.get(&path).await.refused(404, "not_found");
        scene.test.run_jobs().await;

        let thread = scene.thread(&mut ana, &id).await.to_string();
        let list = ana.get("/api/v1/conversations?view=mine").await.json(200).to_string();
        let workspace = scene.workspace(&mut ana).await;
        let log = scene.test.app.read(workspace, |tx| {
            Box::pin(async move {
                let rows = tx.query(db::sql!("SELECT payload FROM events"), &[]).await?;
                Ok(rows.iter().map(|row| row.get::<String>("payload")).collect::<Result<Vec<_>, _>>()?.join("\n"))
            })
        });
        let log = log.await.expect("the events");
        for (place, text) in [("thread", thread), ("list", list), ("events", log)] {
            assert!(!text.contains("4111") && !text.contains("card.txt"), "{place}: {text}");
        }
        assert!(start.is_some());
        visitor
            .client
            .get(&format!("/w/api/v1/files/{}", file["id"].as_str().expect("an id")))
            .await
            .refused(404, "not_found");
    })
    .await;
}
