//! Whose a conversation is.

use crate::scene::{Scene, on_both, path, text};
use serde_json::{Value, json};

fn contact_path(conversation: &str) -> String {
    format!("/api/v1/conversations/{conversation}/contact")
}

async fn chats(scene: &Scene, contact: &str) -> usize {
    let found = scene.owner.clone().get(&format!("{}/conversations", path(contact))).await.json(200);
    found["items"].as_array().map_or(0, Vec::len)
}

/// R125, R127, R128, C26
#[tokio::test(flavor = "multi_thread")]
async fn who_is_unpinned_stays_and_what_is_written_next_comes_to_the_same_chat() {
    on_both(async |scene| {
        let (mut visitor, token) = scene.visitor_with_token().await;
        let mut socket = visitor.socket("/w/ws").await.expect("a socket");
        socket.send(json!({ "type": "hello", "after": null, "token": token })).await;
        socket.until_ready().await;
        let conversation = scene.write(&mut visitor, "Halo").await;
        let before = scene.contact_of(&conversation).await;
        let mut agent = scene.member("budi", "agent", true).await;
        let edit = json!({ "version": 0, "fields": { "first_name": "Nadia" } });
        agent.patch(&path(&before), edit).await.json(200);
        let item = agent.delete(&contact_path(&conversation)).await.json(200);
        let after = text(&item["conversation"]["contact"]["id"]);
        assert_ne!(after, before);
        assert_eq!(
            (&item["conversation"]["contact"]["name"], &item["conversation"]["visit"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(scene.owner.clone().get(&path(&before)).await.json(200)["contact"]["name"], "Nadia", "he stays");
        assert_eq!((chats(&scene, &before).await, chats(&scene, &after).await), (0, 1));
        agent.get(&path(&before)).await.refused(404, "not_found");
        assert_eq!(socket.closed().await, 4403, "his socket comes anew");

        let thread = agent.get(&format!("/api/v1/conversations/{conversation}")).await.json(200);
        let line = thread["entries"].as_array().expect("entries").last().expect("a line").clone();
        assert_eq!(
            (&line["kind"], &line["text"], &line["author"]["name"]),
            (&json!("unpinned"), &json!("Nadia"), &json!("budi"))
        );
        assert_eq!(scene.write(&mut visitor, "Still there?").await, conversation);
        let seen = visitor.get("/w/api/v1/thread").await.json(200);
        assert_eq!(seen["entries"].as_array().map(Vec::len), Some(2), "he is told nothing of it");
    })
    .await;
}

/// R125, R127, C26
#[tokio::test(flavor = "multi_thread")]
async fn a_chat_is_bound_to_who_is_seen_and_has_none_in_the_inbox() {
    on_both(async |scene| {
        let customer = json!({ "external_id": "42", "name": "nadia_77" });
        let conversation = scene.order(customer.clone(), "Halo").await;
        let before = scene.contact_of(&conversation).await;
        let other = scene.order(json!({ "external_id": "43" }), "Halo").await;
        let known = scene.create(json!({ "first_name": "Nadia" })).await;
        let (mut owner, mut agent) = (scene.owner.clone(), scene.member("budi", "agent", true).await);
        let bind = |id: &str| json!({ "contact_id": id });
        agent.put(&contact_path(&conversation), bind(&known)).await.refused(404, "not_found");
        let taken = scene.contact_of(&other).await;
        owner.put(&contact_path(&conversation), bind(&taken)).await.refused(409, "contact_has_chat");
        let mut reader = scene.member("tono", "reader", true).await;
        reader.put(&contact_path(&conversation), bind(&known)).await.refused(403, "forbidden");
        reader.delete(&contact_path(&conversation)).await.refused(403, "forbidden");

        let bound = owner.put(&contact_path(&conversation), bind(&known)).await.json(200);
        assert_eq!(bound["conversation"]["contact"]["name"], "Nadia");
        assert_eq!(
            owner.put(&contact_path(&conversation), bind(&known)).await.json(200)["conversation"]["revision"],
            bound["conversation"]["revision"],
            "twice is once"
        );
        owner.get(&path(&before)).await.refused(404, "not_found");
        assert_eq!(scene.order(customer, "Again").await, conversation, "his number goes with the chat");
        let shown = owner.get(&path(&known)).await.json(200);
        assert_eq!(
            (&shown["told"]["name"], &shown["identities"][0]["external_id"]),
            (&json!("nadia_77"), &json!("42"))
        );

        let parted = owner.delete(&contact_path(&conversation)).await.json(200);
        assert_eq!(parted["conversation"]["contact"]["name"], "42", "how the channel calls him");
        owner.put(&format!("/api/v1/conversations/{conversation}/block"), json!({})).await.json(200);
        owner.delete(&contact_path(&conversation)).await.refused(409, "contact_blocked");
        owner.put(&contact_path(&conversation), bind(&known)).await.refused(409, "contact_blocked");
    })
    .await;
}

/// R127
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_still_reached_elsewhere_stays() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let here = scene.write(&mut visitor, "Halo").await;
        let customer = json!({ "external_id": "42" });
        let elsewhere = scene.order(customer.clone(), "Halo").await;
        let him = scene.contact_of(&here).await;
        let mut owner = scene.owner.clone();
        owner.put(&contact_path(&elsewhere), json!({ "contact_id": him })).await.json(200);
        owner.put(&format!("/api/v1/conversations/{elsewhere}/deletion"), json!({})).await.json(200);
        let other = scene.create(json!({ "first_name": "Nadia" })).await;
        owner.put(&contact_path(&here), json!({ "contact_id": other })).await.json(200);
        // Nothing is said with him any more, and the other system still knows him.
        let again = scene.order(customer, "Again").await;
        assert_eq!(scene.contact_of(&again).await, him);
    })
    .await;
}
