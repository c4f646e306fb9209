//! What a conversation holds: pictures, other files, links; and a file that is sent again.

use crate::scene::{Visitor, entry_id, on_both};
use serde_json::{Value, json};
use testkit::Client;

/// The smallest GIF: told a picture by its first bytes.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

async fn upload(visitor: &mut Visitor, name: &str, bytes: &'static [u8]) -> Value {
    visitor.client.upload(&format!("/w/api/v1/files?name={name}"), "text/plain", bytes).await.json(201)["id"].clone()
}

async fn write(visitor: &mut Visitor, number: u64, text: &str, files: &[Value]) -> Value {
    let body = json!({ "id": entry_id(number), "text": text, "file_ids": files });
    visitor.client.post("/w/api/v1/messages", body).await.json(201)
}

/// Everything that the pages hold, by a path to it.
async fn walk(client: &Client, path: &str, items: &str, wanted: &str) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.clone().get(&format!("{path}{cursor}")).await.json(200);
        let each = page[items].as_array().expect("items").clone();
        found.extend(each.iter().map(|item| item.pointer(wanted).and_then(Value::as_str).expect("a text").to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

/// R116, R117
#[tokio::test(flavor = "multi_thread")]
async fn files_of_both_sides_are_listed_newest_first_without_those_of_removed_messages() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let mut files = Vec::new();
        for (name, bytes) in [("a.gif", GIF), ("a.txt", b"one"), ("b.gif", GIF), ("b.txt", b"two")] {
            files.push(upload(&mut visitor, name, bytes).await);
        }
        let first = write(&mut visitor, 1, "look", &files[..3]).await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        let gone = write(&mut visitor, 2, "", &files[3..]).await;
        let paper = ana.upload("/api/v1/files?name=prices.pdf", "application/pdf", "%PDF-1.7").await.json(201);
        let answer = json!({
            "id": entry_id(3), "text": "here", "file_ids": [paper["id"]], "holder": { "kind": "queue" },
        });
        ana.post(&format!("/api/v1/conversations/{id}/messages"), answer).await.json(201);
        visitor.client.delete(&format!("/w/api/v1/messages/{}", gone["id"].as_str().expect("an id"))).await.json(200);

        let path = format!("/api/v1/conversations/{id}/attachments");
        for limit in [1, 2, 50] {
            let of = async |part: &str| {
                walk(&ana.client(), &format!("{path}?part={part}&limit={limit}"), "attachments", "/file/name").await
            };
            let mut images = of("images").await;
            images.sort();
            assert_eq!(images, ["a.gif", "b.gif"]);
            assert_eq!(of("files").await, ["prices.pdf", "a.txt"]);
        }
        let page = ana.get(&format!("{path}?part=files")).await.json(200);
        let (ours, theirs) = (&page["attachments"][0], &page["attachments"][1]);
        assert_eq!((&ours["author"]["name"], &ours["author"]["id"]), (&json!("ana"), &json!(ana.id)));
        assert_eq!((&theirs["author"]["kind"], &theirs["entry_id"]), (&json!("contact"), &first["id"]));
        assert_eq!((&theirs["at"], &theirs["file"]["size"]), (&first["at"], &json!(3)));
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_messages_are_listed_and_a_long_history_goes_on() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let first = visitor.write("See https://a.example/1, https://a.example/1 and http://b.example!").await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut ana, &id, "javascript://x ftp://y", json!({ "kind": "queue" })).await.json(201);
        visitor.write("https://c.example").await;
        let note = json!({ "id": entry_id(7), "text": "https://secret.example", "mention_ids": [] });
        ana.post(&format!("/api/v1/conversations/{id}/notes"), note).await.json(201);
        for limit in [1, 50] {
            let path = format!("/api/v1/conversations/{id}/links?limit={limit}");
            let urls = walk(&ana.client(), &path, "links", "/url").await;
            assert_eq!(urls, ["https://c.example", "https://a.example/1", "http://b.example"]);
        }
        let page = ana.get(&format!("/api/v1/conversations/{id}/links")).await.json(200);
        assert_eq!((&page["links"][1]["entry_id"], &page["next_cursor"]), (&first["id"], &Value::Null));
    })
    .await;
}

/// R004, R119
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_again_and_outlives_the_first() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let picture = upload(&mut visitor, "a.gif", GIF).await;
        let first = write(&mut visitor, 1, "look", std::slice::from_ref(&picture)).await;
        let id = first["conversation_id"].as_str().expect("an id").to_owned();
        scene.test.run_jobs().await;
        let copies = format!("/api/v1/files/{}/copies", picture.as_str().expect("an id"));
        let copy = ana.post(&copies, json!({})).await.json(201);
        assert_ne!(copy["id"], picture);
        assert_eq!((&copy["name"], &copy["preview"]), (&json!("a.gif"), &json!("ready")));

        let stranger = scene.member("tomo", "agent", false).await;
        stranger.client().post(&copies, json!({})).await.refused(404, "not_found");
        scene.anonymous().post(&copies, json!({})).await.refused(401, "unauthenticated");
        visitor.client.post(&copies, json!({})).await.refused(401, "unauthenticated");
        let loose = format!("/api/v1/files/{}/copies", copy["id"].as_str().expect("an id"));
        ana.post(&loose, json!({})).await.refused(404, "not_found");

        let answer = json!({
            "id": entry_id(3), "text": "", "file_ids": [copy["id"]], "holder": { "kind": "queue" },
        });
        ana.post(&format!("/api/v1/conversations/{id}/messages"), answer).await.json(201);
        visitor.client.delete(&format!("/w/api/v1/messages/{}", first["id"].as_str().expect("an id"))).await.json(200);
        scene.test.run_jobs().await;
        let again = format!("/w/api/v1/files/{}", copy["id"].as_str().expect("an id"));
        assert_eq!(visitor.client.get(&again).await.body, GIF);
        assert_eq!(visitor.client.get(&format!("{again}/preview")).await.status.as_u16(), 200);
        visitor
            .client
            .get(&format!("/w/api/v1/files/{}", picture.as_str().expect("an id")))
            .await
            .refused(404, "not_found");
        ana.post(&copies, json!({})).await.refused(404, "not_found");
    })
    .await;
}
