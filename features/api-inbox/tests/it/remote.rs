//! Files that another system names by their address, on both engines.

use crate::scene::{Scene, id, on_both};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::stream;
use serde_json::{Value, json};
use std::{
    path::{Path as FilePath, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};
use tokio::{net::TcpListener, sync::Notify};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A picture of one pixel.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// The server that has the files.
#[derive(Clone)]
struct Files {
    url: String,
    asked: Arc<AtomicUsize>,
    /// Lets one go that is held.
    go: Arc<Notify>,
}

async fn give(State(files): State<Files>, Path(name): Path<String>) -> Response {
    let asked = files.asked.fetch_add(1, Ordering::SeqCst);
    let piece = || Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 1024 * 1024]));
    match name.as_str() {
        "photo.gif" => ([(header::CONTENT_TYPE, "text/html")], GIF).into_response(),
        "page.png" => ([(header::CONTENT_TYPE, "image/png")], "<html><p>Sign in</p>").into_response(),
        "moved" => (StatusCode::FOUND, [(header::LOCATION, "/photo.gif")]).into_response(),
        "elsewhere" => (StatusCode::FOUND, [(header::LOCATION, "file:///etc/passwd")]).into_response(),
        "secret" => StatusCode::FORBIDDEN.into_response(),
        "empty" => StatusCode::OK.into_response(),
        "huge" => {
            ([(header::CONTENT_LENGTH, "30000000")], Body::from_stream(stream::repeat_with(piece))).into_response()
        }
        "endless" => Body::from_stream(stream::repeat_with(piece)).into_response(),
        "broken" => {
            let broken = Err(std::io::Error::other("the disk is gone"));
            Body::from_stream(stream::iter([piece(), broken])).into_response()
        }
        "busy" if asked == 0 => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1800")]).into_response(),
        "busy" => GIF.into_response(),
        "held" => {
            files.go.notified().await;
            GIF.into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Files {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let files = Self { url, asked: Arc::default(), go: Arc::default() };
        let routes = Router::new().route("/{name}", get(give)).with_state(files.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        files
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn message(&self, external_id: &str, attachments: &[Value]) -> Value {
        json!({
            "contact": { "external_id": "budi" },
            "message": { "external_id": external_id, "text": "Look", "attachments": attachments },
        })
    }

    fn at(&self, name: &str) -> Value {
        json!({ "url": format!("{}/{name}", self.url) })
    }

    /// A message with this file, and what it shows of it now.
    async fn post(&self, scene: &Scene, name: &str) -> (Value, Value) {
        let posted = scene.try_post(self.message(name, &[self.at(name)])).await.json(201);
        let file = shown(scene, &posted).await;
        (posted, file)
    }
}

async fn shown(scene: &Scene, posted: &Value) -> Value {
    scene.entry(&id(&posted["conversation_id"]), &id(&posted["id"])).await["files"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_message_is_kept_first_and_its_file_follows_with_the_type_of_its_content() {
    on_both(async |scene| {
        let files = Files::new().await;
        let mut owner = scene.owner.clone();
        let mut socket = owner.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let message = files.message("m-1", &[files.at("photo.gif?key=secret")]);
        let posted = scene.try_post(message.clone()).await.json(201);
        let coming = shown(&scene, &posted).await;
        assert_eq!((&coming["absent"], &coming["name"]), (&json!("fetching"), &json!("photo.gif")));
        assert_eq!(files.asked(), 0, "nothing was waited for");
        assert_eq!(scene.try_post(message.clone()).await.json(200), posted);
        socket.event("conversation.updated").await;

        scene.test.run_jobs().await;
        let told = socket.event("conversation.updated").await;
        let file = &told["data"]["entries"][0]["files"][0];
        assert_eq!((&file["id"], &file["kind"], &file["size"]), (&coming["id"], &json!("image"), &json!(GIF.len())));
        assert_eq!((&file["media_type"], &file["absent"]), (&json!("image/gif"), &json!(null)));
        let fetched = owner.get(&format!("/api/v1/files/{}", id(&file["id"]))).await;
        assert_eq!((fetched.status.as_u16(), fetched.body.as_ref()), (200, GIF));
        let conversation = id(&posted["conversation_id"]);
        let listed = owner.get(&format!("/api/v1/conversations/{conversation}/attachments")).await.json(200);
        assert_eq!(listed["attachments"][0]["file"]["preview"], "ready");
        assert_eq!(scene.try_post(message).await.json(200), posted, "also when it is here");
        scene.test.run_jobs().await;
        assert_eq!(files.asked(), 1);
        let other = files.message("m-1", &[files.at("photo.gif")]);
        scene.try_post(other).await.refused(409, "message_differs");

        // What calls itself a picture is none.
        let (posted, _) = files.post(&scene, "page.png").await;
        scene.test.run_jobs().await;
        assert_eq!(shown(&scene, &posted).await["kind"], "file");
        scene.test.advance(48 * HOUR_MS);
        scene.test.run_jobs().await;
        assert_eq!(
            owner.get(&format!("/api/v1/files/{}", id(&coming["id"]))).await.status,
            200,
            "it is not swept away"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_had_says_why_and_is_not_asked_for_again() {
    on_both(async |scene| {
        let files = Files::new().await;
        for (name, absent) in [
            ("nothing", "not_found"),
            ("secret", "refused"),
            ("elsewhere", "refused"),
            ("empty", "empty"),
            ("huge", "too_large"),
            ("endless", "too_large"),
        ] {
            let before = files.asked();
            let (posted, _) = files.post(&scene, name).await;
            scene.test.run_jobs().await;
            let file = shown(&scene, &posted).await;
            // What does not end as files do may be a secret.
            assert_eq!((&file["absent"], &file["name"]), (&json!(absent), &json!("file")), "{name}");
            scene.test.advance(HOUR_MS);
            assert_eq!(scene.test.run_jobs().await, 0, "{name}: it is over");
            assert_eq!(files.asked(), before + 1, "{name}");
            scene.owner.clone().get(&format!("/api/v1/files/{}", id(&file["id"]))).await.refused(404, "not_found");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_that_may_pass_is_waited_for_and_has_an_end() {
    on_both(async |scene| {
        let files = Files::new().await;
        let (posted, _) = files.post(&scene, "busy").await;
        scene.test.run_jobs().await;
        scene.test.advance(29 * MINUTE_MS);
        scene.test.run_jobs().await;
        assert_eq!((files.asked(), shown(&scene, &posted).await["absent"].clone()), (1, json!("fetching")));
        scene.test.advance(MINUTE_MS);
        scene.test.run_jobs().await;
        assert_eq!((files.asked(), shown(&scene, &posted).await["kind"].clone()), (2, json!("image")));

        let (posted, _) = files.post(&scene, "broken").await;
        for _ in 0..10 {
            scene.test.run_jobs().await;
            scene.test.advance(HOUR_MS);
        }
        assert_eq!((files.asked(), shown(&scene, &posted).await["absent"].clone()), (7, json!("unreachable")));
    })
    .await;
}

/// What the file store has.
fn stored(folder: &FilePath) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { stored(&path) } else { vec![path] }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_when_its_message_was_taken_back_is_swept_away() {
    on_both(async |scene| {
        let files = Files::new().await;
        let folder = scene.test.app.blobs.path().to_owned();
        let (posted, _) = files.post(&scene, "held").await;
        let take_back = async {
            while files.asked() == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let path = scene.path(&format!("messages/{}", id(&posted["id"])));
            assert_eq!(scene.system.clone().delete(&path).await.status, 204);
            files.go.notify_one();
        };
        tokio::join!(scene.test.run_jobs(), take_back);
        let [bytes] = stored(&folder).try_into().expect("one file");
        // Fresh ones stay: the same may just have been uploaded again.
        std::fs::File::open(&bytes).and_then(|file| file.set_modified(SystemTime::UNIX_EPOCH)).expect("an old file");
        scene.test.advance(25 * HOUR_MS);
        scene.test.run_jobs().await;
        assert_eq!(stored(&folder), Vec::<PathBuf>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_of_our_own_is_waited_for_too_and_ends_in_the_message() {
    on_both(async |scene| {
        let files = Files::new().await;
        let uploads = scene.test.app.blobs.path().join("uploads");
        std::fs::remove_dir(&uploads).expect("a folder");
        let (posted, _) = files.post(&scene, "photo.gif").await;
        scene.test.run_jobs().await;
        assert_eq!(shown(&scene, &posted).await["absent"], "fetching");
        std::fs::create_dir(&uploads).expect("a folder");
        scene.test.advance(MINUTE_MS);
        scene.test.run_jobs().await;
        assert_eq!(shown(&scene, &posted).await["kind"], "image");

        std::fs::remove_dir(&uploads).expect("a folder");
        let (posted, _) = files.post(&scene, "page.png").await;
        for _ in 0..5 {
            scene.test.run_jobs().await;
            scene.test.advance(HOUR_MS);
        }
        assert_eq!(shown(&scene, &posted).await["absent"], "not_kept");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_files_of_a_message_count_together_and_once() {
    on_both(async |scene| {
        let files = Files::new().await;
        let message = |number: usize, count: usize| {
            let all = vec![files.at("nothing"); count];
            files.message(&format!("m-{number}"), &all)
        };
        scene.try_post(message(0, 250)).await.refused(422, "too_many_files");
        for number in 0..23 {
            scene.try_post(message(number, 10)).await.json(201);
        }
        scene.try_post(message(0, 10)).await.json(200);
        scene.try_post(message(23, 5)).await.json(201);
        // What is refused takes nothing, so that it comes through at its turn.
        for _ in 0..3 {
            let params = scene.try_post(message(24, 10)).await.refused(429, "too_many_requests");
            assert_eq!(params["retry_after_s"], 2);
        }
        scene.test.advance(2_000);
        scene.try_post(message(24, 10)).await.json(201);
        scene.test.run_jobs().await;
        assert_eq!(files.asked(), 245);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_stand_among_uploads_in_order_and_go_with_their_message() {
    on_both(async |scene| {
        let files = Files::new().await;
        let mut system = scene.system.clone();
        let upload = scene.path("files?name=invoice.txt");
        let uploaded = system.upload(&upload, "application/octet-stream", "total: 7").await.json(201);
        let mut named = files.at("moved");
        named["name"] = json!("../beans.gif");
        let all = [named, json!({ "upload_id": uploaded["id"] }), files.at("photo.gif")];
        let posted = scene.try_post(files.message("m-1", &all)).await.json(201);
        scene.test.run_jobs().await;
        let entry = scene.entry(&id(&posted["conversation_id"]), &id(&posted["id"])).await;
        let files_of = entry["files"].as_array().expect("files");
        let names: Vec<_> = files_of.iter().map(|file| (file["name"].clone(), file["kind"].clone())).collect();
        let expected = [("beans.gif", "image"), ("invoice.txt", "file"), ("photo.gif", "image")];
        assert_eq!(names, expected.map(|(name, kind)| (json!(name), json!(kind))));

        // The customer takes it back before it came.
        let before = files.asked();
        let (posted, _) = files.post(&scene, "photo.gif").await;
        assert_eq!(system.delete(&scene.path(&format!("messages/{}", id(&posted["id"])))).await.status, 204);
        scene.test.run_jobs().await;
        assert_eq!(files.asked(), before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_address_is_refused_at_once() {
    on_both(async |scene| {
        let files = Files::new().await;
        for url in ["photo.gif", "ftp://files.example/a", "https://me:word@files.example/", "https://files.example/#a"]
        {
            let message = files.message("m-1", &[json!({ "url": url })]);
            scene.try_post(message).await.refused(422, "file_url_invalid");
        }
        let both = json!({ "url": format!("{}/photo.gif", files.url), "upload_id": format!("fil_{}", "0".repeat(32)) });
        scene.try_post(files.message("m-1", &[both])).await.refused(400, "invalid_body");
        let many = vec![files.at("photo.gif"); 11];
        scene.try_post(files.message("m-1", &many)).await.refused(422, "too_many_files");
        assert_eq!((scene.test.run_jobs().await, files.asked()), (0, 0));
    })
    .await;
}
