use crate::scene::{id, on_both};
use serde_json::{Value, json};

/// R014
#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_kept_and_the_same_again_is_answered_the_same() {
    on_both(async |scene| {
        let body = json!({
            "contact": { "external_id": "budi", "name": "Budi", "email": "budi@example.com", "phone": "+62 812" },
            "conversation_ref": "order-7",
            "message": { "external_id": "m-1", "type": "text", "text": "Halo kak", "created_at": "2025-11-20T13:00:00Z" },
        });
        let first = scene.try_post(body.clone()).await.json(201);
        let conversation = id(&first["conversation_id"]);
        let mut renamed = body.clone();
        renamed["contact"]["name"] = json!("Budi Santoso");
        for again in [body.clone(), renamed] {
            scene.test.advance(1_000);
            assert_eq!(scene.try_post(again).await.json(200), first);
        }
        for (part, value) in [("text", json!("Other")), ("created_at", json!(1)), ("reply_to", json!("m-0"))] {
            let mut other = body.clone();
            other["message"][part] = value;
            scene.try_post(other).await.refused(409, "message_differs");
        }
        let mut other = body.clone();
        other["contact"]["external_id"] = json!("siti");
        scene.try_post(other).await.refused(409, "message_differs");

        let thread = scene.thread(&conversation).await;
        let shown = &thread["item"]["conversation"];
        assert_eq!(shown["channel"], json!("api"));
        assert_eq!(shown["contact"]["name"], json!("Budi"));
        assert_eq!(shown["contact"]["phone"], json!("+62 812"));
        assert_eq!(scene.texts(&conversation).await, ["Halo kak"]);
        let entry = scene.entry(&conversation, &id(&first["id"])).await;
        assert_eq!(entry["written_at"], json!(1_763_643_600_000_i64));
        assert_eq!((&entry["at"], &first["at"]), (&first["at"], &json!(testkit::START)));
    })
    .await;
}

/// R114
#[tokio::test(flavor = "multi_thread")]
async fn what_a_blocked_customer_writes_is_refused_counted_and_taken_later() {
    on_both(async |scene| {
        let body = |name: &str| {
            json!({ "contact": { "external_id": "budi" }, "message": { "external_id": name, "text": "Halo" } })
        };
        let first = scene.try_post(body("m-1")).await.json(201);
        let conversation = id(&first["conversation_id"]);
        let block = format!("/api/v1/conversations/{conversation}/block");
        let mut owner = scene.owner.clone();
        owner.put(&block, json!({})).await.json(200);
        for _ in 0..2 {
            scene.try_post(body("m-2")).await.refused(409, "contact_blocked");
        }
        assert_eq!(scene.try_post(body("m-1")).await.json(200), first, "it was here before");
        let change = scene.path("messages/m-1");
        scene.system.clone().patch(&change, json!({ "text": "Hey" })).await.refused(409, "contact_blocked");
        assert_eq!(scene.texts(&conversation).await, ["Halo"]);
        assert_eq!(scene.thread(&conversation).await["item"]["conversation"]["block"]["refused"], 2);
        owner.delete(&block).await.json(200);
        scene.try_post(body("m-2")).await.json(201);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_at_once_with_one_id_make_one_message() {
    on_both(async |scene| {
        let body = json!({ "contact": { "external_id": "budi" }, "message": { "external_id": "m-1", "text": "Halo" } });
        let tries = (0..10).map(|_| {
            let (mut system, path, body) = (scene.system.clone(), scene.path("messages"), body.clone());
            tokio::spawn(async move { system.post(&path, body).await })
        });
        let (mut statuses, mut bodies) = (Vec::new(), Vec::new());
        for attempt in tries.collect::<Vec<_>>() {
            let answer = attempt.await.expect("an answer");
            statuses.push(answer.status.as_u16());
            bodies.push(serde_json::from_slice::<Value>(&answer.body).expect("JSON"));
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 200, 200, 201]);
        assert!(bodies.iter().all(|body| *body == bodies[0]));
        assert_eq!(scene.texts(&id(&bodies[0]["conversation_id"])).await, ["Halo"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_contact_has_one_conversation_in_the_order_of_arrival() {
    on_both(async |scene| {
        let post = async |external_id: &str, name: &str, written: i64| {
            scene.test.advance(10);
            let body = json!({
                "contact": { "external_id": "budi", "name": name },
                "message": { "external_id": external_id, "text": external_id, "created_at": written },
            });
            id(&scene.try_post(body).await.json(201)["conversation_id"])
        };
        let conversation = post("second", "Budi", 2_000).await;
        assert_eq!(post("first", "Budi Santoso", 1_000).await, conversation);
        assert_eq!(scene.texts(&conversation).await, ["second", "first"]);
        let name = scene.thread(&conversation).await["item"]["conversation"]["contact"]["name"].clone();
        assert_eq!(name, json!("Budi Santoso"), "as the other system now calls him");
        let other = json!({ "contact": { "external_id": "siti" }, "message": { "external_id": "x", "text": "Hai" } });
        assert_ne!(id(&scene.try_post(other).await.json(201)["conversation_id"]), conversation);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_names_what_it_answers() {
    on_both(async |scene| {
        let conversation = id(&scene.post("m-1", "Halo").await["conversation_id"]);
        let ours = scene.answer(&conversation, "Apa kabar?").await;
        for (name, quoted, text) in [("m-2", ours.as_str(), "Apa kabar?"), ("m-3", "m-1", "Halo")] {
            let body = json!({
                "contact": { "external_id": "budi" },
                "message": { "external_id": name, "text": "Baik", "reply_to": quoted },
            });
            let posted = scene.try_post(body).await.json(201);
            assert_eq!(scene.entry(&conversation, &id(&posted["id"])).await["quote"]["text"], json!(text));
        }
        let unknown = json!({
            "contact": { "external_id": "budi" },
            "message": { "external_id": "m-4", "text": "Baik", "reply_to": "nothing" },
        });
        assert_eq!(scene.try_post(unknown).await.refused(422, "field_invalid")["field"], "message.reply_to");
        let elsewhere = json!({
            "contact": { "external_id": "siti" },
            "message": { "external_id": "m-4", "text": "Baik", "reply_to": "m-1" },
        });
        scene.try_post(elsewhere).await.refused(422, "quote_unknown");
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_and_nothing_is_half_kept() {
    on_both(async |scene| {
        let good = json!({ "contact": { "external_id": "budi" }, "message": { "external_id": "m-1", "text": "Halo" } });
        let with = |pointer: &str, value: Value| {
            let mut body = good.clone();
            let (place, name) = pointer.rsplit_once('/').expect("a pointer");
            body.pointer_mut(place).expect("a place")[name] = value;
            body
        };
        let field = async |body: Value, name: &str| {
            assert_eq!(scene.try_post(body).await.refused(422, "field_invalid")["field"], name);
        };
        field(with("/contact/external_id", json!("")), "contact.external_id").await;
        field(with("/contact/external_id", json!("x".repeat(201))), "contact.external_id").await;
        field(with("/contact/external_id", json!(" budi")), "contact.external_id").await;
        field(with("/contact/name", json!("x".repeat(201))), "contact.name").await;
        field(with("/message/external_id", json!("a\nb")), "message.external_id").await;
        field(with("/message/external_id", json!(format!("ent_{}", "0".repeat(32)))), "message.external_id").await;
        let many: serde_json::Map<_, _> = (0..51).map(|n| (n.to_string(), json!("x"))).collect();
        scene.try_post(with("/contact/attributes", json!(many))).await.refused(422, "attributes_invalid");
        let long = json!({ "note": "x".repeat(1_001) });
        scene.try_post(with("/contact/attributes", long)).await.refused(422, "attributes_invalid");
        scene.try_post(with("/message/created_at", json!("yesterday"))).await.refused(422, "created_at_invalid");
        scene.try_post(with("/message/text", json!(" "))).await.refused(422, "text_empty");
        let long = scene.try_post(with("/message/text", json!("é".repeat(10_001)))).await;
        assert_eq!(long.refused(422, "text_too_long")["max"], 10_000, "as docs/api-inbox.md says");
        let missing = json!([{ "upload_id": format!("fil_{}", "0".repeat(32)) }]);
        scene.try_post(with("/message/attachments", missing)).await.refused(422, "file_unknown");
        for (pointer, value) in [
            ("/message/type", json!("hologram")),
            ("/message/colour", json!("red")),
            ("/contact/vip", json!(true)),
            ("/message/attachments", json!([{ "address": "https://example.com/a.png" }])),
        ] {
            let params = scene.try_post(with(pointer, value)).await.refused(400, "invalid_body");
            assert!(params["detail"].as_str().is_some_and(|text| text.contains("line 1")), "{params}");
        }
        let mut system = scene.system.clone();
        system.upload(&scene.path("messages"), "application/json", "{\"contact\":").await.refused(400, "invalid_body");
        system.upload(&scene.path("messages"), "text/plain", good.to_string()).await.refused(400, "invalid_body");
        let big = format!("{{\"x\":\"{}\"}}", "x".repeat(1_100_000));
        system.upload(&scene.path("messages"), "application/json", big).await.refused(413, "body_too_large");

        // None of them took the id, made a contact or began a conversation.
        scene.try_post(good.clone()).await.json(201);
        let page = scene.owner.clone().get("/api/v1/conversations?view=all").await.json(200);
        assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_first_and_are_fetched_with_the_same_token() {
    on_both(async |scene| {
        let mut system = scene.system.clone();
        let upload = scene.path("files?name=invoice.txt");
        let file = system.upload(&upload, "application/octet-stream", "total: 7").await.json(201);
        let address = scene.path(&format!("files/{}", file["id"].as_str().expect("an id")));
        system.get(&address).await.refused(404, "not_found");
        let body = json!({
            "contact": { "external_id": "budi" },
            "message": { "external_id": "m-1", "attachments": [{ "upload_id": file["id"] }] },
        });
        let posted = scene.try_post(body).await.json(201);
        let entry = scene.entry(&id(&posted["conversation_id"]), &id(&posted["id"])).await;
        assert_eq!((&entry["text"], &entry["files"][0]["name"]), (&json!(null), &json!("invoice.txt")));
        let fetched = system.get(&address).await;
        assert_eq!((fetched.status.as_u16(), fetched.body.as_ref()), (200, b"total: 7".as_slice()));
        let own = format!("/api/v1/files/{}", file["id"].as_str().expect("an id"));
        system.get(&own).await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_corrects_and_takes_back_what_he_wrote() {
    on_both(async |scene| {
        let posted = scene.post("m 1/ä", "Halo kaka").await;
        let (conversation, entry) = (id(&posted["conversation_id"]), id(&posted["id"]));
        let mut system = scene.system.clone();
        let named = scene.path("messages/m%201%2F%C3%A4");
        let edited = system.patch(&named, json!({ "text": "Halo kakak" })).await.json(200);
        assert_eq!((&edited["id"], &edited["text"]), (&posted["id"], &json!("Halo kakak")));
        assert_eq!(scene.texts(&conversation).await, ["Halo kakak"]);
        let ours = scene.answer(&conversation, "Halo").await;
        for wrong in [scene.path("messages/m-9"), scene.path(&format!("messages/{ours}"))] {
            system.patch(&wrong, json!({ "text": "x" })).await.refused(404, "not_found");
            system.delete(&wrong).await.refused(404, "not_found");
        }
        for _ in 0..2 {
            assert_eq!(system.delete(&scene.path(&format!("messages/{entry}"))).await.status, 204);
        }
        assert_eq!(scene.texts(&conversation).await, [json!(null), json!("Halo")]);
        system.patch(&named, json!({ "text": "x" })).await.refused(409, "entry_removed");
        scene.test.run_jobs().await;
        let told: Vec<_> = scene.receiver.got().iter().map(|told| told.body["type"].clone()).collect();
        assert_eq!(told, ["message.created"], "who did it knows it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_is_passed_on() {
    on_both(async |scene| {
        scene.post("m-1", "Halo").await;
        let mut socket = scene.owner.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let mut system = scene.system.clone();
        for (contact, on) in [("nobody", true), ("budi", true)] {
            let told = system.put(&scene.path("typing"), json!({ "contact": contact, "on": on })).await;
            assert_eq!(told.status, 204);
        }
        let frame = loop {
            let frame = socket.json().await;
            if frame["type"] == "typing" {
                break frame;
            }
        };
        assert_eq!((&frame["on"], &frame["author"]["name"]), (&json!(true), &json!("Budi")));
    })
    .await;
}
