//! Who sees what, on every surface: link, list, socket, resume.

use crate::scene::on_both;
use serde_json::{Value, json};

/// R103, R188
#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_is_gone_for_the_others_on_every_surface() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let mut visitor = scene.visitor().await;
        let mut desk = ana.socket("/ws").await.expect("a socket");
        let ready = desk.hello(None).await;
        let before = ready.last().expect("ready")["position"].as_i64();
        let id = visitor.write("who takes it?").await["conversation_id"].as_str().expect("an id").to_owned();
        desk.event("conversation.updated").await;
        scene.answer(&mut budi, &id, "me", json!({ "kind": "queue" })).await.json(201);

        let gone = desk.event("conversation.gone").await;
        let told = json!({ "conversation_id": id, "revision": 2, "by": "budi", "joined": null, "deleted": false });
        assert_eq!(gone["data"], told);
        ana.get(&format!("/api/v1/conversations/{id}")).await.refused(404, "not_found");
        ana.get(&format!("/api/v1/conversations/{id}/entries")).await.refused(404, "not_found");
        assert_eq!(ids(&ana.get("/api/v1/conversations?view=all").await.json(200)), Vec::<String>::new());
        assert_eq!(ids(&budi.get("/api/v1/conversations?view=all").await.json(200)), std::slice::from_ref(&id));
        scene.answer(&mut ana, &id, "too late", json!({ "kind": "queue" })).await.refused(409, "conversation_taken");

        let mut again = ana.socket("/ws").await.expect("a socket");
        let missed = again.hello(before).await;
        let kinds: Vec<_> =
            missed.iter().filter(|frame| frame["data"]["conversation_id"] == *id).map(|f| &f["kind"]).collect();
        assert_eq!(kinds, ["conversation.gone"], "resume tells what is true now: {missed:?}");
        assert!(!missed.iter().any(|frame| frame.to_string().contains("who takes it?")), "no text of it");
    })
    .await;
}

/// R104, R105, R109, C02
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_conversation_is_handed_over_closed_and_opens_with_the_answer_of_whoever_has_it() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let path = format!("/api/v1/conversations/{id}");
        let closed = ana.put(&format!("{path}/closure"), json!({ "reason": "solved" })).await.json(200);
        assert!(closed["can"].as_array().expect("rights").contains(&json!("assign_any")));
        let (from, to) = (json!({ "kind": "member", "id": ana.id }), json!({ "kind": "member", "id": budi.id }));
        let handed = json!({ "to": to, "holder": from, "comment": "he may come back" });
        ana.put(&format!("{path}/assignment"), handed).await.json(200);
        ana.get(&path).await.refused(404, "not_found");
        let thread = scene.thread(&mut budi, &id).await;
        let conversation = &thread["item"]["conversation"];
        assert_eq!((&conversation["status"], &conversation["holder"]), (&json!("closed"), &to));
        assert_eq!(scene.counters(&mut budi).await, (0, 0));

        scene.answer(&mut budi, &id, "how is it going?", to.clone()).await.json(201);
        let thread = scene.thread(&mut budi, &id).await;
        let conversation = &thread["item"]["conversation"];
        assert_eq!((&conversation["status"], &conversation["holder"]), (&json!("open"), &to));
        let kinds: Vec<_> = thread["entries"].as_array().expect("entries").iter().map(|entry| &entry["kind"]).collect();
        assert_eq!(kinds[kinds.len() - 3..], ["assigned", "reopened", "message"]);
        assert_eq!(scene.counters(&mut budi).await, (0, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_conversation_and_a_hidden_one_answer_the_same() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut budi, &id, "mine", json!({ "kind": "queue" })).await.json(201);
        let hidden = ana.get(&format!("/api/v1/conversations/{id}")).await;
        let missing = ana.get("/api/v1/conversations/cnv_0198f3c2000070008000000000000009").await;
        let nonsense = ana.get("/api/v1/conversations/nonsense").await;
        assert_eq!((hidden.status, &hidden.body), (missing.status, &missing.body));
        assert_eq!((hidden.status, &hidden.body), (nonsense.status, &nonsense.body));
    })
    .await;
}

/// R018, R019, R022, R046, R102, R103
#[tokio::test(flavor = "multi_thread")]
async fn assigning_follows_rights_and_the_inbox() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let mut boss = scene.member("sari", "supervisor", true).await;
        let mut outsider = scene.member("tomo", "agent", false).await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/assignment");
        let to = |member: &str| json!({ "kind": "member", "id": member });
        let (of_ana, of_budi, of_outsider) = (to(&ana.id), to(&budi.id), to(&outsider.id));
        let queue = json!({ "kind": "queue" });

        ana.put(&path, json!({ "to": of_budi, "holder": queue })).await.refused(403, "forbidden");
        outsider.put(&path, json!({ "to": of_outsider, "holder": queue })).await.refused(404, "not_found");
        boss.put(&path, json!({ "to": of_outsider, "holder": queue })).await.refused(422, "assignee_not_in_inbox");
        ana.put(&path, json!({ "to": of_ana, "holder": queue })).await.json(200);
        budi.put(&path, json!({ "to": of_budi, "holder": queue })).await.refused(409, "conversation_taken");
        let given = json!({ "to": of_budi, "holder": of_ana, "comment": "he knows coffee" });
        ana.put(&path, given).await.json(200);
        ana.get(&format!("/api/v1/conversations/{id}")).await.refused(404, "not_found");
        let thread = scene.thread(&mut budi, &id).await;
        let last = thread["entries"].as_array().expect("entries").last().expect("an entry").clone();
        assert_eq!((&last["assignment"]["from_name"], &last["assignment"]["to_name"]), (&json!("ana"), &json!("budi")));
        assert_eq!(last["assignment"]["comment"], "he knows coffee");
        boss.put(&path, json!({ "to": queue, "holder": of_budi })).await.json(200);
        assert_eq!(scene.counters(&mut boss).await, (1, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_reads_and_changes_nothing() {
    on_both(async |scene| {
        let mut reader = scene.member("rina", "reader", true).await;
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        assert_eq!(scene.thread(&mut reader, &id).await["item"]["can"], json!([]));
        scene.answer(&mut reader, &id, "no", json!({ "kind": "queue" })).await.refused(403, "forbidden");
        let path = format!("/api/v1/conversations/{id}");
        reader.put(&format!("{path}/closure"), json!({ "reason": "solved" })).await.refused(403, "forbidden");
        let me = json!({ "to": { "kind": "member", "id": reader.id }, "holder": { "kind": "queue" } });
        reader.put(&format!("{path}/assignment"), me).await.refused(403, "forbidden");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_sees_his_own_thread_only() {
    on_both(async |scene| {
        let (mut one, mut two) = (scene.visitor().await, scene.visitor().await);
        let mut frames = two.socket().await;
        one.write("my secret").await;
        assert_eq!(two.client.get("/w/api/v1/thread").await.json(200)["conversation"], Value::Null);
        assert_eq!(frames.events().await, Vec::<Value>::new());
        scene.anonymous().get("/w/api/v1/thread").await.refused(401, "unauthenticated");
        scene.anonymous().with_bearer(&"A".repeat(43)).get("/w/api/v1/thread").await.refused(401, "unauthenticated");
        one.client.get("/api/v1/conversations").await.refused(401, "unauthenticated");
        scene.owner.clone().get("/w/api/v1/thread").await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_needs_our_origin_and_a_sign_in() {
    on_both(async |scene| {
        let agent = scene.agent("budi").await;
        let foreign = agent.client().with_origin("https://evil.example").socket("/ws").await;
        foreign.err().expect("refused").refused(403, "wrong_origin");
        let none = agent.client().without_origin().socket("/ws").await;
        none.err().expect("refused").refused(403, "wrong_origin");
        scene.anonymous().socket("/ws").await.err().expect("refused").refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_that_says_hello_after_the_sign_in_ended_is_told_nothing() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut socket = agent.socket("/ws").await.expect("a socket");
        agent.client().delete("/api/v1/sign-in").await.json(204);
        agent.get("/api/v1/me").await.refused(401, "unauthenticated");
        socket.send(json!({ "type": "hello", "after": null })).await;
        assert_eq!(socket.closed().await, 4401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn resume_names_nothing_that_was_never_visible() {
    on_both(async |scene| {
        let mut outsider = scene.member("tomo", "agent", false).await;
        let mut agent = scene.agent("budi").await;
        let cursor = outsider.get("/api/v1/desk").await.json(200)["position"].as_i64();
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "mine", json!({ "kind": "queue" })).await.json(201);
        let missed = outsider.socket("/ws").await.expect("a socket").hello(cursor).await;
        assert!(!missed.iter().any(|frame| frame.to_string().contains(&id)), "{missed:?}");
    })
    .await;
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    items.iter().map(|item| item["conversation"]["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_members_token_opens_no_socket_of_visitors() {
    on_both(async |scene| {
        let token = scene.agent("budi").await.token(&scene, &["conversation:view"]).await;
        let mut socket = scene.anonymous().socket("/w/ws").await.expect("a socket");
        socket.send(json!({ "type": "hello", "after": null, "token": token })).await;
        assert_eq!(socket.next().await, testkit::Frame::Closed(4401));
    })
    .await;
}
