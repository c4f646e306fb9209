//! Whether somebody is there, as others see it.

use crate::scene::{Scene, on_both};
use base::Role;
use ids::MemberId;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::Client;

const WAIT: Duration = Duration::from_millis(20);

async fn presence(client: &mut Client, member: MemberId) -> Value {
    let list = client.get("/api/v1/presences").await.json(200);
    let items = list["items"].as_array().expect("presences");
    items.iter().find(|one| one["member_id"] == json!(member)).expect("his presence").clone()
}

/// That a socket is there is written down beside it.
async fn becomes(client: &mut Client, member: MemberId, state: &str) -> Value {
    for _ in 0..200 {
        let now = presence(client, member).await;
        if now["state"] == state {
            return now;
        }
        tokio::time::sleep(WAIT).await;
    }
    panic!("never {state}: {}", presence(client, member).await);
}

async fn missed(scene: &Scene) -> usize {
    people::miss(&scene.test.app).await.expect("a look")
}

/// C41
#[tokio::test]
async fn a_member_is_there_while_a_server_has_his_socket_and_a_while_longer() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (budi, client) = scene.browser_of("Budi", Role::Agent).await;
        assert_eq!(presence(&mut owner, budi).await["state"], "offline");

        let mut socket = client.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let here = becomes(&mut owner, budi, "online").await;
        assert_eq!((&here["chosen"], &here["open"]), (&json!("online"), &json!(0)));
        let told = socket.event("presence.updated").await;
        assert_eq!(told["data"]["presence"], here);

        drop(socket);
        tokio::time::sleep(WAIT * 5).await;
        scene.test.advance(people::ABSENCE_MS);
        assert_eq!(missed(&scene).await, 0, "a page that loads anew is no absence");
        scene.test.advance(1);
        assert_eq!(missed(&scene).await, 1);
        assert_eq!(presence(&mut owner, budi).await["state"], "offline");
        assert_eq!(missed(&scene).await, 0, "once");
    })
    .await;
}

/// C41
#[tokio::test]
async fn what_he_chose_outlives_his_sign_in() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (budi, mut client) = scene.browser_of("Budi", Role::Agent).await;
        let mut socket = owner.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let asked = json!({ "chosen": "away", "reason": "lunch" });
        let chosen = client.put("/api/v1/me/presence", &asked).await.json(200);
        assert_eq!((&chosen["chosen"], &chosen["state"]), (&json!("away"), &json!("offline")), "no socket yet");

        let his = client.socket("/ws").await.expect("a socket");
        let mut his = his;
        his.hello(None).await;
        let here = becomes(&mut owner, budi, "away").await;
        assert_eq!((&here["reason"], &here["since"]), (&json!("lunch"), &chosen["since"]));
        scene.test.advance(5);
        assert_eq!(client.put("/api/v1/me/presence", &asked).await.json(200), here, "the same again is no change");

        client.delete("/api/v1/sign-in").await.json(204);
        drop(his);
        scene.test.advance(people::ABSENCE_MS + 1);
        tokio::time::sleep(WAIT * 5).await;
        missed(&scene).await;
        let gone = presence(&mut owner, budi).await;
        assert_eq!((&gone["state"], &gone["chosen"]), (&json!("offline"), &json!("away")));
    })
    .await;
}

/// C41
#[tokio::test]
async fn the_reasons_are_the_workspaces_own() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let reasons = owner.get("/api/v1/me").await.json(200)["workspace"]["away_reasons"].clone();
        let shipped: Vec<_> = reasons.as_array().expect("reasons").iter().map(|one| one["id"].clone()).collect();
        assert_eq!(shipped, ["break", "lunch", "meeting", "training"]);

        let own = json!([{ "id": "lunch", "name": null }, { "id": "stock", "name": " Stock check " }]);
        let changed = owner.patch("/api/v1/workspace", json!({ "away_reasons": own })).await.json(200);
        assert_eq!(changed["away_reasons"][1], json!({ "id": "stock", "name": "Stock check" }));
        for (reason, code) in [("stock", None), ("idle", None), ("break", Some("away_reason_unknown"))] {
            let asked = json!({ "chosen": "away", "reason": reason });
            let answer = owner.put("/api/v1/me/presence", asked).await;
            match code {
                None => drop(answer.json(200)),
                Some(code) => drop(answer.refused(422, code)),
            }
        }
        let none = json!({ "away_reasons": [{ "id": "x", "name": "" }] });
        owner.patch("/api/v1/workspace", none).await.refused(422, "away_reason_invalid");
    })
    .await;
}

/// C41
#[tokio::test]
async fn an_administrator_says_how_many_chats_somebody_can_take() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (budi, mut client) = scene.browser_of("Budi", Role::Agent).await;
        let path = format!("/api/v1/members/{budi}");
        owner.patch(&path, json!({ "open_limit": 4 })).await.json(200);
        assert_eq!(presence(&mut owner, budi).await["open_limit"], 4);
        owner.patch(&path, json!({ "open_limit": 501 })).await.refused(422, "open_limit_invalid");
        owner.patch("/api/v1/workspace", json!({ "open_limit": -1 })).await.refused(422, "open_limit_invalid");
        assert_eq!(owner.patch("/api/v1/workspace", json!({ "open_limit": 8 })).await.json(200)["open_limit"], 8);
        client.patch(&path, json!({ "open_limit": 9 })).await.refused(403, "forbidden");
    })
    .await;
}

/// C41
#[tokio::test]
async fn a_socket_at_any_node_counts() {
    let scene_of = async |scene: Scene| {
        if scene.test.engine == db::Engine::Sqlite {
            return; // one node alone
        }
        let node = scene.test.beside().await;
        let mut owner = scene.administrator().await;
        let (budi, client) = scene.browser_of("Budi", Role::Agent).await;
        let mut socket = client.at(&node).socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        becomes(&mut owner, budi, "online").await;
    };
    on_both(scene_of).await;
}
