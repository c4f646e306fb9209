use crate::scene::{list, listen, make, of_inbox, on_both, path, personal, shortcuts, workspace};
use base::Role;
use ids::{QuickReplyUseId, Uuid};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a desk does with the events, in the smallest form: the newest of each counts.
fn apply(known: &mut BTreeMap<String, Value>, event: &Value) {
    let data = &event["data"];
    match event["kind"].as_str().expect("a kind") {
        "quick_reply.updated" => {
            let id = data["quick_reply"]["id"].as_str().expect("an id").to_owned();
            known.insert(id, json!({ "quick_reply": data["quick_reply"], "can": event["can"] }));
        }
        "quick_reply.gone" => {
            known.remove(data["quick_reply_id"].as_str().expect("an id"));
        }
        "quick_reply.used" => {
            if let Some(item) = known.get_mut(data["quick_reply_id"].as_str().expect("an id")) {
                item["quick_reply"]["uses"] = data["uses"].clone();
                item["quick_reply"]["last_used_at"] = data["last_used_at"].clone();
            }
        }
        _ => {}
    }
}

fn by_id(items: Vec<Value>) -> BTreeMap<String, Value> {
    items.into_iter().map(|item| (item["quick_reply"]["id"].as_str().expect("an id").to_owned(), item)).collect()
}

#[tokio::test]
async fn state_before_and_events_make_the_state_after_for_everybody() {
    on_both(async |scene| {
        let (inside_id, inside) = scene.member("Budi", Role::Agent).await;
        let (_, outside) = scene.member("Sari", Role::Agent).await;
        let (leads_id, leads) = scene.member("Rina", Role::Supervisor).await;
        let (_, reader) = scene.member("Tono", Role::Reader).await;
        let inbox = scene.inbox(&[inside_id, leads_id]).await;
        make(&scene.administrator, "before", workspace()).await;
        let clients = [&scene.administrator, &leads, &inside, &outside];
        let mut desks = Vec::new();
        for client in clients {
            let before = by_id(list(client).await);
            let gone = client.socket("/ws").await.expect("a socket").hello(None).await;
            desks.push((client, before, listen(client).await, gone[0]["position"].as_i64()));
        }
        let mut blind = listen(&reader).await;

        let own = make(&inside, "own", personal(inside_id)).await;
        let shared = make(&scene.administrator, "shared", workspace()).await;
        let boxed = make(&leads, "boxed", of_inbox(inbox)).await;
        let mut administrator = scene.administrator.clone();
        let body = json!({ "id": QuickReplyUseId(Uuid::from_u128(1)) });
        inside.clone().post(&format!("{}/uses", path(&shared)), &body).await;
        inside.clone().post(&format!("{}/uses", path(&own)), &body).await;
        inside.clone().patch(&path(&own), json!({ "title": "Changed" })).await.json(200);
        administrator.patch(&path(&boxed), json!({ "scope": workspace() })).await.json(200);
        administrator.patch(&path(&shared), json!({ "scope": of_inbox(inbox) })).await.json(200);
        let passing = make(&administrator, "passing", workspace()).await;
        administrator.delete(&path(&passing)).await;

        for (client, before, mut socket, position) in desks {
            let after = by_id(list(client).await);
            let mut live = before.clone();
            for event in socket.events().await {
                apply(&mut live, &event);
            }
            assert_eq!(live, after, "live");
            let mut resumed = before;
            for frame in client.socket("/ws").await.expect("a socket").hello(position).await {
                if frame["type"] == "event" {
                    apply(&mut resumed, &frame);
                }
            }
            assert_eq!(resumed, after, "resumed");
        }
        assert!(blind.events().await.is_empty(), "who may not answer hears nothing");
        assert_eq!(shortcuts(&outside).await, ["before", "boxed"]);
        assert_eq!(shortcuts(&inside).await, ["before", "boxed", "own", "shared"]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_changed_is_not_told() {
    on_both(async |scene| {
        let known = make(&scene.administrator, "ship", workspace()).await;
        let mut administrator = scene.administrator.clone();
        let mut socket = listen(&administrator).await;
        administrator.patch(&path(&known), json!({ "title": "Shipping" })).await.json(200);
        assert!(socket.events().await.is_empty());
    })
    .await;
}
