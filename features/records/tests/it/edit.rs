//! A record is made from a conversation, changed, and belongs to others.

use crate::scene::{on_both, state, text};
use serde_json::{Value, json};

/// R239, R098, C39
#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_made_from_the_chat_and_every_change_stands_in_its_log() {
    on_both(async |scene| {
        let of = scene.orders().await;
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let mut agent = scene.member("budi", "agent", true).await;
        scene.hand(&conversation, &mut agent).await;
        let asked = json!({ "type_id": of, "number": " KS-7 ", "title": "Two cups" });
        let made = scene.create(&mut agent, &conversation, asked.clone()).await;
        assert_eq!(
            (&made["number"], &made["state_id"], &made["source"], &made["automatic"]),
            (&json!("KS-7"), &json!(state(11)), &Value::Null, &json!(false))
        );
        let path = format!("/api/v1/records/{}", text(&made["id"]));
        let again = format!("/api/v1/conversations/{conversation}/records/{}", text(&made["id"]));
        assert_eq!(agent.put(&again, asked).await.json(200), made, "a repeat is harmless");
        let counted = scene.create(&mut agent, &conversation, json!({ "type_id": of })).await;
        assert_eq!(counted["number"], "1");
        let taken = format!("/api/v1/conversations/{conversation}/records/rec_{}", "0".repeat(31) + "9");
        agent.put(&taken, json!({ "type_id": of, "number": "ks-7" })).await.refused(409, "record_number_taken");

        agent.patch(&path, json!({ "version": 1, "state_id": state(12) })).await.json(200);
        let moved = agent.patch(&path, json!({ "version": 2, "title": "Three cups" })).await.json(200);
        assert_eq!((&moved["version"], &moved["title"]), (&json!(3), &json!("Three cups")));
        let said = scene.said(&conversation).await;
        let acts: Vec<_> = said.iter().map(|news| text(&news["act"])).collect();
        assert_eq!(acts, ["edited", "moved", "created", "created"]);
        assert_eq!((&said[1]["before"], &said[1]["after"]), (&json!("Open"), &json!("Sent")));

        let beside = agent.get(&format!("/api/v1/conversations/{conversation}/records")).await.json(200);
        assert_eq!((&beside["items"][0]["record"]["id"], &beside["items"][1]["bound"]), (&counted["id"], &json!(true)));
        let history = agent.get(&format!("{path}/history")).await.json(200);
        assert_eq!(
            history["items"][0]["changes"][0],
            json!({ "field": "title", "before": "Two cups", "after": "Three cups" })
        );
        assert_eq!(history["items"][0]["by"], "budi");
    })
    .await;
}

/// C39
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changed_is_not_overwritten() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let of = scene.orders().await;
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let made = scene.create(&mut owner, &conversation, json!({ "type_id": of })).await;
        let path = format!("/api/v1/records/{}", text(&made["id"]));
        owner.patch(&path, json!({ "version": 1, "state_id": state(12) })).await.json(200);
        let refused =
            owner.patch(&path, json!({ "version": 1, "state_id": state(13) })).await.refused(409, "record_changed");
        assert_eq!(
            (&refused["by"], &refused["field"], &refused["value"]),
            (&json!("owner"), &json!("state"), &json!("Sent"))
        );
        owner.patch(&path, json!({ "version": 1, "title": "Cups" })).await.json(200);
        owner.patch(&path, json!({ "version": 3, "state_id": state(99) })).await.refused(422, "record_state_unknown");
    })
    .await;
}

/// R237
#[tokio::test(flavor = "multi_thread")]
async fn a_record_belongs_to_several_conversations() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let of = scene.orders().await;
        let first = scene.write(&mut scene.visitor().await, "Halo").await;
        let second = scene.write(&mut scene.visitor().await, "Hi").await;
        let made = scene.create(&mut owner, &first, json!({ "type_id": of })).await;
        let path = format!("/api/v1/records/{}", text(&made["id"]));
        let bound = format!("{path}/conversations/{second}");
        assert_eq!(owner.put(&bound, json!({})).await.json(200)["version"], 2);
        assert_eq!(owner.put(&bound, json!({})).await.json(200)["version"], 2, "twice is once");
        let shown = owner.get(&path).await.json(200);
        assert_eq!(shown["conversations"].as_array().map(Vec::len), Some(2));
        assert_eq!(scene.said(&second).await[0]["act"], "bound");
        owner.patch(&path, json!({ "version": 2, "state_id": state(13) })).await.json(200);
        assert_eq!(
            (&scene.said(&first).await[0]["act"], &scene.said(&second).await[0]["act"]),
            (&json!("moved"), &json!("moved"))
        );
        owner.delete(&bound).await.json(200);
        assert_eq!(scene.said(&second).await[0]["act"], "unbound");
        let beside = owner.get(&format!("/api/v1/conversations/{second}/records")).await.json(200);
        assert_eq!(beside["items"], json!([]));
    })
    .await;
}
