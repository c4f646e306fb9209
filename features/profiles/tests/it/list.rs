//! The table of contacts.

use crate::scene::{Scene, on_both, path};
use serde_json::{Value, json};
use testkit::Client;

fn escaped(query: &str) -> String {
    query.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The names on all pages.
async fn found(client: &mut Client, query: &str) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/api/v1/contacts?limit=2&{query}{cursor}")).await.json(200);
        let items = page["items"].as_array().expect("items");
        names.extend(items.iter().map(|item| item["contact"]["name"].as_str().unwrap_or("-").to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={}", escaped(next)),
            None => return names,
        }
    }
}

async fn search(scene: &Scene, words: &str) -> Vec<String> {
    found(&mut scene.owner.clone(), &format!("q={}", escaped(words))).await
}

async fn people(scene: &Scene) -> [String; 4] {
    let dewi =
        json!({ "first_name": "Déwi", "last_name": "Ayu", "email": "dewi@kopi.id", "phone": "+62 812 3456 7890" });
    let budi = json!({ "display_name": "Budi Ayu", "email": "budi@kopi.id" });
    [
        scene.create(dewi).await,
        scene.create(budi).await,
        scene.create(json!({ "first_name": "Østen", "phone": "0812 9999", "company": "Senja" })).await,
        scene.create(json!({ "city": "Bogor" })).await,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_are_found_by_beginnings_without_accents_and_case() {
    on_both(async |scene| {
        let [dewi, ..] = people(&scene).await;
        for (words, names) in [
            ("dewi", vec!["Déwi Ayu"]),
            ("DÉW ay", vec!["Déwi Ayu"]),
            ("ayu", vec!["Budi Ayu", "Déwi Ayu"]),
            ("kopi", vec!["Budi Ayu", "Déwi Ayu"]),
            ("dewi@kopi.id", vec!["Déwi Ayu"]),
            ("dewi@", vec!["Déwi Ayu"]),
            ("3456 7890", vec!["Déwi Ayu"]),
            ("+62 812-3456", vec!["Déwi Ayu"]),
            ("0812", vec!["Déwi Ayu", "Østen"]),
            ("osten", vec!["Østen"]),
            ("senja", vec!["Østen"]),
            ("wi", vec![]),
            ("0000", vec![]),
            ("!!!", vec![]),
            ("dewi budi", vec![]),
        ] {
            let mut found = search(&scene, words).await;
            found.sort();
            assert_eq!(found, names, "{words}");
        }
        let mut owner = scene.owner.clone();
        let edit = json!({ "version": 1, "fields": { "first_name": "Sari", "email": null } });
        owner.patch(&path(&dewi), edit).await.json(200);
        assert_eq!(search(&scene, "sari").await, ["Sari Ayu"]);
        assert_eq!(search(&scene, "dewi").await, Vec::<String>::new(), "by what he was called nobody finds him");
        let conversation = scene.order(json!({ "external_id": "9", "name": "Ibu Rina" }), "Halo").await;
        assert_eq!(search(&scene, "rin").await, ["Ibu Rina"], "also who only wrote");
        let contact = path(&scene.contact_of(&conversation).await);
        owner.patch(&contact, json!({ "version": 0, "fields": { "display_name": "Tono" } })).await.json(200);
        assert_eq!(search(&scene, "rina").await, ["Tono"], "also by what the channel calls him");
        let long = "x".repeat(201);
        owner.get(&format!("/api/v1/contacts?q={long}")).await.refused(422, "contact_query_invalid");
        owner.get("/api/v1/contacts?cursor=nonsense").await.refused(400, "cursor_invalid");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_orders_go_through_all_pages() {
    on_both(async |scene| {
        let [dewi, budi, osten, _] = people(&scene).await;
        let mut owner = scene.owner.clone();
        scene.test.advance(1);
        let conversation = scene.write(&mut scene.visitor().await, "Halo").await;
        let visitor = path(&scene.contact_of(&conversation).await);
        owner.patch(&visitor, json!({ "version": 0, "fields": { "first_name": "Zaki" } })).await.json(200);
        let vip = scene.tag("VIP").await;
        for one in [&dewi, &osten] {
            owner.put(&format!("{}/tags/{vip}", path(one)), json!({})).await.json(200);
        }
        let level = scene.attribute(json!({ "name": "Level" })).await;
        let gold = json!({ "version": 1, "attributes": { level.as_str(): "Gold" } });
        owner.patch(&path(&budi), gold).await.json(200);
        let shown = owner.get(&path(&osten)).await.json(200);
        let since = shown["created_at"].as_i64().expect("a time");
        for (query, names) in [
            ("", vec!["Zaki", "-", "Østen", "Budi Ayu", "Déwi Ayu"]),
            ("sort=oldest", vec!["Déwi Ayu", "Budi Ayu", "Østen", "-", "Zaki"]),
            ("sort=name", vec!["Budi Ayu", "Déwi Ayu", "Østen", "Zaki", "-"]),
            ("email=with&sort=name", vec!["Budi Ayu", "Déwi Ayu"]),
            ("email=without&phone=with", vec!["Østen"]),
            (&format!("tag={vip}"), vec!["Østen", "Déwi Ayu"]),
            (&format!("tag={vip}&sort=oldest"), vec!["Déwi Ayu", "Østen"]),
            (&format!("tag={vip}&sort=name"), vec!["Déwi Ayu", "Østen"]),
            (&format!("attribute={level}&value=GOLD"), vec!["Budi Ayu"]),
            ("channel=website", vec!["Zaki"]),
            (&format!("since={since}&sort=oldest"), vec!["Østen", "-", "Zaki"]),
            (&format!("until={since}"), vec!["Budi Ayu", "Déwi Ayu"]),
            (&format!("q=ayu&tag={vip}"), vec!["Déwi Ayu"]),
        ] {
            assert_eq!(found(&mut owner, query).await, names, "{query}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_contact_says_something_and_each_member_has_his_columns() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        owner.post("/api/v1/contacts", json!({ "fields": { "city": " " } })).await.refused(422, "contact_empty");
        scene.attribute(json!({ "name": "Level", "required": true })).await;
        let lacks = owner.post("/api/v1/contacts", json!({ "fields": { "city": "Bogor" } })).await;
        assert_eq!(lacks.refused(422, "attribute_required")["name"], "Level");
        let page = owner.get("/api/v1/contacts").await.json(200);
        assert_eq!((&page["items"], &page["next_cursor"]), (&json!([]), &Value::Null));
        assert_eq!(page["columns"], json!(["email", "phone", "tags", "created_at"]));
        let chosen = json!({ "columns": ["company", "tags"] });
        assert_eq!(owner.put("/api/v1/contact-columns", &chosen).await.json(200), chosen);
        assert_eq!(owner.get("/api/v1/contacts").await.json(200)["columns"], chosen["columns"]);
        let wrong = json!({ "columns": ["password"] });
        owner.put("/api/v1/contact-columns", wrong).await.refused(422, "contact_columns_invalid");
    })
    .await;
}
