//! Nobody finds what he may not see now.

use crate::scene::{found, on_both};

/// C21
#[tokio::test(flavor = "multi_thread")]
async fn search_finds_exactly_what_show_shows_for_each_role() {
    on_both(async |scene| {
        let mut ana = scene.member("ana", "agent", true).await;
        let mut budi = scene.member("budi", "agent", true).await;
        let mut conversations = Vec::new();
        for (name, taker) in [("mangga queue", None), ("mangga ana", Some(&mut ana)), ("mangga budi", Some(&mut budi))]
        {
            let id = scene.write(&mut scene.visitor().await, name).await;
            if let Some(taker) = taker {
                scene.answer(taker, &id, "jawab").await;
            }
            conversations.push((id, name));
        }
        scene.indexed().await;
        let mut seen = Vec::new();
        for (role, works) in [
            ("agent", true),
            ("agent", false),
            ("supervisor", true),
            ("supervisor", false),
            ("reader", true),
            ("reader", false),
            ("chat_administrator", false),
            ("administrator", false),
        ] {
            let name = format!("{}{works}", role.replace('_', ""));
            seen.push((name.clone(), scene.member(&name, role, works).await));
        }
        seen.extend([("ana".to_owned(), ana), ("budi".to_owned(), budi)]);
        for (name, mut member) in seen {
            let mut shown = Vec::new();
            for (id, text) in conversations.iter().rev() {
                let status = member.get(&format!("/api/v1/conversations/{id}")).await.status;
                let within = member.get(&format!("/api/v1/conversations/{id}/search?q=mangga")).await;
                assert_eq!(within.status, status, "{name}: {text}");
                if status == 200 {
                    shown.push(*text);
                }
            }
            assert_eq!(found(&mut member, "mangga").await, shown, "{name} on {:?}", scene.test.engine);
            if name == "agenttrue" {
                assert_eq!(shown, ["mangga queue"]);
            }
        }
        scene.test.client().get("/api/v1/search?q=mangga").await.refused(401, "unauthenticated");
    })
    .await;
}

/// R140, C17
#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_is_not_found_and_not_indexed_until_it_is_put_back() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let mut visitor = scene.visitor().await;
        let id = scene.write(&mut visitor, "mangga rahasia").await;
        scene.write(&mut scene.visitor().await, "mangga lain").await;
        scene.indexed().await;
        let deletion = format!("/api/v1/conversations/{id}/deletion");
        owner.put(&deletion, serde_json::json!({})).await.json(200);
        assert_eq!(found(&mut owner, "mangga").await, ["mangga lain"], "before the index follows");
        owner.get(&format!("/api/v1/conversations/{id}/search?q=mangga")).await.refused(404, "not_found");
        scene.indexed().await;
        assert_eq!(scene.documents(&id).await, 0);
        owner.delete(&deletion).await.json(200);
        scene.indexed().await;
        assert_eq!(found(&mut owner, "mangga").await, ["mangga lain", "mangga rahasia"]);
        assert_eq!(scene.documents(&id).await, 1);
    })
    .await;
}
