//! Typing, both ways, and to nobody else.

use crate::scene::on_both;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn each_side_sees_the_other_type() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        let mut other = scene.agent("ana").await.socket("/ws").await.expect("a socket");
        other.hello(None).await;
        let mut frames = visitor.socket().await;

        frames.send(json!({ "type": "typing", "on": true })).await;
        let mut told = desk.json().await;
        while told["type"] == "event" {
            told = desk.json().await; // that another member joined
        }
        assert_eq!((&told["type"], &told["conversation_id"]), (&json!("typing"), &json!(id)));
        assert_eq!(told["author"]["kind"], "contact");
        desk.send(json!({ "type": "typing", "conversation_id": id, "on": true })).await;
        let told = frames.json().await;
        assert_eq!(told, json!({ "type": "typing", "author": { "kind": "agent", "name": "budi" }, "on": true }));
        assert!(other.events().await.is_empty(), "who may not see the conversation hears no typing");
    })
    .await;
}
