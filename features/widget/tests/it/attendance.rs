//! Whether somebody is there, as visitors are told.

use crate::scene::{Scene, on_both};
use serde_json::json;
use widget::tell_attendance;

async fn config(scene: &Scene) -> bool {
    let answer = scene.anonymous().get(&format!("/w/api/v1/inboxes/{}", scene.inbox)).await.json(200);
    answer["attended"].as_bool().expect("whether somebody is there")
}

/// C41
#[tokio::test(flavor = "multi_thread")]
async fn visitors_hear_that_somebody_came_and_that_the_last_one_left() {
    on_both(async |scene| {
        let (mut visitor, mut elsewhere) = (scene.visitor().await, scene.visitor_of_another_inbox().await);
        visitor.write("hello").await;
        elsewhere.write("hello").await;
        let (mut budi, mut ana) = (scene.agent("budi").await, scene.agent("ana").await);
        let (mut socket, mut other) = (visitor.socket().await, elsewhere.socket().await);
        let look = async || tell_attendance(&scene.test.app).await.expect("a look");
        assert_eq!(look().await, 0, "nobody has a desk open");
        assert!(!config(&scene).await);

        scene.is_here(&budi).await;
        // Both nodes notice it, and one tells it.
        let (one, two) = tokio::join!(tell_attendance(&scene.test.app), tell_attendance(&scene.test.app));
        assert_eq!(one.expect("a look") + two.expect("a look"), 1);
        assert_eq!(socket.event("inbox.attended").await["data"], json!({ "attended": true }), "and no name");
        assert!(config(&scene).await);
        scene.is_here(&ana).await;
        assert_eq!(look().await, 0);

        let away = json!({ "chosen": "away", "reason": null });
        budi.put("/api/v1/me/presence", away.clone()).await.json(200);
        assert_eq!(look().await, 0, "somebody else is there");
        ana.put("/api/v1/me/presence", away).await.json(200);
        assert_eq!(look().await, 1);
        assert_eq!(socket.event("inbox.attended").await["data"], json!({ "attended": false }));
        assert!(!config(&scene).await);

        // Whoever comes back to his page hears what he missed.
        let position = visitor.client.get("/w/api/v1/thread").await.json(200)["position"].as_i64();
        budi.put("/api/v1/me/presence", json!({ "chosen": "online", "reason": null })).await.json(200);
        assert_eq!(look().await, 1);
        let (_, missed) = visitor.socket_after(position).await;
        assert!(missed.iter().any(|event| event["kind"] == "inbox.attended" && event["data"]["attended"] == true));
        let told = other.events().await;
        assert!(told.iter().all(|event| event["kind"] != "inbox.attended"), "of another inbox: {told:?}");
    })
    .await;
}
