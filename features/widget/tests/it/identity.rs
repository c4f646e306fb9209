//! Visitors who prove who they are, on both engines.

use crate::scene::{Scene, Visitor, entry_id, on_both};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use serde_json::{Value, json};
use testkit::Answer;

const MINUTE: i64 = 60_000;

/// A token as the website's server makes it.
fn signed(header: &Value, claims: &Value, key: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let content = format!("{}.{}", part(header), part(claims));
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    format!("{content}.{}", URL_SAFE_NO_PAD.encode(hmac::sign(&key, content.as_bytes())))
}

async fn make_key(scene: &Scene, inbox: &str) -> String {
    let made = scene.owner.clone().post(&format!("/api/v1/inboxes/{inbox}/identity-key"), json!({})).await.json(200);
    made["key"].as_str().expect("a key").to_owned()
}

fn token(scene: &Scene, key: &str, claims: Value) -> String {
    let mut all = json!({ "exp": scene.test.app.clock.now() / 1_000 + 300 });
    all.as_object_mut().expect("claims").extend(claims.as_object().expect("claims").clone());
    signed(&json!({ "alg": "HS256", "typ": "JWT" }), &all, key)
}

async fn tell(scene: &Scene, visitor: Option<&Visitor>, identity: &str, answers: Value) -> Answer {
    let page = json!({ "inbox_id": scene.inbox, "origin": "https://shop.test", "locale": "id", "answers": answers });
    let mut client = visitor.map_or_else(|| scene.anonymous(), |visitor| visitor.client.clone());
    client.post("/w/api/v1/identity", json!({ "identity": identity, "visitor": page })).await
}

/// The browser of somebody who was proven, with its new token.
async fn identify(scene: &Scene, visitor: Option<&Visitor>, identity: &str) -> Visitor {
    let answer = tell(scene, visitor, identity, json!({})).await.json(200);
    scene.visitor_with(answer["token"].as_str().expect("a new token"))
}

async fn new_tag(scene: &Scene, name: &str) -> String {
    let tag = scene.owner.clone().post("/api/v1/tags", json!({ "name": name, "color": "teal" })).await.json(201);
    tag["id"].as_str().expect("an id").to_owned()
}

/// Somebody who wrote as a known person, and then somewhere else before he said who he is: the browser that nobody
/// knows yet, and the ids of the two conversations.
async fn wrote_twice(scene: &Scene, identity: &str) -> (Visitor, String, String) {
    let kept = conversation_of(&identify(scene, None, identity).await.write("last month").await);
    let mut laptop = scene.visitor().await;
    let gone = conversation_of(&laptop.write("today").await);
    (laptop, kept, gone)
}

async fn texts(visitor: &mut Visitor) -> Vec<String> {
    let thread = visitor.client.get("/w/api/v1/thread").await.json(200);
    let entries = thread["entries"].as_array().expect("entries");
    entries.iter().filter_map(|entry| entry["text"].as_str()).map(str::to_owned).collect()
}

fn conversation_of(ack: &Value) -> String {
    ack["conversation_id"].as_str().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_person_brings_along_what_he_wrote_and_is_marked() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let mut before = scene.visitor().await;
        let mut old_socket = before.socket().await;
        let id = conversation_of(&before.write("where is my parcel?").await);
        let sari = token(&scene, &key, json!({ "sub": "4711", "name": "Sari", "email": "sari@shop.test" }));
        let mut after = identify(&scene, Some(&before), &sari).await;
        assert_eq!(texts(&mut after).await, ["where is my parcel?"]);
        before.client.get("/w/api/v1/thread").await.refused(401, "unauthenticated");
        assert_eq!(old_socket.closed().await, 4403, "who is no more hears nothing more");

        let thread = scene.thread(&mut scene.owner.clone(), &id).await;
        let contact = &thread["item"]["conversation"]["contact"];
        assert_eq!((&contact["name"], &contact["email"]), (&json!("Sari"), &json!("sari@shop.test")));
        let verified = json!({ "external_id": "4711", "name": true, "email": true, "phone": false });
        assert_eq!(contact["verified"], verified);

        let again = tell(&scene, Some(&after), &sari, json!({})).await.json(200);
        assert_eq!(again["token"], Value::Null, "the same person goes on");
        let renamed = token(&scene, &key, json!({ "sub": "4711", "name": "Sari Dewi", "phone": "+62 812 555 111" }));
        tell(&scene, Some(&after), &renamed, json!({})).await.json(200);
        let thread = scene.thread(&mut scene.owner.clone(), &id).await;
        let contact = &thread["item"]["conversation"]["contact"];
        assert_eq!((&contact["name"], &contact["verified"]["phone"]), (&json!("Sari Dewi"), &json!(true)));
        assert_eq!((&contact["email"], &contact["verified"]["email"]), (&json!("sari@shop.test"), &json!(true)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_of_him_besides_stands_with_him_until_something_else_is() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let basket = |plan: &str| token(&scene, &key, json!({ "sub": "1", "data": { "plan": plan, "orders": 12 } }));
        let mut sari = identify(&scene, None, &basket("silver")).await;
        let id = conversation_of(&sari.write("hello").await);
        sari.client.put("/w/api/v1/data", json!({ "data": { "plan": "platinum" } })).await.json(204);
        let told = async || {
            let thread = scene.thread(&mut scene.owner.clone(), &id).await;
            let conversation = &thread["item"]["conversation"];
            (conversation["contact"]["verified"]["data"].clone(), conversation["page_data"].clone())
        };
        let (signed, said) = told().await;
        assert_eq!(signed, json!({ "orders": "12", "plan": "silver" }));
        assert_eq!(said, json!({ "plan": "platinum" }), "anybody says that");
        tell(&scene, Some(&sari), &basket("gold"), json!({})).await.json(200);
        assert_eq!(told().await.0["plan"], "gold");
        let silent = token(&scene, &key, json!({ "sub": "1" }));
        tell(&scene, Some(&sari), &silent, json!({})).await.json(200);
        assert_eq!(told().await.0["plan"], "gold", "nothing is said of it");
        let none = token(&scene, &key, json!({ "sub": "1", "data": {} }));
        tell(&scene, Some(&sari), &none, json!({})).await.json(200);
        assert_eq!(told().await.0, Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_browser_of_the_same_person_sees_the_thread_and_follows_it() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let mut phone = scene.visitor().await;
        let id = conversation_of(&phone.write("from my phone").await);
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let phone = identify(&scene, Some(&phone), &sari).await;
        let mut laptop = identify(&scene, None, &sari).await;
        assert_eq!(texts(&mut laptop).await, ["from my phone"]);
        let mut frames = phone.socket().await;
        laptop.write("from my laptop").await;
        let event = frames.event("thread.updated").await;
        assert_eq!(event["data"]["entries"][0]["text"], "from my laptop");
        assert_eq!(scene.counters(&mut scene.owner.clone()).await, (1, 1));

        let named = token(&scene, &key, json!({ "sub": "4711", "name": "Sari" }));
        tell(&scene, Some(&laptop), &named, json!({})).await.json(200);
        let contact = scene.thread(&mut scene.owner.clone(), &id).await["item"]["conversation"]["contact"].clone();
        assert_eq!(contact["name"], "Sari");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_signed_by_this_inbox_now_joins_nobody() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let website = json!({ "title": "Two", "greeting": "", "color": "#0b6e69", "allowed_origins": [] });
        let mut owner = scene.owner.clone();
        let other = owner.post("/api/v1/inboxes", json!({ "name": "Other", "website": website })).await.json(201);
        let other = make_key(&scene, other["id"].as_str().expect("an id")).await;
        let mut sari =
            identify(&scene, None, &token(&scene, &key, json!({ "sub": "4711", "email": "s@shop.test" }))).await;
        sari.write("my secret").await;

        let mut stranger = scene.visitor().await;
        stranger.write("let me in").await;
        let seconds = scene.test.app.clock.now() / 1_000;
        let good = json!({ "sub": "4711", "exp": seconds + 60 });
        for (identity, code) in [
            (token(&scene, "guessed", good.clone()), "identity_invalid"),
            (token(&scene, &other, good.clone()), "identity_invalid"),
            (signed(&json!({ "alg": "none" }), &good, ""), "identity_invalid"),
            (token(&scene, &key, json!({})), "identity_invalid"),
            (token(&scene, &key, json!({ "sub": "4711", "exp": seconds })), "identity_expired"),
            (token(&scene, &key, json!({ "sub": "4711", "exp": seconds + 901 })), "identity_too_long"),
            (token(&scene, &key, json!({ "sub": "4711", "exp": null })), "identity_too_long"),
        ] {
            tell(&scene, Some(&stranger), &identity, json!({})).await.refused(422, code);
            tell(&scene, None, &identity, json!({})).await.refused(422, code);
        }
        assert_eq!(texts(&mut stranger).await, ["let me in"], "the chat goes on");
        stranger.write("still here").await;

        let same_address = token(&scene, &key, json!({ "sub": "4712", "email": "s@shop.test" }));
        let mut another = identify(&scene, None, &same_address).await;
        assert_eq!(texts(&mut another).await, Vec::<String>::new(), "an address joins nobody");
        let page = json!({ "inbox_id": scene.inbox, "origin": "https://shop.test", "locale": "id" });
        owner.delete(&format!("/api/v1/inboxes/{}/identity-key", scene.inbox)).await.json(204);
        let asked = json!({ "identity": token(&scene, &key, good), "visitor": page });
        scene.anonymous().post("/w/api/v1/identity", asked).await.refused(409, "identity_key_missing");
        sari.client.get("/w/api/v1/thread").await.refused(401, "unauthenticated");
        assert_eq!(texts(&mut stranger).await, ["let me in", "still here"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_key_counts_along_for_a_day() {
    on_both(async |scene| {
        let (old, mut owner) = (make_key(&scene, &scene.inbox).await, scene.owner.clone());
        let path = format!("/api/v1/inboxes/{}/identity-key", scene.inbox);
        let new = make_key(&scene, &scene.inbox).await;
        assert!(old != new && new.starts_with("sapa_id_"));
        assert!(owner.get(&path).await.json(200)["old_key_until"].is_i64());
        let mut by_old = identify(&scene, None, &token(&scene, &old, json!({ "sub": "1" }))).await;
        by_old.write("signed by the old key").await;
        let mut by_new = identify(&scene, None, &token(&scene, &new, json!({ "sub": "1" }))).await;
        assert_eq!(texts(&mut by_new).await, ["signed by the old key"]);
        scene.test.advance(24 * 60 * MINUTE);
        let late = token(&scene, &old, json!({ "sub": "1" }));
        tell(&scene, None, &late, json!({})).await.refused(422, "identity_invalid");
        identify(&scene, None, &token(&scene, &new, json!({ "sub": "1" }))).await;
        assert_eq!(owner.get(&path).await.json(200), json!({ "key": new, "old_key_until": null }));

        let mut agent = scene.agent("budi").await;
        agent.get(&path).await.refused(403, "forbidden");
        agent.post(&path, json!({})).await.refused(403, "forbidden");
        agent.delete(&path).await.refused(403, "forbidden");
        scene.member("tomo", "agent", false).await.client().get(&path).await.refused(404, "not_found");
        let api =
            owner.post("/api/v1/inboxes", json!({ "name": "Bot", "api": { "webhook_url": null } })).await.json(201);
        let api = format!("/api/v1/inboxes/{}/identity-key", api["id"].as_str().expect("an id"));
        owner.post(&api, json!({})).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_shared_computer_the_second_person_sees_nothing_of_the_first() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let mut first = scene.visitor().await;
        first.write("my knee hurts").await;
        let mut first = identify(&scene, Some(&first), &token(&scene, &key, json!({ "sub": "1" }))).await;
        let loose = first.client.upload("/w/api/v1/files?name=a.txt", "text/plain", "x-ray").await.json(201);
        let second_token = token(&scene, &key, json!({ "sub": "2" }));
        let mut second = identify(&scene, Some(&first), &second_token).await;
        assert_eq!(texts(&mut second).await, Vec::<String>::new());
        first.client.get("/w/api/v1/thread").await.refused(401, "unauthenticated");
        let file = format!("/w/api/v1/files/{}", loose["id"].as_str().expect("an id"));
        second.client.get(&file).await.refused(404, "not_found");
        let stolen = json!({ "id": entry_id(1), "text": "", "file_ids": [loose["id"]] });
        second.client.post("/w/api/v1/messages", stolen).await.refused(422, "file_unknown");
        second.write("my tooth hurts").await;

        second.client.delete("/w/api/v1/identity").await.json(204);
        second.client.get("/w/api/v1/thread").await.refused(401, "unauthenticated");
        let mut again = identify(&scene, None, &token(&scene, &key, json!({ "sub": "1" }))).await;
        assert_eq!(texts(&mut again).await, ["my knee hurts"]);
        assert_eq!(texts(&mut identify(&scene, None, &second_token).await).await, ["my tooth hurts"]);
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_conversations_of_one_person_become_one() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711", "name": "Sari" }));
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let mut phone = identify(&scene, None, &sari).await;
        let kept = conversation_of(&phone.write("last month").await);
        scene.answer(&mut ana, &kept, "answered", json!({ "kind": "queue" })).await.json(201);
        ana.put(&format!("/api/v1/conversations/{kept}/closure"), json!({ "reason": "solved" })).await.json(200);

        let mut laptop = scene.visitor().await;
        let picture = laptop.client.upload("/w/api/v1/files?name=a.txt", "text/plain", "look").await.json(201);
        let message = json!({ "id": entry_id(1), "text": "today", "file_ids": [picture["id"]] });
        let gone = conversation_of(&laptop.client.post("/w/api/v1/messages", message.clone()).await.json(201));
        let said_at = scene.test.app.clock.now();
        let quoting = json!({
            "id": entry_id(2), "text": "which?", "file_ids": [], "quote": entry_id(1), "holder": { "kind": "queue" },
        });
        budi.post(&format!("/api/v1/conversations/{gone}/messages"), quoting).await.json(201);
        let note = json!({ "id": entry_id(3), "text": "a tired one", "mention_ids": [] });
        budi.post(&format!("/api/v1/conversations/{gone}/notes"), note).await.json(201);
        let of_budi = json!({ "kind": "member", "id": budi.id });
        let later = json!({
            "id": entry_id(4), "text": "still there?", "file_ids": [], "holder": of_budi, "delay_ms": 60 * MINUTE,
        });
        budi.post(&format!("/api/v1/conversations/{gone}/scheduled"), later).await.json(201);
        scene.test.advance(MINUTE);
        let mut desk = budi.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        let before = budi.get("/api/v1/desk").await.json(200)["position"].as_i64();

        let mut laptop = identify(&scene, Some(&laptop), &sari).await;
        assert_eq!(texts(&mut laptop).await, ["last month", "answered", "today", "which?"]);
        assert_eq!(texts(&mut phone).await, ["last month", "answered", "today", "which?"]);
        let entries = laptop.client.get("/w/api/v1/thread").await.json(200)["entries"].clone();
        let today = entries.as_array().expect("entries").iter().find(|entry| entry["text"] == "today");
        assert_eq!(today.expect("the message")["at"], said_at, "as it was said");
        let file = format!("/w/api/v1/files/{}", picture["id"].as_str().expect("an id"));
        assert_eq!(laptop.client.get(&file).await.body, "look");
        // A repeat of what was sent before is harmless afterwards too.
        assert_eq!(laptop.client.post("/w/api/v1/messages", message).await.json(201)["conversation_id"], kept);

        let told = desk.event("conversation.gone").await;
        assert_eq!((&told["data"]["conversation_id"], &told["data"]["joined"]), (&json!(gone), &json!(kept)));
        budi.get(&format!("/api/v1/conversations/{gone}")).await.refused(404, "not_found");
        let thread = scene.thread(&mut budi, &kept).await;
        let conversation = &thread["item"]["conversation"];
        assert_eq!((&conversation["status"], &conversation["holder"]), (&json!("open"), &of_budi));
        assert_eq!((&conversation["inbound_count"], &conversation["preview"]["text"]), (&json!(2), &json!("which?")));
        assert!(conversation["scheduled_at"].is_i64());
        let all = thread["entries"].as_array().expect("entries");
        let positions: Vec<_> = all.iter().map(|entry| entry["position"].as_i64().expect("a position")).collect();
        assert_eq!(positions, (1..=all.len() as i64).collect::<Vec<_>>());
        let entry = |text: &str| all.iter().find(|entry| entry["text"] == text).expect("an entry");
        assert_eq!(entry("which?")["quote"]["position"], entry("today")["position"]);
        assert_eq!(entry("today")["author"]["id"], conversation["contact"]["id"]);
        assert_eq!(entry("a tired one")["kind"], "note");
        assert_eq!(scene.counters(&mut budi).await, (0, 1));
        assert_eq!(
            budi.get("/api/v1/conversations?view=all").await.json(200)["items"].as_array().map(Vec::len),
            Some(1)
        );

        let missed = budi.socket("/ws").await.expect("a socket").hello(before).await;
        let of_gone = missed.iter().filter(|frame| frame.to_string().contains(&gone)).map(|frame| &frame["kind"]);
        assert_eq!(of_gone.collect::<Vec<_>>(), ["conversation.gone"], "{missed:?}");
        scene.test.advance(60 * MINUTE);
        scene.test.run_jobs().await;
        assert_eq!(texts(&mut laptop).await.last().map(String::as_str), Some("still there?"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_stranger_stays_what_he_is_and_the_person_begins_anew() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let mut visitor = scene.visitor().await;
        let id = conversation_of(&visitor.write("rude words").await);
        let mut owner = scene.owner.clone();
        owner.put(&format!("/api/v1/conversations/{id}/block"), json!({})).await.json(200);
        let mut person = identify(&scene, Some(&visitor), &token(&scene, &key, json!({ "sub": "1" }))).await;
        assert_eq!(texts(&mut person).await, Vec::<String>::new());
        let blocked = scene.thread(&mut owner, &id).await["item"]["conversation"].clone();
        assert!(blocked["block"].is_object() && blocked["contact"]["verified"].is_null());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_inbox_asks_is_asked_of_the_signed_too_unless_it_is_signed() {
    on_both(async |scene| {
        let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
        let mut website = owner.get(&inbox).await.json(200)["website"].clone();
        website["pre_chat"] = json!({ "name": "required", "phone": "optional", "consent_text": "We keep your words." });
        owner.patch(&inbox, json!({ "website": website })).await.json(200);
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711", "name": "Sari" }));
        let refused = tell(&scene, None, &sari, json!({})).await.refused(422, "pre_chat_incomplete");
        assert_eq!(refused["field"], "consent");
        let answers = json!({ "consent_version": 1, "name": "Somebody", "phone": "0812345678" });
        let made = tell(&scene, None, &sari, answers).await.json(200);
        let mut visitor = scene.visitor_with(made["token"].as_str().expect("a token"));
        let id = conversation_of(&visitor.write("hello").await);
        let contact = scene.thread(&mut owner, &id).await["item"]["conversation"]["contact"].clone();
        assert_eq!((&contact["name"], &contact["phone"]), (&json!("Sari"), &json!("0812345678")));
        assert_eq!((&contact["verified"]["name"], &contact["verified"]["phone"]), (&json!(true), &json!(false)));
        let consents = owner.get(&format!("/api/v1/conversations/{id}/consents")).await.json(200);
        assert_eq!(consents["items"].as_array().map(Vec::len), Some(1));
        identify(&scene, None, &sari).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tags_of_both_conversations_are_on_the_one_and_are_counted_once() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let (laptop, kept, gone) = wrote_twice(&scene, &sari).await;
        let mut owner = scene.owner.clone();
        let mut names: Vec<_> = (10..31).map(|number| format!("tag {number}")).collect();
        names.push("zest".to_owned());
        let mut ids = Vec::new();
        for name in &names {
            ids.push(new_tag(&scene, name).await);
        }
        // Nineteen here; there one of them, one for which there is room, and one for which there is not.
        for id in &ids[..19] {
            owner.put(&format!("/api/v1/conversations/{kept}/tags/{id}"), json!({})).await.json(200);
        }
        for id in [&ids[0], &ids[20], &ids[21]] {
            owner.put(&format!("/api/v1/conversations/{gone}/tags/{id}"), json!({})).await.json(200);
        }
        identify(&scene, Some(&laptop), &sari).await;
        let on_it = scene.thread(&mut owner, &kept).await["item"]["conversation"]["tag_ids"].clone();
        let wanted: Vec<_> = ids[..19].iter().chain([&ids[20]]).collect();
        assert_eq!(on_it, json!(wanted));
        let list = owner.get("/api/v1/tags").await.json(200);
        for item in list["items"].as_array().expect("a list") {
            let has = i64::from(wanted.iter().any(|id| item["tag"]["id"] == **id));
            assert_eq!(item["conversations"], has, "{item}");
        }
        // It comes off like any other.
        owner.delete(&format!("/api/v1/conversations/{kept}/tags/{}", ids[20])).await.json(200);
        let list = owner.get("/api/v1/tags").await.json(200)["items"].clone();
        let one = list.as_array().expect("a list").iter().find(|item| item["tag"]["id"] == ids[20]).cloned();
        assert_eq!(one.expect("the tag")["conversations"], 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_person_brings_no_words_in_by_being_a_stranger_first() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711", "name": "Sari" }));
        let (laptop, kept, gone) = wrote_twice(&scene, &token(&scene, &key, json!({ "sub": "4711" }))).await;
        let mut owner = scene.owner.clone();
        owner.put(&format!("/api/v1/conversations/{kept}/closure"), json!({ "reason": "spam" })).await.json(200);
        owner.put(&format!("/api/v1/conversations/{kept}/block"), json!({})).await.json(200);
        identify(&scene, Some(&laptop), &sari).await;
        let blocked = scene.thread(&mut owner, &kept).await;
        let conversation = &blocked["item"]["conversation"];
        assert_eq!((&conversation["status"], &conversation["contact"]["name"]), (&json!("closed"), &json!("Sari")));
        assert!(conversation["block"].is_object() && !blocked["entries"].to_string().contains("today"));
        let stranger = scene.thread(&mut owner, &gone).await["item"]["conversation"].clone();
        assert_eq!((&stranger["status"], &stranger["preview"]["text"]), (&json!("open"), &json!("today")));
    })
    .await;
}

/// R197
#[tokio::test(flavor = "multi_thread")]
async fn who_says_who_he_is_is_there() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let kept = conversation_of(&identify(&scene, None, &sari).await.write("last month").await);
        let mut laptop = scene.visitor().await;
        let page = json!({ "url": "https://shop.test/beans", "title": "Beans", "ago_ms": 0 });
        let message = json!({ "id": entry_id(1), "text": "today", "file_ids": [], "trail": { "pages": [page] } });
        laptop.client.post("/w/api/v1/messages", message).await.json(201);
        scene.all_left(5).await;
        identify(&scene, Some(&laptop), &sari).await;
        let visit = scene.thread(&mut scene.owner.clone(), &kept).await["item"]["conversation"]["visit"].clone();
        assert_eq!((&visit["page"]["title"], &visit["left_at"]), (&json!("Beans"), &Value::Null));
    })
    .await;
}

/// The sessions of all conversations, by number: why each ended, and its score.
async fn sessions(scene: &Scene) -> Vec<(i64, Option<String>, Option<i64>)> {
    let read = scene.test.app.read(scene.workspace(&mut scene.owner.clone()).await, |tx| {
        Box::pin(async move {
            let rows =
                tx.query(db::sql!("SELECT number, close_reason, score FROM sessions ORDER BY number"), &[]).await?;
            let one = |row: &db::Row| Ok((row.get("number")?, row.get("close_reason")?, row.get("score")?));
            rows.iter().map(one).collect()
        })
    });
    read.await.expect("sessions")
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_go_along_and_the_contact_rates_the_one_whose_end_he_sees_last() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let (mut laptop, kept, gone) = wrote_twice(&scene, &sari).await;
        let (mut owner, mut budi) = (scene.owner.clone(), scene.agent("budi").await);
        let rating = |number: u64, score: i64| json!({ "id": entry_id(number), "score": score, "comment": null });
        let queue = json!({ "kind": "queue" });
        for (id, reason) in [(&kept, "solved"), (&gone, "other")] {
            scene.answer(&mut budi, id, "there you are", queue.clone()).await.json(201);
            owner.put(&format!("/api/v1/conversations/{id}/closure"), json!({ "reason": reason })).await.json(200);
        }
        laptop.client.put("/w/api/v1/rating", rating(1, 2)).await.json(200);
        laptop.write("and one more thing").await;
        owner.put(&format!("/api/v1/conversations/{gone}/closure"), json!({ "reason": "no_reply" })).await.json(200);

        // Both are closed: the last one is the stranger's.
        let mut laptop = identify(&scene, Some(&laptop), &sari).await;
        let conversation = scene.thread(&mut budi, &kept).await["item"]["conversation"].clone();
        assert_eq!((&conversation["status"], &conversation["close_reason"]), (&json!("closed"), &json!("no_reply")));
        laptop.client.put("/w/api/v1/rating", rating(2, 4)).await.json(200);
        let ended = |reason: &str| Some(reason.to_owned());
        let three = [(1, ended("solved"), None), (2, ended("other"), Some(2)), (3, ended("no_reply"), Some(4))];
        assert_eq!(sessions(&scene).await, three);

        // He has an open one, and wrote as a stranger in one that is over: his goes on as the newest.
        laptop.write("again").await;
        let mut phone = scene.visitor().await;
        let other = conversation_of(&phone.write("from my phone").await);
        owner.put(&format!("/api/v1/conversations/{other}/closure"), json!({ "reason": "spam" })).await.json(200);
        let phone = identify(&scene, Some(&phone), &sari).await;
        let four = three.iter().cloned().chain([(4, ended("spam"), None)]).collect::<Vec<_>>();
        assert_eq!(sessions(&scene).await, [&four[..], &[(5, None, None)]].concat());

        // Both are open: that is one session.
        let mut tablet = scene.visitor().await;
        tablet.write("from my tablet").await;
        identify(&scene, Some(&tablet), &sari).await;
        assert_eq!(sessions(&scene).await, [&four[..], &[(5, None, None)]].concat());
        owner.put(&format!("/api/v1/conversations/{kept}/closure"), json!({ "reason": "solved" })).await.json(200);
        assert_eq!(sessions(&scene).await, [&four[..], &[(5, ended("solved"), None)]].concat());
        phone.clone().write("once more").await;
        assert_eq!(sessions(&scene).await.len(), 6);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_members_had_begun_to_write_in_both_is_one_draft_and_their_desks_hear_of_it() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let (laptop, kept, gone) = wrote_twice(&scene, &sari).await;
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let reply = |text: &str| json!({ "text": text, "files": [], "quote": null, "card": null, "mail": null });
        let note = |text: &str| json!({ "text": text, "mentions": [] });
        let path = |id: &str| format!("/api/v1/conversations/{id}/draft");
        let here = json!({ "base": 0, "reply": reply("and the invoice") });
        ana.put(&path(&kept), here).await.json(200);
        let there = json!({ "base": 0, "reply": reply("Here is the parcel"), "note": note("a regular") });
        ana.put(&path(&gone), there).await.json(200);
        budi.put(&path(&gone), json!({ "base": 0, "note": note("call him") })).await.json(200);
        let mut desk = ana.socket("/ws").await.expect("a socket");
        desk.hello(None).await;

        identify(&scene, Some(&laptop), &sari).await;
        let told = desk.event("draft.saved").await["data"].clone();
        let mine = ana.get("/api/v1/drafts").await.json(200)["items"].clone();
        assert_eq!(told, json!({ "conversation_id": kept, "saved_at": mine[0]["saved_at"] }));
        assert_eq!(mine.as_array().map(Vec::len), Some(1));
        assert_eq!(mine[0]["reply"], reply("Here is the parcel\n\nand the invoice"));
        assert_eq!(mine[0]["note"], note("a regular"));
        let his = budi.get("/api/v1/drafts").await.json(200)["items"].clone();
        assert_eq!((&his[0]["conversation_id"], &his[0]["note"]), (&json!(kept), &note("call him")));
        assert_eq!(his.as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_what_a_corrected_message_said_first_wherever_it_was_said() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let (mut laptop, kept, _) = wrote_twice(&scene, &sari).await;
        laptop.write_as(&entry_id(1), "size 39").await.json(201);
        scene.test.advance(MINUTE);
        laptop
            .client
            .patch(&format!("/w/api/v1/messages/{}", entry_id(1)), json!({ "text": "size 40" }))
            .await
            .json(200);
        scene.test.advance(MINUTE);
        identify(&scene, Some(&laptop), &sari).await;
        let path = format!("/api/v1/conversations/{kept}/log");
        let lines = scene.owner.clone().get(&path).await.json(200)["lines"].clone();
        let of_it: Vec<_> = lines.as_array().expect("lines").iter().filter(|l| l["entry_id"] == entry_id(1)).collect();
        let told = |kind: &str| of_it.iter().find(|line| line["kind"] == kind).expect("a line");
        assert_eq!(told("message")["text"], "size 39");
        let corrected = told("corrected");
        assert_eq!((&corrected["before"], &corrected["text"]), (&json!("size 39"), &json!("size 40")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_for_one_event_stays_with_the_stranger() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let (laptop, kept, gone) = wrote_twice(&scene, &sari).await;
        let mut owner = scene.owner.clone();
        let long = scene.test.app.write(scene.workspace(&mut owner).await, |tx| {
            Box::pin(async move {
                let set = db::sql!("UPDATE entries SET text = $2 WHERE workspace_id = $1 AND text = 'today'");
                // Counted in bytes: in characters it would be half of it.
                tx.execute(set, &db::params![tx.workspace, "é".repeat(500_001)]).await?;
                Ok(())
            })
        });
        long.await.expect("a long message");
        let mut person = identify(&scene, Some(&laptop), &sari).await;
        assert_eq!(texts(&mut person).await, ["last month"]);
        assert_eq!(scene.thread(&mut owner, &gone).await["item"]["conversation"]["status"], "open");
        assert_eq!(scene.thread(&mut owner, &kept).await["item"]["conversation"]["inbound_count"], 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_had_read_both_has_read_the_one_and_what_he_muted_or_marked_stays_so() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let (laptop, kept, gone) = wrote_twice(&scene, &sari).await;
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let read = json!({ "position": 99 });
        for id in [&kept, &gone] {
            ana.put(&format!("/api/v1/conversations/{id}/read"), read.clone()).await.json(204);
        }
        budi.put(&format!("/api/v1/conversations/{gone}/read"), read).await.json(204);
        budi.put(&format!("/api/v1/conversations/{gone}/mute"), json!({})).await.json(204);
        budi.put(&format!("/api/v1/conversations/{gone}/unread"), json!({})).await.json(204);
        let mut desk = ana.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        identify(&scene, Some(&laptop), &sari).await;
        let marked = desk.event("conversation.read_mark").await["data"].clone();
        assert_eq!((&marked["conversation_id"], &marked["inbound_seen"]), (&json!(kept), &json!(2)));
        let of_ana = scene.thread(&mut ana, &kept).await["item"].clone();
        assert_eq!((&of_ana["inbound_seen"], &of_ana["conversation"]["inbound_count"]), (&json!(2), &json!(2)));
        assert_eq!((&of_ana["muted"], &of_ana["unread"]), (&json!(false), &json!(false)));
        let of_budi = scene.thread(&mut budi, &kept).await["item"].clone();
        assert_eq!(of_budi["inbound_seen"], 0, "what the person wrote before is news to him");
        assert_eq!((&of_budi["muted"], &of_budi["unread"]), (&json!(true), &json!(true)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_of_one_conversation_say_nothing_of_the_other() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let (laptop, kept, gone) = wrote_twice(&scene, &sari).await;
        let mut budi = scene.agent("budi").await;
        scene.answer(&mut budi, &kept, "an offer", json!({ "kind": "queue" })).await.json(201);
        let mut phone = identify(&scene, None, &sari).await;
        phone.write("not read by anybody").await;
        let read = scene.answer(&mut budi, &gone, "at once", json!({ "kind": "queue" })).await.json(201);
        let position = read["position"].clone();
        laptop
            .client
            .clone()
            .put("/w/api/v1/receipt", json!({ "delivered": position, "read": position }))
            .await
            .json(204);
        let of_budi = json!({ "kind": "member", "id": budi.id });
        scene.answer(&mut budi, &gone, "and then", of_budi).await.json(201);

        identify(&scene, Some(&laptop), &sari).await;
        let thread = scene.thread(&mut budi, &kept).await;
        let entries = thread["entries"].as_array().expect("entries");
        let entry = |text: &str| entries.iter().find(|entry| entry["text"] == text).expect("an entry");
        let delivery = |text: &str| entry(text)["delivery"].clone();
        assert_eq!([delivery("an offer"), delivery("at once"), delivery("and then")], ["sent", "read", "sent"]);
        let read = thread["item"]["conversation"]["staff_read_position"].as_i64();
        assert!(read < entry("not read by anybody")["position"].as_i64(), "{thread}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_kept_of_a_stranger_who_turned_out_to_be_a_person() {
    on_both(async |scene| {
        let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
        let mut website = owner.get(&inbox).await.json(200)["website"].clone();
        website["pre_chat"] = json!({ "name": "optional", "consent_text": "We keep your words." });
        owner.patch(&inbox, json!({ "website": website })).await.json(200);
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        let workspace = scene.workspace(&mut owner).await;
        let rows = async || {
            let counted = scene.test.app.read(workspace, |tx| {
                Box::pin(async move {
                    let count = db::sql!(
                        "SELECT (SELECT COUNT(*) FROM contacts) AS contacts, (SELECT COUNT(*) FROM consents) AS consents"
                    );
                    let row = tx.first(count, &[]).await?.expect("a row");
                    Ok((row.get::<i64>("contacts")?, row.get::<i64>("consents")?))
                })
            });
            counted.await.expect("numbers")
        };
        let answers = json!({ "consent_version": 1, "name": "S." });
        let stranger = async || {
            let page = json!({
                "inbox_id": scene.inbox, "origin": "https://shop.test", "locale": "id", "answers": answers,
            });
            let made = scene.anonymous().post("/w/api/v1/visitors", page).await.json(201);
            scene.visitor_with(made["token"].as_str().expect("a token"))
        };
        // He is the person from now on; then one who wrote, and one who did not.
        let mut first = stranger().await;
        first.write("hello").await;
        identify(&scene, Some(&first), &sari).await;
        assert_eq!(rows().await, (1, 1));
        for text in [Some("again"), None] {
            let mut visitor = stranger().await;
            if let Some(text) = text {
                visitor.write(text).await;
            }
            assert_eq!(rows().await, (2, 2));
            let mut person = identify(&scene, Some(&visitor), &sari).await;
            assert_eq!(rows().await, (1, 1));
            assert_eq!(texts(&mut person).await, ["hello", "again"]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_who_proved_himself_meanwhile_begins_nothing_that_he_cannot_see() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        identify(&scene, None, &sari).await.write("from my phone").await;
        let other = scene.test.beside().await;
        for (number, written) in [(1, &[][..]), (2, &["from my laptop"])] {
            let mut before = scene.visitor().await;
            for text in written {
                before.write(text).await;
            }
            // Another node recognizes him, and has not heard yet that he proved himself.
            let mut late = before.client.clone().at(&other);
            late.get("/w/api/v1/thread").await.json(200);
            let mut after = identify(&scene, Some(&before), &sari).await;
            let message = json!({ "id": entry_id(number), "text": "on its way", "file_ids": [] });
            late.post("/w/api/v1/messages", message.clone()).await.refused(401, "unauthenticated");
            after.client.post("/w/api/v1/messages", message).await.json(201);
            assert_eq!(texts(&mut after).await.last().map(String::as_str), Some("on its way"));
            assert_eq!(scene.counters(&mut scene.owner.clone()).await, (1, 1));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_prove_the_same_person_at_once_both_go_on() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711" }));
        for number in 0..4 {
            let mut before = scene.visitor().await;
            before.write(&format!("{number}")).await;
            let (mut one, mut other) =
                tokio::join!(identify(&scene, Some(&before), &sari), identify(&scene, Some(&before), &sari));
            assert_eq!(texts(&mut one).await.last(), Some(&number.to_string()));
            assert_eq!(texts(&mut one).await, texts(&mut other).await);
        }

        // Also where the node of the second recognizes the token that the first had replaced.
        let before = scene.visitor().await;
        let second = scene.test.beside().await;
        let late = before.client.clone().at(&second);
        late.clone().get("/w/api/v1/thread").await.json(200);
        let mut one = identify(&scene, Some(&before), &sari).await;
        let mut shown = before.clone();
        shown.client = late;
        let mut other = identify(&scene, Some(&shown), &sari).await;
        assert_eq!(texts(&mut one).await, texts(&mut other).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_of_a_signed_person_is_told_without_a_write() {
    on_both(async |scene| {
        let key = make_key(&scene, &scene.inbox).await;
        let sari = token(&scene, &key, json!({ "sub": "4711", "name": "Sari" }));
        let mut visitor = identify(&scene, None, &sari).await;
        visitor.write("hello").await;
        let workspace = scene.workspace(&mut scene.owner.clone()).await;
        let (go, mut wait) = tokio::sync::oneshot::channel::<()>();
        let (holds, held) = tokio::sync::oneshot::channel::<()>();
        let app = scene.test.app.clone();
        // Somebody who writes has his rows, or on SQLite the one writer.
        let writing = tokio::spawn(async move {
            app.write(workspace, move |tx| {
                Box::pin(async move {
                    for table in [
                        db::sql!("UPDATE visitors SET locale = 'id' WHERE workspace_id = $1"),
                        db::sql!("UPDATE contacts SET phone = phone WHERE workspace_id = $1"),
                        db::sql!("UPDATE conversations SET title = title WHERE workspace_id = $1"),
                    ] {
                        tx.execute(table, &db::params![workspace]).await?;
                    }
                    let _ = holds.send(());
                    if tx.engine() == db::Engine::Sqlite {
                        // Its writer is a thread that awaits nothing but its transaction.
                        while wait.try_recv() == Err(tokio::sync::oneshot::error::TryRecvError::Empty) {
                            std::thread::sleep(std::time::Duration::from_millis(5));
                        }
                    } else {
                        let _ = wait.await;
                    }
                    Ok(())
                })
            })
            .await
        });
        held.await.expect("a writer");
        let again =
            tokio::time::timeout(std::time::Duration::from_secs(10), tell(&scene, Some(&visitor), &sari, json!({})));
        assert_eq!(again.await.expect("an answer in time").json(200)["token"], Value::Null);
        go.send(()).expect("a writer");
        writing.await.expect("a task").expect("written");
    })
    .await;
}
