//! Notes are of the team only, and reach who is mentioned in them.

use crate::scene::{Member, Scene, entry_id, on_both};
use serde_json::{Value, json};
use testkit::Socket;

fn note(number: u64, text: &str, mentions: &[&str]) -> Value {
    json!({ "id": entry_id(number), "text": text, "mention_ids": mentions })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_seen_by_the_team_and_never_by_the_visitor() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let id = visitor.write("where is my order?").await["conversation_id"].as_str().expect("an id").to_owned();
        let mut frames = visitor.socket().await;
        let before = scene.thread(&mut ana, &id).await["item"]["conversation"].clone();
        let path = format!("/api/v1/conversations/{id}/notes");

        let ack = ana.post(&path, note(1, "He is angry, be kind.", &[])).await.json(201);
        assert_eq!(ana.post(&path, note(1, "He is angry, be kind.", &[])).await.json(201), ack, "once");
        let thread = scene.thread(&mut ana, &id).await;
        let told = thread["entries"].as_array().expect("entries").last().expect("the note");
        assert_eq!((&told["kind"], &told["text"]), (&json!("note"), &json!("He is angry, be kind.")));
        assert_eq!(told["author"]["name"], "ana");
        let after = &thread["item"]["conversation"];
        for unmoved in ["holder", "status", "preview", "last_activity_at", "waiting_since", "inbound_count"] {
            assert_eq!(after[unmoved], before[unmoved], "{unmoved}");
        }

        let shown = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert!(!shown.to_string().contains("angry"), "{shown}");
        for event in frames.events().await {
            assert!(!event.to_string().contains("angry"), "{event}");
        }
        let mut reader = scene.member("rani", "reader", true).await;
        reader.post(&path, note(2, "me too", &[])).await.refused(403, "forbidden");
        ana.post(&path, note(3, "  ", &[])).await.refused(422, "text_empty");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_mentioned_can_see_it_and_hears_of_it() {
    on_both(async |scene| {
        let (mut ana, budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let boss = scene.member("sari", "supervisor", true).await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/notes");
        let mut desk = boss.socket("/ws").await.expect("a socket");
        desk.hello(None).await;

        // In the queue both may see it; once it is hers, only the supervisor may.
        let sent = ana.post(&path, note(1, "@sari @budi who knows?", &[&boss.id, &budi.id, &boss.id])).await.json(201);
        let told = desk.event("conversation.mentioned").await;
        let data = json!({ "conversation_id": id, "entry_id": sent["id"], "by": "ana", "team": null });
        assert_eq!(told["data"], data);
        let entries = scene.thread(&mut ana, &id).await["entries"].clone();
        let mut names: Vec<_> = entries.as_array().expect("entries").last().expect("the note")["mentions"]
            .as_array()
            .expect("mentions")
            .iter()
            .map(|mention| mention["name"].as_str().expect("a name").to_owned())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["budi", "sari"]);
        scene.answer(&mut ana, &id, "mine", json!({ "kind": "queue" })).await.json(201);
        let blind = ana.post(&path, note(2, "@budi", &[&budi.id])).await.refused(422, "mention_blind");
        assert_eq!(blind["member_id"], budi.id);
        ana.post(&path, note(2, "@sari", &[&boss.id])).await.json(201);
    })
    .await;
}

/// A team of these members, made by the owner.
async fn team(scene: &Scene, name: &str, members: &[&Member]) -> String {
    let members: Vec<_> = members.iter().map(|member| json!({ "member_id": member.id, "leads": false })).collect();
    let body = json!({ "name": name, "members": members });
    let made = scene.owner.clone().post("/api/v1/teams", body).await.json(201);
    made["id"].as_str().expect("an id").to_owned()
}

async fn listen(member: &Member) -> Socket {
    let mut socket = member.socket("/ws").await.expect("a socket");
    socket.hello(None).await;
    socket
}

/// The teams by which a socket heard that its member was mentioned; `null` for his own name.
async fn calls(socket: &mut Socket) -> Vec<Value> {
    let events = socket.events().await;
    events
        .iter()
        .filter(|event| event["kind"] == "conversation.mentioned")
        .map(|event| event["data"]["team"].clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_team_everybody_of_it_who_can_see_the_chat_hears_once() {
    on_both(async |scene| {
        let (mut ana, budi, tomo) = (scene.agent("ana").await, scene.agent("budi").await, scene.agent("tomo").await);
        let outside = scene.member("rani", "agent", false).await;
        let gone = scene.agent("gone").await;
        let boss = scene.member("sari", "supervisor", true).await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/notes");
        let shipping = team(&scene, "Shipping", &[&ana, &budi, &tomo, &outside, &gone]).await;
        // The older of two teams is named.
        scene.test.advance(1);
        let returns = team(&scene, "Returns", &[&budi, &boss]).await;
        let disable = json!({ "disabled": true });
        scene.owner.clone().patch(&format!("/api/v1/members/{}", gone.id), disable).await.json(200);
        scene.test.run_jobs().await;
        let mut desks = Vec::new();
        for member in [&ana, &budi, &tomo, &outside, &boss] {
            desks.push(listen(member).await);
        }

        let asked = note(1, "@Shipping @Returns @tomo please", &[&shipping, &returns, &tomo.id]);
        let sent = ana.post(&path, &asked).await.json(201);
        assert_eq!(ana.post(&path, &asked).await.json(201), sent, "a repeat calls nobody again");
        let mut heard = Vec::new();
        for desk in &mut desks {
            heard.push(calls(desk).await);
        }
        let expected: [Vec<Value>; 5] =
            [vec![], vec![json!("Shipping")], vec![json!(null)], vec![], vec![json!("Returns")]];
        assert_eq!(heard, expected, "never the author, once by name and team, and nobody who cannot see it");
        let entries = scene.thread(&mut ana, &id).await["entries"].clone();
        let kept = entries.as_array().expect("entries").last().expect("the note")["mentions"].clone();
        let named = |id: &str, name: &str| json!({ "id": id, "name": name });
        assert_eq!(kept, json!([named(&tomo.id, "tomo"), named(&shipping, "Shipping"), named(&returns, "Returns")]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_that_nobody_else_of_could_read_is_refused_and_a_removed_one_stays_a_name() {
    on_both(async |scene| {
        let (mut ana, budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/notes");
        let shipping = team(&scene, "Shipping", &[&ana, &budi]).await;
        let empty = team(&scene, "Empty", &[]).await;
        let own = team(&scene, "Own", &[&ana]).await;
        ana.post(&path, note(1, "@Shipping?", &[&shipping])).await.json(201);
        for blind in [&empty, &own] {
            let refused = ana.post(&path, note(2, "anybody?", &[blind])).await.refused(422, "team_blind");
            assert_eq!(refused["team_id"], **blind);
        }
        // Hers alone now: nobody of the team would read it.
        scene.answer(&mut ana, &id, "mine", json!({ "kind": "queue" })).await.json(201);
        ana.post(&path, note(2, "@Shipping", &[&shipping])).await.refused(422, "team_blind");

        scene.owner.clone().delete(&format!("/api/v1/teams/{shipping}")).await;
        scene.test.run_jobs().await;
        ana.post(&path, note(2, "@Shipping", &[&shipping])).await.refused(422, "team_blind");
        let entries = scene.thread(&mut ana, &id).await["entries"].clone();
        let mentions = |entries: &Value| {
            let note = entries.as_array().expect("entries").iter().find(|entry| entry["kind"] == "note");
            note.expect("the note")["mentions"].clone()
        };
        assert_eq!(mentions(&entries), json!([{ "id": shipping, "name": "Shipping" }]));
        // Correcting it calls nobody, and keeps what still stands there.
        let entry = format!("/api/v1/conversations/{id}/entries/{}", entry_id(1));
        ana.patch(&entry, json!({ "text": "@Shipping please" })).await.json(200);
        assert_eq!(mentions(&scene.thread(&mut ana, &id).await["entries"]), mentions(&entries));
        ana.patch(&entry, json!({ "text": "please" })).await.json(200);
        assert_eq!(mentions(&scene.thread(&mut ana, &id).await["entries"]), json!([]));
    })
    .await;
}

/// A draft of a note keeps the team that it names.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_keeps_a_team_and_too_many_mentions_are_refused() {
    on_both(async |scene| {
        let mut ana = scene.agent("ana").await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let shipping = team(&scene, "Shipping", &[&ana]).await;
        let note_draft = json!({ "text": "@Shipping", "mentions": [{ "id": shipping, "name": "Shipping" }] });
        let path = format!("/api/v1/conversations/{id}/draft");
        ana.put(&path, json!({ "base": 0, "reply": null, "note": note_draft })).await.json(200);
        assert_eq!(ana.get("/api/v1/desk").await.json(200)["drafts"][0]["note"], note_draft);
        let many: Vec<_> = (0..21_u32).map(|n| format!("tea_{n:032}")).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        let path = format!("/api/v1/conversations/{id}/notes");
        ana.post(&path, note(1, "all", &many)).await.refused(422, "too_many_mentions");
        ana.post(&path, note(1, "odd", &["tag_00000000000000000000000000000001"])).await.refused(400, "invalid_body");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn state_before_and_events_make_the_state_after_a_note_to_a_team() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        scene.is_here(&budi).await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let shipping = team(&scene, "Shipping", &[&budi]).await;
        let before = scene.thread(&mut budi, &id).await;
        let mut desk = budi.socket("/ws").await.expect("a socket");
        desk.hello(before["position"].as_i64()).await;
        ana.post(&format!("/api/v1/conversations/{id}/notes"), note(1, "@Shipping?", &[&shipping])).await.json(201);
        scene.owner.clone().delete(&format!("/api/v1/teams/{shipping}")).await;
        scene.test.run_jobs().await;
        let mut events = Vec::new();
        while events.last().is_none_or(|event: &Value| event["kind"] != "team.gone") {
            events.push(desk.next_event().await);
        }
        let kinds: Vec<_> = events.iter().map(|event| event["kind"].clone()).collect();
        let told =
            ["conversation.read_mark", "conversation.mentioned", "conversation.updated", "alert.added", "team.gone"];
        assert_eq!(kinds, told);
        let after = scene.thread(&mut budi, &id).await;
        scene.keep_case("mention", &before, &events, &after);
    })
    .await;
}

fn mentions(page: &Value) -> Vec<(&str, bool)> {
    let items = page["items"].as_array().expect("items").iter();
    items.map(|item| (item["conversation"]["id"].as_str().expect("an id"), item["mentioned"] == true)).collect()
}

/// C13
#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_mentions_says_which_are_read_and_holds_what_may_still_be_seen() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let shipping = team(&scene, "Shipping", &[&budi]).await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            scene.test.advance(1_000);
            let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
            ids.push(id);
        }
        let notes = |id: &str| format!("/api/v1/conversations/{id}/notes");
        let mut desk = listen(&budi).await;
        ana.post(&notes(&ids[1]), note(1, "@budi", &[&budi.id])).await.json(201);
        scene.test.advance(1_000);
        ana.post(&notes(&ids[0]), note(2, "@Shipping", &[&shipping])).await.json(201);
        let mark = desk.event("conversation.read_mark").await;
        assert_eq!((&mark["data"]["conversation_id"], &mark["data"]["mentioned"]), (&json!(ids[1]), &json!(true)));

        let list = "/api/v1/conversations?view=mentions";
        let page = budi.get(list).await.json(200);
        assert_eq!(mentions(&page), [(&*ids[0], true), (&*ids[1], true)], "the last one first");
        assert_eq!(ana.get(list).await.json(200)["items"], json!([]), "who wrote it was not mentioned");
        let first = budi.get(&format!("{list}&limit=1")).await.json(200);
        let cursor = first["next_cursor"].as_str().expect("a cursor");
        let second = budi.get(&format!("{list}&limit=1&cursor={cursor}")).await.json(200);
        assert_eq!((mentions(&second), &second["next_cursor"]), (vec![(&*ids[1], true)], &Value::Null));
        let boot = budi.get("/api/v1/desk").await.json(200);
        assert_eq!(boot["mentioned_in"], json!([ids[0], ids[1]]));

        // Read up to the note before it: it is still new. Marked unread later, it is not new again.
        let read = format!("/api/v1/conversations/{}/read", ids[0]);
        budi.put(&read, json!({ "position": 2 })).await;
        assert_eq!(mentions(&budi.get(list).await.json(200))[0], (&*ids[0], true));
        budi.put(&read, json!({ "position": 3 })).await;
        budi.put(&format!("/api/v1/conversations/{}/unread", ids[0]), json!({})).await;
        assert_eq!(mentions(&budi.get(list).await.json(200)), [(&*ids[0], false), (&*ids[1], true)]);

        // Closed it stays; taken by somebody else it is out of sight, and not counted.
        let mut owner = scene.owner.clone();
        owner.put(&format!("/api/v1/conversations/{}/closure", ids[0]), json!({ "reason": "solved" })).await.json(200);
        scene.answer(&mut ana, &ids[1], "mine", json!({ "kind": "queue" })).await.json(201);
        assert_eq!(mentions(&budi.get(list).await.json(200)), [(&*ids[0], false)]);
        assert_eq!(budi.get("/api/v1/desk").await.json(200)["mentioned_in"], json!([]));

        // A note that is taken back mentions nobody.
        let sent = ana.post(&notes(&ids[2]), note(3, "@budi", &[&budi.id])).await.json(201);
        let entry = sent["id"].as_str().expect("an id");
        ana.delete(&format!("/api/v1/conversations/{}/entries/{entry}", ids[2])).await.json(200);
        assert_eq!(mentions(&budi.get(list).await.json(200)), [(&*ids[0], false)]);
        scene.test.run_jobs().await;
    })
    .await;
}
