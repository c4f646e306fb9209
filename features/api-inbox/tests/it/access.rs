use crate::scene::{id, on_both};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_its_inbox_and_nothing_else() {
    on_both(async |scene| {
        let posted = scene.post("m-1", "Halo").await;
        let entry = id(&posted["id"]);
        let other = scene.owner.clone().post("/api/v1/inboxes", json!({ "name": "Other", "api": {} })).await.json(201);
        let other = id(&other["id"]);
        let tokens = format!("/api/v1/inboxes/{other}/tokens");
        let theirs = scene.owner.clone().post(&tokens, json!({})).await.json(201);
        let mut theirs = scene.test.client().without_origin().with_bearer(theirs["token"].as_str().expect("a token"));
        let body = json!({ "contact": { "external_id": "budi" }, "message": { "external_id": "m-2", "text": "Halo" } });
        theirs.post(&scene.path("messages"), &body).await.refused(404, "not_found");
        for inbox in [&scene.inbox, &other] {
            let named = format!("/api/v1/inboxes/{inbox}/messages/{entry}");
            theirs.patch(&named, json!({ "text": "x" })).await.refused(404, "not_found");
            theirs.post(&format!("{named}/status"), json!({ "status": "read" })).await.refused(404, "not_found");
        }
        theirs.put(&scene.path("typing"), json!({ "contact": "budi", "on": true })).await.refused(404, "not_found");

        let mut nobody = scene.test.client().without_origin().with_bearer(&"A".repeat(43));
        nobody.post(&scene.path("messages"), &body).await.refused(401, "unauthenticated");
        let mut owner = scene.owner.clone();
        owner.post(&scene.path("messages"), &body).await.refused(401, "unauthenticated");
        let mut system = scene.system.clone();
        for desk in ["/api/v1/me", "/api/v1/conversations", "/api/v1/inboxes"] {
            system.get(desk).await.refused(401, "unauthenticated");
        }
        system.get(&scene.path("webhook")).await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_that_is_switched_off_takes_no_messages() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let inbox = scene.path("").trim_end_matches('/').to_owned();
        scene.owner.clone().patch(&inbox, json!({ "enabled": false })).await.json(200);
        let body = json!({ "contact": { "external_id": "budi" }, "message": { "external_id": "m-2", "text": "Halo" } });
        scene.try_post(body).await.refused(409, "inbox_disabled");
        let answer = scene.answer(&conversation, "We are closed").await;
        scene.test.run_jobs().await;
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("sent"), "what is open is answered");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_often_is_refused_with_a_time() {
    on_both(async |scene| {
        let mut system = scene.system.clone();
        let mut last = None;
        for _ in 0..1_201 {
            last = Some(system.put(&scene.path("typing"), json!({ "contact": "budi", "on": true })).await);
        }
        let params = last.expect("an answer").refused(429, "too_many_requests");
        assert_eq!(params["retry_after_s"], json!(1));
        scene.test.advance(1_000);
        assert_eq!(system.put(&scene.path("typing"), json!({ "contact": "budi", "on": true })).await.status, 204);
    })
    .await;
}
