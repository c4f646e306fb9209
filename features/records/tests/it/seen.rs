//! Who sees records, and what becomes of them with their contact.

use crate::scene::{on_both, state, text};
use serde_json::json;

/// C39
#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_seen_by_whoever_sees_its_contact_or_its_conversation() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let of = scene.orders().await;
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let other = scene.write(&mut scene.visitor().await, "Hi").await;
        let made = scene.create(&mut owner, &conversation, json!({ "type_id": of, "number": "KS-1" })).await;
        let path = format!("/api/v1/records/{}", text(&made["id"]));
        let (mut budi, mut sari) =
            (scene.member("budi", "agent", true).await, scene.member("sari", "agent", true).await);
        scene.hand(&conversation, &mut budi).await;
        scene.hand(&other, &mut sari).await;
        budi.get(&path).await.json(200);
        sari.get(&path).await.refused(404, "not_found");
        sari.patch(&path, json!({ "version": 1, "state_id": state(12) })).await.refused(404, "not_found");
        sari.get(&format!("{path}/history")).await.refused(404, "not_found");
        sari.put(&format!("{path}/conversations/{other}"), json!({})).await.refused(404, "not_found");
        assert_eq!(sari.get("/api/v1/records").await.json(200)["items"], json!([]));
        assert_eq!(budi.get("/api/v1/records").await.json(200)["items"].as_array().map(Vec::len), Some(1));
        let mut reader = scene.member("rini", "reader", true).await;
        reader.get(&path).await.json(200);
        reader.patch(&path, json!({ "version": 1, "state_id": state(12) })).await.refused(403, "forbidden");

        // By the conversation to which it belongs, and of others only what he sees.
        owner.put(&format!("{path}/conversations/{other}"), json!({})).await.json(200);
        let shown = sari.get(&path).await.json(200);
        assert_eq!(shown["conversations"].as_array().map(Vec::len), Some(1));
        assert_eq!(shown["conversations"][0]["conversation"]["id"], json!(other));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_listed_in_pages_by_type_state_and_number() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let of = scene.orders().await;
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        for number in ["KS-12", "KS-2", "ks-13", "AB-1", "KS-1"] {
            scene.create(&mut owner, &conversation, json!({ "type_id": of, "number": number })).await;
        }
        let mut listed = async |query: &str| {
            let (mut all, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = owner.get(&format!("/api/v1/records?limit=2{query}{cursor}")).await.json(200);
                let items = page["items"].as_array().expect("items").clone();
                all.extend(items.iter().map(|item| text(&item["record"]["number"])));
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => return all,
                }
            }
        };
        assert_eq!(listed("").await, ["KS-1", "AB-1", "ks-13", "KS-2", "KS-12"]);
        assert_eq!(listed(&format!("&type_id={of}")).await.len(), 5);
        assert_eq!(listed("&number=ks-1").await, ["KS-1", "KS-12", "ks-13"]);
        assert_eq!(listed(&format!("&state_id={}", state(12))).await.len(), 0);
        assert_eq!(listed(&format!("&number=KS&state_id={}", state(11))).await.len(), 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn records_go_with_their_contact() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let of = scene.orders().await;
        let first = scene.write(&mut scene.visitor().await, "Halo").await;
        let second = scene.write(&mut scene.visitor().await, "Hi").await;
        let made = scene.create(&mut owner, &first, json!({ "type_id": of })).await;
        let path = format!("/api/v1/records/{}", text(&made["id"]));
        let (kept, gone) = (scene.contact_of(&second).await, scene.contact_of(&first).await);
        let body = json!({ "version": 0, "other_version": 0 });
        owner.put(&format!("/api/v1/contacts/{kept}/merges/{gone}"), body).await.json(200);
        let beside = owner.get(&format!("/api/v1/conversations/{second}/records")).await.json(200);
        assert_eq!((&beside["items"][0]["record"]["id"], &beside["items"][0]["bound"]), (&made["id"], &json!(false)));
        assert_eq!(owner.get(&path).await.json(200)["contact"]["id"], json!(kept));
        assert_eq!(owner.put(&format!("/api/v1/contacts/{kept}/erasure"), json!({})).await.status.as_u16(), 204);
        owner.get(&path).await.refused(404, "not_found");
        scene.test.run_jobs().await;
    })
    .await;
}
