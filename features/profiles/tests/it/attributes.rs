//! What a workspace wants to know of its contacts.

use crate::scene::{on_both, path};
use ids::{AttributeId, Uuid};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_workspace_declares_what_it_wants_to_know() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let at = |number: u128| format!("/api/v1/contact-attributes/{}", AttributeId(Uuid::from_u128(number)));
        let level = json!({ "name": " Level ", "kind": "choice", "choices": ["Gold", "Silver"], "required": true });
        let made = owner.put(&at(1), &level).await.json(200);
        assert_eq!(
            (&made["name"], &made["required"], &made["read_only"], &made["archived"]),
            (&json!("Level"), &json!(true), &json!(false), &json!(false))
        );
        assert_eq!(owner.put(&at(1), &level).await.json(200), made);
        owner.put(&at(2), json!({ "name": "LEVEL", "kind": "text" })).await.refused(409, "attribute_name_taken");
        owner.put(&at(1), json!({ "name": "Level", "kind": "text" })).await.refused(409, "attribute_kind_fixed");
        for choices in [json!([]), json!(["a", "A"]), json!([" "])] {
            let body = json!({ "name": "X", "kind": "choice", "choices": choices });
            owner.put(&at(3), body).await.refused(422, "attribute_choices_invalid");
        }
        let body = json!({ "name": "X", "kind": "text", "choices": ["a"] });
        owner.put(&at(3), body).await.refused(422, "attribute_choices_invalid");
        owner.put(&at(3), json!({ "name": " ", "kind": "text" })).await.refused(422, "attribute_name_invalid");
        let mut agent = scene.member("budi", "agent", true).await;
        agent.put(&at(3), json!({ "name": "X", "kind": "text" })).await.refused(403, "forbidden");
        assert_eq!(agent.get("/api/v1/contact-attributes").await.json(200), json!({ "items": [made] }));
        let audit = owner.get("/api/v1/me").await.json(200);
        assert!(audit["rights"].as_array().expect("rights").contains(&json!("contact:view:all")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_of_its_kind_and_what_is_required_stays() {
    on_both(async |scene| {
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let contact = path(&scene.contact_of(&conversation).await);
        let born = scene.attribute(json!({ "name": "Born", "kind": "date" })).await;
        let level =
            scene.attribute(json!({ "name": "Level", "kind": "choice", "choices": ["Gold"], "required": true })).await;
        let number = scene.attribute(json!({ "name": "Customer no.", "read_only": true })).await;
        let mut agent = scene.member("budi", "agent", true).await;
        let write =
            |version: i64, id: &str, value: Option<&str>| json!({ "version": version, "attributes": { id: value } });
        let refused =
            agent.patch(&contact, write(0, &born, Some("soon"))).await.refused(422, "attribute_value_invalid");
        assert_eq!(refused["name"], "Born");
        agent.patch(&contact, write(0, &born, Some("1990-02-28"))).await.json(200);
        let both = agent.patch(&contact, write(0, &level, Some("Gold"))).await.json(200);
        assert_eq!(both["attributes"], json!({ born.as_str(): "1990-02-28", level.as_str(): "Gold" }));
        let gone = agent.patch(&contact, write(2, &level, None)).await.refused(422, "attribute_required");
        assert_eq!(gone["name"], "Level");
        agent.patch(&contact, write(2, &number, Some("7"))).await.refused(403, "attribute_read_only");
        let unknown = AttributeId(Uuid::from_u128(9)).to_string();
        agent.patch(&contact, write(2, &unknown, Some("7"))).await.refused(422, "attribute_unknown");
        assert_eq!(
            agent.patch(&contact, write(2, &born, None)).await.json(200)["attributes"],
            json!({ level: "Gold" })
        );

        let expires = testkit::START + 86_400_000;
        let token = json!({ "name": "CRM", "rights": ["conversation:view", "contact:edit"], "expires_at": expires });
        let token = scene.owner.clone().post("/api/v1/member-tokens", token).await.json(201);
        let mut program = scene.test.client().without_origin().with_bearer(token["token"].as_str().expect("a token"));
        let written = program.patch(&contact, write(3, &number, Some("7"))).await.json(200);
        assert_eq!(written["attributes"][&number], "7");
    })
    .await;
}
