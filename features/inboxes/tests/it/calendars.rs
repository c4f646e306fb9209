//! Calendars: who makes them, which inboxes follow, and what both engines keep of it.

use crate::scene::{PATH, listen, on_both, path};
use base::Role;
use db::{Engine, params, sql};
use ids::InboxId;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::oneshot;

const CALENDARS: &str = "/api/v1/calendars";

fn calendar(number: u32) -> String {
    format!("cal_{number:032}")
}

fn asked(name: &str, from: i64, closed_days: Value) -> Value {
    let week = [json!({ "day": 1, "from": from, "until": 1_020 })];
    json!({ "name": name, "hours": { "zone": "Asia/Jakarta", "week": week, "closed_days": closed_days } })
}

fn follows(calendar: &str) -> Value {
    json!({ "website": { "hours": { "enabled": true, "calendar_id": calendar } } })
}

#[tokio::test]
async fn inboxes_follow_a_calendar_and_each_change_of_it() {
    on_both(async |scene| {
        let mut client = scene.administrator.clone();
        let (office, address) = (calendar(1), format!("{CALENDARS}/{}", calendar(1)));
        let holidays = json!([
            { "day": "2026-12-25", "name": " Natal ", "yearly": true }, { "day": "2026-03-20", "name": "Idul Fitri", "yearly": false },
        ]);
        let made = client.put(&address, asked(" Office ", 540, holidays)).await.json(200);
        assert_eq!((&made["name"], &made["inbox_ids"]), (&json!("Office"), &json!([])));
        assert_eq!(made["hours"]["closed_days"][1], json!({ "day": "2026-12-25", "name": "Natal", "yearly": true }));

        let (follower, own) = (scene.inbox(&[]).await, scene.inbox(&[]).await);
        client.patch(&path(&follower), follows(&office)).await.json(200);
        let new = json!({
            "title": "Toko", "greeting": "", "color": "#0b6e69", "allowed_origins": [],
            "hours": { "enabled": true, "calendar_id": office },
        });
        let born = client.post(PATH, json!({ "name": "Born", "website": new })).await.json(201);
        let hours = born["website"]["hours"].clone();
        assert_eq!((&hours["zone"], &hours["week"][0]["from"]), (&json!("Asia/Jakarta"), &json!(540)));
        assert_eq!(hours["closed_days"], json!(["--12-25", "2026-03-20"]));

        // What is sent beside a calendar does not count.
        let sent = json!({ "website": { "hours": { "enabled": true, "calendar_id": office, "zone": "UTC", "week": [] } } });
        assert_eq!(client.patch(&path(&follower), sent).await.json(200)["website"]["hours"], hours);
        // Nor do other settings touch it.
        let titled = client.patch(&path(&follower), json!({ "website": { "title": "Halo" } })).await.json(200);
        assert_eq!(titled["website"]["hours"], hours);

        let mut socket = listen(&scene.administrator).await;
        let changed = client.put(&address, asked("Office", 600, json!([]))).await.json(200);
        assert_eq!(changed["inbox_ids"], json!([born["id"], follower["id"]]), "by name");
        for _ in 0..2 {
            let told = socket.event("inbox.updated").await["data"]["inbox"]["website"]["hours"].clone();
            assert_eq!((&told["week"][0]["from"], &told["closed_days"]), (&json!(600), &json!([])));
        }
        assert!(socket.events().await.is_empty(), "an inbox with hours of its own hears nothing");
        client.put(&address, asked("Office", 600, json!([]))).await.json(200);
        client.put(&address, asked("Head office", 600, json!([]))).await.json(200);
        assert!(socket.events().await.is_empty(), "nothing changed for inboxes");
        assert_eq!(client.get(&path(&own)).await.json(200)["website"]["hours"], own["website"]["hours"]);

        let refused = client.delete(&address).await;
        refused.refused(409, "calendar_used");
        let told: Value = serde_json::from_slice(&refused.body).expect("a problem");
        assert_eq!(told["params"], json!({ "inboxes": "Born, Toko", "count": 2 }));
        // With hours of its own it keeps what it had, and changes them itself.
        let mut own_hours = client.get(&path(&follower)).await.json(200)["website"]["hours"].clone();
        own_hours["calendar_id"] = Value::Null;
        let left = json!({ "website": { "hours": own_hours } });
        client.patch(&path(&follower), &left).await.json(200);
        client.patch(&path(&born), &left).await.json(200);
        client.put(&address, asked("Office", 660, json!([]))).await.json(200);
        assert_eq!(client.get(&path(&born)).await.json(200)["website"]["hours"]["week"][0]["from"], 600);
        client.delete(&address).await.json(204);
        client.delete(&address).await.refused(404, "not_found");
        client.patch(&path(&born), follows(&office)).await.refused(422, "calendar_unknown");
    })
    .await;
}

#[tokio::test]
async fn a_calendar_has_a_name_of_its_own_and_hours_that_fit() {
    on_both(async |scene| {
        let mut client = scene.administrator.clone();
        let address = |number| format!("{CALENDARS}/{}", calendar(number));
        client.put(&address(1), asked("Office", 540, json!([]))).await.json(200);
        client.put(&address(2), asked("OFFICE", 540, json!([]))).await.refused(409, "calendar_name_taken");
        client.put(&address(1), asked("OFFICE", 540, json!([]))).await.json(200);
        client.put(&address(2), asked("  ", 540, json!([]))).await.refused(422, "calendar_name_invalid");
        client.put(&address(2), asked("Late", 1_100, json!([]))).await.refused(422, "hours_invalid");
        for day in ["2026-02-30", "--12-25", "soon"] {
            let closed = json!([{ "day": day, "name": "", "yearly": false }]);
            client.put(&address(2), asked("Late", 540, closed)).await.refused(422, "hours_invalid");
        }
        let closed = json!([{ "day": "2026-12-25", "name": "x".repeat(61), "yearly": false }]);
        client.put(&address(2), asked("Late", 540, closed)).await.refused(422, "closed_day_invalid");
        // For inboxes they are one day.
        let years = |until: u32| -> Value {
            (2000..until).map(|year| json!({ "day": format!("{year}-12-25"), "name": "", "yearly": true })).collect()
        };
        client.put(&address(2), asked("Late", 540, years(2201))).await.refused(422, "hours_invalid");
        let list = client.get(CALENDARS).await.json(200)["items"].clone();
        assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
        client.put(&address(1), asked("OFFICE", 540, years(2200))).await.json(200);

        let (_, mut supervisor) = scene.member("Sari", Role::Supervisor).await;
        supervisor.get(CALENDARS).await.refused(403, "forbidden");
        supervisor.put(&address(3), asked("Own", 540, json!([]))).await.refused(403, "forbidden");
        supervisor.delete(&address(1)).await.refused(403, "forbidden");
        for number in 2..=50 {
            client.put(&address(number), asked(&format!("Number {number}"), 540, json!([]))).await.json(200);
        }
        client.put(&address(51), asked("One more", 540, json!([]))).await.refused(422, "too_many_calendars");
    })
    .await;
}

/// Whoever else locks several inboxes does it in the order of their ids. On SQLite one command runs at a time.
#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_locks_its_inboxes_in_the_order_of_their_ids() {
    on_both(async |scene| {
        if scene.test.engine == Engine::Sqlite {
            return;
        }
        let mut client = scene.administrator.clone();
        let address = format!("{CALENDARS}/{}", calendar(1));
        client.put(&address, asked("Office", 540, json!([]))).await.json(200);
        let mut ids: Vec<InboxId> = Vec::new();
        for (number, name) in [(1, "Zulu"), (2, "Alfa")] {
            let website = json!({
                "title": "Toko", "greeting": "", "color": "#0b6e69", "allowed_origins": [],
                "hours": { "enabled": true, "calendar_id": calendar(1) },
            });
            let id = format!("inb_0198f3c2000070009000{number:012}");
            let made = client.post(PATH, json!({ "id": id, "name": name, "website": website })).await.json(201);
            ids.push(crate::scene::id(&made));
        }
        let ((has_first, first), (goes_on, go)) = (oneshot::channel(), oneshot::channel());
        let (app, workspace, [one, other]) = (scene.test.app.clone(), scene.workspace, [ids[0], ids[1]]);
        let both = tokio::spawn(async move {
            app.write(workspace, move |tx| {
                Box::pin(async move {
                    let lock = sql!(postgres: "SELECT id FROM inboxes WHERE workspace_id = $1 AND id = $2 FOR UPDATE");
                    tx.query(lock, &params![tx.workspace, one]).await?;
                    has_first.send(()).expect("somebody who waits");
                    go.await.expect("a word");
                    Ok(tx.query(lock, &params![tx.workspace, other]).await?.len())
                })
            })
            .await
        });
        first.await.expect("the first lock");
        let saved = tokio::spawn(async move { client.put(&address, asked("Office", 600, json!([]))).await });
        tokio::time::sleep(Duration::from_millis(300)).await;
        goes_on.send(()).expect("the other");
        assert_eq!(both.await.expect("an end").ok(), Some(1));
        saved.await.expect("an answer").json(200);
    })
    .await;
}

/// A change that follows the workspace's time limit, and the limit itself, lock in one order.
#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_that_follows_the_time_limit_waits_for_it_before_it_is_locked() {
    on_both(async |scene| {
        if scene.test.engine == Engine::Sqlite {
            return;
        }
        let mut client = scene.administrator.clone();
        let inbox = scene.inbox(&[]).await;
        for change in [json!({ "time_limit": { "kind": "workspace" } }), json!({ "routing": { "open_limit": 3 } })] {
            let ((has_first, first), (goes_on, go)) = (oneshot::channel(), oneshot::channel());
            let (app, workspace, id) = (scene.test.app.clone(), scene.workspace, crate::scene::id(&inbox));
            let default = tokio::spawn(async move {
                app.write(workspace, move |tx| {
                    Box::pin(async move {
                        let limit = sql!(postgres: "UPDATE workspaces SET time_limit = NULL WHERE id = $1");
                        tx.execute(limit, &params![tx.workspace]).await?;
                        has_first.send(()).expect("somebody who waits");
                        go.await.expect("a word");
                        let lock =
                            sql!(postgres: "SELECT id FROM inboxes WHERE workspace_id = $1 AND id = $2 FOR UPDATE");
                        Ok(tx.query(lock, &params![tx.workspace, id]).await?.len())
                    })
                })
                .await
            });
            first.await.expect("the first lock");
            let (mut one, address) = (client.clone(), path(&inbox));
            let changed = tokio::spawn(async move { one.patch(&address, change).await });
            tokio::time::sleep(Duration::from_millis(300)).await;
            goes_on.send(()).expect("the other");
            assert_eq!(default.await.expect("an end").ok(), Some(1));
            changed.await.expect("an answer").json(200);
        }
        client.get(&path(&inbox)).await.json(200);
    })
    .await;
}
