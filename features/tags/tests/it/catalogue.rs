use crate::scene::{PATH, list, on_both, path};
use base::Role;
use db::{params, sql};
use ids::{TagId, Uuid};
use serde_json::{Value, json};

/// C14
#[tokio::test]
async fn a_name_is_one_in_the_workspace_whatever_its_case() {
    on_both(async |scene| {
        let mut client = scene.administrator.clone();
        let id = TagId(Uuid::from_u128(7)).to_string();
        let asked = json!({ "id": id, "name": "  VIP\n", "color": "violet" });
        let made = client.post(PATH, &asked).await.json(201);
        assert_eq!(made, json!({ "id": id, "name": "VIP", "color": "violet", "archived": false, "pinned": false }));
        assert_eq!(client.post(PATH, &asked).await.json(201), made, "the same id is the same tag");
        client.post(PATH, json!({ "name": "vip", "color": "red" })).await.refused(409, "tag_name_taken");
        let other = scene.tag("Größe").await;
        client.post(PATH, json!({ "name": "GRÖßE", "color": "red" })).await.refused(409, "tag_name_taken");
        client.patch(&path(&other), json!({ "name": "Vip" })).await.refused(409, "tag_name_taken");
        client.patch(&path(&made), json!({ "name": "vip" })).await.json(200);

        let changed = json!({ "name": "Ukuran", "color": "orange", "archived": true });
        let changed = client.patch(&path(&other), changed).await.json(200);
        assert_eq!(
            (&changed["name"], &changed["color"], &changed["archived"]),
            (&json!("Ukuran"), &json!("orange"), &json!(true))
        );
        client.post(PATH, json!({ "name": "ukuran", "color": "red" })).await.refused(409, "tag_name_taken");
        assert_eq!(
            client.patch(&path(&other), json!({ "archived": false, "pinned": false })).await.json(200)["archived"],
            false
        );

        for name in ["", " \u{202e} ", &"x".repeat(41)] {
            client.post(PATH, json!({ "name": name, "color": "red" })).await.refused(422, "tag_name_invalid");
            client.patch(&path(&made), json!({ "name": name })).await.refused(422, "tag_name_invalid");
        }
        client.post(PATH, json!({ "name": "A", "color": "#ff0000" })).await.refused(400, "invalid_body");
        client
            .patch(&path(&json!({ "id": TagId(Uuid::from_u128(8)).to_string() })), json!({}))
            .await
            .refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn everybody_sees_tags_and_supervisors_and_above_change_them() {
    on_both(async |scene| {
        let known = scene.tag("VIP").await;
        let rows = [
            ("Ana", Role::Administrator, true),
            ("Budi", Role::ChatAdministrator, true),
            ("Rina", Role::Supervisor, true),
            ("Sari", Role::Agent, false),
            ("Tono", Role::Reader, false),
        ];
        for (name, role, may) in rows {
            let mut client = scene.member(name, role).await;
            let item = client.get(PATH).await.json(200)["items"][0].clone();
            assert_eq!(item, json!({ "tag": known, "conversations": if may { json!(0) } else { Value::Null } }));
            let asked = json!({ "name": format!("with {name}"), "color": "red" });
            if may {
                client.post(PATH, asked).await.json(201);
                client.patch(&path(&known), json!({})).await.json(200);
            } else {
                client.post(PATH, asked).await.refused(403, "forbidden");
                client.patch(&path(&known), json!({ "archived": true })).await.refused(403, "forbidden");
            }
        }
        let mut stranger = scene.test.client();
        stranger.get(PATH).await.refused(401, "unauthenticated");
        let mut elsewhere = scene.administrator.clone().with_origin("https://evil.example");
        elsewhere.post(PATH, json!({ "name": "A", "color": "red" })).await.refused(403, "wrong_origin");
    })
    .await;
}

#[tokio::test]
async fn a_workspace_holds_so_many_and_no_more() {
    on_both(async |scene| {
        let filled = scene.test.app.write(scene.workspace, |tx| {
            Box::pin(async move {
                for number in 0..499_u128 {
                    tx.put(
                        sql!(
                            "INSERT INTO tags (workspace_id, id, name, folded, color, created_at, conversations) \
                             VALUES ($1, $2, $3, $3, 'red', 0, 0)"
                        ),
                        params![tx.workspace, TagId(Uuid::from_u128(number)), format!("n{number}")],
                    )
                    .await?;
                }
                Ok(())
            })
        });
        filled.await.expect("many tags");
        scene.tag("the last").await;
        let one_more = scene.administrator.clone().post(PATH, json!({ "name": "one more", "color": "red" })).await;
        one_more.refused(422, "too_many_tags");
    })
    .await;
}

#[tokio::test]
async fn state_before_and_events_make_the_state_after() {
    on_both(async |scene| {
        let reader = scene.member("Tono", Role::Reader).await;
        let kept = scene.tag("kept").await;
        let before = list(&reader).await;
        let mut socket = reader.socket("/ws").await.expect("a socket");
        let ready = socket.hello(None).await;
        let position = ready.last().expect("ready")["position"].as_i64();
        scene.tag("new").await;
        let mut client = scene.administrator.clone();
        client.patch(&path(&kept), json!({ "name": "renamed" })).await.json(200);
        client.patch(&path(&kept), json!({ "name": "renamed" })).await.json(200);
        let live = socket.events().await;
        assert_eq!(live.len(), 2, "what changed nothing is not told");
        let mut missed = reader.socket("/ws").await.expect("a socket").hello(position).await;
        missed.retain(|frame| frame["type"] == "event");
        assert_eq!(missed, live);
        let mut after = before;
        for event in live {
            let tag = event["data"]["tag"].clone();
            after.retain(|known| known["id"] != tag["id"]);
            after.push(tag);
        }
        after.sort_by_key(|tag| tag["name"].as_str().map(str::to_lowercase));
        assert_eq!(after, list(&reader).await);
    })
    .await;
}
