//! Conversations that are given to people by the rules of their inbox.

use crate::scene::{Member, Scene, on_both};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::Socket;

const WAIT: Duration = Duration::from_millis(10);

/// Somebody at his desk, whom the server knows to be there.
struct There {
    member: Member,
    socket: Socket,
}

async fn rules(scene: &Scene, routing: Value) {
    let mut all = json!({ "claim": "automatic" });
    all.as_object_mut().expect("rules").extend(routing.as_object().expect("rules").clone());
    let path = format!("/api/v1/inboxes/{}", scene.inbox);
    scene.owner.clone().patch(&path, json!({ "routing": all })).await.json(200);
    scene.test.run_jobs().await;
}

async fn state(member: &mut Member) -> String {
    let list = member.get("/api/v1/presences").await.json(200);
    let mine = list["items"].as_array().expect("presences").iter().find(|one| one["member_id"] == *member.id);
    mine.expect("mine")["state"].as_str().expect("a state").to_owned()
}

async fn there(scene: &Scene, name: &str) -> There {
    // Turns go by the order in which they joined.
    scene.test.advance(1_000);
    comes(scene, scene.agent(name).await).await
}

async fn comes(scene: &Scene, mut member: Member) -> There {
    let mut socket = member.socket("/ws").await.expect("a socket");
    socket.hello(None).await;
    while state(&mut member).await == "offline" {
        tokio::time::sleep(WAIT).await;
    }
    scene.test.run_jobs().await;
    There { member, socket }
}

async fn leaves(scene: &Scene, mut one: There, chosen: Value) -> Member {
    one.member.put("/api/v1/me/presence", chosen).await.json(200);
    scene.test.run_jobs().await;
    drop(one.socket);
    one.member
}

async fn waits(scene: &Scene, text: &str) -> String {
    let id = scene.visitor().await.write(text).await["conversation_id"].as_str().expect("an id").to_owned();
    scene.test.run_jobs().await;
    scene.test.advance(1_000);
    id
}

/// The name of whoever has it, and why it was given last.
async fn held(scene: &Scene, id: &str) -> (Value, Value) {
    let thread = scene.thread(&mut scene.owner.clone(), id).await;
    let last =
        thread["entries"].as_array().expect("entries").iter().rfind(|entry| entry["kind"] == "assigned").cloned();
    let assignment = last.map_or(Value::Null, |entry| entry["assignment"].clone());
    (assignment["to_name"].clone(), assignment["why"].clone())
}

async fn ends(scene: &Scene, member: &mut Member, id: &str) {
    member.put(&format!("/api/v1/conversations/{id}/closure"), json!({ "reason": "solved" })).await.json(200);
    scene.test.run_jobs().await;
}

/// R106, C05
#[tokio::test(flavor = "multi_thread")]
async fn each_in_turn_gets_the_next_and_the_entry_says_why() {
    on_both(async |scene| {
        rules(&scene, json!({})).await;
        let waiting = waits(&scene, "nobody is there").await;
        assert_eq!(held(&scene, &waiting).await, (Value::Null, Value::Null));
        let mut ana = there(&scene, "ana").await;
        assert_eq!(held(&scene, &waiting).await, (json!("ana"), json!("in_turn")), "who comes gets it");
        assert_eq!(ana.socket.event("conversation.updated").await["data"]["conversation"]["id"], *waiting);
        let _budi = there(&scene, "budi").await;
        let mut names = Vec::new();
        for number in 0..4 {
            names.push(held(&scene, &waits(&scene, &number.to_string()).await).await.0);
        }
        assert_eq!(names, ["budi", "ana", "budi", "ana"]);
    })
    .await;
}

/// R106, C41
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_more_than_he_can_take_and_who_finishes_one_gets_the_next() {
    on_both(async |scene| {
        rules(&scene, json!({ "order": "fewest_open" })).await;
        scene.owner.clone().patch("/api/v1/workspace", json!({ "open_limit": 2 })).await.json(200);
        let mut ana = there(&scene, "ana").await;
        let mut ids = Vec::new();
        for number in 0..4 {
            ids.push(waits(&scene, &number.to_string()).await);
        }
        assert_eq!(state(&mut ana.member).await, "busy");
        let has = async |index: usize| held(&scene, &ids[index]).await.0 == "ana";
        assert_eq!((has(0).await, has(1).await, has(2).await, has(3).await), (true, true, false, false));
        ends(&scene, &mut ana.member, &ids[0]).await;
        assert!(has(2).await && !has(3).await, "the one that waits longest");
        // More room, the next.
        let path = format!("/api/v1/members/{}", ana.member.id);
        scene.owner.clone().patch(&path, json!({ "open_limit": 3 })).await.json(200);
        scene.test.run_jobs().await;
        assert!(has(3).await);
        // What he closes by handing over frees him as well.
        let more = waits(&scene, "more").await;
        let back = json!({ "to": { "kind": "queue" }, "holder": { "kind": "member", "id": ana.member.id } });
        ana.member.put(&format!("/api/v1/conversations/{}/assignment", ids[1]), back).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(held(&scene, &ids[1]).await.0, "ana", "it waited longest");
        assert_eq!(held(&scene, &more).await.0, Value::Null);
    })
    .await;
}

/// R106
#[tokio::test(flavor = "multi_thread")]
async fn who_had_it_or_knows_about_it_comes_first() {
    on_both(async |scene| {
        rules(&scene, json!({ "last_handler_first": true, "skills": true, "reopening": "queue" })).await;
        let (mut ana, budi) = (there(&scene, "ana").await, there(&scene, "budi").await);
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.test.run_jobs().await;
        assert_eq!(held(&scene, &id).await.0, "ana");
        ends(&scene, &mut ana.member, &id).await;
        visitor.write("once more").await;
        scene.test.run_jobs().await;
        assert_eq!(held(&scene, &id).await, (json!("ana"), json!("last_handler")));

        let mut owner = scene.owner.clone();
        owner.patch(&format!("/api/v1/members/{}", budi.member.id), json!({ "skills": ["Refund"] })).await.json(200);
        let tag = owner.post("/api/v1/tags", json!({ "name": "refund", "color": "red" })).await.json(201);
        let other =
            scene.visitor().await.write("my money?").await["conversation_id"].as_str().expect("an id").to_owned();
        let tagged = format!("/api/v1/conversations/{other}/tags/{}", tag["id"].as_str().expect("an id"));
        owner.put(&tagged, json!({})).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(held(&scene, &other).await, (json!("budi"), json!("skills")));
    })
    .await;
}

/// R106, C41
#[tokio::test(flavor = "multi_thread")]
async fn who_is_away_gets_nothing_and_who_is_offline_gives_back_what_the_inbox_says() {
    on_both(async |scene| {
        rules(&scene, json!({ "absence": "unanswered" })).await;
        let (mut ana, mut budi) = (there(&scene, "ana").await, there(&scene, "budi").await);
        let answered = waits(&scene, "one").await;
        let unanswered = waits(&scene, "two").await;
        assert_eq!((held(&scene, &answered).await.0, held(&scene, &unanswered).await.0), (json!("ana"), json!("budi")));
        budi.member.put("/api/v1/me/presence", json!({ "chosen": "away", "reason": "lunch" })).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(held(&scene, &unanswered).await.0, "budi", "whoever is away comes back");
        assert_eq!(held(&scene, &waits(&scene, "three").await).await.0, "ana");
        let mine = json!({ "kind": "member", "id": ana.member.id });
        scene.answer(&mut ana.member, &answered, "hi", mine).await.json(201);
        budi.member.put("/api/v1/me/presence", json!({ "chosen": "online" })).await.json(200);
        scene.test.run_jobs().await;

        let _ana = leaves(&scene, ana, json!({ "chosen": "offline" })).await;
        assert_eq!(held(&scene, &answered).await.0, "ana", "what he answered stays his");
        let _budi = leaves(&scene, budi, json!({ "chosen": "offline" })).await;
        assert_eq!(held(&scene, &unanswered).await, (Value::Null, json!("absent")));
    })
    .await;
}

/// R106, C41
#[tokio::test(flavor = "multi_thread")]
async fn whoever_only_lost_his_connection_has_the_time_to_come_back() {
    on_both(async |scene| {
        rules(&scene, json!({ "absence": "all" })).await;
        let ana = there(&scene, "ana").await;
        let id = waits(&scene, "hello").await;
        let There { mut member, socket } = ana;
        drop(socket);
        tokio::time::sleep(WAIT * 10).await;
        scene.test.advance(people::ABSENCE_MS + 1);
        while people::miss(&scene.test.app).await.expect("a look") > 0 {}
        scene.test.run_jobs().await;
        assert_eq!((state(&mut member).await.as_str(), held(&scene, &id).await.0), ("offline", json!("ana")));
        scene.test.advance(120_000);
        scene.test.run_jobs().await;
        assert_eq!(held(&scene, &id).await, (Value::Null, json!("absent")));
    })
    .await;
}

/// R106, C04
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_team_is_given_to_one_of_it() {
    on_both(async |scene| {
        rules(&scene, json!({})).await;
        let _ana = there(&scene, "ana").await;
        let budi = comes(&scene, scene.member("budi", "agent", false).await).await;
        let mut owner = scene.owner.clone();
        let body = json!({ "name": "Accounting", "members": [{ "member_id": budi.member.id, "leads": false }] });
        let team = owner.post("/api/v1/teams", body).await.json(201)["id"].clone();
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        owner.patch(&inbox, json!({ "team_ids": [team] })).await.json(200);
        // His rights are new, so he comes anew.
        let _budi = comes(&scene, budi.member).await;
        let id = waits(&scene, "my invoice?").await;
        let (name, _) = held(&scene, &id).await;
        assert_eq!(name, "ana");
        let holder = scene.thread(&mut owner, &id).await["item"]["conversation"]["holder"].clone();
        let to = json!({ "to": { "kind": "team", "id": team }, "holder": holder });
        owner.put(&format!("/api/v1/conversations/{id}/assignment"), to).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(held(&scene, &id).await, (json!("budi"), json!("in_turn")));
    })
    .await;
}

/// R106
#[tokio::test(flavor = "multi_thread")]
async fn several_nodes_at_once_give_each_chat_once_and_nobody_too_many() {
    on_both(async |scene| {
        rules(&scene, json!({})).await;
        scene.owner.clone().patch("/api/v1/workspace", json!({ "open_limit": 2 })).await.json(200);
        let mut people = Vec::new();
        for name in ["ana", "budi", "citra"] {
            people.push(there(&scene, name).await);
        }
        let mut ids = Vec::new();
        for number in 0..8 {
            let mut visitor = scene.visitor().await;
            ids.push(visitor.write(&number.to_string()).await["conversation_id"].as_str().expect("an id").to_owned());
        }
        // Each node does the jobs that it finds, and both find the same.
        let mut apps = vec![scene.test.app.clone(), scene.test.app.clone()];
        if scene.test.engine == db::Engine::Postgres {
            apps.push(scene.test.beside().await.app);
        }
        let running: Vec<_> =
            apps.into_iter().map(|app| tokio::spawn(async move { base::run_due_jobs(&app).await })).collect();
        for one in running {
            one.await.expect("a node").expect("its jobs");
        }
        scene.test.run_jobs().await;
        let mut given = std::collections::BTreeMap::new();
        for id in &ids {
            let thread = scene.thread(&mut scene.owner.clone(), id).await;
            let times =
                thread["entries"].as_array().expect("entries").iter().filter(|e| e["kind"] == "assigned").count();
            let (name, _) = held(&scene, id).await;
            assert_eq!(times, usize::from(!name.is_null()), "once");
            *given.entry(name.to_string()).or_insert(0) += 1;
        }
        let counts: Vec<_> = given.into_iter().collect();
        let two = |name: &str| (format!("\"{name}\""), 2);
        assert_eq!(counts, [two("ana"), two("budi"), two("citra"), ("null".to_owned(), 2)]);
    })
    .await;
}

/// R106
#[tokio::test(flavor = "multi_thread")]
async fn who_is_freed_has_the_next_within_a_moment() {
    on_both(async |scene| {
        rules(&scene, json!({})).await;
        scene.owner.clone().patch("/api/v1/workspace", json!({ "open_limit": 1 })).await.json(200);
        let mut ana = there(&scene, "ana").await;
        let (first, second) = (waits(&scene, "one").await, waits(&scene, "two").await);
        assert_eq!((held(&scene, &first).await.0, held(&scene, &second).await.0), (json!("ana"), Value::Null));
        let begun = std::time::Instant::now();
        ends(&scene, &mut ana.member, &first).await;
        assert_eq!(held(&scene, &second).await.0, "ana");
        // Promised are 100 ms; a test machine may be busy with other things.
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    })
    .await;
}

/// C41, R106
#[tokio::test(flavor = "multi_thread")]
async fn who_takes_nothing_from_an_inbox_is_passed_over_until_he_does_again() {
    on_both(async |scene| {
        rules(&scene, json!({})).await;
        let mut ana = there(&scene, "ana").await;
        let budi = there(&scene, "budi").await;
        let path = format!("/api/v1/me/pauses/{}", scene.inbox);
        ana.member.put(&path, json!({ "paused": true })).await.json(200);
        let desk = ana.member.get("/api/v1/desk?view=mine").await.json(200);
        let pause = json!({ "member_id": ana.member.id, "inbox_id": scene.inbox, "paused": true });
        assert_eq!(desk["pauses"], json!([pause]));
        let mut names = Vec::new();
        for number in 0..2 {
            names.push(held(&scene, &waits(&scene, &number.to_string()).await).await.0);
        }
        assert_eq!(names, ["budi", "budi"]);

        leaves(&scene, budi, json!({ "chosen": "away", "reason": null })).await;
        let waiting = waits(&scene, "nobody takes it").await;
        assert_eq!(held(&scene, &waiting).await.0, Value::Null);
        let next = ana.member.post("/api/v1/queue/next", json!({})).await.json(200);
        assert_eq!(next["item"], Value::Null, "she asked for the next of her others");
        ana.member.put(&path, json!({ "paused": false })).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(held(&scene, &waiting).await.0, "ana", "what waited comes at once");

        // By hand it can still be given to her.
        ana.member.put(&path, json!({ "paused": true })).await.json(200);
        let more = waits(&scene, "by hand").await;
        let to = json!({ "to": { "kind": "member", "id": ana.member.id }, "holder": { "kind": "queue" } });
        scene.owner.clone().put(&format!("/api/v1/conversations/{more}/assignment"), to).await.json(200);
        scene.test.run_jobs().await;
    })
    .await;
}
