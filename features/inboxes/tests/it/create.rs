use crate::scene::{PATH, listen, on_both, path, website};
use base::Role;
use ids::{InboxId, Uuid, WorkspaceId};
use inboxes::CreateInbox;
use serde_json::json;

#[tokio::test]
async fn an_inbox_is_made_and_told_to_those_who_see_it() {
    on_both(async |scene| {
        let (agent_id, agent) = scene.member("Budi", Role::Agent).await;
        let (_, outsider) = scene.member("Sari", Role::Agent).await;
        let (mut mine, mut theirs, mut others) =
            (listen(&scene.administrator).await, listen(&agent).await, listen(&outsider).await);
        let inbox = scene.inbox(&[agent_id]).await;
        let id = inbox["id"].as_str().expect("an id");
        let expected = json!({
            "id": id, "name": "Toko", "channel": "website", "enabled": true, "member_ids": [agent_id],
            "team_ids": [], "formers_read": false, "in_record": true,
            "routing": {
                "claim": "on_reply", "order": "in_turn", "last_handler_first": false, "skills": false, "open_limit": 0,
                "absence": "keep", "reopening": "keep",
            },
            "website": website(),
            "api": null,
            "close_after_minutes": 1_440,
            "close_waiting": false,
            "close_queued_after_minutes": 0,
            "closing_needs_tag": false,
            "closing_needs_note": false,
            "time_limit": null,
            "own_time_limit": false,
            "marks": ["bold", "italic", "strike", "code", "code_block", "list", "quote"],
            "limits": null,
            "email": null, "messenger": null,
            "starting": "known",
            "snippet": format!(
                "<!-- Sapa chat -->\n<script async src=\"https://desk.test/w.js?inbox={id}\" data-color=\"#0b6e69\"></script>"
            ),
        });
        assert_eq!(inbox, expected);
        assert_eq!(mine.event("inbox.updated").await["data"], json!({ "inbox": inbox }));
        assert_eq!(theirs.closed().await, 4403, "he works there now");
        assert!(others.events().await.is_empty(), "hidden from who does not work there");
        for client in [&scene.administrator, &agent] {
            assert_eq!(client.clone().get(PATH).await.json(200)["items"], json!([inbox]));
            assert_eq!(client.clone().get(&path(&inbox)).await.json(200), inbox);
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_id_twice_is_one_inbox() {
    on_both(async |scene| {
        let id = InboxId(Uuid::from_u128(0x0198_f3c2_0000_7000_8000_0000_0000_0001));
        let body = |name: &str| json!({ "id": id, "name": name, "website": website(), "member_ids": [] });
        let first = scene.administrator.clone().post(PATH, body("Toko")).await.json(201);
        let mut socket = listen(&scene.administrator).await;
        let again = scene.administrator.clone().post(PATH, body("Toko 2")).await.json(201);
        assert_eq!(again, first);
        assert!(socket.events().await.is_empty());
        assert_eq!(scene.administrator.clone().get(PATH).await.json(200)["items"], json!([first]));
    })
    .await;
}

#[tokio::test]
async fn ten_at_once_with_one_id_make_one_inbox() {
    on_both(async |scene| {
        let id = InboxId(Uuid::from_u128(0x0198_f3c2_0000_7000_8000_0000_0000_0002));
        let tries = (0..10).map(|_| {
            let mut client = scene.administrator.clone();
            let body = json!({ "id": id, "name": "Toko", "website": website(), "member_ids": [] });
            tokio::spawn(async move { client.post(PATH, body).await.status.as_u16() })
        });
        for attempt in tries.collect::<Vec<_>>() {
            assert_eq!(attempt.await.expect("an answer"), 201);
        }
        let items = scene.administrator.clone().get(PATH).await.json(200)["items"].clone();
        assert_eq!(items.as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test]
async fn the_id_of_another_workspaces_inbox_is_refused_and_its_inbox_hidden() {
    on_both(async |scene| {
        let id = InboxId(Uuid::from_u128(0x0198_f3c2_0000_7000_8000_0000_0000_0003));
        let body = json!({ "id": id, "name": "Elsewhere", "website": website(), "member_ids": [] });
        let asked: CreateInbox = serde_json::from_value(body.clone()).expect("a request");
        let elsewhere = WorkspaceId(Uuid::from_u128(1));
        let made = scene.test.app.write(elsewhere, |tx| Box::pin(inboxes::create(tx, asked))).await;
        made.expect("an inbox of another workspace");
        let mut administrator = scene.administrator.clone();
        administrator.post(PATH, body).await.refused(409, "id_reused");
        let hidden = administrator.get(&format!("{PATH}/{id}")).await;
        hidden.refused(404, "not_found");
        administrator.patch(&format!("{PATH}/{id}"), json!({ "name": "Mine" })).await.refused(404, "not_found");
        assert_eq!(administrator.get(PATH).await.json(200)["items"], json!([]));
        let missing = administrator.get(&format!("{PATH}/inb_{}", "0".repeat(32))).await;
        assert_eq!(missing.body, hidden.body);
    })
    .await;
}

#[tokio::test]
async fn every_field_is_checked_and_unknown_ones_are_refused() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let mut with = async |field: &str, value: serde_json::Value, status: u16, code: &str| {
            let mut body = json!({ "name": "Toko", "website": website(), "member_ids": [] });
            match field.split_once('.') {
                Some((outer, inner)) => body[outer][inner] = value,
                None => body[field] = value,
            }
            administrator.post(PATH, body).await.refused(status, code)
        };
        with("name", json!("  "), 422, "inbox_name_invalid").await;
        with("name", json!("x".repeat(101)), 422, "inbox_name_invalid").await;
        with("website.title", json!(""), 422, "website_title_invalid").await;
        with("website.greeting", json!("x".repeat(301)), 422, "website_greeting_invalid").await;
        for color in ["red", "#0b6e6", "#0b6e6g", "#0b6e69;}"] {
            with("website.color", json!(color), 422, "website_color_invalid").await;
        }
        let params = with("website.allowed_origins", json!(["shop.example"]), 422, "website_origin_invalid").await;
        assert_eq!(params["origin"], "shop.example");
        let stranger = format!("mem_{}", "0".repeat(32));
        let params = with("member_ids", json!([stranger]), 422, "member_unknown").await;
        assert_eq!(params["id"], stranger);
        for (field, value) in [("queued", json!(5)), ("workspace_id", json!("x")), ("website.script", json!("x"))] {
            with(field, value, 400, "invalid_body").await;
        }
        assert_eq!(scene.administrator.clone().get(PATH).await.json(200)["items"], json!([]), "nothing was made");
    })
    .await;
}
