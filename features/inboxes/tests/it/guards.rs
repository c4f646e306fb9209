//! What holds for every route: who asks is proven, and a page of ours asks.

use crate::scene::{PATH, on_both, path, website};
use serde_json::json;

#[tokio::test]
async fn nobody_gets_in_without_a_sign_in() {
    on_both(async |scene| {
        let inbox = scene.inbox(&[]).await;
        let mut stranger = scene.test.client();
        stranger.get(PATH).await.refused(401, "unauthenticated");
        stranger.get(&path(&inbox)).await.refused(401, "unauthenticated");
        stranger.patch(&path(&inbox), json!({ "name": "Mine" })).await.refused(401, "unauthenticated");
        let body = json!({ "name": "Mine", "website": website() });
        stranger.post(PATH, body).await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn requests_of_other_sites_change_nothing() {
    on_both(async |scene| {
        let inbox = scene.inbox(&[]).await;
        let member = || scene.administrator.clone();
        for mut elsewhere in [member().with_origin("https://evil.example"), member().without_origin()] {
            elsewhere.patch(&path(&inbox), json!({ "name": "Mine" })).await.refused(403, "wrong_origin");
            let body = json!({ "name": "Mine", "website": website() });
            elsewhere.post(PATH, body).await.refused(403, "wrong_origin");
        }
        assert_eq!(member().get(PATH).await.json(200)["items"], json!([inbox]));
    })
    .await;
}
