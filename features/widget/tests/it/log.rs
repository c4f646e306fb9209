//! The log: everything that happened, on both sides, newest first, filtered, in pages and as a table.

use crate::scene::{Scene, Visitor, entry_id, on_both};
use serde_json::{Value, json};
use testkit::Client;

const MINUTE: i64 = 60_000;

fn id_of(ack: &Value) -> String {
    ack["conversation_id"].as_str().expect("an id").to_owned()
}

async fn log(client: &Client, conversation: &str, query: &str) -> Vec<Value> {
    let path = format!("/api/v1/conversations/{conversation}/log?{query}");
    client.clone().get(&path).await.json(200)["lines"].as_array().expect("lines").clone()
}

/// `kind actor: text`, and what it said before.
fn told(lines: &[Value]) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    lines
        .iter()
        .map(|line| {
            let actor = line["actor"]["name"].as_str().or(line["actor"]["kind"].as_str());
            let before = line["before"].as_str().map(|before| format!(" (was {before})")).unwrap_or_default();
            format!("{} {}: {}{before}", word(&line["kind"]), actor.unwrap_or("-"), word(&line["text"]))
        })
        .collect()
}

/// One of everything, a minute apart. Answers the conversation and when it began.
async fn eventful(scene: &Scene, visitor: &mut Visitor) -> (String, i64) {
    let (mut ana, mut boss) = (scene.agent("ana").await, scene.member("sari", "supervisor", true).await);
    let asked = visitor.write("my card is 4111").await;
    let (id, began) = (id_of(&asked), asked["at"].as_i64().expect("a time"));
    let path = |rest: &str| format!("/api/v1/conversations/{id}/{rest}");
    let entry = |ack: &Value| path(&format!("entries/{}", ack["id"].as_str().expect("an id")));
    let tick = || scene.test.advance(MINUTE);
    tick();
    let sent = scene.answer(&mut ana, &id, "It is bakc", json!({ "kind": "queue" })).await.json(201);
    tick();
    let note = json!({ "id": entry_id(7), "text": "be kind", "mention_ids": [] });
    ana.post(&path("notes"), note).await.json(201);
    tick();
    ana.patch(&entry(&sent), json!({ "text": "It is bak" })).await.json(200);
    tick();
    ana.patch(&entry(&sent), json!({ "text": "It is back" })).await.json(200);
    tick();
    boss.delete(&entry(&asked)).await.json(200);
    tick();
    let to = json!({
        "to": { "kind": "queue" }, "holder": { "kind": "member", "id": ana.id }, "comment": "who knows?",
    });
    ana.put(&path("assignment"), to).await.json(200);
    tick();
    boss.put(&path("closure"), json!({ "reason": "solved", "note": "-5 °C is fine" })).await.json(200);
    tick();
    visitor.write("thanks").await;
    scene.test.run_jobs().await;
    (id, began)
}

/// R026, R027, R028, R030, C22
#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_everything_newest_first() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let (id, began) = eventful(&scene, &mut visitor).await;
        let all = log(&scene.owner, &id, "").await;
        let everything = [
            "message contact: thanks",
            "reopened contact: -",
            "closed sari: -5 °C is fine",
            "assigned ana: -",
            "removed sari: -",
            "corrected ana: It is back (was It is bak)",
            "corrected ana: It is bak (was It is bakc)",
            "note ana: be kind",
            "message ana: It is bakc",
            "assigned ana: -",
            "message contact: -",
            "opened contact: -",
        ];
        assert_eq!(told(&all), everything);
        assert_eq!((&all[2]["reason"], &all[4]["entry_kind"]), (&json!("solved"), &json!("message")));
        let handed = &all[3]["assignment"];
        assert_eq!((&handed["from_name"], &handed["to"]["kind"]), (&json!("ana"), &json!("queue")));
        assert_eq!(handed["comment"], "who knows?");
        assert!(!json!(all).to_string().contains("4111"), "removed words are gone here too");

        let whose = |line: &Value| line["actor"]["id"].as_str().expect("a member").to_owned();
        let (ana, boss) = (whose(&all[8]), whose(&all[2]));
        // Inclusive at both ends, by the line's own time: what was changed then, not what was written then.
        let at = |minutes: i64| began + minutes * MINUTE;
        let some = log(&scene.owner, &id, &format!("from={}&until={}", at(3), at(5))).await;
        assert_eq!(told(&some), everything[4..7]);
        assert_eq!(log(&scene.owner, &id, &format!("until={}", began - 1)).await, Vec::<Value>::new());
        for (query, expected) in [
            ("actor=contact", vec![0, 1, 10, 11]),
            ("actor=system", vec![]),
            ("kind=corrected", vec![5, 6]),
            ("kind=removed", vec![4]),
            ("kind=message&actor=member", vec![8]),
            ("kind=assigned", vec![3, 9]),
            (&*format!("member={ana}"), vec![3, 5, 6, 7, 8, 9]),
            (&*format!("member={ana}&kind=message"), vec![8]),
            (&*format!("member={boss}"), vec![2, 4]),
            (&*format!("member={boss}&actor=contact"), vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|index: usize| everything[index]).collect();
            assert_eq!(told(&log(&scene.owner, &id, query).await), expected, "{query}");
        }
        scene
            .owner
            .clone()
            .get(&format!("/api/v1/conversations/{id}/log?kind=seen"))
            .await
            .refused(400, "invalid_body");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snooze_is_told_with_its_end_and_who_ended_it() {
    on_both(async |scene| {
        let (mut ana, mut visitor) = (scene.agent("ana").await, scene.visitor().await);
        let first = visitor.write("hello").await;
        let (id, at) = (id_of(&first), first["at"].as_i64().expect("a time"));
        scene.answer(&mut ana, &id, "a moment", json!({ "kind": "queue" })).await.json(201);
        let until = at + 60 * MINUTE;
        ana.put(&format!("/api/v1/conversations/{id}/snooze"), json!({ "until": until })).await.json(200);
        visitor.write("and?").await;
        let all = log(&ana, &id, "").await;
        let kinds: Vec<_> = all.iter().filter_map(|line| line["kind"].as_str()).collect();
        assert_eq!(kinds[..3], ["message", "woken", "snoozed"]);
        assert_eq!((&all[1]["actor"]["kind"], &all[2]["until"]), (&json!("contact"), &json!(until)));
        assert_eq!(log(&ana, &id, "kind=snoozed").await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_every_line_once_however_they_are_cut() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let (id, _) = eventful(&scene, &mut visitor).await;
        // Several at the same moment.
        for number in 0..3 {
            let ack = visitor.write(&format!("one {number}")).await;
            let path = format!("/w/api/v1/messages/{}", ack["id"].as_str().expect("an id"));
            visitor.client.patch(&path, json!({ "text": format!("two {number}") })).await.json(200);
        }
        let whole = log(&scene.owner, &id, "limit=100").await;
        assert_eq!(whole.len(), 18);
        for limit in [1, 2, 5] {
            let (mut lines, mut cursor) = (Vec::new(), String::new());
            loop {
                let path = format!("/api/v1/conversations/{id}/log?limit={limit}{cursor}");
                let page = scene.owner.clone().get(&path).await.json(200);
                lines.extend(page["lines"].as_array().expect("lines").clone());
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(lines, whole, "{limit}");
        }
        let wrong = format!("/api/v1/conversations/{id}/log?cursor=AAAA");
        scene.owner.clone().get(&wrong).await.refused(400, "cursor_invalid");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_before_the_log_is_told_too() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let (id, _) = eventful(&scene, &mut visitor).await;
        let told = log(&scene.owner, &id, "").await;
        let workspace = scene.workspace(&mut scene.owner.clone()).await;
        let text = |engine: &str| {
            let path = format!("{}/../../migrations/0006_log.{engine}.sql", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(path).expect("the step")
        };
        let begins = |text: &str| text.trim().starts_with("INSERT");
        let [sqlite, postgres] = ["sqlite", "postgres"].map(|engine| {
            let text = text(engine);
            text.split(';').filter(|one| begins(one)).map(|one| one.to_owned().leak() as &str).collect::<Vec<_>>()
        });
        assert_eq!((sqlite.len(), postgres.len()), (3, 3));
        let written = scene.test.app.write(workspace, move |tx| {
            Box::pin(async move {
                tx.put(db::sql!("DELETE FROM entry_changes"), Vec::new()).await?;
                for (sqlite, postgres) in sqlite.into_iter().zip(postgres) {
                    tx.put(Box::leak(Box::new(db::Sql { sqlite, postgres, place: "a test" })), Vec::new()).await?;
                }
                Ok(())
            })
        });
        written.await.expect("the changes of before");
        assert_eq!(log(&scene.owner, &id, "").await, told);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_holds_what_the_filters_show_and_no_formula() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let (id, began) = eventful(&scene, &mut visitor).await;
        let path = format!("/api/v1/conversations/{id}/log.csv");
        let answer = scene.owner.clone().get(&format!("{path}?kind=closed&zone=Asia/Jakarta")).await;
        assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"log.csv\"");
        assert_eq!(answer.headers["cache-control"], "no-store");
        let table = String::from_utf8(answer.body.to_vec()).expect("UTF-8");
        let lines: Vec<_> = table.lines().collect();
        assert!(lines[0].starts_with("\u{feff}time,zone,event,"), "{table}");
        assert!(lines[1].contains(",Asia/Jakarta,closed,closed,member,sari,'-5 °C is fine,,"), "{table}");
        assert!(lines[1].contains(",solved,,ent_") && lines.len() == 2, "{table}");
        let all = scene.owner.clone().get(&format!("{path}?from={began}")).await;
        let all = String::from_utf8(all.body.to_vec()).expect("UTF-8");
        assert!(all.lines().count() == 13 && !all.contains("4111"), "{all}");
        assert!(all.contains("ana,It is back,It is bak,"), "{all}");
        scene.owner.clone().get(&format!("{path}?zone=Mars/Base")).await.refused(400, "invalid_body");
    })
    .await;
}

/// C29
#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_see_the_conversation_sees_no_log() {
    on_both(async |scene| {
        let (mut ana, budi) = (scene.agent("ana").await, scene.agent("budi").await);
        let rani = scene.member("rani", "reader", true).await;
        let id = id_of(&scene.visitor().await.write("hello").await);
        scene.answer(&mut ana, &id, "mine", json!({ "kind": "queue" })).await.json(201);
        for rest in ["log", "log.csv", "attachments", "links"] {
            let path = format!("/api/v1/conversations/{id}/{rest}");
            budi.client().get(&path).await.refused(404, "not_found");
            // Whoever only reads takes no table along.
            let expected = if rest == "log.csv" { 403 } else { 200 };
            assert_eq!(rani.client().get(&path).await.status.as_u16(), expected, "{rest}");
            scene.anonymous().get(&path).await.refused(401, "unauthenticated");
            scene.visitor().await.client.get(&path).await.refused(401, "unauthenticated");
        }
    })
    .await;
}
