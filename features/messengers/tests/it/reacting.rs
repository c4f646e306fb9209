//! Signs at messages, both ways.

use crate::scene::{Scene, on_both};
use serde_json::{Value, json};
use testkit::{Answer, START};

fn reaction(scene: &Scene, message: i64, at_s: i64, emoji: &[&str]) -> Value {
    let signs: Vec<_> = emoji.iter().map(|emoji| json!({ "type": "emoji", "emoji": emoji })).collect();
    scene.update(
        "message_reaction",
        &json!({ "chat": { "id": 42, "type": "private" }, "message_id": message, "user": { "id": 42, "first_name": "Budi" },
            "date": START / 1_000 + at_s, "old_reaction": [], "new_reaction": signs }),
    )
}

async fn react(scene: &Scene, conversation: &str, entry: &str, emoji: Value) -> Answer {
    let path = format!("/api/v1/conversations/{conversation}/entries/{entry}/reaction");
    scene.owner.clone().put(&path, json!({ "emoji": emoji })).await
}

/// R291
#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_stands_at_the_message_that_it_is_about() {
    on_both(async |scene| {
        // It comes before its message, and waits for it.
        scene.push(&reaction(&scene, 7, 1, &["👍"])).await.json(200);
        scene.test.run_jobs().await;
        let conversation = scene.says(7, "Halo").await;
        scene.run_for(6).await;
        let signs = async || {
            let reactions = scene.messages(&conversation).await[0]["reactions"].clone();
            reactions
                .as_array()
                .expect("a list")
                .iter()
                .map(|one| (one["by"]["kind"].clone(), one["emoji"].clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(signs().await, [(json!("contact"), json!(["👍"]))]);
        let before = scene.thread(&conversation).await["item"]["conversation"].clone();
        // Another one, and one that is older than it.
        for (at, sign) in [(9, vec!["❤", "🔥"]), (5, vec!["👎"])] {
            scene.push(&reaction(&scene, 7, at, &sign)).await.json(200);
            scene.test.run_jobs().await;
        }
        assert_eq!(signs().await, [(json!("contact"), json!(["❤", "🔥"]))]);
        scene.push(&reaction(&scene, 7, 10, &[])).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(signs().await, [(json!("contact"), json!([]))], "taken back");
        scene.push(&reaction(&scene, 7, 8, &["👎"])).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(signs().await, [(json!("contact"), json!([]))]);
        let after = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!(
            (&after["inbound_count"], &after["waiting_since"]),
            (&before["inbound_count"], &before["waiting_since"])
        );

        // Of a message that never comes nothing is left.
        scene.push(&reaction(&scene, 99, 1, &["👍"])).await.json(200);
        for wait in [0, 5_000, 30_000, 120_000, 300_000] {
            scene.test.advance(wait);
            scene.test.run_jobs().await;
        }
        let failed = scene.owner.clone().get(&scene.path("failed-updates")).await.json(200);
        assert_eq!(failed["items"], json!([]));
    })
    .await;
}

/// R132
#[tokio::test(flavor = "multi_thread")]
async fn the_team_reacts_where_the_channel_can() {
    on_both(async |scene| {
        let conversation = scene.says(7, "Halo").await;
        scene.telegram.said();
        let entry = scene.messages(&conversation).await[0]["id"].as_str().expect("an id").to_owned();
        let reacted = react(&scene, &conversation, &entry, json!("👍")).await.json(200);
        assert_eq!(reacted["reactions"][0]["by"]["name"], json!("Ayu"));
        // The same again tells nobody anything.
        react(&scene, &conversation, &entry, json!("👍")).await.json(200);
        scene.run_for(1).await;
        let said = scene.telegram.said();
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(
            (said[0].method.as_str(), &said[0].said["reaction"]),
            ("setMessageReaction", &json!([{ "type": "emoji", "emoji": "👍" }]))
        );
        react(&scene, &conversation, &entry, json!(null)).await.json(200);
        scene.run_for(1).await;
        assert_eq!(scene.telegram.said()[0].said["reaction"], json!([]));
        react(&scene, &conversation, &entry, json!("🦆")).await.refused(422, "reaction_invalid");
        let answer = scene.answer(&conversation, "Ya").await;
        react(&scene, &conversation, &answer, json!("👍")).await.refused(403, "forbidden");

        // What the channel does not take is gone.
        scene.run_for(1).await;
        let refusal = json!({ "ok": false, "error_code": 400, "description": "Bad Request: REACTION_INVALID" });
        scene.telegram.answers(400, &refusal);
        react(&scene, &conversation, &entry, json!("👍")).await.json(200);
        scene.run_for(1).await;
        assert_eq!(scene.entry(&conversation, &entry).await["reactions"], json!([]));
    })
    .await;
}
