//! Titles of sessions, on both engines.

use crate::scene::on_both;
use serde_json::{Value, json};

/// C25
#[tokio::test(flavor = "multi_thread")]
async fn a_title_is_its_sessions_and_the_teams() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/title");
        let item = agent.put(&path, json!({ "title": "  Order\u{202e} 1204\n" })).await.json(200);
        assert_eq!(item["conversation"]["title"], "Order 1204");
        agent.put(&path, json!({ "title": "Order 1204" })).await.json(200);
        agent.put(&path, json!({ "title": "x".repeat(101) })).await.refused(422, "title_invalid");
        let mut reader = scene.member("rina", "reader", true).await;
        reader.put(&path, json!({ "title": "mine" })).await.refused(403, "forbidden");
        scene.member("tomo", "agent", false).await.put(&path, json!({})).await.refused(404, "not_found");

        let thread = scene.thread(&mut agent, &id).await;
        let entries = thread["entries"].as_array().expect("entries");
        assert_eq!(
            (entries.len(), &entries[2]["kind"], &entries[2]["text"]),
            (3, &json!("titled"), &json!("Order 1204"))
        );
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200).to_string();
        assert!(!shown.contains("1204"), "{shown}");

        let closure = format!("/api/v1/conversations/{id}/closure");
        scene.owner.clone().put(&closure, json!({ "reason": "solved" })).await.json(200);
        assert_eq!(scene.thread(&mut agent, &id).await["item"]["conversation"]["title"], "Order 1204");
        visitor.write("something else").await;
        assert_eq!(scene.thread(&mut agent, &id).await["item"]["conversation"]["title"], Value::Null);
        agent.put(&path, json!({ "title": "Return" })).await.json(200);
        let item = agent.put(&path, json!({ "title": " " })).await.json(200);
        assert_eq!(item["conversation"]["title"], Value::Null);
    })
    .await;
}
