//! Messages that go later, on both engines.

use crate::scene::{Member, Scene, entry_id, on_both};
use serde_json::{Value, json};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// One pixel.
const PICTURE: &[u8] =
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn queue() -> Value {
    json!({ "kind": "queue" })
}

fn held_by(member: &Member) -> Value {
    json!({ "kind": "member", "id": member.id })
}

fn later(number: u64, text: &str, holder: Value, delay_ms: i64) -> Value {
    json!({ "id": entry_id(number), "text": text, "file_ids": [], "holder": holder, "delay_ms": delay_ms })
}

async fn conversation(scene: &Scene) -> String {
    scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned()
}

fn path(id: &str) -> String {
    format!("/api/v1/conversations/{id}/scheduled")
}

fn messages(thread: &Value) -> Vec<&str> {
    let entries = thread["entries"].as_array().expect("entries");
    entries.iter().filter(|entry| entry["kind"] == "message").filter_map(|entry| entry["text"].as_str()).collect()
}

async fn texts(member: &mut Member, id: &str) -> Vec<String> {
    let list = member.get(&path(id)).await.json(200);
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| item["text"].as_str().expect("a text").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_leaves_at_its_time_once_and_in_order_and_nobody_outside_sees_it_before() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let now = scene.test.app.clock.now();
        let second = later(12, "second", queue(), 10 * MINUTE);
        let kept = agent.post(&path(&id), &second).await.json(201);
        assert_eq!(kept, json!({ "id": entry_id(12), "due_at": now + 10 * MINUTE }));
        assert_eq!(agent.post(&path(&id), &second).await.json(201), kept, "a repeat is the same");
        agent.post(&path(&id), later(11, "first", queue(), 5 * MINUTE)).await.json(201);
        assert_eq!(texts(&mut agent, &id).await, ["first", "second"]);
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(thread["item"]["conversation"]["scheduled_at"], now + 5 * MINUTE);
        assert_eq!(thread["item"]["conversation"]["holder"], queue(), "what is not sent takes nothing");
        assert!(!visitor.client.get("/w/api/v1/thread").await.json(200).to_string().contains("first"));

        scene.test.advance(5 * MINUTE - 1);
        scene.test.run_jobs().await;
        assert_eq!(messages(&scene.thread(&mut agent, &id).await), ["hello"]);
        // A server that slept finds both due.
        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(messages(&thread), ["hello", "first", "second"]);
        assert_eq!(thread["item"]["conversation"]["holder"], held_by(&agent));
        assert_eq!(thread["item"]["conversation"]["scheduled_at"], Value::Null);
        assert!(texts(&mut agent, &id).await.is_empty());
        let again = agent.post(&path(&id), &second).await.json(201);
        assert_eq!(again, json!({ "id": entry_id(12), "due_at": null }), "a late repeat is not another message");
        assert_eq!(messages(&scene.thread(&mut agent, &id).await).len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_is_a_draft_again_and_a_new_time_replaces_the_old_one() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let id = conversation(&scene).await;
        let drafted = json!({ "base": 0, "reply": { "text": "as written", "files": [], "quote": null } });
        let saved = agent.put(&format!("/api/v1/conversations/{id}/draft"), drafted).await.json(200);
        let mut body = later(1, "as written", queue(), HOUR);
        body["draft"] = saved["saved_at"].clone();
        agent.post(&path(&id), body).await.json(201);
        assert_eq!(agent.get("/api/v1/drafts").await.json(200)["items"], json!([]), "it is planned, not drafted");
        let draft = json!({ "base": 0, "reply": { "text": "and more", "files": [], "quote": null } });
        agent.put(&format!("/api/v1/conversations/{id}/draft"), draft).await.json(200);

        let one = format!("{}/{}", path(&id), entry_id(1));
        agent.delete(&one).await.json(204);
        let drafts = agent.get("/api/v1/drafts").await.json(200);
        assert_eq!(drafts["items"][0]["reply"]["text"], "as written\n\nand more");
        agent.delete(&one).await.refused(404, "not_found");

        agent.post(&path(&id), later(2, "tomorrow", queue(), DAY)).await.json(201);
        let two = format!("{}/{}", path(&id), entry_id(2));
        agent.put(&two, json!({ "delay_ms": 2 * DAY })).await.json(200);
        scene.test.advance(DAY);
        scene.test.run_jobs().await;
        assert_eq!(messages(&scene.thread(&mut agent, &id).await), ["hello"], "the first time sends nothing");
        agent.put(&two, json!({ "delay_ms": 0 })).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(messages(&scene.thread(&mut agent, &id).await), ["hello", "tomorrow"]);
        agent.delete(&two).await.refused(409, "already_sent");
        agent.put(&two, json!({ "delay_ms": 0 })).await.refused(409, "already_sent");
        scene.test.advance(DAY);
        scene.test.run_jobs().await;
        assert_eq!(messages(&scene.thread(&mut agent, &id).await).len(), 2);
    })
    .await;
}

/// R188
#[tokio::test(flavor = "multi_thread")]
async fn what_its_author_may_not_send_any_more_is_his_draft_and_he_is_told() {
    on_both(async |scene| {
        let (mut agent, other) = (scene.agent("budi").await, scene.agent("sari").await);
        let id = conversation(&scene).await;
        agent.post(&path(&id), later(1, "for you", queue(), HOUR)).await.json(201);
        let mut owner = scene.owner.clone();
        let assigned = json!({ "to": held_by(&other), "holder": queue(), "comment": null });
        owner.put(&format!("/api/v1/conversations/{id}/assignment"), assigned).await.json(200);
        let mut socket = agent.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
        let told = socket.event("schedule.failed").await;
        assert_eq!(told["data"], json!({ "conversation_id": id, "code": "not_found", "by": "sari" }));
        assert_eq!(agent.get("/api/v1/drafts").await.json(200)["items"][0]["reply"]["text"], "for you");
        let thread = scene.thread(&mut owner, &id).await;
        assert_eq!(messages(&thread), ["hello"]);
        assert_eq!(thread["item"]["conversation"]["scheduled_at"], Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_it_was_refused_and_why_stands_in_the_thread_for_the_team_alone() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "hi", queue()).await.json(201);
        let mine = held_by(&agent);
        agent.post(&path(&id), later(1, "for you", mine.clone(), HOUR)).await.json(201);
        agent.post(&path(&id), later(2, "and this", mine, HOUR + 1)).await.json(201);
        let mut owner = scene.owner.clone();
        owner.put(&format!("/api/v1/conversations/{id}/block"), json!({ "reason": "rude" })).await.json(200);
        let before = scene.thread(&mut owner, &id).await["item"]["conversation"].clone();
        scene.test.advance(HOUR + 1);
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut agent, &id).await;
        let entries = thread["entries"].as_array().expect("entries");
        let lines: Vec<_> = entries.iter().filter(|entry| entry["kind"] == "not_sent").collect();
        assert_eq!(lines.len(), 2, "what was to follow it stayed with it");
        assert_eq!((&lines[0]["author"]["id"], &lines[0]["author"]["name"]), (&json!(agent.id), &json!("budi")));
        assert_eq!((&lines[0]["failure"], &lines[0]["text"]), (&json!("contact_blocked"), &Value::Null));
        let after = &thread["item"]["conversation"];
        for field in ["status", "last_activity_at", "preview", "waiting_since"] {
            assert_eq!(after[field], before[field], "{field}: nothing was said");
        }
        let log = agent.get(&format!("/api/v1/conversations/{id}/log?kind=not_sent")).await.json(200);
        assert_eq!(log["lines"].as_array().expect("lines").len(), 2);

        // His words are a draft, and go when he sends them after all.
        owner.delete(&format!("/api/v1/conversations/{id}/block")).await.json(200);
        let draft = &agent.get("/api/v1/drafts").await.json(200)["items"][0];
        assert_eq!(draft["reply"]["text"], "for you\n\nand this");
        let again = json!({
            "id": entry_id(3), "text": "for you", "holder": held_by(&agent), "draft": draft["saved_at"],
        });
        agent.post(&format!("/api/v1/conversations/{id}/messages"), again).await.json(201);
        assert_eq!(agent.get("/api/v1/drafts").await.json(200)["items"], json!([]));
        assert!(!visitor.client.get("/w/api/v1/thread").await.json(200).to_string().contains("not_sent"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_files_wait_with_it_and_leave_with_it() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let id = conversation(&scene).await;
        let file = agent.upload("/api/v1/files?name=menu.txt", "text/plain", "kopi").await.json(201);
        let mut body = later(1, "", queue(), 3 * DAY);
        body["file_ids"] = json!([file["id"]]);
        agent.post(&path(&id), &body).await.json(201);
        let listed = agent.get(&path(&id)).await.json(200);
        assert_eq!(listed["items"][0]["files"][0]["name"], "menu.txt");
        // Longer than uploads that nobody wants are kept.
        scene.test.advance(2 * DAY);
        scene.test.run_jobs().await;
        scene.test.advance(DAY);
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut agent, &id).await;
        let entries = thread["entries"].as_array().expect("entries");
        assert_eq!(entries.last().expect("an entry")["files"][0]["name"], "menu.txt");
        body["id"] = json!(entry_id(2));
        agent.post(&path(&id), body).await.refused(422, "file_unknown");
    })
    .await;
}

/// R260, R261
#[tokio::test(flavor = "multi_thread")]
async fn a_card_waits_with_its_picture_and_comes_back_with_it() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let picture = agent.upload("/api/v1/files?name=gayo.gif", "image/gif", PICTURE).await.json(201);
        let menu = agent.upload("/api/v1/files?name=menu.txt", "text/plain", "kopi").await.json(201);
        let card = |title: &str, picture: &Value| {
            json!({
                "kind": "offer", "url": "https://kopi.example", "title": title, "text": "Sweet", "price": "Rp 9",
                "picture": picture,
            })
        };
        let planned = |number, title: &str, file: &Value, delay| {
            let mut body = later(number, "", queue(), delay);
            (body["card"], body["file_ids"]) = (card(title, &file["id"]), json!([file["id"]]));
            body
        };
        agent.post(&path(&id), planned(1, "Gayo", &menu, HOUR)).await.refused(422, "card_invalid");
        agent.post(&path(&id), planned(1, "Gayo", &picture, HOUR)).await.json(201);
        let list = agent.get(&path(&id)).await.json(200);
        assert_eq!(list["items"][0]["card"], card("Gayo", &picture["id"]));

        agent.delete(&format!("{}/{}", path(&id), entry_id(1))).await.json(204);
        let draft = agent.get("/api/v1/drafts").await.json(200)["items"][0]["reply"].clone();
        assert_eq!((&draft["card"], &draft["files"][0]["id"]), (&card("Gayo", &picture["id"]), &picture["id"]));
        agent.delete(&format!("/api/v1/drafts/{id}")).await.json(204);

        agent.post(&path(&id), planned(2, "Gayo", &picture, HOUR)).await.json(201);
        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut agent, &id).await;
        let sent = thread["entries"].as_array().expect("entries").last().expect("an entry").clone();
        assert_eq!((&sent["id"], &sent["card"]["title"]), (&json!(entry_id(2)), &json!("Gayo")));
        assert_eq!(sent["files"][0]["id"], picture["id"]);
        assert!(visitor.client.get("/w/api/v1/thread").await.json(200).to_string().contains("Gayo"));

        // Of two that are refused together the first goes on as words: a draft has one card.
        let second = agent.upload("/api/v1/files?name=toraja.gif", "image/gif", PICTURE).await.json(201);
        let third = agent.upload("/api/v1/files?name=kerinci.gif", "image/gif", PICTURE).await.json(201);
        let mut mine = planned(3, "Toraja", &second, HOUR);
        mine["holder"] = held_by(&agent);
        agent.post(&path(&id), mine).await.json(201);
        let mut mine = planned(4, "Kerinci", &third, HOUR + 1);
        mine["holder"] = held_by(&agent);
        agent.post(&path(&id), mine).await.json(201);
        let mut owner = scene.owner.clone();
        owner.put(&format!("/api/v1/conversations/{id}/block"), json!({ "reason": "rude" })).await.json(200);
        scene.test.advance(HOUR + 1);
        scene.test.run_jobs().await;
        let draft = agent.get("/api/v1/drafts").await.json(200)["items"][0]["reply"].clone();
        assert_eq!(
            (&draft["card"]["title"], &draft["text"]),
            (&json!("Kerinci"), &json!("Toraja\nSweet\nRp 9\nhttps://kopi.example"))
        );
        assert_eq!(draft["files"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_times_to_come_only_so_many_and_only_those_who_may() {
    on_both(async |scene| {
        let (mut agent, mut other) = (scene.agent("budi").await, scene.agent("sari").await);
        let mut reader = scene.member("rina", "reader", true).await;
        let mut stranger = scene.member("tono", "agent", false).await;
        let id = conversation(&scene).await;
        for delay in [-1, 367 * DAY] {
            agent.post(&path(&id), later(1, "x", queue(), delay)).await.refused(422, "schedule_time");
        }
        agent.post(&path(&id), later(1, " ", queue(), HOUR)).await.refused(422, "text_empty");
        reader.post(&path(&id), later(1, "x", queue(), HOUR)).await.refused(403, "forbidden");
        stranger.post(&path(&id), later(1, "x", queue(), HOUR)).await.refused(404, "not_found");
        stranger.get(&path(&id)).await.refused(404, "not_found");
        for number in 0..50 {
            agent.post(&path(&id), later(number, "x", queue(), HOUR)).await.json(201);
        }
        agent.post(&path(&id), later(50, "x", queue(), HOUR)).await.refused(422, "too_many_scheduled");
        other.post(&path(&id), later(0, "x", queue(), HOUR)).await.refused(409, "id_reused");

        let one = format!("{}/{}", path(&id), entry_id(0));
        assert_eq!(texts(&mut other, &id).await.len(), 50, "the team knows");
        other.delete(&one).await.refused(403, "forbidden");
        stranger.delete(&one).await.refused(404, "not_found");
        scene.owner.clone().delete(&one).await.json(204);
        assert_eq!(agent.get("/api/v1/drafts").await.json(200)["items"][0]["reply"]["text"], "x", "still his words");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_after_it_was_written_stays_unread_and_waiting() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "hi", queue()).await.json(201);
        visitor.write("where is it?").await;
        let mine = held_by(&agent);
        agent.post(&path(&id), later(1, "On its way", mine, HOUR)).await.json(201);
        scene.test.advance(SECOND);
        let asked = scene.test.app.clock.now();
        visitor.write("wait, wrong address!").await;
        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(messages(&thread).last(), Some(&"On its way"));
        let item = &thread["item"];
        assert_eq!(item["conversation"]["waiting_since"], asked);
        assert_eq!((&item["conversation"]["inbound_count"], &item["inbound_seen"]), (&json!(3), &json!(2)));
        assert_eq!(item["conversation"]["staff_read_position"], 5, "up to the question that it answers");
        // Whoever waits is not closed, and neither is what still has something to say.
        scene.test.advance(3 * DAY);
        let closed = conversations::close_silent(&scene.test.app).await.expect("a look");
        assert_eq!(closed, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_waits_for_its_undo_leaves_before_what_its_author_does_next() {
    on_both(async |scene| {
        let (mut agent, mut other) = (scene.agent("budi").await, scene.member("sari", "supervisor", true).await);
        let id = conversation(&scene).await;
        scene.answer(&mut agent, &id, "hi", queue()).await.json(201);
        let mine = held_by(&agent);
        // The second was quicker on its way; the third is the supervisor's, the fourth for another day.
        agent.post(&path(&id), later(1, "one", mine.clone(), 10 * SECOND)).await.json(201);
        agent.post(&path(&id), later(2, "two", mine.clone(), 9 * SECOND)).await.json(201);
        other.post(&path(&id), later(3, "theirs", mine.clone(), 10 * SECOND)).await.json(201);
        agent.post(&path(&id), later(4, "tomorrow", mine.clone(), DAY)).await.json(201);
        scene.answer(&mut agent, &id, "three", mine.clone()).await.json(201);
        assert_eq!(messages(&scene.thread(&mut agent, &id).await), ["hello", "hi", "one", "two", "three"]);
        assert_eq!(texts(&mut agent, &id).await, ["theirs", "tomorrow"]);
        agent.delete(&format!("{}/{}", path(&id), entry_id(1))).await.refused(409, "already_sent");

        agent.post(&path(&id), later(5, "goodbye", mine, 10 * SECOND)).await.json(201);
        agent.put(&format!("/api/v1/conversations/{id}/closure"), json!({ "reason": "solved" })).await.json(200);
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(messages(&thread).last(), Some(&"goodbye"));
        assert_eq!(thread["entries"].as_array().expect("entries").last().expect("one")["kind"], "closed");
        other.delete(&format!("{}/{}", path(&id), entry_id(3))).await.json(204);
        scene.test.advance(MINUTE);
        scene.test.run_jobs().await;
        assert_eq!(scene.thread(&mut agent, &id).await["item"]["conversation"]["status"], "closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_sent_after_all_leaves_no_trace_and_refused_ones_come_back_in_order() {
    on_both(async |scene| {
        let (mut agent, other) = (scene.agent("budi").await, scene.agent("sari").await);
        let id = conversation(&scene).await;
        // The acknowledgement was lost, and the repeat came when its time was over.
        agent.post(&path(&id), later(1, "once", queue(), 10 * SECOND)).await.json(201);
        let body = json!({ "id": entry_id(1), "text": "once", "file_ids": [], "holder": queue() });
        agent.post(&format!("/api/v1/conversations/{id}/messages"), body).await.json(201);
        scene.test.advance(MINUTE);
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut agent, &id).await;
        assert_eq!(messages(&thread), ["hello", "once"]);
        assert_eq!(thread["item"]["conversation"]["scheduled_at"], Value::Null);

        let mine = held_by(&agent);
        agent.post(&path(&id), later(2, "part one", mine.clone(), HOUR)).await.json(201);
        agent.post(&path(&id), later(3, "part two", mine.clone(), HOUR + 1)).await.json(201);
        agent.post(&path(&id), later(4, "another day", mine.clone(), DAY)).await.json(201);
        let handed = json!({ "to": held_by(&other), "holder": mine, "comment": null });
        agent.put(&format!("/api/v1/conversations/{id}/assignment"), handed).await.json(200);
        scene.test.advance(HOUR + 1);
        scene.test.run_jobs().await;
        let drafts = agent.get("/api/v1/drafts").await.json(200);
        assert_eq!(drafts["items"][0]["reply"]["text"], "part one\n\npart two");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_may_not_reply_leaves_its_members_planned_messages_alone() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let id = conversation(&scene).await;
        agent.post(&path(&id), later(1, "tomorrow", queue(), DAY)).await.json(201);
        let one = format!("{}/{}", path(&id), entry_id(1));
        let mut notes = agent.program(&scene, &["conversation:view", "conversation:note"]).await;
        notes.put(&one, json!({ "delay_ms": 0 })).await.refused(403, "forbidden");
        notes.delete(&one).await.refused(403, "forbidden");
        scene.test.run_jobs().await;
        assert_eq!(texts(&mut agent, &id).await, ["tomorrow"]);
        let mut replies = agent.program(&scene, &["conversation:view", "conversation:reply"]).await;
        replies.put(&one, json!({ "delay_ms": 0 })).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(messages(&scene.thread(&mut agent, &id).await), ["hello", "tomorrow"]);
    })
    .await;
}
