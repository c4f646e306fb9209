//! Drafts, on both engines.

use crate::scene::{Member, Scene, entry_id, on_both};
use ids::{ConversationId, Uuid};
use serde_json::{Value, json};

fn reply(text: &str) -> Value {
    json!({ "text": text, "files": [], "quote": null, "card": null, "mail": null })
}

async fn save(member: &mut Member, id: &str, draft: Value) -> i64 {
    let saved = member.put(&format!("/api/v1/conversations/{id}/draft"), draft).await.json(200);
    saved["saved_at"].as_i64().expect("a version")
}

async fn drafts(member: &mut Member) -> Vec<Value> {
    let list = member.get("/api/v1/drafts").await.json(200);
    let desk = member.get("/api/v1/desk").await.json(200);
    assert_eq!(list["items"], desk["drafts"]);
    list["items"].as_array().expect("drafts").clone()
}

async fn conversation(scene: &Scene) -> String {
    scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned()
}

/// R135, C09
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_authors_alone_and_tells_his_other_devices_without_its_words() {
    on_both(async |scene| {
        let (mut agent, mut other) = (scene.agent("budi").await, scene.agent("sari").await);
        let id = conversation(&scene).await;
        let mut mine = agent.socket("/ws").await.expect("a socket");
        let mut theirs = other.socket("/ws").await.expect("a socket");
        mine.hello(None).await;
        theirs.hello(None).await;
        let note = json!({ "text": "call him", "mentions": [{ "id": other.id, "name": other.name }] });
        let draft = json!({ "base": 0, "reply": reply("It is on"), "note": note });
        let first = save(&mut agent, &id, draft).await;
        let told = mine.event("draft.saved").await;
        assert_eq!(told["data"], json!({ "conversation_id": id, "saved_at": first }));
        assert!(theirs.events().await.is_empty());

        let kept = drafts(&mut agent).await;
        assert_eq!((&kept[0]["reply"], &kept[0]["note"]), (&reply("It is on"), &note));
        assert!(drafts(&mut other).await.is_empty());
        let second = save(&mut agent, &id, json!({ "base": first, "reply": reply("It is on its way") })).await;
        assert!(second > first, "also within one millisecond");
        let kept = drafts(&mut agent).await;
        assert_eq!((&kept[0]["reply"]["text"], &kept[0]["note"]), (&json!("It is on its way"), &Value::Null));
        save(&mut agent, &id, json!({ "base": second })).await;
        assert!(drafts(&mut agent).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_did_not_know_the_newest_version_overwrites_nothing() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let id = conversation(&scene).await;
        let path = format!("/api/v1/conversations/{id}/draft");
        let phone = save(&mut agent, &id, json!({ "base": 0, "reply": reply("phone") })).await;
        agent.put(&path, json!({ "base": 0, "reply": reply("laptop") })).await.refused(409, "draft_moved");
        agent.put(&path, json!({ "base": 0 })).await.refused(409, "draft_moved");
        agent
            .put(&path, json!({ "base": phone, "reply": reply(&"x".repeat(70_000)) }))
            .await
            .refused(413, "draft_too_large");
        assert_eq!(drafts(&mut agent).await[0]["reply"]["text"], "phone");
        // What is gone is nobody's newer version.
        save(&mut agent, &id, json!({ "base": phone })).await;
        save(&mut agent, &id, json!({ "base": phone, "reply": reply("laptop") })).await;
        assert_eq!(drafts(&mut agent).await[0]["reply"]["text"], "laptop");
    })
    .await;
}

/// C09
#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_a_draft_no_more_and_the_other_half_stays() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let id = conversation(&scene).await;
        let both = json!({ "base": 0, "reply": reply("hi"), "note": { "text": "hm", "mentions": [] } });
        let version = save(&mut agent, &id, both).await;
        let message = |number, version: i64| {
            json!({ "id": entry_id(number), "text": "hi", "holder": { "kind": "queue" }, "draft": version })
        };
        let messages = format!("/api/v1/conversations/{id}/messages");
        agent.post(&messages, message(1, version)).await.json(201);
        let left = drafts(&mut agent).await;
        assert_eq!((&left[0]["reply"], &left[0]["note"]["text"]), (&Value::Null, &json!("hm")));

        let newer = left[0]["saved_at"].as_i64().expect("a version");
        let newest = save(&mut agent, &id, json!({ "base": newer, "reply": reply("and another") })).await;
        agent.post(&messages, message(2, newer)).await.json(201);
        assert_eq!(drafts(&mut agent).await[0]["reply"]["text"], "and another", "written since");
        let note = json!({ "id": entry_id(3), "text": "hm", "draft": newest });
        agent.post(&format!("/api/v1/conversations/{id}/notes"), note).await.json(201);
        assert_eq!(drafts(&mut agent).await.len(), 1, "the answer is still being written");
        let last = drafts(&mut agent).await[0]["saved_at"].as_i64().expect("a version");
        agent.post(&messages, message(4, last)).await.json(201);
        assert!(drafts(&mut agent).await.is_empty());
    })
    .await;
}

/// C09
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_what_was_taken_away_is_kept_for_its_author_and_can_only_be_discarded() {
    on_both(async |scene| {
        let (mut agent, other) = (scene.agent("budi").await, scene.agent("sari").await);
        let id = conversation(&scene).await;
        let version = save(&mut agent, &id, json!({ "base": 0, "reply": reply("let me see") })).await;
        let taken = json!({ "to": { "kind": "member", "id": other.id }, "holder": { "kind": "queue" } });
        other.client().put(&format!("/api/v1/conversations/{id}/assignment"), taken).await.json(200);
        let path = format!("/api/v1/conversations/{id}/draft");
        agent.put(&path, json!({ "base": version, "reply": reply("more") })).await.refused(404, "not_found");
        assert_eq!(drafts(&mut agent).await[0]["reply"]["text"], "let me see");
        agent.delete(&format!("/api/v1/drafts/{id}")).await.json(204);
        assert!(drafts(&mut agent).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_names_what_is_still_seen_and_of_what_was_taken_away_nothing_but_the_own_words() {
    on_both(async |scene| {
        let (mut visitor, mut agent, other) =
            (scene.visitor().await, scene.agent("budi").await, scene.agent("sari").await);
        let sent = visitor.write("my card is 4111").await;
        let (taken, entry) = (sent["conversation_id"].as_str().expect("an id").to_owned(), &sent["id"]);
        let author = scene.thread(&mut agent, &taken).await["entries"][1]["author"].clone();
        let quote = json!({ "id": entry, "position": 2, "author": author, "text": "my card is 4111", "files": 0 });
        let answer = json!({ "text": "let me see", "files": [], "quote": quote, "card": null, "mail": null });
        let version = save(&mut agent, &taken, json!({ "base": 0, "reply": answer })).await;
        scene.test.advance(1);
        let kept = conversation(&scene).await;
        save(&mut agent, &kept, json!({ "base": 0, "reply": reply("It is on") })).await;

        let list = agent.get("/api/v1/drafts").await.json(200);
        let names = |list: &Value| -> Vec<Value> {
            let all = list["conversations"].as_array().expect("conversations");
            all.iter().map(|item| item["conversation"]["id"].clone()).collect()
        };
        assert_eq!(names(&list), [json!(kept), json!(taken)]);
        assert_eq!(list["items"][1]["reply"], answer);

        let hand_over = json!({ "to": { "kind": "member", "id": other.id }, "holder": { "kind": "queue" } });
        other.client().put(&format!("/api/v1/conversations/{taken}/assignment"), hand_over).await.json(200);
        let list = agent.get("/api/v1/drafts").await.json(200);
        assert_eq!(names(&list), [json!(kept)]);
        assert_eq!(list["items"], agent.get("/api/v1/desk").await.json(200)["drafts"]);
        let nobody = json!({ "kind": "contact", "id": null, "name": null });
        let bare = json!({ "id": entry, "position": 2, "author": nobody, "text": null, "files": 0 });
        let left = &list["items"][1]["reply"];
        assert_eq!((&left["text"], &left["quote"]), (&json!("let me see"), &bare));

        // He has it again, and a device that loaded the draft meanwhile goes on with it.
        let back =
            json!({ "to": { "kind": "member", "id": agent.id }, "holder": { "kind": "member", "id": other.id } });
        other.client().put(&format!("/api/v1/conversations/{taken}/assignment"), back).await.json(200);
        save(&mut agent, &taken, json!({ "base": version, "reply": left })).await;
        assert_eq!(drafts(&mut agent).await[1]["reply"], answer);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_a_conversation_that_is_no_more_is_one_of_what_was_taken_away() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let id = conversation(&scene).await;
        save(&mut agent, &id, json!({ "base": 0, "reply": reply("let me see") })).await;
        // Saved when the conversation had just gone over into another one.
        let gone = ConversationId(Uuid::from_u128(7));
        let workspace = scene.workspace(&mut agent).await;
        let moved = scene.test.app.write(workspace, move |tx| {
            Box::pin(async move {
                let sql = db::sql!("UPDATE drafts SET conversation_id = $2 WHERE workspace_id = $1");
                tx.execute(sql, &db::params![tx.workspace, gone]).await?;
                Ok(())
            })
        });
        moved.await.expect("a draft of nothing");
        let list = agent.get("/api/v1/drafts").await.json(200);
        assert_eq!((&list["items"][0]["reply"], &list["conversations"]), (&reply("let me see"), &json!([])));
        assert_eq!(list["items"], agent.get("/api/v1/desk").await.json(200)["drafts"]);
        agent.delete(&format!("/api/v1/drafts/{gone}")).await.json(204);
        assert!(drafts(&mut agent).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_comes_in_pages_without_gaps_and_doubles() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut written = Vec::new();
        for number in 0..5 {
            let id = conversation(&scene).await;
            save(&mut agent, &id, json!({ "base": 0, "reply": reply(&format!("draft {number}")) })).await;
            // Two of them in one millisecond.
            scene.test.advance(number % 2);
            written.push(id);
        }
        let (mut read, mut cursor) = (Vec::new(), String::new());
        for left in [3, 1, 0] {
            let page = agent.get(&format!("/api/v1/drafts?limit=2{cursor}")).await.json(200);
            let items = page["items"].as_array().expect("drafts");
            read.extend(items.iter().map(|draft| draft["conversation_id"].as_str().expect("an id").to_owned()));
            assert_eq!((written.len() - read.len(), page["next_cursor"].is_null()), (left, left == 0));
            cursor = format!("&cursor={}", page["next_cursor"].as_str().unwrap_or_default());
        }
        let ascending = |mut ids: Vec<String>| {
            ids.sort();
            ids
        };
        assert_eq!(ascending(read), ascending(written.clone()));
        let one = agent.get(&format!("/api/v1/drafts?conversation={}", written[3])).await.json(200);
        assert_eq!(one["items"].as_array().expect("drafts").len(), 1);
        agent.get("/api/v1/drafts?cursor=no").await.refused(400, "cursor_invalid");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_a_removed_message_leave_the_drafts_that_answer_it() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let sent = visitor.write("my card is 4111").await;
        let (id, entry) = (sent["conversation_id"].as_str().expect("an id").to_owned(), sent["id"].clone());
        let quote = json!({
            "id": entry, "position": 2, "author": { "kind": "contact", "id": null, "name": null },
            "text": "my card is 4111", "files": 0,
        });
        let draft = json!({ "base": 0, "reply": { "text": "Thanks", "files": [], "quote": quote } });
        let version = save(&mut agent, &id, draft).await;
        visitor.client.delete(&format!("/w/api/v1/messages/{}", entry.as_str().expect("an id"))).await.json(200);
        let kept = drafts(&mut agent).await;
        assert_eq!((&kept[0]["reply"]["text"], &kept[0]["reply"]["quote"]["text"]), (&json!("Thanks"), &Value::Null));
        assert!(kept[0]["saved_at"].as_i64().expect("a version") > version);
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_reads_and_hears_of_drafts_as_far_as_it_sees_conversations() {
    on_both(async |scene| {
        let (mut agent, other) = (scene.agent("budi").await, scene.agent("sari").await);
        let mut blind = agent.program(&scene, &["conversation:reply"]).await;
        let mut sees = agent.program(&scene, &["conversation:view"]).await;
        let mut sockets = [blind.socket("/ws").await.expect("a socket"), sees.socket("/ws").await.expect("a socket")];
        for socket in &mut sockets {
            socket.hello(None).await;
        }
        let kept = conversation(&scene).await;
        save(&mut agent, &kept, json!({ "base": 0, "reply": reply("It is on") })).await;
        let note = json!({ "id": entry_id(1), "text": "@budi look", "mention_ids": [agent.id] });
        other.client().post(&format!("/api/v1/conversations/{kept}/notes"), note).await.json(201);
        for kind in ["draft.saved", "conversation.mentioned"] {
            sockets[1].event(kind).await;
        }
        assert_eq!(sockets[0].events().await, Vec::<Value>::new());

        scene.test.advance(1);
        let taken = conversation(&scene).await;
        save(&mut agent, &taken, json!({ "base": 0, "reply": reply("let me see") })).await;
        let hand_over = json!({ "to": { "kind": "member", "id": other.id }, "holder": { "kind": "queue" } });
        other.client().put(&format!("/api/v1/conversations/{taken}/assignment"), hand_over).await.json(200);
        assert_eq!(drafts(&mut agent).await.len(), 2, "he reads all of his");
        let texts = |items: &Value| -> Vec<Value> {
            items.as_array().expect("drafts").iter().map(|draft| draft["reply"]["text"].clone()).collect()
        };
        for (program, seen) in [(&mut blind, vec![]), (&mut sees, vec![json!("It is on")])] {
            assert_eq!(texts(&program.get("/api/v1/drafts").await.json(200)["items"]), seen);
            assert_eq!(texts(&program.get("/api/v1/desk").await.json(200)["drafts"]), seen);
        }
        // What it does not see ends no page.
        let first = sees.get("/api/v1/drafts?limit=1").await.json(200);
        assert_eq!(first["items"], json!([]));
        let cursor = first["next_cursor"].as_str().expect("a cursor");
        let second = sees.get(&format!("/api/v1/drafts?limit=1&cursor={cursor}")).await.json(200);
        assert_eq!((texts(&second["items"]), &second["next_cursor"]), (vec![json!("It is on")], &Value::Null));
    })
    .await;
}
