//! Who sees a contact: whoever sees a conversation of his, and whoever may see all.

use crate::scene::{on_both, path, text};
use serde_json::json;

/// R008
#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_seen_as_long_as_one_of_his_conversations_is() {
    on_both(async |scene| {
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let contact = scene.contact_of(&conversation).await;
        let (mut holder, mut beside) =
            (scene.member("budi", "agent", true).await, scene.member("sari", "agent", true).await);
        let mut reader = scene.member("tono", "reader", true).await;
        let mut away = scene.member("rina", "supervisor", false).await;
        beside.get(&path(&contact)).await.json(200);
        let missing = away.get(&path(&contact.replace(&contact[4..12], "00000000"))).await.refused(404, "not_found");
        assert_eq!(away.get(&path(&contact)).await.refused(404, "not_found"), missing);

        scene.hand(&conversation, Some(&mut holder)).await;
        holder.get(&path(&contact)).await.json(200);
        beside.get(&path(&contact)).await.refused(404, "not_found");
        for (method, path) in [("history", "history"), ("conversations", "conversations")] {
            let path = format!("/api/v1/contacts/{contact}/{path}");
            beside.get(&path).await.refused(404, "not_found");
            assert!(holder.get(&path).await.json(200)["items"].is_array(), "{method}");
        }
        let edit = json!({ "version": 0, "fields": { "city": "Bogor" } });
        beside.patch(&path(&contact), edit.clone()).await.refused(404, "not_found");
        let seen = reader.get(&path(&contact)).await.json(200);
        assert_eq!(seen["can_edit"], false);
        reader.patch(&path(&contact), edit.clone()).await.refused(403, "forbidden");
        holder.patch(&path(&contact), edit).await.json(200);

        for who in [&mut holder, &mut beside, &mut reader, &mut away] {
            who.get("/api/v1/contacts").await.refused(403, "forbidden");
            who.post("/api/v1/contacts", json!({ "fields": { "city": "Bogor" } })).await.refused(403, "forbidden");
        }
        let alone = scene.create(json!({ "first_name": "Wati" })).await;
        holder.get(&path(&alone)).await.refused(404, "not_found");
        scene.owner.clone().get(&path(&alone)).await.json(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_a_contact_hears_of_a_change_and_nobody_else() {
    on_both(async |scene| {
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let contact = scene.contact_of(&conversation).await;
        let mut holder = scene.member("budi", "agent", true).await;
        let beside = scene.member("sari", "agent", true).await;
        scene.hand(&conversation, Some(&mut holder)).await;
        let (mut hears, mut silent) =
            (holder.socket("/ws").await.expect("a socket"), beside.socket("/ws").await.expect("a socket"));
        hears.hello(None).await;
        let position = silent.hello(None).await.last().expect("ready")["position"].as_i64();
        let edit = json!({ "version": 0, "fields": { "first_name": "Nadia" } });
        scene.owner.clone().patch(&path(&contact), edit).await.json(200);
        let told = hears.events().await;
        let kinds: Vec<_> = told.iter().map(|event| text(&event["kind"])).collect();
        assert_eq!(kinds, ["conversation.updated", "contact.updated"]);
        assert_eq!(told[0]["data"]["conversation"]["contact"]["name"], "Nadia");
        assert_eq!(told[1]["data"], json!({ "contact_id": contact, "version": 1 }), "it holds nothing of him");
        assert_eq!(silent.events().await, Vec::<serde_json::Value>::new());
        let mut missed = beside.socket("/ws").await.expect("a socket").hello(position).await;
        missed.retain(|frame| frame["type"] == "event");
        assert_eq!(missed, Vec::<serde_json::Value>::new());
    })
    .await;
}

/// C01
#[tokio::test(flavor = "multi_thread")]
async fn of_his_conversations_a_member_finds_those_that_he_may_see() {
    on_both(async |scene| {
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let path = format!("{}/conversations", path(&scene.contact_of(&conversation).await));
        let mut holder = scene.member("budi", "agent", true).await;
        scene.hand(&conversation, Some(&mut holder)).await;
        let found = holder.get(&path).await.json(200);
        assert_eq!(found["items"][0]["conversation"]["id"], conversation);
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    })
    .await;
}
