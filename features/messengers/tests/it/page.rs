//! Messenger, from its webhook to its windows.

use crate::{
    graph::{Graph, PAGE, TOKEN},
    scene::{Scene, id, unconnected_on_both},
    telegram::GIF,
    whatsapp::{SECRET, push_with},
};
use base::Random;
use serde_json::{Value, json};
use testkit::START;

pub const DAY_MS: i64 = 24 * 3_600_000;
/// Budi, as the page calls him.
pub const BUDI: &str = "7707";

/// With the page connected.
pub async fn on_both(run: impl AsyncFn(Scene, Graph)) {
    unconnected(async |scene, graph| {
        scene.connect(connection(&graph)).await.json(200);
        scene.test.run_jobs().await;
        run(scene, graph).await;
    })
    .await;
}

async fn unconnected(run: impl AsyncFn(Scene, Graph)) {
    unconnected_on_both(async |mut scene| {
        let body = json!({ "name": "Page", "messenger": { "channel": "messenger" }, "close_after_minutes": 0 });
        scene.inbox = id(&scene.owner.clone().post("/api/v1/inboxes", body).await.json(201)["id"]);
        run(scene, Graph::new().await).await;
    })
    .await;
}

fn connection(graph: &Graph) -> Value {
    let fields = json!({ "page_id": PAGE, "app_secret": SECRET });
    json!({ "token": TOKEN, "way": "webhook", "address": format!("{}/v25.0", graph.address), "fields": fields })
}

pub fn delivery(object: &str, account: &str, updates: &[Value]) -> Vec<u8> {
    json!({ "object": object, "entry": [{ "id": account, "time": START, "messaging": updates }] })
        .to_string()
        .into_bytes()
}

/// One update about Budi, or somebody else.
pub fn about(account: &str, person: &str, at: i64, what: &Value) -> Value {
    let echo = what["message"]["is_echo"] == true;
    let (from, to) = if echo { (account, person) } else { (person, account) };
    let mut about = json!({ "sender": { "id": from }, "recipient": { "id": to }, "timestamp": START + at });
    for (name, value) in what.as_object().expect("an update") {
        about[name] = value.clone();
    }
    about
}

/// It is pushed, and read.
pub async fn tells(scene: &Scene, at: i64, what: &Value) {
    let body = delivery("page", PAGE, &[about(PAGE, BUDI, at, what)]);
    assert_eq!(push_with(scene, SECRET, body).await.status, 200);
    scene.test.run_jobs().await;
}

pub async fn says(scene: &Scene, mid: &str, text: &str) -> String {
    tells(scene, 0, &json!({ "message": { "mid": mid, "text": text } })).await;
    scene.conversation().await
}

/// R196
#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_connected_when_everything_about_it_is_right() {
    unconnected(async |scene, graph| {
        let with = |change: &dyn Fn(&mut Value)| {
            let mut body = connection(&graph);
            change(&mut body);
            body
        };
        let refused = async |body: Value, code: &str| scene.connect(body).await.refused(422, code);
        refused(with(&|body| body["token"] = json!("EAAGother")), "channel_token_refused").await;
        let field = async |body: Value| refused(body, "channel_field_refused").await["field"].clone();
        assert_eq!(field(with(&|body| body["fields"]["page_id"] = json!("99"))).await, "page_id");
        assert_eq!(field(with(&|body| body["fields"]["app_secret"] = json!(""))).await, "app_secret");
        graph.allows(vec!["pages_manage_metadata"]);
        assert_eq!(refused(connection(&graph), "channel_scope_missing").await["scope"], "pages_messaging");
        graph.allows(vec!["pages_messaging", "pages_manage_metadata"]);
        assert!(!graph.tells());
        let account = scene.connect(connection(&graph)).await.json(200)["account"].clone();
        assert!(graph.tells(), "we subscribed to it ourselves");
        scene.test.run_jobs().await;
        let inbox = scene.owner.clone().get(scene.path("").trim_end_matches('/')).await.json(200);
        assert_eq!(inbox["messenger"]["account"]["name"], json!("Kopi Senja"));
        let path = account["callback"].as_str().and_then(|callback| callback.strip_prefix(testkit::ORIGIN));
        let query = format!(
            "{}?hub.mode=subscribe&hub.challenge=7&hub.verify_token={}",
            path.expect("ours"),
            account["verify_token"].as_str().expect("a word")
        );
        assert_eq!(&*scene.test.client().without_origin().get(&query).await.body, b"7");

        // A second secret holds beside the first while one takes the other's place.
        scene.connect(json!({ "way": "webhook", "fields": { "second_app_secret": "baru" } })).await.json(200);
        let hello =
            || delivery("page", PAGE, &[about(PAGE, BUDI, 0, &json!({ "message": { "mid": "m_1", "text": "Halo" } }))]);
        for (secret, status) in [("baru", 200), (SECRET, 200), ("lain", 401)] {
            assert_eq!(push_with(&scene, secret, hello()).await.status, status);
        }
        scene.test.run_jobs().await;
        assert_eq!(scene.texts(&scene.conversation().await).await, ["Halo"]);
        let checked = scene.owner.clone().post(&scene.path("connection/check"), json!({})).await.json(200);
        assert_eq!(checked["right_way"], json!(true));
        graph.forgets_us();
        let checked = scene.owner.clone().post(&scene.path("connection/check"), json!({})).await.json(200);
        assert_eq!(checked["right_way"], json!(false));
        scene.connect(json!({ "way": "webhook" })).await.json(200);
        scene.owner.clone().delete(&scene.path("connection")).await;
        assert!(!graph.tells(), "it is told that nobody listens");
        scene.test.run_jobs().await;
    })
    .await;
}

/// R083, R291, R299
#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_person_sends_is_in_the_thread() {
    on_both(async |scene, graph| {
        tells(&scene, 0, &json!({ "referral": { "ref": "promo-mei", "source": "SHORTLINK" } })).await;
        let conversation = says(&scene, "m_1", "Halo").await;
        says(&scene, "m_1", "Halo").await;
        let item = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!(item["contact"]["name"], json!("Budi Santoso"), "he was asked for after his first message");
        assert_eq!(item["visit"]["came_by"]["kind"], json!("link"));
        assert_eq!((&item["visit"]["source"], &item["channel"]), (&json!("promo-mei"), &json!("messenger")));
        assert_eq!(item["answer_until"], json!(START + DAY_MS), "from when he wrote");

        let url = format!("{}/open/1", graph.address);
        let picture = json!({ "mid": "m_2", "attachments": [{ "type": "image", "payload": { "url": url } }],
            "reply_to": { "mid": "m_1" } });
        tells(&scene, 1, &json!({ "message": picture })).await;
        tells(&scene, 2, &json!({ "message": { "mid": "m_3", "attachments": [{ "type": "ephemeral" }] } })).await;
        tells(&scene, 3, &json!({ "postback": { "title": "Mulai", "payload": "GO" } })).await;
        let quick = json!({ "mid": "m_4", "text": "Gayo", "quick_reply": { "payload": "G" } });
        tells(&scene, 4, &json!({ "message": quick })).await;
        let messages = scene.messages(&conversation).await;
        assert_eq!(messages.len(), 5);
        assert_eq!(messages[1]["files"][0]["media_type"], json!("image/gif"), "without asking for its place");
        assert_eq!(
            (&messages[1]["quote"]["id"], &messages[2]["unsupported"]),
            (&messages[0]["id"], &json!("ephemeral"))
        );
        assert_eq!((&messages[3]["text"], &messages[4]["text"]), (&json!("Mulai"), &json!("Gayo")));

        // He corrects it and takes it back; a correction that overtook a later one changes nothing.
        let edit =
            |number: i64, text: &str| json!({ "message_edit": { "mid": "m_1", "text": text, "num_edit": number } });
        tells(&scene, 9, &edit(2, "Halo!!")).await;
        tells(&scene, 8, &edit(1, "Halo!")).await;
        assert_eq!(scene.messages(&conversation).await[0]["text"], json!("Halo!!"));
        tells(&scene, 10, &json!({ "message": { "mid": "m_1", "is_deleted": true } })).await;
        assert!(scene.messages(&conversation).await[0]["removed"].is_object());
    })
    .await;
}

/// R191, R192, R193, R194, C16
#[tokio::test(flavor = "multi_thread")]
async fn what_we_say_comes_back_and_is_said_once() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, "m_1", "Halo").await;
        // The echo comes before the answer.
        graph.answers_late();
        let answer = scene.answer(&conversation, "Ada!").await;
        let echo = |mid: &str, more: &Value| {
            let mut message = json!({ "mid": mid, "is_echo": true, "text": "Ada!" });
            for (name, value) in more.as_object().expect("more") {
                message[name] = value.clone();
            }
            json!({ "message": message })
        };
        let first = async {
            graph.hears().await;
            tells(&scene, 1, &echo("m_out1", &json!({ "metadata": format!("{answer}:text") }))).await;
            assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("sent"), "the echo tells it");
            graph.answers_at_last();
        };
        tokio::join!(scene.test.run_jobs(), first);
        assert_eq!((scene.messages(&conversation).await.len(), graph.said().len()), (2, 1));
        // All until then, in whatever order it is told.
        tells(&scene, 0, &json!({ "read": { "watermark": START + 5 } })).await;
        tells(&scene, 0, &json!({ "delivery": { "watermark": (START + 5).to_string() } })).await;
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("read"));
        scene.test.advance(1_000);
        let later = scene.answer(&conversation, "Mau?").await;
        scene.run_for(1).await;
        tells(&scene, 0, &json!({ "delivery": { "watermark": START, "mids": ["m_out2"] } })).await;
        assert_eq!(scene.delivery(&conversation, &later).await.0, json!("delivered"));

        // Its answer says nothing: it is uncertain, until its echo comes.
        graph.answers_nonsense();
        let unsure = scene.answer(&conversation, "Kapan?").await;
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &unsure).await.0, json!("uncertain"));
        tells(&scene, 0, &json!({ "read": { "watermark": START + 60_000 } })).await;
        assert_eq!(scene.delivery(&conversation, &unsure).await.0, json!("uncertain"), "nobody knows of it");
        tells(&scene, 3, &echo("m_out3", &json!({ "metadata": format!("{unsure}:text") }))).await;
        assert_eq!(scene.delivery(&conversation, &unsure).await.0, json!("read"), "as he told before");

        // Said in the page's own inbox, it is ours, and nobody waits any more.
        says(&scene, "m_2", "Ya?").await;
        tells(&scene, 4, &echo("m_out4", &json!({ "app_id": 263_902_037_430_900_i64 }))).await;
        let messages = scene.messages(&conversation).await;
        let author = json!({ "kind": "member", "id": null, "name": "Kopi Senja" });
        assert_eq!((messages.len(), &messages[5]["author"]), (6, &author));
        assert_eq!(messages[5]["delivery"], json!("read"), "he had read until a later time");
        let item = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!(item["waiting_since"], json!(null));
    })
    .await;
}

/// R132
#[tokio::test(flavor = "multi_thread")]
async fn he_sees_that_he_was_read_and_nothing_waits_for_it() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, "m_1", "Halo").await;
        let read = format!("/api/v1/conversations/{conversation}/read");
        graph.refuses(190);
        scene.owner.clone().put(&read, json!({ "position": 9 })).await.json(204);
        scene.run_for(1).await;
        let said = graph.said();
        assert_eq!((said.len(), &said[0].1["sender_action"]), (1, &json!("mark_seen")));
        says(&scene, "m_2", "Ada?").await;
        scene.owner.clone().put(&read, json!({ "position": 99 })).await.json(204);
        scene.run_for(1).await;
        assert_eq!(graph.said(), [], "the account must be mended, and this is not kept for it");
    })
    .await;
}

/// R179, R181
#[tokio::test(flavor = "multi_thread")]
async fn answers_go_as_what_they_are_and_what_is_refused_says_why() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, "m_1", "Halo").await;
        let quoted = scene.messages(&conversation).await[0]["id"].clone();
        let file = scene.upload("a.gif", GIF).await;
        let card = json!({ "kind": "offer", "title": "Gayo", "url": "https://kopi.example", "text": null, "price": "Rp 90.000",
            "picture": null });
        let body = json!({ "text": "Ini", "file_ids": [file], "quote": quoted, "card": card });
        let (answer, made) = scene.try_answer(&conversation, body).await;
        made.json(201);
        scene.run_for(2).await;
        let said = graph.said();
        let kinds: Vec<_> = said.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["messages", "message_attachments", "messages"]);
        let template = &said[0].1["message"]["attachment"]["payload"];
        assert_eq!((&template["text"], &template["buttons"][0]["url"]), (&json!("Ini\n\nGayo\nRp 90.000"), &json!("https://kopi.example")));
        assert_eq!((&said[0].1["reply_to"]["mid"], &said[0].1["messaging_type"]), (&json!("m_1"), &json!("RESPONSE")));
        assert!(said[1].1.as_str().is_some_and(|form| form.contains("name=\"filedata\"; filename=\"a.gif\"")));
        assert_eq!(said[2].1["message"]["attachment"], json!({ "type": "image", "payload": { "attachment_id": "up-1" } }));
        assert_eq!(scene.delivery(&conversation, &answer).await.0, json!("sent"));
        let path = format!("/api/v1/conversations/{conversation}/entries/{answer}");
        scene.owner.clone().patch(&path, json!({ "text": "Itu" })).await.refused(403, "forbidden");
        let long = json!({ "text": "x".repeat(2_001) });
        scene.try_answer(&conversation, long).await.1.refused(422, "text_too_long");

        let refusals = [(100, 2_018_109, "channel_file"), (551, 0, "channel_recipient"), (10, 2_018_278, "channel_window"),
            (100, 0, "channel_refused")];
        for (code, below, word) in refusals {
            graph.answers(400, &json!({ "error": { "code": code, "error_subcode": below, "message": "no" } }));
            let refused = scene.answer(&conversation, "x").await;
            scene.run_for(1).await;
            assert_eq!(scene.delivery(&conversation, &refused).await, (json!("failed"), json!(word)));
        }
        // Too fast: it goes a little later. A dead token: nothing goes before a new one.
        graph.refuses(613);
        let fast = scene.answer(&conversation, "y").await;
        scene.run_for(7).await;
        assert_eq!(scene.delivery(&conversation, &fast).await.0, json!("sent"));
        graph.refuses(190);
        let waits = scene.answer(&conversation, "z").await;
        scene.run_for(9).await;
        assert_eq!(scene.delivery(&conversation, &waits).await.0, json!("queued"));
        scene.connect(json!({ "token": TOKEN, "way": "webhook" })).await.json(200);
        scene.run_for(1).await;
        assert_eq!(scene.delivery(&conversation, &waits).await.0, json!("sent"));
    })
    .await;
}

/// C34
#[tokio::test(flavor = "multi_thread")]
async fn after_a_day_a_person_has_six_more_and_says_so() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, "m_1", "Halo").await;
        scene.answer(&conversation, "In time").await;
        scene.run_for(1).await;
        scene.test.advance(DAY_MS);
        scene.answer(&conversation, "A person's").await;
        scene.run_for(1).await;
        let said = graph.said();
        assert_eq!((said[0].1.get("tag"), &said[1].1["tag"]), (None, &json!("HUMAN_AGENT")));
        // A program is none.
        let rights = ["conversation:view", "conversation:reply"];
        let asked = json!({ "name": "Program", "rights": rights, "expires_at": START + 20 * DAY_MS });
        let secret = id(&scene.owner.clone().post("/api/v1/member-tokens", asked).await.json(201)["token"]);
        let program = scene.test.client().without_origin().with_header("authorization", &format!("Bearer {secret}"));
        let holder = scene.thread(&conversation).await["item"]["conversation"]["holder"].clone();
        let body = json!({ "id": "ent_0198f3c20000700090000000000000ff", "text": "A program's", "holder": holder });
        let path = format!("/api/v1/conversations/{conversation}/messages");
        program.clone().post(&path, body).await.refused(409, "window_closed");
        scene.test.advance(6 * DAY_MS);
        scene.try_answer(&conversation, json!({ "text": "Too late" })).await.1.refused(409, "window_closed");
    })
    .await;
}

/// What must be the same of a thread whatever the order was.
pub fn told(messages: &[Value]) -> Vec<String> {
    let mut told: Vec<_> = messages
        .iter()
        .map(|entry| {
            let signs: Vec<_> =
                entry["reactions"].as_array().expect("reactions").iter().map(|one| &one["emoji"]).collect();
            let quote = entry["quote"].is_object();
            json!([entry["written_at"], entry["text"], entry["removed"].is_object(), signs, entry["delivery"], quote])
                .to_string()
        })
        .collect();
    told.sort();
    told
}

/// R291, R194
#[tokio::test(flavor = "multi_thread")]
async fn any_order_of_the_same_deliveries_ends_the_same() {
    on_both(async |scene, _graph| {
        let updates = [
            (1, json!({ "message": { "mid": "a", "text": "satu" } })),
            (2, json!({ "message": { "mid": "b", "text": "dua" } })),
            (3, json!({ "message": { "mid": "c", "is_echo": true, "text": "dari tempat lain" } })),
            (4, json!({ "message_edit": { "mid": "a", "text": "satu!", "num_edit": 1 } })),
            (5, json!({ "message_edit": { "mid": "a", "text": "satu!!", "num_edit": 2 } })),
            (6, json!({ "message": { "mid": "b", "is_deleted": true } })),
            (7, json!({ "reaction": { "mid": "c", "action": "react", "emoji": "❤" } })),
            (8, json!({ "reaction": { "mid": "c", "action": "react", "emoji": "👍" } })),
            (9, json!({ "reaction": { "mid": "a", "action": "react", "emoji": "👍" } })),
            (10, json!({ "reaction": { "mid": "a", "action": "unreact" } })),
            (11, json!({ "delivery": { "watermark": START + 4 } })),
            (12, json!({ "read": { "watermark": START + 6 } })),
        ];
        let random = Random::seeded(7);
        let below = |most: usize| usize::from(random.bytes::<1>()[0]) % most;
        let mut ends = Vec::new();
        for person in 0..8 {
            let person = format!("9{person}");
            // Each has messages of his own.
            let named = |update: &Value| {
                let mut update = update.clone();
                for kind in ["message", "message_edit", "reaction"] {
                    if let Some(mid) = update[kind]["mid"].as_str().map(|mid| format!("{mid}{person}")) {
                        update[kind]["mid"] = json!(mid);
                    } else if let Some(update) = update.as_object_mut() {
                        update.remove(kind);
                    }
                }
                update
            };
            let mut all: Vec<_> = updates.iter().map(|(at, what)| about(PAGE, &person, *at, &named(what))).collect();
            for _ in 0..4 {
                all.push(all[below(updates.len())].clone());
            }
            for at in (1..all.len()).rev() {
                all.swap(at, below(at + 1));
            }
            while !all.is_empty() {
                let some: Vec<_> = all.drain(..(1 + below(4)).min(all.len())).collect();
                assert_eq!(push_with(&scene, SECRET, delivery("page", PAGE, &some)).await.status, 200);
                scene.test.run_jobs().await;
            }
        }
        for wait in [5_000, 30_000, 120_000, 300_000] {
            scene.test.advance(wait);
            scene.test.run_jobs().await;
        }
        let listed = scene.owner.clone().get("/api/v1/conversations?view=all").await.json(200);
        for item in listed["items"].as_array().expect("items") {
            ends.push(told(&scene.messages(&id(&item["conversation"]["id"])).await));
        }
        let expected = [
            json!([START + 1, "satu!!", false, [[]], null, false]),
            json!([START + 2, null, true, [], null, false]),
            json!([START + 3, "dari tempat lain", false, [["👍"]], "read", false]),
        ];
        let expected: Vec<_> = expected.iter().map(Value::to_string).collect();
        assert_eq!(ends, vec![expected; 8]);
        let failed = scene.owner.clone().get(&scene.path("failed-updates")).await.json(200);
        assert_eq!(failed["items"], json!([]));
    })
    .await;
}

/// R132
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_that_was_refused_takes_no_newer_one_away() {
    on_both(async |scene, graph| {
        let conversation = says(&scene, "m_1", "Halo").await;
        let entry = scene.messages(&conversation).await[0]["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{conversation}/entries/{entry}/reaction");
        let react = async |sign: &str| scene.owner.clone().put(&path, json!({ "emoji": sign })).await.json(200);
        graph.refuses(100);
        graph.answers_late();
        react("👍").await;
        let meanwhile = async {
            graph.hears().await;
            scene.test.advance(1);
            react("👎").await;
            graph.answers_at_last();
        };
        tokio::join!(scene.test.run_jobs(), meanwhile);
        scene.run_for(2).await;
        let said: Vec<_> = graph.said().into_iter().map(|(_, said)| said["payload"]["reaction"].clone()).collect();
        assert_eq!(said, [json!("like"), json!("dislike")]);
        assert_eq!(scene.entry(&conversation, &entry).await["reactions"][0]["emoji"], json!(["👎"]));
    })
    .await;
}
