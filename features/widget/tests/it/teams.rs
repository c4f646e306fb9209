//! Conversations that wait for a team.

use crate::scene::{Member, Scene, on_both};
use serde_json::{Value, json};

struct Tables {
    team: Value,
    /// Works in the inbox, and in no team.
    ana: Member,
    /// Of the team, and works in no inbox.
    budi: Member,
    boss: Member,
    conversation: String,
}

async fn team(scene: &Scene, name: &str, member: &str) -> String {
    let body = json!({ "name": name, "members": [{ "member_id": member, "leads": false }] });
    let made = scene.owner.clone().post("/api/v1/teams", body).await.json(201);
    made["id"].as_str().expect("an id").to_owned()
}

/// A conversation of the inbox that waits for the team.
async fn set(scene: &Scene) -> Tables {
    let ana = scene.agent("ana").await;
    let budi = scene.member("budi", "agent", false).await;
    let mut boss = scene.member("sari", "supervisor", true).await;
    let team = team(scene, "Accounting", &budi.id).await;
    let conversation =
        scene.visitor().await.write("my invoice?").await["conversation_id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/conversations/{conversation}/assignment");
    let to = json!({ "kind": "team", "id": team });
    let asked = json!({ "to": to, "holder": { "kind": "queue" }, "comment": "an invoice" });
    // Only those whom the inbox names.
    boss.put(&path, &asked).await.refused(422, "assignee_not_in_inbox");
    let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
    let changed = scene.owner.clone().patch(&inbox, json!({ "team_ids": [team] })).await.json(200);
    assert_eq!(changed["team_ids"], json!([team]));
    let item = boss.put(&path, &asked).await.json(200);
    assert_eq!(item["conversation"]["holder"], to);
    Tables { team: to, ana, budi, boss, conversation }
}

fn found(page: &Value) -> usize {
    page["items"].as_array().expect("items").len()
}

async fn queue(member: &mut Member) -> usize {
    found(&member.get("/api/v1/conversations?view=queue").await.json(200))
}

async fn waiting_for(member: &mut Member) -> Value {
    member.get("/api/v1/desk").await.json(200)["team_queues"].clone()
}

/// R232, R233, R234, R235, C04
#[tokio::test(flavor = "multi_thread")]
async fn a_team_sees_what_waits_for_it_and_one_of_it_takes_it() {
    on_both(async |scene| {
        let Tables { team, mut ana, mut budi, mut boss, conversation } = set(&scene).await;
        let path = format!("/api/v1/conversations/{conversation}");
        ana.get(&path).await.refused(404, "not_found");
        assert_eq!((queue(&mut ana).await, queue(&mut budi).await, queue(&mut boss).await), (0, 1, 1));
        let counted = json!([{ "inbox_id": scene.inbox, "team_id": team["id"], "queued": 1 }]);
        assert_eq!((waiting_for(&mut ana).await, waiting_for(&mut budi).await), (json!([]), counted));
        assert_eq!(scene.counters(&mut boss).await, (0, 1), "it waits in no queue of the inbox");
        let thread = scene.thread(&mut budi, &conversation).await;
        let entry = thread["entries"].as_array().expect("entries").last().expect("an entry").clone();
        assert_eq!(
            (&entry["assignment"]["to_name"], &entry["assignment"]["comment"]),
            (&json!("Accounting"), &json!("an invoice"))
        );
        // To others gives whoever may; one of the team takes it.
        let to_boss = json!({ "to": { "kind": "member", "id": boss.id }, "holder": team });
        budi.put(&format!("{path}/assignment"), to_boss).await.refused(403, "forbidden");
        scene.answer(&mut budi, &conversation, "here it is", team.clone()).await.json(201);
        let thread = scene.thread(&mut budi, &conversation).await;
        assert_eq!(thread["item"]["conversation"]["holder"], json!({ "kind": "member", "id": budi.id }));
        assert_eq!((queue(&mut budi).await, waiting_for(&mut budi).await), (0, json!([])));
    })
    .await;
}

/// R236, C01
#[tokio::test(flavor = "multi_thread")]
async fn the_others_of_the_team_hear_who_took_it() {
    on_both(async |scene| {
        let Tables { team, mut budi, mut boss, conversation, .. } = set(&scene).await;
        let mut citra = scene.member("citra", "agent", false).await;
        let team_path = format!("/api/v1/teams/{}", team["id"].as_str().expect("an id"));
        let put = json!({ "put": [{ "member_id": citra.id, "leads": false }] });
        scene.owner.clone().patch(&team_path, put).await.json(200);
        let mut socket = citra.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        scene.answer(&mut budi, &conversation, "mine", team.clone()).await.json(201);
        let gone = socket.event("conversation.gone").await;
        assert_eq!(gone["data"]["by"], "budi");
        let late = scene.answer(&mut citra, &conversation, "me too", team.clone()).await;
        assert_eq!(late.refused(409, "conversation_taken")["by"], "budi");
        citra.get(&format!("/api/v1/conversations/{conversation}")).await.refused(404, "not_found");
        // And it is back with all of them.
        let back = json!({ "to": team, "holder": { "kind": "member", "id": budi.id } });
        boss.put(&format!("/api/v1/conversations/{conversation}/assignment"), back).await.json(200);
        let told = socket.event("conversation.updated").await;
        assert_eq!(told["data"]["conversation"]["holder"], team);
        assert_eq!(queue(&mut citra).await, 1);
    })
    .await;
}

/// C04, C06
#[tokio::test(flavor = "multi_thread")]
async fn a_team_that_leaves_the_inbox_or_is_no_more_leaves_its_queue_to_all() {
    on_both(async |scene| {
        let Tables { team, mut ana, mut boss, conversation, .. } = set(&scene).await;
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let mut owner = scene.owner.clone();
        owner.patch(&inbox, json!({ "team_ids": [] })).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!((queue(&mut ana).await, scene.counters(&mut ana).await), (1, (1, 1)));
        assert_eq!(waiting_for(&mut boss).await, json!([]));

        owner.patch(&inbox, json!({ "team_ids": [team["id"]] })).await.json(200);
        let to = json!({ "to": team, "holder": { "kind": "queue" } });
        boss.put(&format!("/api/v1/conversations/{conversation}/assignment"), to).await.json(200);
        owner.delete(&format!("/api/v1/teams/{}", team["id"].as_str().expect("an id"))).await.json(204);
        scene.test.run_jobs().await;
        assert_eq!((queue(&mut ana).await, waiting_for(&mut boss).await), (1, json!([])));
        let unknown = owner.patch(&inbox, json!({ "team_ids": [team["id"]] })).await;
        unknown.refused(422, "team_unknown");
    })
    .await;
}

/// R040, C04
#[tokio::test(flavor = "multi_thread")]
async fn the_visitor_hears_of_people_and_not_of_teams() {
    on_both(async |scene| {
        let Tables { team, mut budi, mut boss, .. } = set(&scene).await;
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/assignment");
        boss.put(&path, json!({ "to": team, "holder": { "kind": "queue" } })).await.json(200);
        let thread = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert_eq!(thread["conversation"]["agent"], Value::Null);
        let kinds = |thread: &Value| -> Vec<Value> {
            thread["entries"].as_array().expect("entries").iter().map(|entry| entry["kind"].clone()).collect()
        };
        assert_eq!(kinds(&thread), ["message"]);
        scene.answer(&mut budi, &id, "hi", team).await.json(201);
        let thread = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert_eq!((&thread["conversation"]["agent"]["name"], kinds(&thread).len()), (&json!("budi"), 3));
    })
    .await;
}

/// R103, C01
#[tokio::test(flavor = "multi_thread")]
async fn who_had_it_looks_at_it_where_the_inbox_lets_him_and_no_longer() {
    on_both(async |scene| {
        let (mut ana, budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let mut owner = scene.owner.clone();
        owner.patch(&inbox, json!({ "formers_read": true })).await.json(200);
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}");
        scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let (from, to) = (json!({ "kind": "member", "id": ana.id }), json!({ "kind": "member", "id": budi.id }));
        ana.put(&format!("{path}/assignment"), json!({ "to": to, "holder": from })).await.json(200);
        // He looks, live too, and does nothing.
        let mut socket = ana.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        assert_eq!(ana.get(&path).await.json(200)["item"]["can"], json!(["look_back"]));
        scene.answer(&mut ana, &id, "one more thing", to.clone()).await.refused(403, "forbidden");
        assert_eq!(found(&ana.get("/api/v1/conversations?view=all").await.json(200)), 0);
        visitor.write("still there?").await;
        assert_eq!(socket.event("conversation.updated").await["data"]["entries"][0]["text"], "still there?");

        owner.patch(&inbox, json!({ "formers_read": false })).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(socket.event("conversation.gone").await["data"]["conversation_id"], *id);
        ana.get(&path).await.refused(404, "not_found");
    })
    .await;
}

/// C41
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_as_many_chats_as_he_can_take_is_busy_by_himself() {
    on_both(async |scene| {
        let mut ana = scene.agent("ana").await;
        let mut owner = scene.owner.clone();
        owner.patch("/api/v1/workspace", json!({ "open_limit": 1 })).await.json(200);
        let mut socket = ana.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let state = async |socket: &mut testkit::Socket| {
            let presence = socket.event("presence.updated").await["data"]["presence"].clone();
            (presence["state"].as_str().expect("a state").to_owned(), presence["open"].as_i64().expect("a number"))
        };
        assert_eq!(state(&mut socket).await, ("online".to_owned(), 0));
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        assert_eq!(state(&mut socket).await, ("busy".to_owned(), 1));
        let path = format!("/api/v1/conversations/{id}");
        ana.put(&format!("{path}/closure"), json!({ "reason": "solved" })).await.json(200);
        assert_eq!(state(&mut socket).await, ("online".to_owned(), 0));
        ana.delete(&format!("{path}/closure")).await.json(200);
        assert_eq!(state(&mut socket).await, ("busy".to_owned(), 1));
        let until = scene.test.app.clock.now() + 3_600_000;
        ana.put(&format!("{path}/snooze"), json!({ "until": until })).await.json(200);
        assert_eq!(state(&mut socket).await, ("online".to_owned(), 0), "what is put aside is no load");
    })
    .await;
}
