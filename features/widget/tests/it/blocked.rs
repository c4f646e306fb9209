//! The list of blocked contacts, on both engines.

use crate::scene::{Scene, Visitor, entry_id, on_both};
use serde_json::{Value, json};
use testkit::Client;

const HOUR: i64 = 3_600_000;

/// A visitor of the first inbox who said his name, and his conversation.
async fn named(scene: &Scene, name: &str) -> (Visitor, String) {
    let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
    let mut website = owner.get(&inbox).await.json(200)["website"].clone();
    website["pre_chat"] = json!({ "name": "optional" });
    owner.patch(&inbox, json!({ "website": website })).await.json(200);
    let answers = json!({ "name": name });
    let asked = json!({ "inbox_id": scene.inbox, "origin": "https://shop.test", "locale": "id", "answers": answers });
    let made = scene.anonymous().post("/w/api/v1/visitors", asked).await.json(201);
    let mut visitor = scene.visitor_with(made["token"].as_str().expect("a token"));
    let id = conversation(&mut visitor).await;
    (visitor, id)
}

async fn conversation(visitor: &mut Visitor) -> String {
    visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned()
}

async fn block(scene: &Scene, conversation: &str, body: Value) -> Value {
    scene.test.advance(1);
    let path = format!("/api/v1/conversations/{conversation}/block");
    scene.owner.clone().put(&path, body).await.json(200)["conversation"]["contact"]["id"].clone()
}

async fn listed(client: &mut Client, query: &str) -> Value {
    client.get(&format!("/api/v1/blocks{query}")).await.json(200)
}

fn contacts(page: &Value) -> Vec<&Value> {
    page["items"].as_array().expect("items").iter().map(|item| &item["contact"]["id"]).collect()
}

/// C15
#[tokio::test(flavor = "multi_thread")]
async fn who_may_unblock_sees_who_is_blocked_where_he_may() {
    on_both(async |scene| {
        let (mut sari, first) = named(&scene, "Sari Dewi").await;
        let (_, second) = named(&scene, "ÉDITH").await;
        let third = conversation(&mut scene.visitor_of_another_inbox().await).await;
        let until = scene.test.app.clock.now() + HOUR;
        let one = block(&scene, &first, json!({ "reason": "threats", "until": until })).await;
        let two = block(&scene, &second, json!({})).await;
        let elsewhere = block(&scene, &third, json!({})).await;
        sari.write_as(&entry_id(1), "let me in").await.refused(409, "inbox_disabled");

        let (mut owner, mut agent) = (scene.owner.clone(), scene.agent("budi").await);
        agent.get("/api/v1/blocks").await.refused(403, "forbidden");
        let (mut leads, mut away) =
            (scene.member("rini", "supervisor", true).await, scene.member("tomo", "supervisor", false).await);
        assert_eq!(contacts(&listed(&mut owner, "").await), [&elsewhere, &two, &one], "the last one first");
        let page = listed(&mut leads, "").await;
        assert_eq!(contacts(&page), [&two, &one]);
        let block = json!({
            "at": page["items"][1]["block"]["at"], "until": until, "by": "owner",
            "by_id": page["items"][1]["block"]["by_id"], "reason": "threats", "refused": 1,
        });
        assert_eq!((&page["items"][1]["block"], &page["items"][1]["conversation_id"]), (&block, &json!(first)));
        assert_eq!(listed(&mut away, "").await["items"], json!([]));
        // Nor does a page tell by its end that somebody of this name is blocked where one may not look.
        let (hidden, nobody) = (listed(&mut away, "?q=sari&limit=1").await, listed(&mut away, "?q=x&limit=1").await);
        assert_eq!(hidden, nobody);

        for (query, found) in [("?q=sari", vec![&one]), ("?q=%C3%A9dith", vec![&two]), ("?q=nobody", vec![])] {
            assert_eq!(contacts(&listed(&mut owner, query).await), found, "{query}");
        }
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = listed(&mut owner, &format!("?limit=1{cursor}")).await;
            found.extend(contacts(&page).into_iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, [elsewhere, two, one.clone()]);

        scene.test.advance(HOUR);
        scene.test.run_jobs().await;
        assert!(!contacts(&listed(&mut owner, "").await).contains(&&one), "it ended by itself");
    })
    .await;
}

/// C15
#[tokio::test(flavor = "multi_thread")]
async fn who_may_unblock_does_so_from_the_list() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let id = conversation(&mut visitor).await;
        let contact = block(&scene, &id, json!({})).await;
        let path = format!("/api/v1/blocks/{}", contact.as_str().expect("an id"));
        let (mut agent, mut leads) = (scene.agent("budi").await, scene.member("rini", "supervisor", true).await);
        agent.delete(&path).await.refused(403, "forbidden");
        scene.member("tomo", "supervisor", false).await.delete(&path).await.refused(404, "not_found");
        leads.delete(&path).await.json(204);
        leads.delete(&path).await.json(204);
        let thread = scene.thread(&mut leads, &id).await;
        assert_eq!(thread["item"]["conversation"]["block"], Value::Null);
        let kinds: Vec<_> =
            thread["entries"].as_array().expect("entries").iter().map(|entry| entry["kind"].clone()).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "unblocked").count(), 1, "it is said once");
        assert_eq!(listed(&mut leads, "").await["items"], json!([]));
        visitor.write("thank you").await;
    })
    .await;
}

/// R140, C15
#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_chat_left_is_unblocked_by_those_who_may_unblock_everybody() {
    on_both(async |scene| {
        let (mut visitor, mut owner) = (scene.visitor().await, scene.owner.clone());
        let id = conversation(&mut visitor).await;
        let contact = block(&scene, &id, json!({})).await;
        let path = format!("/api/v1/blocks/{}", contact.as_str().expect("an id"));
        owner.put(&format!("/api/v1/conversations/{id}/deletion"), json!({})).await.json(200);
        let mut leads = scene.member("rini", "supervisor", true).await;
        assert_eq!(listed(&mut leads, "").await["items"], json!([]));
        leads.delete(&path).await.refused(404, "not_found");
        let page = listed(&mut owner, "").await;
        assert_eq!((contacts(&page), &page["items"][0]["conversation_id"]), (vec![&contact], &Value::Null));
        owner.delete(&path).await.json(204);
        visitor.write("thank you").await;
        let restored = owner.delete(&format!("/api/v1/conversations/{id}/deletion")).await.json(200);
        assert_eq!(restored["conversation"]["block"], Value::Null);
    })
    .await;
}
