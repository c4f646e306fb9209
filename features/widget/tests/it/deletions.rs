//! Conversations that are deleted, put back and erased, on both engines.

use crate::scene::{Member, Scene, Visitor, entry_id, on_both};
use ids::WorkspaceId;
use serde_json::{Value, json};
use testkit::{Client, Socket};

const DAY: i64 = 24 * 3_600_000;
const SECRET: &str = "4111-1111";
const VIEWS: [&str; 6] = ["mine", "queue", "all", "snoozed", "closed", "mentions"];

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn deletion(id: &str) -> String {
    format!("/api/v1/conversations/{id}/deletion")
}

async fn delete(owner: &mut Client, id: &str) -> Value {
    owner.put(&deletion(id), json!({})).await.json(200)
}

async fn listen(member: &Client) -> Socket {
    let mut socket = member.socket("/ws").await.expect("a socket");
    socket.hello(None).await;
    socket
}

/// A conversation with everything that can hang on one, each with the secret: a file, an answer, a note that mentions,
/// a tag, a title, a draft, a message for later, a correction.
struct Full {
    id: String,
    file: String,
    agent: Member,
    visitor: Visitor,
}

async fn full(scene: &Scene) -> Full {
    let (mut owner, mut agent, mut visitor) = (scene.owner.clone(), scene.agent("budi").await, scene.visitor().await);
    let name = format!("/w/api/v1/files?name={SECRET}.txt");
    let file = visitor.client.upload(&name, "text/plain", SECRET).await.json(201);
    let body = json!({ "id": entry_id(1), "text": format!("https://shop.test/{SECRET}"), "file_ids": [file["id"]] });
    let id = text(&visitor.client.post("/w/api/v1/messages", body).await.json(201)["conversation_id"]);
    scene.answer(&mut agent, &id, SECRET, json!({ "kind": "queue" })).await.json(201);
    let path = format!("/api/v1/conversations/{id}");
    let note = json!({ "id": entry_id(2), "text": SECRET, "mention_ids": [agent.id] });
    owner.post(&format!("{path}/notes"), note).await.json(201);
    let tag = owner.post("/api/v1/tags", json!({ "name": "VIP", "color": "teal" })).await.json(201);
    owner.put(&format!("{path}/tags/{}", text(&tag["id"])), json!({})).await.json(200);
    owner.put(&format!("{path}/title"), json!({ "title": SECRET })).await.json(200);
    let draft = json!({ "base": 0, "reply": null, "note": { "text": SECRET, "mentions": [] } });
    agent.put(&format!("{path}/draft"), draft).await.json(200);
    let mine = json!({ "kind": "member", "id": agent.id });
    let later = json!({ "id": entry_id(3), "text": SECRET, "holder": mine, "delay_ms": DAY });
    agent.post(&format!("{path}/scheduled"), later).await.json(201);
    let words = json!({ "text": format!("once more: {SECRET}") });
    visitor.client.patch(&format!("/w/api/v1/messages/{}", entry_id(1)), words).await.json(200);
    visitor.write("and?").await;
    scene.test.run_jobs().await;
    Full { id, file: text(&file["id"]), agent, visitor }
}

/// All that shows it, or counts it, to a member.
async fn sight(member: &mut Client, id: &str, file: &str) -> Value {
    let (mut lists, mut answers) = (json!({}), json!({}));
    for view in VIEWS {
        let page = member.get(&format!("/api/v1/conversations?view={view}")).await.json(200);
        let items = page["items"].as_array().expect("items");
        lists[view] = items.iter().map(|item| item["conversation"]["id"].clone()).collect();
    }
    let parts = ["", "/entries", "/log", "/log.csv", "/attachments", "/links", "/consents", "/scheduled"];
    for part in parts {
        answers[part] = json!(member.get(&format!("/api/v1/conversations/{id}{part}")).await.status.as_u16());
    }
    answers["file"] = json!(member.get(&format!("/api/v1/files/{file}")).await.status.as_u16());
    let desk = member.get("/api/v1/desk").await.json(200);
    let presences = member.get("/api/v1/presences").await.json(200);
    let open: Vec<_> =
        presences["items"].as_array().expect("presences").iter().map(|one| one["open"].clone()).collect();
    json!({
        "lists": lists, "answers": answers, "open": open,
        "counters": desk["counters"], "unread_mine": unread_of(&desk), "mentioned_in": desk["mentioned_in"],
        "drafts": desk["drafts"].as_array().map(Vec::len), "tags": member.get("/api/v1/conversations/tags").await.json(200)["items"],
    })
}

/// Unread conversations of his in all inboxes.
fn unread_of(desk: &Value) -> i64 {
    let inboxes = desk["unread_mine"].as_array().expect("inboxes").iter();
    inboxes.map(|inbox| inbox["conversations"].as_i64().expect("a number")).sum()
}

/// R034, R140, R145, C17
#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_is_nowhere_until_it_is_put_back_as_it_was() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let Full { id, file, mut agent, mut visitor } = full(&scene).await;
        let other = text(&scene.visitor().await.write("somebody else").await["conversation_id"]);
        let mut boss = scene.member("sari", "supervisor", true).await;
        let before = (sight(&mut agent, &id, &file).await, sight(&mut owner, &id, &file).await);
        assert_eq!((&before.0["unread_mine"], &before.0["mentioned_in"]), (&json!(1), &json!([id])));
        assert_eq!(before.1["counters"][0]["open"], 2);
        let (mut desk, (mut widget, _)) = (listen(&agent).await, visitor.socket_after(None).await);
        boss.put(&deletion(&id), json!({})).await.refused(403, "forbidden");
        agent.put(&deletion(&id), json!({})).await.refused(403, "forbidden");
        agent.put(&deletion(&other), json!({})).await.refused(403, "forbidden");
        agent.get("/api/v1/deletions").await.refused(403, "forbidden");

        let now = scene.test.app.clock.now();
        assert_eq!(delete(&mut owner, &id).await, json!({ "conversation_id": id, "erase_at": now + 30 * DAY }));
        owner.put(&deletion(&id), json!({})).await.refused(404, "not_found");
        let gone = desk.event("conversation.gone").await;
        assert_eq!((&gone["data"]["deleted"], &gone["data"]["by"]), (&json!(true), &Value::Null));
        widget.event("thread.gone").await;
        for member in [&mut agent as &mut Client, &mut owner, &mut boss] {
            let seen = sight(member, &id, &file).await;
            assert!(!seen["lists"].to_string().contains(&id), "{seen}");
            let hidden = seen["answers"].as_object().expect("answers").values().all(|status| *status == 404);
            assert!(hidden && seen["tags"] == json!([]) && seen["mentioned_in"] == json!([]), "{seen}");
            assert_eq!((&seen["counters"][0]["open"], &seen["counters"][0]["queued"]), (&json!(1), &json!(1)));
            assert_eq!((&seen["drafts"], &seen["unread_mine"]), (&json!(0), &json!(0)));
            assert!(seen["open"].as_array().expect("numbers").iter().all(|open| *open == 0), "{seen}");
            assert!(seen["lists"]["all"].to_string().contains(&other));
        }
        let thread = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert_eq!((&thread["conversation"], &thread["entries"]), (&Value::Null, &json!([])));
        visitor.client.get(&format!("/w/api/v1/files/{file}")).await.refused(404, "not_found");

        let listed = owner.get("/api/v1/deletions").await.json(200)["items"].clone();
        assert_eq!((&listed[0]["conversation_id"], &listed[0]["by"]), (&json!(id), &json!("owner")));
        assert_eq!((&listed[0]["messages"], &listed[0]["erase_at"]), (&json!(3), &json!(now + 30 * DAY)));
        boss.get("/api/v1/deletions").await.refused(403, "forbidden");
        boss.delete(&deletion(&id)).await.refused(404, "not_found");

        // What was to leave meanwhile did not, and is its author's draft.
        scene.test.advance(2 * DAY);
        scene.test.run_jobs().await;
        let mut events = desk.events().await;
        events.retain(|event| event["kind"] == "conversation.updated");
        assert_eq!(events, [] as [Value; 0]);
        let item = owner.delete(&deletion(&id)).await.json(200);
        assert_eq!(item["conversation"]["scheduled_at"], Value::Null);
        let after = (sight(&mut agent, &id, &file).await, sight(&mut owner, &id, &file).await);
        assert_eq!(after, before);
        let back = desk.event("conversation.updated").await;
        assert_eq!(back["data"]["conversation"], item["conversation"]);
        widget.event("thread.gone").await;
        let told = desk.event("draft.saved").await["data"].clone();
        let thread = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert_eq!(thread["entries"].as_array().map(Vec::len), Some(4), "{thread}");
        let draft = agent.get(&format!("/api/v1/drafts?conversation={id}")).await.json(200)["items"][0].clone();
        assert_eq!((&draft["reply"]["text"], &draft["note"]["text"]), (&json!(SECRET), &json!(SECRET)));
        assert_eq!(told, json!({ "conversation_id": id, "saved_at": draft["saved_at"] }));
        let log = agent.get(&format!("/api/v1/conversations/{id}/log")).await.json(200);
        assert_eq!(
            (&log["lines"][0]["kind"], &log["lines"][0]["actor"]["name"]),
            (&json!("restored"), &json!("owner"))
        );
        assert_eq!(owner.get("/api/v1/deletions").await.json(200)["items"], json!([]));
        owner.delete(&deletion(&id)).await.refused(404, "not_found");
        // Its erasing comes to nothing.
        scene.test.advance(40 * DAY);
        scene.test.run_jobs().await;
        scene.sign_in(&mut owner, "owner").await;
        assert_eq!(owner.get(&format!("/api/v1/files/{file}")).await.status, 200);
    })
    .await;
}

/// R140, C17
#[tokio::test(flavor = "multi_thread")]
async fn who_writes_again_begins_afresh_and_what_is_put_back_has_it_too() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let Full { id, file, mut agent, mut visitor } = full(&scene).await;
        owner.put(&format!("/api/v1/conversations/{id}/closure"), json!({ "reason": "solved" })).await.json(200);
        delete(&mut owner, &id).await;
        // One that was under way, and comes once more, was taken.
        visitor.write_as(&entry_id(1), "once more").await.json(201);
        let fresh = visitor.write("hello again").await;
        assert_ne!(text(&fresh["conversation_id"]), id);
        assert_eq!(fresh["position"], 2);
        let thread = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert!(!thread.to_string().contains(SECRET) && thread["entries"].as_array().map(Vec::len) == Some(1));
        let fresh = text(&fresh["conversation_id"]);
        scene.answer(&mut agent, &fresh, "hello", json!({ "kind": "queue" })).await.json(201);
        assert_eq!(scene.counters(&mut owner).await, (0, 1));
        let mut desk = listen(&agent).await;

        owner.delete(&deletion(&id)).await.json(200);
        let thread = scene.thread(&mut agent, &id).await;
        let said: Vec<_> =
            thread["entries"].as_array().expect("entries").iter().map(|one| text(&one["kind"])).collect();
        let newest = ["closed", "restored", "reopened", "opened", "message", "assigned", "message"];
        assert_eq!(said[said.len() - newest.len()..], newest);
        assert_eq!(thread["item"]["conversation"]["status"], "open");
        let gone = desk.event("conversation.gone").await;
        assert_eq!((&gone["data"]["conversation_id"], &gone["data"]["joined"]), (&json!(fresh), &json!(id)));
        agent.get(&format!("/api/v1/conversations/{fresh}")).await.refused(404, "not_found");
        assert_eq!(scene.counters(&mut owner).await, (0, 1));
        assert_eq!(agent.get(&format!("/api/v1/files/{file}")).await.status, 200);
        let thread = visitor.client.get("/w/api/v1/thread").await.json(200).to_string();
        assert!(thread.contains(SECRET) && thread.contains("hello again"));
        visitor.write("and a third").await;
        assert_eq!(
            owner.get("/api/v1/conversations?view=all").await.json(200)["items"].as_array().map(Vec::len),
            Some(1)
        );
        scene.test.run_jobs().await;
    })
    .await;
}

/// C17
#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_who_was_away_loads_what_was_put_back() {
    on_both(async |scene| {
        let (mut owner, mut visitor) = (scene.owner.clone(), scene.visitor().await);
        let id = text(&visitor.write("hello").await["conversation_id"]);
        delete(&mut owner, &id).await;
        let before = visitor.client.get("/w/api/v1/thread").await.json(200)["position"].as_i64();
        owner.delete(&deletion(&id)).await.json(200);
        visitor.write("are you there?").await;
        let (_, missed) = visitor.socket_after(before).await;
        let kinds: Vec<_> =
            missed.iter().filter(|frame| frame["type"] == "event").map(|frame| text(&frame["kind"])).collect();
        assert_eq!(kinds, ["thread.gone", "thread.updated"], "{missed:?}");
    })
    .await;
}

/// C17, R197
/// Nobody proves by it that he is there.
#[tokio::test(flavor = "multi_thread")]
async fn putting_back_says_of_nobody_that_he_is_on_the_site() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let now = scene.test.app.clock.now();
        let page = json!({ "url": "https://shop.test/beans", "title": "Beans", "ago_ms": 0 });
        // Whether he comes back meanwhile, perhaps by a page, and leaves it again; and since when he is gone then.
        for (number, (since, left_at)) in
            [(None, now), (Some(json!({ "pages": [] })), now), (Some(json!({ "pages": [page] })), 5)]
                .into_iter()
                .enumerate()
        {
            let mut visitor = scene.visitor().await;
            let mut write = async |number: usize, trail: &Value| {
                let message = json!({ "id": entry_id(number as u64), "text": "hello", "file_ids": [], "trail": trail });
                text(&visitor.client.post("/w/api/v1/messages", message).await.json(201)["conversation_id"])
            };
            let id = write(10 + number, &json!({ "pages": [page] })).await;
            delete(&mut owner, &id).await;
            if let Some(trail) = since {
                write(20 + number, &trail).await;
                scene.all_left(5).await;
            }
            let item = owner.delete(&deletion(&id)).await.json(200);
            assert_eq!(item["conversation"]["visit"]["left_at"], left_at, "{number}");
        }
        scene.test.run_jobs().await;
    })
    .await;
}

/// C17
#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_erased_nobody_puts_back() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let Full { id, .. } = full(&scene).await;
        delete(&mut owner, &id).await;
        owner.put(&format!("/api/v1/conversations/{id}/erasure"), json!({})).await.json(204);
        // By a clock that is slow.
        scene.test.advance(-1);
        assert_eq!(owner.get("/api/v1/deletions").await.json(200)["items"], json!([]));
        owner.delete(&deletion(&id)).await.refused(404, "not_found");
        scene.test.advance(1);
        scene.test.run_jobs().await;
    })
    .await;
}

/// C17
#[tokio::test(flavor = "multi_thread")]
async fn who_is_just_putting_it_back_when_its_time_comes_has_all_of_it_or_nothing() {
    on_both(async |scene| {
        if scene.test.engine == db::Engine::Sqlite {
            return; // its writer runs one command at a time
        }
        let mut owner = scene.owner.clone();
        let workspace = scene.workspace(&mut owner).await;
        let Full { id, .. } = full(&scene).await;
        delete(&mut owner, &id).await;
        scene.test.advance(30 * DAY - 1);
        scene.sign_in(&mut owner, "owner").await;
        let (release, released) = tokio::sync::oneshot::channel::<()>();
        let held = scene.test.app.write(workspace, |tx| {
            Box::pin(async move {
                let all = db::sql!(postgres: "SELECT id FROM deleted_conversations WHERE workspace_id = $1 FOR UPDATE");
                tx.query(all, &db::params![tx.workspace]).await?;
                released.await.expect("to be released");
                Ok(())
            })
        });
        let wait = || tokio::time::sleep(std::time::Duration::from_millis(300));
        let put_back = async {
            wait().await;
            owner.delete(&deletion(&id)).await.status
        };
        let erased = async {
            wait().await;
            wait().await;
            scene.test.advance(1);
            scene.test.run_jobs().await;
        };
        let release = async {
            for _ in 0..4 {
                wait().await;
            }
            release.send(()).expect("somebody who waits");
        };
        let (held, status, (), ()) = tokio::join!(held, put_back, erased, release);
        held.expect("the lock");
        assert_eq!(status, 200, "he came first");
        let thread = scene.thread(&mut owner, &id).await;
        assert!(thread["entries"].to_string().contains(SECRET), "{thread}");
        scene.test.run_jobs().await;
    })
    .await;
}

/// What is kept anywhere of the conversation: rows that name it, and texts that hold the secret.
async fn kept(scene: &Scene, workspace: WorkspaceId, id: &str) -> (i64, Vec<String>) {
    let id: ids::ConversationId = id.parse().expect("an id");
    let read = scene.test.app.read(workspace, move |tx| {
        Box::pin(async move {
            let (mut rows, mut texts) = (0, Vec::new());
            for sql in [
                db::sql!("SELECT COUNT(*) AS n FROM entries WHERE workspace_id = $1 AND conversation_id = $2"),
                db::sql!("SELECT COUNT(*) AS n FROM files WHERE workspace_id = $1 AND conversation_id = $2"),
                db::sql!("SELECT COUNT(*) AS n FROM drafts WHERE workspace_id = $1 AND conversation_id = $2"),
                db::sql!("SELECT COUNT(*) AS n FROM scheduled WHERE workspace_id = $1 AND conversation_id = $2"),
                db::sql!("SELECT COUNT(*) AS n FROM read_marks WHERE workspace_id = $1 AND conversation_id = $2"),
                db::sql!("SELECT COUNT(*) AS n FROM entry_changes WHERE workspace_id = $1 AND conversation_id = $2"),
                db::sql!(
                    "SELECT COUNT(*) AS n FROM conversation_tags WHERE workspace_id = $1 AND conversation_id = $2"
                ),
            ] {
                let row = tx.first(sql, &db::params![tx.workspace, id]).await?.expect("a number");
                rows += row.get::<i64>("n")?;
            }
            for sql in [
                db::sql!("SELECT payload AS kept FROM events"),
                db::sql!("SELECT COALESCE(text, '') || COALESCE(detail, '') AS kept FROM entries"),
                db::sql!("SELECT name AS kept FROM files"),
                db::sql!("SELECT COALESCE(reply, '') || COALESCE(note, '') AS kept FROM drafts"),
                db::sql!("SELECT COALESCE(title, '') AS kept FROM sessions"),
                db::sql!(
                    "SELECT COALESCE(title, '') || COALESCE(preview, '') || COALESCE(contact_name, '') AS kept \
                     FROM deleted_conversations"
                ),
            ] {
                for row in tx.query(sql, &[]).await? {
                    texts.push(row.get::<String>("kept")?);
                }
            }
            texts.retain(|text| text.contains(SECRET));
            Ok((rows, texts))
        })
    });
    read.await.expect("the rows")
}

/// R140, C17
#[tokio::test(flavor = "multi_thread")]
async fn it_is_erased_when_its_days_are_over_and_not_before() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let workspace = scene.workspace(&mut owner).await;
        let Full { id, mut visitor, .. } = full(&scene).await;
        for _ in 0..450 {
            visitor.write(SECRET).await;
            scene.test.advance(500);
        }
        owner.patch("/api/v1/workspace", json!({ "erase_after_days": 366 })).await.refused(422, "erase_after_invalid");
        owner.patch("/api/v1/workspace", json!({ "erase_after_days": 7 })).await.json(200);
        delete(&mut owner, &id).await;
        scene.test.advance(7 * DAY - 1);
        scene.test.run_jobs().await;
        assert!(kept(&scene, workspace, &id).await.0 > 450);
        assert_eq!(owner.get("/api/v1/deletions").await.json(200)["items"].as_array().map(Vec::len), Some(1));

        scene.test.advance(1);
        owner.delete(&deletion(&id)).await.refused(404, "not_found");
        scene.test.run_jobs().await;
        assert_eq!(kept(&scene, workspace, &id).await, (0, Vec::new()));
        assert_eq!(owner.get("/api/v1/deletions").await.json(200)["items"], json!([]));
        // That there was one, and how much was said, is known still.
        let counted = scene.test.app.read(workspace, |tx| {
            Box::pin(async move {
                let sql = db::sql!(
                    "SELECT d.inbound_count, d.sent_count, s.opened_at FROM deleted_conversations d \
                     JOIN sessions s ON s.workspace_id = d.workspace_id AND s.conversation_id = d.id"
                );
                let row = tx.first(sql, &[]).await?.expect("a row");
                Ok((row.get::<i64>("inbound_count")?, row.get::<i64>("sent_count")?))
            })
        });
        assert_eq!(counted.await.expect("numbers"), (452, 1));
    })
    .await;
}

/// C17
/// Transactions end in another order than they begin.
#[tokio::test(flavor = "multi_thread")]
async fn its_words_leave_the_events_whatever_times_those_say() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let workspace = scene.workspace(&mut owner).await;
        scene.visitor().await.write("somebody else").await;
        let Full { id, .. } = full(&scene).await;
        delete(&mut owner, &id).await;
        let moved = scene.test.app.write(workspace, |tx| {
            Box::pin(async move {
                let late = db::sql!(
                    "UPDATE events SET at = $2 WHERE workspace_id = $1 AND position = (SELECT MIN(position) FROM events)"
                );
                Ok(tx.execute(late, &db::params![tx.workspace, tx.now + 1]).await?)
            })
        });
        assert_eq!(moved.await.expect("an event"), 1);
        scene.test.advance(30 * DAY);
        scene.test.run_jobs().await;
        assert_eq!(kept(&scene, workspace, &id).await, (0, Vec::new()));
    })
    .await;
}

/// C17
/// Whatever was done twice, or by two, is done once.
#[tokio::test(flavor = "multi_thread")]
async fn erasing_that_was_cut_off_is_taken_up_and_erasing_at_once_waits_for_nothing() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let workspace = scene.workspace(&mut owner).await;
        let Full { id, file, .. } = full(&scene).await;
        let first = delete(&mut owner, &id).await["erase_at"].clone();
        owner.delete(&deletion(&id)).await.json(200);
        scene.test.advance(DAY);
        delete(&mut owner, &id).await;
        // The job of the first deletion finds another one.
        scene.test.advance(first.as_i64().expect("a time") - scene.test.app.clock.now());
        scene.test.run_jobs().await;
        assert!(kept(&scene, workspace, &id).await.0 > 0);
        scene.sign_in(&mut owner, "owner").await;
        owner.put(&format!("/api/v1/conversations/{id}/erasure"), json!({})).await.json(204);
        owner.put(&format!("/api/v1/conversations/{id}/erasure"), json!({})).await.refused(404, "not_found");
        // A second job beside the first one, as after a node was killed in the middle.
        let again = scene.test.app.write(workspace, |tx| {
            Box::pin(async move {
                let twice = db::sql!(
                    "INSERT INTO jobs (id, workspace_id, kind, payload, due_at, attempts, lease, lane) \
                     SELECT $2, workspace_id, kind, payload, due_at, attempts, lease, lane FROM jobs \
                     WHERE workspace_id = $1 AND kind = 'conversations.erase' AND due_at <= $3"
                );
                let id = tx.uuid();
                Ok(tx.execute(twice, &db::params![tx.workspace, id, tx.now]).await?)
            })
        });
        assert_eq!(again.await.expect("a job"), 1);
        scene.test.run_jobs().await;
        assert_eq!(kept(&scene, workspace, &id).await, (0, Vec::new()));
        owner.get(&format!("/api/v1/files/{file}")).await.refused(404, "not_found");

        // Without days nobody can put it back.
        owner.patch("/api/v1/workspace", json!({ "erase_after_days": 0 })).await.json(200);
        let brief = text(&scene.visitor().await.write(SECRET).await["conversation_id"]);
        delete(&mut owner, &brief).await;
        owner.delete(&deletion(&brief)).await.refused(404, "not_found");
        scene.test.run_jobs().await;
        assert_eq!(kept(&scene, workspace, &brief).await, (0, Vec::new()));
        scene.test.advance(60 * DAY);
        scene.test.run_jobs().await;
    })
    .await;
}

/// R142, R143, R144, C17
#[tokio::test(flavor = "multi_thread")]
async fn many_are_deleted_at_once_and_taken_back() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let mut ids = Vec::new();
        for number in 0..60 {
            ids.push(text(&scene.visitor().await.write(&format!("hello {number}")).await["conversation_id"]));
        }
        let batch = "/api/v1/batches/bat_0198f3c2000070009000000000000001";
        let of = json!({ "kind": "list", "list": "view=queue" });
        owner.put(batch, json!({ "of": of, "act": { "kind": "delete" } })).await.json(200);
        scene.test.run_jobs().await;
        let done = owner.get(batch).await.json(200);
        assert_eq!((&done["state"], &done["done"], &done["refused"]), (&json!("done"), &json!(60), &json!([])));
        assert_eq!(scene.counters(&mut owner).await, (0, 0));
        // Somebody put one back by hand; that one is left alone.
        owner.delete(&deletion(&ids[0])).await.json(200);
        let (mut pages, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = owner.get(&format!("/api/v1/deletions?limit=25{cursor}")).await.json(200);
            pages.push(page["items"].as_array().expect("items").len());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(pages, [25, 25, 9]);
        owner.delete(batch).await.json(200);
        scene.test.run_jobs().await;
        let back = owner.get(batch).await.json(200);
        assert_eq!((&back["state"], &back["done"], &back["refused"]), (&json!("taken_back"), &json!(60), &json!([])));
        assert_eq!(scene.counters(&mut owner).await, (60, 60));

        let mut agent = scene.agent("budi").await;
        let batch = "/api/v1/batches/bat_0198f3c2000070009000000000000002";
        let of = json!({ "kind": "conversations", "ids": ids });
        agent.put(batch, json!({ "of": of, "act": { "kind": "delete" } })).await.json(200);
        scene.test.run_jobs().await;
        let done = agent.get(batch).await.json(200);
        assert_eq!(done["refused"], json!([{ "code": "forbidden", "conversations": 60 }]));
        scene.test.advance(60 * DAY);
        scene.test.run_jobs().await;
    })
    .await;
}

/// C17
/// What changed meanwhile of its contact and of whoever had it holds for it too.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_back_is_up_to_date() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let Full { id, agent, .. } = full(&scene).await;
        let path = format!("/api/v1/conversations/{id}");
        let until = scene.test.app.clock.now() + 3_600_000;
        owner.put(&format!("{path}/snooze"), json!({ "until": until })).await.json(200);
        delete(&mut owner, &id).await;
        scene.test.advance(2 * 3_600_000);
        scene.test.run_jobs().await;
        owner.patch(&format!("/api/v1/members/{}", agent.id), json!({ "disabled": true })).await.json(200);
        scene.test.run_jobs().await;
        let item = owner.delete(&deletion(&id)).await.json(200);
        let now = &item["conversation"];
        assert_eq!((&now["holder"]["kind"], &now["snoozed_until"]), (&json!("queue"), &Value::Null));
        assert_eq!(scene.counters(&mut owner).await, (1, 1));
        scene.test.run_jobs().await;
    })
    .await;
}

/// R046, C17
#[tokio::test(flavor = "multi_thread")]
async fn the_last_line_that_names_a_holder_names_who_has_it_after_two_became_one() {
    on_both(async |scene| {
        let (mut owner, mut visitor) = (scene.owner.clone(), scene.visitor().await);
        let (budi, sari) = (scene.agent("budi").await, scene.agent("sari").await);
        let give = async |id: &str, to: &Member| {
            let body = json!({ "to": { "kind": "member", "id": to.id }, "holder": { "kind": "queue" } });
            scene.owner.clone().put(&format!("/api/v1/conversations/{id}/assignment"), body).await.json(200);
        };
        let id = text(&visitor.write("hello").await["conversation_id"]);
        give(&id, &budi).await;
        delete(&mut owner, &id).await;
        let since = text(&visitor.write("anybody?").await["conversation_id"]);
        give(&since, &sari).await;
        let back = owner.delete(&deletion(&id)).await.json(200);
        assert_eq!(back["conversation"]["holder"]["id"], json!(budi.id));
        let thread = scene.thread(&mut owner, &id).await;
        let lines = thread["entries"].as_array().expect("entries").iter();
        let named: Vec<_> = lines.filter_map(|entry| entry["assignment"]["to_name"].as_str()).collect();
        assert_eq!(named, ["budi", "sari", "budi"]);
        scene.test.run_jobs().await;
    })
    .await;
}
