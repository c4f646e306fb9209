use crate::scene::on_both;
use base::Role;
use serde_json::json;

#[tokio::test]
async fn a_member_sees_who_he_is_and_what_he_may() {
    on_both(async |scene| {
        let (id, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let me = agent.get("/api/v1/me").await.json(200);
        let member = json!({
            "id": id, "name": "Budi", "email": "budi@toko.example", "role": "agent", "sees": "own", "disabled": false,
            "joined_at": testkit::START + 1, "skills": [],
        });
        assert_eq!(me["member"], member);
        assert_eq!(me["workspace"]["id"], scene.workspace.to_string());
        let rights = me["rights"].as_array().expect("rights");
        assert!(rights.contains(&json!("conversation:reply:own")) && !rights.contains(&json!("member:manage:all")));
    })
    .await;
}

#[tokio::test]
async fn a_new_name_reaches_everybody_and_a_new_language_only_oneself() {
    on_both(async |scene| {
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let mut socket = scene.administrator().await.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let me = agent.patch("/api/v1/me", json!({ "name": " Budi Santoso " })).await.json(200);
        let event = socket.event("member.updated").await;
        assert_eq!(event["data"], json!({ "member": me["member"] }));
        assert_eq!(event["data"]["member"]["name"], "Budi Santoso");

        let me = agent.patch("/api/v1/me", json!({ "locale": "id" })).await.json(200);
        assert_eq!((me["locale"].as_str(), me["member"]["name"].as_str()), (Some("id"), Some("Budi Santoso")));
        assert!(socket.events().await.is_empty());
        assert_eq!(agent.get("/api/v1/me").await.json(200), me);
        agent.patch("/api/v1/me", json!({ "name": "" })).await.refused(422, "name_invalid");
        agent.patch("/api/v1/me", json!({ "locale": "xx" })).await.refused(400, "invalid_body");
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_himself_more_than_a_name_and_a_language() {
    on_both(async |scene| {
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let before = agent.get("/api/v1/me").await.json(200);
        for (field, value) in [
            ("role", json!("administrator")),
            ("disabled", json!(false)),
            ("email", json!("wati@toko.example")),
            ("workspace_id", json!(scene.workspace)),
            ("password_hash", json!("x")),
            ("id", json!(scene.administrator)),
        ] {
            let body = json!({ "name": "Budi 2", field: value });
            agent.patch("/api/v1/me", body).await.refused(400, "invalid_body");
        }
        assert_eq!(agent.get("/api/v1/me").await.json(200), before);
    })
    .await;
}

/// C13, C18
#[tokio::test]
async fn what_one_chooses_follows_to_every_device_and_leaves_what_another_device_chose() {
    on_both(async |scene| {
        let (_, mut desk) = scene.browser_of("Budi", Role::Agent).await;
        assert_eq!(desk.get("/api/v1/me").await.json(200)["preferences"], json!(null), "nothing was chosen");
        let path = "/api/v1/me/preferences";
        let quiet = json!({ "on": true, "from": "21:30", "until": "06:00" });
        desk.patch(path, json!({ "silent": ["queue", "queue"], "quiet": quiet })).await.json(200);
        desk.patch(path, json!({ "lists": { "mine": "sort=oldest" } })).await.json(200);
        let kept = desk.patch(path, json!({ "undo_seconds": 5, "lists": { "queue": "" } })).await.json(200);
        let chosen = json!({
            "silent": ["queue"], "hidden": [], "notification_text": true, "quiet": quiet, "single_keys": true,
            "undo_seconds": 5, "lists": { "mine": "sort=oldest", "queue": "" },
        });
        assert_eq!(kept, chosen);
        assert_eq!(desk.get("/api/v1/me").await.json(200)["preferences"], chosen);
        assert_eq!(scene.administrator().await.get("/api/v1/me").await.json(200)["preferences"], json!(null));

        for odd in [
            json!({ "quiet": { "on": true, "from": "24:00", "until": "07:00" } }),
            json!({ "quiet": { "on": true, "from": "9:00", "until": "07:00" } }),
            json!({ "quiet": { "on": true, "from": "+9:00", "until": "07:00" } }),
            json!({ "undo_seconds": 7 }),
            json!({ "lists": { "mine": "x".repeat(4_001) } }),
        ] {
            desk.patch(path, odd).await.refused(422, "preferences_invalid");
        }
        desk.patch(path, json!({ "silent": ["rain"] })).await.refused(400, "invalid_body");
        assert_eq!(desk.get("/api/v1/me").await.json(200)["preferences"], chosen, "nothing is lost by a refusal");
    })
    .await;
}
