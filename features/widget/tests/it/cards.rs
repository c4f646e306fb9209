//! Cards of links and offers, and what becomes of them, on both engines.

use crate::scene::{Member, Scene, Visitor, entry_id, on_both};
use serde_json::{Value, json};
use testkit::Answer;

fn offer() -> Value {
    json!({
        "kind": "offer", "url": "https://kopi.example/gayo", "title": "Kopi Gayo", "text": "Fresh from Aceh",
        "price": "Rp 250.000", "picture": null,
    })
}

async fn send(agent: &mut Member, conversation: &str, id: u64, body: Value) -> Answer {
    let mut whole = json!({ "id": entry_id(id), "text": "", "holder": { "kind": "queue" } });
    whole.as_object_mut().expect("an object").extend(body.as_object().expect("an object").clone());
    agent.post(&format!("/api/v1/conversations/{conversation}/messages"), whole).await
}

async fn begun(visitor: &mut Visitor) -> String {
    visitor.write("What do you have?").await["conversation_id"].as_str().expect("an id").to_owned()
}

async fn click(visitor: &mut Visitor, id: &Value) -> Answer {
    let path = format!("/w/api/v1/messages/{}/click", id.as_str().expect("an id"));
    visitor.client.put(&path, json!({})).await
}

fn last(thread: &Value) -> Value {
    thread["entries"].as_array().and_then(|entries| entries.last()).expect("an entry").clone()
}

async fn log(scene: &Scene, conversation: &str) -> Value {
    scene.owner.clone().get(&format!("/api/v1/conversations/{conversation}/log")).await.json(200)["lines"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_reaches_the_visitor_and_his_click_is_told_once() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = begun(&mut visitor).await;
        let sent = send(&mut agent, &id, 1, json!({ "card": offer() })).await.json(201);
        assert_eq!(send(&mut agent, &id, 1, json!({ "card": offer() })).await.json(201), sent, "the same try again");
        let shown = last(&visitor.client.get("/w/api/v1/thread").await.json(200));
        assert_eq!((&shown["card"], &shown["text"]), (&offer(), &json!(null)));
        let item = scene.thread(&mut agent, &id).await["item"].clone();
        assert_eq!(item["conversation"]["preview"]["text"], "Kopi Gayo");

        agent.put(&format!("/api/v1/conversations/{id}/closure"), json!({ "reason": "solved" })).await.json(200);
        let before = scene.thread(&mut agent, &id).await["item"].clone();
        click(&mut visitor, &sent["id"]).await.json(204);
        click(&mut visitor, &sent["id"]).await.json(204);
        let thread = scene.thread(&mut agent, &id).await;
        let entries = thread["entries"].as_array().expect("entries").clone();
        let clicks: Vec<_> = entries.iter().filter(|entry| entry["kind"] == "card_clicked").collect();
        assert_eq!(clicks.len(), 1);
        assert_eq!(
            (&clicks[0]["quote"]["text"], &clicks[0]["author"]["kind"]),
            (&json!("Kopi Gayo"), &json!("contact"))
        );
        let card = entries.iter().find(|entry| entry["id"] == sent["id"]).expect("the card");
        assert_eq!(card["clicked_at"], clicks[0]["at"]);
        for name in ["status", "preview", "inbound_count", "waiting_since", "last_activity_at"] {
            assert_eq!(thread["item"]["conversation"][name], before["conversation"][name], "a click moves no {name}");
        }
        assert_eq!(thread["item"]["unread"], before["unread"]);
        let own = visitor.client.get("/w/api/v1/thread").await.json(200).to_string();
        assert!(!own.contains("card_clicked"), "{own}");

        let lines = log(&scene, &id).await;
        assert_eq!((&lines[0]["kind"], &lines[0]["text"]), (&json!("card_clicked"), &json!("Kopi Gayo")));
        assert!(lines.as_array().expect("lines").iter().any(|line| line["card"] == offer()));
        let path = format!("/api/v1/conversations/{id}");
        let table = agent.get(&format!("{path}/log.csv")).await;
        assert!(String::from_utf8_lossy(&table.body).contains("Kopi Gayo\nhttps://kopi.example/gayo"));
        let links = agent.get(&format!("{path}/links")).await.json(200);
        assert_eq!(links["links"][0]["url"], "https://kopi.example/gayo");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_card_is_said_and_others_clicks_are_not_found() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = begun(&mut visitor).await;
        let foreign = entry_id(99);
        for (field, value) in [
            ("url", json!("javascript:alert(1)")),
            ("title", json!("")),
            ("text", json!("x".repeat(501))),
            ("price", json!("9".repeat(41))),
        ] {
            let mut card = offer();
            card[field] = value;
            let answer = send(&mut agent, &id, 1, json!({ "card": card })).await;
            assert_eq!(answer.refused(422, "card_invalid")["field"], field);
        }
        let uploaded = agent.upload("/api/v1/files?name=list.txt", "text/plain", "no picture").await.json(201);
        let mut card = offer();
        card["picture"] = uploaded["id"].clone();
        send(&mut agent, &id, 1, json!({ "card": card })).await.refused(422, "card_invalid");
        let with = json!({ "card": card, "file_ids": [uploaded["id"]] });
        send(&mut agent, &id, 1, with).await.refused(422, "card_invalid");

        let sent = send(&mut agent, &id, 2, json!({ "card": offer() })).await.json(201);
        let mut other = scene.visitor().await;
        click(&mut other, &sent["id"]).await.refused(404, "not_found");
        begun(&mut other).await;
        click(&mut other, &sent["id"]).await.refused(404, "not_found");
        click(&mut visitor, &json!(foreign)).await.refused(404, "not_found");
        let plain = scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        click(&mut visitor, &plain["id"]).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_card_are_quoted_kept_over_corrections_and_go_with_the_message() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = begun(&mut visitor).await;
        let sent = send(&mut agent, &id, 1, json!({ "card": offer(), "text": "Try this" })).await.json(201);
        let entry = format!("/api/v1/conversations/{id}/entries/{}", sent["id"].as_str().expect("an id"));
        let corrected = agent.patch(&entry, json!({ "text": "" })).await.json(200);
        assert_eq!((&corrected["text"], &corrected["card"]), (&json!(null), &offer()));
        let answer = json!({ "id": entry_id(2), "text": "Yes", "file_ids": [], "quote": sent["id"] });
        visitor.client.post("/w/api/v1/messages", answer).await.json(201);
        click(&mut visitor, &sent["id"]).await.json(204);
        assert_eq!(last(&scene.thread(&mut agent, &id).await)["quote"]["text"], "Kopi Gayo");

        agent.delete(&entry).await.json(200);
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut agent, &id).await.to_string();
        let workspace = scene.workspace(&mut agent).await;
        let events = scene.test.app.read(workspace, |tx| {
            Box::pin(async move {
                let rows = tx.query(db::sql!("SELECT payload FROM events"), &[]).await?;
                Ok(rows.iter().map(|row| row.get::<String>("payload")).collect::<Result<Vec<_>, _>>()?.join("\n"))
            })
        });
        for told in [thread, log(&scene, &id).await.to_string(), events.await.expect("the events")] {
            assert!(!told.contains("Gayo") && !told.contains("kopi.example"), "{told}");
        }
        click(&mut visitor, &sent["id"]).await.refused(404, "not_found");
    })
    .await;
}
