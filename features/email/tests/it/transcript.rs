//! A website's visitor has his conversation mailed.

use crate::scene::{BUDI, Scene, on_both, unconnected_on_both};
use serde_json::{Value, json};
use testkit::Client;

/// A visitor who wrote, and his conversation.
async fn visitor(scene: &Scene) -> (Client, String) {
    let website = json!({ "title": "Kopi Senja", "greeting": "Halo!", "color": "#0b6e69", "allowed_origins": [] });
    let body = json!({ "name": "Shop", "website": website });
    let inbox = scene.owner.clone().post("/api/v1/inboxes", body).await.json(201);
    let asked = json!({ "inbox_id": inbox["id"], "origin": "https://shop.test", "locale": "id" });
    let made = scene.test.client().post("/w/api/v1/visitors", asked).await.json(201);
    let mut client = scene.test.client().with_bearer(made["token"].as_str().expect("a token"));
    let message = json!({ "id": "ent_0198f3c2000070009000000000000001", "text": "Apakah *buka*?", "file_ids": [] });
    let sent = client.post("/w/api/v1/messages", message).await.json(201);
    (client, sent["conversation_id"].as_str().expect("an id").to_owned())
}

async fn say(scene: &Scene, conversation: &str, what: &str, number: u64, body: Value) {
    let mut body = body;
    body["id"] = json!(format!("ent_0198f3c200007000900000000000{number:04}"));
    scene.owner.clone().post(&format!("/api/v1/conversations/{conversation}/{what}"), body).await.json(201);
}

fn to(address: &str) -> Value {
    json!({ "address": address, "locale": "id", "zone": "Asia/Jakarta" })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_visitor_sees_is_mailed_to_him_and_nothing_else() {
    on_both(async |scene| {
        let (mut client, conversation) = visitor(&scene).await;
        let path = "/w/api/v1/transcript";
        let ways = client.get(path).await.json(200);
        assert_eq!(ways, json!({ "mail": true }), "no address: it may be one that only the team knows");
        // Nobody sends his own words to strangers through our mailbox.
        client.post(path, to(BUDI)).await.refused(409, "nobody_answered");
        say(&scene, &conversation, "notes", 11, json!({ "text": "rahasia tim", "mention_ids": [] })).await;
        let answer = json!({ "text": "Ya, <sampai> sore", "file_ids": [], "holder": { "kind": "queue" } });
        say(&scene, &conversation, "messages", 12, answer).await;
        client.post(path, to("budi")).await.refused(422, "email_invalid");
        client.post(path, to("a@b.example\r\nBcc: c@d.example")).await.refused(422, "email_invalid");
        assert_eq!(client.post(path, to(BUDI)).await.status.as_u16(), 202);
        scene.test.run_jobs().await;
        let mails = scene.servers.mails(BUDI);
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject.as_deref(), Some("Percakapan Anda dengan Kopi Senja"));
        let text = mails[0].text.clone().expect("words");
        for words in ["Asia/Jakarta", "Anda:\nApakah buka?", "Ayu:\nYa, <sampai> sore", "Ayu bergabung"] {
            assert!(text.replace("\r\n", "\n").contains(words), "{words} in {text}");
        }
        assert!(!text.contains("rahasia"), "{text}");
        let html = mails[0].html.clone().expect("words");
        assert!(html.contains("Ya, &lt;sampai&gt; sore") && html.contains("<b>buka</b>"), "{html}");
        // So often, and no more.
        for address in ["sari@x.example", "sari@x.example"] {
            assert_eq!(client.post(path, to(address)).await.status.as_u16(), 202);
        }
        client.post(path, to("sari@x.example")).await.refused(429, "too_many_requests");
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_busy_is_asked_later_and_one_that_refuses_is_not() {
    on_both(async |scene| {
        let (mut client, conversation) = visitor(&scene).await;
        let answer = json!({ "text": "Ya", "file_ids": [], "holder": { "kind": "queue" } });
        say(&scene, &conversation, "messages", 12, answer).await;
        for address in ["later@x.example", "nobody@x.example"] {
            assert_eq!(client.post("/w/api/v1/transcript", to(address)).await.status.as_u16(), 202);
        }
        assert_eq!(scene.test.run_jobs().await, 2);
        scene.test.advance(10_000);
        assert_eq!(scene.test.run_jobs().await, 1, "the busy one");
        scene.test.advance(7 * 3_600_000);
        assert_eq!(scene.test.run_jobs().await, 1, "for the last time");
        scene.test.advance(7 * 3_600_000);
        assert_eq!(scene.test.run_jobs().await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mailbox_it_is_said_before_anything_is_typed() {
    unconnected_on_both(async |scene| {
        let (mut client, conversation) = visitor(&scene).await;
        let answer = json!({ "text": "Ya", "file_ids": [], "holder": { "kind": "queue" } });
        say(&scene, &conversation, "messages", 12, answer).await;
        assert_eq!(client.get("/w/api/v1/transcript").await.json(200)["mail"], false);
        client.post("/w/api/v1/transcript", to(BUDI)).await.refused(409, "mailbox_missing");
        scene.test.client().get("/w/api/v1/transcript").await.refused(401, "unauthenticated");
    })
    .await;
}
