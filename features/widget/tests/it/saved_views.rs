//! Saved views: whose they are, how many conversations they hold, and who hears of them, on both engines.

use crate::scene::{Scene, on_both};
use ids::{SavedViewId, Uuid};
use serde_json::{Value, json};
use testkit::Client;

fn path(number: u128) -> String {
    let id = SavedViewId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + number));
    format!("/api/v1/saved-views/{id}")
}

fn view(name: &str, list: &str, scope: Value) -> Value {
    json!({ "name": name, "list": list, "scope": scope })
}

/// Name, whether it may be changed, how many, and whether there may be more.
async fn listed(client: &mut Client) -> Vec<(String, bool, i64, bool)> {
    let list = client.get("/api/v1/saved-views").await.json(200);
    let items = list["items"].as_array().expect("items").iter();
    items
        .map(|item| {
            let count = &item["count"];
            (
                item["saved_view"]["name"].as_str().expect("a name").to_owned(),
                item["managed"] == true,
                count["conversations"].as_i64().expect("a number"),
                count["more"] == true,
            )
        })
        .collect()
}

fn told(name: &str, managed: bool, count: i64) -> (String, bool, i64, bool) {
    (name.to_owned(), managed, count, false)
}

async fn written(scene: &Scene) -> String {
    scene.test.advance(1_000);
    scene.visitor().await.write("hello").await["conversation_id"].as_str().expect("an id").to_owned()
}

/// C13
#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_for_oneself_a_team_or_everybody_and_counts_what_each_of_them_sees() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let mut owner = scene.owner.clone();
        let members = json!([{ "member_id": ana.id, "leads": true }, { "member_id": budi.id, "leads": false }]);
        let made = owner.post("/api/v1/teams", json!({ "name": "Shipping", "members": members })).await.json(201);
        let team = json!({ "kind": "team", "team_id": made["id"] });
        let id = written(&scene).await;
        written(&scene).await;
        scene.answer(&mut ana, &id, "mine", json!({ "kind": "queue" })).await.json(201);

        let mine = json!({ "kind": "personal", "member_id": ana.id });
        let saved = ana.put(&path(1), view(" My own ", "view=mine", mine.clone())).await.json(200);
        assert_eq!(saved["saved_view"]["name"], "My own");
        ana.put(&path(2), view("Team", "view=all", team.clone())).await.json(200);
        budi.put(&path(3), view("Not his", "view=all", team.clone())).await.refused(403, "forbidden");
        budi.put(&path(2), view("Not his", "view=all", team.clone())).await.refused(403, "forbidden");
        budi.put(&path(1), view("Hidden", "view=all", mine.clone())).await.refused(404, "not_found");
        budi.put(&path(4), view("For ana", "view=all", mine.clone())).await.refused(404, "not_found");
        ana.put(&path(5), view("All", "view=all", json!({ "kind": "workspace" }))).await.refused(403, "forbidden");
        owner.put(&path(5), view("All", "view=all&waiting=true", json!({ "kind": "workspace" }))).await.json(200);

        // Each sees his own part: hers, and what waits in the queue.
        assert_eq!(listed(&mut ana).await, [told("All", false, 1), told("My own", true, 1), told("Team", true, 2)]);
        assert_eq!(listed(&mut budi).await, [told("All", false, 1), told("Team", false, 1)]);
        assert_eq!(listed(&mut owner).await, [told("All", true, 1), told("Team", true, 2)]);

        // What a colleague had is gone where it is taken away, and told so.
        let mut desk = budi.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        ana.put(&path(2), view("Team and more", "view=queue", team)).await.json(200);
        assert_eq!(desk.event("saved_view.updated").await["data"]["saved_view"]["list"], "view=queue");
        ana.put(&path(2), view("Hers", "view=queue", mine)).await.json(200);
        let gone = desk.event("saved_view.gone").await;
        assert_eq!(path(2), format!("/api/v1/saved-views/{}", gone["data"]["saved_view_id"].as_str().expect("an id")));
        budi.delete(&path(2)).await.refused(404, "not_found");
        budi.delete(&path(5)).await.refused(403, "forbidden");
        assert_eq!(ana.delete(&path(2)).await.status, 204);
        ana.delete(&path(2)).await.refused(404, "not_found");
        assert_eq!(listed(&mut ana).await.len(), 2);
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_a_team_goes_with_it_and_nonsense_is_not_saved() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let made = owner.post("/api/v1/teams", json!({ "name": "Shipping", "members": [] })).await.json(201);
        let team = json!({ "kind": "team", "team_id": made["id"] });
        owner.put(&path(1), view("Team", "view=all", team.clone())).await.json(200);
        owner.delete(&format!("/api/v1/teams/{}", made["id"].as_str().expect("an id"))).await;
        scene.test.run_jobs().await;
        assert_eq!(listed(&mut owner).await, []);
        owner.put(&path(1), view("Team", "view=all", team)).await.refused(404, "not_found");

        let everybody = json!({ "kind": "workspace" });
        owner.put(&path(2), view("  ", "view=all", everybody.clone())).await.refused(422, "name_invalid");
        for list in ["view=nonsense", "view=all&limit=3", "view=all&cursor=AAAA", "a list"] {
            owner.put(&path(2), view("Odd", list, everybody.clone())).await.refused(400, "invalid_body");
        }
        for number in 10..60 {
            owner.put(&path(number), view("Many", "view=all", everybody.clone())).await.json(200);
        }
        owner.put(&path(60), view("Many", "view=all", everybody.clone())).await.refused(422, "too_many_views");
        owner.put(&path(10), view("Renamed", "view=all", everybody)).await.json(200);
        let list = owner.get("/api/v1/saved-views").await.json(200);
        let counted = |item: &&Value| !item["count"].is_null();
        assert_eq!(list["items"].as_array().expect("items").iter().filter(counted).count(), 20);
    })
    .await;
}
