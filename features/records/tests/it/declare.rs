//! What a workspace keeps records of.

use crate::scene::{on_both, orders, state, text, type_path};
use ids::{AttributeId, Uuid};
use serde_json::{Value, json};

fn field(number: u128, name: &str, kind: &str) -> Value {
    json!({
        "id": AttributeId(Uuid::from_u128(number)), "name": name, "kind": kind, "choices": [], "required": false,
        "read_only": false, "archived": false,
    })
}

fn with(changes: Value) -> Value {
    let mut body = orders();
    for (name, value) in changes.as_object().expect("fields") {
        body[name] = value.clone();
    }
    body
}

/// R237, R238, C39
#[tokio::test(flavor = "multi_thread")]
async fn the_workspace_declares_what_it_keeps_records_of() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let total = field(1, "Total", "money");
        let shop = "https://shop.test/orders/{number}?total={Total}";
        let made = owner.put(&type_path(1), with(json!({ "fields": [total], "url": shop }))).await.json(200);
        assert_eq!((&made["name"], &made["url"]), (&json!("Order"), &json!(shop)));
        assert_eq!(owner.put(&type_path(1), with(json!({ "fields": [total], "url": shop }))).await.json(200), made);
        owner.put(&type_path(2), with(json!({ "name": "ORDER" }))).await.refused(409, "record_type_name_taken");
        let kind = with(json!({ "fields": [field(1, "Total", "text")] }));
        owner.put(&type_path(1), kind).await.refused(409, "attribute_kind_fixed");
        for url in [
            "http://shop.test/",
            "https://{number}.test/",
            "https://shop.test/{Nobody}",
            "https://shop.test/{number",
            "https://a@b/",
        ] {
            owner
                .put(&type_path(1), with(json!({ "fields": [total], "url": url })))
                .await
                .refused(422, "record_type_url_invalid");
        }
        owner.put(&type_path(1), with(json!({ "states": [] }))).await.refused(422, "record_type_states_invalid");
        let twice = json!([field(1, "Total", "money"), field(2, "total", "text")]);
        owner.put(&type_path(1), with(json!({ "fields": twice }))).await.refused(422, "record_type_fields_invalid");
        let without = owner.put(&type_path(1), orders()).await.json(200);
        assert_eq!(
            (&without["fields"][0]["archived"], &without["url"]),
            (&json!(true), &Value::Null),
            "what was written stays"
        );
        let mut agent = scene.member("budi", "agent", true).await;
        agent.put(&type_path(3), orders()).await.refused(403, "forbidden");
        assert_eq!(agent.get("/api/v1/record-types").await.json(200), json!({ "items": [without] }));
        let audit = owner.get("/api/v1/audit").await.json(200);
        let told = audit["lines"].as_array().expect("lines").iter().filter(|line| line["area"] == "record_type");
        assert_eq!(told.map(|line| text(&line["action"])).collect::<Vec<_>>(), ["changed", "created"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_in_which_a_record_is_does_not_go() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let of = scene.orders().await;
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        scene.create(&mut owner, &conversation, json!({ "type_id": of })).await;
        let fewer = json!({ "states": [{ "id": state(12), "name": "Sent", "done": false }] });
        let refused = owner.put(&type_path(1), with(fewer)).await.refused(409, "record_state_used");
        assert_eq!(refused["name"], "Open");
        let kept = json!({ "states": [{ "id": state(11), "name": "New", "done": false }] });
        owner.put(&type_path(1), with(kept)).await.json(200);
    })
    .await;
}
