//! Notes about a contact, and his tags.

use crate::scene::{on_both, path};
use serde_json::{Value, json};

/// R091, C38
#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_its_authors_and_those_who_look_after_everybody_may_remove_it() {
    on_both(async |scene| {
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let contact = path(&scene.contact_of(&conversation).await);
        let (mut author, mut other) =
            (scene.member("budi", "agent", true).await, scene.member("sari", "supervisor", true).await);
        let mut reader = scene.member("tono", "reader", true).await;
        let note = format!("{contact}/notes/{}", scene.note());
        for _ in 0..2 {
            let made = author.put(&note, json!({ "text": " Drinks no milk " })).await.json(200);
            assert_eq!(made["items"].as_array().map(Vec::len), Some(1), "the same id is the same note");
            assert_eq!(
                (&made["items"][0]["text"], &made["items"][0]["by"]),
                (&json!("Drinks no milk"), &json!("budi"))
            );
            assert_eq!(made["items"][0]["edited_at"], Value::Null);
        }
        scene.test.advance(1_000);
        let changed = author.put(&note, json!({ "text": "Drinks oat milk" })).await.json(200);
        assert_eq!(changed["items"][0]["edited_at"].as_i64(), Some(scene.test.app.clock.now()));
        assert_eq!(other.get(&contact).await.json(200)["notes"], changed["items"]);
        other.put(&note, json!({ "text": "Tea" })).await.refused(403, "forbidden");
        other.delete(&note).await.refused(403, "forbidden");
        reader.put(&note, json!({ "text": "Tea" })).await.refused(403, "forbidden");
        for text in [" ", &"x".repeat(2_001)] {
            author.put(&note, json!({ "text": text })).await.refused(422, "contact_note_invalid");
        }
        let second = format!("{contact}/notes/{}", scene.note());
        let both = other.put(&second, json!({ "text": "Pays late" })).await.json(200);
        assert_eq!(both["items"][0]["text"], "Pays late", "the newest first");
        assert_eq!(scene.owner.clone().delete(&note).await.json(200)["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(other.delete(&second).await.json(200)["items"], json!([]));
        assert_eq!(other.delete(&second).await.json(200)["items"], json!([]), "twice is once");
    })
    .await;
}

/// R017, R089, C14
#[tokio::test(flavor = "multi_thread")]
async fn a_contact_has_tags_of_his_own() {
    on_both(async |scene| {
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let contact = path(&scene.contact_of(&conversation).await);
        let (vip, old) = (scene.tag("VIP").await, scene.tag("Old").await);
        let mut agent = scene.member("budi", "agent", true).await;
        for _ in 0..2 {
            let tagged = agent.put(&format!("{contact}/tags/{vip}"), json!({})).await.json(200);
            assert_eq!((&tagged["tag_ids"], &tagged["version"]), (&json!([vip]), &json!(1)));
        }
        assert_eq!(scene.conversation(&conversation).await["tag_ids"], json!([]), "the conversation has its own");
        scene.owner.clone().patch(&format!("/api/v1/tags/{old}"), json!({ "archived": true })).await.json(200);
        agent.put(&format!("{contact}/tags/{old}"), json!({})).await.refused(409, "tag_archived");
        let bare = agent.delete(&format!("{contact}/tags/{vip}")).await.json(200);
        assert_eq!(bare["tag_ids"], json!([]));
        let history = agent.get(&format!("{contact}/history")).await.json(200);
        let told: Vec<_> = history["items"].as_array().expect("items").iter().map(|one| &one["changes"][0]).collect();
        assert_eq!(
            told,
            [
                &json!({ "field": "tag", "before": "VIP", "after": null }),
                &json!({ "field": "tag", "before": null, "after": "VIP" })
            ]
        );
    })
    .await;
}
