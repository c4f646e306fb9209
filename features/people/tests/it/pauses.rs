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

/// C41
#[tokio::test]
async fn a_pause_ends_with_the_last_that_brings_him_there_himself_or_a_team() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (budi, mut his) = scene.browser_of("Budi", Role::Agent).await;
        let seats = json!([{ "member_id": budi, "leads": false }]);
        let team = owner.post("/api/v1/teams", json!({ "name": "Night", "members": seats })).await.json(201);
        let team = team["id"].as_str().expect("an id").to_owned();
        let inbox = scene.inbox(&[budi]).await;
        let (path, team_path) = (format!("/api/v1/inboxes/{inbox}"), format!("/api/v1/teams/{team}"));
        let paused = async || {
            let left = scene.test.app.read(scene.workspace, move |tx| Box::pin(people::paused_by(tx, budi))).await;
            left.expect("his pauses").len()
        };
        let pause = format!("{PATH}/{inbox}");
        // As a member of the inbox and with the team: it holds until neither brings him there.
        owner.patch(&path, json!({ "team_ids": [team] })).await.json(200);
        his.put(&pause, json!({ "paused": true })).await.json(200);
        owner.patch(&path, json!({ "member_ids": [] })).await.json(200);
        assert_eq!(paused().await, 1, "his team works there");
        let mut socket = owner.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        owner.patch(&path, json!({ "team_ids": [] })).await.json(200);
        assert_eq!(paused().await, 0);
        let ended = json!({ "member_id": budi, "inbox_id": inbox, "paused": false });
        assert_eq!(socket.event("pause.updated").await["data"], ended);

        // He leaves the team.
        owner.patch(&path, json!({ "team_ids": [team] })).await.json(200);
        his.put(&pause, json!({ "paused": true })).await.json(200);
        owner.patch(&team_path, json!({ "remove": [budi] })).await.json(200);
        assert_eq!(paused().await, 0);

        // The team is no more.
        owner.patch(&team_path, json!({ "put": [{ "member_id": budi, "leads": false }] })).await.json(200);
        his.put(&pause, json!({ "paused": true })).await.json(200);
        owner.delete(&team_path).await.json(204);
        assert_eq!(paused().await, 0);
    })
    .await;
}

/// C41
#[tokio::test]
async fn who_comes_to_an_inbox_with_his_team_hears_who_takes_nothing_from_it() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (budi, mut his) = scene.browser_of("Budi", Role::Agent).await;
        let (seated, hers) = scene.browser_of("Sari", Role::Agent).await;
        let inbox = scene.inbox(&[budi]).await;
        let seats = json!([{ "member_id": seated, "leads": false }]);
        let team = owner.post("/api/v1/teams", json!({ "name": "Night", "members": seats })).await.json(201);
        let pause = format!("{PATH}/{inbox}");
        his.put(&pause, json!({ "paused": true })).await.json(200);
        let mut socket = hers.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        owner.patch(&format!("/api/v1/inboxes/{inbox}"), json!({ "team_ids": [team["id"]] })).await.json(200);
        let paused = json!({ "member_id": budi, "inbox_id": inbox, "paused": true });
        assert_eq!(socket.event("pause.updated").await["data"], paused);
        his.put(&pause, json!({ "paused": false })).await.json(200);
        assert_eq!(socket.event("pause.updated").await["data"]["paused"], false);
        // What she loads says the same.
        his.put(&pause, json!({ "paused": true })).await.json(200);
        let workspace = scene.workspace;
        let listed = scene.test.app.read(workspace, move |tx| {
            Box::pin(async move {
                let her = people::as_caller(tx, seated).await?.expect("a member");
                people::list_pauses(tx, &her).await
            })
        });
        let listed: Vec<_> = listed.await.expect("pauses").iter().map(|pause| pause.member_id).collect();
        assert_eq!(listed, [budi]);
    })
    .await;
}
