//! Rating a session that a member closed, on both engines.

use crate::scene::{Member, Scene, Visitor, entry_id, on_both};
use serde_json::{Value, json};
use testkit::Answer;

const RATING: &str = "/w/api/v1/rating";

async fn rate(visitor: &mut Visitor, id: u64, score: i64, comment: Value) -> Answer {
    visitor.client.put(RATING, json!({ "id": entry_id(id), "score": score, "comment": comment })).await
}

async fn close(agent: &mut Member, conversation: &str, reason: &str) {
    agent.put(&format!("/api/v1/conversations/{conversation}/closure"), json!({ "reason": reason })).await.json(200);
}

/// A conversation that an agent answered.
async fn answered(scene: &Scene, visitor: &mut Visitor, agent: &mut Member) -> String {
    let id = visitor.write("hello").await["conversation_id"].as_str().expect("an id").to_owned();
    scene.answer(agent, &id, "hi", json!({ "kind": "queue" })).await.json(201);
    id
}

async fn ratings(scene: &Scene, conversation: &str) -> Vec<Value> {
    let thread = scene.thread(&mut scene.owner.clone(), conversation).await;
    let entries = thread["entries"].as_array().expect("entries").clone();
    entries.into_iter().filter(|entry| entry["kind"] == "rating").collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_rated_once_and_both_tabs_and_the_desk_agree() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = answered(&scene, &mut visitor, &mut agent).await;
        rate(&mut visitor, 1, 4, json!(null)).await.refused(409, "rating_not_asked");
        close(&mut agent, &id, "solved").await;
        let shown = visitor.client.get("/w/api/v1/thread").await.json(200);
        let closing = shown["entries"].as_array().and_then(|entries| entries.last()).expect("the closing").clone();
        assert_eq!(
            (&closing["kind"], &closing["ratable"], &closing["text"]),
            (&json!("closed"), &json!(true), &json!(null))
        );

        let mut other_tab = visitor.socket().await;
        let first = rate(&mut visitor, 1, 4, json!("  quick\nand kind ")).await.json(200);
        assert_eq!((&first["score"], &first["text"]), (&json!(4), &json!("quick\nand kind")));
        assert_eq!((&first["kind"], &first["author"]["kind"]), (&json!("rating"), &json!("visitor")));
        let told = other_tab.event("thread.updated").await["data"].clone();
        assert_eq!((&told["entries"], &told["conversation"]["status"]), (&json!([first]), &json!("closed")));
        assert_eq!(rate(&mut visitor, 1, 4, json!("quick\nand kind")).await.json(200), first, "the same try again");

        let changed = rate(&mut visitor, 2, 2, json!(null)).await.json(200);
        assert_eq!((&changed["id"], &changed["score"], &changed["text"]), (&first["id"], &json!(2), &json!(null)));
        assert_eq!(other_tab.event("thread.updated").await["data"]["entries"], json!([changed]));
        assert_eq!(rate(&mut visitor, 1, 4, json!("late")).await.json(200), changed, "a late repeat changes nothing");
        assert_eq!(rate(&mut visitor, 3, 2, json!("")).await.json(200), changed, "nothing new");
        assert!(other_tab.events().await.is_empty());

        let stored = ratings(&scene, &id).await;
        assert_eq!(stored.len(), 1);
        assert_eq!((&stored[0]["score"], &stored[0]["earlier"][0]["score"]), (&json!(2), &json!(4)));
        assert_eq!(stored[0]["earlier"][0]["text"], "quick\nand kind");
        let item = scene.thread(&mut agent, &id).await["item"].clone();
        assert_eq!(
            (&item["conversation"]["status"], &item["conversation"]["inbound_count"]),
            (&json!("closed"), &json!(1))
        );
        assert_eq!(item["conversation"]["preview"]["text"], "hi", "the list shows messages");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_a_rating_and_what_it_was_before() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = answered(&scene, &mut visitor, &mut agent).await;
        close(&mut agent, &id, "other").await;
        scene.test.advance(1_000);
        rate(&mut visitor, 1, 5, json!("great")).await.json(200);
        scene.test.advance(1_000);
        rate(&mut visitor, 2, 3, json!("fine")).await.json(200);
        let log = agent.get(&format!("/api/v1/conversations/{id}/log")).await.json(200)["lines"].clone();
        let line = |at: usize| {
            let line = &log[at];
            (line["kind"].clone(), line["score"].clone(), line["score_before"].clone(), line["text"].clone())
        };
        assert_eq!(line(0), (json!("corrected"), json!(3), json!(5), json!("fine")));
        assert_eq!((&log[0]["before"], &log[0]["entry_kind"]), (&json!("great"), &json!("rating")));
        assert_eq!(line(1), (json!("rating"), json!(5), json!(null), json!("great")));
        assert_eq!(log[1]["actor"]["kind"], "contact");
        let only = agent.get(&format!("/api/v1/conversations/{id}/log?kind=rating")).await.json(200);
        assert_eq!(only["lines"].as_array().map(Vec::len), Some(1));
        let table = agent.get(&format!("/api/v1/conversations/{id}/log.csv?kind=corrected")).await;
        let table = String::from_utf8(table.body.to_vec()).expect("UTF-8");
        assert!(table.contains(",fine,great,") && table.trim_end().ends_with(",3,5,"), "{table}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_a_rating_can_be_removed_and_the_score_stays() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let mut boss = scene.member("sari", "supervisor", true).await;
        let id = answered(&scene, &mut visitor, &mut agent).await;
        close(&mut agent, &id, "solved").await;
        rate(&mut visitor, 1, 3, json!("my card is 4111")).await.json(200);
        let rating = rate(&mut visitor, 2, 2, json!("my card is 4111 still")).await.json(200);
        let path = format!("/api/v1/conversations/{id}/entries/{}", rating["id"].as_str().expect("an id"));
        agent.delete(&path).await.refused(403, "forbidden");
        agent.patch(&path, json!({ "text": "not his words" })).await.refused(403, "forbidden");
        boss.delete(&path).await.json(200);
        scene.test.run_jobs().await;
        let stored = ratings(&scene, &id).await;
        assert_eq!((&stored[0]["score"], &stored[0]["text"]), (&json!(2), &json!(null)));
        assert_eq!((&stored[0]["earlier"], &stored[0]["removed"]["by"]["name"]), (&json!([]), &json!("sari")));
        let log = boss.get(&format!("/api/v1/conversations/{id}/log")).await.json(200);
        assert!(!log.to_string().contains("4111"), "{log}");
        let anew = rate(&mut visitor, 3, 4, json!("thanks")).await.json(200);
        assert_eq!((&anew["text"], &anew["removed"]), (&json!("thanks"), &json!(false)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_session_has_its_own_rating_until_the_next_begins() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        let id = answered(&scene, &mut visitor, &mut agent).await;
        close(&mut agent, &id, "solved").await;
        rate(&mut visitor, 1, 5, json!(null)).await.json(200);
        visitor.write("one more thing").await;
        rate(&mut visitor, 2, 1, json!(null)).await.refused(409, "rating_not_asked");
        close(&mut agent, &id, "no_reply").await;
        rate(&mut visitor, 3, 2, json!(null)).await.json(200);
        assert_eq!(rate(&mut visitor, 1, 3, json!(null)).await.json(200)["score"], 5, "of the session before");
        let scores: Vec<_> = ratings(&scene, &id).await.iter().map(|entry| entry["score"].clone()).collect();
        assert_eq!(scores, [5, 2]);
        let stored = scene.test.app.read(scene.workspace(&mut scene.owner.clone()).await, |tx| {
            Box::pin(async move {
                let rows = tx.query(db::sql!("SELECT score FROM sessions ORDER BY number"), &[]).await?;
                Ok(rows.iter().map(|row| row.get::<Option<i64>>("score")).collect::<Result<Vec<_>, _>>()?)
            })
        });
        assert_eq!(stored.await.expect("sessions"), [Some(5), Some(2)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_after_spam_or_silence_or_where_the_inbox_does_not_ask() {
    on_both(async |scene| {
        let mut agent = scene.agent("budi").await;
        let mut spammer = scene.visitor().await;
        let spam = answered(&scene, &mut spammer, &mut agent).await;
        close(&mut agent, &spam, "spam").await;
        let mut silent = scene.visitor().await;
        answered(&scene, &mut silent, &mut agent).await;
        scene.test.advance(25 * 3_600_000);
        conversations::close_silent(&scene.test.app).await.expect("a look");
        for visitor in [&mut spammer, &mut silent] {
            rate(visitor, 1, 5, json!(null)).await.refused(409, "rating_not_asked");
            let shown = visitor.client.get("/w/api/v1/thread").await.json(200);
            let closing = shown["entries"].as_array().and_then(|entries| entries.last()).expect("one").clone();
            assert_eq!((&closing["kind"], &closing["ratable"]), (&json!("closed"), &json!(false)));
        }
        let (mut owner, inbox) = (scene.owner.clone(), format!("/api/v1/inboxes/{}", scene.inbox));
        let mut website = owner.get(&inbox).await.json(200)["website"].clone();
        assert_eq!(website["rating"], true, "it asks unless somebody turns it off");
        website["rating"] = json!(false);
        owner.patch(&inbox, json!({ "website": website })).await.json(200);
        let config = scene.anonymous().get(&format!("/w/api/v1/inboxes/{}", scene.inbox)).await.json(200);
        assert_eq!(config["rating"], false);
        let mut visitor = scene.visitor().await;
        let id = answered(&scene, &mut visitor, &mut agent).await;
        close(&mut agent, &id, "solved").await;
        rate(&mut visitor, 1, 5, json!(null)).await.refused(409, "rating_not_asked");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_one_to_five_with_short_words_and_an_id_of_its_own() {
    on_both(async |scene| {
        let (mut visitor, mut agent) = (scene.visitor().await, scene.agent("budi").await);
        rate(&mut visitor, 1, 5, json!(null)).await.refused(404, "not_found");
        let id = answered(&scene, &mut visitor, &mut agent).await;
        close(&mut agent, &id, "solved").await;
        for score in [0, 6, 255] {
            let limits = rate(&mut visitor, 1, score, json!(null)).await.refused(422, "score_invalid");
            assert_eq!((&limits["min"], &limits["max"]), (&json!(1), &json!(5)));
        }
        rate(&mut visitor, 1, 5, json!("x".repeat(1_001))).await.refused(422, "text_too_long");
        rate(&mut visitor, 1, 256, json!(null)).await.refused(400, "invalid_body");
        let mut other = scene.visitor().await;
        other.write_as(&entry_id(77), "mine").await.json(201);
        rate(&mut visitor, 77, 5, json!(null)).await.refused(409, "id_reused");
        scene.anonymous().put(RATING, json!({ "id": entry_id(1), "score": 5 })).await.refused(401, "unauthenticated");
        agent.put(RATING, json!({ "id": entry_id(1), "score": 5 })).await.refused(401, "unauthenticated");
        assert_eq!(ratings(&scene, &id).await, Vec::<Value>::new());
    })
    .await;
}
