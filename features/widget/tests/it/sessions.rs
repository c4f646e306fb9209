//! Sessions that members begin with visitors, on both engines.

use crate::scene::{entry_id, on_both};
use serde_json::{Value, json};
use testkit::Client;

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn with_contact(number: u64, contact: &str) -> Value {
    json!({ "with": { "kind": "contact", "id": contact }, "id": entry_id(number), "text": "Good news" })
}

/// R187, R188, R221, C34
#[tokio::test(flavor = "multi_thread")]
async fn who_had_it_begins_again_and_nobody_else_but_who_oversees() {
    on_both(async |scene| {
        let (mut ana, mut budi, mut visitor) =
            (scene.agent("ana").await, scene.agent("budi").await, scene.visitor().await);
        let mut boss = scene.member("sari", "supervisor", true).await;
        let (mut outsider, mut reader) =
            (scene.member("tomo", "agent", false).await, scene.member("rina", "reader", true).await);
        let id = text(&visitor.write("hello").await["conversation_id"]);
        scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let contact = text(&scene.thread(&mut ana, &id).await["item"]["conversation"]["contact"]["id"]);
        let path = format!("/api/v1/inboxes/{}/sessions", scene.inbox);
        let shown = ana.get(&format!("/api/v1/inboxes/{}", scene.inbox)).await.json(200);
        assert_eq!(shown["starting"], "known");

        // While it is open whoever sees it is told where; who does not is told no more than that.
        for one in [&mut ana as &mut Client, &mut boss] {
            let params = one.post(&path, with_contact(11, &contact)).await.refused(409, "session_open");
            assert_eq!(params["conversation_id"], json!(id));
        }
        budi.post(&path, with_contact(12, &contact)).await.refused(409, "contact_taken");
        outsider.post(&path, with_contact(12, &contact)).await.refused(404, "not_found");
        reader.post(&path, with_contact(12, &contact)).await.refused(403, "forbidden");
        let address = json!({ "with": { "kind": "address", "external_id": "x" }, "id": entry_id(12), "text": "hi" });
        ana.post(&path, address).await.refused(409, "cannot_start");

        let closure = format!("/api/v1/conversations/{id}/closure");
        ana.put(&closure, json!({ "reason": "solved" })).await.json(200);
        budi.post(&path, with_contact(13, &contact)).await.refused(409, "contact_taken");
        let (mut widget, _) = visitor.socket_after(None).await;
        let item = ana.post(&path, with_contact(14, &contact)).await.json(201);
        assert_eq!((&item["conversation"]["id"], &item["conversation"]["status"]), (&json!(id), &json!("open")));
        let told = widget.event("thread.updated").await;
        assert!(told.to_string().contains("Good news"));
        let kinds: Vec<_> = scene.thread(&mut ana, &id).await["entries"]
            .as_array()
            .expect("entries")
            .iter()
            .map(|one| text(&one["kind"]))
            .collect();
        assert_eq!(kinds[kinds.len() - 3..], ["closed", "reopened", "message"]);

        // Who oversees may, and it is his then.
        ana.put(&closure, json!({ "reason": "solved" })).await.json(200);
        let item = boss.post(&path, with_contact(15, &contact)).await.json(201);
        assert_eq!(item["conversation"]["holder"], json!({ "kind": "member", "id": boss.id }));
        assert_eq!(scene.counters(&mut boss).await, (0, 1));
        ana.get(&format!("/api/v1/conversations/{id}")).await.refused(404, "not_found");
        boss.put(&closure, json!({ "reason": "solved" })).await.json(200);
        ana.post(&path, with_contact(16, &contact)).await.refused(409, "contact_taken");
    })
    .await;
}

/// C17, C34
#[tokio::test(flavor = "multi_thread")]
async fn after_a_deletion_a_session_begins_afresh_and_a_blocked_contact_has_none() {
    on_both(async |scene| {
        let (mut owner, mut visitor) = (scene.owner.clone(), scene.visitor().await);
        let id = text(&visitor.write("hello").await["conversation_id"]);
        let contact = text(&scene.thread(&mut owner, &id).await["item"]["conversation"]["contact"]["id"]);
        owner.put(&format!("/api/v1/conversations/{id}/deletion"), json!({})).await.json(200);
        let path = format!("/api/v1/inboxes/{}/sessions", scene.inbox);
        let item = owner.post(&path, with_contact(21, &contact)).await.json(201);
        assert_ne!(item["conversation"]["id"], json!(id));
        let thread = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert_eq!(thread["entries"].as_array().expect("entries").last().expect("one")["text"], "Good news");
        visitor.write("thanks").await;
        assert_eq!(scene.counters(&mut owner).await, (0, 1));

        let fresh = format!("/api/v1/conversations/{}", text(&item["conversation"]["id"]));
        owner.put(&format!("{fresh}/closure"), json!({ "reason": "spam" })).await.json(200);
        owner.put(&format!("{fresh}/block"), json!({ "until": null, "reason": null })).await.json(200);
        owner.post(&path, with_contact(22, &contact)).await.refused(409, "contact_blocked");
        scene.test.run_jobs().await;
    })
    .await;
}
