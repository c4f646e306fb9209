//! A person is exported and erased.

use crate::{
    merge::merge,
    scene::{Scene, on_both, path, text},
};
use serde_json::json;
use std::io::{Cursor, Read};

const SECRET: &str = "4111-1111";

fn erasure(contact: &str) -> String {
    format!("{}/erasure", path(contact))
}

/// Every text of every table, but what the audit log and records say.
async fn words_left(scene: &Scene) -> Vec<String> {
    let read = scene.test.app.read(ids::WorkspaceId(ids::Uuid::nil()), |tx| {
        Box::pin(async move {
            let mut found = Vec::new();
            for (table, sql) in [
                ("contacts", db::sql!("SELECT coalesce(name, '') || coalesce(written, '') || coalesce(told, '') AS words FROM contacts")),
                ("notes", db::sql!("SELECT text AS words FROM contact_notes")),
                ("changes", db::sql!("SELECT changes AS words FROM contact_changes")),
                ("words", db::sql!("SELECT word AS words FROM contact_words")),
                ("merges", db::sql!("SELECT before AS words FROM contact_merges")),
                ("identities", db::sql!("SELECT external_id || profile AS words FROM identities")),
                ("entries", db::sql!("SELECT coalesce(text, '') || coalesce(detail, '') AS words FROM entries")),
                ("files", db::sql!("SELECT name AS words FROM files")),
                ("deleted", db::sql!("SELECT coalesce(contact_name, '') || coalesce(preview, '') AS words FROM deleted_conversations")),
                ("conversations", db::sql!("SELECT coalesce(contact_name, '') || coalesce(preview, '') AS words FROM conversations")),
                ("events", db::sql!("SELECT payload AS words FROM events")),
                ("records", db::sql!("SELECT source AS words FROM contact_records")),
            ] {
                for row in tx.query(sql, &[]).await? {
                    let words: String = row.get("words")?;
                    if words.contains(SECRET) {
                        found.push(format!("{table}: {words}"));
                    }
                }
            }
            Ok(found)
        })
    });
    read.await.expect("rows")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_who_is_erased_no_word_is_left() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let (mut visitor, token) = scene.visitor_with_token().await;
        let mut socket = visitor.socket("/w/ws").await.expect("a socket");
        socket.send(json!({ "type": "hello", "after": null, "token": token })).await;
        socket.until_ready().await;
        let file = visitor.upload(&format!("/w/api/v1/files?name={SECRET}.txt"), "text/plain", SECRET).await.json(201);
        let body = json!({ "id": scene.entry(), "text": SECRET, "file_ids": [file["id"]] });
        let here = text(&visitor.post("/w/api/v1/messages", body).await.json(201)["conversation_id"]);
        let customer = json!({ "external_id": SECRET, "name": SECRET });
        let order = scene.order(customer.clone(), SECRET).await;
        let gone = scene.order(json!({ "external_id": "other" }), SECRET).await;
        let (contact, other, third) =
            (scene.contact_of(&here).await, scene.contact_of(&order).await, scene.contact_of(&gone).await);
        owner.put(&format!("/api/v1/conversations/{gone}/deletion"), json!({})).await.json(200);
        owner.patch(&path(&contact), json!({ "version": 0, "fields": { "city": SECRET } })).await.json(200);
        let note = format!("{}/notes/{}", path(&contact), scene.note());
        owner.put(&note, json!({ "text": SECRET })).await.json(200);
        let level = scene.attribute(json!({ "name": "Level" })).await;
        owner.patch(&path(&contact), json!({ "version": 1, "attributes": { &level: SECRET } })).await.json(200);
        merge(&scene, &contact, &other, json!([])).await;
        merge(&scene, &contact, &third, json!([])).await;

        let mut agent = scene.member("budi", "agent", true).await;
        agent.put(&erasure(&contact), json!({})).await.refused(403, "forbidden");
        let stranger = scene.create(json!({ "first_name": "Dewi" })).await;
        agent.put(&erasure(&stranger), json!({})).await.refused(404, "not_found");
        let extent = owner.get(&erasure(&other)).await.json(200);
        assert_eq!(
            (&extent["said"]["conversations"], &extent["said"]["messages"], &extent["said"]["files"]),
            (&json!(3), &json!(3), &json!(1))
        );
        assert_eq!((&extent["notes"], &extent["identities"]), (&json!(1), &json!(2)));
        assert!(!words_left(&scene).await.is_empty());
        owner.put(&erasure(&other), json!({})).await.json(204);
        for id in [&contact, &other, &third] {
            owner.get(&path(id)).await.refused(404, "not_found");
        }
        for id in [&here, &order] {
            owner.get(&format!("/api/v1/conversations/{id}")).await.refused(404, "not_found");
        }
        for id in [&here, &order, &gone] {
            owner.delete(&format!("/api/v1/conversations/{id}/deletion")).await.refused(404, "not_found");
        }
        owner.put(&erasure(&contact), json!({})).await.refused(404, "not_found");
        assert_eq!(socket.closed().await, 4403, "his socket comes anew, and finds nothing");
        while scene.test.run_jobs().await > 0 {}
        assert_eq!(words_left(&scene).await, Vec::<String>::new());
        visitor.get("/w/api/v1/thread").await.refused(401, "unauthenticated");
        // Whoever writes again is somebody new.
        let again = scene.order(customer, "Halo").await;
        assert_ne!(scene.contact_of(&again).await, other);
        let all = owner.get("/api/v1/contacts").await.json(200);
        assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_what_its_reader_sees() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let mut visitor = scene.visitor().await;
        let file = visitor.upload("/w/api/v1/files?name=bill.txt", "text/plain", "seventeen").await.json(201);
        let body = json!({ "id": scene.entry(), "text": "The bill", "file_ids": [file["id"]] });
        let here = text(&visitor.post("/w/api/v1/messages", body).await.json(201)["conversation_id"]);
        let order = scene.order(json!({ "external_id": "42" }), "My order?").await;
        let (contact, other) = (scene.contact_of(&here).await, scene.contact_of(&order).await);
        owner.patch(&path(&contact), json!({ "version": 0, "fields": { "city": "Bogor" } })).await.json(200);
        merge(&scene, &contact, &other, json!([])).await;
        let mut agent = scene.member("budi", "agent", true).await;
        agent.get(&format!("{}/export", path(&contact))).await.refused(403, "forbidden");
        let answer = owner.get(&format!("{}/export", path(&contact))).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.headers["content-type"]),
            (200, &"application/zip".parse().expect("a type"))
        );
        let mut archive = zip::ZipArchive::new(Cursor::new(&answer.body)).expect("an archive");
        let mut whole = String::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file");
            whole += &String::from_utf8_lossy(file.name_raw());
            file.read_to_string(&mut whole).expect("text");
        }
        for part in
            ["contact.json", "Bogor", "The bill", "seventeen", "My order?", "bill.txt", here.as_str(), order.as_str()]
        {
            assert!(whole.contains(part), "{part}");
        }
        let read = scene.test.app.read(ids::WorkspaceId(ids::Uuid::nil()), |tx| {
            Box::pin(async move {
                let last = db::sql!("SELECT action, subject, member_name FROM audit ORDER BY number DESC LIMIT 1");
                let row = tx.first(last, &[]).await?.expect("a line");
                Ok([row.get::<String>("action")?, row.get("subject")?, row.get("member_name")?])
            })
        });
        assert_eq!(read.await.expect("a line"), ["exported", contact.as_str(), "owner"]);
    })
    .await;
}
