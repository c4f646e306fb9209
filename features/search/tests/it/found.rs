//! What is found by which words.

use crate::scene::{escaped, found, on_both};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn words_of_all_languages_are_found_without_case_and_accents() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let (french, indonesian) = ("Le café est froid, déjà!", "Pesanan saya belum dikirim");
        let (russian, chinese) = ("Где мой Ёжик?", "我在東京都住");
        for text in [french, indonesian, russian, chinese, "not now", "now it is not"] {
            scene.write(&mut visitor, text).await;
        }
        scene.indexed().await;
        let mut owner = scene.owner.clone();
        let cases: &[(&str, &[&str])] = &[
            ("cafe", &[french]),
            ("DÉJÀ froid", &[french]),
            ("pes", &[indonesian]),
            ("pes saya", &[]),
            ("dikirim pesan", &[indonesian]),
            ("ежик", &[russian]),
            ("МОЙ ", &[russian]),
            ("京都", &[chinese]),
            ("東京都", &[chinese]),
            ("都", &[chinese]),
            ("京東", &[]),
            ("not now", &["now it is not", "not now"]),
            ("\"not now\"", &["not now"]),
            ("\" OR NEAR(", &[]),
            ("a'b:*&!", &[]),
        ];
        for (query, wanted) in cases {
            assert_eq!(found(&mut owner, query).await, *wanted, "{query} on {:?}", scene.test.engine);
        }
    })
    .await;
}

/// R025, R247
#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_and_pages_go_on() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let id = scene.write(&mut visitor, "kopi satu").await;
        let mut owner = scene.owner.clone();
        scene.answer(&mut owner, &id, "kopi dua").await;
        scene.test.advance(24 * 3_600_000);
        scene.write(&mut visitor, "kopi tiga").await;
        let note = json!({ "id": scene.entry(), "text": "kopi empat", "mention_ids": [] });
        scene.test.advance(1_000);
        let noted = owner.post(&format!("/api/v1/conversations/{id}/notes"), note).await;
        assert_eq!(noted.status, 201, "{:?}", noted.body);
        let uploaded = visitor.upload("/w/api/v1/files?name=Kopi-résumé.pdf", "application/pdf", "%PDF-1.4 x").await;
        let file = uploaded.json(201)["id"].as_str().expect("an id").to_owned();
        scene.test.advance(1_000);
        let body = json!({ "id": scene.entry(), "text": "", "file_ids": [file] });
        visitor.post("/w/api/v1/messages", body).await.json(201);
        scene.test.run_jobs().await;
        scene.indexed().await;
        // Again: nothing is indexed twice.
        scene.indexed().await;
        let file = "Kopi-résumé.pdf";
        let cases: &[(&str, &[&str])] = &[
            ("kopi", &[file, "kopi empat", "kopi tiga", "kopi dua", "kopi satu"]),
            ("kopi from:me", &["kopi empat", "kopi dua"]),
            ("kopi from:own", &["kopi empat", "kopi dua"]),
            ("kopi in:shop", &[file, "kopi empat", "kopi tiga", "kopi dua", "kopi satu"]),
            ("kopi in:elsewhere", &[]),
            ("resume", &[file]),
            ("has:file", &[file]),
            ("kopi before:2025-11-20", &["kopi dua", "kopi satu"]),
            ("kopi after:2025-11-21", &[file, "kopi empat", "kopi tiga"]),
            ("kopi label:vip", &[]),
        ];
        for (query, wanted) in cases {
            assert_eq!(found(&mut owner, query).await, *wanted, "{query} on {:?}", scene.test.engine);
        }
        let path = format!("/api/v1/conversations/{id}/search?q=kopi");
        let within = owner.get(&path).await.json(200);
        let positions: Vec<_> =
            within["hits"].as_array().expect("hits").iter().filter_map(|hit| hit["position"].as_i64()).collect();
        assert!(positions.len() == 5 && positions.is_sorted_by(|a, b| a > b), "{positions:?}");
        assert_eq!(within["hits"][2]["snippet"]["ranges"], json!([[0, 4]]));
        owner.get("/api/v1/search?q=%20").await.refused(422, "query_empty");
        owner.get(&format!("/api/v1/search?q={}", "x".repeat(201))).await.refused(422, "query_too_long");
    })
    .await;
}

/// R025, C14
#[tokio::test(flavor = "multi_thread")]
async fn tags_narrow_with_words_and_each_other() {
    on_both(async |scene| {
        let (mut nadia, mut ivan) = (scene.visitor().await, scene.visitor().await);
        let first = scene.write(&mut nadia, "kopi satu").await;
        let second = scene.write(&mut ivan, "kopi dua").await;
        scene.write(&mut scene.visitor().await, "kopi tiga").await;
        scene.tag(&first, "VIP").await;
        scene.tag(&first, "Big order").await;
        let tags = scene.owner.clone().get("/api/v1/tags").await.json(200);
        let vip = tags["items"].as_array().expect("tags").iter().find(|one| one["tag"]["name"] == "VIP");
        let vip = vip.expect("VIP")["tag"]["id"].as_str().expect("an id");
        scene.owner.clone().put(&format!("/api/v1/conversations/{second}/tags/{vip}"), json!({})).await.json(200);
        scene.indexed().await;
        let cases: &[(&str, &[&str])] = &[
            ("kopi tag:vip", &["kopi dua", "kopi satu"]),
            ("tag:VI", &["kopi dua", "kopi satu"]),
            ("satu tag:vip", &["kopi satu"]),
            ("tiga tag:vip", &[]),
            ("tag:\"big order\"", &["kopi satu"]),
            ("kopi tag:vip tag:big in:shop", &["kopi satu"]),
            ("kopi tag:vip tag:nothing", &[]),
            ("kopi tag:vip from:me", &[]),
        ];
        for (query, wanted) in cases {
            assert_eq!(found(&mut scene.owner.clone(), query).await, *wanted, "{query} on {:?}", scene.test.engine);
        }
        // The same words find nothing where he may not look.
        let mut elsewhere = scene.member("tono", "agent", false).await;
        assert!(found(&mut elsewhere, "tag:vip").await.is_empty());
        let within = scene.owner.clone().get(&format!("/api/v1/conversations/{first}/search?q=kopi%20tag:no")).await;
        assert_eq!(within.json(200)["hits"].as_array().map(Vec::len), Some(1), "it says nothing inside one");
    })
    .await;
}

/// R248, C21
#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_name_and_only_names_when_asked() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let id = scene.write(&mut visitor, "halo siti").await;
        let mut owner = scene.owner.clone();
        // Contacts learn their names from channels; here the row stands as one of them would leave it.
        let workspace = owner.get("/api/v1/me").await.json(200)["workspace"]["id"].clone();
        let workspace: ids::WorkspaceId = workspace.as_str().expect("an id").parse().expect("an id");
        scene.indexed().await;
        let named = scene.test.app.write(workspace, |tx| {
            Box::pin(async move {
                let text = db::sql!(
                    "UPDATE conversations SET contact_name = 'Siti Nurhalizá', contact_email = 'siti@toko.id', \
                     contact_phone = '+62 812-3456-7890' WHERE workspace_id = $1"
                );
                tx.execute(text, &db::params![tx.workspace]).await?;
                Ok(())
            })
        });
        named.await.expect("the row to be changed");
        scene.write(&mut visitor, "again").await;
        scene.indexed().await;
        for query in ["siti", "NURHAL", "sit nur", "toko", "7890", "62812", "siti@toko.id"] {
            let page = owner.get(&format!("/api/v1/search?part=names&q={}", escaped(query))).await.json(200);
            assert_eq!(page["names"][0]["conversation"]["id"], id, "{query}: {page}");
            assert_eq!(page["hits"], json!([]));
        }
        let page = owner.get("/api/v1/search?part=names&q=tit").await.json(200);
        assert_eq!(page["names"], json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_over_into_another_conversation_is_found_there_and_nowhere_else() {
    on_both(async |scene| {
        let (mut one, mut other, mut owner) = (scene.visitor().await, scene.visitor().await, scene.owner.clone());
        let (kept, gone) = (scene.write(&mut one, "apples").await, scene.write(&mut other, "pears").await);
        let workspace = owner.get("/api/v1/me").await.json(200)["workspace"]["id"].clone();
        let workspace: ids::WorkspaceId = workspace.as_str().expect("an id").parse().expect("an id");
        let mut contacts = Vec::<ids::ContactId>::new();
        let mut inbox = None::<ids::InboxId>;
        for id in [&gone, &kept] {
            let conversation =
                owner.get(&format!("/api/v1/conversations/{id}")).await.json(200)["item"]["conversation"].clone();
            contacts.push(conversation["contact"]["id"].as_str().expect("an id").parse().expect("an id"));
            inbox = conversation["inbox_id"].as_str().expect("an id").parse().ok();
        }
        // More than what is forgotten at once.
        let of_gone: ids::ConversationId = gone.parse().expect("an id");
        let more = scene.test.app.write(workspace, move |tx| {
            Box::pin(async move {
                let one = db::sql!(
                    "INSERT INTO entries (workspace_id, conversation_id, position, id, at, kind, revision, \
                     author_kind, text) VALUES ($1, $2, $3, $4, $5, 'message', 1, 'contact', 'plums')"
                );
                for position in 3..=452 {
                    tx.execute(one, &db::params![tx.workspace, of_gone, position, tx.uuid(), tx.now]).await?;
                }
                let last = db::sql!("UPDATE conversations SET last_position = 452 WHERE workspace_id = $1 AND id = $2");
                tx.execute(last, &db::params![tx.workspace, of_gone]).await?;
                Ok(())
            })
        });
        more.await.expect("more messages");
        scene.indexed().await;
        let joined = scene.test.app.write(workspace, move |tx| {
            Box::pin(async move {
                let person = contacts::find(tx, contacts[1]).await?.expect("the person");
                conversations::join(tx, inbox.expect("an inbox"), contacts[0], &person).await
            })
        });
        joined.await.expect("one conversation");
        scene.indexed().await;
        let page = owner.get("/api/v1/search?q=pears").await.json(200);
        assert_eq!(page["hits"].as_array().map(Vec::len), Some(1), "{page}");
        assert_eq!(page["hits"][0]["conversation_id"], kept);
        let left = scene.test.app.read(workspace, move |tx| {
            let gone: ids::ConversationId = gone.parse().expect("an id");
            Box::pin(async move {
                let count = db::sql!(
                    "SELECT (SELECT COUNT(*) FROM search_entries WHERE conversation_id = $1) \
                     + (SELECT COUNT(*) FROM search_conversations WHERE conversation_id = $1) AS n"
                );
                Ok(tx.first(count, &db::params![gone]).await?.expect("a row").get::<i64>("n")?)
            })
        });
        assert_eq!(left.await.expect("a number"), 0);
        let page = owner.get("/api/v1/search?q=plums").await.json(200);
        assert!(page["hits"].as_array().is_some_and(|hits| hits.iter().all(|hit| hit["conversation_id"] == kept)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn corrected_words_are_found_instead_and_removed_ones_no_more() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let id = scene.entry();
        let body = json!({ "id": id, "text": "kartu saya 4111", "file_ids": [] });
        visitor.post("/w/api/v1/messages", body).await.json(201);
        scene.write(&mut visitor, "yang lain").await;
        let early = scene.entry();
        let one = |id: &str| format!("/w/api/v1/messages/{id}");
        let mut owner = scene.owner.clone();
        scene.indexed().await;
        assert_eq!(found(&mut owner, "4111").await, ["kartu saya 4111"]);

        visitor.patch(&one(&id), json!({ "text": "kartu saya hilang" })).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(found(&mut owner, "4111").await, Vec::<String>::new());
        assert_eq!(found(&mut owner, "hilang").await, ["kartu saya hilang"]);
        assert_eq!(found(&mut owner, "kartu").await, ["kartu saya hilang"], "it is there once");

        // Before the index has come to it.
        let body = json!({ "id": early, "text": "nomor 5500", "file_ids": [] });
        visitor.post("/w/api/v1/messages", body).await.json(201);
        visitor.patch(&one(&early), json!({ "text": "nomor 6600" })).await.json(200);
        scene.test.run_jobs().await;
        scene.indexed().await;
        assert_eq!(found(&mut owner, "nomor").await, ["nomor 6600"]);

        visitor.delete(&one(&id)).await.json(200);
        scene.test.run_jobs().await;
        assert_eq!(found(&mut owner, "kartu").await, Vec::<String>::new());
        assert_eq!(found(&mut owner, "hilang").await, Vec::<String>::new());
        assert_eq!(found(&mut owner, "lain").await, ["yang lain"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_cards_are_found_until_they_are_removed() {
    on_both(async |scene| {
        let mut visitor = scene.visitor().await;
        let id = scene.write(&mut visitor, "which one?").await;
        let mut owner = scene.owner.clone();
        let card = json!({ "kind": "link", "url": "https://kopi.example", "title": "Toraja", "text": "roasted today" });
        let (entry, holder) = (scene.entry(), json!({ "kind": "queue" }));
        let body = json!({ "id": entry, "text": "", "card": card, "holder": holder });
        owner.post(&format!("/api/v1/conversations/{id}/messages"), body).await.json(201);
        scene.indexed().await;
        assert_eq!(found(&mut owner, "toraja").await, ["Toraja"]);
        assert_eq!(found(&mut owner, "toraja roasted").await, ["Toraja"]);
        assert_eq!(found(&mut owner, "roasted").await, ["roasted today"]);
        owner.delete(&format!("/api/v1/conversations/{id}/entries/{entry}")).await.json(200);
        scene.test.run_jobs().await;
        scene.indexed().await;
        assert!(found(&mut owner, "toraja").await.is_empty());
    })
    .await;
}
