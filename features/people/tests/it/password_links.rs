//! A forgotten password: the link with which a member chooses a new one.

use crate::scene::{ADMINISTRATOR, PASSWORD, Scene, credentials, on_both};
use base::{COOKIE, Role};
use ids::MemberId;
use serde_json::{Value, json};
use testkit::{Answer, Client};

const LOOK: &str = "/api/v1/password-links/look";
const USE: &str = "/api/v1/password-links/use";
const HOUR_MS: i64 = 3_600_000;
const NEW: &str = "another horse";

async fn reset(client: &mut Client, member: MemberId) -> Answer {
    client.post(&format!("/api/v1/members/{member}/password-link"), json!({})).await
}

/// The token in the link, as the browser that opens it reads it.
fn token(made: &Value) -> String {
    let link = made["link"].as_str().expect("a link");
    link.strip_prefix("https://desk.test/password#").expect("the public address").to_owned()
}

async fn look(scene: &Scene, token: &str) -> Answer {
    scene.test.client().post(LOOK, json!({ "token": token })).await
}

async fn choose(scene: &Scene, token: &str) -> Answer {
    scene.test.client().post(USE, json!({ "token": token, "password": NEW })).await
}

async fn sign_in(scene: &Scene, email: &str, password: &str) -> Answer {
    scene.test.client().post("/api/v1/sign-in", credentials(email, password)).await
}

/// A program with a token of whoever is signed in at the client.
async fn program(scene: &Scene, client: &mut Client) -> Client {
    let expires_at = testkit::START + 30 * 24 * HOUR_MS;
    let body = json!({ "name": "Backup", "rights": ["conversation:view"], "expires_at": expires_at });
    let made = client.post("/api/v1/member-tokens", body).await.json(201);
    scene.test.client().without_origin().with_bearer(made["token"].as_str().expect("a token"))
}

#[tokio::test]
async fn a_reset_ends_what_was_open_and_its_link_gives_a_new_password_once() {
    on_both(async |scene| {
        let (budi, _) = scene.browser_of("Budi", Role::Agent).await;
        let mut owner = scene.administrator().await;
        // He has a password that he knows.
        let first = token(&reset(&mut owner, budi).await.json(201));
        let mut his = scene.test.client();
        his.post(USE, json!({ "token": first, "password": PASSWORD })).await.json(200);
        let mut programs = program(&scene, &mut his).await;
        let mut sockets = [his.socket("/ws").await.expect("a socket"), programs.socket("/ws").await.expect("a socket")];
        for socket in &mut sockets {
            socket.hello(None).await;
        }

        let made = reset(&mut owner, budi).await.json(201);
        assert_eq!(made["expires_at"], json!(scene.test.app.clock.now() + 24 * HOUR_MS));
        for socket in &mut sockets {
            assert_eq!(socket.closed().await, 4401);
        }
        his.get("/api/v1/me").await.refused(401, "unauthenticated");
        programs.get("/api/v1/me").await.refused(401, "unauthenticated");
        sign_in(&scene, "budi@toko.example", PASSWORD).await.refused(401, "wrong_credentials");
        owner.get("/api/v1/me").await.json(200);

        let token = token(&made);
        let seen = look(&scene, &token).await.json(200);
        assert_eq!(seen, json!({ "workspace_name": "Toko Wati", "name": "Budi", "email": "budi@toko.example" }));
        let short = json!({ "token": token, "password": "short" });
        scene.test.client().post(USE, short).await.refused(422, "password_too_short");
        let mut browser = scene.test.client();
        let me = browser.post(USE, json!({ "token": token, "password": NEW })).await.json(200);
        assert_eq!(me["member"]["id"], json!(budi));
        assert!(browser.cookie(COOKIE).is_some());
        browser.get("/api/v1/me").await.json(200);
        sign_in(&scene, "budi@toko.example", NEW).await.json(200);

        let again = choose(&scene, &token).await;
        again.refused(404, "password_link_invalid");
        for wrong in [first.as_str(), "", "x", &"A".repeat(43)] {
            assert_eq!(look(&scene, wrong).await.body, again.body, "used, replaced and unknown answer the same");
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once_even_for_two_at_once() {
    on_both(async |scene| {
        let (budi, _) = scene.browser_of("Budi", Role::Agent).await;
        let token = token(&reset(&mut scene.administrator().await, budi).await.json(201));
        let answers = tokio::join!(choose(&scene, &token), choose(&scene, &token));
        let mut statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404]);
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_by_its_time_by_a_newer_one_and_with_who_made_it_or_is_meant() {
    on_both(async |scene| {
        let (budi, _) = scene.browser_of("Budi", Role::Agent).await;
        let (second, mut seconds) = scene.browser_of("Sari", Role::Administrator).await;
        let mut owner = scene.administrator().await;
        let older = token(&reset(&mut owner, budi).await.json(201));
        let newer = token(&reset(&mut owner, budi).await.json(201));
        look(&scene, &older).await.refused(404, "password_link_invalid");
        scene.test.advance(24 * HOUR_MS - 1);
        look(&scene, &newer).await.json(200);
        scene.test.advance(1);
        look(&scene, &newer).await.refused(404, "password_link_invalid");
        choose(&scene, &newer).await.refused(404, "password_link_invalid");

        // What its maker may no more, it gives no more.
        let by_second = token(&reset(&mut seconds, budi).await.json(201));
        let sari = format!("/api/v1/members/{second}");
        owner.patch(&sari, json!({ "role": "reader" })).await.json(200);
        choose(&scene, &by_second).await.refused(404, "password_link_invalid");
        owner.patch(&sari, json!({ "role": "administrator", "disabled": true })).await.json(200);
        choose(&scene, &by_second).await.refused(404, "password_link_invalid");
        owner.patch(&sari, json!({ "disabled": false })).await.json(200);
        look(&scene, &by_second).await.json(200);
        // With a member who is disabled it ends for good.
        let member = format!("/api/v1/members/{budi}");
        owner.patch(&member, json!({ "disabled": true })).await.json(200);
        reset(&mut owner, budi).await.refused(403, "forbidden");
        owner.patch(&member, json!({ "disabled": false })).await.json(200);
        choose(&scene, &by_second).await.refused(404, "password_link_invalid");
    })
    .await;
}

#[tokio::test]
async fn nobody_resets_himself_nor_who_has_rights_that_he_lacks() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let role = json!({ "name": "Personnel", "rights": ["member:manage:all", "conversation:view:own"] });
        let role = owner.post("/api/v1/roles", role).await.json(201);
        let role = Role::parse(role["role"].as_str().expect("a role")).expect("a role");
        let (_, mut personnel) = scene.browser_of("Rina", role).await;
        let (agent, mut his) = scene.browser_of("Budi", Role::Agent).await;
        let (reader, _) = scene.browser_of("Tono", Role::Reader).await;
        let (same, _) = scene.browser_of("Lina", role).await;
        reset(&mut personnel, same).await.json(201);
        reset(&mut his, reader).await.refused(403, "forbidden");
        reset(&mut personnel, agent).await.refused(403, "forbidden");
        reset(&mut personnel, scene.administrator).await.refused(403, "forbidden");
        reset(&mut owner, scene.administrator).await.refused(403, "forbidden");
        owner
            .post(&format!("/api/v1/members/mem_{}/password-link", "0".repeat(32)), json!({}))
            .await
            .refused(404, "not_found");
        his.get("/api/v1/me").await.json(200);
        sign_in(&scene, ADMINISTRATOR, PASSWORD).await.json(200);
    })
    .await;
}

#[tokio::test]
async fn whoever_runs_the_program_makes_a_link_and_nothing_ends_before_it_is_used() {
    on_both(async |scene| {
        let app = &scene.test.app;
        let make = async |email: &str| people::reset_password(app, email, "https://desk.test".to_owned()).await;
        assert_eq!(
            make("nobody@toko.example").await.err().map(|refused| refused.refusal().code),
            Some("member_unknown")
        );
        let made = make("WATI@toko.example").await.expect("a link");
        assert_eq!(made.expires_at, app.clock.now() + HOUR_MS);
        let token = token(&json!({ "link": made.link }));
        let mut owner = scene.sign_in().await;
        let mut programs = program(&scene, &mut owner).await;
        choose(&scene, &token).await.json(200);
        owner.get("/api/v1/me").await.refused(401, "unauthenticated");
        programs.get("/api/v1/me").await.refused(401, "unauthenticated");
        sign_in(&scene, ADMINISTRATOR, NEW).await.json(200);

        // Who changes his password has no use for a link that somebody else may hold.
        let late = make(ADMINISTRATOR).await.expect("a link");
        let mut owner = scene.administrator().await;
        owner.put("/api/v1/me/password", json!({ "current": NEW, "new": PASSWORD })).await.json(204);
        choose(&scene, late.link.rsplit('#').next().expect("a token")).await.refused(404, "password_link_invalid");
    })
    .await;
}
