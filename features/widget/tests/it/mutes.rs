//! Muting a conversation for oneself, on both engines.

use crate::scene::{Member, on_both};
use serde_json::json;

/// Of his inboxes together; none is named in which nothing is unread.
async fn unread(member: &mut Member) -> i64 {
    let desk = member.get("/api/v1/desk").await.json(200);
    let inboxes = desk["unread_mine"].as_array().expect("inboxes").iter();
    inboxes.map(|one| one["conversations"].as_i64().filter(|number| *number > 0).expect("a number")).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mute_is_its_members_follows_him_and_takes_away_the_number() {
    on_both(async |scene| {
        let (mut visitor, mut ana) = (scene.visitor().await, scene.agent("ana").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        visitor.write("thanks").await;
        let path = format!("/api/v1/conversations/{id}/mute");
        assert_eq!(unread(&mut ana).await, 1);

        ana.put(&path, json!({})).await.json(204);
        ana.put(&path, json!({})).await.json(204);
        let muted = scene.thread(&mut ana, &id).await["item"].clone();
        assert_eq!((&muted["muted"], &muted["unread"]), (&json!(true), &json!(false)));
        assert_eq!(unread(&mut ana).await, 0);
        assert_eq!(scene.thread(&mut scene.owner.clone(), &id).await["item"]["muted"], false, "for himself");
        ana.put(&format!("/api/v1/conversations/{id}/unread"), json!({})).await.json(204);
        ana.put(&format!("/api/v1/conversations/{id}/read"), json!({ "position": 99 })).await.json(204);
        assert_eq!(scene.thread(&mut ana, &id).await["item"]["muted"], true, "reading changes nothing of it");

        ana.delete(&path).await.json(204);
        assert_eq!(scene.thread(&mut ana, &id).await["item"]["muted"], false);
        scene.agent("budi").await.put(&path, json!({})).await.refused(404, "not_found");
    })
    .await;
}

/// R096, C10
#[tokio::test(flavor = "multi_thread")]
async fn the_number_of_mine_with_something_unread_counts_conversations_whatever_waits_in_each() {
    on_both(async |scene| {
        let mut ana = scene.agent("ana").await;
        let mut ids = Vec::new();
        for _ in 0..2 {
            let mut visitor = scene.visitor().await;
            let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
            scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
            visitor.write("thanks").await;
            visitor.write("and one more thing").await;
            ids.push(id);
        }
        // What waits in the queue, and what a colleague holds, is not mine.
        scene.visitor().await.write("is anybody there?").await;
        let mut budi = scene.agent("budi").await;
        assert_eq!((unread(&mut ana).await, unread(&mut budi).await), (2, 0));

        let path = |number: usize, what: &str| format!("/api/v1/conversations/{}/{what}", ids[number]);
        ana.put(&path(0, "read"), json!({ "position": 99 })).await.json(204);
        assert_eq!(unread(&mut ana).await, 1);
        ana.put(&path(0, "unread"), json!({})).await.json(204);
        assert_eq!(unread(&mut ana).await, 2, "marked by hand");
        let until = scene.test.app.clock.now() + 3_600_000;
        ana.put(&path(0, "snooze"), json!({ "until": until })).await.json(200);
        assert_eq!(unread(&mut ana).await, 1, "what sleeps is not in the list");
        ana.delete(&path(0, "snooze")).await.json(200);
        ana.put(&path(1, "closure"), json!({ "reason": "solved" })).await.json(200);
        assert_eq!(unread(&mut ana).await, 1);
    })
    .await;
}
