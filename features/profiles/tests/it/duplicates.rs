//! Who is perhaps the same person, and what became of contacts.

use crate::{
    merge::{merge, merge_path},
    scene::{on_both, path, text},
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn who_is_perhaps_the_same_is_proposed_until_somebody_says_he_is_not() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let nadia = scene
            .create(json!({ "first_name": "Nadia", "last_name": "Lestari", "email": "Nadia@Shop.id", "phone": "0812 3456 7890" }))
            .await;
        let customer = json!({ "external_id": "42", "name": "n77", "email": "nadia@shop.id", "phone": "+62 812-3456-7890" });
        let by_both = scene.contact_of(&scene.order(customer, "Halo").await).await;
        let by_name = scene.create(json!({ "display_name": "NADIA Léstari" })).await;
        scene.create(json!({ "first_name": "Nadia", "email": "other@shop.id", "phone": "0812 3456 7891" })).await;
        let proposed = async |id: &str| -> Vec<(String, Value)> {
            let found = scene.owner.clone().get(&format!("{}/duplicates", path(id))).await.json(200);
            let items = found["items"].as_array().expect("items").clone();
            items.into_iter().map(|one| (text(&one["contact"]["id"]), one["same"].clone())).collect()
        };
        let both = (by_both.clone(), json!(["email", "phone"]));
        assert_eq!(proposed(&nadia).await, [both.clone(), (by_name.clone(), json!(["name"]))]);
        assert_eq!(proposed(&by_both).await, [(nadia.clone(), json!(["email", "phone"]))]);

        let apart = format!("{}/strangers/{by_name}", path(&nadia));
        owner.put(&apart, json!({})).await.json(204);
        owner.put(&apart, json!({})).await.json(204);
        assert_eq!(proposed(&nadia).await, std::slice::from_ref(&both));
        assert!(proposed(&by_name).await.is_empty(), "from either side");
        owner.delete(&apart).await.json(204);
        assert_eq!(proposed(&nadia).await.len(), 2);
        merge(&scene, &nadia, &by_name, json!([])).await;
        assert_eq!(proposed(&by_name).await, [both], "who is one is not proposed");

        // Whom he does not see, nobody is told of.
        let here = scene.write(&mut scene.visitor().await, "Halo").await;
        let seen = scene.contact_of(&here).await;
        let mut agent = scene.member("budi", "agent", true).await;
        agent.patch(&path(&seen), json!({ "version": 0, "fields": { "email": "other@shop.id" } })).await.json(200);
        let none = agent.get(&format!("{}/duplicates", path(&seen))).await.json(200);
        assert_eq!(none["items"], json!([]));
        assert_eq!(proposed(&seen).await.len(), 1);
        agent.put(&format!("{}/strangers/{by_name}", path(&seen)), json!({})).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_names_what_became_of_contacts_and_nobody_who_is_gone() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let here = scene.write(&mut scene.visitor().await, "Halo").await;
        let came = scene.contact_of(&here).await;
        let order = scene.order(json!({ "external_id": "42", "name": "Dewi" }), "Halo").await;
        let ordered = scene.contact_of(&order).await;
        scene.test.advance(1_000);
        let made = scene.create(json!({ "display_name": "=Nadia" })).await;
        scene.test.advance(1_000);
        merge(&scene, &made, &came, json!([])).await;
        scene.test.advance(1_000);
        owner.delete(&merge_path(&made, &came)).await.json(200);
        scene.test.advance(1_000);
        owner.put(&format!("{}/erasure", path(&ordered)), json!({})).await.json(204);
        while scene.test.run_jobs().await > 0 {}

        let page = owner.get("/api/v1/contact-records?limit=4").await.json(200);
        assert_eq!(page["counts"], json!({ "added": 3, "merged": 1, "parted": 1, "erased": 1 }));
        let line = |item: &Value| {
            let record = &item["record"];
            (text(&record["kind"]), text(&record["contact_id"]), text(&record["source"]), record["by"].clone())
        };
        let items = page["items"].as_array().expect("items").clone();
        let by = |kind: &str, id: &str| (kind.to_owned(), id.to_owned(), "member".to_owned(), json!("owner"));
        assert_eq!(
            items.iter().map(line).collect::<Vec<_>>(),
            [by("erased", &ordered), by("parted", &came), by("merged", &came), by("added", &made)]
        );
        assert_eq!((&items[0]["contact"], &items[1]["record"]["other_id"]), (&Value::Null, &json!(made)));
        assert_eq!(items[3]["contact"]["name"], "=Nadia");
        let next = format!("/api/v1/contact-records?cursor={}", text(&page["next_cursor"]));
        let rest = owner.get(&next).await.json(200);
        assert_eq!((&rest["counts"], &rest["next_cursor"]), (&Value::Null, &Value::Null));
        let last = &rest["items"][1];
        let channel = ("added".to_owned(), came.clone(), "channel".to_owned(), Value::Null);
        assert_eq!((line(last), &last["record"]["inbox_id"]), (channel, &json!(scene.inbox)));

        let some = owner.get("/api/v1/contact-records?kind=merged").await.json(200);
        assert_eq!(some["items"].as_array().map(Vec::len), Some(1));
        let none = owner.get("/api/v1/contact-records?until=5").await.json(200);
        assert_eq!((&none["items"], &none["counts"]["added"]), (&json!([]), &json!(0)));
        let table = owner.get("/api/v1/contact-records.csv?zone=Asia/Jakarta").await;
        let table = String::from_utf8_lossy(&table.body).into_owned();
        assert!(table.contains("'=Nadia") && table.contains(&ordered) && !table.contains("Dewi"), "{table}");
        let mut agent = scene.member("budi", "agent", true).await;
        for address in ["/api/v1/contact-records", "/api/v1/contact-records.csv"] {
            agent.get(address).await.refused(403, "forbidden");
        }
    })
    .await;
}
