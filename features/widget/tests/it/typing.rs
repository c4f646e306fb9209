//! Typing, both ways, and viewing, to nobody else.

use crate::scene::on_both;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn each_side_sees_the_other_type() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        let mut other = scene.agent("ana").await.socket("/ws").await.expect("a socket");
        other.hello(None).await;
        let mut frames = visitor.socket().await;

        frames.send(json!({ "type": "typing", "on": true })).await;
        let mut told = desk.json().await;
        while told["type"] == "event" {
            told = desk.json().await; // that another member joined
        }
        assert_eq!((&told["type"], &told["conversation_id"]), (&json!("typing"), &json!(id)));
        assert_eq!(told["author"]["kind"], "contact");
        desk.send(json!({ "type": "typing", "conversation_id": id, "on": true })).await;
        let told = frames.json().await;
        assert_eq!(told, json!({ "type": "typing", "author": { "kind": "agent", "name": "budi" }, "on": true }));
        assert!(other.events().await.is_empty(), "who may not see the conversation hears no typing");
    })
    .await;
}

/// C35
#[tokio::test(flavor = "multi_thread")]
async fn colleagues_see_who_views_a_conversation_and_its_visitor_does_not() {
    on_both(async |scene| {
        let (agent, other) = (scene.agent("budi").await, scene.agent("ana").await);
        let stranger = scene.member("tomo", "agent", false).await;
        let mut visitor = scene.visitor().await;
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let mut sockets = Vec::new();
        for member in [&agent, &other, &stranger] {
            let mut socket = member.socket("/ws").await.expect("a socket");
            socket.hello(None).await;
            sockets.push(socket);
        }
        let mut frames = visitor.socket().await;
        let viewing = json!({ "type": "typing", "conversation_id": id, "on": true, "viewing": true });
        sockets[0].send(viewing.clone()).await;
        let told = sockets[1].json().await;
        assert_eq!(
            (&told["author"]["name"], &told["viewing"], &told["on"]),
            (&json!("budi"), &json!(true), &json!(true))
        );
        // Who may not see it is not heard, and hears nothing.
        sockets[2].send(viewing).await;
        assert!(sockets[1].events().await.is_empty() && sockets[2].events().await.is_empty());
        frames.send(json!({ "type": "typing", "on": true })).await;
        let told = sockets[1].json().await;
        assert_eq!((&told["author"]["kind"], &told["viewing"]), (&json!("contact"), &json!(false)));
        sockets[0].send(json!({ "type": "typing", "conversation_id": id, "on": true })).await;
        assert_eq!(frames.json().await["on"], true, "the first that the visitor hears is typing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_program_that_only_looks_or_asks_too_often_nobody_hears_anything() {
    on_both(async |scene| {
        let (agent, other) = (scene.agent("budi").await, scene.agent("ana").await);
        let id = scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        let looks = agent.program(&scene, &["conversation:view"]).await;
        let mut writes = agent.program(&scene, &["conversation:view", "conversation:note"]).await;
        let mut sockets = Vec::new();
        for client in [&looks, &writes, &other] {
            let mut socket = client.socket("/ws").await.expect("a socket");
            socket.hello(None).await;
            sockets.push(socket);
        }
        let viewing = |on: bool| json!({ "type": "typing", "conversation_id": id, "on": on, "viewing": true });
        sockets[0].send(viewing(true)).await;
        answered(&mut sockets[0]).await;
        sockets[1].send(viewing(false)).await;
        assert_eq!(sockets[2].json().await["on"], false, "the first that the colleague hears");
        while writes.get("/api/v1/teams").await.status == 200 {}
        sockets[1].send(viewing(true)).await;
        answered(&mut sockets[1]).await;
        let mut desk = agent.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        desk.send(viewing(false)).await;
        assert_eq!(sockets[2].json().await["on"], false);
    })
    .await;
}

/// What was sent before is done.
async fn answered(socket: &mut testkit::Socket) {
    socket.send(json!({ "type": "ping" })).await;
    while socket.json().await["type"] != "pong" {}
}
