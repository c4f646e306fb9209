use crate::scene::{list, make, on_both, path, personal, workspace};
use base::Role;
use ids::{QuickReplyUseId, Uuid};
use serde_json::json;
use testkit::Client;

async fn count(client: &Client, address: &str, number: u128) {
    let body = json!({ "id": QuickReplyUseId(Uuid::from_u128(number)) });
    assert_eq!(client.clone().post(&format!("{address}/uses"), body).await.status, 204);
}

#[tokio::test]
async fn uses_of_everybody_count_and_a_repeat_counts_once() {
    on_both(async |scene| {
        let (_, agent) = scene.member("Budi", Role::Agent).await;
        let known = make(&scene.administrator, "ship", workspace()).await;
        count(&scene.administrator, &path(&known), 1).await;
        scene.test.advance(5);
        count(&agent, &path(&known), 2).await;
        let used_at = scene.test.app.clock.now();
        scene.test.advance(5);
        count(&agent, &path(&known), 2).await;
        let counted = &list(&agent).await[0]["quick_reply"];
        assert_eq!((&counted["uses"], &counted["last_used_at"]), (&json!(2), &json!(used_at)));
    })
    .await;
}

#[tokio::test]
async fn ten_at_once_with_one_id_are_one_use() {
    on_both(async |scene| {
        let known = make(&scene.administrator, "ship", personal(scene.administrator_id)).await;
        let tries = (0..10).map(|_| {
            let (client, address) = (scene.administrator.clone(), path(&known));
            tokio::spawn(async move { count(&client, &address, 7).await })
        });
        for attempt in tries.collect::<Vec<_>>() {
            attempt.await.expect("an answer");
        }
        assert_eq!(list(&scene.administrator).await[0]["quick_reply"]["uses"], 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_repeated_any_more_is_forgotten() {
    on_both(async |scene| {
        let known = make(&scene.administrator, "ship", workspace()).await;
        count(&scene.administrator, &path(&known), 1).await;
        scene.test.advance(25 * 3_600_000);
        count(&scene.administrator, &path(&known), 2).await;
        count(&scene.administrator, &path(&known), 1).await;
        assert_eq!(list(&scene.administrator).await[0]["quick_reply"]["uses"], 3);
    })
    .await;
}
