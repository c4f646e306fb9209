use crate::scene::{PATH, body, list, make, of_inbox, on_both, personal, shortcuts, workspace};
use base::Role;
use ids::{QuickReplyId, Uuid, WorkspaceId};
use replies::CreateQuickReply;
use serde_json::{Value, json};

/// R190
#[tokio::test]
async fn one_is_made_and_listed_with_what_may_be_done() {
    on_both(async |scene| {
        let (agent_id, agent) = scene.member("Budi", Role::Agent).await;
        let mine = make(&agent, " /Ship ", personal(agent_id)).await;
        let expected = json!({
            "id": mine["quick_reply"]["id"], "shortcut": "ship", "title": "Shipping", "group": "Orders",
            "text": "Hi {{contact.first_name|there}}, we ship every day.", "files": [], "scope": personal(agent_id),
            "uses": 0, "last_used_at": null,
        });
        assert_eq!(mine, json!({ "quick_reply": expected, "can": ["manage"] }));
        let shared = make(&scene.administrator, "open", workspace()).await;
        let seen = json!({ "quick_reply": shared["quick_reply"], "can": [] });
        assert_eq!(list(&agent).await, [seen, mine.clone()], "by shortcut");
        assert_eq!(shortcuts(&scene.administrator).await, ["open"], "what is personal nobody else has");
    })
    .await;
}

#[tokio::test]
async fn a_shortcut_is_one_within_its_scope() {
    on_both(async |scene| {
        let (agent_id, agent) = scene.member("Budi", Role::Agent).await;
        let inbox = scene.inbox(&[agent_id]).await;
        make(&agent, "ship", personal(agent_id)).await;
        make(&scene.administrator, "ship", personal(scene.administrator_id)).await;
        make(&scene.administrator, "ship", of_inbox(inbox)).await;
        make(&scene.administrator, "ship", workspace()).await;
        let again = scene.administrator.clone().post(PATH, body("SHIP", workspace())).await;
        assert_eq!(again.refused(409, "shortcut_taken")["shortcut"], "ship");
        assert_eq!(shortcuts(&agent).await, ["ship", "ship", "ship"]);
    })
    .await;
}

#[tokio::test]
async fn the_same_id_twice_is_one_and_anothers_id_is_refused() {
    on_both(async |scene| {
        let (agent_id, mut agent) = scene.member("Budi", Role::Agent).await;
        let with_id = |shortcut: &str, scope: Value| {
            let mut body = body(shortcut, scope);
            body["id"] = json!(QuickReplyId(Uuid::from_u128(0x0198_f3c2_0000_7000_8000_0000_0000_0001)));
            body
        };
        let first = agent.post(PATH, with_id("ship", personal(agent_id))).await.json(201);
        let again = agent.post(PATH, with_id("other", personal(agent_id))).await.json(201);
        assert_eq!(again, first);
        assert_eq!(list(&agent).await, [first]);
        let mut administrator = scene.administrator.clone();
        administrator.post(PATH, with_id("ship", workspace())).await.refused(409, "id_reused");
    })
    .await;
}

#[tokio::test]
async fn other_workspaces_are_apart() {
    on_both(async |scene| {
        let elsewhere = WorkspaceId(Uuid::from_u128(1));
        let member = base::MemberCaller {
            workspace: elsewhere,
            id: scene.administrator_id,
            name: "Anybody".into(),
            rights: Role::Administrator.rights().expect("a shipped role"),
            inboxes: Vec::new(),
            teams: Vec::new(),
            colleagues: Vec::new(),
            message_characters: 2_000,
            proven: base::Proven::Unasked,
        };
        let asked: CreateQuickReply = serde_json::from_value(body("ship", workspace())).expect("a request");
        let made =
            scene.test.app.write(elsewhere, |tx| Box::pin(async move { replies::create(tx, &member, asked).await }));
        let id = made.await.expect("one of another workspace").id;
        let mut administrator = scene.administrator.clone();
        assert_eq!(list(&administrator).await, Vec::<Value>::new());
        let hidden = format!("{PATH}/{id}");
        administrator.patch(&hidden, json!({ "title": "Mine" })).await.refused(404, "not_found");
        administrator.delete(&hidden).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn every_field_is_checked_and_unknown_ones_are_refused() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let mut with = async |field: &str, value: Value, status: u16, code: &str| {
            let mut body = body("ship", workspace());
            body[field] = value;
            administrator.post(PATH, body).await.refused(status, code)
        };
        with("shortcut", json!("two words"), 422, "shortcut_invalid").await;
        with("title", json!(" "), 422, "quick_reply_title_invalid").await;
        with("group", json!("x".repeat(51)), 422, "quick_reply_group_invalid").await;
        with("text", json!("x".repeat(10_001)), 422, "quick_reply_text_invalid").await;
        let params = with("text", json!("Hi {{contact.nam}}"), 422, "placeholder_unknown").await;
        assert_eq!(params["placeholder"], "{{contact.nam}}");
        with("uses", json!(5), 400, "invalid_body").await;
        with("scope", json!({ "kind": "team" }), 400, "invalid_body").await;
        with("scope", of_inbox(ids::InboxId(Uuid::from_u128(9))), 404, "not_found").await;
        assert_eq!(list(&scene.administrator).await, Vec::<Value>::new(), "nothing was made");
        make(&scene.administrator, "empty", workspace()).await;
        let mut body = body("ship", workspace());
        body["group"] = json!("");
        let plain = scene.administrator.clone().post(PATH, body).await.json(201);
        assert_eq!(plain["quick_reply"]["group"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_scope_holds_its_limit_and_no_more() {
    on_both(async |scene| {
        let table: String = (0..500).map(|number| format!("s{number},text\n")).collect();
        let mut administrator = scene.administrator.clone();
        let import = format!("{PATH}/import");
        let filled = administrator.upload(&import, "text/csv", format!("shortcut,text\n{table}")).await.json(200);
        assert_eq!(filled["made"], 500);
        let one_more = administrator.post(PATH, body("more", personal(scene.administrator_id))).await;
        assert_eq!(one_more.refused(422, "too_many_quick_replies")["max"], 500);
        make(&administrator, "more", workspace()).await;
    })
    .await;
}
