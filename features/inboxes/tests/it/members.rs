use crate::scene::{PATH, listen, on_both, path};
use base::Role;
use serde_json::json;

#[tokio::test]
async fn who_joins_or_leaves_comes_back_with_new_rights_and_nobody_else() {
    on_both(async |scene| {
        let (stays_id, stays) = scene.member("Budi", Role::Agent).await;
        let (leaves_id, mut leaves) = scene.member("Sari", Role::Agent).await;
        let (joins_id, mut joins) = scene.member("Rina", Role::Supervisor).await;
        let inbox = scene.inbox(&[stays_id, leaves_id]).await;
        leaves.get(&path(&inbox)).await.json(200); // remembered with the old rights
        joins.get(&path(&inbox)).await.refused(404, "not_found");
        let (mut staying, mut leaving, mut joining) =
            (listen(&stays).await, listen(&leaves).await, listen(&joins).await);

        let body = json!({ "member_ids": [joins_id, stays_id, stays_id] });
        let changed = scene.administrator.clone().patch(&path(&inbox), body).await.json(200);
        let mut members = [joins_id, stays_id];
        members.sort_unstable();
        assert_eq!(changed["member_ids"], json!(members));
        assert_eq!((leaving.closed().await, joining.closed().await), (4403, 4403));
        let events = staying.events().await;
        assert_eq!(events.len(), 1, "{events:?}");
        assert_eq!(events[0]["data"], json!({ "inbox": changed }));
        leaves.get(&path(&inbox)).await.refused(404, "not_found");
        joins.get(&path(&inbox)).await.json(200);
        assert_eq!(leaves.get(PATH).await.json(200)["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn who_missed_the_change_of_his_rights_reloads() {
    on_both(async |scene| {
        let (agent_id, agent) = scene.member("Budi", Role::Agent).await;
        let inbox = scene.inbox(&[agent_id]).await;
        let mut socket = agent.socket("/ws").await.expect("a socket");
        let position = socket.hello(None).await[0]["position"].as_i64().expect("a position");
        drop(socket);
        scene.administrator.clone().patch(&path(&inbox), json!({ "member_ids": [] })).await.json(200);
        let mut again = agent.socket("/ws").await.expect("a socket");
        let frames = again.hello(Some(position)).await;
        assert_eq!(frames[0]["type"], "reset", "{frames:?}");
    })
    .await;
}

#[tokio::test]
async fn the_same_members_again_reopen_no_socket() {
    on_both(async |scene| {
        let (agent_id, agent) = scene.member("Budi", Role::Agent).await;
        let inbox = scene.inbox(&[agent_id]).await;
        let mut socket = listen(&agent).await;
        let body = json!({ "member_ids": [agent_id] });
        scene.administrator.clone().patch(&path(&inbox), body).await.json(200);
        assert_eq!(socket.events().await.len(), 1, "told, and still open");
    })
    .await;
}
