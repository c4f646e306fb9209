//! How a contact came first.

use crate::scene::{Scene, on_both, path, text};
use serde_json::{Value, json};
use testkit::Client;

async fn write(scene: &Scene, visitor: &mut Client, url: &str, referrer: &str) -> String {
    scene.test.advance(1_000);
    let trail = json!({ "source": referrer, "pages": [{ "url": url, "ago_ms": 0 }] });
    let body = json!({ "id": scene.entry(), "text": "Halo", "file_ids": [], "trail": trail });
    text(&visitor.post("/w/api/v1/messages", body).await.json(201)["conversation_id"])
}

/// R097, C27
#[tokio::test(flavor = "multi_thread")]
async fn the_first_source_stays_with_the_contact() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let shop = "https://shop.test/";
        let conversation = write(&scene, &mut visitor, &format!("{shop}?utm_source=poster&utm_medium=qr"), "").await;
        let contact = path(&scene.contact_of(&conversation).await);
        let mut agent = scene.member("budi", "agent", true).await;
        let first = agent.get(&contact).await.json(200)["source"].clone();
        assert_eq!(
            (&first["kind"], &first["name"], &first["utm"]),
            (&json!("campaign"), &json!("poster"), &json!({ "source": "poster", "medium": "qr" }))
        );
        let closure = format!("/api/v1/conversations/{conversation}/closure");
        scene.owner.clone().put(&closure, json!({ "reason": "solved" })).await.json(200);
        write(&scene, &mut visitor, shop, "https://www.google.com/").await;
        assert_eq!(scene.conversation(&conversation).await["visit"]["came_by"]["kind"], "search");
        assert_eq!(agent.get(&contact).await.json(200)["source"], first, "the first one stays");

        let silent = scene.write(&mut scene.visitor().await, "Halo").await;
        let unknown = path(&scene.contact_of(&silent).await);
        assert_eq!(agent.get(&unknown).await.json(200)["source"], Value::Null);
    })
    .await;
}
