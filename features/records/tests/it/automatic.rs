//! Sessions that begin with a record.

use crate::scene::{on_both, orders, text, type_path};
use serde_json::json;

/// R097, R098, R099, C27
#[tokio::test(flavor = "multi_thread")]
async fn a_session_begins_with_a_record_that_says_how_its_contact_came() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let mut body = orders();
        body["inbox_ids"] = json!([scene.inbox]);
        owner.put(&type_path(1), body).await.json(200);
        let mut visitor = scene.visitor().await;
        let trail =
            json!({ "source": "https://www.google.com/", "pages": [{ "url": "https://shop.test/", "ago_ms": 0 }] });
        let message = json!({ "id": scene.entry(), "text": "Halo", "file_ids": [], "trail": trail });
        let conversation = text(&visitor.post("/w/api/v1/messages", message).await.json(201)["conversation_id"]);
        scene.test.run_jobs().await;
        let path = format!("/api/v1/conversations/{conversation}/records");
        let beside = owner.get(&path).await.json(200);
        let made = &beside["items"][0]["record"];
        assert_eq!((&made["automatic"], &made["number"]), (&json!(true), &json!("1")), "{beside}");
        assert_eq!((&made["source"]["kind"], &made["source"]["name"]), (&json!("search"), &json!("Google")));
        assert_eq!(scene.said(&conversation).await.len(), 1);

        scene.write(&mut visitor, "More").await;
        scene.test.run_jobs().await;
        assert_eq!(owner.get(&path).await.json(200)["items"].as_array().map(Vec::len), Some(1), "one for each session");
        let closure = format!("/api/v1/conversations/{conversation}/closure");
        owner.put(&closure, json!({ "reason": "solved" })).await.json(200);
        scene.write(&mut visitor, "Again").await;
        scene.test.run_jobs().await;
        assert_eq!(owner.get(&path).await.json(200)["items"].as_array().map(Vec::len), Some(2));

        owner.put(&type_path(1), orders()).await.json(200);
        scene.write(&mut scene.visitor().await, "Hi").await;
        assert_eq!(owner.get("/api/v1/records").await.json(200)["items"].as_array().map(Vec::len), Some(2));
    })
    .await;
}
