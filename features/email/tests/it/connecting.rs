use crate::scene::{Scene, US, on_both, unconnected_on_both};
use serde_json::{Value, json};

fn with(scene: &Scene, path: &str, value: Value) -> Value {
    let mut body = scene.mailbox();
    *body.pointer_mut(path).expect("a field") = value;
    body
}

/// What cannot work is told at once, and which of the servers it is; a password is shown to nobody.
#[tokio::test(flavor = "multi_thread")]
async fn both_servers_are_asked_before_anything_is_kept() {
    unconnected_on_both(async |scene| {
        let refused = async |path: &str, value: Value| scene.connect(with(&scene, path, value)).await;
        refused("/address", json!("kopi")).await.refused(422, "mailbox_address_invalid");
        refused("/imap/host", json!("a b")).await.refused(422, "mail_server_invalid");
        refused("/imap/port", json!(1)).await.refused(422, "mail_server_unreachable");
        let login = refused("/password", json!("wrong")).await;
        assert_eq!(login.refused(422, "mail_login_refused")["server"], "imap");
        let mut pushed = with(&scene, "/password", json!("wrong"));
        pushed["imap"] = Value::Null;
        assert_eq!(scene.connect(pushed).await.refused(422, "mail_login_refused")["server"], "smtp");
        let mut without = scene.mailbox();
        without.as_object_mut().expect("a body").remove("password");
        scene.connect(without.clone()).await.refused(422, "mail_login_refused");
        assert_eq!(scene.health().await["mailbox"], Value::Null, "nothing was kept");

        let made = scene.connect(scene.mailbox()).await.json(200);
        assert_eq!((&made["mailbox"]["address"], &made["mailbox"]["password_opens"]), (&json!(US), &json!(true)));
        assert!(!made.to_string().contains("kopi-susu"));
        let inbox = scene.owner.clone().get(scene.path("").trim_end_matches('/')).await.json(200);
        assert_eq!(
            (&inbox["channel"], &inbox["email"]["address"], &inbox["starting"]),
            (&json!("email"), &json!(US), &json!("anybody"))
        );
        scene.connect(without).await.json(200);
        // What was given to one server is shown to no other.
        let mut moved = with(&scene, "/smtp/host", json!("localhost"));
        moved.as_object_mut().expect("a body").remove("password");
        scene.connect(moved).await.refused(422, "mail_login_refused");
        scene.owner.clone().post(&scene.path("mailbox/check"), json!({})).await.json(204);

        let body = json!({ "name": "Other", "email": {} });
        let other = scene.owner.clone().post("/api/v1/inboxes", body).await.json(201);
        let path = format!("/api/v1/inboxes/{}/mailbox", other["id"].as_str().expect("an id"));
        scene.owner.clone().put(&path, scene.mailbox()).await.refused(409, "mailbox_taken");
        scene.owner.clone().delete(&scene.path("mailbox")).await.json(204);
        scene.owner.clone().delete(&scene.path("mailbox")).await.refused(404, "not_found");
        scene.owner.clone().put(&path, scene.mailbox()).await.json(200);
    })
    .await;
}

/// One reads at a time, and who was cut off is no reason to read twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_connected_anew_goes_on_where_it_was() {
    on_both(async |scene| {
        scene.begins().await;
        scene.connect(with(&scene, "/plus_addressing", json!(false))).await.json(200);
        assert_eq!(scene.look().await, 0, "nothing is new");
        let inbox = scene.path("");
        scene.owner.clone().patch(inbox.trim_end_matches('/'), json!({ "enabled": false })).await.json(200);
        assert_eq!(scene.look().await, 0);
        scene.owner.clone().patch(inbox.trim_end_matches('/'), json!({ "enabled": true })).await.json(200);
        scene.writes("budi@toko.example", "", "Halo?").await;
    })
    .await;
}
