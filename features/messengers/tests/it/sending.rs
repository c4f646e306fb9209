use crate::{
    scene::{Scene, on_both},
    telegram::{Call, GIF},
};
use serde_json::{Value, json};

fn texts(calls: &[Call]) -> Vec<Value> {
    calls.iter().map(|call| call.said["text"].clone()).collect()
}

fn methods(calls: &[Call]) -> Vec<&str> {
    calls.iter().map(|call| call.method.as_str()).collect()
}

/// R191, R192, R198
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_leaves_once_and_is_sent_and_no_more() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        let answer = scene.answer(&conversation, "*Halo* kak").await;
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("queued"), json!(null)));
        scene.test.run_jobs().await;
        let said = scene.telegram.said();
        assert_eq!(methods(&said), ["sendMessage"]);
        assert_eq!((&said[0].said["chat_id"], &said[0].said["text"]), (&json!("42"), &json!("Halo kak")));
        assert_eq!(said[0].said["entities"][0]["type"], json!("bold"));
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("sent"), json!(null)));
        scene.run_for(60).await;
        assert!(scene.telegram.said().is_empty(), "once");
        let health = scene.owner.clone().get(&scene.path("connection")).await.json(200);
        assert_eq!(health["account"]["last_sent_at"], json!(testkit::START));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_hears_one_message_a_second_in_the_order_of_the_thread() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        for text in ["one", "two", "three"] {
            scene.answer(&conversation, text).await;
        }
        scene.test.run_jobs().await;
        assert_eq!(texts(&scene.telegram.said()), ["one"]);
        scene.run_for(1).await;
        assert_eq!(texts(&scene.telegram.said()), ["two"]);
        scene.run_for(1).await;
        assert_eq!(texts(&scene.telegram.said()), ["three"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_says_how_long_to_wait_and_trouble_passes() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        let rate = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": { "retry_after": 14 } });
        scene.telegram.answers(429, &rate);
        let answer = scene.answer(&conversation, "one").await;
        let after = scene.answer(&conversation, "two").await;
        scene.run_for(13).await;
        assert_eq!(texts(&scene.telegram.said()), ["one"], "not a second too early");
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("queued"));
        scene.telegram.answers(502, &json!({ "ok": false, "error_code": 502, "description": "Bad Gateway" }));
        scene.run_for(6).await;
        assert_eq!(texts(&scene.telegram.said()), ["one", "one", "two"]);
        assert_eq!(scene.delivery(&conversation, &after).await.0, json!("sent"));
    })
    .await;
}

/// R195, R196, C16
#[tokio::test(flavor = "multi_thread")]
async fn what_never_arrives_says_why() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        let refuse = |code: u16, description: &str| {
            let body = json!({ "ok": false, "error_code": code, "description": description });
            scene.telegram.answers(code, &body);
        };
        refuse(400, "Bad Request: message is too long");
        let refused = scene.answer(&conversation, "one").await;
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &refused).await, (json!("failed"), json!("channel_refused")));
        assert_eq!(scene.entry(&conversation, &refused).await["failure_detail"], "Bad Request: message is too long");

        refuse(403, "Forbidden: bot was blocked by the user");
        let blocked = scene.answer(&conversation, "two").await;
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &blocked).await, (json!("failed"), json!("channel_blocked")));
        scene.telegram.said();
        let also = scene.answer(&conversation, "three").await;
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &also).await.1, json!("channel_blocked"));
        assert!(scene.telegram.said().is_empty(), "he was not bothered again");

        // He came back.
        let member = json!({ "chat": { "id": 42, "type": "private" }, "from": { "id": 42, "first_name": "Budi" },
            "new_chat_member": { "status": "member" } });
        scene.tells("my_chat_member", &member).await;
        let retry = format!("/api/v1/conversations/{conversation}/entries/{also}/retry");
        scene.owner.clone().post(&retry, json!({})).await.json(200);
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &also).await, (json!("sent"), json!(null)));

        refuse(401, "Unauthorized");
        let revoked = scene.answer(&conversation, "four").await;
        scene.run_for(2).await;
        assert_eq!(scene.delivery(&conversation, &revoked).await.0, json!("queued"), "until somebody mends it");
        let health = scene.owner.clone().get(&scene.path("connection")).await.json(200);
        assert_eq!(health["account"]["last_error"], json!("token"));
        assert!(health["account"]["broken_at"].is_i64());
        scene.run_for(700).await;
        assert_eq!(scene.delivery(&conversation, &revoked).await.0, json!("sent"), "it is tried now and then");

        scene.owner.clone().delete(&scene.path("connection")).await.json(204);
        let alone = scene.answer(&conversation, "five").await;
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &alone).await.1, json!("channel_missing"));
    })
    .await;
}

/// C16
#[tokio::test(flavor = "multi_thread")]
async fn what_may_have_arrived_is_left_to_a_person() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        scene.telegram.answers_nonsense(200);
        let answer = scene.answer(&conversation, "one").await;
        let after = scene.answer(&conversation, "two").await;
        scene.run_for(600).await;
        assert_eq!(texts(&scene.telegram.said()), ["one", "two"], "never blindly again");
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("uncertain"), json!("uncertain")));
        assert_eq!(scene.delivery(&conversation, &after).await.0, json!("sent"));
        let retry = format!("/api/v1/conversations/{conversation}/entries/{answer}/retry");
        scene.owner.clone().post(&retry, json!({})).await.json(200);
        scene.run_for(1).await;
        assert_eq!(texts(&scene.telegram.said()), ["one"]);
        assert_eq!(scene.delivery(&conversation, &answer).await, (json!("sent"), json!(null)));
        scene.owner.clone().post(&retry, json!({})).await.refused(409, "not_failed");
    })
    .await;
}

/// A sender that was lost in the middle, as with a machine that stops: the row is taken, and nobody comes back.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_lost_in_the_middle_leaves_what_he_had_uncertain() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        let answer = scene.answer(&conversation, "one").await;
        let id = conversation.parse().expect("an id");
        let workspace = workspace(&scene).await;
        let claimed = scene.test.app.write(workspace, move |tx| Box::pin(conversations::claim(tx, id))).await;
        assert!(matches!(claimed, Ok(conversations::Claim::Taken(_))));
        scene.run_for(60).await;
        assert!(scene.telegram.said().is_empty());
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("uncertain"));
    })
    .await;
}

async fn workspace(scene: &Scene) -> ids::WorkspaceId {
    let me = scene.owner.clone().get("/api/v1/me").await.json(200);
    me["workspace"]["id"].as_str().expect("an id").parse().expect("an id")
}

#[tokio::test(flavor = "multi_thread")]
async fn files_cards_and_quotes_go_as_what_they_are() {
    on_both(async |scene| {
        let conversation = scene.says(7, "Halo").await;
        let quoted = scene.messages(&conversation).await[0]["id"].clone();
        let [one, two, three] =
            [scene.upload("a.gif", GIF).await, scene.upload("b.gif", GIF).await, scene.upload("c.txt", b"teks").await];
        let body = json!({ "text": "Ini", "file_ids": [one], "quote": quoted });
        scene.try_answer(&conversation, body).await.1.json(201);
        scene.test.run_jobs().await;
        let said = scene.telegram.said();
        assert_eq!(methods(&said), ["sendAnimation"]);
        let form = said[0].said.as_str().expect("a form").to_owned();
        for part in ["name=\"caption\"\r\n\r\nIni\r\n", "name=\"animation\"; filename=\"a.gif\"", "\"message_id\":7"] {
            assert!(form.contains(part), "{part} in {form}");
        }

        let body = json!({ "text": "Dua", "file_ids": [two, three] });
        let (answer, _) = scene.try_answer(&conversation, body).await;
        scene.run_for(2).await;
        assert_eq!(methods(&scene.telegram.said()), ["sendMessage", "sendAnimation"], "one a second");
        // The last one fails for now; what has arrived is not said again.
        scene.telegram.answers(502, &json!({ "ok": false, "error_code": 502, "description": "Bad Gateway" }));
        scene.run_for(6).await;
        assert_eq!(methods(&scene.telegram.said()), ["sendDocument", "sendDocument"]);
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("sent"));

        let card = json!({ "kind": "link", "url": "https://kopi.example", "title": "Gayo", "text": null, "price": null, "picture": null });
        scene.try_answer(&conversation, json!({ "card": card })).await.1.json(201);
        scene.run_for(2).await;
        let said = scene.telegram.said();
        assert_eq!(said[0].said["text"], json!("Gayo"));
        assert_eq!(said[0].said["reply_markup"]["inline_keyboard"][0][0]["url"], json!("https://kopi.example"));
        let long = "é".repeat(4_097);
        let refused = scene.try_answer(&conversation, json!({ "text": long })).await.1.refused(422, "text_too_long");
        assert_eq!((&refused["max"], &refused["length"]), (&json!(2_000), &json!(4_097)));
        scene.owner.clone().patch("/api/v1/workspace", json!({ "message_characters": 9_000 })).await.json(200);
        let pairs = "🙏".repeat(2_049);
        let refused = scene.try_answer(&conversation, json!({ "text": pairs })).await.1.refused(422, "text_too_long");
        assert_eq!((&refused["max"], &refused["length"]), (&json!(4_096), &json!(4_098)), "in the channel's unit");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_and_removals_reach_him() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        let answer = scene.answer(&conversation, "Halo kaka").await;
        scene.test.run_jobs().await;
        scene.telegram.said();
        let path = format!("/api/v1/conversations/{conversation}/entries/{answer}");
        scene.owner.clone().patch(&path, json!({ "text": "Halo kakak" })).await.json(200);
        scene.run_for(1).await;
        let said = scene.telegram.said();
        assert_eq!(methods(&said), ["editMessageText"]);
        assert_eq!((&said[0].said["message_id"], &said[0].said["text"]), (&json!(1_001), &json!("Halo kakak")));
        scene.owner.clone().delete(&path).await.json(200);
        scene.run_for(1).await;
        let said = scene.telegram.said();
        assert_eq!((methods(&said), &said[0].said["message_id"]), (vec!["deleteMessage"], &json!(1_001)));
    })
    .await;
}
