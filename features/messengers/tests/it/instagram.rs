//! Instagram, where it is not as Messenger is.

use crate::{
    graph::{ACCOUNT, Graph, PAGE, SCOPED, TOKEN},
    page::{BUDI, about, delivery},
    scene::{Scene, id, unconnected_on_both},
    whatsapp::{SECRET, push_with},
};
use serde_json::{Value, json};

async fn on_both(run: impl AsyncFn(Scene, Graph)) {
    unconnected_on_both(async |mut scene| {
        let body = json!({ "name": "Insta", "messenger": { "channel": "instagram" }, "close_after_minutes": 0 });
        scene.inbox = id(&scene.owner.clone().post("/api/v1/inboxes", body).await.json(201)["id"]);
        let graph = Graph::new().await;
        connect(&scene, &graph, json!({})).await;
        scene.test.run_jobs().await;
        run(scene, graph).await;
    })
    .await;
}

async fn connect(scene: &Scene, graph: &Graph, more: Value) -> Value {
    let mut fields = json!({ "app_secret": SECRET });
    for (name, value) in more.as_object().expect("fields") {
        fields[name] = value.clone();
    }
    let address = format!("{}/v25.0", graph.address);
    let body = json!({ "token": TOKEN, "way": "webhook", "address": address, "fields": fields });
    scene.connect(body).await.json(200)["account"].clone()
}

async fn tells(scene: &Scene, at: i64, what: &Value) {
    let body = delivery("instagram", ACCOUNT, &[about(ACCOUNT, BUDI, at, what)]);
    assert_eq!(push_with(scene, SECRET, body).await.status, 200);
    scene.test.run_jobs().await;
}

/// R196
#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_reached_by_its_own_log_in_or_through_its_page() {
    on_both(async |scene, graph| {
        let hello = json!({ "message": { "mid": "m_1", "text": "Halo" } });
        tells(&scene, 0, &hello).await;
        // It may be meant by its other name.
        let other = delivery(
            "instagram",
            SCOPED,
            &[about(SCOPED, BUDI, 1, &json!({ "message": { "mid": "m_2", "text": "Hai" } }))],
        );
        assert_eq!(push_with(&scene, SECRET, other).await.status, 200);
        scene.test.run_jobs().await;
        let conversation = scene.conversation().await;
        assert_eq!(scene.texts(&conversation).await, ["Halo", "Hai"]);
        let item = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!(item["contact"]["name"], json!("Budi Santoso"));
        scene.answer(&conversation, "Ya").await;
        scene.run_for(1).await;
        let linked = connect(&scene, &graph, json!({ "page_id": PAGE })).await;
        assert_eq!(linked["notes"]["page"]["says"], "Kopi Senja");
        scene.test.run_jobs().await;
        scene.answer(&conversation, "Ada").await;
        scene.run_for(1).await;
        assert_eq!(graph.said().len(), 2);
        let inbox = scene.owner.clone().get(scene.path("").trim_end_matches('/')).await.json(200);
        assert_eq!(inbox["messenger"]["account"], json!({ "name": "Kopi Senja", "username": "@kopi.senja" }));
    })
    .await;
}

/// R291, R299
#[tokio::test(flavor = "multi_thread")]
async fn stories_and_posts_are_what_a_message_is_about() {
    on_both(async |scene, graph| {
        let url = format!("{}/open/1", graph.address);
        let mention = json!({ "mid": "m_1", "attachments": [{ "type": "story_mention", "payload": { "url": url } }] });
        tells(&scene, 0, &json!({ "message": mention })).await;
        let reply = json!({ "mid": "m_2", "text": "Wow", "reply_to": { "story": { "id": "1", "url": url } } });
        tells(&scene, 1, &json!({ "message": reply })).await;
        let reel = json!({ "mid": "m_3", "attachments": [{ "type": "ig_reel", "payload": {
            "title": "Gayo", "url": "https://www.instagram.com/reel/1" } }] });
        tells(&scene, 2, &json!({ "message": reel })).await;
        let gone = format!("{}/file/none", graph.address);
        let old = json!({ "mid": "m_4", "text": "Ini?", "reply_to": { "story": { "id": "2", "url": gone } } });
        tells(&scene, 3, &json!({ "message": old })).await;
        let conversation = scene.conversation().await;
        let messages = scene.messages(&conversation).await;
        let about: Vec<_> = messages.iter().map(|entry| &entry["about"]).collect();
        assert_eq!(about, ["story_mention", "story_reply", "reel", "story_reply"]);
        assert_eq!(messages[0]["files"][0]["media_type"], json!("image/gif"));
        assert_eq!(messages[2]["text"], json!("Gayo\nhttps://www.instagram.com/reel/1"));
        assert!(messages[3]["files"][0]["absent"].is_string(), "the story is no longer there");
    })
    .await;
}

/// R179, R194, C16
#[tokio::test(flavor = "multi_thread")]
async fn an_echo_without_our_name_for_it_is_known_all_the_same() {
    on_both(async |scene, graph| {
        tells(&scene, 0, &json!({ "message": { "mid": "m_1", "text": "Halo" } })).await;
        let conversation = scene.conversation().await;
        let echo = |mid: &str, text: &str| json!({ "message": { "mid": mid, "is_echo": true, "text": text } });
        graph.answers_late();
        let answer = scene.answer(&conversation, "Ada!").await;
        let first = async {
            graph.hears().await;
            tells(&scene, 1, &echo("m_out1", "Ada!")).await;
            assert_eq!(scene.messages(&conversation).await.len(), 2, "it waits for the answer");
            graph.answers_at_last();
        };
        tokio::join!(scene.test.run_jobs(), first);
        scene.run_for(6).await;
        assert_eq!(scene.messages(&conversation).await.len(), 2);
        tells(&scene, 2, &json!({ "read": { "mid": "m_out1" } })).await;
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("read"));

        graph.answers_nonsense();
        let unsure = scene.answer(&conversation, "Kapan?").await;
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &unsure).await.0, json!("uncertain"));
        tells(&scene, 3, &echo("m_out2", "Kapan?")).await;
        assert_eq!(scene.delivery(&conversation, &unsure).await.0, json!("sent"));
        tells(&scene, 4, &echo("m_out3", "Dari ponsel")).await;
        assert_eq!(scene.messages(&conversation).await.len(), 4);

        // A thousand bytes, not characters; and documents only as PDF.
        let long =
            scene.try_answer(&conversation, json!({ "text": "é".repeat(501) })).await.1.refused(422, "text_too_long");
        assert_eq!((&long["max"], &long["length"]), (&json!(1_000), &json!(1_002)));
        let file = scene.upload("a.txt", b"words").await;
        let body = json!({ "text": "", "file_ids": [file] });
        let refused = scene.try_answer(&conversation, body).await.1.refused(422, "file_not_taken");
        assert_eq!((&refused["name"], &refused["max_bytes"]), (&json!("a.txt"), &json!(0)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_on_telling_whoever_else_is_reached_through_it() {
    on_both(async |scene, graph| {
        connect(&scene, &graph, json!({ "page_id": PAGE })).await;
        let page = json!({ "name": "Page", "messenger": { "channel": "messenger" }, "close_after_minutes": 0 });
        let page = id(&scene.owner.clone().post("/api/v1/inboxes", page).await.json(201)["id"]);
        let address = format!("{}/v25.0", graph.address);
        let fields = json!({ "page_id": PAGE, "app_secret": SECRET });
        let body = json!({ "token": TOKEN, "way": "webhook", "address": address, "fields": fields });
        let path = format!("/api/v1/inboxes/{page}/connection");
        scene.owner.clone().put(&path, body).await.json(200);
        scene.owner.clone().delete(&scene.path("connection")).await.json(204);
        assert!(graph.tells(), "the page is Messenger's too");
        scene.owner.clone().delete(&path).await.json(204);
        assert!(!graph.tells(), "nobody listens any more");
        scene.test.run_jobs().await;
    })
    .await;
}
