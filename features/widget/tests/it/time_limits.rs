//! How long contacts may wait: marks, who hears of it and when, on both engines.

use crate::scene::{Member, Scene, Visitor, on_both};
use conversations::{Message, Received, Trail, Uploader, receive, tell_late};
use ids::{EntryId, VisitorId};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::Socket;
use tokio::sync::oneshot;

const MINUTE: i64 = 60_000;

/// Five minutes until yellow, ten until red; who is in charge hears of the first, supervisors of the second.
fn limit() -> Value {
    json!({
        "warning_seconds": 300, "processing_seconds": 600, "counts_from": "first_unanswered", "in_hours": false,
        "warned": { "in_charge": true, "supervisors": false, "member_ids": [] },
        "late": { "in_charge": false, "supervisors": true, "member_ids": [] },
    })
}

async fn set_default(scene: &Scene, limit: Value) -> Value {
    scene.owner.clone().put("/api/v1/time-limit", json!({ "limit": limit })).await.json(200)
}

async fn set(scene: &Scene, choice: Value) -> Value {
    let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
    scene.owner.clone().patch(&inbox, json!({ "time_limit": choice })).await.json(200)
}

async fn write(visitor: &mut Visitor, text: &str) -> String {
    visitor.write(text).await["conversation_id"].as_str().expect("an id").to_owned()
}

/// The marks of a conversation as minutes from `start`.
async fn marks(scene: &Scene, member: &mut Member, id: &str, start: i64) -> (Option<i64>, Option<i64>) {
    let conversation = scene.thread(member, id).await["item"]["conversation"].clone();
    let minutes = |name: &str| conversation[name].as_i64().map(|at| (at - start) / MINUTE);
    (minutes("warning_at"), minutes("late_at"))
}

async fn look(scene: &Scene) -> usize {
    tell_late(&scene.test.app).await.expect("a look")
}

async fn listen(member: &Member) -> Socket {
    let mut socket = member.client().socket("/ws").await.expect("a socket");
    socket.hello(None).await;
    socket
}

async fn told(socket: &mut Socket) -> Vec<Value> {
    let events = socket.events().await;
    events.into_iter().filter(|event| event["kind"] == "conversation.limit_reached").collect()
}

/// C12
#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_contact_is_marked_until_somebody_answers_and_handing_over_does_not_begin_anew() {
    on_both(async |scene| {
        let (mut budi, sari) = (scene.agent("budi").await, scene.agent("sari").await);
        let mut visitor = scene.visitor().await;
        set_default(&scene, limit()).await;
        scene.test.run_jobs().await;
        let start = scene.test.app.clock.now();
        let id = write(&mut visitor, "hello").await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (Some(5), Some(10)));
        scene.test.advance(2 * MINUTE);
        write(&mut visitor, "anybody?").await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (Some(5), Some(10)), "the first one counts");
        let take = |to: &str, holder: Value| json!({ "to": { "kind": "member", "id": to }, "holder": holder });
        let path = format!("/api/v1/conversations/{id}/assignment");
        let to_me = take(&budi.id, json!({ "kind": "queue" }));
        budi.put(&path, to_me).await.json(200);
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (Some(5), Some(10)));
        let mine = json!({ "kind": "member", "id": budi.id });
        scene.answer(&mut budi, &id, "here", mine.clone()).await.json(201);
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (None, None));
        assert_eq!(look(&scene).await, 0);
        write(&mut visitor, "and now?").await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (Some(7), Some(12)));
        budi.put(&path, take(&sari.id, mine)).await.json(200);
        assert_eq!(marks(&scene, &mut sari.clone(), &id, start).await, (Some(7), Some(12)));
        let close = json!({ "reason": "solved" });
        sari.clone().put(&format!("/api/v1/conversations/{id}/closure"), close).await.json(200);
        assert_eq!(marks(&scene, &mut sari.clone(), &id, start).await, (None, None));
    })
    .await;
}

/// C12
#[tokio::test(flavor = "multi_thread")]
async fn each_mark_is_told_once_to_those_who_are_to_hear_of_it() {
    on_both(async |scene| {
        let (mut budi, sari) = (scene.agent("budi").await, scene.agent("sari").await);
        let (wati, far) =
            (scene.member("wati", "supervisor", true).await, scene.member("far", "supervisor", false).await);
        set_default(&scene, limit()).await;
        scene.test.run_jobs().await;
        let mut visitor = scene.visitor().await;
        let id = write(&mut visitor, "hello").await;
        let mut sockets = [listen(&budi).await, listen(&sari).await, listen(&wati).await, listen(&far).await];
        scene.test.advance(5 * MINUTE - 1);
        assert_eq!(look(&scene).await, 0);
        scene.test.advance(1);
        assert_eq!((look(&scene).await, look(&scene).await), (1, 0), "once");
        let mut heard = Vec::new();
        for socket in &mut sockets {
            heard.push(told(socket).await);
        }
        let event = &heard[0][0]["data"];
        let since = scene.thread(&mut budi, &id).await["item"]["conversation"]["waiting_since"].clone();
        let expected = json!({ "conversation_id": id, "waiting_since": since, "late": false });
        assert_eq!(*event, expected, "and nothing of what it holds");
        assert_eq!(
            heard.iter().map(Vec::len).collect::<Vec<_>>(),
            [1, 1, 1, 0],
            "the queue is everybody's who can take"
        );
        let take = json!({ "to": { "kind": "member", "id": budi.id }, "holder": { "kind": "queue" } });
        budi.put(&format!("/api/v1/conversations/{id}/assignment"), take).await.json(200);
        // As after a restart: nothing but the row knows of it.
        scene.test.advance(7 * MINUTE);
        assert_eq!((look(&scene).await, look(&scene).await), (1, 0), "once");
        let mut heard = Vec::new();
        for socket in &mut sockets {
            heard.push(told(socket).await);
        }
        assert_eq!(heard.iter().map(Vec::len).collect::<Vec<_>>(), [0, 0, 1, 0], "supervisors of the inbox");
        assert_eq!(heard[2][0]["data"]["late"], true);
    })
    .await;
}

/// C12, R151
#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_follows_the_workspace_or_has_its_own_and_who_waits_already_is_marked_anew() {
    on_both(async |scene| {
        let (mut budi, mut visitor) = (scene.agent("budi").await, scene.visitor().await);
        let start = scene.test.app.clock.now();
        let id = write(&mut visitor, "hello").await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (None, None), "without a limit nothing is marked");
        set_default(&scene, limit()).await;
        scene.test.run_jobs().await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (Some(5), Some(10)));

        let mut own = limit();
        (own["warning_seconds"], own["processing_seconds"]) = (json!(null), json!(1_200));
        let inbox = set(&scene, json!({ "kind": "own", "limit": own })).await;
        assert_eq!((&inbox["time_limit"], &inbox["own_time_limit"]), (&own, &json!(true)));
        scene.test.run_jobs().await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (None, Some(20)));
        // The default moves those without one of their own only.
        set_default(&scene, json!(null)).await;
        scene.test.run_jobs().await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (None, Some(20)));
        set(&scene, json!({ "kind": "workspace" })).await;
        scene.test.run_jobs().await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (None, None));
        set_default(&scene, limit()).await;
        set(&scene, json!({ "kind": "off" })).await;
        scene.test.run_jobs().await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (None, None));
        let website = json!({ "title": "Other", "greeting": "Halo!", "color": "#0b6e69", "allowed_origins": [] });
        let made =
            scene.owner.clone().post("/api/v1/inboxes", json!({ "name": "New", "website": website })).await.json(201);
        assert_eq!((&made["time_limit"], &made["own_time_limit"]), (&limit(), &json!(false)), "a new inbox follows");

        let mut wrong = limit();
        wrong["processing_seconds"] = json!(15);
        let mut owner = scene.owner.clone();
        owner.put("/api/v1/time-limit", json!({ "limit": wrong })).await.refused(422, "time_limit_invalid");
        budi.put("/api/v1/time-limit", json!({ "limit": null })).await.refused(403, "forbidden");
        budi.get("/api/v1/time-limit").await.refused(403, "forbidden");
        assert_eq!(owner.get("/api/v1/time-limit").await.json(200), json!({ "limit": limit() }));
    })
    .await;
}

/// C12
#[tokio::test(flavor = "multi_thread")]
async fn what_the_time_counts_from_is_a_choice_and_only_the_hours_of_the_inbox_may_count() {
    on_both(async |scene| {
        let (mut budi, mut visitor) = (scene.agent("budi").await, scene.visitor().await);
        let mut last = limit();
        last["counts_from"] = json!("last_message");
        set(&scene, json!({ "kind": "own", "limit": last })).await;
        let start = scene.test.app.clock.now();
        let id = write(&mut visitor, "hello").await;
        scene.test.advance(2 * MINUTE);
        write(&mut visitor, "anybody?").await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (Some(7), Some(12)), "the newest one counts");
        scene.answer(&mut budi, &id, "here", json!({ "kind": "queue" })).await.json(201);
        scene.test.advance(MINUTE);
        write(&mut visitor, "thanks").await;
        let mut first = limit();
        first["counts_from"] = json!("first_of_session");
        set(&scene, json!({ "kind": "own", "limit": first })).await;
        scene.test.run_jobs().await;
        assert_eq!(marks(&scene, &mut budi, &id, start).await, (Some(5), Some(10)), "the session's beginning counts");

        // Open for one hour of each day, which begins in an hour.
        let midnight = start - start % (24 * 60 * MINUTE);
        let now = (scene.test.app.clock.now() - midnight) / MINUTE;
        let from = (now + 60) % (23 * 60);
        let week: Vec<_> = (1..=7).map(|day| json!({ "day": day, "from": from, "until": from + 60 })).collect();
        let hours = json!({ "enabled": true, "zone": "UTC", "week": week, "closed_days": [] });
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let mut in_hours = limit();
        in_hours["in_hours"] = json!(true);
        let body = json!({ "website": { "hours": hours }, "time_limit": { "kind": "own", "limit": in_hours } });
        scene.owner.clone().patch(&inbox, body).await.json(200);
        scene.test.run_jobs().await;
        let (warning, late) = marks(&scene, &mut budi, &id, midnight).await;
        let minutes_of_day = |at: Option<i64>| at.expect("a mark") % (24 * 60);
        assert_eq!((minutes_of_day(warning), minutes_of_day(late)), (from + 5, from + 10));
    })
    .await;
}

/// On SQLite one command runs at a time.
/// C12
#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_while_the_hours_change_is_marked_by_the_new_ones() {
    on_both(async |scene| {
        if scene.test.engine == db::Engine::Sqlite {
            return;
        }
        let (mut budi, mut visitor) = (scene.agent("budi").await, scene.visitor().await);
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let mut in_hours = limit();
        in_hours["in_hours"] = json!(true);
        let open = |from: i64| {
            let week: Vec<_> = (1..=7).map(|day| json!({ "day": day, "from": from, "until": from + 60 })).collect();
            json!({ "website": { "hours": { "enabled": true, "zone": "UTC", "week": week, "closed_days": [] } } })
        };
        let mut first = open(60);
        first["time_limit"] = json!({ "kind": "own", "limit": in_hours });
        scene.owner.clone().patch(&inbox, first).await.json(200);
        let id = write(&mut visitor, "hello").await;
        scene.answer(&mut budi, &id, "here", json!({ "kind": "queue" })).await.json(201);
        scene.test.run_jobs().await;

        let contact = scene.thread(&mut budi, &id).await["item"]["conversation"]["contact"]["id"].clone();
        let contact = contact.as_str().expect("an id").parse().expect("a contact");
        let workspace = scene.workspace(&mut scene.owner.clone()).await;
        let ((has_read, read), (goes_on, go)) = (oneshot::channel(), oneshot::channel());
        let (app, shop) = (scene.test.app.clone(), scene.inbox.parse().expect("an inbox"));
        let received = tokio::spawn(async move {
            app.write(workspace, move |tx| {
                Box::pin(async move {
                    let received = Received {
                        inbox: shop,
                        contact,
                        channel: inboxes::Channel::Website,
                        profile: None,
                        uploader: Uploader::Visitor(VisitorId(tx.uuid())),
                        trail: Trail::default(),
                        message: Message::new(EntryId(tx.uuid()), "and?", Vec::new())?,
                        remote: Vec::new(),
                        unsupported: None,
                    };
                    receive(tx, received).await?;
                    has_read.send(()).expect("somebody who waits");
                    go.await.expect("a word");
                    Ok(())
                })
            })
            .await
        });
        read.await.expect("a message that is not committed");
        let (mut owner, body) = (scene.owner.clone(), open(600));
        let mut changing = tokio::spawn(async move { owner.patch(&inbox, body).await.json(200) });
        // Whoever does not wait for the message is through by now, with the job that looks at all that wait.
        let _ = tokio::time::timeout(Duration::from_millis(500), &mut changing).await;
        scene.test.run_jobs().await;
        goes_on.send(()).expect("the message");
        received.await.expect("an end").expect("a message");
        if !changing.is_finished() {
            let _ = (&mut changing).await;
        }
        scene.test.run_jobs().await;
        let (warning, late) = marks(&scene, &mut budi, &id, 0).await;
        let minutes_of_day = |at: Option<i64>| at.expect("a mark") % (24 * 60);
        assert_eq!((minutes_of_day(warning), minutes_of_day(late)), (605, 610));
    })
    .await;
}
