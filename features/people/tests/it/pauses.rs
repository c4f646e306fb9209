//! From which inboxes a member takes nothing for now, and who hears of it.

use crate::scene::on_both;
use base::Role;
use serde_json::json;

const PATH: &str = "/api/v1/me/pauses";

/// C41
#[tokio::test]
async fn a_member_pauses_an_inbox_of_his_and_who_sees_it_hears_so() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (budi, mut his) = scene.browser_of("Budi", Role::Agent).await;
        let (beside, hers) = scene.browser_of("Sari", Role::Agent).await;
        let (_, elsewhere) = scene.browser_of("Tono", Role::Supervisor).await;
        let inbox = scene.inbox(&[budi, beside]).await;
        let other = scene.inbox(&[]).await;
        let path = format!("{PATH}/{inbox}");
        let mut sockets = Vec::new();
        for client in [&his, &hers, &owner, &elsewhere] {
            let mut socket = client.socket("/ws").await.expect("a socket");
            socket.hello(None).await;
            sockets.push(socket);
        }

        let paused = json!({ "member_id": budi, "inbox_id": inbox, "paused": true });
        assert_eq!(his.put(&path, json!({ "paused": true })).await.json(200), paused);
        for socket in &mut sockets[..3] {
            assert_eq!(socket.event("pause.updated").await["data"], paused);
        }
        assert!(sockets[3].events().await.is_empty(), "who does not see the inbox hears nothing");
        // The same once more, and his state, change nothing of it.
        his.put(&path, json!({ "paused": true })).await.json(200);
        assert!(sockets[0].events().await.is_empty());
        his.put("/api/v1/me/presence", json!({ "chosen": "away", "reason": null })).await.json(200);
        his.put("/api/v1/me/presence", json!({ "chosen": "online", "reason": null })).await.json(200);

        let hidden = his.put(&format!("{PATH}/{other}"), json!({ "paused": true })).await;
        hidden.refused(404, "not_found");
        let missing = his.put(&format!("{PATH}/inb_{}", "0".repeat(32)), json!({ "paused": true })).await;
        assert_eq!(missing.body, hidden.body);
        owner.put(&path, json!({ "paused": true })).await.refused(404, "not_found");

        let again = his.put(&path, json!({ "paused": false })).await.json(200);
        assert_eq!(again["paused"], false);
        assert_eq!(sockets[1].event("pause.updated").await["data"]["paused"], false);

        // Who leaves the inbox and comes back takes from it.
        his.put(&path, json!({ "paused": true })).await.json(200);
        let inbox = format!("/api/v1/inboxes/{inbox}");
        owner.patch(&inbox, json!({ "member_ids": [beside] })).await.json(200);
        owner.patch(&inbox, json!({ "member_ids": [beside, budi] })).await.json(200);
        let left = scene.test.app.read(scene.workspace, move |tx| Box::pin(people::paused_by(tx, budi))).await;
        assert_eq!(left.expect("his pauses"), []);
    })
    .await;
}
