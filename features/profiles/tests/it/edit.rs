//! Writing what is known of a contact, and what channels tell of him.

use crate::scene::{on_both, path};
use serde_json::{Value, json};

/// R009, R088, C24
#[tokio::test(flavor = "multi_thread")]
async fn what_the_team_wrote_stands_whatever_a_channel_tells() {
    on_both(async |scene| {
        let customer = |name: &str, email: &str| json!({ "external_id": "42", "name": name, "email": email });
        let conversation = scene.order(customer("nadia_77", "n@mail.id"), "Halo").await;
        let contact = scene.contact_of(&conversation).await;
        let mut agent = scene.member("budi", "agent", true).await;
        let shown = agent.get(&path(&contact)).await.json(200);
        assert_eq!((&shown["contact"]["name"], &shown["version"]), (&json!("nadia_77"), &json!(0)));
        assert_eq!(shown["identities"][0]["external_id"], "42");
        assert_eq!(shown["identities"][0]["channel"], "api");
        assert_eq!((&shown["fields"], &shown["can_edit"]), (&json!({}), &json!(true)));

        let fields = json!({
            "first_name": "Nadia", "last_name": "Lestari", "phone": "+62 812 3456", "country": "id", "city": "Bandung",
            "address": "Jl. Braga 1", "language": "id", "company": "Kopi Senja", "email": "nadia@kopi.id",
        });
        let edited = agent.patch(&path(&contact), json!({ "version": 0, "fields": fields })).await.json(200);
        assert_eq!((&edited["contact"]["name"], &edited["version"]), (&json!("Nadia Lestari"), &json!(1)));
        assert_eq!(edited["fields"]["country"], "ID");
        let row = scene.conversation(&conversation).await;
        assert_eq!(row["contact"], edited["contact"], "the row says it at once");

        scene.order(customer("nadia.lestari", "new@mail.id"), "Halo?").await;
        let kept = agent.get(&path(&contact)).await.json(200);
        assert_eq!(kept["contact"], edited["contact"], "the channel overwrites nothing");
        assert_eq!(kept["told"], json!({ "name": "nadia.lestari", "email": "new@mail.id", "phone": null }));
        assert_eq!(scene.conversation(&conversation).await["contact"], edited["contact"]);

        let named = json!({ "version": 1, "fields": { "display_name": "Bu Nadia", "email": " " } });
        let named = agent.patch(&path(&contact), named).await.json(200);
        assert_eq!(named["contact"]["name"], "Bu Nadia");
        assert_eq!(named["contact"]["email"], "new@mail.id", "without the team's word the channel's is shown");
        let row = scene.conversation(&conversation).await;
        assert_eq!((&row["contact"], row["last_position"].as_i64()), (&named["contact"], Some(3)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_somebody_else_changed_meanwhile_is_not_overwritten() {
    on_both(async |scene| {
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let contact = path(&scene.contact_of(&conversation).await);
        let (mut one, mut other) =
            (scene.member("budi", "agent", true).await, scene.member("sari", "supervisor", true).await);
        one.patch(&contact, json!({ "version": 0, "fields": { "email": "a@b.id" } })).await.json(200);
        let body = json!({ "version": 0, "fields": { "email": "c@d.id", "city": "Bogor" } });
        let refused = other.patch(&contact, body).await.refused(409, "contact_changed");
        assert_eq!(
            (&refused["by"], &refused["field"], &refused["value"]),
            (&json!("budi"), &json!("email"), &json!("a@b.id"))
        );
        let kept = other.get(&contact).await.json(200);
        assert_eq!((&kept["fields"], &kept["version"]), (&json!({ "email": "a@b.id" }), &json!(1)), "nothing of it");

        let beside = other.patch(&contact, json!({ "version": 0, "fields": { "city": "Bogor" } })).await.json(200);
        assert_eq!(
            (&beside["fields"]["city"], &beside["version"]),
            (&json!("Bogor"), &json!(2)),
            "what nobody touched"
        );
        let same = json!({ "version": 0, "fields": { "email": "a@b.id" } });
        assert_eq!(other.patch(&contact, same).await.json(200)["version"], 2, "the same is no change");
        let seen = other.patch(&contact, json!({ "version": 2, "fields": { "email": "c@d.id" } })).await.json(200);
        assert_eq!(seen["fields"]["email"], "c@d.id");

        for (field, value) in [("email", "nobody"), ("phone", "12"), ("country", "Java"), ("language", "?")] {
            let body = json!({ "version": 3, "fields": { field: value } });
            let refused = other.patch(&contact, body).await.refused(422, "contact_field_invalid");
            assert_eq!(refused["field"], field);
        }
        other.patch(&contact, json!({ "version": 3, "fields": { "age": "7" } })).await.refused(400, "invalid_body");

        let history = one.get(&format!("{contact}/history?limit=2")).await.json(200);
        let line = |item: &Value| (item["by"].clone(), item["changes"].clone());
        assert_eq!(
            line(&history["items"][0]),
            (json!("sari"), json!([{ "field": "email", "before": "a@b.id", "after": "c@d.id" }]))
        );
        let next = format!("{contact}/history?cursor={}", history["next_cursor"].as_str().expect("a next page"));
        let rest = one.get(&next).await.json(200);
        assert_eq!(
            line(&rest["items"][0]),
            (json!("budi"), json!([{ "field": "email", "before": null, "after": "a@b.id" }]))
        );
        assert_eq!((rest["items"].as_array().map(Vec::len), &rest["next_cursor"]), (Some(1), &Value::Null));
    })
    .await;
}
