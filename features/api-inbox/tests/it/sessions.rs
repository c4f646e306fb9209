//! Sessions that members begin with customers of another system.

use crate::scene::{Scene, id, on_both};
use ids::{EntryId, Uuid};
use serde_json::{Value, json};

fn entry(number: u128) -> String {
    EntryId(Uuid::from_u128(0x0198_f3c2_0000_7000_a000_0000_0000_0000 + number)).to_string()
}

fn with_address(number: u128, external_id: &str) -> Value {
    json!({ "with": { "kind": "address", "external_id": external_id, "name": "Sari" }, "id": entry(number), "text": "Your parcel is here" })
}

async fn inbox(scene: &Scene) -> Value {
    scene.owner.clone().get(&format!("/api/v1/inboxes/{}", scene.inbox)).await.json(200)
}

/// R220, R221, C34
#[tokio::test(flavor = "multi_thread")]
async fn a_member_writes_first_to_an_address_and_the_other_system_hears_it() {
    on_both(async |scene| {
        assert_eq!(inbox(&scene).await["starting"], "anybody");
        let mut owner = scene.owner.clone();
        let path = scene.path("sessions");
        let item = owner.post(&path, with_address(1, "+62812")).await.json(201);
        let conversation = id(&item["conversation"]["id"]);
        assert_eq!(item["conversation"]["contact"]["name"], "Sari");
        assert_eq!(item["conversation"]["holder"]["kind"], "member");
        let again = owner.post(&path, with_address(1, "+62812")).await.json(201);
        assert_eq!(again["conversation"]["id"], json!(conversation), "a repeat is the same session");
        assert_eq!(scene.texts(&conversation).await, ["Your parcel is here"]);
        scene.test.run_jobs().await;
        let told = scene.receiver.got();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].body["data"]["contact"]["external_id"], "+62812");
        assert_eq!(told[0].body["data"]["message"]["text"], "Your parcel is here");
        let line = scene.thread(&conversation).await["entries"][0].clone();
        assert_eq!((&line["kind"], &line["author"]["kind"]), (&json!("opened"), &json!("member")));

        // His answer comes into the same conversation.
        let answer = json!({ "contact": { "external_id": "+62812" }, "message": { "external_id": "m-1", "text": "Thanks" } });
        assert_eq!(scene.try_post(answer).await.json(201)["conversation_id"], json!(conversation));
        let open = owner.post(&path, with_address(2, "+62812")).await.refused(409, "session_open");
        assert_eq!(open["conversation_id"], json!(conversation));
        let known = json!({ "with": { "kind": "contact", "id": item["conversation"]["contact"]["id"] }, "id": entry(3), "text": "Hi" });
        owner.post(&path, &known).await.refused(409, "session_open");

        let closure = format!("/api/v1/conversations/{conversation}/closure");
        owner.put(&closure, json!({ "reason": "solved" })).await.json(200);
        owner.post(&path, &known).await.json(201);
        assert_eq!(scene.texts(&conversation).await, ["Your parcel is here", "Thanks", "Hi"]);
        scene.test.run_jobs().await;
        let kinds: Vec<_> = scene.receiver.got().iter().map(|told| told.body["type"].clone()).collect();
        assert_eq!(kinds, ["conversation.closed", "conversation.reopened", "message.created"]);

        for wrong in ["", " x", "a\nb", &"x".repeat(201)] {
            owner.post(&path, with_address(9, wrong)).await.refused(422, "address_invalid");
        }
        let nobody = json!({ "with": { "kind": "contact", "id": "con_0198f3c2000070009000000000000009" }, "id": entry(9), "text": "Hi" });
        owner.post(&path, nobody).await.refused(422, "contact_unknown");
    })
    .await;
}

/// R221, C34
#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_reaches_him_nobody_begins() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let path = format!("/api/v1/inboxes/{}", scene.inbox);
        owner.patch(&path, json!({ "api": { "webhook_url": null } })).await.json(200);
        assert_eq!(inbox(&scene).await["starting"], "nobody");
        owner.post(&scene.path("sessions"), with_address(1, "budi")).await.refused(409, "cannot_start");
        owner.patch(&path, json!({ "api": { "webhook_url": scene.receiver.url } })).await.json(200);
        scene.receiver.answers(410);
        owner.post(&scene.path("sessions"), with_address(2, "budi")).await.json(201);
        scene.test.run_jobs().await;
        assert_eq!(inbox(&scene).await["starting"], "nobody", "its webhook is stopped");
        owner.post(&scene.path("sessions"), with_address(3, "sari")).await.refused(409, "cannot_start");
        owner.delete(&scene.path("webhook/stop")).await.json(200);
        owner.patch(&path, json!({ "enabled": false })).await.json(200);
        assert_eq!(inbox(&scene).await["starting"], "nobody", "it is switched off");
    })
    .await;
}

/// C34
#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_who_begin_with_one_person_at_once_one_does() {
    on_both(async |scene| {
        let path = scene.path("sessions");
        let tries = (0..50).map(|number| {
            let (mut owner, path) = (scene.owner.clone(), path.clone());
            tokio::spawn(async move { owner.post(&path, with_address(number, "+62812")).await })
        });
        let mut begun = Vec::new();
        for one in tries.collect::<Vec<_>>() {
            let answer = one.await.expect("an answer");
            match answer.status.as_u16() {
                201 => begun.push(id(&answer.json(201)["conversation"]["id"])),
                _ => drop(answer.refused(409, "session_open")),
            }
        }
        assert_eq!(begun.len(), 1);
        assert_eq!(scene.texts(&begun[0]).await.len(), 1);
        let all = scene.owner.clone().get("/api/v1/conversations?view=all").await.json(200);
        assert_eq!(all["items"].as_array().map(Vec::len), Some(1));
        let desk = scene.owner.clone().get("/api/v1/desk").await.json(200);
        assert_eq!((&desk["counters"][0]["open"], &desk["counters"][0]["queued"]), (&json!(1), &json!(0)));
        scene.test.run_jobs().await;
    })
    .await;
}
