//! One act on many conversations, on both engines.

use crate::scene::{Scene, on_both};
use ids::{BatchId, Uuid};
use serde_json::{Value, json};
use testkit::Client;

const HOUR: i64 = 3_600_000;
/// More than one page of a list and one job.
const MANY: usize = 130;

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn batch(number: u128) -> String {
    format!("/api/v1/batches/{}", BatchId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + number)))
}

/// A conversation with one message, a second after the one before.
async fn written(scene: &Scene) -> String {
    scene.test.advance(1_000);
    text(&scene.visitor().await.write("hello").await["conversation_id"])
}

async fn many(scene: &Scene, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for _ in 0..count {
        ids.push(written(scene).await);
    }
    ids
}

fn by_hand(ids: &[String], act: Value) -> Value {
    json!({ "of": { "kind": "conversations", "ids": ids }, "act": act })
}

async fn kinds(scene: &Scene, member: &mut Client, id: &str) -> Vec<String> {
    let thread = scene.thread(member, id).await;
    thread["entries"].as_array().expect("entries").iter().map(|entry| text(&entry["kind"])).collect()
}

async fn tag(scene: &Scene, name: &str) -> String {
    let made = scene.owner.clone().post("/api/v1/tags", json!({ "name": name, "color": "teal" })).await;
    text(&made.json(201)["id"])
}

fn numbers(batch: &Value) -> (&str, i64, i64, &Value) {
    let number = |name: &str| batch[name].as_i64().expect("a number");
    (batch["state"].as_str().expect("a state"), number("total"), number("done"), &batch["refused"])
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_by_hand_is_closed_one_by_one_and_taken_back() {
    on_both(async |scene| {
        let mut boss = scene.member("sari", "supervisor", true).await;
        let ids = many(&scene, 3).await;
        boss.put(&format!("/api/v1/conversations/{}/closure", ids[2]), json!({ "reason": "spam" })).await.json(200);
        let until = scene.test.app.clock.now() + 2 * HOUR;
        boss.put(&format!("/api/v1/conversations/{}/snooze", ids[1]), json!({ "until": until })).await.json(200);
        let mut desk = boss.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        let other = scene.agent("budi").await;
        let mut others = other.socket("/ws").await.expect("a socket");
        others.hello(None).await;

        let close = json!({ "kind": "close", "reason": "solved", "note": "all done", "tag_ids": [] });
        let asked = by_hand(&ids, close.clone());
        let begun = boss.put(&batch(1), &asked).await.json(200);
        assert_eq!(numbers(&begun), ("running", 3, 0, &json!([])));
        scene.test.run_jobs().await;
        let done = boss.put(&batch(1), &asked).await.json(200);
        assert_eq!(numbers(&done), ("done", 3, 3, &json!([])), "asked again it is the same one");
        assert_eq!(boss.get(&batch(1)).await.json(200), done);
        assert_eq!(kinds(&scene, &mut boss, &ids[0]).await, ["opened", "message", "closed"]);
        assert_eq!(kinds(&scene, &mut boss, &ids[2]).await, ["opened", "message", "closed"], "closed already");
        let thread = scene.thread(&mut boss, &ids[0]).await;
        assert_eq!(
            (&thread["entries"][2]["text"], &thread["entries"][2]["author"]["name"]),
            (&json!("all done"), &json!("sari"))
        );
        let told = desk.events().await;
        let mine: Vec<_> = told.iter().filter(|event| event["kind"] == "batch.updated").collect();
        assert_eq!(numbers(&mine.last().expect("word of it")["data"]["batch"]).0, "done");
        assert!(others.events().await.iter().all(|event| event["kind"] != "batch.updated"), "nobody else hears");
        other.client().get(&batch(1)).await.refused(404, "not_found");
        other.client().delete(&batch(1)).await.refused(404, "not_found");
        other.client().put(&batch(1), &asked).await.refused(409, "id_reused");

        assert_eq!(numbers(&boss.delete(&batch(1)).await.json(200)), ("taking_back", 2, 0, &json!([])));
        scene.test.run_jobs().await;
        assert_eq!(numbers(&boss.delete(&batch(1)).await.json(200)), ("taken_back", 2, 2, &json!([])));
        assert_eq!(kinds(&scene, &mut boss, &ids[0]).await, ["opened", "message", "closed", "reopened"]);
        let slept = scene.thread(&mut boss, &ids[1]).await;
        assert_eq!(slept["item"]["conversation"]["snoozed_until"], json!(until), "put aside as before");
        let spam = scene.thread(&mut boss, &ids[2]).await;
        assert_eq!(spam["item"]["conversation"]["close_reason"], "spam", "this did not close it");

        // What ended too long ago stays.
        boss.put(&batch(2), by_hand(&ids[..1], close)).await.json(200);
        scene.test.run_jobs().await;
        scene.test.advance(60_001);
        boss.delete(&batch(2)).await.refused(409, "batch_over");
        scene.test.advance(24 * HOUR);
        scene.test.run_jobs().await;
        boss.get(&batch(2)).await.refused(404, "not_found");
    })
    .await;
}

/// R144
/// What somebody did since is not taken back with it.
#[tokio::test(flavor = "multi_thread")]
async fn an_undo_leaves_alone_what_happened_since() {
    on_both(async |scene| {
        let mut boss = scene.member("sari", "supervisor", true).await;
        let budi = scene.agent("budi").await;
        let mut visitor = scene.visitor().await;
        let woken = text(&visitor.write("hello").await["conversation_id"]);
        let closed_anew = written(&scene).await;
        let mut browsing = scene.visitor().await;
        let browsed = text(&browsing.write("hello").await["conversation_id"]);
        let until = scene.test.app.clock.now() + 2 * HOUR;
        boss.put(&format!("/api/v1/conversations/{woken}/snooze"), json!({ "until": until })).await.json(200);
        let close = json!({ "kind": "close", "reason": "solved", "note": null, "tag_ids": [] });
        let ids = [woken.clone(), closed_anew.clone(), browsed.clone()];
        boss.put(&batch(1), by_hand(&ids, close)).await.json(200);
        scene.test.run_jobs().await;

        visitor.write("are you there?").await;
        let path = format!("/api/v1/conversations/{closed_anew}/closure");
        boss.delete(&path).await.json(200);
        boss.put(&path, json!({ "reason": "spam" })).await.json(200);
        boss.delete(&batch(1)).await.json(200);
        scene.test.run_jobs().await;
        let mut now = async |id: &str| scene.thread(&mut boss, id).await["item"]["conversation"].clone();
        let waits = now(&woken).await;
        assert_eq!((&waits["status"], &waits["snoozed_until"]), (&json!("open"), &Value::Null), "he waits");
        assert_eq!(now(&closed_anew).await["close_reason"], "spam", "closed for another reason since");
        assert_eq!(now(&browsed).await["status"], "open", "this one is taken back");

        // Who took it himself keeps it.
        let to = json!({ "kind": "member", "id": budi.id });
        boss.put(
            &batch(2),
            by_hand(std::slice::from_ref(&browsed), json!({ "kind": "assign", "to": to, "comment": null })),
        )
        .await
        .json(200);
        scene.test.run_jobs().await;
        let me = json!({ "kind": "member", "id": text(&boss.get("/api/v1/me").await.json(200)["member"]["id"]) });
        let path = format!("/api/v1/conversations/{browsed}/assignment");
        boss.put(&path, json!({ "to": me, "holder": to })).await.json(200);
        boss.delete(&batch(2)).await.json(200);
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut boss, &browsed).await;
        assert_eq!(thread["item"]["conversation"]["holder"], me);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_list_is_counted_first_and_then_nothing_more_than_that_is_done() {
    on_both(async |scene| {
        let mut boss = scene.member("sari", "supervisor", true).await;
        let ids = many(&scene, MANY).await;
        let vip = tag(&scene, "VIP").await;
        let all = json!({ "of": { "kind": "list", "list": "view=queue&waiting=true" }, "act": null });
        assert_eq!(numbers(&boss.put(&batch(1), &all).await.json(200)), ("choosing", 0, 0, &json!([])));
        boss.put(&format!("{}/act", batch(1)), json!({ "kind": "read" })).await.refused(409, "id_reused");
        scene.test.run_jobs().await;
        assert_eq!(numbers(&boss.get(&batch(1)).await.json(200)), ("chosen", MANY as i64, 0, &json!([])));

        // Who writes now was not counted.
        let late = written(&scene).await;
        let act = json!({ "kind": "tag", "tag_id": vip });
        boss.put(&format!("{}/act", batch(1)), &act).await.json(200);
        scene.test.run_jobs().await;
        let done = boss.put(&format!("{}/act", batch(1)), &act).await.json(200);
        assert_eq!(numbers(&done), ("done", MANY as i64, MANY as i64, &json!([])));
        let counts = boss.get("/api/v1/conversations/tags").await.json(200);
        assert_eq!(counts["items"], json!([{ "tag_id": vip, "conversations": MANY }]));
        assert_eq!(kinds(&scene, &mut boss, &late).await, ["opened", "message"]);
        assert_eq!(kinds(&scene, &mut boss, &ids[0]).await, ["opened", "message", "tagged"]);

        boss.delete(&batch(1)).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(boss.get("/api/v1/conversations/tags").await.json(200)["items"], json!([]));
    })
    .await;
}

/// R102, R188
#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_done_is_left_and_named() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let ids = many(&scene, 3).await;
        scene.answer(&mut ana, &ids[0], "mine", json!({ "kind": "queue" })).await.json(201);
        scene.answer(&mut budi, &ids[1], "mine", json!({ "kind": "queue" })).await.json(201);
        // The second is a colleague's and hidden; the third is in the queue, where nobody closes.
        let close = json!({ "kind": "close", "reason": "solved", "note": null, "tag_ids": [] });
        ana.put(&batch(1), by_hand(&ids, close.clone())).await.json(200);
        scene.test.run_jobs().await;
        let done = ana.get(&batch(1)).await.json(200);
        let left = json!([
            { "code": "forbidden", "conversations": 1 },
            { "code": "not_found", "conversations": 1 },
        ]);
        assert_eq!(numbers(&done), ("done", 3, 1, &left));
        assert_eq!(kinds(&scene, &mut budi, &ids[1]).await.last().map(String::as_str), Some("message"));

        // Given away, it is out of sight, and so is the way back.
        ana.delete(&format!("/api/v1/conversations/{}/closure", ids[0])).await.json(200);
        let give = json!({ "kind": "assign", "to": { "kind": "member", "id": budi.id }, "comment": "yours" });
        ana.put(&batch(2), by_hand(&ids[..1], give)).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(numbers(&ana.get(&batch(2)).await.json(200)).2, 1);
        scene.thread(&mut budi, &ids[0]).await;
        ana.delete(&batch(2)).await.json(200);
        scene.test.run_jobs().await;
        let back = ana.get(&batch(2)).await.json(200);
        assert_eq!(numbers(&back), ("taken_back", 1, 0, &json!([{ "code": "not_found", "conversations": 1 }])));

        // Who can do nothing any more does nothing any more.
        budi.put(&batch(3), by_hand(&ids[1..2], close)).await.json(200);
        scene.owner.clone().patch(&format!("/api/v1/members/{}", budi.id), json!({ "disabled": true })).await.json(200);
        scene.test.run_jobs().await;
        let mut boss = scene.owner.clone();
        assert!(!kinds(&scene, &mut boss, &ids[1]).await.contains(&"closed".to_owned()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_snoozing_and_untagging_go_back_to_what_was() {
    on_both(async |scene| {
        let mut boss = scene.member("sari", "supervisor", true).await;
        let ids = many(&scene, 2).await;
        let vip = tag(&scene, "VIP").await;
        boss.put(&format!("/api/v1/conversations/{}/tags/{vip}", ids[0]), json!({})).await.json(200);
        boss.put(&format!("/api/v1/conversations/{}/read", ids[1]), json!({ "position": 2 })).await;
        let state = async |boss: &mut Client| {
            let page = boss.get("/api/v1/conversations?view=all&sort=oldest").await.json(200);
            let snoozed = boss.get("/api/v1/conversations?view=snoozed").await.json(200);
            let items = page["items"].as_array().expect("items").iter();
            let unread =
                |item: &Value| item["unread"] == true || item["conversation"]["inbound_count"] != item["inbound_seen"];
            let rows: Vec<_> = items.map(|item| (unread(item), item["conversation"]["tag_ids"].to_string())).collect();
            (rows, snoozed["items"].as_array().expect("items").len())
        };
        let before = state(&mut boss).await;
        let until = scene.test.app.clock.now() + HOUR;
        let acts = [
            json!({ "kind": "read" }),
            json!({ "kind": "unread" }),
            json!({ "kind": "snooze", "until": until }),
            json!({ "kind": "untag", "tag_id": vip }),
        ];
        for (number, act) in (1..).zip(acts) {
            boss.put(&batch(number), by_hand(&ids, act.clone())).await.json(200);
            scene.test.run_jobs().await;
            assert_ne!(state(&mut boss).await, before, "{act}");
            boss.delete(&batch(number)).await.json(200);
            scene.test.run_jobs().await;
            assert_eq!(state(&mut boss).await, before, "{act}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_has_its_limits() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let id = written(&scene).await;
        let read = json!({ "kind": "read" });
        let hundreds = vec![id.clone(); 501];
        owner.put(&batch(1), by_hand(&hundreds, read.clone())).await.refused(400, "invalid_body");
        let wrong = json!({ "of": { "kind": "list", "list": "view=nonsense" }, "act": null });
        owner.put(&batch(1), wrong).await.refused(400, "invalid_body");
        let unknown = json!({ "kind": "tag", "tag_id": "tag_019a0000000070008000000000000009" });
        owner.put(&batch(1), by_hand(&hundreds[..1], unknown)).await.refused(422, "tag_unknown");
        for number in 1..=5 {
            let begun = owner.put(&batch(number), by_hand(&hundreds[..500], read.clone())).await.json(200);
            assert_eq!(begun["total"], 1, "each once");
        }
        owner.put(&batch(6), by_hand(&hundreds[..1], read.clone())).await.refused(429, "too_many_requests");
        scene.test.run_jobs().await;
        owner.put(&batch(6), by_hand(&hundreds[..1], read)).await.json(200);
        scene.test.run_jobs().await;
    })
    .await;
}

/// C07, R152
#[tokio::test(flavor = "multi_thread")]
async fn who_takes_back_his_closing_lets_the_contact_wait_on() {
    on_both(async |scene| {
        let mut boss = scene.owner.clone();
        let mut visitor = scene.visitor().await;
        visitor.write("hello?").await;
        let page = boss.get("/api/v1/conversations?view=all").await.json(200);
        let id = page["items"][0]["conversation"]["id"].as_str().expect("an id").to_owned();
        let since = page["items"][0]["conversation"]["waiting_since"].clone();
        assert!(since.is_number(), "{page}");
        boss.put(&format!("/api/v1/conversations/{id}/title"), json!({ "title": "Late parcel" })).await.json(200);
        let closure = format!("/api/v1/conversations/{id}/closure");
        let solved = json!({ "reason": "solved" });
        scene.test.advance(30_000);
        let closed = boss.put(&closure, &solved).await.json(200);
        assert_eq!(closed["conversation"]["waiting_since"], json!(null));
        let open = boss.delete(&closure).await.json(200);
        assert_eq!(open["conversation"]["waiting_since"], since);
        boss.put(&closure, &solved).await.json(200);
        let open = boss.delete(&closure).await.json(200);
        assert_eq!(open["conversation"]["waiting_since"], since, "also when it is taken back again");
        assert_eq!(open["conversation"]["title"], "Late parcel");
        let sessions = format!("/api/v1/conversations/{id}/sessions");
        let kept = boss.get(&sessions).await.json(200)["items"].clone();
        assert_eq!((&kept[0]["closed_at"], &kept[1]), (&json!(null), &json!(null)), "the same session goes on: {kept}");

        // Long after that it is no undo.
        boss.put(&closure, &solved).await.json(200);
        scene.test.advance(11 * 60_000);
        let open = boss.delete(&closure).await.json(200);
        assert_eq!(open["conversation"]["waiting_since"], json!(null));
        let began = boss.get(&sessions).await.json(200)["items"].as_array().map(Vec::len);
        assert_eq!((began, &open["conversation"]["title"]), (Some(2), &json!(null)));
        scene.test.run_jobs().await;
    })
    .await;
}
