//! API inboxes: their settings, their secret and their tokens.

use crate::scene::{PATH, listen, on_both, path, website};
use base::Role;
use serde_json::{Value, json};

const DAY_MS: i64 = 24 * 3_600_000;

async fn made(administrator: &mut testkit::Client, api: Value) -> Value {
    administrator.post(PATH, json!({ "name": "Orders", "api": api })).await.json(201)
}

#[tokio::test]
async fn an_inbox_is_of_one_kind() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let inbox = made(&mut administrator, json!({ "webhook_url": " https://shop.example/hook " })).await;
        assert_eq!(
            (&inbox["channel"], &inbox["website"], &inbox["snippet"]),
            (&json!("api"), &json!(null), &json!(null))
        );
        assert_eq!(inbox["api"], json!({ "webhook_url": "https://shop.example/hook", "stopped": null }));
        assert_eq!(administrator.get(&path(&inbox)).await.json(200), inbox);
        assert_eq!(inbox["marks"], json!([]), "the other system gets a text as it was written");

        let neither = json!({ "name": "Toko" });
        let both = json!({ "name": "Toko", "website": website(), "api": {} });
        for body in [neither, both] {
            administrator.post(PATH, body).await.refused(400, "invalid_body");
        }
        administrator.patch(&path(&inbox), json!({ "website": website() })).await.refused(400, "invalid_body");
        let shop = scene.inbox(&[]).await;
        administrator.patch(&path(&shop), json!({ "api": {} })).await.refused(400, "invalid_body");
        assert_eq!(shop["api"], json!(null));
    })
    .await;
}

#[tokio::test]
async fn an_address_is_checked_and_may_be_missing() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let inbox = made(&mut administrator, json!({})).await;
        assert_eq!(inbox["api"]["webhook_url"], json!(null));
        for wrong in ["shop.example", "ftp://shop.example", "https://me:secret@shop.example/"] {
            let change = json!({ "api": { "webhook_url": wrong } });
            administrator.patch(&path(&inbox), change).await.refused(422, "webhook_url_invalid");
        }
        let changed =
            administrator.patch(&path(&inbox), json!({ "api": { "webhook_url": "http://127.0.0.1:9/" } })).await;
        assert_eq!(changed.json(200)["api"]["webhook_url"], json!("http://127.0.0.1:9/"), "tests may call themselves");
        let emptied = administrator.patch(&path(&inbox), json!({ "api": { "webhook_url": "" } })).await.json(200);
        assert_eq!(emptied["api"]["webhook_url"], json!(null));
    })
    .await;
}

#[tokio::test]
async fn the_old_secret_signs_along_for_a_day() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let inbox = made(&mut administrator, json!({ "webhook_url": "https://shop.example/hook" })).await;
        let first = administrator.get(&format!("{}/webhook", path(&inbox))).await.json(200);
        assert!(first["secret"].as_str().expect("a secret").starts_with("whsec_"));
        let second = administrator.post(&format!("{}/webhook/secret", path(&inbox)), json!({})).await.json(200);
        assert_ne!(second["secret"], first["secret"]);
        assert_eq!(second["old_secret_until"], json!(scene.test.app.clock.now() + DAY_MS));

        let secrets = async || {
            let id = crate::scene::id(&inbox);
            let found = scene.test.app.read(scene.workspace, move |tx| Box::pin(inboxes::sending(tx, id)));
            let found = found.await.expect("an answer").expect("an API inbox");
            found.secrets.iter().map(|secret| json!(secret.reveal())).collect::<Vec<_>>()
        };
        assert_eq!(secrets().await, [second["secret"].clone(), first["secret"].clone()]);
        scene.test.advance(DAY_MS + 1);
        assert_eq!(secrets().await, [second["secret"].clone()]);
        let later = administrator.get(&format!("{}/webhook", path(&inbox))).await.json(200);
        assert_eq!(later["old_secret_until"], json!(null));
    })
    .await;
}

#[tokio::test]
async fn a_stop_is_seen_until_somebody_starts_again_or_names_another_address() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let inbox = made(&mut administrator, json!({ "webhook_url": "https://shop.example/hook" })).await;
        let id = crate::scene::id(&inbox);
        let stop = async || {
            let stopped = scene.test.app.write(scene.workspace, move |tx| {
                Box::pin(async move { inboxes::stop_webhook(tx, id, inboxes::StopReason::Gone).await })
            });
            stopped.await.expect("a stop");
        };
        let mut socket = listen(&administrator).await;
        stop().await;
        stop().await;
        let told = socket.events().await;
        assert_eq!(told.len(), 1, "once");
        let reason = json!({ "at": scene.test.app.clock.now(), "reason": "gone" });
        assert_eq!(told[0]["data"]["inbox"]["api"]["stopped"], reason);

        let started = administrator.delete(&format!("{}/webhook/stop", path(&inbox))).await.json(200);
        assert_eq!(started["api"]["stopped"], json!(null));
        stop().await;
        let same = json!({ "api": { "webhook_url": "https://shop.example/hook" } });
        assert_eq!(administrator.patch(&path(&inbox), same).await.json(200)["api"]["stopped"], reason);
        let other = json!({ "api": { "webhook_url": "https://shop.example/other" } });
        assert_eq!(administrator.patch(&path(&inbox), other).await.json(200)["api"]["stopped"], json!(null));
    })
    .await;
}

#[tokio::test]
async fn tokens_are_shown_once_and_revoked() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let inbox = made(&mut administrator, json!({})).await;
        let tokens = format!("{}/tokens", path(&inbox));
        let first = administrator.post(&tokens, json!({})).await.json(201);
        let bearer = first["token"].as_str().expect("a token").to_owned();
        let credentials = base::Credentials { bearer: Some(bearer.clone()), ..Default::default() };
        let inside = async || scene.test.app.authenticate(&credentials).await.expect("an answer").inbox().is_ok();
        assert!(inside().await);
        let listed = administrator.get(&tokens).await.json(200);
        assert_eq!(listed["items"][0]["created_by"], json!("Wati"));
        assert_eq!(listed["items"][0]["last_used_at"], json!(scene.test.app.clock.now()));
        assert!(!listed.to_string().contains(&bearer), "shown once");

        for _ in 1..10 {
            administrator.post(&tokens, json!({})).await.json(201);
        }
        administrator.post(&tokens, json!({})).await.refused(422, "too_many_tokens");
        let one = format!("{tokens}/{}", first["id"].as_str().expect("an id"));
        assert_eq!(administrator.delete(&one).await.status, 204);
        assert!(!inside().await, "at once");
        administrator.delete(&one).await.refused(404, "not_found");
        assert_eq!(administrator.get(&tokens).await.json(200)["items"].as_array().map(Vec::len), Some(9));
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_inboxes_sees_secrets_and_tokens() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let (agent_id, mut agent) = scene.member("Budi", Role::Agent).await;
        let body = json!({ "name": "Orders", "api": {}, "member_ids": [agent_id] });
        let inbox = administrator.post(PATH, body).await.json(201);
        let mut stranger = scene.test.client();
        for part in ["webhook", "tokens"] {
            let address = format!("{}/{part}", path(&inbox));
            agent.get(&address).await.refused(403, "forbidden");
            stranger.get(&address).await.refused(401, "unauthenticated");
        }
        agent.post(&format!("{}/tokens", path(&inbox)), json!({})).await.refused(403, "forbidden");
        agent.post(&format!("{}/webhook/secret", path(&inbox)), json!({})).await.refused(403, "forbidden");
        agent.delete(&format!("{}/webhook/stop", path(&inbox))).await.refused(403, "forbidden");
        let shop = scene.inbox(&[]).await;
        administrator.get(&format!("{}/tokens", path(&shop))).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn a_program_chooses_neither_where_an_inbox_sends_nor_who_works_there() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let (agent, _) = scene.member("Budi", Role::Agent).await;
        let team = administrator.post("/api/v1/teams", json!({ "name": "Night", "members": [] })).await.json(201);
        let hook = json!({ "webhook_url": "https://shop.example/hook" });
        let inbox = json!({ "name": "Orders", "api": hook, "member_ids": [agent, scene.administrator_id] });
        let inbox = administrator.post(PATH, inbox).await.json(201);
        let expires_at = scene.test.app.clock.now() + DAY_MS;
        let asked =
            json!({ "name": "Backup", "rights": ["inbox:manage", "conversation:view"], "expires_at": expires_at });
        let token = administrator.post("/api/v1/member-tokens", asked).await.json(201);
        let token = token["token"].as_str().expect("a token");
        let mut program = scene.test.client().without_origin().with_bearer(token);
        for wrong in [
            json!({ "api": { "webhook_url": "https://evil.example/hook" } }),
            json!({ "api": {} }),
            json!({ "member_ids": [agent] }),
            json!({ "member_ids": [] }),
            json!({ "team_ids": [team["id"]] }),
        ] {
            program.patch(&path(&inbox), &wrong).await.refused(403, "forbidden");
        }
        assert_eq!(administrator.get(&path(&inbox)).await.json(200), inbox);
        for wrong in [
            json!({ "name": "Evil", "api": { "webhook_url": "https://evil.example/hook" } }),
            json!({ "name": "Evil", "api": {}, "member_ids": [agent] }),
        ] {
            program.post(PATH, &wrong).await.refused(403, "forbidden");
        }
        program.post(PATH, json!({ "name": "Quiet", "api": {} })).await.json(201);
        let same = json!({
            "name": "Parcels", "api": hook, "member_ids": [scene.administrator_id, agent], "team_ids": [],
        });
        assert_eq!(program.patch(&path(&inbox), same).await.json(200)["name"], "Parcels");
        let moved = json!({ "api": {}, "member_ids": [agent], "team_ids": [team["id"]] });
        assert_eq!(administrator.patch(&path(&inbox), moved).await.json(200)["team_ids"], json!([team["id"]]));
    })
    .await;
}
