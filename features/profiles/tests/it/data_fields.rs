//! Which data of pages are shown.

use crate::scene::on_both;
use ids::{DataFieldId, Uuid};
use serde_json::json;

/// R272, R273
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_says_what_is_shown_of_what_pages_tell() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let at = |number: u128| format!("/api/v1/data-fields/{}", DataFieldId(Uuid::from_u128(number)));
        let basket = json!({ "name": "basket", "label": "Basket", "kind": "money", "shown": true });
        let made = owner.put(&at(1), &basket).await.json(200);
        assert_eq!((&made["label"], &made["kind"], &made["shown"]), (&json!("Basket"), &json!("money"), &json!(true)));
        assert_eq!(owner.put(&at(1), &basket).await.json(200), made);
        let unlabelled = owner.put(&at(2), json!({ "name": "plan", "kind": "text", "shown": false })).await.json(200);
        assert_eq!(unlabelled["label"], "plan");
        owner.put(&at(3), &basket).await.refused(409, "data_field_taken");
        let capital = json!({ "name": "Basket", "kind": "text", "shown": true });
        owner.put(&at(3), capital).await.json(200);
        for (name, label) in [("", "x"), (&*"x".repeat(41), ""), ("x", &*"x".repeat(61))] {
            let body = json!({ "name": name, "label": label, "kind": "text", "shown": true });
            owner.put(&at(4), body).await.refused(422, "data_field_invalid");
        }
        let mut agent = scene.member("budi", "agent", true).await;
        agent.put(&at(1), &basket).await.refused(403, "forbidden");
        agent.delete(&at(1)).await.refused(403, "forbidden");
        let listed = agent.get("/api/v1/data-fields").await.json(200);
        assert_eq!(listed["items"][0], made);
        owner.delete(&at(1)).await.json(204);
        owner.delete(&at(1)).await.json(204);
        let listed = agent.get("/api/v1/data-fields").await.json(200);
        assert_eq!(listed["items"][0]["name"], "plan");
    })
    .await;
}
