//! Pages of a thread: before, after and around an entry.

use crate::scene::{Scene, entry_id, on_both};
use ids::EntryId;
use testkit::Client;

async fn texts(client: &mut Client, conversation: &str, query: &str) -> Vec<String> {
    let page = client.get(&format!("/api/v1/conversations/{conversation}/entries?{query}")).await.json(200);
    let entries = page["entries"].as_array().expect("entries").clone();
    entries.iter().map(|entry| entry["text"].as_str().unwrap_or("-").to_owned()).collect()
}

// R034
#[tokio::test]
async fn a_page_is_around_an_entry_wherever_it_is() {
    on_both(async |scene: Scene| {
        let (mut ana, mut visitor, mut other) =
            (scene.agent("ana").await, scene.visitor().await, scene.visitor().await);
        let mut acks = Vec::new();
        for number in 0..9 {
            acks.push(visitor.write(&number.to_string()).await);
            scene.test.advance(60_000);
        }
        let elsewhere = other.write("elsewhere").await;
        let id = acks[0]["conversation_id"].as_str().expect("an id").to_owned();
        let around =
            |ack: &serde_json::Value, limit: u8| format!("around={}&limit={limit}", ack["id"].as_str().expect("an id"));
        assert_eq!(texts(&mut ana, &id, &around(&acks[4], 4)).await, ["3", "4", "5", "6"]);
        assert_eq!(texts(&mut ana, &id, &around(&acks[4], 5)).await, ["2", "3", "4", "5", "6"]);
        assert_eq!(texts(&mut ana, &id, &around(&acks[0], 4)).await, ["-", "0", "1", "2"], "where it begins");
        assert_eq!(texts(&mut ana, &id, &around(&acks[8], 4)).await, ["7", "8"], "where it ends");
        assert!(texts(&mut ana, &id, &around(&elsewhere, 4)).await.is_empty(), "of another conversation");
        let nowhere: EntryId = entry_id(1).parse().expect("an id");
        assert!(texts(&mut ana, &id, &format!("around={nowhere}")).await.is_empty());
    })
    .await;
}
