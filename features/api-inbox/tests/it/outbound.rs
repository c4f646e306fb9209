use crate::scene::{Scene, Told, id, on_both};
use outbound::{Secret, sign};
use serde_json::{Value, json};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

async fn secret(scene: &Scene) -> String {
    id(&scene.owner.clone().get(&scene.path("webhook")).await.json(200)["secret"])
}

fn signed_with(told: &Told, secret: &str) -> bool {
    let secret = Secret::parse(secret).expect("a secret");
    let right = sign(&[secret], &told.id, told.timestamp, &told.raw);
    told.signature.split(' ').any(|one| one == right)
}

fn kinds(told: &[Told]) -> Vec<String> {
    told.iter().map(|told| id(&told.body["type"])).collect()
}

/// The texts of messages, in the order in which they were told.
fn texts(told: &[Told]) -> Vec<Value> {
    told.iter().map(|told| told.body["data"]["message"]["text"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_told_signed_and_gets_its_tick() {
    on_both(async |scene| {
        let posted = scene
            .try_post(json!({
                "contact": { "external_id": "budi" }, "conversation_ref": "order-7",
                "message": { "external_id": "m-1", "text": "Halo" },
            }))
            .await
            .json(201);
        let conversation = id(&posted["conversation_id"]);
        assert_eq!(scene.test.run_jobs().await, 0, "whoever wrote it knows it");
        let answer = scene.answer(&conversation, "Halo kak").await;
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("queued"), json!(null)));
        scene.test.run_jobs().await;
        let told = scene.receiver.got();
        assert_eq!(kinds(&told), ["message.created"]);
        assert_eq!(
            told[0].body,
            json!({
                "type": "message.created", "timestamp": "2025-11-20T13:20:00Z",
                "data": {
                    "inbox_id": scene.inbox,
                    "contact": { "id": posted["contact_id"], "external_id": "budi" },
                    "conversation": { "id": conversation, "ref": "order-7", "status": "open" },
                    "message": {
                        "id": answer, "position": 4, "created_at": testkit::START, "edited_at": null,
                        "text": "Halo kak", "card": null, "attachments": [], "reply_to": null, "author": "Ayu",
                    },
                },
            })
        );
        assert!(told[0].id.starts_with("out_"));
        assert_eq!(told[0].timestamp, testkit::START / 1_000);
        assert!(signed_with(&told[0], &secret(&scene).await));
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("sent"), json!(null)));
        assert_eq!(scene.test.run_jobs().await, 0, "once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_told_whole_and_as_text() {
    on_both(async |scene| {
        let conversation = id(&scene.post("budi", "Halo").await["conversation_id"]);
        let holder = scene.thread(&conversation).await["item"]["conversation"]["holder"].clone();
        let card = json!({
            "kind": "offer", "url": "https://kopi.example", "title": "Gayo", "text": null, "price": "Rp 9",
            "picture": null,
        });
        let message =
            json!({ "id": format!("ent_{}", "2".repeat(32)), "text": "Look", "card": card, "holder": holder });
        let path = format!("/api/v1/conversations/{conversation}/messages");
        scene.owner.clone().post(&path, message).await.json(201);
        scene.test.run_jobs().await;
        let told = &scene.receiver.got()[0].body["data"]["message"];
        assert_eq!(told["text"], "Look\n\nGayo\nhttps://kopi.example");
        let mut expected = card;
        expected["beside"] = json!("Look");
        assert_eq!(told["card"], expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_secrets_sign_while_one_is_replaced() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let old = secret(&scene).await;
        let new = id(&scene.owner.clone().post(&scene.path("webhook/secret"), json!({})).await.json(200)["secret"]);
        scene.answer(&conversation, "one").await;
        scene.test.run_jobs().await;
        scene.test.advance(25 * HOUR_MS);
        scene.answer(&conversation, "two").await;
        scene.test.run_jobs().await;
        let told = scene.receiver.got();
        assert!(signed_with(&told[0], &old) && signed_with(&told[0], &new));
        assert!(!signed_with(&told[1], &old) && signed_with(&told[1], &new));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_removals_and_closings_are_told_and_nothing_else() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let one = format!("/api/v1/conversations/{conversation}");
        let mut owner = scene.owner.clone();
        let answer = scene.answer(&conversation, "Halo kaka").await;
        let note = json!({ "id": format!("ent_{}", "1".repeat(32)), "text": "for us", "mention_ids": [] });
        owner.post(&format!("{one}/notes"), note).await.json(201);
        let tag = owner.post("/api/v1/tags", json!({ "name": "difficult", "color": "red" })).await.json(201);
        owner.put(&format!("{one}/tags/{}", id(&tag["id"])), json!({})).await.json(200);
        owner.patch(&format!("{one}/entries/{answer}"), json!({ "text": "Halo kakak" })).await.json(200);
        owner.put(&format!("{one}/closure"), json!({ "reason": "solved", "note": "well" })).await.json(200);
        owner.delete(&format!("{one}/closure")).await.json(200);
        owner.delete(&format!("{one}/entries/{answer}")).await.json(200);
        scene.test.run_jobs().await;
        let told = scene.receiver.got();
        // What was removed before it left is not said any more.
        let expected = ["message.updated", "conversation.closed", "conversation.reopened", "message.removed"];
        assert_eq!(kinds(&told), expected);
        let bodies = format!("{:?}", told.iter().map(|told| &told.body).collect::<Vec<_>>());
        assert!(!bodies.contains("for us") && !bodies.contains("difficult") && !bodies.contains("tag_"));
        assert_eq!(texts(&told), vec![json!(null); 4]);
        assert_eq!(told[1].body["data"]["message"], json!(null));

        scene.answer(&conversation, "Again").await;
        scene.test.run_jobs().await;
        assert_eq!(texts(&scene.receiver.got()), ["Again"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_tried_again_in_order_and_holds_up_no_other_conversation_for_long() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        scene.receiver.answers(500);
        let first = scene.answer(&conversation, "one").await;
        let second = scene.answer(&conversation, "two").await;
        scene.test.run_jobs().await;
        let told = scene.receiver.got();
        assert_eq!(texts(&told), ["one"], "the second waits for the first");
        assert_eq!(scene.delivery(&conversation, &first).await.0, json!("queued"));
        let health = scene.owner.clone().get(&scene.path("webhook")).await.json(200);
        assert_eq!((&health["last_failure"], &health["last_ok_at"]), (&json!("500"), &json!(null)));

        let other = json!({ "contact": { "external_id": "siti" }, "message": { "external_id": "s-1", "text": "Hai" } });
        let other = id(&scene.try_post(other).await.json(201)["conversation_id"]);
        scene.answer(&other, "other").await;
        scene.test.run_jobs().await;
        assert_eq!(texts(&scene.receiver.got()), json!([]).as_array().expect("a list").clone(), "it is left alone");

        scene.receiver.answers(204);
        scene.test.advance(8_000);
        scene.test.run_jobs().await;
        let again = scene.receiver.got();
        let mut said = texts(&again);
        said.retain(|text| text != "other");
        assert_eq!(said, ["one", "two"]);
        assert_eq!(again.len(), 3, "and the other conversation's");
        let same = again.iter().find(|told| told.body["data"]["message"]["text"] == "one").expect("the first");
        assert_eq!(same.id, told[0].id, "the same id at each try");
        assert_eq!(scene.delivery(&conversation, &second).await.0, json!("sent"));
    })
    .await;
}

/// R195, R196
#[tokio::test(flavor = "multi_thread")]
async fn after_eight_tries_it_says_so_and_a_person_sends_it_again() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        scene.receiver.answers(503);
        let answer = scene.answer(&conversation, "one").await;
        for _ in 0..9 {
            scene.test.run_jobs().await;
            scene.test.advance(25 * HOUR_MS);
        }
        assert_eq!(scene.receiver.got().len(), 8);
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("failed"), json!("webhook_failed")));
        assert_eq!(scene.entry(&conversation, &answer).await["failure_detail"], json!("503"));
        let stopped = scene.owner.clone().get(scene.path("").trim_end_matches('/')).await.json(200);
        assert_eq!(stopped["api"]["stopped"]["reason"], json!("failing"), "nothing arrived for days");

        let retry = format!("/api/v1/conversations/{conversation}/entries/{answer}/retry");
        let mut owner = scene.owner.clone();
        assert_eq!(owner.post(&retry, json!({})).await.json(200)["delivery"], json!("queued"));
        owner.post(&retry, json!({})).await.refused(409, "not_failed");
        scene.test.run_jobs().await;
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("failed"), json!("webhook_stopped")));

        owner.delete(&scene.path("webhook/stop")).await.json(200);
        scene.receiver.answers(200);
        owner.post(&retry, json!({})).await.json(200);
        scene.test.run_jobs().await;
        let told = scene.receiver.got();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].body["data"]["message"]["id"], json!(answer), "the same message");
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("sent"), json!(null)));
        assert_eq!(scene.texts(&conversation).await, ["Halo", "one"], "it kept its place");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_took_who_never_came_back_is_sent_after_a_moment() {
    on_both(async |scene| {
        let posted = scene.post("m-1", "Halo").await;
        let conversation = id(&posted["conversation_id"]);
        let answer = scene.answer(&conversation, "one").await;
        let me = scene.owner.clone().get("/api/v1/me").await.json(200);
        let workspace = me["workspace"]["id"].as_str().expect("an id").parse().expect("a workspace's id");
        let taken = conversation.parse().expect("an id");
        let claimed = scene
            .test
            .app
            .write(workspace, move |tx| Box::pin(async move { conversations::claim(tx, taken).await }))
            .await;
        assert!(matches!(claimed, Ok(conversations::Claim::Taken(_))));
        scene.test.run_jobs().await;
        assert!(scene.receiver.got().is_empty(), "it is on its way, for all we know");
        scene.test.advance(conversations::TAKEN_MS);
        scene.test.run_jobs().await;
        assert_eq!(texts(&scene.receiver.got()), ["one"]);
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("sent"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_sent_again_is_not_read_because_a_later_one_was_and_is_told_once() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        scene.receiver.answers(500);
        let first = scene.answer(&conversation, "one").await;
        scene.test.run_jobs().await;
        // The other side took it, said that it failed, and its answer was lost.
        let mut system = scene.system.clone();
        let status = scene.path(&format!("messages/{first}/status"));
        system.post(&status, json!({ "status": "failed", "error": "no such number" })).await.json(200);
        scene.receiver.answers(200);
        let second = scene.answer(&conversation, "two").await;
        scene.test.advance(HOUR_MS);
        scene.test.run_jobs().await;
        assert_eq!(scene.delivery(&conversation, &second).await.0, json!("sent"));
        scene.receiver.got();
        system.put(&scene.path("read"), json!({ "contact": "budi", "message": second })).await.json(204);
        assert_eq!(scene.delivery(&conversation, &second).await.0, json!("read"));
        let retry = format!("/api/v1/conversations/{conversation}/entries/{first}/retry");
        assert_eq!(scene.owner.clone().post(&retry, json!({})).await.json(200)["delivery"], json!("queued"));
        assert_eq!(scene.delivery(&conversation, &first).await.0, json!("queued"));
        scene.test.run_jobs().await;
        assert_eq!(texts(&scene.receiver.got()), ["one"], "once");
        assert_ne!(scene.delivery(&conversation, &first).await.0, json!("queued"));
    })
    .await;
}

/// R113
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_customer_who_is_blocked_meanwhile_is_not_sent() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let answer = scene.answer(&conversation, "one").await;
        let block = format!("/api/v1/conversations/{conversation}/block");
        scene.owner.clone().put(&block, json!({})).await.json(200);
        scene.test.run_jobs().await;
        assert!(scene.receiver.got().is_empty());
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("failed"), json!("contact_blocked")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn gone_stops_the_webhook() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        scene.receiver.answers(410);
        let first = scene.answer(&conversation, "one").await;
        let second = scene.answer(&conversation, "two").await;
        scene.test.run_jobs().await;
        assert_eq!(scene.receiver.got().len(), 1, "no second word");
        for answer in [first, second] {
            assert_eq!(scene.delivery(&conversation, &answer).await, (json!("failed"), json!("webhook_stopped")));
        }
        let inbox = scene.owner.clone().get(scene.path("").trim_end_matches('/')).await.json(200);
        assert_eq!(inbox["api"]["stopped"]["reason"], json!("gone"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_address_nothing_pretends_to_arrive() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let mut owner = scene.owner.clone();
        let inbox = scene.path("").trim_end_matches('/').to_owned();
        owner.patch(&inbox, json!({ "api": { "webhook_url": null } })).await.json(200);
        let answer = scene.answer(&conversation, "one").await;
        scene.test.run_jobs().await;
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("failed"), json!("webhook_missing")));
        assert!(scene.receiver.got().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_has_no_outbox() {
    on_both(async |scene| {
        let website = json!({ "title": "Kopi", "greeting": "Halo!", "color": "#0b6e69", "allowed_origins": [] });
        let shop = scene.owner.clone().post("/api/v1/inboxes", json!({ "name": "Shop", "website": website })).await;
        let mut stranger = scene.test.client().without_origin().with_bearer(&scene.token);
        let path = format!("/api/v1/inboxes/{}/messages", id(&shop.json(201)["id"]));
        let body = json!({ "contact": { "external_id": "budi" }, "message": { "external_id": "m-1", "text": "Halo" } });
        stranger.post(&path, body).await.refused(404, "not_found");
    })
    .await;
}
