use crate::scene::{PATH, on_both};
use base::Role;
use serde_json::{Value, json};

fn said(line: &Value) -> String {
    let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    format!("{} {} {}", text("area"), text("action"), text("subject_name"))
}

/// Every change of a setting or a right leaves one line; a request that changes nothing leaves none.
#[tokio::test]
async fn each_change_of_a_setting_or_a_right_leaves_a_line() {
    on_both(async |scene| {
        let mut client = scene.administrator.clone();
        let (citra, mut citras) = scene.member("Citra", Role::Agent).await;
        let id = |made: &Value| made["id"].as_str().expect("an id").to_owned();
        let mut expected = vec!["member joined Wati".to_owned(), "workspace created Toko Wati".to_owned()];
        let mut expect = |line: &str| expected.insert(0, line.to_owned());

        let day = testkit::START + 86_400_000;
        let token = json!({ "name": "Backup", "rights": ["conversation:view"], "expires_at": day });
        let token = client.post("/api/v1/member-tokens", token).await.json(201);
        expect("member_token created Backup");
        client.delete(&format!("/api/v1/member-tokens/{}", id(&token["member_token"]))).await.json(204);
        expect("member_token removed Backup");

        client.patch("/api/v1/workspace", json!({ "name": "Toko Baru", "open_limit": 5 })).await.json(200);
        expect("workspace changed Toko Baru");
        let limit = json!({ "limit": { "processing_seconds": 600 } });
        client.put("/api/v1/time-limit", &limit).await.json(200);
        expect("workspace changed ");
        client.put("/api/v1/time-limit", &limit).await.json(200);

        let invited =
            client.post("/api/v1/invitations", json!({ "email": "d@toko.example", "role": "agent", "inbox_ids": [] }));
        let invited = invited.await.json(201);
        expect("invitation created d@toko.example");
        client.delete(&format!("/api/v1/invitations/{}", id(&invited))).await.json(204);
        expect("invitation withdrawn d@toko.example");

        let member = format!("/api/v1/members/{citra}");
        client.patch(&member, json!({ "role": "supervisor", "skills": ["returns"] })).await.json(200);
        expect("member changed Citra");
        client.patch(&member, json!({ "open_limit": 7 })).await.json(200);
        expect("member changed Citra");
        client.patch(&member, json!({ "role": "supervisor", "open_limit": 7 })).await.json(200);
        citras.patch("/api/v1/me", json!({ "name": "Citra D" })).await.json(200);
        expect("member changed Citra D");
        citras.patch("/api/v1/me", json!({ "locale": "en" })).await.json(200);

        let team = client.post("/api/v1/teams", json!({ "name": "Returns" })).await.json(201);
        expect("team created Returns");
        let team = format!("/api/v1/teams/{}", id(&team));
        client.patch(&team, json!({ "put": [{ "member_id": citra.to_string(), "leads": true }] })).await.json(200);
        expect("team changed Returns");
        client.delete(&team).await.json(204);
        expect("team removed Returns");

        let inbox =
            client.post("/api/v1/inboxes", json!({ "name": "Ours", "api": { "webhook_url": null } })).await.json(201);
        expect("inbox created Ours");
        let inbox = format!("/api/v1/inboxes/{}", id(&inbox));
        client.patch(&inbox, json!({ "name": "Theirs", "member_ids": [citra.to_string()] })).await.json(200);
        expect("inbox changed Theirs");
        client.patch(&inbox, json!({ "name": "Theirs" })).await.json(200);
        let token = client.post(&format!("{inbox}/tokens"), json!({})).await.json(201);
        expect("inbox token_created Theirs");
        client.delete(&format!("{inbox}/tokens/{}", id(&token))).await.json(204);
        expect("inbox token_revoked Theirs");
        client.post(&format!("{inbox}/webhook/secret"), json!({})).await.json(200);
        expect("inbox secret_replaced Theirs");
        client.delete(&format!("{inbox}/webhook/stop")).await.json(200);
        expect("inbox webhook_started Theirs");
        let site = json!({ "name": "Site", "website": { "title": "Hi", "greeting": "Halo!", "color": "#0b6e69", "allowed_origins": [] } });
        let site = client.post("/api/v1/inboxes", site).await.json(201);
        expect("inbox created Site");
        let site = format!("/api/v1/inboxes/{}", id(&site));
        client.post(&format!("{site}/identity-key"), json!({})).await.json(200);
        expect("inbox identity_key_replaced Site");
        client.delete(&format!("{site}/identity-key")).await.json(204);
        expect("inbox identity_key_removed Site");

        let calendar = format!("/api/v1/calendars/cal_{}", "1".repeat(32));
        let hours = |zone: &str| json!({ "name": "Office", "hours": { "zone": zone, "week": [], "closed_days": [] } });
        client.put(&calendar, hours("UTC")).await.json(200);
        expect("calendar created Office");
        client.put(&calendar, hours("UTC")).await.json(200);
        client.put(&calendar, hours("Asia/Jakarta")).await.json(200);
        expect("calendar changed Office");
        client.delete(&calendar).await.json(204);
        expect("calendar removed Office");

        let tag = client.post("/api/v1/tags", json!({ "name": "VIP", "color": "teal" })).await.json(201);
        expect("tag created VIP");
        client.patch(&format!("/api/v1/tags/{}", id(&tag)), json!({ "color": "red" })).await.json(200);
        expect("tag changed VIP");

        let reply = |scope: Value| json!({ "shortcut": "hi", "title": "Hi", "text": "Hello", "scope": scope });
        let shared = client.post("/api/v1/quick-replies", reply(json!({ "kind": "workspace" }))).await.json(201);
        expect("quick_reply created hi");
        let shared = format!("/api/v1/quick-replies/{}", id(&shared["quick_reply"]));
        client.patch(&shared, json!({ "text": "Hello there" })).await.json(200);
        expect("quick_reply changed hi");
        client.delete(&shared).await.json(204);
        expect("quick_reply removed hi");
        let own = json!({ "kind": "personal", "member_id": citra.to_string() });
        citras.post("/api/v1/quick-replies", reply(own)).await.json(201);

        client.post(&format!("{member}/password-link"), json!({})).await.json(201);
        expect("member password_reset Citra D");

        let visitor = json!({ "inbox_id": site.rsplit('/').next(), "origin": "https://shop.test", "locale": "en" });
        let visitor = scene.test.client().post("/w/api/v1/visitors", visitor).await.json(201);
        let mut visitor = scene.test.client().with_bearer(visitor["token"].as_str().expect("a token"));
        let message = json!({ "id": "ent_0198f3c2000070009000000000000001", "text": "Hi", "file_ids": [] });
        let message = visitor.post("/w/api/v1/messages", message).await.json(201);
        let conversation = message["conversation_id"].as_str().expect("an id");
        let path = format!("/api/v1/conversations/{conversation}");
        client.put(&format!("{path}/deletion"), json!({})).await.json(200);
        expect(&format!("conversation deleted {conversation}"));
        client.delete(&format!("{path}/deletion")).await.json(200);
        expect(&format!("conversation restored {conversation}"));
        client.put(&format!("{path}/deletion"), json!({})).await.json(200);
        expect(&format!("conversation deleted {conversation}"));
        client.put(&format!("{path}/erasure"), json!({})).await.json(204);
        expect(&format!("conversation erasing_begun {conversation}"));
        scene.test.run_jobs().await;
        expect(&format!("conversation erased {conversation}"));

        let told: Vec<_> = scene.lines("?limit=100").await.iter().map(said).collect();
        assert_eq!(told, expected);
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_line_says_who_and_from_what_to_what_and_no_secret() {
    on_both(async |scene| {
        let (citra, _) = scene.member("Citra", Role::Agent).await;
        let mut client = scene.administrator.clone();
        client.patch(&format!("/api/v1/members/{citra}"), json!({ "role": "supervisor" })).await.json(200);
        let line = scene.lines("").await.remove(0);
        assert_eq!(line["member_name"], "Wati");
        assert_eq!(line["subject"], json!(citra.to_string()));
        assert_eq!(line["changes"], json!([{ "field": "role", "before": "agent", "after": "supervisor" }]));

        let invited = json!({ "email": "d@toko.example", "role": "agent", "inbox_ids": [] });
        let invited = client.post("/api/v1/invitations", invited).await.json(201);
        let link = invited["link"].as_str().expect("a link");
        let table = client.get(&format!("{PATH}.csv")).await;
        let table = String::from_utf8_lossy(&table.body);
        assert!(table.contains("d@toko.example") && table.contains("role,agent,supervisor"), "{table}");
        assert!(!table.contains(link), "whoever has the link becomes a member");
        scene.test.run_jobs().await;
    })
    .await;
}

/// Also where the change comes after other work than the database's, and from somebody who was no member yet.
#[tokio::test]
async fn a_line_says_from_where_a_password_was_changed_and_somebody_joined() {
    on_both(async |scene| {
        let mut client = scene.administrator.clone().from_address([203, 0, 113, 9]);
        let password = json!({ "current": "correct horse", "new": "another horse" });
        client.put("/api/v1/me/password", password).await.json(204);
        let line = scene.lines("").await.remove(0);
        assert_eq!((said(&line).as_str(), &line["address"]), ("member password_changed Wati", &json!("203.0.113.9")));

        let api = json!({ "name": "Ours", "api": { "webhook_url": null } });
        let inbox = client.post("/api/v1/inboxes", api).await.json(201)["id"].clone();
        let invited = json!({ "email": "d@toko.example", "role": "agent", "inbox_ids": [inbox] });
        let invited = client.post("/api/v1/invitations", invited).await.json(201);
        let line = scene.lines("").await.remove(0);
        let inboxes = json!({ "field": "inbox_ids", "before": null, "after": json!([inbox]).to_string() });
        assert!(line["changes"].as_array().is_some_and(|changes| changes.contains(&inboxes)), "{line}");

        let token = invited["link"].as_str().and_then(|link| link.split_once('#')).expect("a link").1;
        let accepted = json!({ "token": token, "name": "Dewi", "password": "a long password", "locale": "en" });
        // Also where somebody else is signed in.
        let mut here = scene.member("Citra", Role::Agent).await.1.from_address([203, 0, 113, 10]);
        here.post("/api/v1/invitations/accept", accepted).await.json(201);
        let joined = scene.lines("?area=member").await.remove(0);
        assert_eq!((said(&joined).as_str(), &joined["address"]), ("member joined Dewi", &json!("203.0.113.10")));
        assert_eq!(joined["member_id"], Value::Null, "he was none");
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn only_administrators_read_it_and_narrow_it() {
    on_both(async |scene| {
        let mut client = scene.administrator.clone();
        for (name, role) in [
            ("Budi", Role::ChatAdministrator),
            ("Rina", Role::Supervisor),
            ("Sari", Role::Agent),
            ("Tono", Role::Reader),
        ] {
            let (_, mut theirs) = scene.member(name, role).await;
            theirs.get(PATH).await.refused(403, "forbidden");
            theirs.get(&format!("{PATH}.csv")).await.refused(403, "forbidden");
        }
        scene.test.client().get(PATH).await.refused(401, "unauthenticated");
        let (_, mut other) = scene.member("Ana", Role::Administrator).await;
        for number in 1..=4 {
            let by = if number % 2 == 0 { &mut other } else { &mut client };
            by.post("/api/v1/tags", json!({ "name": format!("T{number}"), "color": "red" })).await.json(201);
        }
        let me = other.get("/api/v1/me").await.json(200)["member"]["id"].as_str().expect("an id").to_owned();
        let names = |lines: Vec<Value>| lines.iter().map(said).collect::<Vec<_>>();
        assert_eq!(names(scene.lines(&format!("?member={me}")).await), ["tag created T4", "tag created T2"]);
        assert_eq!(names(scene.lines(&format!("?member={me}&area=team")).await), [""; 0]);
        assert_eq!(scene.lines("?area=tag").await.len(), 4);
        assert_eq!(scene.lines("?area=workspace").await.len(), 1);
        let future = testkit::START + 3_600_000;
        assert_eq!(scene.lines(&format!("?from={future}")).await.len(), 0);
        assert_eq!(scene.lines(&format!("?until={future}")).await.len(), 6);

        let page = client.get(&format!("{PATH}?limit=4")).await.json(200);
        let before = page["next_before"].as_i64().expect("more");
        assert_eq!(page["end"]["hash"], page["lines"][0]["hash"]);
        let rest = client.get(&format!("{PATH}?limit=4&before={before}")).await.json(200);
        assert_eq!((rest["lines"].as_array().map(Vec::len), &rest["next_before"]), (Some(2), &Value::Null));
        client.get(&format!("{PATH}?before=0")).await.refused(400, "cursor_invalid");
    })
    .await;
}
