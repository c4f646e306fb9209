use crate::scene::{PASSWORD, on_both};
use base::{COOKIE, Role};
use serde_json::json;

const DAY_MS: i64 = 24 * 3_600_000;
const PATH: &str = "/api/v1/me/sign-ins";

#[tokio::test]
async fn a_member_sees_his_sign_ins_and_ends_one_of_them_with_its_sockets() {
    on_both(async |scene| {
        let mut here = scene.sign_in().await;
        scene.test.advance(1_000);
        let there = scene.administrator().await;
        let mut ended = there.socket("/ws").await.expect("a socket");
        let mut other = here.socket("/ws").await.expect("a socket");
        for socket in [&mut ended, &mut other] {
            assert_eq!(socket.hello(None).await.last().expect("a frame")["type"], "ready");
        }

        let items = here.get(PATH).await.json(200)["items"].clone();
        let items = items.as_array().expect("a list");
        assert_eq!(items.len(), 2);
        let (theirs, mine) = (&items[0], &items[1]);
        assert_eq!((theirs["current"].as_bool(), mine["current"].as_bool()), (Some(false), Some(true)));
        assert_eq!((mine["address"].as_str(), mine["user_agent"].as_str()), (Some("192.0.2.1"), Some("Test browser")));
        assert_eq!(theirs["address"], "192.0.2.9");

        here.delete(&format!("{PATH}/{}", theirs["id"].as_str().expect("an id"))).await.json(204);
        assert_eq!(ended.closed().await, 4401);
        there.clone().get("/api/v1/me").await.refused(401, "unauthenticated");
        assert_eq!(there.socket("/ws").await.err().expect("a refusal").status, 401);
        assert!(other.events().await.is_empty(), "the other socket lives on and hears nothing of it");
    })
    .await;
}

#[tokio::test]
async fn a_member_ends_all_his_other_sign_ins_at_once_and_nobody_elses() {
    on_both(async |scene| {
        let mut here = scene.sign_in().await;
        let mut others = [scene.administrator().await, scene.administrator().await];
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let mut closed = others[0].socket("/ws").await.expect("a socket");
        closed.hello(None).await;
        here.delete(PATH).await.json(204);
        assert_eq!(closed.closed().await, 4401);
        for other in &mut others {
            other.get("/api/v1/me").await.refused(401, "unauthenticated");
        }
        agent.get("/api/v1/me").await.json(200);
        let items = here.get(PATH).await.json(200)["items"].clone();
        assert_eq!(items.as_array().map(Vec::len), Some(1), "{items}");
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_the_sign_in_of_another() {
    on_both(async |scene| {
        let mut administrator = scene.sign_in().await;
        let id = administrator.get("/api/v1/me").await.json(200)["sign_in_id"].as_str().expect("an id").to_owned();
        let (_, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let hidden = agent.delete(&format!("{PATH}/{id}")).await;
        hidden.refused(404, "not_found");
        let missing = agent.delete(&format!("{PATH}/sgn_{}", "0".repeat(32))).await;
        let nonsense = agent.delete(&format!("{PATH}/nonsense")).await;
        assert!(missing.body == hidden.body && nonsense.body == hidden.body);
        administrator.get("/api/v1/me").await.json(200);
    })
    .await;
}

#[tokio::test]
async fn signing_out_closes_the_sockets_of_that_browser_only() {
    on_both(async |scene| {
        let (mut leaving, staying) = (scene.sign_in().await, scene.administrator().await);
        let mut closed = leaving.socket("/ws").await.expect("a socket");
        let mut open = staying.socket("/ws").await.expect("a socket");
        for socket in [&mut closed, &mut open] {
            socket.hello(None).await;
        }
        leaving.delete("/api/v1/sign-in").await.json(204);
        assert_eq!(closed.closed().await, 4401);
        assert!(open.events().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_other_sign_in() {
    on_both(async |scene| {
        let (mut here, mut there) = (scene.sign_in().await, scene.administrator().await);
        let mut closed = there.socket("/ws").await.expect("a socket");
        let mut open = here.socket("/ws").await.expect("a socket");
        for socket in [&mut closed, &mut open] {
            socket.hello(None).await;
        }
        let change = |current: &str, new: &str| json!({ "current": current, "new": new });
        const PASSWORD_PATH: &str = "/api/v1/me/password";
        here.put(PASSWORD_PATH, change("wrong password", "another horse")).await.refused(422, "wrong_password");
        here.put(PASSWORD_PATH, change(PASSWORD, "short")).await.refused(422, "password_too_short");
        here.put(PASSWORD_PATH, change(PASSWORD, &"x".repeat(129))).await.refused(422, "password_too_long");
        there.get("/api/v1/me").await.json(200);

        here.put(PASSWORD_PATH, change(PASSWORD, "another horse")).await.json(204);
        assert_eq!(closed.closed().await, 4401);
        assert!(open.events().await.is_empty());
        there.get("/api/v1/me").await.refused(401, "unauthenticated");
        here.get("/api/v1/me").await.json(200);
        let credentials = |password| crate::scene::credentials(crate::scene::ADMINISTRATOR, password);
        let mut fresh = scene.test.client();
        fresh.post("/api/v1/sign-in", credentials(PASSWORD)).await.refused(401, "wrong_credentials");
        fresh.post("/api/v1/sign-in", credentials("another horse")).await.json(200);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_programs_only_when_that_is_asked_for() {
    on_both(async |scene| {
        let mut here = scene.sign_in().await;
        let expires_at = testkit::START + DAY_MS;
        let asked = json!({ "name": "Backup", "rights": ["conversation:view"], "expires_at": expires_at });
        let made = here.post("/api/v1/member-tokens", asked).await.json(201);
        let mut program = scene.test.client().without_origin().with_bearer(made["token"].as_str().expect("a token"));
        let mut socket = program.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let change = json!({ "current": PASSWORD, "new": "another horse" });
        here.put("/api/v1/me/password", change).await.json(204);
        program.get("/api/v1/me").await.json(200);
        let change = json!({ "current": "another horse", "new": PASSWORD, "end_tokens": true });
        here.put("/api/v1/me/password", change).await.json(204);
        assert_eq!(socket.closed().await, 4401);
        program.get("/api/v1/me").await.refused(401, "unauthenticated");
        assert_eq!(here.get("/api/v1/member-tokens").await.json(200)["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_ends_without_use_and_after_its_lifetime() {
    on_both(async |scene| {
        let mut idle = scene.sign_in().await;
        scene.test.advance(14 * DAY_MS - 1);
        let mut used = scene.administrator().await;
        idle.get("/api/v1/me").await.json(200);
        assert_eq!(used.get(PATH).await.json(200)["items"].as_array().map(Vec::len), Some(2));
        // The look above counted as use, and was written down.
        scene.test.advance(14 * DAY_MS - 1);
        idle.get("/api/v1/me").await.json(200);
        scene.test.advance(14 * DAY_MS);
        idle.get("/api/v1/me").await.refused(401, "unauthenticated");

        let mut kept = scene.administrator().await;
        for _ in 0..9 {
            kept.get("/api/v1/me").await.json(200);
            scene.test.advance(10 * DAY_MS);
        }
        kept.get("/api/v1/me").await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn the_last_use_is_written_at_most_every_five_minutes() {
    on_both(async |scene| {
        let mut client = scene.sign_in().await;
        let mut seen_after = async |by_ms| {
            scene.test.advance(by_ms);
            client.get("/api/v1/me").await.json(200);
            client.get(PATH).await.json(200)["items"][0]["last_seen_at"].as_i64().expect("a time") - testkit::START
        };
        assert_eq!(seen_after(299_999).await, 0);
        assert_eq!(seen_after(3_001).await, 303_000);
    })
    .await;
}

#[tokio::test]
async fn a_member_has_at_most_fifty_sign_ins_and_the_longest_unused_goes() {
    on_both(async |scene| {
        let mut first = scene.administrator().await;
        let mut others = Vec::new();
        for _ in 0..49 {
            scene.test.advance(1);
            others.push(scene.administrator().await);
        }
        first.get("/api/v1/me").await.json(200);
        scene.test.advance(1);
        let mut newest = scene.administrator().await;
        first.get("/api/v1/me").await.refused(401, "unauthenticated");
        others[0].get("/api/v1/me").await.json(200);
        assert_eq!(newest.get(PATH).await.json(200)["items"].as_array().map(Vec::len), Some(50));
        assert!(newest.cookie(COOKIE).is_some());
    })
    .await;
}
