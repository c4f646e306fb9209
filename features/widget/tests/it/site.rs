//! Who is on the website now, as the team sees it, and inviting him, on both engines.

use crate::scene::{Member, Scene, entry_id, on_both};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Answer, Client};
use visitors::{ABSENCE_MS, LEAVING_MS, Watch};

const QUIET: Duration = Duration::from_millis(300);
const FIREFOX: &str = "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0";

fn name(number: u64) -> String {
    entry_id(number).replace("ent_", "svs_")
}

async fn change(scene: &Scene, settings: Value) {
    let path = format!("/api/v1/inboxes/{}", scene.inbox);
    scene.owner.clone().patch(&path, json!({ "website": settings })).await.json(200);
}

async fn tell(scene: &Scene, client: &mut Client, number: u64, page: &str, more: Value) -> Answer {
    let mut body = json!({
        "origin": "https://shop.test", "url": format!("https://shop.test{page}"), "title": "Kopi", "looks": true,
        "began_ago_ms": 0, "visits": 1,
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        body[field] = value.clone();
    }
    client.put(&format!("/w/api/v1/inboxes/{}/here/{}", scene.inbox, name(number)), body).await
}

async fn is_here(scene: &Scene, client: &mut Client, number: u64, page: &str) -> Value {
    tell(scene, client, number, page, Value::Null).await.json(200)
}

async fn list(member: &mut Client, query: &str) -> Value {
    member.get(&format!("/api/v1/site-visitors{query}")).await.json(200)
}

/// On which pages they are, in the order of the list.
fn pages(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items").iter();
    items.map(|one| one["page"]["url"].as_str().expect("an address").replace("https://shop.test", "")).collect()
}

async fn invite(member: &mut Client, number: u64, text: &str) -> Answer {
    member.post(&format!("/api/v1/site-visitors/{}/invitation", name(number)), json!({ "text": text })).await
}

/// With an inbox that lists its visitors.
async fn scene_with(scene: &Scene) -> Member {
    change(scene, json!({ "visitors_now": true })).await;
    scene.agent("budi").await
}

async fn whispers(socket: &mut testkit::Socket) -> usize {
    let mut heard = 0;
    while let Ok(frame) = tokio::time::timeout(QUIET, socket.next()).await {
        heard += usize::from(matches!(frame, testkit::Frame::Json(frame) if frame["type"] == "visitors"));
    }
    heard
}

/// R263, R264, R265, R266, R267
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_on_the_site_is_listed_with_what_is_known_of_him() {
    on_both(async |scene| {
        let mut budi = scene_with(&scene).await;
        let android = scene.anonymous().from_address([203, 0, 113, 9]).with_header("user-agent", FIREFOX);
        let mut android = android.with_header("accept-language", "id-ID,id;q=0.9");
        let now = scene.test.app.clock.now();
        let came = json!({
            "landing": "https://shop.test/?utm_source=kopi", "source": "https://www.google.co.id/", "visits": 3,
            "began_ago_ms": 60_000,
        });
        let heard = tell(&scene, &mut android, 1, "/beans", came).await.json(200);
        assert_eq!(heard, json!({ "again_ms": visitors::AGAIN_MS, "invitation": null }));
        let one = list(&mut budi, "").await["items"][0].clone();
        assert_eq!((&one["page"]["url"], &one["page"]["title"]), (&json!("https://shop.test/beans"), &json!("Kopi")));
        assert_eq!((&one["began_at"], &one["page_at"], &one["visits"]), (&json!(now - 60_000), &json!(now), &json!(3)));
        assert_eq!((&one["came_by"]["kind"], &one["came_by"]["name"]), (&json!("search"), &json!("Google")));
        assert_eq!((&one["profile"]["browser"], &one["profile"]["country"]), (&json!("Firefox 133"), &json!("ID")));
        assert_eq!((&one["contact"], &one["in_chat"], &one["can_invite"]), (&Value::Null, &json!(false), &json!(true)));

        // He goes on, and a page in the background says nothing of where he is.
        scene.test.advance(30_000);
        is_here(&scene, &mut android, 1, "/cart").await;
        scene.test.advance(30_000);
        tell(&scene, &mut android, 1, "/beans", json!({ "looks": false })).await.json(200);
        let one = list(&mut budi, "").await["items"][0].clone();
        assert_eq!((&one["page"]["url"], &one["page_at"]), (&json!("https://shop.test/cart"), &json!(now + 30_000)));
        assert_eq!(one["began_at"], json!(now - 60_000));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_is_gone_and_whoever_goes_to_the_next_page_is_not() {
    on_both(async |scene| {
        let mut budi = scene_with(&scene).await;
        let mut stranger = scene.anonymous();
        let mut watch = Watch::default();
        let leave = format!("/w/api/v1/inboxes/{}/here/{}", scene.inbox, name(1));
        is_here(&scene, &mut stranger, 1, "/a").await;
        is_here(&scene, &mut stranger, 2, "/quiet").await;
        stranger.delete(&leave).await.json(204);
        scene.test.advance(LEAVING_MS - 1_000);
        is_here(&scene, &mut stranger, 1, "/b").await;
        scene.test.advance(2_000);
        assert_eq!(pages(&list(&mut budi, "").await), ["/quiet", "/b"]);

        stranger.delete(&leave).await.json(204);
        scene.test.advance(LEAVING_MS);
        assert_eq!(pages(&list(&mut budi, "").await), ["/quiet"], "and the list needs nobody to tidy up");
        scene.test.advance(ABSENCE_MS - LEAVING_MS);
        assert_eq!(pages(&list(&mut budi, "").await), Vec::<String>::new(), "nobody heard of him for so long");
        watch.look(&scene.test.app).await.expect("a look");
        let left = scene.test.app.read(scene.workspace(&mut scene.owner.clone()).await, |tx| {
            Box::pin(async move {
                let rows = db::sql!("SELECT id FROM site_visitors WHERE workspace_id = $1");
                Ok(tx.query(rows, &db::params![tx.workspace]).await?.len())
            })
        });
        assert_eq!(left.await.expect("rows"), 0, "nothing of them is kept");
    })
    .await;
}

/// R096
#[tokio::test(flavor = "multi_thread")]
async fn desks_hear_that_something_changed_once_and_only_where_they_see_it() {
    on_both(async |scene| {
        let budi = scene_with(&scene).await;
        let outsider = scene.member("tomo", "agent", false).await;
        let mut near = budi.socket("/ws").await.expect("a socket");
        let mut far = outsider.socket("/ws").await.expect("a socket");
        near.hello(None).await;
        far.hello(None).await;
        // Each server looks for itself.
        let (mut here, mut there) = (Watch::default(), Watch::default());
        let mut stranger = scene.anonymous();
        assert_eq!(here.look(&scene.test.app).await.expect("a look"), 0);
        is_here(&scene, &mut stranger, 1, "/a").await;
        is_here(&scene, &mut stranger, 2, "/b").await;
        assert_eq!(here.look(&scene.test.app).await.expect("a look"), 1);
        assert_eq!(there.look(&scene.test.app).await.expect("a look"), 1);
        assert_eq!(here.look(&scene.test.app).await.expect("a look"), 0, "nothing changed");
        scene.test.advance(30_000);
        is_here(&scene, &mut stranger, 1, "/a").await;
        is_here(&scene, &mut stranger, 2, "/b").await;
        assert_eq!(here.look(&scene.test.app).await.expect("a look"), 0, "they are still there");
        is_here(&scene, &mut stranger, 1, "/c").await;
        assert_eq!(here.look(&scene.test.app).await.expect("a look"), 1);
        assert_eq!((whispers(&mut near).await, whispers(&mut far).await), (3, 0));
        scene.test.advance(ABSENCE_MS);
        assert_eq!(here.look(&scene.test.app).await.expect("a look"), 1, "they left");
    })
    .await;
}

/// C01
#[tokio::test(flavor = "multi_thread")]
async fn visitors_are_seen_by_whoever_sees_the_queue_and_named_where_the_chat_is_seen() {
    on_both(async |scene| {
        let (mut budi, mut ana) = (scene_with(&scene).await, scene.agent("ana").await);
        let mut outsider = scene.member("tomo", "agent", false).await;
        let mut visitor = scene.visitor().await;
        visitor.write("hello").await;
        is_here(&scene, &mut visitor.client, 1, "/a").await;
        assert_eq!(list(&mut outsider, "").await, json!({ "items": [], "next_cursor": null, "count": 0 }));
        let one = list(&mut ana, "").await["items"][0].clone();
        let id = one["conversation_id"].as_str().expect("a chat in the queue").to_owned();
        assert_eq!((&one["in_chat"], &one["holder"]), (&json!(true), &Value::Null));
        scene.answer(&mut budi, &id, "Halo", json!({ "kind": "queue" })).await.json(201);
        let one = list(&mut budi, "").await["items"][0].clone();
        assert_eq!((&one["conversation_id"], &one["holder"]), (&json!(id), &json!("budi")));
        assert!(one["contact"]["id"].is_string());
        let one = list(&mut ana, "").await["items"][0].clone();
        let hidden = (&one["conversation_id"], &one["contact"], &one["holder"]);
        assert_eq!(hidden, (&Value::Null, &Value::Null, &json!("budi")), "it is a colleague's");
        invite(&mut outsider, 1, "Halo").await.refused(404, "not_found");
        invite(&mut ana, 1, "Halo").await.refused(409, "visitor_in_chat");
        let mut reader = scene.member("rina", "reader", true).await;
        assert_eq!(list(&mut reader, "").await["items"][0]["can_invite"], false);
        invite(&mut reader, 1, "Halo").await.refused(403, "forbidden");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_narrowed_and_comes_in_pages() {
    on_both(async |scene| {
        let mut budi = scene_with(&scene).await;
        let mut stranger = scene.anonymous();
        for number in 1..=7 {
            scene.test.advance(1_000);
            let more = json!({
                "visits": if number % 2 == 0 { 4 } else { 1 },
                "source": if number == 3 { "https://www.google.com/" } else { "" },
            });
            tell(&scene, &mut stranger, number, &format!("/{number}_%25"), more).await.json(200);
        }
        let mut visitor = scene.visitor().await;
        visitor.write("hello").await;
        is_here(&scene, &mut visitor.client, 8, "/Kasir").await;
        let all = list(&mut budi, "?limit=3").await;
        assert_eq!((pages(&all).len(), &all["count"]), (3, &json!(8)));
        let (mut seen, mut cursor) = (pages(&all), all["next_cursor"].clone());
        while let Some(next) = cursor.as_str() {
            let more = list(&mut budi, &format!("?limit=3&cursor={next}")).await;
            seen.extend(pages(&more));
            cursor = more["next_cursor"].clone();
        }
        assert_eq!(seen.len(), 8);
        assert_eq!(seen[1], "/7_%25", "who came last comes first: {seen:?}");
        for (query, expected) in [
            ("?returning=true", 3),
            ("?returning=false", 5),
            ("?in_chat=true", 1),
            ("?in_chat=false", 7),
            ("?page=kasir", 1),
            ("?page=_%2525", 7),
            ("?page=3%25%25", 0),
            ("?came=search", 1),
            ("?came=ad", 0),
            (&format!("?inbox_id={}", scene.inbox), 8),
            ("?inbox_id=inb_00000000000000000000000000000000", 0),
        ] {
            let page = list(&mut budi, query).await;
            assert_eq!((pages(&page).len(), &page["count"]), (expected, &json!(expected)), "{query}");
        }
        budi.get("/api/v1/site-visitors?came=wish").await.refused(400, "invalid_body");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_who_does_not_want_it_or_must_not_be() {
    on_both(async |scene| {
        let mut budi = scene.agent("budi").await;
        let mut stranger = scene.anonymous();
        let refused = json!({ "again_ms": 0, "invitation": null });
        let config = format!("/w/api/v1/inboxes/{}", scene.inbox);
        assert_eq!(
            is_here(&scene, &mut stranger, 1, "/a").await,
            refused,
            "the inbox lists nobody unless it is told to"
        );
        change(&scene, json!({ "visitors_now": true, "page_visits": false })).await;
        assert_eq!(is_here(&scene, &mut stranger, 1, "/a").await, refused, "it keeps no visits");
        change(&scene, json!({ "page_visits": true })).await;
        for header in ["sec-gpc", "dnt"] {
            let mut private = scene.anonymous().with_header(header, "1");
            assert_eq!(private.get(&config).await.json(200)["visitors_now"], false, "{header}");
            assert_eq!(is_here(&scene, &mut private, 1, "/a").await, refused, "{header}");
        }
        let elsewhere = json!({ "origin": "https://evil.test" });
        change(&scene, json!({ "allowed_origins": ["https://shop.test"] })).await;
        tell(&scene, &mut stranger, 1, "/a", elsewhere).await.refused(403, "origin_not_allowed");

        let consent = json!({ "consent_text": "We keep what you write." });
        let mut known = scene.visitor().await;
        known.write("hello").await;
        change(&scene, json!({ "pre_chat": consent })).await;
        assert_eq!(is_here(&scene, &mut stranger, 1, "/a").await, refused, "he did not agree");
        assert_eq!(list(&mut budi, "").await["count"], 0, "nothing of all that was taken");
        assert_ne!(is_here(&scene, &mut known.client, 2, "/b").await, refused, "whoever is a visitor did");
        let one = list(&mut budi, "").await["items"][0].clone();

        let id = one["conversation_id"].as_str().expect("a chat");
        scene.owner.clone().put(&format!("/api/v1/conversations/{id}/block"), json!({})).await.json(200);
        assert_eq!(list(&mut budi, "").await["count"], 0, "nobody who is blocked is listed");
        assert_eq!(is_here(&scene, &mut known.client, 3, "/b").await, refused);
    })
    .await;
}

/// R271
#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_an_invitation_has_a_chat_with_its_author() {
    on_both(async |scene| {
        let (mut budi, mut ana) = (scene_with(&scene).await, scene.agent("ana").await);
        let mut stranger = scene.anonymous();
        is_here(&scene, &mut stranger, 1, "/a").await;
        invite(&mut budi, 1, " ").await.refused(422, "visitor_invitation_invalid");
        invite(&mut budi, 1, &"x".repeat(301)).await.refused(422, "visitor_invitation_invalid");
        let (first, second) = tokio::join!(async { invite(&mut budi.client(), 1, "May I help?").await }, async {
            invite(&mut ana.client(), 1, "May I help?").await
        },);
        let (made, refused) = if first.status == 201 { (first, second) } else { (second, first) };
        let made = made.json(201);
        let (winner, loser) =
            if made["invitation"]["by"] == "budi" { (&mut budi, &mut ana) } else { (&mut ana, &mut budi) };
        let problem = refused.refused(409, "visitor_invited");
        assert_eq!(problem["by"], winner.name.as_str());
        assert_eq!(made["invitation"]["fate"], "sent");

        let heard = is_here(&scene, &mut stranger, 1, "/a").await;
        assert_eq!(heard["invitation"], json!({ "by": winner.name, "text": "May I help?" }));
        let fate = format!("/w/api/v1/inboxes/{}/here/{}/invitation", scene.inbox, name(1));
        stranger.put(&fate, json!({ "fate": "shown" })).await.json(204);
        assert_eq!(list(loser, "").await["items"][0]["invitation"]["fate"], "shown");

        // He answers after his page slept for a while.
        scene.test.advance(ABSENCE_MS + 60_000);
        Watch::default().look(&scene.test.app).await.expect("a look");
        let mut visitor = scene.visitor().await;
        let trail = json!({ "pages": [], "source": null, "greeted": null, "invitation": name(1) });
        let message = json!({ "id": entry_id(1), "text": "Yes", "file_ids": [], "trail": trail });
        let ack = visitor.client.post("/w/api/v1/messages", message).await.json(201);
        let id = ack["conversation_id"].as_str().expect("an id");
        let thread = scene.thread(winner, id).await;
        assert_eq!(thread["item"]["conversation"]["holder"], json!({ "kind": "member", "id": winner.id }));
        let kinds: Vec<_> =
            thread["entries"].as_array().expect("entries").iter().map(|one| one["kind"].clone()).collect();
        assert_eq!(kinds, ["opened", "greeted", "assigned", "message"]);
        let said = &thread["entries"][1];
        assert_eq!((&said["text"], &said["author"]["name"]), (&json!("May I help?"), &json!(winner.name)));
        let mine = visitor.client.get("/w/api/v1/thread").await.json(200);
        assert_eq!(mine["conversation"]["agent"]["name"], winner.name.as_str());

        // Another one who names the same invitation answers nothing.
        let mut other = scene.visitor().await;
        let trail = json!({ "pages": [], "source": null, "greeted": null, "invitation": name(1) });
        let message = json!({ "id": entry_id(2), "text": "Yes", "file_ids": [], "trail": trail });
        let ack = other.client.post("/w/api/v1/messages", message).await.json(201);
        let thread = scene.thread(&mut scene.owner.clone(), ack["conversation_id"].as_str().expect("an id")).await;
        assert_eq!(thread["item"]["conversation"]["holder"]["kind"], "queue");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_declines_is_not_asked_again_on_this_visit() {
    on_both(async |scene| {
        let mut budi = scene_with(&scene).await;
        let mut stranger = scene.anonymous();
        is_here(&scene, &mut stranger, 1, "/a").await;
        invite(&mut budi, 1, "May I help?").await.json(201);
        let fate = format!("/w/api/v1/inboxes/{}/here/{}/invitation", scene.inbox, name(1));
        stranger.put(&fate, json!({ "fate": "dismissed" })).await.json(204);
        stranger.put(&fate, json!({ "fate": "shown" })).await.json(204);
        assert_eq!(list(&mut budi, "").await["items"][0]["invitation"]["fate"], "dismissed");
        assert_eq!(is_here(&scene, &mut stranger, 1, "/b").await["invitation"], Value::Null);
        invite(&mut budi, 1, "Really not?").await.refused(409, "visitor_declined");
    })
    .await;
}
