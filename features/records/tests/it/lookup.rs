//! What another system has of a contact.

use crate::scene::{Scene, on_both, text, type_path};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
};

/// Another system, which answers each request in turn; tells what it was asked.
async fn system(answers: &[(u16, &'static str)]) -> (String, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/orders", listener.local_addr().expect("an address"));
    let (told, asked) = mpsc::unbounded_channel();
    let answers = answers.to_vec();
    tokio::spawn(async move {
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let (mut request, mut part) = (Vec::new(), [0; 4096]);
            while !request.ends_with(b"}}") {
                let read = stream.read(&mut part).await.expect("a request");
                request.extend_from_slice(&part[..read]);
            }
            let _ = told.send(String::from_utf8_lossy(&request).into_owned());
            let head = format!("HTTP/1.1 {status} So\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all([head.as_bytes(), body.as_bytes()].concat().as_slice()).await;
        }
    });
    (url, asked)
}

async fn connect(scene: &Scene, url: &str) -> Value {
    let path = format!("{}/lookup", type_path(1));
    scene.owner.clone().put(&path, json!({ "url": url })).await.json(200)
}

/// C39
#[tokio::test(flavor = "multi_thread")]
async fn another_system_is_asked_by_a_signed_request_and_its_answer_is_kept() {
    on_both(async |scene| {
        let of = scene.orders().await;
        let good = r#"{"records":[{"number":"KS-1","state":"Sent","url":"https://shop.test/KS-1"}]}"#;
        let (url, mut asked) = system(&[(200, good), (500, ""), (200, "<html>")]).await;
        let secret = text(&connect(&scene, &url).await["secret"]);
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let mut agent = scene.member("budi", "agent", true).await;
        agent.get(&format!("{}/lookup", type_path(1))).await.refused(403, "forbidden");
        assert_eq!(agent.get("/api/v1/record-types").await.json(200)["items"][0]["looks_up"], true);
        let path = format!("/api/v1/conversations/{conversation}/record-lookups/{of}");
        let first = agent.post(&path, json!({})).await.json(200);
        assert_eq!((&first["found"][0]["number"], &first["failure"]), (&json!("KS-1"), &Value::Null));
        let request = asked.recv().await.expect("a request");
        let (head, body) = request.split_once("\r\n\r\n").expect("a head");
        let header = |name: &str| {
            let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
            found.expect("a header").to_owned()
        };
        let known = outbound::Secret::parse(&secret).expect("a secret");
        let timestamp = header("webhook-timestamp").parse().expect("a time");
        let signed = outbound::sign(&[known], &header("webhook-id"), timestamp, body.as_bytes());
        assert_eq!(header("webhook-signature"), signed);
        let body: Value = serde_json::from_str(body).expect("JSON");
        assert_eq!((&body["type"], &body["record_type"]["name"]), (&json!("record.lookup"), &json!("Order")));

        scene.test.advance(60_000);
        assert_eq!(agent.post(&path, json!({})).await.json(200), first, "it is kept");
        let refused = agent.post(&path, json!({ "again": true })).await.json(200);
        assert_eq!((&refused["failure"], &refused["found"]), (&json!("refused"), &Value::Null));
        scene.test.advance(60_000);
        assert_eq!(agent.post(&path, json!({ "again": true })).await.json(200)["failure"], "malformed");
        scene.test.advance(60_000);
        assert_eq!(agent.post(&path, json!({ "again": true })).await.json(200)["failure"], "unreachable");
        assert_eq!(connect(&scene, "").await["url"], Value::Null);
        agent.post(&path, json!({ "again": true })).await.refused(422, "record_type_unknown");
    })
    .await;
}
