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
