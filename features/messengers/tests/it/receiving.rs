use crate::{
    scene::{Scene, id, on_both},
    telegram::OTHER_TOKEN,
};
use serde_json::{Value, json};

async fn failed(scene: &Scene) -> Vec<Value> {
    let list = scene.owner.clone().get(&scene.path("failed-updates")).await.json(200);
    list["items"].as_array().expect("items").clone()
}

/// R083, R291
#[tokio::test(flavor = "multi_thread")]
async fn what_a_customer_says_is_kept_before_it_is_answered_and_once() {
    on_both(async |scene| {
        let update = scene.update("message", &scene.message(1, &json!({ "text": "/start promo-7" })));
        scene.push_with("wrong", update.to_string().into_bytes()).await.refused(401, "unauthenticated");
        scene.push(&update).await.json(200);
        // It is on the disk, whoever reads it.
        assert_eq!(scene.push(&update).await.status, 200, "and the same again is nothing new");
        scene.test.run_jobs().await;
        let conversation = scene.conversation().await;
        let item = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!((&item["channel"], &item["contact"]["name"]), (&json!("telegram"), &json!("Budi Santoso")));
        let messages = scene.messages(&conversation).await;
        assert_eq!((messages.len(), &messages[0]["text"]), (1, &json!("/start")));
        assert_eq!(item["visit"]["source"], json!("promo-7"), "how he came is no text");
        assert_eq!(messages[0]["written_at"], json!(testkit::START / 1_000 * 1_000));

        scene.says(2, "Ada?").await;
        assert_eq!(scene.texts(&conversation).await, ["/start", "Ada?"]);
        let health = scene.owner.clone().get(&scene.path("connection")).await.json(200);
        assert_eq!(health["account"]["last_in_at"], json!(testkit::START));
        let path = format!("/hooks/inb_{}", "0".repeat(32));
        scene.test.client().without_origin().post(&path, json!({})).await.refused(404, "not_found");
        // Telegram keeps what it has for an inbox that is switched off.
        let inbox = scene.path("");
        scene.owner.clone().patch(inbox.trim_end_matches('/'), json!({ "enabled": false })).await.json(200);
        scene
            .push(&scene.update("message", &scene.message(3, &json!({ "text": "a" }))))
            .await
            .refused(503, "unavailable");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_come_and_one_that_overtakes_its_message_waits_for_it() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        scene.tells("edited_message", &scene.message(1, &json!({ "text": "Hallo", "edit_date": 1 }))).await;
        let message = scene.messages(&conversation).await[0].clone();
        assert_eq!((&message["text"], &message["earlier"][0]["text"]), (&json!("Hallo"), &json!("Halo")));

        scene.tells("edited_message", &scene.message(2, &json!({ "text": "dua!", "edit_date": 1 }))).await;
        scene.tells("message", &scene.message(2, &json!({ "text": "dua" }))).await;
        assert_eq!(scene.texts(&conversation).await, ["Hallo", "dua"]);
        scene.run_for(6).await;
        assert_eq!(scene.texts(&conversation).await, ["Hallo", "dua!"]);

        scene.tells("edited_message", &scene.message(99, &json!({ "text": "?" }))).await;
        scene.run_for(500).await;
        let failed = failed(&scene).await;
        assert_eq!((failed.len(), &failed[0]["failure"]), (1, &json!("what it is about is not here")));
    })
    .await;
}

/// R299
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_shown_has_a_line_and_what_is_broken_stops_nobody() {
    on_both(async |scene| {
        let broken = json!({ "update_id": 1, "message": { "text": "from nobody" } });
        scene.push(&broken).await.json(200);
        scene.push_with(&scene.telegram.secret(), b"<html>".to_vec()).await.json(200);
        let conversation = scene.says(1, "Halo").await;
        scene.tells("message", &scene.message(2, &json!({ "story": { "id": 3 } }))).await;
        let messages = scene.messages(&conversation).await;
        assert_eq!((&messages[1]["text"], &messages[1]["unsupported"]), (&json!(null), &json!("story")));
        let preview = scene.thread(&conversation).await["item"]["conversation"]["preview"].clone();
        assert_eq!(preview["unsupported"], json!(true));
        scene.tells("message", &scene.message(3, &json!({ "pinned_message": {} }))).await;
        assert_eq!(scene.messages(&conversation).await.len(), 2, "nobody said that");

        let failed = failed(&scene).await;
        assert_eq!(failed.len(), 2);
        assert!(failed.iter().any(|one| one["raw"] == "<html>"), "{failed:?}");
        let path = scene.path(&format!("failed-updates/{}/replay", id(&failed[0]["id"])));
        scene.owner.clone().post(&path, json!({})).await.json(204);
        scene.owner.clone().post(&path, json!({})).await.refused(404, "not_found");
        scene.test.run_jobs().await;
        assert_eq!(self::failed(&scene).await.len(), 2, "it is still not understood");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_fetched_by_the_server_and_an_album_is_one_message() {
    on_both(async |scene| {
        let photo = |number: i64, file: &str, caption: Option<&str>| {
            let photo = json!([{ "file_id": file, "width": 9, "height": 9 }]);
            let mut content = json!({ "photo": photo, "media_group_id": "77" });
            if let Some(caption) = caption {
                content["caption"] = json!(caption);
            }
            scene.message(number, &content)
        };
        scene.tells("message", &photo(1, "a", None)).await;
        let conversation = scene.conversation().await;
        scene.tells("message", &photo(2, "b", Some("Ini ya"))).await;
        scene.tells("message", &photo(3, "gone", None)).await;
        let messages = scene.messages(&conversation).await;
        assert_eq!((messages.len(), &messages[0]["text"]), (1, &json!("Ini ya")));
        let files = messages[0]["files"].as_array().expect("files").clone();
        assert_eq!(files.len(), 3);
        assert_eq!((&files[0]["media_type"], &files[0]["absent"]), (&json!("image/gif"), &json!(null)));
        assert_eq!(files[2]["absent"], json!("not_found"));
        let path = format!("/api/v1/files/{}", id(&files[1]["id"]));
        assert_eq!(scene.owner.clone().get(&path).await.body, crate::telegram::GIF);

        let huge = json!({ "document": { "file_id": "h", "file_name": "film.mkv", "file_size": 30_000_000 } });
        scene.tells("message", &scene.message(4, &huge)).await;
        let file = scene.messages(&conversation).await[1]["files"][0].clone();
        assert_eq!((&file["absent"], &file["name"]), (&json!("too_large"), &json!("film.mkv")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_quoted_presses_are_said_and_a_blocked_contact_is_not_heard() {
    on_both(async |scene| {
        let conversation = scene.says(1, "Halo").await;
        let answer = scene.answer(&conversation, "Teh atau kopi?").await;
        scene.run_for(2).await;
        let reply = json!({ "text": "Kopi", "reply_to_message": { "message_id": 1_001 } });
        scene.tells("message", &scene.message(2, &reply)).await;
        let messages = scene.messages(&conversation).await;
        assert_eq!(messages[2]["quote"]["id"], json!(answer));
        let press = json!({ "id": "q-1", "from": { "id": 42, "first_name": "Budi" }, "data": "Ya",
            "message": { "message_id": 1_001, "chat": { "id": 42, "type": "private" } } });
        scene.tells("callback_query", &press).await;
        assert_eq!(scene.texts(&conversation).await.last(), Some(&json!("Ya")));
        assert!(scene.telegram.said().iter().any(|call| call.method == "answerCallbackQuery"));

        let path = format!("/api/v1/conversations/{conversation}/block");
        scene.owner.clone().put(&path, json!({})).await.json(200);
        let before = scene.texts(&conversation).await.len();
        scene.tells("message", &scene.message(3, &json!({ "text": "Spam" }))).await;
        assert_eq!(scene.texts(&conversation).await.len(), before);
    })
    .await;
}

/// Each bot counts its messages from one, so a number says nothing without the bot.
#[tokio::test(flavor = "multi_thread")]
async fn another_bot_in_the_place_of_one_loses_nothing() {
    on_both(async |scene| {
        let conversation = scene.says(7, "Halo").await;
        let other = json!({ "way": "webhook", "token": OTHER_TOKEN, "address": scene.telegram.address });
        scene.connect(other).await.json(200);
        assert_eq!(scene.says(7, "Buka?").await, conversation);
        assert_eq!(scene.texts(&conversation).await, [json!("Halo"), json!("Buka?")]);
    })
    .await;
}
