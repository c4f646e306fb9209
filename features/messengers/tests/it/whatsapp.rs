//! WhatsApp, from its webhook to its windows.

use crate::{
    graph::{BUSINESS, Graph, NUMBER, TOKEN},
    scene::{Scene, id, unconnected_on_both},
    telegram::GIF,
};
use db::{params, sql};
use ids::{Uuid, WorkspaceId};
use ring::hmac;
use serde_json::{Value, json};
use std::time::Instant;
use testkit::{Answer, START};

pub const SECRET: &str = "rahasia-aplikasi";
const DAY_MS: i64 = 24 * 3_600_000;

/// With the number connected.
async fn on_both(run: impl AsyncFn(Scene, Graph)) {
    unconnected(async |scene, graph| {
        scene.connect(connection(&graph)).await.json(200);
        scene.test.run_jobs().await;
        run(scene, graph).await;
    })
    .await;
}

async fn unconnected(run: impl AsyncFn(Scene, Graph)) {
    unconnected_on_both(async |mut scene| {
        let body = json!({ "name": "Shop", "messenger": { "channel": "whatsapp" }, "close_after_minutes": 0 });
        scene.inbox = id(&scene.owner.clone().post("/api/v1/inboxes", body).await.json(201)["id"]);
        run(scene, Graph::new().await).await;
    })
    .await;
}

fn connection(graph: &Graph) -> Value {
    let fields = json!({ "number_id": NUMBER, "business_id": BUSINESS, "app_secret": SECRET });
    json!({ "token": TOKEN, "way": "webhook", "address": format!("{}/v25.0", graph.address), "fields": fields })
}

fn delivery(field: &str, value: &Value) -> Vec<u8> {
    let mut value = value.clone();
    if field != "phone_number_quality_update" {
        value["metadata"] = json!({ "phone_number_id": NUMBER });
    }
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": BUSINESS, "changes": [
        { "field": field, "value": value }] }] })
    .to_string()
    .into_bytes()
}

pub async fn push_with(scene: &Scene, secret: &str, body: Vec<u8>) -> Answer {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), &body);
    let shown = format!("sha256={}", tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let client = scene.test.client().without_origin().with_header("x-hub-signature-256", &shown);
    client.clone().upload(&format!("/hooks/{}", scene.inbox), "application/json", body).await
}

/// It is pushed, and read.
async fn tells(scene: &Scene, field: &str, value: &Value) {
    assert_eq!(push_with(scene, SECRET, delivery(field, value)).await.status, 200);
    scene.test.run_jobs().await;
}

/// Something that Budi sends.
fn message(number: i64, kind: &str, content: Value) -> Value {
    json!({ "contacts": [{ "wa_id": "628123456", "profile": { "name": "Budi" } }], "messages": [{
        "id": format!("wamid.{number}"), "from": "628123456", "timestamp": (START / 1_000).to_string(),
        "type": kind, kind: content }] })
}

async fn says(scene: &Scene, number: i64, text: &str) -> String {
    tells(scene, "messages", &message(number, "text", json!({ "body": text }))).await;
    scene.conversation().await
}

fn status(word: &str, of: &str, more: Value) -> Value {
    let mut status = json!({ "id": of, "status": word, "recipient_id": "628123456", "timestamp": "1" });
    for (name, value) in more.as_object().expect("more") {
        status[name] = value.clone();
    }
    json!({ "statuses": [status] })
}

async fn health(scene: &Scene) -> Value {
    scene.owner.clone().get(&scene.path("connection")).await.json(200)["account"].clone()
}

/// R196
#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_connected_when_everything_about_it_is_right() {
    unconnected(async |scene, graph| {
        let with = |change: &dyn Fn(&mut Value)| {
            let mut body = connection(&graph);
            change(&mut body);
            body
        };
        let refused = async |body: Value, code: &str| scene.connect(body).await.refused(422, code);
        refused(with(&|body| body["token"] = json!("EAAGother")), "channel_token_refused").await;
        let field = async |body: Value| refused(body, "channel_field_refused").await["field"].clone();
        assert_eq!(field(with(&|body| body["fields"]["number_id"] = json!("77"))).await, "number_id");
        assert_eq!(field(with(&|body| body["fields"]["business_id"] = json!("77"))).await, "business_id");
        assert_eq!(field(with(&|body| body["fields"]["app_secret"] = json!(" "))).await, "app_secret");
        assert_eq!(field(with(&|body| body["fields"]["color"] = json!("red"))).await, "color");
        assert_eq!(field(with(&|body| body["fields"]["number_id"] = json!("../me"))).await, "number_id");
        graph.allows(vec!["whatsapp_business_management"]);
        let scope = refused(connection(&graph), "channel_scope_missing").await["scope"].clone();
        assert_eq!(scope, "whatsapp_business_messaging");
        graph.allows(vec!["whatsapp_business_messaging", "whatsapp_business_management"]);

        let answer = scene.connect(connection(&graph)).await;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        let account = answer.json(200)["account"].clone();
        assert!(!text.contains("geheim") && !text.contains(SECRET));
        assert_eq!(account["fields"], json!({ "number_id": NUMBER, "business_id": BUSINESS }));
        assert_eq!(account["secrets"], json!(["app_secret"]));
        assert_eq!(account["notes"]["quality_rating"]["says"], "GREEN");
        scene.test.run_jobs().await;
        let inbox = scene.owner.clone().get(scene.path("").trim_end_matches('/')).await.json(200);
        assert_eq!(inbox["messenger"]["account"], json!({ "name": "Kopi Senja", "username": "+62 811 1" }));
        assert_eq!((&inbox["limits"]["edit"], &inbox["starting"]), (&json!(false), &json!("known")));

        // Meta looks whether the address is ours.
        let callback = account["callback"].as_str().expect("an address").to_owned();
        let path = callback.strip_prefix(testkit::ORIGIN).expect("ours").to_owned();
        let look = async |token: &str| {
            let query = format!("{path}?hub.mode=subscribe&hub.challenge=%3Cb%3E7&hub.verify_token={token}");
            scene.test.client().without_origin().get(&query).await
        };
        let right = look(account["verify_token"].as_str().expect("a word")).await;
        assert_eq!((right.status.as_u16(), &*right.body), (200, &b"<b>7"[..]));
        assert!(right.headers["content-type"].to_str().is_ok_and(|kind| kind.starts_with("text/plain")));
        look("wrong").await.refused(403, "forbidden");

        // A second secret holds beside the first while one takes the other's place.
        let body = json!({ "way": "webhook", "fields": { "second_app_secret": "baru" } });
        assert_eq!(
            scene.connect(body).await.json(200)["account"]["secrets"],
            json!(["app_secret", "second_app_secret"])
        );
        scene.test.run_jobs().await;
        let hello = || delivery("messages", &message(1, "text", json!({ "body": "Halo" })));
        assert_eq!(push_with(&scene, "baru", hello()).await.status, 200);
        assert_eq!(push_with(&scene, SECRET, hello()).await.status, 200);
        push_with(&scene, "lain", hello()).await.refused(401, "unauthenticated");
        scene.test.client().without_origin().post(&path, json!({})).await.refused(401, "unauthenticated");
        scene.test.run_jobs().await;
        let checked = scene.owner.clone().post(&scene.path("connection/check"), json!({})).await.json(200);
        assert_eq!(checked["right_way"], json!(true));
        scene.test.run_jobs().await;
        assert_eq!(health(&scene).await["templates"], json!(2));
    })
    .await;
}

/// R083, R291, R299
#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_customer_sends_is_in_the_thread() {
    on_both(async |scene, _graph| {
        let mut first = message(1, "text", json!({ "body": "Halo" }));
        first["messages"][0]["referral"] = json!({ "source_url": "https://fb.me/gayo" });
        tells(&scene, "messages", &first).await;
        tells(&scene, "messages", &first).await;
        let conversation = scene.conversation().await;
        let item = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!((&item["contact"]["name"], &item["contact"]["phone"]), (&json!("Budi"), &json!("+628123456")));
        assert_eq!(item["visit"]["came_by"]["kind"], json!("ad"));
        assert_eq!((&item["visit"]["source"], &item["channel"]), (&json!("https://fb.me/gayo"), &json!("whatsapp")));
        assert_eq!(item["answer_until"], json!(START / 1_000 * 1_000 + DAY_MS), "from when he wrote");

        tells(&scene, "messages", &message(2, "image", json!({ "id": "media-1", "caption": "Ini" }))).await;
        tells(&scene, "messages", &message(3, "unsupported", json!({ "type": "poll" }))).await;
        tells(&scene, "messages", &message(4, "image", json!({ "id": "media-2" }))).await;
        let mut huge = message(5, "unsupported", json!({}));
        huge["messages"][0]["errors"] = json!([{ "code": 131_052 }]);
        tells(&scene, "messages", &huge).await;
        let messages = scene.messages(&conversation).await;
        assert_eq!(messages.len(), 5);
        assert_eq!(
            (&messages[1]["text"], &messages[1]["files"][0]["media_type"]),
            (&json!("Ini"), &json!("image/gif"))
        );
        assert_eq!(messages[2]["unsupported"], json!("poll"));
        assert_eq!(messages[4]["files"][0]["absent"], json!("too_large"));
        scene.run_for(1).await;
        assert_eq!(scene.messages(&conversation).await[3]["files"][0]["absent"], json!("fetching"), "other bytes");

        // He takes it back, and a correction that overtakes its message waits for it.
        let revoke = message(6, "revoke", json!({ "original_message_id": "wamid.1" }));
        tells(&scene, "messages", &revoke).await;
        assert!(scene.messages(&conversation).await[0]["removed"].is_object());
        let edit =
            json!({ "original_message_id": "wamid.8", "message": { "type": "text", "text": { "body": "dua!" } } });
        tells(&scene, "messages", &message(7, "edit", edit)).await;
        says(&scene, 8, "dua").await;
        scene.run_for(6).await;
        assert_eq!(scene.texts(&conversation).await.last(), Some(&json!("dua!")));
        for _ in 0..5 {
            scene.test.advance(3_700_000);
            scene.test.run_jobs().await;
        }
        assert_eq!(scene.messages(&conversation).await[3]["files"][0]["absent"], json!("not_found"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_has_several_names() {
    on_both(async |scene, _graph| {
        let conversation = says(&scene, 1, "Halo").await;
        // With a name of Meta's beside the number, then without the number, then with another number.
        let mut named = message(2, "text", json!({ "body": "dua" }));
        named["messages"][0]["from_user_id"] = json!("ID.77");
        tells(&scene, "messages", &named).await;
        let hidden = json!({ "contacts": [{ "user_id": "ID.77", "profile": { "name": "Budi" } }], "messages": [{
            "id": "wamid.3", "from_user_id": "ID.77", "type": "text", "text": { "body": "tiga" } }] });
        tells(&scene, "messages", &hidden).await;
        says(&scene, 4, "empat").await;
        let moved = message(5, "system", json!({ "type": "user_changed_user_id", "user_id": "ID.88" }));
        tells(&scene, "messages", &moved).await;
        let again = json!({ "messages": [{
            "id": "wamid.6", "from_user_id": "ID.88", "type": "text", "text": { "body": "enam" } }] });
        tells(&scene, "messages", &again).await;
        assert_eq!(scene.conversation().await, conversation);
        assert_eq!(scene.texts(&conversation).await, ["Halo", "dua", "tiga", "empat", "enam"]);
        let phone = scene.thread(&conversation).await["item"]["conversation"]["contact"]["phone"].clone();
        assert_eq!(phone, json!("+628123456"), "no number is made of a name");
    })
    .await;
}

/// R191, R192, R193, R194
#[tokio::test(flavor = "multi_thread")]
async fn how_far_an_answer_came_is_told_in_any_order() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, 1, "Halo").await;
        let answer = scene.answer(&conversation, "Ada!").await;
        scene.test.run_jobs().await;
        let said = graph.said();
        assert_eq!((said.len(), &said[0].1["to"]), (1, &json!("628123456")));
        assert_eq!(said[0].1["biz_opaque_callback_data"], json!(format!("{answer}:text")));
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("sent"));
        tells(&scene, "messages", &status("read", "wamid.out1", json!({}))).await;
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("read"));
        for late in ["delivered", "sent", "failed"] {
            tells(&scene, "messages", &status(late, "wamid.out1", json!({ "errors": [{ "code": 131_026 }] }))).await;
        }
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("read"));

        // Of what nobody here said it is waited for a while, and nobody is bothered.
        tells(&scene, "messages", &status("sent", "wamid.of-others", json!({}))).await;
        scene.run_for(500).await;
        assert_eq!(scene.owner.clone().get(&scene.path("connection")).await.json(200)["failed_updates"], json!(0));

        // What may have arrived is known to have by its status, and is not sent again.
        graph.answers_nonsense();
        let perhaps = scene.answer(&conversation, "Kapan?").await;
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &perhaps).await.0, json!("uncertain"));
        let reference = json!({ "biz_opaque_callback_data": format!("{perhaps}:text") });
        tells(&scene, "messages", &status("delivered", "wamid.lost", reference)).await;
        assert_eq!(scene.delivery(&conversation, &perhaps).await, (json!("delivered"), json!(null)));
        assert_eq!(graph.said().len(), 1, "said once");

        let failed = scene.answer(&conversation, "Hm").await;
        scene.run_for(1).await;
        let error = json!({ "errors": [{ "code": 131_026, "title": "Undeliverable" }] });
        tells(&scene, "messages", &status("failed", "wamid.out2", error)).await;
        assert_eq!(scene.delivery(&conversation, &failed).await, (json!("failed"), json!("channel_recipient")));
        // A person sends it again, and it is said again.
        graph.said();
        let retry = format!("/api/v1/conversations/{conversation}/entries/{failed}/retry");
        scene.owner.clone().post(&retry, json!({})).await.json(200);
        scene.run_for(1).await;
        assert_eq!(graph.said().len(), 1);
        assert_eq!(scene.delivery(&conversation, &failed).await.0, json!("sent"));
    })
    .await;
}

/// R181, C16
#[tokio::test(flavor = "multi_thread")]
async fn answers_go_as_what_they_are_and_what_is_refused_says_why() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, 1, "Halo").await;
        let quoted = scene.messages(&conversation).await[0]["id"].clone();
        let file = scene.upload("a.gif", GIF).await;
        let body = json!({ "text": "Ini", "file_ids": [file], "quote": quoted });
        let (answer, _) = scene.try_answer(&conversation, body).await;
        scene.run_for(1).await;
        let said = graph.said();
        assert_eq!(said.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["media", "messages"]);
        let form = said[0].1.as_str().expect("a form");
        assert!(form.contains("name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"), "{form}");
        let document = json!({ "id": "up-1", "caption": "Ini", "filename": "a.gif" });
        assert_eq!((&said[1].1["document"], &said[1].1["context"]["message_id"]), (&document, &json!("wamid.1")));
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("sent"));
        let path = format!("/api/v1/conversations/{conversation}/entries/{answer}");
        scene.owner.clone().patch(&path, json!({ "text": "Itu" })).await.refused(403, "forbidden");
        scene.owner.clone().delete(&path).await.refused(403, "forbidden");
        let can = scene.thread(&conversation).await["item"]["can"].clone();
        assert!(!can.as_array().expect("a list").contains(&json!("edit")), "nobody is offered it");

        for (code, word) in [(131_053, "channel_file"), (131_049, "channel_limit"), (100, "channel_refused")] {
            graph.refuses(code);
            let refused = scene.answer(&conversation, "x").await;
            scene.run_for(1).await;
            assert_eq!(scene.delivery(&conversation, &refused).await, (json!("failed"), json!(word)));
        }
        graph.said();
        graph.refuses(131_056);
        let crowded = scene.answer(&conversation, "y").await;
        scene.run_for(3).await;
        assert_eq!(graph.said().len(), 1);
        scene.run_for(8).await;
        assert_eq!(scene.delivery(&conversation, &crowded).await.0, json!("sent"));
    })
    .await;
}

/// R196
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_must_be_mended_keeps_what_waits() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, 1, "Halo").await;
        graph.refuses(131_042);
        let first = scene.answer(&conversation, "one").await;
        scene.test.run_jobs().await;
        let second = scene.answer(&conversation, "two").await;
        let mut other = message(2, "text", json!({ "body": "Hai" }));
        other["contacts"] = json!([{ "wa_id": "628777777", "profile": { "name": "Siti" } }]);
        other["messages"][0]["from"] = json!("628777777");
        tells(&scene, "messages", &other).await;
        let listed = scene.owner.clone().get("/api/v1/conversations?view=all").await.json(200);
        let named = |item: &&Value| item["conversation"]["contact"]["name"] == "Siti";
        let siti = listed["items"].as_array().expect("items").iter().find(named).expect("Siti").clone();
        let siti = id(&siti["conversation"]["id"]);
        let hers = scene.answer(&siti, "Hai").await;
        scene.run_for(60).await;
        assert_eq!(graph.said().len(), 1, "nothing more is tried");
        assert_eq!(scene.delivery(&conversation, &first).await.0, json!("queued"));
        let account = health(&scene).await;
        assert_eq!((&account["broken_at"], &account["last_error"]), (&json!(START), &json!("131042: no")));
        // Somebody mended it, and looks.
        scene.owner.clone().post(&scene.path("connection/check"), json!({})).await.json(200);
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &second).await.0, json!("sent"));
        assert_eq!(scene.delivery(&siti, &hers).await.0, json!("sent"));
        assert_eq!(health(&scene).await["broken_at"], json!(null));
        tells(&scene, "phone_number_quality_update", &json!({ "event": "FLAGGED" })).await;
        assert_eq!(health(&scene).await["notes"]["phone_number_quality_update"]["says"], "FLAGGED");
    })
    .await;
}

/// C34
#[tokio::test(flavor = "multi_thread")]
async fn after_a_day_only_templates_leave() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, 1, "Halo").await;
        scene.test.advance(DAY_MS - 1_000);
        scene.answer(&conversation, "In time").await;
        scene.run_for(1).await;
        scene.test.advance(DAY_MS);
        let late = scene.try_answer(&conversation, json!({ "text": "Too late" })).await.1;
        late.refused(409, "window_closed");
        graph.said();

        let listed = scene.owner.clone().get(&scene.path("templates")).await.json(200)["items"].clone();
        assert_eq!(listed.as_array().map(Vec::len), Some(2), "what waits for the provider is not offered");
        assert_eq!((&listed[1]["gaps"], &listed[0]["unsupported"]), (&json!(["body:1", "body:2"]), &json!("IMAGE")));
        let path = format!("/api/v1/conversations/{conversation}/templates");
        let holder = scene.thread(&conversation).await["item"]["conversation"]["holder"].clone();
        let body = |name: &str, values: Value| {
            json!({ "id": "ent_0198f3c20000700090000000000000ff", "name": name, "language": "id", "values": values,
                "holder": holder })
        };
        let ask = async |name: &str, values: Value| scene.owner.clone().post(&path, body(name, values)).await;
        let gap = ask("pesanan_siap", json!({ "body:1": "Budi" })).await.refused(422, "template_gap");
        assert_eq!(gap["gap"], json!("body:2"));
        ask("foto", json!({})).await.refused(422, "template_unknown");
        ask("tunda", json!({})).await.refused(422, "template_unknown");
        let values = json!({ "body:1": "Budi", "body:2": "7" });
        let made = ask("pesanan_siap", values.clone()).await.json(201);
        assert_eq!(ask("pesanan_siap", values).await.json(201)["position"], made["position"]);
        scene.run_for(1).await;
        assert_eq!(scene.texts(&conversation).await.last(), Some(&json!("Halo Budi, pesanan 7 siap.")));
        let said = graph.said();
        assert_eq!(said.len(), 1);
        let parameters = &said[0].1["template"]["components"][0]["parameters"];
        assert_eq!((&parameters[0]["text"], &parameters[1]["text"]), (&json!("Budi"), &json!("7")));

        // What Meta brings days late opens nothing, and what he writes now does.
        says(&scene, 2, "late").await;
        scene.try_answer(&conversation, json!({ "text": "?" })).await.1.refused(409, "window_closed");
        let mut now = message(3, "text", json!({ "body": "now" }));
        now["messages"][0]["timestamp"] = json!(scene.test.app.clock.now() / 1_000);
        tells(&scene, "messages", &now).await;
        scene.answer(&conversation, "Hi").await;
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_on_the_phone_is_ours() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, 1, "Halo").await;
        let echo = json!({ "message_echoes": [{ "id": "wamid.e1", "from": "62811", "to": "628123456",
            "timestamp": (START / 1_000).to_string(), "type": "text", "text": { "body": "Ya?" } }] });
        tells(&scene, "smb_message_echoes", &echo).await;
        tells(&scene, "smb_message_echoes", &echo).await;
        let messages = scene.messages(&conversation).await;
        let author = json!({ "kind": "member", "id": null, "name": "+62 811 1" });
        assert_eq!((messages.len(), &messages[1]["author"]), (2, &author));
        let item = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!(item["waiting_since"], json!(null), "he was answered");
        assert!(graph.said().is_empty());
        tells(&scene, "messages", &status("read", "wamid.e1", json!({}))).await;
        assert_eq!(scene.messages(&conversation).await[1]["delivery"], json!("read"));
    })
    .await;
}

/// R291
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_updates_in_one_body_are_kept_within_a_second() {
    on_both(async |scene, _graph| {
        let statuses: Vec<_> = (0..1_000).map(|at| json!({ "id": format!("wamid.{at}"), "status": "odd" })).collect();
        let body = delivery("messages", &json!({ "statuses": statuses }));
        let begun = Instant::now();
        assert_eq!(push_with(&scene, SECRET, body).await.status, 200);
        let took = begun.elapsed();
        assert!(took.as_millis() < 1_000, "{took:?}");
        scene.test.run_jobs().await;
        let kept = scene.test.app.read(WorkspaceId(Uuid::nil()), |tx| {
            Box::pin(async move {
                let kept = sql!("SELECT count(*) AS kept FROM messenger_updates WHERE state = 'done'");
                Ok(tx.first(kept, &params![]).await?.map(|row| row.get::<i64>("kept")).transpose()?)
            })
        });
        assert_eq!(kept.await.expect("a count"), Some(1_000));
    })
    .await;
}
