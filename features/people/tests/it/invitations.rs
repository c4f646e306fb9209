use crate::scene::{PASSWORD, Scene, on_both};
use base::Role;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/invitations";
const HOUR_MS: i64 = 3_600_000;

async fn invite(scene: &Scene, email: &str, inboxes: &[&str]) -> Value {
    let body = json!({ "email": email, "role": "agent", "inbox_ids": inboxes });
    scene.administrator().await.post(PATH, body).await.json(201)
}

/// The token in the link, as the invited person's browser reads it.
fn token(invitation: &Value) -> String {
    let link = invitation["link"].as_str().expect("a link");
    link.strip_prefix("https://desk.test/join#").expect("the public address").to_owned()
}

fn acceptance(token: &str) -> Value {
    json!({ "token": token, "name": "Budi", "password": PASSWORD, "locale": "id" })
}

async fn look(scene: &Scene, token: &str) -> testkit::Answer {
    scene.test.client().post(&format!("{PATH}/look"), json!({ "token": token })).await
}

async fn accept(scene: &Scene, token: &str) -> testkit::Answer {
    scene.test.client().post(&format!("{PATH}/accept"), acceptance(token)).await
}

#[tokio::test]
async fn somebody_is_invited_looks_and_joins() {
    on_both(async |scene| {
        let inbox = scene.inbox(&[]).await;
        let mut socket = scene.administrator().await.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let invitation = invite(&scene, "Budi@Toko.example", &[&inbox]).await;
        assert_eq!((invitation["role"].as_str(), invitation["invited_by"].as_str()), (Some("agent"), Some("Wati")));
        assert_eq!(invitation["expires_at"], testkit::START + 72 * HOUR_MS);
        let listed = scene.administrator().await.get(PATH).await.json(200)["items"].clone();
        assert_eq!(listed.as_array().map(Vec::len), Some(1));
        assert_eq!((&listed[0]["id"], &listed[0]["link"]), (&invitation["id"], &Value::Null), "shown once");

        let token = token(&invitation);
        let seen = look(&scene, &token).await.json(200);
        let expected = json!({
            "workspace_name": "Toko Wati", "email": "Budi@Toko.example", "role": "agent", "role_name": null,
            "invited_by": "Wati",
        });
        assert_eq!(seen, expected);

        let mut browser = scene.test.client();
        let me = browser.post(&format!("{PATH}/accept"), acceptance(&token)).await.json(201);
        assert_eq!(me["member"]["email"], "Budi@Toko.example");
        assert_eq!(browser.get("/api/v1/me").await.json(200), me, "signed in");
        assert_eq!(socket.event("member.updated").await["data"]["member"], me["member"]);
        let updated = socket.event("inbox.updated").await;
        assert_eq!(updated["data"]["inbox"]["member_ids"], json!([me["member"]["id"]]));
        assert_eq!(browser.get("/api/v1/inboxes").await.json(200)["items"][0]["id"], inbox.as_str());
        let listed = scene.administrator().await.get(PATH).await.json(200)["items"].clone();
        assert_eq!(listed, json!([]));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_works_once_even_for_two_at_once() {
    on_both(async |scene| {
        let token = token(&invite(&scene, "budi@toko.example", &[]).await);
        let answers = tokio::join!(accept(&scene, &token), accept(&scene, &token));
        let mut statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 404]);
        accept(&scene, &token).await.refused(404, "invitation_invalid");
        look(&scene, &token).await.refused(404, "invitation_invalid");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_ends_after_seventy_two_hours() {
    on_both(async |scene| {
        let token = token(&invite(&scene, "budi@toko.example", &[]).await);
        scene.test.advance(72 * HOUR_MS - 1);
        look(&scene, &token).await.json(200);
        scene.test.advance(1);
        let late = look(&scene, &token).await;
        late.refused(404, "invitation_invalid");
        accept(&scene, &token).await.refused(404, "invitation_invalid");
        assert_eq!(scene.administrator().await.get(PATH).await.json(200)["items"], json!([]));
        for wrong in ["", "x", &"A".repeat(43)] {
            assert_eq!(look(&scene, wrong).await.body, late.body, "unknown and expired answer the same");
        }
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_invitation_and_an_older_one_of_the_same_address_open_nothing() {
    on_both(async |scene| {
        let older = invite(&scene, "budi@toko.example", &[]).await;
        let newer = invite(&scene, "BUDI@toko.example", &[]).await;
        look(&scene, &token(&older)).await.refused(404, "invitation_invalid");
        look(&scene, &token(&newer)).await.json(200);
        let path = format!("{PATH}/{}", newer["id"].as_str().expect("an id"));
        let mut administrator = scene.administrator().await;
        administrator.delete(&path).await.json(204);
        administrator.delete(&path).await.refused(404, "not_found");
        accept(&scene, &token(&newer)).await.refused(404, "invitation_invalid");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_worth_what_the_inviting_member_still_may() {
    on_both(async |scene| {
        let (id, mut second) = scene.browser_of("Sari", Role::Administrator).await;
        let body = json!({ "email": "budi@toko.example", "role": "administrator", "inbox_ids": [] });
        let token = token(&second.post(PATH, body).await.json(201));
        let mut administrator = scene.administrator().await;
        let member = format!("/api/v1/members/{id}");
        administrator.patch(&member, json!({ "role": "agent" })).await.json(200);
        accept(&scene, &token).await.refused(404, "invitation_invalid");
        administrator.patch(&member, json!({ "role": "administrator", "disabled": true })).await.json(200);
        accept(&scene, &token).await.refused(404, "invitation_invalid");
        administrator.patch(&member, json!({ "disabled": false })).await.json(200);
        accept(&scene, &token).await.json(201);
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_members_invites_sees_and_withdraws() {
    on_both(async |scene| {
        let invitation = invite(&scene, "budi@toko.example", &[]).await;
        let path = format!("{PATH}/{}", invitation["id"].as_str().expect("an id"));
        for role in [Role::ChatAdministrator, Role::Supervisor, Role::Agent, Role::Reader] {
            let (_, mut member) = scene.browser_of(&format!("{role:?}"), role).await;
            let body = json!({ "email": "x@toko.example", "role": "reader", "inbox_ids": [] });
            member.post(PATH, body).await.refused(403, "forbidden");
            member.get(PATH).await.refused(403, "forbidden");
            member.delete(&path).await.refused(403, "forbidden");
        }
        look(&scene, &token(&invitation)).await.json(200);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation_is_told() {
    on_both(async |scene| {
        let mut administrator = scene.administrator().await;
        let with = |email: &str| json!({ "email": email, "role": "agent", "inbox_ids": [] });
        administrator.post(PATH, with("nobody")).await.refused(422, "email_invalid");
        administrator.post(PATH, with("WATI@toko.example")).await.refused(409, "email_taken");
        let mut more = with("budi@toko.example");
        more["invited_by"] = json!(scene.administrator);
        administrator.post(PATH, more).await.refused(400, "invalid_body");
        let invitation = invite(&scene, "budi@toko.example", &[&format!("inb_{}", "0".repeat(32))]).await;
        let token = token(&invitation);
        let mut body = acceptance(&token);
        body["role"] = json!("administrator");
        let mut browser = scene.test.client();
        let accept_path = format!("{PATH}/accept");
        browser.post(&accept_path, body).await.refused(400, "invalid_body");
        let mut body = acceptance(&token);
        body["password"] = json!("short");
        browser.post(&accept_path, body).await.refused(422, "password_too_short");
        // An inbox that does not exist is passed over.
        browser.post(&accept_path, acceptance(&token)).await.json(201);
        assert_eq!(browser.get("/api/v1/inboxes").await.json(200)["items"], json!([]));
    })
    .await;
}
