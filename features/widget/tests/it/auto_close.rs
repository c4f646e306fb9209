//! Conversations that fall silent, on both engines.

use crate::scene::on_both;
use conversations::{CLOSINGS_PER_MINUTE, close_silent};
use db::{params, sql};
use serde_json::json;

const HOUR: i64 = 3_600_000;

/// R044, R045
#[tokio::test(flavor = "multi_thread")]
async fn only_who_was_answered_and_stays_silent_is_closed() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut answered = scene.visitor().await;
        let quiet = answered.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &quiet, "hi", json!({ "kind": "queue" })).await.json(201);
        let mut waiting = scene.visitor().await;
        let waits = waiting.write("anybody?").await["conversation_id"].as_str().expect("an id").to_owned();
        let mut asking = scene.visitor().await;
        let asks = asking.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &asks, "hi", json!({ "kind": "queue" })).await.json(201);
        asking.write("and what does it cost?").await;
        let mut slept = scene.visitor().await;
        let sleeps = slept.write("later").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &sleeps, "yes", json!({ "kind": "queue" })).await.json(201);
        let until = scene.test.app.clock.now() + 48 * HOUR;
        agent.put(&format!("/api/v1/conversations/{sleeps}/snooze"), json!({ "until": until })).await.json(200);

        scene.test.advance(24 * HOUR - 1);
        assert_eq!(close_silent(&scene.test.app).await.expect("a look"), 0);
        scene.test.advance(1);
        assert_eq!(close_silent(&scene.test.app).await.expect("a look"), 1);
        assert_eq!(close_silent(&scene.test.app).await.expect("a look"), 0, "once");
        let thread = scene.thread(&mut agent, &quiet).await;
        let conversation = &thread["item"]["conversation"];
        assert_eq!((&conversation["status"], &conversation["close_reason"]), (&json!("closed"), &json!("no_reply")));
        let told = thread["entries"].as_array().expect("entries").last().expect("the newest");
        assert_eq!(
            (&told["kind"], &told["author"]["kind"], &told["reason"]),
            (&json!("closed"), &json!("system"), &json!("no_reply"))
        );
        for id in [&waits, &asks, &sleeps] {
            assert_eq!(scene.thread(&mut agent, id).await["item"]["conversation"]["status"], "open", "{id}");
        }
        assert_eq!(scene.counters(&mut agent).await, (1, 2));
        answered.write("thanks, one more").await;
        assert_eq!(scene.thread(&mut agent, &quiet).await["item"]["conversation"]["status"], "open");
    })
    .await;
}

/// R045
#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_says_after_how_long_and_never_is_a_choice() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let mut owner = scene.owner.clone();
        assert_eq!(owner.get(&inbox).await.json(200)["close_after_minutes"], 1_440);
        for minutes in [-1, 4, 43_201] {
            owner.patch(&inbox, json!({ "close_after_minutes": minutes })).await.refused(422, "close_after_invalid");
        }
        owner.patch(&inbox, json!({ "close_after_minutes": 0 })).await.json(200);
        scene.test.advance(3 * 24 * HOUR);
        assert_eq!(close_silent(&scene.test.app).await.expect("a look"), 0);
        let changed = owner.patch(&inbox, json!({ "close_after_minutes": 5 })).await.json(200);
        assert_eq!(changed["close_after_minutes"], 5);
        assert_eq!(close_silent(&scene.test.app).await.expect("a look"), 1);
    })
    .await;
}

/// R045, C08
#[tokio::test(flavor = "multi_thread")]
async fn who_waits_and_what_nobody_has_is_closed_only_where_the_inbox_says_so() {
    on_both(async |scene| {
        let (mut held, mut queued) = (scene.visitor().await, scene.visitor().await);
        let mut agent = scene.agent("budi").await;
        let mut owner = scene.owner.clone();
        let waits = held.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
        scene.answer(&mut agent, &waits, "hi", json!({ "kind": "queue" })).await.json(201);
        held.write("and what does it cost?").await;
        let nobodys = queued.write("anybody?").await["conversation_id"].as_str().expect("an id").to_owned();
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let look = async || close_silent(&scene.test.app).await.expect("a look");
        let open = async |id: &str| {
            scene.thread(&mut scene.owner.clone(), id).await["item"]["conversation"]["status"] == json!("open")
        };

        scene.test.advance(48 * HOUR);
        assert_eq!(look().await, 0);
        owner.patch(&inbox, json!({ "close_queued_after_minutes": 4 })).await.refused(422, "close_after_invalid");
        owner.patch(&inbox, json!({ "close_waiting": true })).await.json(200);
        assert_eq!(look().await, 1);
        assert_eq!((open(&waits).await, open(&nobodys).await), (false, true));
        let changed = owner.patch(&inbox, json!({ "close_queued_after_minutes": 60 * 49 })).await.json(200);
        assert_eq!((&changed["close_waiting"], &changed["close_queued_after_minutes"]), (&json!(true), &json!(2_940)));
        assert_eq!(look().await, 0, "not yet");
        scene.test.advance(HOUR);
        assert_eq!(look().await, 1);
        assert!(!open(&nobodys).await);
    })
    .await;
}

/// R045, C08
#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_closes_so_many_in_a_minute_and_the_next_goes_on() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            let mut visitor = scene.visitor().await;
            let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
            scene.answer(&mut agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
            ids.push(id);
        }
        scene.test.advance(24 * HOUR);
        let app = scene.test.app.clone();
        let minute = app.clock.now() / 60_000;
        let workspace = scene.workspace(&mut scene.owner.clone()).await;
        // All but two of this minute were closed, by whichever node.
        app.write(workspace, move |tx| {
            Box::pin(async move {
                let sql = sql!("INSERT INTO automatic_closings (workspace_id, minute, closed) VALUES ($1, $2, $3)");
                tx.execute(sql, &params![workspace, minute, CLOSINGS_PER_MINUTE - 2]).await?;
                Ok(())
            })
        })
        .await
        .expect("written");
        let (one, other) = tokio::join!(close_silent(&app), close_silent(&app));
        assert_eq!(one.expect("a look") + other.expect("a look"), 2, "over all that look");
        assert_eq!(close_silent(&app).await.expect("a look"), 0);
        let now = app.clock.now();
        scene.test.advance(60_000 - now % 60_000 - 1);
        assert_eq!(close_silent(&app).await.expect("a look"), 0, "the same minute");
        scene.test.advance(1);
        assert_eq!(close_silent(&app).await.expect("a look"), 1);
    })
    .await;
}
