use crate::scene::{self, PASSWORD, credentials, features};
use serde_json::{Value, json};
use testkit::TestApp;

fn body(token: &str) -> Value {
    json!({
        "token": token, "workspace_name": " Toko Wati ", "name": "Wati", "email": "Wati@Toko.example",
        "password": PASSWORD, "locale": "id",
    })
}

#[tokio::test]
async fn the_first_start_makes_a_workspace_once() {
    testkit::on_both(features, async |test: TestApp| {
        let mut client = test.client();
        assert_eq!(client.get("/api/v1/setup").await.json(200), json!({ "needed": true }));
        let token = scene::setup().1;
        let me = client.post("/api/v1/setup", body(&token)).await.json(201);
        assert_eq!(me["workspace"]["name"], "Toko Wati");
        assert_eq!(me["member"]["role"], "administrator");
        assert_eq!((me["locale"].as_str(), me["workspace"]["locale"].as_str()), (Some("id"), Some("id")));
        assert_eq!(me["workspace"]["limits"]["message_characters"], 2_000);
        assert_eq!(client.get("/api/v1/me").await.json(200), me, "the answer signs in");
        assert_eq!(client.get("/api/v1/setup").await.json(200), json!({ "needed": false }));

        let mut stranger = test.client();
        stranger.post("/api/v1/setup", body(&token)).await.refused(409, "setup_done");
        stranger.post("/api/v1/setup", body("wrong")).await.refused(409, "setup_done");
        stranger.post("/api/v1/sign-in", credentials("wati@toko.example", PASSWORD)).await.json(200);
    })
    .await;
}

#[tokio::test]
async fn only_the_token_opens_the_set_up_and_every_field_is_checked() {
    testkit::on_both(features, async |test: TestApp| {
        let mut client = test.client();
        let token = scene::setup().1;
        for wrong in ["", "wrong", &"A".repeat(43), &token[1..]] {
            client.post("/api/v1/setup", body(wrong)).await.refused(403, "setup_token_wrong");
        }
        let mut with = async |field: &str, value: &str, code: &str| {
            let mut body = body(&token);
            body[field] = value.into();
            client.post("/api/v1/setup", body).await.refused(422, code)
        };
        assert_eq!(with("workspace_name", " ", "name_invalid").await["max"], 100);
        with("name", &"x".repeat(101), "name_invalid").await;
        with("name", "two\nlines", "name_invalid").await;
        with("email", "nobody", "email_invalid").await;
        assert_eq!(with("password", "short", "password_too_short").await["min"], 8);
        assert_eq!(with("password", &"x".repeat(129), "password_too_long").await["max"], 128);
        assert_eq!(client.get("/api/v1/setup").await.json(200)["needed"], true, "nothing was made");
    })
    .await;
}

#[tokio::test]
async fn of_several_at_once_one_sets_up() {
    testkit::on_both(features, async |test: TestApp| {
        let tries = (0..6).map(|number| {
            let mut client = test.client();
            let mut body = body(&scene::setup().1);
            body["email"] = format!("wati{number}@toko.example").into();
            tokio::spawn(async move { client.post("/api/v1/setup", body).await })
        });
        let mut made = 0;
        for attempt in tries.collect::<Vec<_>>() {
            let answer = attempt.await.expect("an answer");
            if answer.status == 201 {
                made += 1;
            } else {
                answer.refused(409, "setup_done");
            }
        }
        assert_eq!(made, 1);
    })
    .await;
}
