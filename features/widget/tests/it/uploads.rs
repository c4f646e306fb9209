//! Files that arrive in parts: what was cut goes on where it stopped.

use crate::scene::{entry_id, on_both};
use axum::body::Body;
use base::App;
use ids::{UploadId, Uuid};
use serde_json::json;
use std::io;

const DAY: i64 = 24 * 3_600_000;

fn upload_id(number: u128) -> UploadId {
    UploadId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + number))
}

/// Bytes, and then the connection is gone.
fn cut(bytes: &'static str) -> Body {
    let parts = [Ok(bytes), Err(io::Error::from(io::ErrorKind::ConnectionReset))];
    Body::from_stream(futures_util::stream::iter(parts))
}

/// How many files wait in the store for the rest of them.
fn unfinished(app: &App) -> usize {
    std::fs::read_dir(app.blobs.path().join("uploads")).expect("the folder").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_cut_goes_on_where_it_stopped_for_both_sides() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let sent = visitor.write("a long one").await;
        let conversation = sent["conversation_id"].as_str().expect("an id").to_owned();
        let mut agent = scene.agent("budi").await;
        for (number, base) in [(1, "/w/api/v1"), (2, "/api/v1")] {
            let client = if base.starts_with("/w") { &mut visitor.client } else { &mut *agent };
            let path = format!("{base}/uploads/{}", upload_id(number));
            let begun = client.put(&path, json!({ "name": "../a.txt", "size": 11 })).await.json(200);
            assert_eq!((&begun["offset"], &begun["size"], &begun["file"]), (&json!(0), &json!(11), &json!(null)));
            let half = client.append(&format!("{path}?offset=0"), cut("hello")).await.json(200);
            assert_eq!((&half["offset"], &half["file"]), (&json!(5), &json!(null)), "what came is kept");
            // The same part again, and asked anew, as after a reload.
            client.append(&format!("{path}?offset=0"), "hello".into()).await.json(200);
            let told = client.put(&path, json!({ "name": "../a.txt", "size": 11 })).await.json(200);
            assert_eq!(told["offset"], 5);
            // From a wrong place, the right one is told.
            let wrong = client.append(&format!("{path}?offset=7"), "orld".into()).await;
            assert_eq!(wrong.refused(409, "upload_offset")["offset"], 5);
            client.append(&format!("{path}?offset=5"), " world and more".into()).await.refused(400, "invalid_body");
            let whole = client.append(&format!("{path}?offset=5"), " world".into()).await.json(200);
            assert_eq!((&whole["offset"], &whole["file"]["size"], &whole["file"]["name"]), (&json!(11), &json!(11), &json!("a.txt")));
            // Its answer was lost, and the last part comes again: the same file.
            let again = client.append(&format!("{path}?offset=5"), " world".into()).await.json(200);
            assert_eq!(again["file"]["id"], whole["file"]["id"]);
            assert_eq!(client.put(&path, json!({ "name": "a.txt", "size": 11 })).await.json(200)["file"], whole["file"]);
            let file = whole["file"]["id"].as_str().expect("an id");
            assert_eq!(client.get(&format!("{base}/files/{file}")).await.body, "hello world");
            client.put(&path, json!({ "name": "a.txt", "size": 12 })).await.refused(409, "id_reused");
            let message = json!({ "id": entry_id(90 + number as u64), "text": "", "file_ids": [file], "holder": { "kind": "queue" } });
            if base.starts_with("/w") {
                let message = json!({ "id": entry_id(90), "text": "", "file_ids": [file] });
                client.post("/w/api/v1/messages", message).await.json(201);
            } else {
                client.post(&format!("/api/v1/conversations/{conversation}/messages"), message).await.json(201);
            }
        }
        assert_eq!(unfinished(&scene.test.app), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_its_uploaders_alone_and_within_the_limits() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        visitor.write("hello").await;
        let (mut stranger, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = upload_id(1);
        let (his, ours) = (format!("/w/api/v1/uploads/{id}"), format!("/api/v1/uploads/{id}"));
        let begin = |size: i64| json!({ "name": "a.txt", "size": size });
        visitor.client.put(&his, begin(0)).await.refused(422, "file_empty");
        visitor.client.put(&his, begin(25 * 1024 * 1024 + 1)).await.refused(413, "file_too_large");
        visitor.client.put(&his, begin(5)).await.json(200);
        stranger.client.put(&his, begin(5)).await.refused(409, "id_reused");
        stranger.client.append(&his, "hello".into()).await.refused(404, "not_found");
        agent.append(&ours, "hello".into()).await.refused(404, "not_found");
        scene.anonymous().append(&his, "hello".into()).await.refused(401, "unauthenticated");
        // The store was put back without what was unfinished: it begins anew.
        visitor.client.append(&his, "he".into()).await.json(200);
        std::fs::remove_file(scene.test.app.blobs.path().join(format!("uploads/part-{}", id.0.simple())))
            .expect("gone");
        let lost = visitor.client.append(&format!("{his}?offset=2"), "llo".into()).await;
        assert_eq!(lost.refused(409, "upload_offset")["offset"], 0);
        let whole = visitor.client.append(&his, "hello".into()).await.json(200);
        assert_eq!(whole["file"]["size"], 5);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_goes_on_with_ends_a_day_after_its_last_part() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        visitor.write("hello").await;
        let path = format!("/w/api/v1/uploads/{}", upload_id(1));
        visitor.client.put(&path, json!({ "name": "a.txt", "size": 5 })).await.json(200);
        scene.test.advance(DAY / 2);
        visitor.client.append(&path, "he".into()).await.json(200);
        scene.test.advance(DAY / 2);
        scene.test.run_jobs().await;
        let going_on = visitor.client.append(&format!("{path}?offset=2"), "l".into()).await.json(200);
        assert_eq!(going_on["offset"], 3);
        assert_eq!(unfinished(&scene.test.app), 1);
        scene.test.advance(DAY);
        scene.test.run_jobs().await;
        assert_eq!(unfinished(&scene.test.app), 0);
        visitor.client.append(&format!("{path}?offset=3"), "lo".into()).await.refused(404, "not_found");
    })
    .await;
}
