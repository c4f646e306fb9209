use crate::scene::{PATH, listen, no_form, no_hours, on_both, path};
use base::Role;
use serde_json::json;

#[tokio::test]
async fn what_is_named_changes_and_the_rest_stays() {
    on_both(async |scene| {
        let (agent_id, agent) = scene.member("Budi", Role::Agent).await;
        let inbox = scene.inbox(&[agent_id]).await;
        let mut socket = listen(&agent).await;
        let mut administrator = scene.administrator.clone();
        let mut expected = inbox.clone();

        expected["name"] = json!("Toko Dua");
        let changed = administrator.patch(&path(&inbox), json!({ "name": " Toko Dua " })).await.json(200);
        assert_eq!(changed, expected);
        assert_eq!(socket.event("inbox.updated").await["data"], json!({ "inbox": expected }));

        (expected["enabled"], expected["starting"]) = (json!(false), json!("nobody"));
        let changed = administrator.patch(&path(&inbox), json!({ "enabled": false })).await.json(200);
        assert_eq!(changed, expected);

        let website = json!({
            "allowed_origins": ["https://Shop.example/"], "title": "Tanya kami", "greeting": "", "color": "#FFFFFF",
        });
        expected["website"] = json!({
            "allowed_origins": ["https://shop.example"], "title": "Tanya kami", "greeting": "", "greeting_in": {},
            "color": "#ffffff",
            "rating": true, "page_visits": true, "visitors_now": false, "left_is_failure": true, "greetings": [], "pre_chat": no_form(), "hours": no_hours(),
        });
        // The lines for the website name the color.
        let snippet = expected["snippet"].as_str().expect("lines").replace("#0b6e69", "#ffffff");
        expected["snippet"] = json!(snippet);
        let body = json!({ "enabled": true, "website": website });
        (expected["enabled"], expected["starting"]) = (json!(true), json!("known"));
        assert_eq!(administrator.patch(&path(&inbox), body).await.json(200), expected);
        assert_eq!(administrator.patch(&path(&inbox), json!({})).await.json(200), expected);
        assert_eq!(agent.clone().get(&path(&inbox)).await.json(200), expected);

        // A desk that does not know of some settings leaves them as they are.
        expected["website"]["page_visits"] = json!(false);
        let body = json!({ "website": { "page_visits": false } });
        assert_eq!(administrator.patch(&path(&inbox), body).await.json(200), expected);
        expected["website"]["title"] = json!("Halo");
        let body = json!({ "website": { "title": "Halo" } });
        assert_eq!(administrator.patch(&path(&inbox), body).await.json(200), expected);
        let body = json!({ "website": { "titel": "Halo" } });
        administrator.patch(&path(&inbox), body).await.refused(400, "invalid_body");
        let newest = socket.events().await.pop().expect("the events of the changes");
        assert_eq!(newest["data"], json!({ "inbox": expected }), "state after = the newest event");
    })
    .await;
}

#[tokio::test]
async fn a_refused_change_changes_nothing() {
    on_both(async |scene| {
        let inbox = scene.inbox(&[]).await;
        let mut socket = listen(&scene.administrator).await;
        let mut administrator = scene.administrator.clone();
        let mut website = inbox["website"].clone();
        website["color"] = json!("red");
        let body = json!({ "name": "Other", "enabled": false, "website": website });
        administrator.patch(&path(&inbox), body).await.refused(422, "website_color_invalid");
        administrator.patch(&path(&inbox), json!({ "channel": "email" })).await.refused(400, "invalid_body");
        administrator.patch(&path(&inbox), json!({ "snippet": "<script>" })).await.refused(400, "invalid_body");
        assert_eq!(administrator.get(&path(&inbox)).await.json(200), inbox);
        assert!(socket.events().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn hidden_is_missing_and_visible_is_forbidden() {
    on_both(async |scene| {
        let (inside_id, mut inside) = scene.member("Budi", Role::Agent).await;
        let (_, mut outside) = scene.member("Sari", Role::Agent).await;
        let (_, mut views_all) = scene.member("Rina", Role::ChatAdministrator).await;
        let inbox = scene.inbox(&[inside_id]).await;
        let rename = json!({ "name": "Mine" });
        let missing = format!("{PATH}/inb_{}", "0".repeat(32));

        let hidden = outside.get(&path(&inbox)).await;
        hidden.refused(404, "not_found");
        assert_eq!(outside.get(&missing).await.body, hidden.body);
        assert_eq!(outside.patch(&path(&inbox), &rename).await.body, hidden.body);
        assert_eq!(outside.get(PATH).await.json(200)["items"], json!([]));

        for client in [&mut inside, &mut views_all] {
            client.get(&path(&inbox)).await.json(200);
            client.patch(&path(&inbox), &rename).await.refused(403, "forbidden");
            client.post(PATH, json!({ "name": "X", "website": inbox["website"] })).await.refused(403, "forbidden");
        }
        assert_eq!(inside.get(&path(&inbox)).await.json(200), inbox);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_other_settings_at_once_undoes_nothing() {
    on_both(async |scene| {
        let inbox = scene.inbox(&[]).await;
        let (mut one, mut other) = (scene.administrator.clone(), scene.administrator.clone());
        for number in 0..8 {
            let title = json!({ "website": { "title": format!("Halo {number}") } });
            let greeting = json!({ "website": { "greeting": format!("Ya? {number}") } });
            let address = path(&inbox);
            let (title, greeting) = tokio::join!(one.patch(&address, title), other.patch(&address, greeting));
            title.json(200);
            greeting.json(200);
            let website = one.get(&address).await.json(200)["website"].clone();
            let wanted = (json!(format!("Halo {number}")), json!(format!("Ya? {number}")));
            assert_eq!((website["title"].clone(), website["greeting"].clone()), wanted);
        }
    })
    .await;
}
