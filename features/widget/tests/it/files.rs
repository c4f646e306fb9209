//! Files: by content, once, as downloads; pictures as we made them.

use crate::scene::{entry_id, on_both};
use serde_json::json;

/// A PNG of one pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x64, 0xf8, 0xcf, 0x50, 0x0f, 0x00, 0x03, 0x86, 0x01, 0x80, 0x5a, 0x34, 0x7d,
    0x6b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// R004, R183
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_travels_and_its_preview_is_ours() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut visitor = scene.visitor().await;
        // The name lies: the bytes tell.
        let file = visitor.client.upload("/w/api/v1/files?name=photo.exe", "text/html", PNG).await.json(201);
        assert_eq!((&file["media_type"], &file["kind"]), (&json!("image/png"), &json!("image")));
        assert_eq!((&file["width"], &file["height"], &file["preview"]), (&json!(1), &json!(1), &json!("pending")));
        let path = format!("/api/v1/files/{}", file["id"].as_str().expect("an id"));
        agent.get(&path).await.refused(404, "not_found");

        let body = json!({ "id": entry_id(1), "text": "", "file_ids": [file["id"]] });
        let ack = visitor.client.post("/w/api/v1/messages", body).await.json(201);
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        assert_eq!(scene.test.run_jobs().await, 1);
        let event = desk.event("conversation.updated").await;
        assert_eq!(event["data"]["entries"][0]["files"][0]["preview"], "ready");
        let thread = scene.thread(&mut agent, ack["conversation_id"].as_str().expect("an id")).await;
        assert_eq!(thread["entries"][1]["files"][0]["preview"], "ready");
        assert_eq!(thread["item"]["conversation"]["preview"]["text"], "photo.exe");

        let original = agent.get(&path).await;
        assert_eq!(original.body, PNG);
        assert_eq!(original.headers["content-type"], "application/octet-stream");
        assert_eq!(original.headers["content-disposition"], "attachment; filename*=UTF-8''photo.exe");
        assert_eq!(original.headers["content-security-policy"], "default-src 'none'; sandbox");
        let preview = agent.get(&format!("{path}/preview")).await;
        assert_eq!(
            (preview.status.as_u16(), &preview.headers["content-type"]),
            (200, &"image/png".parse().expect("a type"))
        );
        assert_ne!(preview.body, PNG, "made anew");
        // A browser keeps them and asks each time whether it may still show them.
        let stranger = scene.member("lain", "agent", false).await.client();
        for (path, kept) in [(path.clone(), &original), (format!("{path}/preview"), &preview)] {
            assert_eq!(kept.headers["cache-control"], "private, no-cache");
            let validator = kept.headers["etag"].to_str().expect("a validator");
            let again = agent.client().with_header("if-none-match", validator).get(&path).await;
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
            assert_eq!(again.headers["content-security-policy"], "default-src 'none'; sandbox");
            let mut shut_out = stranger.clone().with_header("if-none-match", validator);
            shut_out.get(&path).await.refused(404, "not_found");
            let other = agent.client().with_header("if-none-match", "\"other\"").get(&path).await;
            assert_eq!(other.status, 200);
        }

        let mut stranger = scene.visitor().await;
        let of_visitor = format!("/w/api/v1/files/{}", file["id"].as_str().expect("an id"));
        assert_eq!(visitor.client.get(&of_visitor).await.body, PNG);
        stranger.client.get(&of_visitor).await.refused(404, "not_found");
        let body = json!({ "id": entry_id(2), "text": "", "file_ids": [file["id"]] });
        stranger.client.post("/w/api/v1/messages", body).await.refused(422, "file_unknown");
    })
    .await;
}

/// C17, R183
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_whose_chat_was_deleted_before_its_preview_was_made_has_one_when_it_is_put_back() {
    on_both(async |scene| {
        let (mut owner, mut visitor) = (scene.owner.clone(), scene.visitor().await);
        let file = visitor.client.upload("/w/api/v1/files?name=a.png", "image/png", PNG).await.json(201);
        let body = json!({ "id": entry_id(1), "text": "", "file_ids": [file["id"]] });
        let sent = visitor.client.post("/w/api/v1/messages", body).await.json(201);
        let path = format!("/api/v1/conversations/{}", sent["conversation_id"].as_str().expect("an id"));
        owner.put(&format!("{path}/deletion"), json!({})).await.json(200);
        assert_eq!(scene.test.run_jobs().await, 1);
        owner.delete(&format!("{path}/deletion")).await.json(200);
        let thread = owner.get(&path).await.json(200);
        assert_eq!(thread["entries"][1]["files"][0]["preview"], "ready");
        let preview = format!("/api/v1/files/{}/preview", file["id"].as_str().expect("an id"));
        assert_eq!(owner.get(&preview).await.status.as_u16(), 200);
        scene.test.run_jobs().await;
    })
    .await;
}

/// C28
#[tokio::test(flavor = "multi_thread")]
async fn broken_and_hostile_files_are_files_without_a_picture() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let svg =
            visitor.client.upload("/w/api/v1/files?name=a.png", "image/png", "<svg onload=alert(1)/>").await.json(201);
        assert_eq!((&svg["kind"], &svg["preview"]), (&json!("file"), &json!("none")));
        let cut = visitor.client.upload("/w/api/v1/files?name=a.png", "image/png", &PNG[..50]).await.json(201);
        assert_eq!(cut["preview"], "pending");
        assert_eq!(scene.test.run_jobs().await, 1);
        visitor.client.upload("/w/api/v1/files?name=a.txt", "text/plain", "").await.refused(422, "file_empty");
        let large = vec![0_u8; 25 * 1024 * 1024 + 1];
        let params = visitor.client.upload("/w/api/v1/files?name=a", "x/y", large).await.refused(413, "file_too_large");
        assert_eq!(params["max_bytes"], 25 * 1024 * 1024);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_player_gets_the_part_it_asks_for_and_the_type() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let wave = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\0\0\0\0";
        let file = visitor.client.upload("/w/api/v1/files?name=a.wav", "text/plain", &wave[..]).await.json(201);
        assert_eq!(file["kind"], "audio");
        let path = format!("/w/api/v1/files/{}", file["id"].as_str().expect("an id"));
        let part = visitor.client.clone().with_range("bytes=4-7").get(&path).await;
        assert_eq!((part.status.as_u16(), &part.body[..]), (206, &wave[4..8]));
        assert_eq!(part.headers["content-range"], format!("bytes 4-7/{}", wave.len()).as_str());
        assert_eq!(part.headers["content-type"], file["media_type"].as_str().expect("a type"));
        assert_eq!(part.headers["content-security-policy"], "default-src 'none'; sandbox");
        let beyond = visitor.client.clone().with_range("bytes=4000-").get(&path).await;
        assert_eq!(beyond.status, 416);
        assert_eq!(visitor.client.get(&path).await.body, wave[..]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_draft_holds_is_not_swept_away() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let file = agent.upload("/api/v1/files?name=a.txt", "text/plain", "held").await.json(201);
        let draft = json!({ "base": 0, "reply": { "text": "", "files": [file], "quote": null } });
        let saved = agent.put(&format!("/api/v1/conversations/{id}/draft"), draft).await.json(200);
        let path = format!("/api/v1/files/{}", file["id"].as_str().expect("an id"));
        for _ in 0..3 {
            scene.test.advance(25 * 3_600_000);
            scene.test.run_jobs().await;
            assert_eq!(agent.get(&path).await.body, "held");
        }
        agent.put(&format!("/api/v1/conversations/{id}/draft"), json!({ "base": saved["saved_at"] })).await.json(200);
        scene.test.advance(25 * 3_600_000);
        scene.test.run_jobs().await;
        agent.get(&path).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_something_else_holds_goes_with_no_message() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let file = agent.upload("/api/v1/files?name=a.txt", "text/plain", "held").await.json(201);
        let me = agent.get("/api/v1/me").await.json(200);
        let member = me["member"]["id"].as_str().expect("an id").parse().expect("a member's id");
        let held = file["id"].as_str().expect("an id").parse().expect("a file's id");
        let workspace = scene.workspace(&mut agent).await;
        let holder = ids::Uuid::from_u128(7);
        let hold = scene.test.app.write(workspace, move |tx| {
            Box::pin(async move { conversations::hold(tx, holder, &[held], member).await })
        });
        assert_eq!(hold.await.expect("a file that is held").len(), 1);
        let mut body =
            json!({ "id": entry_id(1), "text": "", "file_ids": [file["id"]], "holder": { "kind": "queue" } });
        agent.post(&format!("/api/v1/conversations/{id}/messages"), &body).await.refused(422, "file_unknown");
        body["delay_ms"] = json!(60_000);
        agent.post(&format!("/api/v1/conversations/{id}/scheduled"), body).await.refused(422, "file_unknown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_nobody_sends_is_swept_away() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let loose = visitor.client.upload("/w/api/v1/files?name=a.txt", "text/plain", "loose").await.json(201);
        let sent = visitor.client.upload("/w/api/v1/files?name=b.txt", "text/plain", "sent").await.json(201);
        let body = json!({ "id": entry_id(1), "text": "here", "file_ids": [sent["id"]] });
        visitor.client.post("/w/api/v1/messages", body).await.json(201);
        scene.test.advance(25 * 3_600_000);
        assert_eq!(scene.test.run_jobs().await, 2);
        let path = |file: &serde_json::Value| format!("/w/api/v1/files/{}", file["id"].as_str().expect("an id"));
        visitor.client.get(&path(&loose)).await.refused(404, "not_found");
        assert_eq!(visitor.client.get(&path(&sent)).await.body, "sent");
    })
    .await;
}
