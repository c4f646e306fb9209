//! Everything with one person, over all inboxes, as far as somebody may see it; and inboxes that are no part of his record.

use crate::{
    merge::merge,
    scene::{Scene, on_both, path, text},
};
use serde_json::{Value, json};
use testkit::Client;

async fn timeline(member: &mut Client, contact: &str, query: &str) -> Value {
    member.get(&format!("{}/timeline{query}", path(contact))).await.json(200)
}

fn words(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items").iter().map(|item| &item["entry"]);
    items.filter(|entry| entry["kind"] == "message").map(|entry| text(&entry["text"])).collect()
}

fn places(page: &Value) -> Vec<(i64, String, i64)> {
    let items = page["items"].as_array().expect("items").iter().map(|item| &item["entry"]);
    items
        .map(|one| {
            let number = |name: &str| one[name].as_i64().expect("a number");
            (number("at"), text(&one["conversation_id"]), number("position"))
        })
        .collect()
}

/// A visitor of the shop and a customer of the other system, who are one: three messages each, in turns.
async fn one_person(scene: &Scene) -> (String, [String; 2]) {
    let mut visitor = scene.visitor().await;
    let customer = json!({ "external_id": "c-1", "name": "Nadia" });
    let mut ids = [String::new(), String::new()];
    for round in 1..=3 {
        ids[0] = scene.write(&mut visitor, &format!("shop {round}")).await;
        ids[1] = scene.order(customer.clone(), &format!("order {round}")).await;
    }
    let (kept, other) = (scene.contact_of(&ids[1]).await, scene.contact_of(&ids[0]).await);

    merge(scene, &kept, &other, json!([])).await;
    (kept, ids)
}

/// R271, R276, R278
#[tokio::test(flavor = "multi_thread")]
async fn everything_with_a_person_stands_in_one_row() {
    on_both(async |scene| {
        let (contact, [shop, order]) = one_person(&scene).await;
        let mut owner = scene.owner.clone();
        let all = timeline(&mut owner, &contact, "").await;
        assert_eq!(words(&all), ["shop 1", "order 1", "shop 2", "order 2", "shop 3", "order 3"]);
        assert_eq!((&all["before"], &all["after"]), (&Value::Null, &Value::Null));
        assert_eq!(all["conversations"].as_array().expect("conversations").len(), 2);
        assert!(places(&all).is_sorted(), "oldest first");
        assert_eq!(
            (&all["items"][0]["session"], &all["items"][0]["entry"]["conversation_id"]),
            (&json!(1), &json!(shop))
        );
        let only = timeline(&mut owner, &contact, &format!("?inbox_id={}", scene.orders)).await;
        assert_eq!(words(&only), ["order 1", "order 2", "order 3"]);
        assert_eq!(only["conversations"].as_array().expect("conversations").len(), 2);

        // The next session is told from the one before.
        let closing = format!("/api/v1/conversations/{order}/closure");
        owner.put(&closing, json!({ "reason": "solved" })).await.json(200);
        scene.order(json!({ "external_id": "c-1" }), "order 4").await;
        let all = timeline(&mut owner, &contact, "").await;
        let last = all["items"].as_array().expect("items").last().expect("the newest").clone();
        assert_eq!((&last["entry"]["text"], &last["session"]), (&json!("order 4"), &json!(2)));
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_pages_meet_in_both_directions() {
    on_both(async |scene| {
        let (contact, _) = one_person(&scene).await;
        let mut owner = scene.owner.clone();
        let whole = places(&timeline(&mut owner, &contact, "").await);
        let (mut back, mut page) = (Vec::new(), timeline(&mut owner, &contact, "?limit=3").await);
        assert_eq!(page["after"], Value::Null, "it begins at the end");
        loop {
            let mut found = places(&page);
            found.append(&mut back);
            back = found;
            let Some(before) = page["before"].as_str() else { break };
            page = timeline(&mut owner, &contact, &format!("?limit=3&before={before}")).await;
            assert!(page["after"].is_string());
        }
        assert_eq!(back, whole);
        let (mut on, mut page) = (Vec::new(), timeline(&mut owner, &contact, "?limit=3&after=start").await);
        assert_eq!(page["before"], Value::Null);
        loop {
            on.extend(places(&page));
            let Some(after) = page["after"].as_str() else { break };
            page = timeline(&mut owner, &contact, &format!("?limit=3&after={after}")).await;
        }
        assert_eq!(on, whole);
        owner.get(&format!("{}/timeline?before=nonsense", path(&contact))).await.refused(400, "cursor_invalid");
    })
    .await;
}

/// C01, R278
#[tokio::test(flavor = "multi_thread")]
async fn it_holds_what_the_member_may_see_and_nothing_of_inboxes_outside_the_record() {
    on_both(async |scene| {
        let (contact, [shop, order]) = one_person(&scene).await;
        let (mut budi, mut ana) =
            (scene.member("budi", "agent", true).await, scene.member("ana", "supervisor", true).await);
        let mut outsider = scene.member("tomo", "agent", false).await;
        outsider.get(&format!("{}/timeline", path(&contact))).await.refused(404, "not_found");
        scene.hand(&shop, Some(&mut ana)).await;
        assert_eq!(words(&timeline(&mut budi, &contact, "").await), ["order 1", "order 2", "order 3"]);
        assert_eq!(words(&timeline(&mut ana, &contact, "").await).len(), 6);

        let apart = format!("/api/v1/inboxes/{}", scene.orders);
        scene.owner.clone().patch(&apart, json!({ "in_record": false })).await.json(200);
        let shops = ["shop 1", "shop 2", "shop 3"];
        assert_eq!(words(&timeline(&mut ana, &contact, "").await), shops, "though she sees it in her lists");
        assert_eq!(words(&timeline(&mut budi, &contact, "").await), Vec::<String>::new());
        assert_eq!(words(&timeline(&mut scene.owner.clone(), &contact, "").await).len(), 6, "who may see all");
        let past = async |member: &mut Client| {
            let page = member.get(&format!("{}/conversations", path(&contact))).await.json(200);
            page["items"].as_array().expect("items").len()
        };
        assert_eq!((past(&mut ana).await, past(&mut budi).await), (1, 0));
        budi.get(&format!("/api/v1/conversations/{order}")).await.json(200);
        scene.hand(&order, Some(&mut budi)).await;
        assert_eq!(words(&timeline(&mut budi, &contact, "").await).len(), 3, "who has it in hand");
        assert_eq!(past(&mut budi).await, 1);
    })
    .await;
}
