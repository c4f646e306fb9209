//! The pages that a visitor looks at, on both engines.

use crate::scene::{Scene, Visitor, entry_id, on_both};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::Answer;

/// The hub looks for who left once a second.
const TICKS: Duration = Duration::from_millis(2_200);

async fn begin(visitor: &mut Visitor, number: u64, trail: Value) -> String {
    let message = json!({ "id": entry_id(number), "text": "hello", "file_ids": [], "trail": trail });
    let ack = visitor.client.post("/w/api/v1/messages", message).await.json(201);
    ack["conversation_id"].as_str().expect("an id").to_owned()
}

async fn look_at(visitor: &mut Visitor, path: &str) -> Answer {
    let page = json!({ "url": format!("https://shop.test{path}"), "title": path });
    visitor.client.put("/w/api/v1/page", page).await
}

fn pages(thread: &Value) -> Vec<&str> {
    let entries = thread["entries"].as_array().expect("entries").iter();
    entries.filter(|entry| entry["kind"] == "navigation").filter_map(|entry| entry["page"]["url"].as_str()).collect()
}

async fn keep_pages(scene: &Scene, on: bool) {
    let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
    let mut website = owner.get(&inbox).await.json(200)["website"].clone();
    website["page_visits"] = json!(on);
    owner.patch(&inbox, json!({ "website": website })).await.json(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_to_a_message_comes_with_it() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        look_at(&mut visitor, "/").await.refused(404, "not_found");
        let now = scene.test.app.clock.now();
        let trail = json!({
            "source": "https://search.example/?q=coffee#top",
            "pages": [
                { "url": "https://shop.test/", "title": "Shop", "ago_ms": 60_000 },
                { "url": "javascript:alert(1)", "ago_ms": 3 },
                { "url": "https://ana:secret@shop.test/track?id=1", "title": "Track", "ago_ms": 0 },
            ],
        });
        let id = begin(&mut visitor, 1, trail.clone()).await;
        let mut agent = scene.agent("budi").await;
        let thread = scene.thread(&mut agent, &id).await;
        let kinds: Vec<_> = thread["entries"].as_array().expect("entries").iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, ["opened", "navigation", "navigation", "message"]);
        assert_eq!(pages(&thread), ["https://shop.test/", "https://shop.test/track?id=1"]);
        let first = &thread["entries"][1];
        assert_eq!((&first["written_at"], &first["author"]["kind"]), (&json!(now - 60_000), &json!("contact")));
        let conversation = &thread["item"]["conversation"];
        assert_eq!(conversation["visit"]["page"]["title"], "Track");
        assert_eq!(conversation["visit"]["source"], "https://search.example/?q=coffee");
        assert_eq!((&conversation["inbound_count"], &conversation["preview"]["text"]), (&json!(1), &json!("hello")));

        // The same message again brings nothing twice, and a later one is no beginning.
        begin(&mut visitor, 1, trail.clone()).await;
        begin(&mut visitor, 2, trail).await;
        assert_eq!(pages(&scene.thread(&mut agent, &id).await).len(), 2);
        let mine = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert!(!mine.to_string().contains("track"), "nothing of it is the visitor's");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_an_open_conversation_is_told_to_the_team_and_moves_nothing() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let ack = visitor.write("hello").await;
        let id = ack["conversation_id"].as_str().expect("an id").to_owned();
        let mut agent = scene.agent("budi").await;
        let before = scene.thread(&mut agent, &id).await;
        let mut theirs = visitor.socket().await;
        scene.test.advance(60_000);
        look_at(&mut visitor, "/cart").await.json(204);
        look_at(&mut visitor, "/cart").await.json(204);
        look_at(&mut visitor, "/pay").await.json(204);
        let told = theirs.event("thread.updated").await;
        assert_eq!(told["data"]["entries"], json!([]), "the visitor hears of no page");
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(pages(&thread), ["https://shop.test/cart", "https://shop.test/pay"]);
        let (was, now) = (&before["item"]["conversation"], &thread["item"]["conversation"]);
        for same in ["inbound_count", "last_activity_at", "waiting_since", "preview", "status"] {
            assert_eq!(was[same], now[same], "{same}");
        }
        assert_eq!(now["visit"]["page"]["url"], "https://shop.test/pay");
        let log = agent.get(&format!("/api/v1/conversations/{id}/log?kind=navigation")).await.json(200);
        assert_eq!(log["lines"][0]["text"], "https://shop.test/pay");
        let log = agent.get(&format!("/api/v1/conversations/{id}/log")).await.json(200);
        assert!(!log.to_string().contains("navigation"), "they would bury what was done");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_end_no_page_is_kept_and_none_opens_it_again() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let source = json!({ "source": "https://search.example/", "pages": [] });
        let id = begin(&mut visitor, 1, source).await;
        let mut agent = scene.agent("budi").await;
        let path = format!("/api/v1/conversations/{id}");
        scene.owner.clone().put(&format!("{path}/closure"), json!({ "reason": "solved" })).await.json(200);
        look_at(&mut visitor, "/later").await.json(204);
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!((pages(&thread).len(), &thread["item"]["conversation"]["status"]), (0, &json!("closed")));
        // The next session has a way of its own.
        let trail = json!({ "pages": [{ "url": "https://shop.test/again", "ago_ms": 0 }] });
        begin(&mut visitor, 2, trail).await;
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(pages(&thread), ["https://shop.test/again"]);
        assert_eq!(thread["item"]["conversation"]["visit"]["source"], json!(null));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_that_keeps_no_page_visits_keeps_none() {
    on_both(async |scene| {
        keep_pages(&scene, false).await;
        let config = scene.anonymous().get(&format!("/w/api/v1/inboxes/{}", scene.inbox)).await.json(200);
        assert_eq!(config["page_visits"], false);
        let mut visitor = scene.visitor().await;
        let trail = json!({ "source": "https://a.test", "pages": [{ "url": "https://shop.test/a", "ago_ms": 0 }] });
        let id = begin(&mut visitor, 1, trail).await;
        look_at(&mut visitor, "/b").await.json(204);
        let thread = scene.thread(&mut scene.owner.clone(), &id).await;
        assert_eq!((pages(&thread).len(), &thread["item"]["conversation"]["visit"]), (0, &json!(null)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_page_is_refused_and_pages_are_counted() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        visitor.write("hello").await;
        for url in ["javascript:alert(1)", "/cart", "ftp://shop.test/"] {
            let refused = visitor.client.put("/w/api/v1/page", json!({ "url": url })).await;
            refused.refused(422, "page_invalid");
        }
        let mut last = look_at(&mut visitor, "/0").await;
        for number in 1..=60 {
            last = look_at(&mut visitor, &format!("/{number}")).await;
        }
        last.refused(429, "too_many_requests");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_pages_hide_no_older_message_from_the_visitor() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        visitor.write("the first").await;
        for number in 0..40 {
            look_at(&mut visitor, &format!("/{number}")).await.json(204);
        }
        visitor.write("the last").await;
        let page = visitor.client.get("/w/api/v1/thread").await.json(200);
        let texts: Vec<_> = page["entries"].as_array().expect("entries").iter().map(|one| &one["text"]).collect();
        assert_eq!((texts, &page["has_more"]), (vec![&json!("the first"), &json!("the last")], &json!(false)));
        let newest = visitor.client.get("/w/api/v1/thread?limit=1").await.json(200);
        assert_eq!((&newest["entries"][0]["text"], &newest["has_more"]), (&json!("the last"), &json!(true)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_visitor_answers_is_kept_when_the_inbox_says_it() {
    on_both(async |scene| {
        let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
        let mut website = owner.get(&inbox).await.json(200)["website"].clone();
        website["page_visits"] = json!(false);
        website["greetings"] =
            json!([{ "text": " Need help? ", "page": "", "after_seconds": 601, "only_open": false }]);
        let refused = owner.patch(&inbox, json!({ "website": website })).await;
        assert_eq!(refused.refused(422, "greeting_invalid")["number"], 1);
        website["greetings"][0]["after_seconds"] = json!(5);
        owner.patch(&inbox, json!({ "website": website })).await.json(200);
        let config = scene.anonymous().get(&format!("/w/api/v1/inboxes/{}", scene.inbox)).await.json(200);
        assert_eq!(config["greetings"][0]["text"], "Need help?");

        let kinds_after = async |number: u64, greeted: &str| {
            let mut visitor = scene.visitor().await;
            let trail = json!({ "pages": [{ "url": "https://shop.test", "ago_ms": 0 }], "greeted": greeted });
            let id = begin(&mut visitor, number, trail).await;
            let mine = visitor.client.get("/w/api/v1/thread").await.json(200);
            assert_eq!(mine["entries"].as_array().expect("entries").len(), 1, "it is the team's");
            let thread = scene.thread(&mut scene.owner.clone(), &id).await;
            let entries = thread["entries"].as_array().expect("entries").clone();
            let one = |entry: &Value| (entry["kind"].as_str().expect("a kind").to_owned(), entry["text"].clone());
            entries.iter().map(one).collect::<Vec<_>>()
        };
        let told = kinds_after(1, "Need help?").await;
        assert_eq!(told[1], ("greeted".to_owned(), json!("Need help?")));
        assert_eq!(told.len(), 3, "no page is kept beside it");
        assert_eq!(kinds_after(2, "Send me your password").await.len(), 2, "nobody speaks for the inbox");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_says_of_its_visitor_is_read_by_the_team_alone() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let path = "/w/api/v1/data";
        visitor.client.put(path, json!({ "data": {} })).await.refused(404, "not_found");
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        visitor.client.put(path, json!({ "data": { "plan": "silver", "old": "1" } })).await.json(204);
        visitor.client.put(path, json!({ "data": { "plan": "gold", "orders": "12" } })).await.json(204);
        let long = json!({ "data": { "plan": "x".repeat(201) } });
        assert_eq!(visitor.client.put(path, long).await.refused(422, "page_data_invalid")["name"], "plan");
        let thread = scene.thread(&mut scene.owner.clone(), &id).await;
        assert_eq!(thread["item"]["conversation"]["page_data"], json!({ "orders": "12", "plan": "gold" }));
        assert_eq!(thread["entries"].as_array().expect("entries").len(), 2, "it is no entry");
        let mine = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert!(!mine.to_string().contains("gold"));
    })
    .await;
}

async fn poll(ask: impl AsyncFn() -> Value, wanted: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..100 {
        let answer = ask().await;
        if wanted(&answer) {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it did not come about")
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stays_on_a_page_is_there_in_the_next_session_too() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let page = json!({ "url": "https://shop.test/beans", "title": "Beans", "ago_ms": 0 });
        let id = begin(&mut visitor, 1, json!({ "source": "https://search.example/", "pages": [page] })).await;
        let closure = format!("/api/v1/conversations/{id}/closure");
        scene.owner.clone().put(&closure, json!({ "reason": "solved" })).await.json(200);
        begin(&mut visitor, 2, Value::Null).await;
        let mut agent = scene.agent("budi").await;
        let thread = scene.thread(&mut agent, &id).await;
        let visit = &thread["item"]["conversation"]["visit"];
        assert_eq!(visit["page"]["title"], "Beans");
        assert_eq!(visit["source"], Value::Null);
        assert_eq!(pages(&thread).len(), 1, "he did not go there again");
    })
    .await;
}

/// R197
#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_the_site_is_said_to_have_left_until_he_is_back() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let id = begin(&mut visitor, 1, Value::Null).await;
        let agent = scene.agent("budi").await;
        let left = async || {
            let thread = scene.thread(&mut agent.clone(), &id).await;
            thread["item"]["conversation"]["visit"]["left_at"].clone()
        };
        let first = visitor.socket().await;
        let second = visitor.socket().await;
        drop(first);
        scene.test.advance(60_000);
        tokio::time::sleep(TICKS).await;
        assert_eq!(left().await, Value::Null, "another tab is open");

        // A page that follows another opens its own socket in time.
        drop(second);
        tokio::time::sleep(TICKS).await;
        let third = visitor.socket().await;
        scene.test.advance(60_000);
        tokio::time::sleep(TICKS).await;
        assert_eq!(left().await, Value::Null);

        // Nor does it count how long ago he went from the page before.
        drop(third);
        tokio::time::sleep(TICKS).await;
        scene.test.advance(8_000);
        let fourth = visitor.socket().await;
        drop(fourth);
        tokio::time::sleep(TICKS).await;
        scene.test.advance(8_000);
        tokio::time::sleep(TICKS).await;
        assert_eq!(left().await, Value::Null);

        let fifth = visitor.socket().await;
        drop(fifth);
        tokio::time::sleep(TICKS).await;
        let at = scene.test.app.clock.now();
        scene.test.advance(60_000);
        let gone = poll(&left, |left| left.is_i64()).await;
        assert_eq!(gone, json!(at));
        let thread = scene.thread(&mut agent.clone(), &id).await;
        assert_eq!(thread["item"]["conversation"]["last_activity_at"].as_i64().map(|was| was < at), Some(true));

        let back = visitor.socket().await;
        poll(&left, Value::is_null).await;
        drop(back);
        tokio::time::sleep(TICKS).await;
        scene.test.advance(60_000);
        poll(&left, |left| left.is_i64()).await;
        let (mut owner, closure) = (scene.owner.clone(), format!("/api/v1/conversations/{id}/closure"));
        owner.put(&closure, json!({ "reason": "solved" })).await.json(200);
        let back = visitor.socket().await;
        tokio::time::sleep(TICKS).await;
        owner.delete(&closure).await.json(200);
        assert_eq!(left().await, Value::Null, "he came back while it was closed");
        drop(back);
        tokio::time::sleep(TICKS).await;
        scene.test.advance(60_000);
        poll(&left, |left| left.is_i64()).await;
        begin(&mut visitor, 2, Value::Null).await;
        assert_eq!(left().await, Value::Null, "who writes is there");
    })
    .await;
}
