//! Opening hours by the clock of the context, on both engines.

use crate::scene::{Scene, on_both};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

async fn set(scene: &Scene, hours: Value) -> testkit::Answer {
    let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
    let mut website = owner.get(&inbox).await.json(200)["website"].clone();
    website["hours"] = hours;
    owner.patch(&inbox, json!({ "website": website })).await
}

async fn opening(scene: &Scene) -> Value {
    scene.anonymous().get(&format!("/w/api/v1/inboxes/{}", scene.inbox)).await.json(200)["opening"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_hears_when_somebody_answers_and_messages_are_taken_all_the_same() {
    on_both(async |scene| {
        assert_eq!(opening(&scene).await, json!(null), "nothing is said about hours");
        let week: Vec<_> = (1..=7).map(|day| json!({ "day": day, "from": 9 * 60, "until": 17 * 60 })).collect();
        let hours = json!({ "enabled": true, "zone": "Asia/Jakarta", "week": week, "closed_days": [] });
        set(&scene, hours.clone()).await.json(200);
        // To a morning at eight in Jakarta, which is one o'clock UTC.
        let since_midnight = scene.test.app.clock.now() % (24 * HOUR);
        scene.test.advance((25 * HOUR - since_midnight) % (24 * HOUR));
        let eight = scene.test.app.clock.now();
        assert_eq!(opening(&scene).await, json!({ "open": false, "changes_at": eight + HOUR }));
        scene.visitor().await.write("nobody there?").await;
        scene.test.advance(HOUR);
        assert_eq!(opening(&scene).await, json!({ "open": true, "changes_at": eight + 9 * HOUR }));
        scene.test.advance(8 * HOUR);
        assert_eq!(opening(&scene).await, json!({ "open": false, "changes_at": eight + 25 * HOUR }));

        for (field, wrong, code) in [
            ("zone", json!("Mars/Base"), "hours_zone_unknown"),
            ("week", json!([{ "day": 8, "from": 0, "until": 60 }]), "hours_invalid"),
            ("closed_days", json!(["soon"]), "hours_invalid"),
        ] {
            let mut other = hours.clone();
            other[field] = wrong;
            set(&scene, other).await.refused(422, code);
        }
        assert_eq!(opening(&scene).await["open"], false, "what was refused changed nothing");
    })
    .await;
}

/// C12
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_calendar_reaches_the_widget_and_whoever_waits() {
    on_both(async |scene| {
        let (mut owner, mut budi) = (scene.owner.clone(), scene.agent("budi").await);
        let address = format!("/api/v1/calendars/cal_{}", "1".repeat(32));
        let midnight = scene.test.app.clock.now() / (24 * HOUR) * (24 * HOUR);
        let calendar = |from: i64| {
            let week: Vec<_> = (1..=7).map(|day| json!({ "day": day, "from": from, "until": 24 * 60 })).collect();
            json!({ "name": "Office", "hours": { "zone": "UTC", "week": week, "closed_days": [] } })
        };
        owner.put(&address, calendar(22 * 60)).await.json(200);
        let told = json!({ "in_charge": false, "supervisors": false, "member_ids": [] });
        let limit = json!({ "processing_seconds": 600, "in_hours": true, "warned": told, "late": told });
        let hours = json!({ "enabled": true, "calendar_id": format!("cal_{}", "1".repeat(32)) });
        let body = json!({ "website": { "hours": hours }, "time_limit": { "kind": "own", "limit": limit } });
        owner.patch(&format!("/api/v1/inboxes/{}", scene.inbox), body).await.json(200);
        // What that change has others do is done before the calendar changes.
        scene.test.run_jobs().await;
        let waiting = scene.visitor().await.write("nobody there?").await;
        let waiting = waiting["conversation_id"].as_str().expect("an id").to_owned();
        let late = async |member: &mut crate::scene::Member| {
            let thread = scene.thread(member, &waiting).await;
            (thread["item"]["conversation"]["late_at"].as_i64().expect("a moment") - midnight) % (24 * HOUR)
        };
        assert_eq!(late(&mut budi).await, 22 * HOUR + 600_000);
        assert_eq!(opening(&scene).await["open"], false);

        owner.put(&address, calendar(23 * 60)).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(late(&mut budi).await, 23 * HOUR + 600_000);
        assert_eq!(opening(&scene).await["changes_at"], json!(midnight + 23 * HOUR));
        owner.put(&address, calendar(0)).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(opening(&scene).await["open"], true);
    })
    .await;
}
