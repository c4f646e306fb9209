use crate::{
    scene::{on_both, unconnected_on_both},
    telegram::TOKEN,
};
use db::{params, sql};
use ids::{Uuid, WorkspaceId};
use messengers::poll_all;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_says_whose_it_is_and_is_shown_to_nobody_again() {
    unconnected_on_both(async |scene| {
        let (mut owner, address) = (scene.owner.clone(), scene.telegram.address.clone());
        let before = owner.get(&scene.path("connection")).await.json(200);
        assert_eq!(before, json!({ "account": null, "webhook_possible": true, "failed_updates": 0 }));
        let wrong = json!({ "token": "7001:other", "way": "polling", "address": address });
        scene.connect(wrong).await.refused(422, "channel_token_refused");
        let nowhere = json!({ "token": TOKEN, "way": "polling", "address": "http://127.0.0.1:1" });
        scene.connect(nowhere).await.refused(422, "channel_unreachable");
        let odd = json!({ "token": TOKEN, "way": "polling", "address": "ftp://a.example" });
        scene.connect(odd).await.refused(422, "channel_address_invalid");
        scene.connect(json!({ "way": "polling" })).await.refused(422, "channel_token_refused");

        let right = json!({ "token": format!(" {TOKEN}\n"), "way": "webhook", "address": address });
        let answer = scene.connect(right).await;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        let account = answer.json(200)["account"].clone();
        assert_eq!((&account["way"], &account["token_opens"]), (&json!("webhook"), &json!(true)));
        assert_eq!(account["token_set_at"], json!(testkit::START));
        let inbox = owner.get(scene.path("").trim_end_matches('/')).await.json(200);
        let messenger = json!({ "account": { "name": "Kopi Senja", "username": "@kopi_bot" } });
        assert_eq!((&inbox["channel"], &inbox["messenger"]), (&json!("telegram"), &messenger));
        assert_eq!((&inbox["starting"], &inbox["limits"]["text_length"]), (&json!("known"), &json!(4_096)));
        assert!(!text.contains("geheim") && !inbox.to_string().contains("geheim"));
        let set = &scene.telegram.calls("setWebhook")[0];
        assert_eq!(set["url"], json!(format!("{}/hooks/{}", testkit::ORIGIN, scene.inbox)));
        assert!(set["secret_token"].as_str().is_some_and(|secret| secret.len() > 30));

        // The database alone opens nothing.
        let sealed = scene.test.app.read(WorkspaceId(Uuid::nil()), |tx| {
            Box::pin(async move {
                let row = tx.first(sql!("SELECT token, secret_hash FROM messenger_accounts"), &params![]).await?;
                let row = row.expect("an account");
                Ok((row.get::<Vec<u8>>("token")?, row.get::<Vec<u8>>("secret_hash")?))
            })
        });
        let (token, secret) = sealed.await.expect("the row");
        assert!(!String::from_utf8_lossy(&token).contains("geheim") && secret.len() == 32);

        let checked = owner.post(&scene.path("connection/check"), json!({})).await.json(200);
        assert_eq!((&checked["username"], &checked["right_way"]), (&json!("@kopi_bot"), &json!(true)));
        // The way is changed without the token being given again, and to no other server.
        let account = scene.connect(json!({ "way": "polling" })).await.json(200)["account"].clone();
        assert_eq!(account["way"], json!("polling"));
        let lured = json!({ "way": "polling", "address": "http://127.0.0.1:9" });
        scene.connect(lured).await.refused(422, "channel_token_refused");

        let second = json!({ "name": "Other", "messenger": { "channel": "telegram" } });
        let second = owner.post("/api/v1/inboxes", second).await.json(201);
        let path = format!("/api/v1/inboxes/{}/connection", second["id"].as_str().expect("an id"));
        let body = json!({ "token": TOKEN, "way": "polling", "address": address });
        assert_eq!(owner.put(&path, body).await.refused(409, "account_taken")["inbox"], json!("Bot"));

        owner.delete(&scene.path("connection")).await.json(204);
        owner.delete(&scene.path("connection")).await.refused(404, "not_found");
        assert_eq!(owner.get(&scene.path("connection")).await.json(200)["account"], json!(null));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_are_asked_for_once_and_confirmed_when_they_are_kept() {
    on_both(async |scene| {
        let body = json!({ "way": "polling" });
        scene.connect(body).await.json(200);
        scene.telegram.holds(scene.update("message", &scene.message(1, &json!({ "text": "one" }))));
        scene.telegram.holds(scene.update("message", &scene.message(2, &json!({ "text": "two" }))));
        assert_eq!(poll_all(&scene.test.app).await.expect("updates"), 2);
        scene.test.run_jobs().await;
        let conversation = scene.conversation().await;
        assert_eq!(scene.texts(&conversation).await, ["one", "two"]);
        assert_eq!(poll_all(&scene.test.app).await.expect("none"), 0, "they were confirmed");
        let asked = scene.telegram.calls("getUpdates");
        assert_eq!((&asked[0]["offset"], &asked[1]["offset"]), (&json!(null), &json!(502)));
        assert_eq!(asked[0]["allowed_updates"].as_array().map(Vec::len), Some(5));

        // The same again, as after a crash before it was confirmed, is nothing new.
        let again = json!({ "update_id": 501, "message": scene.message(2, &json!({ "text": "two" })) });
        scene.telegram.holds(again);
        let node = scene.test.beside().await;
        let both = tokio::join!(poll_all(&scene.test.app), poll_all(&node.app));
        assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
        scene.test.run_jobs().await;
        assert_eq!(scene.texts(&conversation).await, ["one", "two"]);
        // Nobody pushes to an inbox that asks.
        scene.push_with("secret", b"{}".to_vec()).await.refused(404, "not_found");
    })
    .await;
}
