//! What holds for every route: who asks is proven, a page of ours asks, and who may not answer has none of it.

use crate::scene::{PATH, body, make, on_both, path, personal, workspace};
use base::Role;
use serde_json::json;

#[tokio::test]
async fn nobody_gets_in_without_a_sign_in() {
    on_both(async |scene| {
        let known = make(&scene.administrator, "ship", workspace()).await;
        let mut stranger = scene.test.client();
        stranger.get(PATH).await.refused(401, "unauthenticated");
        stranger.get(&format!("{PATH}/export")).await.refused(401, "unauthenticated");
        stranger.post(PATH, body("other", workspace())).await.refused(401, "unauthenticated");
        stranger.patch(&path(&known), json!({ "title": "Mine" })).await.refused(401, "unauthenticated");
        stranger.delete(&path(&known)).await.refused(401, "unauthenticated");
        let import = stranger.upload(&format!("{PATH}/import"), "text/csv", "shortcut,text\na,b").await;
        import.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn requests_of_other_sites_change_nothing() {
    on_both(async |scene| {
        let known = make(&scene.administrator, "ship", workspace()).await;
        let mut elsewhere = scene.administrator.clone().with_origin("https://evil.example");
        elsewhere.post(PATH, body("other", workspace())).await.refused(403, "wrong_origin");
        elsewhere.delete(&path(&known)).await.refused(403, "wrong_origin");
        let import = elsewhere.upload(&format!("{PATH}/import"), "text/csv", "shortcut,text\na,b").await;
        import.refused(403, "wrong_origin");
    })
    .await;
}

#[tokio::test]
async fn a_reader_answers_nobody_and_has_none() {
    on_both(async |scene| {
        let (reader_id, mut reader) = scene.member("Tono", Role::Reader).await;
        let known = make(&scene.administrator, "ship", workspace()).await;
        reader.get(PATH).await.refused(403, "forbidden");
        reader.get(&format!("{PATH}/export")).await.refused(403, "forbidden");
        reader.post(PATH, body("own", personal(reader_id))).await.refused(403, "forbidden");
        reader.patch(&path(&known), json!({ "title": "Mine" })).await.refused(404, "not_found");
    })
    .await;
}
