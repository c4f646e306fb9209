//! How somebody comes to have what waits, as the inbox says.

use crate::scene::{Member, Scene, entry_id, on_both};
use serde_json::{Value, json};
use testkit::Client;

const MEMBERS: usize = 50;

fn queue() -> Value {
    json!({ "kind": "queue" })
}

async fn claim(scene: &Scene, mode: &str) {
    let body = json!({ "routing": { "claim": mode } });
    let changed = scene.owner.clone().patch(&format!("/api/v1/inboxes/{}", scene.inbox), body).await.json(200);
    assert_eq!(changed["routing"]["claim"], mode);
}

async fn waits(scene: &Scene, text: &str) -> String {
    scene.visitor().await.write(text).await["conversation_id"].as_str().expect("an id").to_owned()
}

async fn next(member: &mut Member) -> Value {
    member.post("/api/v1/queue/next", json!({})).await.json(200)["item"]["conversation"].clone()
}

/// Agents whose passwords nobody had to hash.
async fn many(scene: &Scene) -> Vec<(String, Client)> {
    let workspace = scene.workspace(&mut scene.owner.clone()).await;
    let mut agents = Vec::new();
    for number in 0..MEMBERS {
        let made = scene.test.app.write(workspace, move |tx| {
            Box::pin(async move {
                let name = format!("Agent {number}");
                let member = people::add_member(
                    tx,
                    people::NewMember {
                        name: name.clone(),
                        email: people::Email::parse(&format!("agent{number}@shop.test"))?,
                        role: base::Role::Agent,
                        password_hash: "none".to_owned(),
                        locale: people::Locale::En,
                    },
                )
                .await?;
                Ok(member.id)
            })
        });
        let id = made.await.expect("an agent");
        agents.push((id.to_string(), scene.browser_of(id).await));
    }
    let ids: Vec<_> = agents.iter().map(|(id, _)| id.clone()).collect();
    let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
    scene.owner.clone().patch(&inbox, json!({ "member_ids": ids })).await.json(200);
    agents
}

/// R020, R021, C03, C05
#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_who_take_it_at_once_one_has_it_and_the_others_hear_who() {
    on_both(async |scene| {
        let agents = many(&scene).await;
        for way in ["assign", "answer"] {
            let id = waits(&scene, way).await;
            let tries = agents.iter().enumerate().map(|(number, (member, client))| {
                let (id, member, mut client) = (id.clone(), member.clone(), client.clone());
                tokio::spawn(async move {
                    let answer = if way == "assign" {
                        let asked = json!({ "to": { "kind": "member", "id": member }, "holder": queue() });
                        client.put(&format!("/api/v1/conversations/{id}/assignment"), asked).await
                    } else {
                        let body = json!({
                            "id": entry_id(5_000_000 + number as u64), "text": "me", "file_ids": [], "holder": queue(),
                        });
                        client.post(&format!("/api/v1/conversations/{id}/messages"), body).await
                    };
                    (number, answer)
                })
            });
            let mut winner = None;
            let mut losers = Vec::new();
            for tried in tries.collect::<Vec<_>>() {
                let (number, answer) = tried.await.expect("an answer");
                if answer.status.is_success() {
                    assert_eq!(winner.replace(number), None, "one alone");
                } else {
                    losers.push(answer.refused(409, "conversation_taken")["by"].clone());
                }
            }
            let winner = format!("Agent {}", winner.expect("a winner"));
            assert_eq!(losers, vec![json!(winner); MEMBERS - 1], "{way}");
            let thread = scene.thread(&mut scene.owner.clone(), &id).await;
            let assigned = thread["entries"].as_array().expect("entries").iter().filter(|e| e["kind"] == "assigned");
            assert_eq!(assigned.count(), 1);
        }
    })
    .await;
}

/// R211, C05
#[tokio::test(flavor = "multi_thread")]
async fn the_next_is_whoever_waits_longest_and_becomes_mine_where_the_inbox_says_so() {
    on_both(async |scene| {
        let (mut ana, mut budi) = (scene.agent("ana").await, scene.agent("budi").await);
        assert_eq!(next(&mut ana).await, Value::Null);
        let first = waits(&scene, "first").await;
        scene.test.advance(1_000);
        let second = waits(&scene, "second").await;
        // With the first answer: it is only opened.
        assert_eq!(next(&mut ana).await["id"], *first);
        assert_eq!(next(&mut budi).await["id"], *first);
        claim(&scene, "on_start").await;
        assert_eq!(next(&mut budi).await["holder"], queue());
        let answer = json!({ "id": entry_id(900), "text": "Halo", "holder": { "kind": "queue" } });
        let messages = format!("/api/v1/conversations/{second}/messages");
        budi.post(&messages, answer.clone()).await.refused(409, "conversation_not_begun");
        let begins = json!({ "to": { "kind": "member", "id": budi.id }, "holder": { "kind": "queue" } });
        let third = waits(&scene, "third").await;
        budi.put(&format!("/api/v1/conversations/{third}/assignment"), begins).await.json(200);
        let holder = json!({ "kind": "member", "id": budi.id });
        let answer = json!({ "id": entry_id(901), "text": "Halo", "holder": holder });
        budi.post(&format!("/api/v1/conversations/{third}/messages"), answer).await.json(201);

        claim(&scene, "on_open").await;
        let mine = json!({ "kind": "member", "id": ana.id });
        let taken = next(&mut ana).await;
        assert_eq!((&taken["id"], &taken["holder"]), (&json!(first), &mine));
        assert_eq!(next(&mut budi).await["id"], *second);
        assert_eq!(next(&mut ana).await, Value::Null, "nobody waits");
    })
    .await;
}

/// R106, R211
#[tokio::test(flavor = "multi_thread")]
async fn the_most_urgent_comes_first() {
    on_both(async |scene| {
        let mut ana = scene.agent("ana").await;
        waits(&scene, "first").await;
        scene.test.advance(1_000);
        let urgent = waits(&scene, "second").await;
        let path = format!("/api/v1/conversations/{urgent}/priority");
        let item = ana.put(&path, json!({ "priority": "urgent" })).await.json(200);
        assert_eq!(item["conversation"]["priority"], "urgent");
        assert_eq!(next(&mut ana).await["id"], *urgent);
        let thread = scene.thread(&mut ana, &urgent).await;
        let last = thread["entries"].as_array().expect("entries").last().expect("an entry").clone();
        assert_eq!((&last["kind"], &last["text"]), (&json!("prioritized"), &json!("urgent")));
        scene
            .member("tomo", "reader", true)
            .await
            .put(&path, json!({ "priority": "low" }))
            .await
            .refused(403, "forbidden");
    })
    .await;
}

/// R211, C05
#[tokio::test(flavor = "multi_thread")]
async fn many_who_take_the_next_at_once_get_different_ones() {
    on_both(async |scene| {
        claim(&scene, "on_open").await;
        let mut agents = many(&scene).await;
        agents.truncate(12);
        for number in 0..12 {
            waits(&scene, &number.to_string()).await;
        }
        let taking = agents.into_iter().map(|(_, mut client)| {
            tokio::spawn(async move { client.post("/api/v1/queue/next", json!({})).await.json(200) })
        });
        let mut taken = Vec::new();
        for one in taking.collect::<Vec<_>>() {
            taken.push(one.await.expect("an answer")["item"]["conversation"]["id"].to_string());
        }
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), 12, "{taken:?}");
    })
    .await;
}
