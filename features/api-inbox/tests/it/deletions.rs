//! Conversations with customers of another system that are deleted.

use crate::scene::{id, on_both};
use serde_json::json;

/// R140, C17
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_conversation_tells_nothing_more_and_the_customer_begins_afresh() {
    on_both(async |scene| {
        let posted = scene.post("m-1", "Halo").await;
        let conversation = id(&posted["conversation_id"]);
        scene.receiver.answers(503);
        let waits = scene.answer(&conversation, "A moment").await;
        scene.test.run_jobs().await;
        scene.receiver.got();
        scene.receiver.answers(204);
        let deletion = format!("/api/v1/conversations/{conversation}/deletion");
        let mut owner = scene.owner.clone();
        owner.put(&deletion, json!({})).await.json(200);
        scene.test.advance(3_600_000);
        scene.test.run_jobs().await;
        assert!(scene.receiver.got().is_empty(), "what was on its way stays here");

        let body = json!({ "contact": { "external_id": "budi" }, "message": { "external_id": "m-1", "text": "Halo" } });
        let again = scene.try_post(body).await.json(200);
        assert_eq!(again["conversation_id"], json!(conversation), "it was taken");
        let mut system = scene.system.clone();
        system.patch(&scene.path("messages/m-1"), json!({ "text": "x" })).await.refused(404, "not_found");
        let fresh = scene.post("m-2", "Anybody?").await;
        assert_ne!(fresh["conversation_id"], json!(conversation));
        assert_eq!(fresh["contact_id"], posted["contact_id"]);
        assert_eq!(scene.texts(&id(&fresh["conversation_id"])).await, ["Anybody?"]);

        owner.delete(&deletion).await.json(200);
        assert_eq!(scene.texts(&conversation).await, ["Halo", "A moment", "Anybody?"]);
        assert_eq!(scene.delivery(&conversation, &waits).await, (json!("failed"), json!("deleted")));
        scene.answer(&conversation, "Here").await;
        scene.test.run_jobs().await;
        let told = scene.receiver.got();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].body["data"]["conversation"]["id"], json!(conversation));
        scene.test.advance(40 * 24 * 3_600_000);
        scene.test.run_jobs().await;
    })
    .await;
}
