//! What a visitor is asked before his first message, on both engines.

use crate::scene::{Scene, entry_id, on_both};
use serde_json::{Value, json};
use testkit::Answer;

async fn ask(scene: &Scene, pre_chat: Value) -> Value {
    let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
    let mut website = owner.get(&inbox).await.json(200)["website"].clone();
    website["pre_chat"] = pre_chat;
    owner.patch(&inbox, json!({ "website": website })).await.json(200)["website"]["pre_chat"].clone()
}

async fn enter(scene: &Scene, answers: Value) -> Answer {
    let asked = json!({ "inbox_id": scene.inbox, "origin": "https://shop.test", "locale": "id", "answers": answers });
    scene.anonymous().post("/w/api/v1/visitors", asked).await
}

async fn count(scene: &Scene, sql: &'static db::Sql) -> i64 {
    let workspace = scene.workspace(&mut scene.owner.clone()).await;
    let counted = scene.test.app.read(workspace, move |tx| {
        Box::pin(async move { Ok(tx.first(sql, &[]).await?.expect("a row").get::<i64>("n")?) })
    });
    counted.await.expect("a number")
}

/// R012
#[tokio::test(flavor = "multi_thread")]
async fn the_answers_reach_the_desk_with_the_first_message() {
    on_both(async |scene| {
        ask(&scene, json!({ "name": "required", "email": "optional" })).await;
        let config = scene.anonymous().get(&format!("/w/api/v1/inboxes/{}", scene.inbox)).await.json(200);
        assert_eq!((&config["pre_chat"]["name"], &config["pre_chat"]["phone"]), (&json!("required"), &json!("off")));
        let answers = json!({ "name": " Sari\u{202e} Dewi ", "email": "sari@shop.test", "phone": "0812345678" });
        let token = enter(&scene, answers).await.json(201)["token"].as_str().expect("a token").to_owned();
        let mut client = scene.test.client().with_bearer(&token);
        let message = json!({ "id": entry_id(1), "text": "hello", "file_ids": [] });
        let ack = client.post("/w/api/v1/messages", message).await.json(201);
        let id = ack["conversation_id"].as_str().expect("an id");
        let thread = scene.thread(&mut scene.owner.clone(), id).await;
        let contact = &thread["item"]["conversation"]["contact"];
        assert_eq!((&contact["name"], &contact["email"]), (&json!("Sari Dewi"), &json!("sari@shop.test")));
        assert_eq!(contact["phone"], json!(null), "nobody asked for it");
        assert_eq!(thread["entries"][1]["author"]["name"], "Sari Dewi");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_what_is_demanded_nothing_about_the_visitor_is_stored() {
    on_both(async |scene| {
        let text = json!({
            "name": "required", "phone": "optional", "email": "optional",
            "consent_text": "We keep your words.", "consent_link": "https://shop.test/privacy",
        });
        assert_eq!(ask(&scene, text).await["consent_version"], 1);
        for (answers, field) in [
            (json!({}), "consent"),
            (json!({ "name": "Sari" }), "consent"),
            (json!({ "consent_version": 1 }), "name"),
            (json!({ "consent_version": 1, "name": "  " }), "name"),
        ] {
            assert_eq!(enter(&scene, answers).await.refused(422, "pre_chat_incomplete")["field"], field);
        }
        let with = |more: Value| {
            let mut answers = json!({ "consent_version": 1, "name": "Sari" });
            answers.as_object_mut().expect("answers").extend(more.as_object().expect("more").clone());
            answers
        };
        enter(&scene, with(json!({ "consent_version": 2 }))).await.refused(409, "consent_outdated");
        enter(&scene, with(json!({ "email": "no address" }))).await.refused(422, "email_invalid");
        enter(&scene, with(json!({ "phone": "call me" }))).await.refused(422, "phone_invalid");
        enter(&scene, with(json!({ "name": "x".repeat(101) }))).await.refused(422, "visitor_name_invalid");
        enter(&scene, with(json!({ "vip": true }))).await.refused(400, "invalid_body");
        assert_eq!(count(&scene, db::sql!("SELECT COUNT(*) AS n FROM contacts")).await, 0);
        assert_eq!(count(&scene, db::sql!("SELECT COUNT(*) AS n FROM visitors")).await, 0);
        enter(&scene, with(json!({}))).await.json(201);
        assert_eq!(count(&scene, db::sql!("SELECT COUNT(*) AS n FROM consents")).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_is_kept_with_its_time_and_its_words() {
    on_both(async |scene| {
        ask(&scene, json!({ "consent_text": "We keep your words.", "consent_link": "https://shop.test/a" })).await;
        let token = enter(&scene, json!({ "consent_version": 1 })).await.json(201)["token"].clone();
        let agreed_at = scene.test.app.clock.now();
        scene.test.advance(60_000);
        let changed = ask(&scene, json!({ "consent_text": "We keep them longer.", "consent_version": 1 })).await;
        assert_eq!(changed["consent_version"], 2);
        let mut client = scene.test.client().with_bearer(token.as_str().expect("a token"));
        let message = json!({ "id": entry_id(1), "text": "hello", "file_ids": [] });
        let ack = client.post("/w/api/v1/messages", message).await.json(201);
        let path = format!("/api/v1/conversations/{}/consents", ack["conversation_id"].as_str().expect("an id"));
        let list = scene.owner.clone().get(&path).await.json(200);
        let expected = json!({
            "at": agreed_at, "version": 1, "text": "We keep your words.", "link": "https://shop.test/a",
        });
        assert_eq!(list["items"], json!([expected]));
        scene.agent("budi").await.get(&path).await.json(200);
        scene.member("tomo", "agent", false).await.get(&path).await.refused(404, "not_found");
        client.get(&path).await.refused(401, "unauthenticated");
    })
    .await;
}
