//! What administrators set for the whole workspace.

use crate::scene::on_both;
use base::Role;
use serde_json::json;

/// C11
#[tokio::test]
async fn an_administrator_changes_the_workspace_and_everybody_hears() {
    on_both(async |scene| {
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let mut socket = agent.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let before = agent.get("/api/v1/me").await.json(200)["workspace"].clone();
        assert_eq!(before["limits"]["message_characters"], 2_000);

        let mut owner = scene.administrator().await;
        let asked = json!({ "name": " Toko Baru ", "locale": "en", "message_characters": 4_000 });
        let after = owner.patch("/api/v1/workspace", asked).await.json(200);
        assert_eq!((&after["name"], &after["locale"]), (&json!("Toko Baru"), &json!("en")));
        assert_eq!(after["limits"]["message_bytes"], 16_000);
        let event = socket.event("workspace.updated").await;
        assert_eq!(event["data"], json!({ "workspace": after }));
        assert_eq!(agent.get("/api/v1/me").await.json(200)["workspace"], after);

        // What is absent stays.
        assert_eq!(owner.patch("/api/v1/workspace", json!({})).await.json(200), after);
        for characters in [0, 199, 10_001] {
            let asked = json!({ "message_characters": characters });
            let params = owner.patch("/api/v1/workspace", asked).await.refused(422, "message_length_invalid");
            assert_eq!(params, json!({ "min": 200, "max": 10_000 }));
        }
        owner.patch("/api/v1/workspace", json!({ "name": " " })).await.refused(422, "name_invalid");
        owner.patch("/api/v1/workspace", json!({ "id": "x" })).await.refused(400, "invalid_body");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_changes_the_workspace() {
    on_both(async |scene| {
        for role in [Role::ChatAdministrator, Role::Supervisor, Role::Agent, Role::Reader] {
            let (_, mut member) = scene.browser_of(&role.to_string(), role).await;
            member.patch("/api/v1/workspace", json!({ "name": "Mine" })).await.refused(403, "forbidden");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_something_else_at_once_undoes_nothing() {
    on_both(async |scene| {
        let (mut one, mut other) = (scene.administrator().await, scene.administrator().await);
        for number in 0..8 {
            let (name, characters) = (format!("Toko {number}"), 1_000 + number);
            let (renamed, changed) = tokio::join!(
                one.patch("/api/v1/workspace", json!({ "name": name })),
                other.patch("/api/v1/workspace", json!({ "message_characters": characters })),
            );
            renamed.json(200);
            changed.json(200);
            let workspace = one.get("/api/v1/me").await.json(200)["workspace"].clone();
            let limit = &workspace["limits"]["message_characters"];
            assert_eq!((&workspace["name"], limit), (&json!(name), &json!(characters)));
        }
    })
    .await;
}
