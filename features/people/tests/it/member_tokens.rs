use crate::scene::{Scene, on_both};
use base::{COOKIE, Right, Role};
use db::{params, sql};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Client, Frame, START};

const PATH: &str = "/api/v1/member-tokens";
const DAY_MS: i64 = 24 * 3_600_000;

fn asked(rights: &[&str]) -> Value {
    json!({ "name": "Backup", "rights": rights, "expires_at": START + 30 * DAY_MS })
}

/// A token of whoever is signed in at the client: its id, and a program that shows it.
async fn program(scene: &Scene, client: &mut Client, rights: &[&str]) -> (String, Client) {
    let made = client.post(PATH, asked(rights)).await.json(201);
    let token = made["token"].as_str().expect("a token");
    let id = made["member_token"]["id"].as_str().expect("an id").to_owned();
    (id, scene.test.client().without_origin().from_address([198, 51, 100, 7]).with_bearer(token))
}

#[tokio::test]
async fn a_program_asks_in_its_members_name_and_its_token_is_shown_once() {
    on_both(async |scene| {
        let (citra, mut citras) = scene.browser_of("Citra", Role::Supervisor).await;
        let rights = ["conversation:view", "tag:manage", "conversation:reply"];
        let made = citras.post(PATH, asked(&rights)).await.json(201);
        let token = made["token"].as_str().expect("a token").to_owned();
        assert!(token.starts_with("sapa_") && token.len() == 53, "{token}");
        let item = made["member_token"].clone();
        assert_eq!((item["member_id"].clone(), item["hint"].as_str()), (json!(citra), Some(&token[..9])));
        assert_eq!(item["rights"], json!(["conversation:view", "conversation:reply", "tag:manage"]));

        let mut program = scene.test.client().without_origin().from_address([198, 51, 100, 7]).with_bearer(&token);
        let me = program.get("/api/v1/me").await.json(200);
        assert_eq!((me["member"]["id"].clone(), me["sign_in_id"].clone()), (json!(citra), Value::Null));
        let held = ["conversation:view:inbox", "conversation:reply:inbox", "tag:manage:all"];
        assert_eq!(me["rights"], json!(held), "as far as the member holds them, and no others");
        // Without a page there is no Origin, and none is asked for.
        let online = json!({ "chosen": "online", "reason": null });
        program.put("/api/v1/me/presence", &online).await.json(200);
        citras.clone().without_origin().put("/api/v1/me/presence", &online).await.refused(403, "wrong_origin");

        let listed = citras.get(PATH).await;
        assert!(!String::from_utf8_lossy(&listed.body).contains(&token), "it is never shown again");
        let listed = listed.json(200)["items"][0].clone();
        assert_eq!(
            (listed["last_used_at"].as_i64(), listed["last_used_from"].as_str()),
            (Some(scene.test.app.clock.now()), Some("198.51.100.7"))
        );
        // Not a write for each request.
        scene.test.advance(4 * 60_000);
        program.get("/api/v1/me").await.json(200);
        assert_eq!(citras.get(PATH).await.json(200)["items"][0], listed);
        scene.test.advance(60_000);
        program.get("/api/v1/me").await.json(200);
        assert_eq!(citras.get(PATH).await.json(200)["items"][0]["last_used_at"], json!(scene.test.app.clock.now()));

        // What is mistyped, or shown in another way, opens nothing.
        let mut wrong = token.clone();
        wrong.replace_range(20..21, if &token[20..21] == "A" { "B" } else { "A" });
        scene.test.client().with_bearer(&wrong).get("/api/v1/me").await.refused(401, "unauthenticated");
        scene.test.client().with_cookie(COOKIE, &token).get("/api/v1/me").await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_token_is_refused_what_its_member_lacks_and_what_opens_accounts() {
    on_both(async |scene| {
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        for wrong in ["workspace:manage", "member:manage", "conversation:view:own", "nonsense"] {
            let refused = agent.post(PATH, asked(&["conversation:view", wrong])).await;
            refused.refused(422, "member_token_right_invalid");
        }
        agent.post(PATH, asked(&[])).await.refused(422, "member_token_right_invalid");
        let mut owner = scene.administrator().await;
        owner.post(PATH, asked(&["member:manage"])).await.refused(422, "member_token_right_invalid");
        for expires_at in [scene.test.app.clock.now(), scene.test.app.clock.now() + 366 * DAY_MS + 1] {
            let body = json!({ "name": "Backup", "rights": ["conversation:view"], "expires_at": expires_at });
            agent.post(PATH, body).await.refused(422, "member_token_expiry_invalid");
        }

        let all: Vec<_> = Right::ALL.into_iter().filter(|right| right.is_for_tokens()).map(|right| right.0).collect();
        let (id, mut program) = program(&scene, &mut owner, &all).await;
        program.patch("/api/v1/workspace", json!({ "name": "Toko Baru" })).await.json(200);
        let password = json!({ "current": crate::scene::PASSWORD, "new": "another horse" });
        let budi = agent.get("/api/v1/me").await.json(200)["member"]["id"].as_str().expect("an id").to_owned();
        let sign_in = owner.get("/api/v1/me").await.json(200)["sign_in_id"].as_str().expect("an id").to_owned();
        let refused = [
            program.get(PATH).await,
            program.post(PATH, asked(&["conversation:view"])).await,
            program.delete(&format!("{PATH}/{id}")).await,
            program.get("/api/v1/me/sign-ins").await,
            program.delete(&format!("/api/v1/me/sign-ins/{sign_in}")).await,
            program.delete("/api/v1/me/sign-ins").await,
            program.delete("/api/v1/sign-in").await,
            program.put("/api/v1/me/password", password).await,
            program.patch("/api/v1/me", json!({ "name": "Somebody" })).await,
            program.patch(&format!("/api/v1/members/{budi}"), json!({ "role": "administrator" })).await,
            program.post("/api/v1/roles", json!({ "name": "Big", "rights": [] })).await,
        ];
        for answer in refused {
            answer.refused(403, "forbidden");
        }
    })
    .await;
}

#[tokio::test]
async fn what_only_looks_changes_nothing_even_what_everybody_may() {
    on_both(async |scene| {
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let (_, mut looks) = program(&scene, &mut agent, &["conversation:view"]).await;
        let away = json!({ "chosen": "away", "reason": null });
        looks.put("/api/v1/me/presence", &away).await.refused(403, "forbidden");
        looks.get("/api/v1/presences").await.json(200);
        let (_, mut writes) = program(&scene, &mut agent, &["conversation:view", "conversation:reply"]).await;
        writes.put("/api/v1/me/presence", &away).await.json(200);
    })
    .await;
}

#[tokio::test]
async fn what_ends_a_token_or_its_rights_ends_its_sockets() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (citra, mut citras) = scene.browser_of("Citra", Role::Supervisor).await;
        let (id, ended) = program(&scene, &mut citras, &["conversation:view"]).await;
        let (_, mut other) = program(&scene, &mut citras, &["conversation:view", "tag:manage"]).await;
        let mut desk = citras.socket("/ws").await.expect("a socket");
        let mut sockets = [ended.socket("/ws").await.expect("a socket"), other.socket("/ws").await.expect("a socket")];
        for socket in sockets.iter_mut().chain([&mut desk]) {
            assert_eq!(socket.hello(None).await.last().expect("a frame")["type"], "ready");
        }
        citras.delete(&format!("{PATH}/{id}")).await.json(204);
        assert_eq!(sockets[0].closed().await, 4401);
        ended.clone().get("/api/v1/me").await.refused(401, "unauthenticated");
        assert!(desk.events().await.is_empty(), "the desk's own socket lives on");

        // Another role: the token has what is left.
        owner.patch(&format!("/api/v1/members/{citra}"), json!({ "role": "agent" })).await.json(200);
        assert_eq!(sockets[1].closed().await, 4403);
        assert_eq!(other.get("/api/v1/me").await.json(200)["rights"], json!(["conversation:view:own"]));
        let mut again = other.socket("/ws").await.expect("a socket");
        again.hello(None).await;
        owner.patch(&format!("/api/v1/members/{citra}"), json!({ "disabled": true })).await.json(200);
        assert_eq!(again.closed().await, 4401);
        other.get("/api/v1/me").await.refused(401, "unauthenticated");
        // Who comes back makes new ones.
        owner.patch(&format!("/api/v1/members/{citra}"), json!({ "disabled": false })).await.json(200);
        other.get("/api/v1/me").await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_token_whose_time_has_come_opens_nothing_and_closes_its_sockets() {
    on_both(async |scene| {
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let (_, mut program) = program(&scene, &mut agent, &["conversation:view"]).await;
        let mut socket = program.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        scene.test.advance(30 * DAY_MS - 1_000);
        program.get("/api/v1/me").await.json(200);
        scene.test.advance(1_000);
        // What happens in the same moment is not told any more, and who was just proven is nobody.
        scene.administrator().await.patch("/api/v1/me", json!({ "name": "Wati S" })).await.json(200);
        assert_eq!(socket.next().await, Frame::Closed(4401));
        program.get("/api/v1/me").await.refused(401, "unauthenticated");
        assert_eq!(program.socket("/ws").await.err().expect("a refusal").status, 401);
    })
    .await;
}

#[tokio::test]
async fn programs_and_the_desk_cut_each_others_sockets_never() {
    on_both(async |scene| {
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let (_, program) = program(&scene, &mut agent, &["conversation:view"]).await;
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        let mut sockets = Vec::new();
        for _ in 0..21 {
            let mut socket = program.socket("/ws").await.expect("a socket");
            socket.hello(None).await;
            sockets.push(socket);
        }
        assert_eq!(sockets[0].closed().await, 4429);
        assert!(desk.events().await.is_empty() && sockets[1].events().await.is_empty(), "both live on");
    })
    .await;
}

#[tokio::test]
async fn a_programs_socket_makes_nobody_present() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (budi, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let (_, program) = program(&scene, &mut agent, &["conversation:view"]).await;
        let mut socket = program.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        // What the server notes of the program's socket would be there before what it notes of a later one.
        let other = owner.get("/api/v1/me").await.json(200)["member"]["id"].clone();
        let mut desk = owner.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        becomes(&mut owner, &other, "online").await;
        assert_eq!(state(&mut owner, &json!(budi)).await, "offline");
        let mut his = agent.socket("/ws").await.expect("a socket");
        his.hello(None).await;
        becomes(&mut owner, &json!(budi), "online").await;
    })
    .await;
}

async fn state(client: &mut Client, member: &Value) -> String {
    let list = client.get("/api/v1/presences").await.json(200)["items"].clone();
    let found = list.as_array().expect("presences").iter().find(|one| one["member_id"] == *member).cloned();
    found.expect("his presence")["state"].as_str().expect("a state").to_owned()
}

async fn becomes(client: &mut Client, member: &Value, wanted: &str) {
    for _ in 0..200 {
        if state(client, member).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never {wanted}");
}

#[tokio::test]
async fn who_manages_members_sees_and_ends_the_tokens_of_those_whose_role_he_could_give() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let manages = json!({ "name": "Team lead", "rights": ["conversation:view:own", "member:manage:all"] });
        let manages = owner.post("/api/v1/roles", manages).await.json(201)["role"].clone();
        let manages = Role::parse(manages.as_str().expect("a role")).expect("a role");
        let (_, mut lead) = scene.browser_of("Lina", manages).await;
        let (own, program) = program(&scene, &mut agent, &["conversation:view"]).await;
        scene.test.advance(1);
        let (owners, _) = self::program(&scene, &mut owner, &["conversation:view"]).await;

        let ids = |list: Value| {
            let items = list["items"].as_array().expect("items").clone();
            items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(ids(agent.get(PATH).await.json(200)), [own.as_str()]);
        assert_eq!(ids(lead.get(PATH).await.json(200)), [owners.as_str(), own.as_str()]);
        let hidden = agent.delete(&format!("{PATH}/{owners}")).await;
        hidden.refused(404, "not_found");
        let missing = agent.delete(&format!("{PATH}/mtk_{}", "0".repeat(32))).await;
        assert_eq!(missing.body, hidden.body);
        lead.delete(&format!("{PATH}/{owners}")).await.refused(403, "forbidden");
        owner.delete(&format!("{PATH}/{own}")).await.json(204);
        program.clone().get("/api/v1/me").await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_member_has_so_many_tokens_and_each_asks_so_often() {
    on_both(async |scene| {
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let (_, mut busy) = program(&scene, &mut agent, &["conversation:view"]).await;
        let short = json!({ "name": "Once", "rights": ["conversation:view"], "expires_at": START + 2 * DAY_MS });
        for _ in 1..20 {
            agent.post(PATH, &short).await.json(201);
        }
        agent.post(PATH, &short).await.refused(422, "too_many_member_tokens");
        for _ in 0..600 {
            busy.get("/api/v1/teams").await.json(200);
        }
        busy.get("/api/v1/teams").await.refused(429, "too_many_requests");
        agent.get("/api/v1/teams").await.json(200);
        // Those whose time has come make room.
        scene.test.advance(3 * DAY_MS);
        agent.post(PATH, asked(&["conversation:view"])).await.json(201);
        assert_eq!(agent.get(PATH).await.json(200)["items"].as_array().map(Vec::len), Some(2));
    })
    .await;
}

#[tokio::test]
async fn who_was_just_disabled_makes_no_token() {
    on_both(async |scene| {
        let (budi, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        agent.get("/api/v1/me").await.json(200);
        // As another node does it, of which this one has not heard.
        let workspace = scene.workspace;
        let disabled = scene.test.app.write(workspace, move |tx| {
            Box::pin(async move {
                let disable = sql!("UPDATE members SET disabled_at = $3 WHERE workspace_id = $1 AND id = $2");
                Ok(tx.execute(disable, &params![workspace, budi, tx.now]).await?)
            })
        });
        assert_eq!(disabled.await.expect("a change"), 1);
        agent.post(PATH, asked(&["conversation:view"])).await.refused(401, "unauthenticated");
    })
    .await;
}
