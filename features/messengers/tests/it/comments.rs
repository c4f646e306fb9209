//! Comments below the posts of a page, and the rules that answer them.

use crate::{
    graph::{Graph, PAGE},
    page::{BUDI, about, delivery, on_both, says, told},
    scene::{Scene, id},
    whatsapp::{SECRET, push_with},
};
use base::Random;
use serde_json::{Value, json};
use testkit::START;

const PRICE: &str = "cru_0198f3c2000070009000000000000001";
const QUIZ: &str = "cru_0198f3c2000070009000000000000002";
const DAY_MS: i64 = 24 * 3_600_000;

fn comment(name: &str, person: &str, text: &str) -> Value {
    let value = json!({ "item": "comment", "verb": "add", "comment_id": format!("3030_{name}"), "post_id": "3030_9",
        "parent_id": "3030_9", "from": { "id": person, "name": "Sari Dewi" }, "message": text,
        "created_time": START / 1_000 });
    json!({ "field": "feed", "value": value })
}

async fn push(scene: &Scene, changes: &[Value]) {
    let body = json!({ "object": "page", "entry": [{ "id": PAGE, "time": START, "changes": changes }] });
    assert_eq!(push_with(scene, SECRET, body.to_string().into_bytes()).await.status, 200);
    scene.test.run_jobs().await;
}

fn case(keywords: &[&str], public: &[&str], private: Option<&str>) -> Value {
    json!({ "keywords": keywords, "public": public, "private": private })
}

fn price() -> Value {
    let private = "Hi {{contact.first_name|there}}, Rp 90.000.";
    json!({ "name": "Price", "enabled": true, "post": null,
        "cases": [case(&["harga"], &["Cek DM ya!"], Some(private))] })
}

async fn put(scene: &Scene, rule: &str, body: Value) -> Value {
    scene.owner.clone().put(&scene.path(&format!("comment-rules/{rule}")), body).await.json(200)
}

async fn log(scene: &Scene, rule: &str) -> Vec<Value> {
    let page = scene.owner.clone().get(&scene.path(&format!("comment-rules/{rule}/answers"))).await.json(200);
    page["items"].as_array().expect("items").clone()
}

async fn conversations(scene: &Scene) -> Vec<String> {
    let listed = scene.owner.clone().get("/api/v1/conversations?view=closed").await.json(200);
    listed["items"].as_array().expect("items").iter().map(|item| id(&item["conversation"]["id"])).collect()
}

fn told_of(graph: &Graph) -> Vec<(String, Value)> {
    graph.said().into_iter().filter(|(kind, _)| kind != "conversations").collect()
}

/// R051
#[tokio::test(flavor = "multi_thread")]
async fn a_comment_is_answered_below_it_and_to_its_author_alone() {
    on_both(async |scene, graph| {
        push(&scene, &[comment("1", "71", "Harga?")]).await;
        assert_eq!(conversations(&scene).await.len(), 0, "nobody asked for comments");
        graph.forgets_us();
        put(&scene, PRICE, price()).await;
        assert!(graph.tells(), "the first rule has the page tell of comments");
        told_of(&graph);
        push(&scene, &[comment("2", "71", "Kak, HÁRGA dong"), comment("2", "71", "Kak, HÁRGA dong")]).await;
        push(&scene, &[comment("3", "72", "Bagus"), comment("4", PAGE, "harga kami")]).await;
        scene.run_for(3).await;
        let said = told_of(&graph);
        assert_eq!(said.len(), 2, "{said:?}");
        assert_eq!(said[0], ("comments".to_owned(), json!({ "message": "Cek DM ya!" })));
        assert_eq!(said[1].1["recipient"], json!({ "comment_id": "3030_2" }));
        assert_eq!(said[1].1["message"]["text"], "Hi Sari, Rp 90.000.");

        let conversation = conversations(&scene).await.remove(0);
        let messages = scene.messages(&conversation).await;
        let seen: Vec<_> =
            messages.iter().map(|one| json!([one["author"]["kind"], one["about"], one["delivery"]])).collect();
        let expected = [
            json!(["contact", "comment", null]),
            json!(["system", "public_reply", "sent"]),
            json!(["system", "private_reply", "sent"]),
        ];
        assert_eq!(seen, expected);
        assert_eq!(messages[2]["quote"]["id"], messages[0]["id"]);
        let early = scene.try_answer(&conversation, json!({ "text": "Halo" })).await.1;
        early.refused(409, "window_closed");
        let entry = log(&scene, PRICE).await.remove(0);
        assert_eq!((&entry["person"], &entry["text"]), (&json!("Sari Dewi"), &json!("Kak, HÁRGA dong")));
        assert_eq!((&entry["private"]["delivery"], &entry["conversation_id"]), (&json!("sent"), &json!(conversation)));

        // Once for each person; and whoever answers is in the same conversation, which waits for the team now.
        push(&scene, &[comment("5", "71", "harga lagi")]).await;
        scene.run_for(2).await;
        assert_eq!(told_of(&graph), []);
        assert_eq!(log(&scene, PRICE).await[0]["skipped"], "answered_before");
        // The stub calls him so where he is written to.
        let answer = delivery(
            "page",
            PAGE,
            &[about(PAGE, BUDI, 60_000, &json!({ "message": { "mid": "m_1", "text": "Mau" } }))],
        );
        push_with(&scene, SECRET, answer).await;
        scene.test.run_jobs().await;
        assert_eq!(scene.conversation().await, conversation);
        let item = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!((&item["status"], item["waiting_since"].is_null()), (&json!("open"), false));
        scene.answer(&conversation, "Siap").await;
        scene.run_for(1).await;
        assert_eq!(told_of(&graph)[0].1["recipient"], json!({ "id": BUDI }));
    })
    .await;
}

/// R069
#[tokio::test(flavor = "multi_thread")]
async fn the_first_rule_that_fits_wins_and_a_quiz_has_two_answers() {
    on_both(async |scene, graph| {
        let quiz = json!({ "name": "Quiz", "enabled": true, "post": "https://facebook.com/kopi/posts/9?x=1", "cases": [
            case(&["jakarta"], &[], Some("Benar!")), case(&[], &["Coba lagi"], None)] });
        put(&scene, QUIZ, quiz.clone()).await;
        let mut first = price();
        first["place"] = json!(0);
        let listed = put(&scene, PRICE, first).await;
        assert_eq!(listed["items"][0]["id"], PRICE);
        push(&scene, &[comment("1", "71", "Jakarta"), comment("2", "72", "Bandung"), comment("3", "73", "harga")])
            .await;
        scene.run_for(3).await;
        let said: Vec<_> = told_of(&graph).into_iter().map(|(_, said)| said["message"].clone()).collect();
        let words = |said: &Value| said["text"].as_str().or(said.as_str()).unwrap_or_default().to_owned();
        let mut said: Vec<_> = said.iter().map(words).collect();
        said.sort();
        assert_eq!(said, ["Benar!", "Cek DM ya!", "Coba lagi", "Hi Sari, Rp 90.000."]);
        let answers: Vec<_> = log(&scene, QUIZ).await.iter().map(|one| one["answer"].clone()).collect();
        assert_eq!(answers.len(), 2);

        let refused = async |body: Value, code: &str| {
            scene.owner.clone().put(&scene.path(&format!("comment-rules/{QUIZ}")), body).await.refused(422, code)
        };
        let with = |field: &str, value: Value| {
            let mut body = quiz.clone();
            body[field] = value;
            body
        };
        refused(with("post", json!("https://facebook.com/kopi/posts/8")), "comment_post_unknown").await;
        assert_eq!(refused(with("name", json!("")), "comment_rule_invalid").await["field"], "name");
        let odd = json!([case(&[], &["{{me.name}}"], None)]);
        assert_eq!(refused(with("cases", odd), "comment_rule_invalid").await["placeholder"], "{{me.name}}");
        let off = scene.path(&format!("comment-rules/{QUIZ}"));
        scene.owner.clone().delete(&off).await.json(204);
        scene.owner.clone().delete(&off).await.refused(404, "not_found");
        scene.owner.clone().get(&format!("{off}/answers")).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_answered_says_why() {
    on_both(async |scene, graph| {
        put(&scene, PRICE, price()).await;
        graph.said();
        // Refused by the platform: the other answer leaves all the same.
        graph.answers(200, &json!({ "id": "reply_0" }));
        graph.answers(400, &json!({ "error": { "code": 100, "error_subcode": 2_534_025, "message": "used" } }));
        push(&scene, &[comment("1", "71", "harga")]).await;
        scene.run_for(2).await;
        let entry = log(&scene, PRICE).await.remove(0);
        assert_eq!(
            (&entry["public"]["delivery"], &entry["private"]["failure"]),
            (&json!("sent"), &json!("channel_comment"))
        );
        // Its end is not known: it is not said again by itself.
        graph.answers(200, &json!({ "id": "reply_1" }));
        graph.answers_nonsense();
        push(&scene, &[comment("2", "72", "harga")]).await;
        scene.run_for(2).await;
        assert_eq!(log(&scene, PRICE).await.iter().filter(|one| one["private"]["delivery"] == "uncertain").count(), 1);
        graph.said();
        // Too old.
        scene.test.advance(8 * DAY_MS);
        push(&scene, &[comment("3", "73", "harga")]).await;
        assert_eq!(log(&scene, PRICE).await[0]["skipped"], "too_old");
        assert_eq!(told_of(&graph), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_contact_gets_nothing_and_lists_say_who_is_served() {
    on_both(async |scene, graph| {
        put(&scene, PRICE, price()).await;
        let conversation = says(&scene, "m_1", "Halo").await;
        let block = format!("/api/v1/conversations/{conversation}/block");
        scene.owner.clone().put(&block, json!({ "until": null, "reason": null })).await.json(200);
        graph.said();
        push(&scene, &[comment("1", BUDI, "harga")]).await;
        assert_eq!(log(&scene, PRICE).await[0]["skipped"], "blocked");

        let list = |listed: &[&str]| json!({ "enabled": true, "listed": listed, "message": "Segera ya." });
        let path = scene.path("automation-list");
        let wrong = scene.owner.clone().put(&path, list(&["72", "a b", "@x", "?"])).await;
        assert_eq!(wrong.refused(422, "automation_list_invalid")["lines"], "2, 4");
        let kept = scene.owner.clone().put(&path, list(&["72", "@72", "+62 812 3456 789"])).await.json(200);
        assert_eq!(kept["listed"], json!(["72", "+62 812 3456 789"]));
        assert_eq!(scene.owner.clone().get(&path).await.json(200), kept);
        push(&scene, &[comment("2", "72", "harga"), comment("3", "73", "harga"), comment("4", "73", "harga")]).await;
        scene.run_for(3).await;
        let said = told_of(&graph);
        let served = said.iter().filter(|(_, said)| said["recipient"]["comment_id"] == "3030_2").count();
        let others: Vec<_> = said.iter().filter(|(_, said)| said["message"]["text"] == "Segera ya.").collect();
        assert_eq!((said.len(), served, others.len()), (3, 1, 1), "{said:?}");
        let skipped: Vec<_> = log(&scene, PRICE).await.iter().map(|one| one["skipped"].clone()).collect();
        assert_eq!(skipped.iter().filter(|why| **why == "not_listed").count(), 2);
    })
    .await;
}

/// R051, R194
#[tokio::test(flavor = "multi_thread")]
async fn any_order_of_comments_and_messages_ends_the_same() {
    on_both(async |scene, graph| {
        put(&scene, PRICE, price()).await;
        graph.said();
        let random = Random::seeded(11);
        let below = |most: usize| usize::from(random.bytes::<1>()[0]) % most;
        for person in 0..6 {
            let person = format!("8{person}");
            let message = |mid: &str, at: i64, text: &str| {
                let said = json!({ "message": { "mid": format!("{mid}{person}"), "text": text } });
                json!({ "messaging": about(PAGE, &person, at, &said) })
            };
            let commented = |name: &str| json!({ "change": comment(&format!("{name}{person}"), &person, "harga") });
            let mut all = vec![message("a", 1, "satu"), message("b", 2, "dua"), commented("c"), commented("d")];
            for at in 0..3 {
                all.push(all[at + below(2)].clone());
            }
            for at in (1..all.len()).rev() {
                all.swap(at, below(at + 1));
            }
            while !all.is_empty() {
                let some: Vec<_> = all.drain(..(1 + below(3)).min(all.len())).collect();
                let of = |kind: &str| some.iter().filter_map(|one| one.get(kind).cloned()).collect::<Vec<_>>();
                let entry = json!({ "id": PAGE, "time": START, "messaging": of("messaging"), "changes": of("change") });
                let body = json!({ "object": "page", "entry": [entry] });
                push_with(&scene, SECRET, body.to_string().into_bytes()).await;
                scene.test.run_jobs().await;
            }
        }
        scene.run_for(5).await;
        let listed = scene.owner.clone().get("/api/v1/conversations?view=all").await.json(200);
        let mut ends = Vec::new();
        for item in listed["items"].as_array().expect("items") {
            assert!(!item["conversation"]["waiting_since"].is_null(), "his message waits");
            ends.push(told(&scene.messages(&id(&item["conversation"]["id"])).await));
        }
        assert_eq!((ends.len(), ends[0].len()), (6, 5), "{ends:?}");
        assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
        assert_eq!(log(&scene, PRICE).await.len(), 12);
    })
    .await;
}
