//! Files that go with quick replies: held by them, sent as copies, gone with them.

use crate::scene::{PATH, body, list, listen, make, of_inbox, on_both, path, personal, workspace};
use base::Role;
use serde_json::{Value, json};
use testkit::Client;

/// A PNG of one pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x64, 0xf8, 0xcf, 0x50, 0x0f, 0x00, 0x03, 0x86, 0x01, 0x80, 0x5a, 0x34, 0x7d,
    0x6b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

async fn upload(client: &Client, name: &str, bytes: &'static [u8]) -> Value {
    let address = format!("/api/v1/files?name={name}");
    client.clone().upload(&address, "application/octet-stream", bytes).await.json(201)
}

async fn make_with(client: &Client, shortcut: &str, scope: Value, files: &[&Value]) -> Value {
    let mut body = body(shortcut, scope);
    body["file_ids"] = files.iter().map(|file| file["id"].clone()).collect();
    client.clone().post(PATH, body).await.json(201)
}

async fn copies(client: &Client, known: &Value) -> Vec<Value> {
    let answer = client.clone().post(&format!("{}/copies", path(known)), json!({})).await;
    answer.json(201)["items"].as_array().expect("a list").clone()
}

fn address(file: &Value) -> String {
    format!("/api/v1/files/{}", file["id"].as_str().expect("an id"))
}

fn names(files: &Value) -> Vec<&str> {
    files.as_array().expect("files").iter().map(|file| file["name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn whoever_may_use_it_sends_copies_with_their_previews() {
    on_both(async |scene| {
        let (_, mut agent) = scene.member("Budi", Role::Agent).await;
        let mut administrator = scene.administrator.clone();
        let mut socket = listen(&agent).await;
        let [menu, photo] =
            [upload(&administrator, "menu.txt", b"kopi").await, upload(&administrator, "photo.png", PNG).await];
        let known = make_with(&administrator, "menu", workspace(), &[&photo, &menu]).await;
        assert_eq!(known["quick_reply"]["files"], json!([photo, menu]), "in the order that was asked");
        assert_eq!(list(&agent).await[0]["quick_reply"]["files"], json!([photo, menu]));
        assert_eq!(socket.events().await[0]["data"]["quick_reply"], known["quick_reply"]);
        let preview = format!("{}/files/{}/preview", path(&known), photo["id"].as_str().expect("an id"));
        agent.get(&preview).await.refused(404, "not_found");
        assert_eq!(copies(&agent, &known).await[0]["preview"], "pending");
        scene.test.run_jobs().await;

        let made = copies(&agent, &known).await;
        assert_eq!(names(&json!(made)), ["photo.png", "menu.txt"]);
        assert_eq!(made[0]["preview"], "ready");
        assert_eq!(agent.get(&address(&made[1])).await.body, "kopi");
        assert_eq!(agent.get(&format!("{}/preview", address(&made[0]))).await.status, 200);
        let shown = agent.get(&preview).await;
        assert_eq!(
            (shown.status.as_u16(), &shown.headers["content-type"]),
            (200, &"image/png".parse().expect("a type"))
        );
        administrator.get(&address(&made[1])).await.refused(404, "not_found");
        administrator.get(&address(&menu)).await.refused(404, "not_found");

        // What is held stays; copies that nobody sends go.
        for _ in 0..2 {
            scene.test.advance(25 * 3_600_000);
            scene.test.run_jobs().await;
        }
        agent.get(&address(&made[1])).await.refused(404, "not_found");
        assert_eq!(agent.get(&address(&copies(&agent, &known).await[1])).await.body, "kopi");
        assert_eq!(agent.get(&preview).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn files_are_added_kept_and_let_go() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let [one, two, three] = [
            upload(&administrator, "one.txt", b"1").await,
            upload(&administrator, "two.txt", b"2").await,
            upload(&administrator, "three.txt", b"3").await,
        ];
        let known = make_with(&administrator, "menu", workspace(), &[&one, &two]).await;
        administrator.patch(&path(&known), json!({ "title": "Menu" })).await.json(200);
        let change = json!({ "file_ids": [three["id"], two["id"]] });
        let changed = administrator.patch(&path(&known), change).await.json(200);
        assert_eq!(names(&changed["quick_reply"]["files"]), ["three.txt", "two.txt"]);
        assert_eq!(list(&administrator).await, [changed]);
        assert_eq!(scene.test.run_jobs().await, 1, "what was let go is swept");
        administrator.get(&address(&one)).await.refused(404, "not_found");
        let body = json!({ "file_ids": [one["id"]] });
        administrator.patch(&path(&known), body).await.refused(422, "file_unknown");

        let table = "shortcut,scope,text\nmenu,workspace,Other words\n";
        let import = administrator.upload(&format!("{PATH}/import"), "text/csv", table).await.json(200);
        assert_eq!(import["changed"], 1);
        assert_eq!(names(&list(&administrator).await[0]["quick_reply"]["files"]), ["three.txt", "two.txt"]);

        let copy = copies(&administrator, &known).await.remove(0);
        assert_eq!(administrator.delete(&path(&known)).await.status, 204);
        assert_eq!(scene.test.run_jobs().await, 2);
        assert_eq!(administrator.get(&address(&copy)).await.body, "3", "a copy lives on");
    })
    .await;
}

#[tokio::test]
async fn only_free_uploads_of_the_member_go_along() {
    on_both(async |scene| {
        let (agent_id, agent) = scene.member("Budi", Role::Agent).await;
        let mut administrator = scene.administrator.clone();
        let [mine, other] = [upload(&administrator, "mine.txt", b"1").await, upload(&agent, "other.txt", b"2").await];
        let known = make_with(&administrator, "menu", workspace(), &[&mine]).await;
        let ids = |ids: Vec<&Value>| json!({ "file_ids": ids });
        administrator.patch(&path(&known), ids(vec![&other["id"]])).await.refused(422, "file_unknown");
        administrator.patch(&path(&known), ids(vec![&mine["id"], &mine["id"]])).await.refused(422, "file_unknown");
        let eleven = administrator.patch(&path(&known), ids(vec![&mine["id"]; 11])).await;
        assert_eq!(eleven.refused(422, "too_many_files")["max"], 10);
        let mut second = body("second", personal(scene.administrator_id));
        second["file_ids"] = json!([mine["id"]]);
        administrator.post(PATH, second).await.refused(422, "file_unknown");
        assert_eq!(names(&list(&agent).await[0]["quick_reply"]["files"]), ["mine.txt"]);
        make_with(&agent, "own", personal(agent_id), &[&other]).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_hidden_gives_no_file() {
    on_both(async |scene| {
        let (inside_id, inside) = scene.member("Budi", Role::Agent).await;
        let (_, outside) = scene.member("Sari", Role::Agent).await;
        let (_, reader) = scene.member("Tono", Role::Reader).await;
        let inbox = scene.inbox(&[inside_id]).await;
        let photo = upload(&scene.administrator, "photo.png", PNG).await;
        let known = make_with(&scene.administrator, "menu", of_inbox(inbox), &[&photo]).await;
        let plain = make(&scene.administrator, "plain", workspace()).await;
        scene.test.run_jobs().await;
        let preview = |known: &Value| format!("{}/files/{}/preview", path(known), photo["id"].as_str().expect("an id"));
        for client in [&outside, &reader] {
            client.clone().post(&format!("{}/copies", path(&known)), json!({})).await.refused(404, "not_found");
            client.clone().get(&preview(&known)).await.refused(404, "not_found");
        }
        assert_eq!(copies(&inside, &known).await.len(), 1);
        assert_eq!(inside.clone().get(&preview(&known)).await.status, 200);
        inside.clone().get(&preview(&plain)).await.refused(404, "not_found");
        assert_eq!(copies(&outside, &plain).await, Vec::<Value>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_copies_while_the_order_changes_waits_and_goes_on() {
    on_both(async |scene| {
        let (mut one, mut other) = (scene.administrator.clone(), scene.administrator.clone());
        let [menu, photo] = [upload(&one, "menu.txt", b"kopi").await, upload(&one, "photo.png", PNG).await];
        let known = make_with(&one, "menu", workspace(), &[&photo, &menu]).await;
        let (address, copies) = (path(&known), format!("{}/copies", path(&known)));
        for ids in [[&menu["id"], &photo["id"]], [&photo["id"], &menu["id"]]].into_iter().cycle().take(8) {
            let (changed, copied) =
                tokio::join!(one.patch(&address, json!({ "file_ids": ids })), other.post(&copies, json!({})));
            let kept: Vec<_> = changed.json(200)["quick_reply"]["files"].as_array().expect("files").clone();
            assert_eq!([&kept[0]["id"], &kept[1]["id"]], ids);
            assert_eq!(copied.json(201)["items"].as_array().map(Vec::len), Some(2));
        }
        scene.test.run_jobs().await;
    })
    .await;
}
