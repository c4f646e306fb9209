//! How visitors came, with what, and how often, on both engines.

use crate::scene::{Scene, Visitor, entry_id, on_both};
use serde_json::{Value, json};

const FIREFOX: &str = "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0";

async fn write(visitor: &mut Visitor, number: u64, trail: Value) -> String {
    let message = json!({ "id": entry_id(number), "text": "hello", "file_ids": [], "trail": trail });
    let ack = visitor.client.post("/w/api/v1/messages", message).await.json(201);
    ack["conversation_id"].as_str().expect("an id").to_owned()
}

fn came(path: &str, referrer: &str) -> Value {
    json!({ "source": referrer, "pages": [{ "url": format!("https://shop.test{path}"), "ago_ms": 90_000 }] })
}

async fn visit(scene: &Scene, id: &str) -> Value {
    scene.thread(&mut scene.owner.clone(), id).await["item"]["conversation"]["visit"].clone()
}

async fn close(scene: &Scene, id: &str) {
    let path = format!("/api/v1/conversations/{id}/closure");
    scene.owner.clone().put(&path, json!({ "reason": "solved" })).await.json(200);
}

/// With a browser, a language and an address.
fn of_android(mut visitor: Visitor) -> Visitor {
    let client = visitor.client.from_address([203, 0, 113, 9]);
    let client = client.with_header("user-agent", FIREFOX).with_header("accept-language", "id-ID,id;q=0.9,en;q=0.8");
    visitor.client = client;
    visitor
}

/// R263, C27
#[tokio::test(flavor = "multi_thread")]
async fn each_session_keeps_how_its_contact_came() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let now = scene.test.app.clock.now();
        let id = write(&mut visitor, 1, came("/beans?utm_term=kopi", "https://www.google.co.id/")).await;
        let first = visit(&scene, &id).await;
        let by = json!({
            "kind": "search", "name": "Google", "referrer": "https://www.google.co.id/",
            "landing": "https://shop.test/beans", "utm": { "term": "kopi" }, "at": now,
        });
        assert_eq!((&first["came_by"], &first["visits"]), (&by, &json!(1)));
        assert_eq!((&first["began_at"], &first["at"]), (&json!(now - 90_000), &json!(now - 90_000)));

        close(&scene, &id).await;
        scene.all_left(now).await;
        scene.test.advance(3_600_000);
        write(&mut visitor, 2, came("/?gclid=x", "")).await;
        let second = visit(&scene, &id).await;
        assert_eq!((&second["came_by"]["kind"], &second["visits"]), (&json!("ad"), &json!(2)));
        close(&scene, &id).await;
        write(&mut visitor, 3, Value::Null).await;
        let third = visit(&scene, &id).await;
        assert_eq!((&third["came_by"], &third["visits"]), (&Value::Null, &json!(2)), "he did not come again");
        close(&scene, &id).await;
        scene.test.advance(31 * 60_000);
        write(&mut visitor, 4, came("/again", "https://shop.test/")).await;
        let fourth = visit(&scene, &id).await;
        assert_eq!((&fourth["came_by"], &fourth["visits"]), (&Value::Null, &json!(3)), "nobody told that he left");
        assert_eq!(fourth["began_at"], json!(scene.test.app.clock.now() - 90_000));

        let path = format!("/api/v1/conversations/{id}/sessions");
        let mut agent = scene.agent("budi").await;
        let page = agent.get(&format!("{path}?limit=2")).await.json(200);
        let kinds = |page: &Value| {
            let items = page["items"].as_array().expect("sessions").iter();
            items.map(|one| (one["number"].clone(), one["came_by"]["kind"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&page), [(json!(4), Value::Null), (json!(3), Value::Null)]);
        let cursor = page["next_cursor"].as_str().expect("more");
        let rest = agent.get(&format!("{path}?cursor={cursor}")).await.json(200);
        assert_eq!(
            (kinds(&rest), &rest["next_cursor"]),
            (vec![(json!(2), json!("ad")), (json!(1), json!("search"))], &Value::Null)
        );
        assert_eq!(rest["items"][1]["close_reason"], "solved");
        let mut stranger = scene.member("mona", "agent", false).await;
        stranger.get(&path).await.refused(404, "not_found");
    })
    .await;
}

/// R267, R268, R269
#[tokio::test(flavor = "multi_thread")]
async fn with_what_somebody_comes_is_known_from_his_first_message() {
    on_both(async |scene| {
        let mut visitor = of_android(scene.visitor().await);
        let id = write(&mut visitor, 1, came("/", "")).await;
        let profile = json!({
            "browser": "Firefox 133", "system": "Android 14", "device": "phone", "language": "id-ID",
            "country": "ID", "zone": null,
        });
        assert_eq!(visit(&scene, &id).await["profile"], profile);
        let zone = async |visitor: &mut Visitor, name: &str| {
            visitor.client.put("/w/api/v1/zone", json!({ "zone": name })).await.json(204);
        };
        zone(&mut visitor, "Asia/Jakarta").await;
        zone(&mut visitor, "Moon/Base").await;
        assert_eq!(visit(&scene, &id).await["profile"]["zone"], "Asia/Jakarta");
        close(&scene, &id).await;
        write(&mut visitor, 2, came("/", "")).await;
        assert_eq!(visit(&scene, &id).await["profile"]["zone"], "Asia/Jakarta", "it is told once");
        let mine = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert!(!mine.to_string().contains("Firefox"), "it is the team's");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_who_asks_not_to_be_followed_nothing_is_kept() {
    on_both(async |scene| {
        for (number, header) in [(1, "sec-gpc"), (2, "dnt")] {
            let mut visitor = of_android(scene.visitor().await);
            visitor.client = visitor.client.with_header(header, "1");
            let id = write(&mut visitor, number, came("/beans", "https://www.bing.com/")).await;
            visitor.client.put("/w/api/v1/page", json!({ "url": "https://shop.test/cart" })).await.json(204);
            visitor.client.put("/w/api/v1/zone", json!({ "zone": "Asia/Jakarta" })).await.json(204);
            let thread = scene.thread(&mut scene.owner.clone(), &id).await;
            assert_eq!(thread["item"]["conversation"]["visit"], Value::Null, "{header}");
            assert_eq!(thread["entries"].as_array().expect("entries").len(), 2, "{header}");
            let config = format!("/w/api/v1/inboxes/{}", scene.inbox);
            assert_eq!(visitor.client.get(&config).await.json(200)["page_visits"], false, "{header}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_visits_are_not_kept_nobody_has_a_profile() {
    on_both(async |scene| {
        let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
        let mut website = owner.get(&inbox).await.json(200)["website"].clone();
        website["page_visits"] = json!(false);
        owner.patch(&inbox, json!({ "website": website })).await.json(200);
        let mut visitor = of_android(scene.visitor().await);
        let id = write(&mut visitor, 1, came("/", "")).await;
        visitor.client.put("/w/api/v1/zone", json!({ "zone": "Asia/Jakarta" })).await.json(204);
        assert_eq!(visit(&scene, &id).await, Value::Null);
    })
    .await;
}

/// R264, R265, R266
#[tokio::test(flavor = "multi_thread")]
async fn half_an_hour_away_makes_it_another_visit() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let id = write(&mut visitor, 1, came("/", "")).await;
        let began = visit(&scene, &id).await["began_at"].clone();
        for (away_ms, visits) in [(29 * 60_000, 1), (30 * 60_000, 2)] {
            scene.all_left(scene.test.app.clock.now()).await;
            scene.test.advance(away_ms);
            let page = json!({ "url": format!("https://shop.test/{away_ms}") });
            visitor.client.put("/w/api/v1/page", page).await.json(204);
            let now = visit(&scene, &id).await;
            assert_eq!((&now["visits"], &now["left_at"]), (&json!(visits), &Value::Null));
            assert_eq!(now["began_at"] == began, visits == 1);
        }
        assert_eq!(visit(&scene, &id).await["pages"], 3);
    })
    .await;
}
