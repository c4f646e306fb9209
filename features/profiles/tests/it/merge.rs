//! Two records of one person become one, and are parted again.

use crate::scene::{self, Scene, on_both, path, text};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub fn merge_path(kept: &str, other: &str) -> String {
    format!("/api/v1/contacts/{kept}/merges/{other}")
}

pub async fn merge(scene: &Scene, kept: &str, other: &str, take: Value) -> Value {
    let mut owner = scene.owner.clone();
    let seen = owner.get(&merge_path(kept, other)).await.json(200);
    let asked = json!({
        "version": seen["kept"]["version"], "other_version": seen["other"]["version"], "take": take,
    });
    owner.put(&merge_path(kept, other), asked).await.json(200)
}

async fn write_fields(scene: &Scene, contact: &str, fields: Value) {
    let mut owner = scene.owner.clone();
    let version = owner.get(&path(contact)).await.json(200)["version"].clone();
    owner.patch(&path(contact), json!({ "version": version, "fields": fields })).await.json(200);
}

async fn found(scene: &Scene, words: &str) -> Vec<String> {
    let page = scene.owner.clone().get(&format!("/api/v1/contacts?q={words}")).await.json(200);
    let items = page["items"].as_array().expect("rows");
    items.iter().map(|row| text(&row["contact"]["id"])).collect()
}

async fn chats(scene: &Scene, contact: &str) -> BTreeSet<String> {
    let page = scene.owner.clone().get(&format!("{}/conversations", path(contact))).await.json(200);
    let items = page["items"].as_array().expect("items");
    items.iter().map(|item| text(&item["conversation"]["id"])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_merged_is_one_everywhere_and_each_way_still_reaches_him() {
    on_both(async |scene| {
        let (mut phone, mut laptop) = (scene.visitor().await, scene.visitor().await);
        let here = scene.write(&mut phone, "Halo").await;
        let there = scene.write(&mut laptop, "Halo lagi").await;
        let customer = json!({ "external_id": "42", "name": "nadia_77", "email": "n@mail.id" });
        let order = scene.order(customer.clone(), "My order?").await;
        let (kept, other, third) =
            (scene.contact_of(&here).await, scene.contact_of(&there).await, scene.contact_of(&order).await);
        write_fields(&scene, &kept, json!({ "first_name": "Nadia", "city": "Bogor" })).await;
        write_fields(&scene, &other, json!({ "first_name": "Nadya", "phone": "+62 812 3456" })).await;
        let tag = scene.tag("VIP").await;
        let mut owner = scene.owner.clone();
        owner.put(&format!("{}/tags/{tag}", path(&other)), json!({})).await.json(200);
        let note = format!("{}/notes/{}", path(&other), scene.note());
        owner.put(&note, json!({ "text": "Drinks no milk" })).await.json(200);

        let seen = owner.get(&merge_path(&kept, &other)).await.json(200);
        assert_eq!((&seen["kept_conversations"], &seen["other_conversations"]), (&json!(1), &json!(1)));
        let field = |name: &str| {
            let fields = seen["fields"].as_array().expect("fields");
            fields.iter().find(|one| one["field"] == name).cloned().unwrap_or_default()
        };
        assert_eq!(
            field("first_name"),
            json!({ "field": "first_name", "kept": "Nadia", "other": "Nadya", "take": false })
        );
        assert_eq!(field("phone")["take"], true, "what the kept one lacks");
        let one = merge(&scene, &kept, &other, json!([])).await;
        assert_eq!(
            (&one["contact"]["id"], &one["contact"]["name"], &one["contact"]["phone"], &one["fields"]["city"]),
            (&json!(kept), &json!("Nadia"), &json!("+62 812 3456"), &json!("Bogor"))
        );
        assert_eq!(
            (&one["tag_ids"], &one["notes"][0]["text"], one["identities"].as_array().map(Vec::len)),
            (&json!([tag]), &json!("Drinks no milk"), Some(2))
        );
        assert_eq!(owner.get(&path(&other)).await.json(200), one, "the other's id leads to him");
        assert_eq!(chats(&scene, &other).await, BTreeSet::from([here.clone(), there.clone()]));
        assert_eq!(scene.conversation(&there).await["contact"]["name"], "Nadia");
        assert_eq!(found(&scene, "nadya").await, std::slice::from_ref(&kept), "found as either");
        assert_eq!(found(&scene, "3456").await, std::slice::from_ref(&kept));
        let all = owner.get("/api/v1/contacts").await.json(200);
        assert_eq!(all["items"].as_array().map(Vec::len), Some(2), "one row less");

        // Who is merged already may be merged on, with all who are he.
        let last = merge(&scene, &third, &kept, json!(["display_name"])).await;
        assert_eq!((&last["contact"]["name"], &last["contact"]["email"]), (&json!("Nadia"), &json!("n@mail.id")));
        let all_chats = BTreeSet::from([here.clone(), there.clone(), order.clone()]);
        for id in [&kept, &other, &third] {
            assert_eq!(owner.get(&path(id)).await.json(200)["contact"]["id"], json!(third));
            assert_eq!(chats(&scene, id).await, all_chats);
        }
        for channel in ["website", "api"] {
            let page = owner.get(&format!("/api/v1/contacts?channel={channel}")).await.json(200);
            assert_eq!(page["items"][0]["contact"]["id"], json!(third), "{channel}");
        }

        // What is written next comes to the same chats, and says the same name.
        assert_eq!(scene.write(&mut laptop, "Still there?").await, there);
        let customer = json!({ "external_id": "42", "name": "nadia.lestari", "email": "n@mail.id" });
        assert_eq!(scene.order(customer, "Hello?").await, order);
        for id in [&here, &there, &order] {
            assert_eq!(scene.conversation(id).await["contact"]["name"], "Nadia");
        }
        write_fields(&scene, &other, json!({ "display_name": "Bu Nadia" })).await;
        for id in [&here, &there, &order] {
            assert_eq!(scene.conversation(id).await["contact"]["name"], "Bu Nadia");
        }
        assert_eq!(merge(&scene, &third, &other, json!([])).await["version"], json!(2), "once more changes nothing");

        let history = owner.get(&format!("{}/history", path(&kept))).await.json(200);
        let lines = history["items"][1]["changes"].as_array().expect("changes").clone();
        assert_eq!(lines.last(), Some(&json!({ "field": "merged", "before": null, "after": "Nadia" })));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_blocked_is_blocked_whole() {
    on_both(async |scene| {
        let (mut phone, mut laptop) = (scene.visitor().await, scene.visitor().await);
        let (here, there) = (scene.write(&mut phone, "Halo").await, scene.write(&mut laptop, "Halo lagi").await);
        let (kept, other) = (scene.contact_of(&here).await, scene.contact_of(&there).await);
        let mut owner = scene.owner.clone();
        let block = |id: &str| format!("/api/v1/conversations/{id}/block");
        owner.put(&block(&there), json!({})).await.json(200);
        owner.get(&merge_path(&kept, &other)).await.refused(409, "contact_blocked");
        owner.delete(&block(&there)).await.json(200);
        merge(&scene, &kept, &other, json!([])).await;

        owner.put(&block(&there), json!({})).await.json(200);
        assert_ne!(scene.conversation(&here).await["block"], Value::Null);
        let blocked = owner.get("/api/v1/blocks").await.json(200);
        assert_eq!(blocked["items"].as_array().map(Vec::len), Some(1), "he is one");
        owner.delete(&merge_path(&kept, &other)).await.refused(409, "contact_blocked");
        owner.delete(&format!("/api/v1/blocks/{kept}")).await.json(204);
        for id in [&here, &there] {
            assert_eq!(scene.conversation(id).await["block"], Value::Null);
        }
        owner.delete(&merge_path(&kept, &other)).await.json(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_write_about_both_merges_them_as_he_saw_them() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let here = scene.write(&mut visitor, "Halo").await;
        let kept = scene.contact_of(&here).await;
        let other = scene.create(json!({ "first_name": "Nadia" })).await;
        let (mut agent, mut reader) =
            (scene.member("budi", "agent", true).await, scene.member("tono", "reader", true).await);
        let asked = json!({ "version": 0, "other_version": 1 });
        // He sees no chat of the other.
        agent.get(&merge_path(&kept, &other)).await.refused(404, "not_found");
        agent.put(&merge_path(&kept, &other), asked.clone()).await.refused(404, "not_found");
        agent.put(&merge_path(&other, &kept), asked.clone()).await.refused(404, "not_found");
        let second = scene.write(&mut scene.visitor().await, "Halo").await;
        let seen = scene.contact_of(&second).await;
        reader.get(&merge_path(&kept, &seen)).await.refused(403, "forbidden");
        let fresh = json!({ "version": 0, "other_version": 0 });
        reader.put(&merge_path(&kept, &seen), fresh.clone()).await.refused(403, "forbidden");
        reader.delete(&merge_path(&kept, &seen)).await.refused(403, "forbidden");
        agent.put(&merge_path(&kept, &seen), fresh).await.json(200);
        agent.delete(&merge_path(&kept, &other)).await.refused(404, "not_found");

        let mut owner = scene.owner.clone();
        owner.put(&merge_path(&kept, &other), asked).await.refused(409, "contact_merge_stale");
        for number in 0..18 {
            let one = scene.create(json!({ "city": format!("City {number}") })).await;
            merge(&scene, &kept, &one, json!([])).await;
        }
        let refused = owner.get(&merge_path(&kept, &other)).await.refused(422, "contact_merge_too_large");
        assert_eq!(refused["parts"], 20);
        // For a month they can be parted again.
        scene.test.advance(30 * 24 * 3_600_000);
        let signed = json!({ "email": "owner@shop.test", "password": scene::PASSWORD });
        owner.post("/api/v1/sign-in", signed).await.ok::<Value>();
        assert_eq!(owner.get(&path(&kept)).await.json(200)["merges"], json!([]));
        let refused = owner.delete(&merge_path(&kept, &seen)).await.refused(409, "contact_merge_too_old");
        assert_eq!(refused["days"], 30);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_since_stays_with_whom_it_was_said_of() {
    on_both(async |scene| {
        let (mut phone, mut laptop) = (scene.visitor().await, scene.visitor().await);
        let (here, there) = (scene.write(&mut phone, "Halo").await, scene.write(&mut laptop, "Halo lagi").await);
        let (kept, other) = (scene.contact_of(&here).await, scene.contact_of(&there).await);
        write_fields(&scene, &other, json!({ "email": "nadia@shop.id", "city": "Bogor", "first_name": "Nadia" })).await;
        merge(&scene, &kept, &other, json!([])).await;
        write_fields(&scene, &kept, json!({ "city": "Bandung", "company": "Kopi Senja" })).await;
        let mut owner = scene.owner.clone();
        let note = format!("{}/notes/{}", path(&kept), scene.note());
        owner.put(&note, json!({ "text": "Since" })).await.json(200);
        let shown = owner.get(&path(&kept)).await.json(200);
        assert_eq!((&shown["merges"][0]["contact"]["id"], &shown["merges"][0]["by"]), (&json!(other), &json!("owner")));

        let parted = owner.delete(&merge_path(&kept, &other)).await.json(200);
        assert_eq!(
            (&parted["fields"], &parted["contact"]["email"], &parted["notes"][0]["text"], &parted["merges"]),
            (&json!({ "city": "Bandung", "company": "Kopi Senja" }), &Value::Null, &json!("Since"), &json!([]))
        );
        let his = owner.get(&path(&other)).await.json(200);
        assert_eq!(
            (&his["contact"]["id"], &his["fields"], &his["notes"]),
            (&json!(other), &json!({ "email": "nadia@shop.id", "city": "Bogor", "first_name": "Nadia" }), &json!([]))
        );
        assert_eq!(scene.conversation(&there).await["contact"]["name"], "Nadia");
        assert_eq!(scene.conversation(&here).await["contact"]["name"], Value::Null);
        assert_eq!(chats(&scene, &kept).await, BTreeSet::from([here]));
        owner.delete(&merge_path(&kept, &other)).await.refused(404, "not_found");
    })
    .await;
}

/// All that is known of everybody, but when it changed.
async fn state(scene: &Scene, contacts: &[String]) -> Value {
    let mut owner = scene.owner.clone();
    let mut all = Vec::new();
    for id in contacts {
        let mut profile = owner.get(&path(id)).await.json(200);
        profile["version"] = json!(0);
        all.push(profile);
        all.push(json!(chats(scene, id).await));
        for chat in chats(scene, id).await {
            all.push(scene.conversation(&chat).await["contact"].clone());
        }
    }
    for query in ["", "sort=name", "q=na", "q=812", "q=shop", "q=b"] {
        let mut page = owner.get(&format!("/api/v1/contacts?{query}")).await.json(200);
        page["next_cursor"] = Value::Null;
        all.push(page);
    }
    all.push(rows(scene).await);
    json!(all)
}

/// The tables that are asked by word, tag and value.
async fn rows(scene: &Scene) -> Value {
    let workspace = scene.owner.clone().get("/api/v1/me").await.json(200)["workspace"]["id"].clone();
    let workspace = text(&workspace).parse::<ids::WorkspaceId>().expect("an id");
    let read = scene.test.app.read(workspace, |tx| {
        Box::pin(async move {
            let mut lines = Vec::new();
            for sql in [
                db::sql!("SELECT word AS what, contact_id FROM contact_words WHERE workspace_id = $1"),
                db::sql!("SELECT value AS what, contact_id FROM contact_values WHERE workspace_id = $1"),
                db::sql!("SELECT 'tag' AS what, contact_id FROM contact_tags WHERE workspace_id = $1"),
                db::sql!("SELECT sort_name AS what, id AS contact_id FROM contacts WHERE workspace_id = $1"),
            ] {
                for row in tx.query(sql, &db::params![tx.workspace]).await? {
                    lines.push((row.get::<String>("what")?, row.get::<ids::ContactId>("contact_id")?.to_string()));
                }
            }
            lines.sort();
            Ok(json!(lines))
        })
    });
    read.await.expect("rows")
}

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn merging_and_parting_leaves_everything_as_it_was() {
    on_both(async |scene| {
        let level = scene.attribute(json!({ "name": "Level" })).await;
        let tags = [scene.tag("VIP").await, scene.tag("Late").await, scene.tag("Wholesale").await];
        let mut owner = scene.owner.clone();
        let mut dice = Dice(7);
        let mut contacts = Vec::new();
        for number in 0..6 {
            let conversation = match dice.throw(3) {
                0 => scene.write(&mut scene.visitor().await, "Halo").await,
                1 => {
                    let customer = json!({ "external_id": format!("c-{number}"), "name": format!("nadia_{number}"),
                        "email": format!("n{}@shop.id", dice.throw(2)) });
                    scene.order(customer, "Halo").await
                }
                _ => String::new(),
            };
            let contact = if conversation.is_empty() {
                scene.create(json!({ "company": "Kopi Senja" })).await
            } else {
                scene.contact_of(&conversation).await
            };
            let mut fields = json!({});
            for (name, values) in [
                ("first_name", ["Nadia", "Nadya", "Bayu"]),
                ("last_name", ["Lestari", "Sari", "Putra"]),
                ("display_name", ["Bu Nadia", "Mbak Nadia", "Pak Bayu"]),
                ("email", ["nadia@shop.id", "n1@shop.id", "bayu@shop.id"]),
                ("phone", ["+62 812 3456", "0812 9999", "812 1111"]),
                ("city", ["Bogor", "Bandung", "Batam"]),
            ] {
                if dice.throw(2) == 0 {
                    fields[name] = json!(values[dice.throw(3) as usize]);
                }
            }
            let mut body =
                json!({ "version": owner.get(&path(&contact)).await.json(200)["version"], "fields": fields });
            if dice.throw(2) == 0 {
                let value = ["Gold", "Silver"][dice.throw(2) as usize];
                body["attributes"] = json!({ &level: value });
            }
            owner.patch(&path(&contact), body).await.json(200);
            for tag in &tags {
                if dice.throw(2) == 0 {
                    owner.put(&format!("{}/tags/{tag}", path(&contact)), json!({})).await.json(200);
                }
            }
            for _ in 0..dice.throw(3) {
                let note = format!("{}/notes/{}", path(&contact), scene.note());
                owner.put(&note, json!({ "text": "Remember" })).await.json(200);
            }
            contacts.push(contact);
        }
        let choices = ["display_name", "first_name", "email", "phone", "city", level.as_str()];
        for round in 0..8 {
            let before = state(&scene, &contacts).await;
            let mut merged = Vec::new();
            let mut whole = contacts.clone();
            while whole.len() > 2 && (merged.len() < 2 || dice.throw(2) == 0) {
                let other = whole.swap_remove(dice.throw(whole.len() as u64) as usize);
                let kept = whole[dice.throw(whole.len() as u64) as usize].clone();
                let take: Vec<_> = choices.iter().filter(|_| dice.throw(2) == 0).collect();
                let one = merge(&scene, &kept, &other, json!(take)).await;
                assert_eq!(one["contact"]["id"], json!(kept));
                for (key, value) in one["contact"].as_object().expect("a contact") {
                    for chat in chats(&scene, &other).await {
                        let shown = scene.conversation(&chat).await["contact"][key].clone();
                        let his_own = matches!(key.as_str(), "id" | "color" | "verified");
                        assert!(his_own || shown == *value, "round {round}: {key}: {shown} is not {value}");
                    }
                }
                merged.push((kept, other));
            }
            while let Some((kept, other)) = merged.pop() {
                owner.delete(&merge_path(&kept, &other)).await.json(200);
            }
            let after = state(&scene, &contacts).await;
            for (one, other) in before.as_array().into_iter().flatten().zip(after.as_array().into_iter().flatten()) {
                assert_eq!(one, other, "round {round}");
            }
        }
    })
    .await;
}
