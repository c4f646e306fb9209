use crate::scene::{id, on_both};
use serde_json::json;

/// R193, R194, C16
#[tokio::test(flavor = "multi_thread")]
async fn ticks_move_as_statuses_tell_and_never_back() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let answer = scene.answer(&conversation, "Halo kak").await;
        scene.test.run_jobs().await;
        let mut system = scene.system.clone();
        let status = scene.path(&format!("messages/{answer}/status"));
        let mut socket = scene.owner.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        for (told, stands) in [
            ("delivered", "delivered"),
            ("sent", "delivered"),
            ("read", "read"),
            ("failed", "read"),
            ("delivered", "read"),
        ] {
            let body = json!({ "status": told, "error": "late" });
            assert_eq!(system.post(&status, body).await.json(200), json!({ "id": answer, "status": stands }));
            assert_eq!(scene.delivery(&conversation, &answer).await, (json!(stands), json!(null)), "{told}");
        }
        let seen: Vec<_> =
            socket.events().await.iter().map(|event| event["data"]["entries"][0]["delivery"].clone()).collect();
        assert_eq!(seen, ["delivered", "read"], "what tells nothing new is not told");
        system.post(&status, json!({ "status": "lost" })).await.refused(400, "invalid_body");
        let theirs = scene.path("messages/m-1/status");
        system.post(&theirs, json!({ "status": "read" })).await.refused(404, "not_found");
    })
    .await;
}

/// R196, C16
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_the_other_side_is_shown_with_its_words() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let answer = scene.answer(&conversation, "Halo kak").await;
        scene.test.run_jobs().await;
        let mut system = scene.system.clone();
        let status = scene.path(&format!("messages/{answer}/status"));
        let error = format!("number is not\n on the network {}", "x".repeat(400));
        system.post(&status, json!({ "status": "failed", "error": error })).await.json(200);
        let entry = scene.entry(&conversation, &answer).await;
        assert_eq!((&entry["delivery"], &entry["failure"]), (&json!("failed"), &json!("refused")));
        let said = entry["failure_detail"].as_str().expect("words");
        assert!(said.starts_with("number is not on the network x") && said.chars().count() == 300, "{said}");
        system.post(&status, json!({ "status": "delivered" })).await.json(200);
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("failed"), "final");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_mark_reads_everything_that_was_sent() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let first = scene.answer(&conversation, "one").await;
        let second = scene.answer(&conversation, "two").await;
        scene.test.run_jobs().await;
        scene.receiver.answers(500);
        let waiting = scene.answer(&conversation, "three").await;
        scene.test.run_jobs().await;
        let mut system = scene.system.clone();
        let read = scene.path("read");
        assert_eq!(system.put(&read, json!({ "contact": "budi", "message": first })).await.status, 204);
        assert_eq!(scene.delivery(&conversation, &first).await.0, json!("read"));
        assert_eq!(scene.delivery(&conversation, &second).await.0, json!("sent"));
        assert_eq!(system.put(&read, json!({ "contact": "budi" })).await.status, 204);
        assert_eq!(scene.delivery(&conversation, &second).await.0, json!("read"));
        assert_eq!(scene.delivery(&conversation, &waiting).await.0, json!("queued"), "nobody has it yet");
        system.put(&read, json!({ "contact": "nobody" })).await.refused(404, "not_found");
        system.put(&read, json!({ "contact": "budi", "message": "m-9" })).await.refused(404, "not_found");
    })
    .await;
}
