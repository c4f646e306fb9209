//! What an inbox says to visitors of other languages, on both engines.

use crate::scene::{Scene, on_both};
use serde_json::{Value, json};

async fn config(scene: &Scene, language: &str) -> Value {
    let path = format!("/w/api/v1/inboxes/{}{language}", scene.inbox);
    scene.anonymous().get(&path).await.json(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_reads_what_was_written_for_him_in_his_language() {
    on_both(async |scene| {
        let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
        let greeting = json!({ "text": "Need help?", "text_in": { "id": "Perlu bantuan?" }, "page": "",
            "after_seconds": 5, "only_open": false });
        let website = json!({
            "greeting": "Hello!",
            "greeting_in": { "id": " Halo! ", "en": " " },
            "greetings": [greeting],
            "pre_chat": { "consent_text": "We keep your words.", "consent_text_in": { "id": "Kami simpan." } },
        });
        let stored = owner.patch(&inbox, json!({ "website": website })).await.json(200)["website"].clone();
        assert_eq!(stored["greeting_in"], json!({ "id": "Halo!" }));

        let said = |config: &Value| {
            [&config["greeting"], &config["greetings"][0]["text"], &config["pre_chat"]["consent_text"]]
                .map(|text| text.as_str().expect("words").to_owned())
        };
        let (english, indonesian) = (
            ["Hello!", "Need help?", "We keep your words."].map(str::to_owned),
            ["Halo!", "Perlu bantuan?", "Kami simpan."].map(str::to_owned),
        );
        for (language, expected) in [
            ("", &english),
            ("?language=en-GB", &english),
            ("?language=fr", &english),
            ("?language=id-ID", &indonesian),
        ] {
            assert_eq!(said(&config(&scene, language).await), *expected, "{language}");
        }
        owner.patch("/api/v1/workspace", json!({ "locale": "id" })).await.json(200);
        assert_eq!(said(&config(&scene, "?language=fr").await), indonesian, "what the workspace speaks");

        // What he read is what he agreed to.
        let asked = json!({ "inbox_id": scene.inbox, "origin": "https://shop.test", "locale": "id",
            "answers": { "consent_version": 1 } });
        let made = scene.anonymous().post("/w/api/v1/visitors", asked).await.json(201);
        let mut visitor = scene.visitor_with(made["token"].as_str().expect("a token"));
        let id = visitor.write("halo").await["conversation_id"].as_str().expect("an id").to_owned();
        let given = owner.get(&format!("/api/v1/conversations/{id}/consents")).await.json(200);
        assert_eq!(given["items"][0]["text"], "Kami simpan.");

        let long = json!({ "website": { "greeting_in": { "id": "x".repeat(301) } } });
        owner.patch(&inbox, long).await.refused(422, "website_greeting_invalid");
        owner.patch(&inbox, json!({ "website": { "greeting_in": { "xx": "?" } } })).await.refused(400, "invalid_body");
    })
    .await;
}
