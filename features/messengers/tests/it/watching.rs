//! Whether an account still tells everything, hour by hour.

use crate::{
    graph::{Graph, PAGE},
    page::{BUDI, on_both, says, tells},
    scene::Scene,
};
use serde_json::{Value, json};
use testkit::START;

const HOUR_MS: i64 = 3_600_000;

async fn watch(scene: &Scene) {
    messengers::watch_all(&scene.test.app).await.expect("a look");
    scene.test.run_jobs().await;
}

async fn health(scene: &Scene) -> Value {
    scene.owner.clone().get(&scene.path("connection")).await.json(200)["account"].clone()
}

/// What the page said and heard, as the conversations interface tells it.
fn missed(graph: &Graph) {
    let message = |mid: &str, from: &str, to: &str, text: &str| {
        json!({ "id": mid, "created_time": "2025-11-20T14:00:00+0000", "from": { "id": from },
            "to": { "data": [{ "id": to }] }, "message": text })
    };
    graph.was_told(json!({ "data": [{ "updated_time": "2099-11-20T13:00:00+0000", "messages": { "data": [
        message("m_3", PAGE, BUDI, "Dari ponsel"), message("m_2", BUDI, PAGE, "Masih di sana?"),
        message("m_1", BUDI, PAGE, "Halo")] } }] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stopped_is_begun_again_and_what_was_missed_is_fetched() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, "m_1", "Halo").await;
        watch(&scene).await;
        assert!(graph.said().is_empty(), "all is well");
        let account = health(&scene).await;
        assert_eq!((&account["watched_at"], &account["unheard_at"]), (&json!(START), &json!(null)));
        graph.forgets_us();
        missed(&graph);
        scene.test.advance(HOUR_MS - 1);
        watch(&scene).await;
        assert!(!graph.tells(), "not before an hour is over");
        scene.test.advance(1);
        watch(&scene).await;
        assert!(graph.tells(), "subscribed again");
        assert_eq!(health(&scene).await["unheard_at"], json!(null));
        let said = graph.said();
        assert_eq!((said.len(), said[0].0.as_str()), (1, "conversations"));
        let texts = scene.texts(&conversation).await;
        assert_eq!(texts, ["Halo", "Masih di sana?", "Dari ponsel"], "in the order in which it was said");
        // The same again is the same.
        tells(&scene, 1, &json!({ "message": { "mid": "m_1", "text": "Halo" } })).await;
        assert_eq!(scene.texts(&conversation).await.len(), 3);

        // Nobody looked for hours: it is asked for all the same.
        scene.test.advance(3 * HOUR_MS);
        watch(&scene).await;
        assert_eq!(graph.said().len(), 1);
    })
    .await;
}

/// R196
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_mended_says_so() {
    on_both(async |scene, graph| {
        says(&scene, "m_1", "Halo").await;
        graph.forgets_us();
        graph.keeps_silent();
        watch(&scene).await;
        assert_eq!(health(&scene).await["unheard_at"], json!(START));
        scene.connect(json!({ "way": "webhook" })).await.refused(422, "channel_scope_missing");
    })
    .await;
}
