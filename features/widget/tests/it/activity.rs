//! The activity stream: what each member finds in it, and what is no longer his to find, on both engines.

use crate::scene::{Member, Scene, Visitor, entry_id, on_both};
use db::{params, sql};
use ids::WorkspaceId;
use serde_json::{Value, json};
use testkit::Client;

const DAY: i64 = 24 * 3_600_000;

async fn written(visitor: &mut Visitor, text: &str) -> String {
    visitor.write(text).await["conversation_id"].as_str().expect("an id").to_owned()
}

async fn page(client: &mut Client, query: &str) -> Value {
    client.get(&format!("/api/v1/activity{query}")).await.json(200)
}

/// The kinds of what is in it, newest first, each with whether it is new.
async fn stream(client: &mut Client) -> Vec<(String, bool)> {
    let page = page(client, "").await;
    let items = page["items"].as_array().expect("items").iter();
    items.map(|alert| (alert["kind"].as_str().expect("a kind").to_owned(), alert["unseen"] == true)).collect()
}

/// How many are new for himself or a team of his.
async fn unseen(client: &mut Client) -> usize {
    let desk = client.get("/api/v1/desk").await.json(200);
    let alerts = desk["unseen_alerts"].as_array().expect("alerts").iter();
    alerts.filter(|alert| alert["muted"] == false || alert["kind"] == "mentioned").count()
}

async fn kept(scene: &Scene, workspace: WorkspaceId) -> i64 {
    let counted = scene.test.app.read(workspace, |tx| {
        Box::pin(async move {
            let row = tx
                .first(sql!("SELECT COUNT(*) AS alerts FROM alerts WHERE workspace_id = $1"), &params![tx.workspace])
                .await?;
            Ok(row.map_or(Ok(0), |row| row.get("alerts"))?)
        })
    });
    counted.await.expect("a number")
}

fn new(kind: &str) -> (String, bool) {
    (kind.to_owned(), true)
}

fn old(kind: &str) -> (String, bool) {
    (kind.to_owned(), false)
}

async fn hand(scene: &Scene, by: &mut Client, id: &str, to: Value, comment: Option<&str>) {
    scene.test.advance(1_000);
    let holder = scene.thread(by, id).await["item"]["conversation"]["holder"].clone();
    let body = json!({ "to": to, "holder": holder, "comment": comment });
    by.put(&format!("/api/v1/conversations/{id}/assignment"), body).await.json(200);
}

/// A team of one, at work in the inbox.
async fn team(scene: &Scene, of: &Member) -> Value {
    let team = json!({ "name": "Shipping", "members": [{ "member_id": of.id, "leads": false }] });
    let team = scene.owner.clone().post("/api/v1/teams", team).await.json(201)["id"].clone();
    let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
    scene.owner.clone().patch(&inbox, json!({ "team_ids": [team] })).await.json(200);
    team
}

fn member(one: &Member) -> Value {
    json!({ "kind": "member", "id": one.id })
}

/// R236, C18
#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_to_one_or_to_his_team_is_in_his_stream_until_it_is_taken_away() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let mut boss = scene.member("sari", "supervisor", true).await;
        let team = team(&scene, &budi).await;
        let id = written(&mut scene.visitor().await, "hello").await;
        let mut desk = ana.socket("/ws").await.expect("a socket");
        desk.hello(None).await;

        // Who takes it himself is told nothing.
        scene.answer(&mut budi, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        assert_eq!((stream(&mut budi).await, stream(&mut boss).await), (vec![], vec![]));
        hand(&scene, &mut boss, &id, member(&ana), Some("she speaks French")).await;
        let told = page(&mut ana, "").await["items"][0].clone();
        assert_eq!((&told["kind"], &told["conversation_id"]), (&json!("given"), &json!(id)));
        let entry = &told["entry"];
        assert_eq!(
            (&entry["author"]["name"], &entry["assignment"]["comment"]),
            (&json!("sari"), &json!("she speaks French"))
        );
        let added = desk.event("alert.added").await["data"].clone();
        assert_eq!((&added["alert_id"], &added["kind"]), (&told["id"], &json!("given")));
        assert_eq!((unseen(&mut ana).await, unseen(&mut boss).await), (1, 0));

        hand(&scene, &mut boss, &id, json!({ "kind": "team", "id": team }), None).await;
        assert_eq!((stream(&mut ana).await, unseen(&mut ana).await), (vec![], 0), "it was taken away");
        assert_eq!((stream(&mut budi).await, unseen(&mut budi).await), (vec![new("given")], 1));
        hand(&scene, &mut boss, &id, member(&ana), None).await;
        assert_eq!(stream(&mut ana).await, [new("given"), new("given")], "both, now that it is hers again");
        assert_eq!((stream(&mut budi).await, unseen(&mut budi).await), (vec![], 0));
        scene.test.run_jobs().await;
    })
    .await;
}

/// R225, C07
#[tokio::test(flavor = "multi_thread")]
async fn a_closing_is_told_to_the_supervisors_and_agents_of_its_inbox_who_may_see_it() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let mut boss = scene.member("sari", "supervisor", true).await;
        let mut other = scene.member("tuti", "supervisor", true).await;
        let mut far = scene.member("far", "supervisor", false).await;
        let id = written(&mut scene.visitor().await, "hello").await;
        scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let closure = format!("/api/v1/conversations/{id}/closure");
        let done = json!({ "reason": "solved", "note": "he paid twice" });
        boss.put(&closure, done).await.json(200);
        assert_eq!(stream(&mut boss).await, [], "it was she who closed it");
        for member in [&mut ana, &mut other] {
            let told = page(member, "").await["items"][0]["entry"].clone();
            assert_eq!((&told["reason"], &told["text"]), (&json!("solved"), &json!("he paid twice")));
            assert_eq!(unseen(member).await, 0, "it calls nobody in particular");
        }
        assert_eq!(stream(&mut other).await.len(), 1, "each once");
        assert_eq!((stream(&mut budi).await, stream(&mut far).await), (vec![], vec![]));
        boss.delete(&closure).await.json(200);
        assert_eq!((stream(&mut ana).await, stream(&mut other).await), (vec![], vec![]), "she took it back");
        scene.test.run_jobs().await;
    })
    .await;
}

/// C18
#[tokio::test(flavor = "multi_thread")]
async fn a_mention_goes_with_the_name_and_nobody_is_told_of_what_he_muted() {
    on_both(async |scene| {
        let mut ana = scene.agent("ana").await;
        let (mut boss, mut head) =
            (scene.member("sari", "supervisor", true).await, scene.member("tuti", "supervisor", true).await);
        let id = written(&mut scene.visitor().await, "hello").await;
        scene.answer(&mut ana, &id, "hi", json!({ "kind": "queue" })).await.json(201);
        let path = format!("/api/v1/conversations/{id}");
        let call = json!({ "id": entry_id(1), "text": "@sari @tuti look", "mention_ids": [boss.id, head.id] });
        let note = ana.post(&format!("{path}/notes"), call).await.json(201);
        assert_eq!((stream(&mut ana).await, stream(&mut boss).await), (vec![], vec![new("mentioned")]));
        assert_eq!(page(&mut head, "").await["items"][0]["entry"]["text"], "@sari @tuti look");

        head.put(&format!("{path}/mute"), json!({})).await.json(204);
        assert_eq!(unseen(&mut head).await, 1, "a mention still calls");

        let mut desk = boss.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        let entry = format!("{path}/entries/{}", note["id"].as_str().expect("an id"));
        ana.patch(&entry, json!({ "text": "@tuti look" })).await.json(200);
        let mark = desk.event("conversation.read_mark").await["data"].clone();
        assert_eq!((&mark["mentioned"], &mark["mentioned_at"]), (&json!(false), &json!(null)));
        let mentions = async |member: &mut Member| {
            let list = member.get("/api/v1/conversations?view=mentions").await.json(200);
            list["items"].as_array().expect("items").len()
        };
        assert_eq!((mentions(&mut boss).await, mentions(&mut head).await), (0, 1), "whose name was taken out");
        assert_eq!((stream(&mut boss).await, stream(&mut head).await), (vec![], vec![new("mentioned")]));
        ana.delete(&entry).await.json(200);
        assert_eq!((mentions(&mut head).await, stream(&mut head).await), (0, vec![]));
        ana.put(&format!("{path}/closure"), json!({ "reason": "solved" })).await.json(200);
        assert_eq!((stream(&mut boss).await, stream(&mut head).await), (vec![new("closed")], vec![]));
        scene.test.run_jobs().await;
    })
    .await;
}

/// C17, C18
#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_of_a_conversation_goes_over_with_it() {
    on_both(async |scene| {
        let (mut owner, mut ana, mut visitor) = (scene.owner.clone(), scene.agent("ana").await, scene.visitor().await);
        let id = written(&mut visitor, "hello").await;
        hand(&scene, &mut owner, &id, member(&ana), None).await;
        owner.put(&format!("/api/v1/conversations/{id}/deletion"), json!({})).await.json(200);
        let fresh = written(&mut visitor, "hello again").await;
        hand(&scene, &mut owner, &fresh, member(&ana), None).await;
        scene.test.advance(1_000);
        let call = json!({ "id": entry_id(1), "text": "@ana look", "mention_ids": [ana.id] });
        owner.post(&format!("/api/v1/conversations/{fresh}/notes"), call).await.json(201);
        let before = page(&mut ana, "").await;

        owner.delete(&format!("/api/v1/conversations/{id}/deletion")).await.json(200);
        assert_eq!(stream(&mut ana).await, [new("mentioned"), new("given"), new("given")]);
        let after = page(&mut ana, "").await;
        for number in 0..2 {
            let (was, is) = (&before["items"][number], &after["items"][number]);
            assert_eq!((&is["id"], &is["conversation_id"]), (&was["id"], &json!(id)));
            assert_eq!((&is["entry"]["id"], &is["entry"]["text"]), (&was["entry"]["id"], &was["entry"]["text"]));
        }
        let (called, path) = (&after["items"][0]["entry"], format!("/api/v1/conversations/{id}"));
        let read = json!({ "position": called["position"].as_i64().expect("a position") - 1 });
        ana.put(&format!("{path}/read"), read).await.json(204);
        assert_eq!(stream(&mut ana).await, [new("mentioned"), old("given"), old("given")]);
        let entry = format!("{path}/entries/{}", entry_id(1));
        owner.patch(&entry, json!({ "text": "never mind" })).await.json(200);
        assert_eq!(stream(&mut ana).await, [old("given"), old("given")], "her name was taken out");
        scene.test.run_jobs().await;
    })
    .await;
}

/// C12, C18
#[tokio::test(flavor = "multi_thread")]
async fn who_waits_too_long_is_told_and_looking_sees_it_here_and_in_other_tabs() {
    on_both(async |scene| {
        let mut boss = scene.member("sari", "supervisor", true).await;
        let told = json!({ "in_charge": false, "supervisors": true, "member_ids": [] });
        let limit = json!({
            "warning_seconds": 60, "processing_seconds": 120, "counts_from": "first_unanswered", "in_hours": false,
            "warned": told, "late": told,
        });
        scene.owner.clone().put("/api/v1/time-limit", json!({ "limit": limit })).await.json(200);
        scene.test.run_jobs().await;
        let id = written(&mut scene.visitor().await, "hello").await;
        let path = format!("/api/v1/conversations/{id}");
        for _ in 0..2 {
            scene.test.advance(60_000);
            assert_eq!(conversations::tell_late(&scene.test.app).await.expect("a look"), 1);
        }
        assert_eq!(stream(&mut boss).await, [new("late"), new("warned")]);
        let mut desk = boss.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        // That its words were read is not that it was answered.
        boss.put(&format!("{path}/read"), json!({ "position": 99 })).await.json(204);
        assert_eq!(unseen(&mut boss).await, 2);
        let read = desk.event("conversation.read_mark").await["data"]["position"].as_i64().expect("a position");
        let alerts = boss.get("/api/v1/desk").await.json(200)["unseen_alerts"].clone();
        let positions = alerts.as_array().expect("alerts").iter().map(|alert| alert["position"].as_i64());
        assert_eq!(positions.collect::<Vec<_>>(), [Some(read + 1); 2], "behind what was read");
        let first = page(&mut boss, "?limit=1").await;
        let at = first["items"][0]["at"].as_i64().expect("a time");
        let next = first["next_cursor"].as_str().expect("more");
        let second = page(&mut boss, &format!("?limit=1&cursor={next}")).await;
        assert_eq!((&second["items"][0]["kind"], &second["next_cursor"]), (&json!("warned"), &json!(null)));
        boss.put("/api/v1/activity/seen", json!({ "seen_at": at - 1 })).await.json(204);
        assert_eq!(desk.event("activity.seen").await["data"]["seen_at"], at - 1);
        assert_eq!((stream(&mut boss).await, unseen(&mut boss).await), (vec![new("late"), old("warned")], 1));
        boss.put("/api/v1/activity/seen", json!({ "seen_at": i64::MAX })).await.json(204);
        let seen_at = desk.event("activity.seen").await["data"]["seen_at"].clone();
        assert_eq!(seen_at, scene.test.app.clock.now(), "what is still to come is not seen");
        boss.put("/api/v1/activity/seen", json!({ "seen_at": at })).await.json(204);
        assert_eq!((stream(&mut boss).await, unseen(&mut boss).await), (vec![old("late"), old("warned")], 0));

        // Her sign-in ends sooner.
        let workspace = scene.workspace(&mut boss).await;
        scene.test.advance(30 * DAY);
        conversations::forget_old_alerts(&scene.test.app).await.expect("a look");
        assert_eq!(kept(&scene, workspace).await, 1);
        scene.test.advance(1);
        conversations::forget_old_alerts(&scene.test.app).await.expect("a look");
        assert_eq!(kept(&scene, workspace).await, 0);
        scene.test.run_jobs().await;
    })
    .await;
}

/// C18
#[tokio::test(flavor = "multi_thread")]
async fn reading_a_chat_sees_what_is_said_of_it_and_pages_have_no_gaps() {
    on_both(async |scene| {
        let mut ana = scene.agent("ana").await;
        let mut boss = scene.member("sari", "supervisor", true).await;
        let team = team(&scene, &ana).await;
        let mut ids = Vec::new();
        for number in 0..7 {
            let id = written(&mut scene.visitor().await, "hello").await;
            let to = if number % 3 == 0 { json!({ "kind": "team", "id": team }) } else { member(&ana) };
            hand(&scene, &mut boss, &id, to, None).await;
            ids.push(id);
        }
        assert_eq!(unseen(&mut ana).await, 7);
        ana.put(&format!("/api/v1/conversations/{}/read", ids[2]), json!({ "position": 99 })).await.json(204);
        assert_eq!(unseen(&mut ana).await, 6);

        let (mut found, mut query) = (Vec::new(), "?limit=2".to_owned());
        loop {
            let page = page(&mut ana, &query).await;
            for alert in page["items"].as_array().expect("items") {
                found.push(alert["conversation_id"].as_str().expect("an id").to_owned());
            }
            let Some(next) = page["next_cursor"].as_str() else { break };
            query = format!("?limit=2&cursor={next}");
        }
        ids.reverse();
        assert_eq!(found, ids, "newest first, each once");
        scene.test.run_jobs().await;
    })
    .await;
}

/// C18
#[tokio::test(flavor = "multi_thread")]
async fn what_was_muted_counts_nothing_until_it_is_unmuted() {
    on_both(async |scene| {
        let (mut owner, mut ana) = (scene.owner.clone(), scene.agent("ana").await);
        let id = written(&mut scene.visitor().await, "hello").await;
        let mut desk = ana.socket("/ws").await.expect("a socket");
        desk.hello(None).await;
        hand(&scene, &mut owner, &id, member(&ana), None).await;
        let added = desk.event("alert.added").await["data"].clone();
        let mute = format!("/api/v1/conversations/{id}/mute");
        ana.put(&mute, json!({})).await.json(204);
        let alert = json!({
            "id": added["alert_id"], "at": added["at"], "kind": "given", "conversation_id": id,
            "position": added["position"], "muted": true,
        });
        let sent = ana.get("/api/v1/desk").await.json(200)["unseen_alerts"].clone();
        assert_eq!((sent, unseen(&mut ana).await), (json!([alert]), 0));
        ana.delete(&mute).await.json(204);
        assert_eq!(unseen(&mut ana).await, 1);
        let read = json!({ "position": added["position"] });
        ana.put(&format!("/api/v1/conversations/{id}/read"), read).await.json(204);
        assert_eq!(unseen(&mut ana).await, 0);
        scene.test.run_jobs().await;
    })
    .await;
}
