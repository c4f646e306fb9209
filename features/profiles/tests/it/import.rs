//! Tables of contacts that come in.

use crate::scene::{Scene, on_both, path, text};
use ids::{ContactImportId, Uuid};
use serde_json::{Value, json};
use testkit::Client;

const BASE: u128 = 0x0198_f3c2_0000_7000_a000_0000_0000_0000;

/// One import of the owner's, by its own address.
struct Import<'s> {
    scene: &'s Scene,
    owner: Client,
    path: String,
}

fn import(scene: &Scene, number: u128) -> Import<'_> {
    let id = ContactImportId(Uuid::from_u128(BASE + number));
    Import { scene, owner: scene.owner.clone(), path: format!("/api/v1/contact-imports/{id}") }
}

impl Import<'_> {
    async fn upload(&mut self, table: impl Into<Vec<u8>>) -> Value {
        self.scene.test.advance(1_000);
        let path = "/api/v1/files?name=people.csv";
        let file = self.owner.upload(path, "application/octet-stream", table.into()).await.json(201);
        json!({ "file_id": file["id"] })
    }

    async fn begin(&mut self, table: impl Into<Vec<u8>>) -> Value {
        let file = self.upload(table).await;
        self.owner.put(&self.path.clone(), file).await.json(200)
    }

    /// Tries it, and answers the import's figures.
    async fn plan(&mut self, plan: Value) -> Value {
        self.owner.put(&format!("{}/plan", self.path), plan).await.json(200);
        self.scene.test.run_jobs().await;
        self.show().await
    }

    async fn run(&mut self) -> Value {
        self.owner.post(&format!("{}/run", self.path), json!({})).await.json(200);
        self.scene.test.run_jobs().await;
        self.show().await
    }

    async fn take_back(&mut self) -> Value {
        self.owner.delete(&self.path.clone()).await.json(200);
        self.scene.test.run_jobs().await;
        self.show().await
    }

    async fn show(&mut self) -> Value {
        self.owner.get(&self.path.clone()).await.json(200)["import"].clone()
    }

    async fn problems(&mut self) -> Vec<(i64, String)> {
        let list = self.owner.get(&format!("{}/problems", self.path)).await.json(200);
        let items = list["items"].as_array().expect("items").iter();
        items.map(|one| (one["line"].as_i64().expect("a line"), text(&one["code"]))).collect()
    }
}

fn figures(import: &Value) -> Vec<i64> {
    ["made", "changed", "unchanged", "repeated", "refused"]
        .map(|name| import[name].as_i64().expect("a figure"))
        .to_vec()
}

/// Names, by the words of a search.
async fn found(scene: &Scene, query: &str) -> Vec<String> {
    let page = scene.owner.clone().get(&format!("/api/v1/contacts?sort=name&{query}")).await.json(200);
    let name = |item: &Value| item["contact"]["name"].as_str().unwrap_or("-").to_owned();
    page["items"].as_array().expect("items").iter().map(name).collect()
}

fn by_email(columns: Value, existing: &str) -> Value {
    json!({ "columns": columns, "find_by": "email", "existing": existing })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_looked_into_tried_and_comes_in() {
    on_both(async |scene| {
        let level = scene.attribute(json!({ "name": "Level", "kind": "choice", "choices": ["Gold"] })).await;
        let vip = scene.tag("VIP").await;
        let mut import = import(&scene, 1);
        let table = "\u{feff}Nama Depan;Nama Belakang;E-mail;No HP;Negara;Kota;Alamat;Bahasa;Label;Catatan;Level\r\n\
                     Siti;Rahma;siti@kopi.id;+62 812 1;Indonesia;Bandung;\"Jl. Braga 1\r\nLt. 2\";id;vip;Suka kopi;gold\r\n\
                     Budi;;salah;;;;;;;;\r\n\
                     ;;;;;;;;;;\r\n\
                     Tono;;tono@kopi.id;;;;;;Baru;;\r\n\
                     Dewi;;dewi@kopi.id;0812-999-111;;;;;;;\r\n";
        let shown = import.begin(table).await;
        let guesses: Vec<_> = shown["columns"].as_array().expect("columns").iter().map(|one| &one["guess"]).collect();
        let expected = json!([
            "first_name", "last_name", "email", "phone", "country", "city", "address", "language", "tags", "note", level
        ]);
        assert_eq!(json!(guesses), expected);
        assert_eq!((&shown["separator"], &shown["encoding"]), (&json!(";"), &json!("UTF-8")));
        assert_eq!((&shown["import"]["total"], &shown["import"]["state"]), (&json!(4), &json!("read")));
        assert_eq!(shown["columns"][0]["samples"], json!(["Siti", "Budi", "Tono", "Dewi"]));

        let mut plan = by_email(expected, "fill");
        plan["countries"] = json!({ "indonesia": "ID" });
        let tried = import.plan(plan).await;
        assert_eq!((text(&tried["state"]).as_str(), figures(&tried)), ("checked", vec![2, 0, 0, 0, 2]));
        let refused = vec![(4, "contact_field_invalid".into()), (6, "contact_import_tag_unknown".into())];
        assert_eq!(import.problems().await, refused);
        assert_eq!(found(&scene, "").await, Vec::<String>::new(), "a trial writes nothing");

        let done = import.run().await;
        assert_eq!((text(&done["state"]).as_str(), figures(&done)), ("done", vec![2, 0, 0, 0, 2]));
        assert_eq!(found(&scene, "q=rahma").await, ["Siti Rahma"]);
        assert_eq!(found(&scene, &format!("tag={vip}&attribute={level}&value=gold")).await, ["Siti Rahma"]);
        let page = scene.owner.clone().get("/api/v1/contacts?q=siti").await.json(200);
        let siti = path(&text(&page["items"][0]["contact"]["id"]));
        let profile = scene.owner.clone().get(&siti).await.json(200);
        assert_eq!(
            profile["fields"],
            json!({
                "first_name": "Siti", "last_name": "Rahma", "email": "siti@kopi.id", "phone": "+62 812 1",
                "country": "ID", "city": "Bandung", "address": "Jl. Braga 1\r\nLt. 2", "language": "id",
            })
        );
        assert_eq!((&profile["attributes"][&level], &profile["notes"][0]["text"]), (&json!("Gold"), &json!("Suka kopi")));
        let history = scene.owner.clone().get(&format!("{siti}/history")).await.json(200);
        assert_eq!((&history["items"][0]["by"], &history["items"][0]["number"]), (&json!("owner"), &json!(1)));

        // What was refused, mended.
        let bad = import.owner.get(&format!("{}/problems.csv?locale=id", import.path)).await;
        let bad = String::from_utf8(bad.body.to_vec()).expect("text");
        let lines: Vec<_> = bad.lines().collect();
        assert!(lines[0].starts_with("\u{feff}baris;alasan;Nama Depan;"), "{bad}");
        assert_eq!(lines[1], "4;Nilai ini tidak sah untuk: email;Budi;;salah;;;;;;;;");
        let mended = bad.replace("salah", "budi@kopi.id").replace("Baru", "VIP");
        let mut again = self::import(&scene, 2);
        let shown = again.begin(mended).await;
        let columns: Vec<_> = shown["columns"].as_array().expect("columns").iter().map(|one| one["guess"].clone()).collect();
        assert_eq!((&columns[0], &columns[1], &columns[2]), (&Value::Null, &Value::Null, &json!("first_name")));
        assert_eq!(figures(&again.plan(by_email(json!(columns), "fill")).await), [2, 0, 0, 0, 0]);
        assert_eq!(figures(&again.run().await), [2, 0, 0, 0, 0]);
        assert_eq!(found(&scene, "").await, ["Budi", "Dewi", "Siti Rahma", "Tono"]);

        let list = scene.owner.clone().get("/api/v1/contact-imports?limit=1").await.json(200);
        assert_eq!((&list["items"][0]["made"], &list["items"][0]["by"]), (&json!(2), &json!("owner")));
        let next = format!("/api/v1/contact-imports?cursor={}", text(&list["next_cursor"]));
        let list = scene.owner.clone().get(&next).await.json(200);
        assert_eq!((&list["items"][0]["refused"], &list["next_cursor"]), (&json!(2), &Value::Null));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_known_is_passed_filled_in_or_overwritten_and_named_twice_is_one() {
    on_both(async |scene| {
        let dewi = path(
            &scene
                .create(json!({ "first_name": "Dewi", "email": "Dewi@kopi.id", "phone": "0812-3456-7890" }))
                .await,
        );
        // Of somebody who writes, the system tells an address.
        let chat = scene.order(json!({ "external_id": "9", "name": "rina77", "email": "rina@kopi.id" }), "Halo").await;
        let rina = path(&scene.contact_of(&chat).await);
        let mut owner = scene.owner.clone();
        let table = "first_name,email,city\nDEWI,dewi@KOPI.id,Bogor\nRina,rina@kopi.id,\nDewi,dewi@kopi.id,Depok\nNew,new@kopi.id,\nNewer,NEW@kopi.id,Solo\n";
        let columns = json!(["first_name", "email", "city"]);
        for (number, existing, done, names) in [
            (1, "skip", [1, 0, 4, 0, 0], ["Dewi", "New", "rina77"]),
            (2, "fill", [0, 3, 2, 0, 0], ["Dewi", "New", "Rina"]),
            (3, "overwrite", [0, 3, 2, 0, 0], ["Dewi", "Newer", "Rina"]),
        ] {
            let mut import = import(&scene, number);
            import.begin(table).await;
            // Of a row about somebody whom a row before names the trial says only that.
            let tried = import.plan(by_email(columns.clone(), existing)).await;
            assert_eq!(tried["repeated"], 2, "{existing}");
            assert_eq!(figures(&import.run().await), done, "{existing}");
            assert_eq!(found(&scene, "").await, names, "{existing}");
        }
        let fields = owner.get(&dewi).await.json(200)["fields"].clone();
        assert_eq!((&fields["city"], &fields["email"]), (&json!("Depok"), &json!("dewi@kopi.id")));
        // His conversations show him as he is now.
        assert_eq!(scene.conversation(&chat).await["contact"]["name"], "Rina");
        assert_eq!(owner.get(&rina).await.json(200)["told"]["name"], "rina77");

        // Two who have one number are not told apart by it; the country's number may be there or not.
        let mut import = import(&scene, 4);
        import.begin("phone;company\n+62 812 3456 7890;Senja\n").await;
        let plan = json!({ "columns": ["phone", "company"], "find_by": "phone", "existing": "fill" });
        assert_eq!(figures(&import.plan(plan.clone()).await), [0, 1, 0, 0, 0]);
        import.run().await;
        assert_eq!(owner.get(&dewi).await.json(200)["fields"]["company"], "Senja");
        scene.create(json!({ "first_name": "Twin", "phone": "+62812 3456 7890" })).await;
        scene.create(json!({ "first_name": "Twin", "phone": "+62 812 34567890" })).await;
        let mut import = self::import(&scene, 5);
        import.begin("phone;company\n+62 812 3456 7890;Senja\n").await;
        assert_eq!(figures(&import.plan(plan).await), [0, 0, 0, 0, 1]);
        assert_eq!(import.problems().await, [(2, "contact_import_ambiguous".to_owned())]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_external_id_names_somebody_before_he_writes() {
    on_both(async |scene| {
        let columns = json!(["external_id", "first_name"]);
        let plan = |existing: &str| {
            json!({
                "columns": columns, "find_by": "external_id", "existing": existing, "inbox_id": scene.orders,
            })
        };
        let mut import = import(&scene, 1);
        import.begin("Ext ID,First name\nA-1,Siti\nA-1,Sita\n,Nobody\n").await;
        assert_eq!(figures(&import.plan(plan("overwrite")).await), [2, 0, 0, 1, 0]);
        assert_eq!(figures(&import.run().await), [2, 1, 0, 0, 0]);
        let chat = scene.order(json!({ "external_id": "A-1", "name": "s77" }), "Halo").await;
        assert_eq!(scene.conversation(&chat).await["contact"]["name"], "Sita");
        // Who has talked stays, with his name in that system.
        let back = import.take_back().await;
        assert_eq!((&back["state"], &back["taken_back"], &back["kept"]), (&json!("taken_back"), &json!(1), &json!(2)));
        assert_eq!(found(&scene, "").await, ["Sita"]);
        let mut by_mail = self::import(&scene, 2);
        by_mail.begin("Ext ID,First name,Email\nA-1,Other,other@kopi.id\n").await;
        let mut plan = by_email(json!(["external_id", "first_name", "email"]), "fill");
        let refused = by_mail.owner.put(&format!("{}/plan", by_mail.path), &plan).await;
        refused.refused(422, "contact_import_plan_invalid");
        plan["inbox_id"] = json!(scene.orders);
        assert_eq!(figures(&by_mail.plan(plan).await), [0, 0, 0, 0, 1]);
        assert_eq!(by_mail.problems().await, [(2, "contact_import_external_id_taken".to_owned())]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_taken_back_as_a_whole_and_what_changed_since_stays() {
    on_both(async |scene| {
        let mut owner = scene.owner.clone();
        let vip = scene.tag("VIP").await;
        let dewi = path(&scene.create(json!({ "first_name": "Dewi", "email": "dewi@kopi.id", "city": "Bogor" })).await);
        let mut import = import(&scene, 1);
        let rows: String = (0..300).map(|n| format!("Person {n},p{n}@kopi.id,,\n")).collect();
        let table =
            format!("first_name,email,city,note\nDewi,dewi@kopi.id,Depok,Loyal\nDewi,dewi@kopi.id,Solo,\n{rows}");
        import.begin(table).await;
        let mut plan = by_email(json!(["first_name", "email", "city", "note"]), "overwrite");
        plan["tag_ids"] = json!([vip]);
        import.plan(plan).await;
        assert_eq!(figures(&import.run().await), [300, 2, 0, 0, 0]);
        let profile = owner.get(&dewi).await.json(200);
        assert_eq!((&profile["fields"]["city"], &profile["tag_ids"]), (&json!("Solo"), &json!([vip])));
        let page = owner.get("/api/v1/contacts?q=p7@kopi.id").await.json(200);
        let seven = path(&text(&page["items"][0]["contact"]["id"]));
        let edit = json!({ "version": 1, "fields": { "city": "Bali" } });
        owner.patch(&seven, edit).await.json(200);
        let back = import.take_back().await;
        assert_eq!(
            (&back["state"], &back["taken_back"], &back["kept"]),
            (&json!("taken_back"), &json!(301), &json!(1))
        );
        assert_eq!(found(&scene, "").await, ["Dewi", "Person 7"]);
        let profile = owner.get(&dewi).await.json(200);
        assert_eq!((&profile["fields"]["city"], &profile["tag_ids"]), (&json!("Bogor"), &json!([])));
        assert_eq!(profile["notes"], json!([]));
        assert_eq!(found(&scene, "q=person").await, ["Person 7"]);
        import.owner.post(&format!("{}/run", import.path), json!({})).await.refused(409, "contact_import_over");

        // One that did nothing is gone.
        let mut other = self::import(&scene, 2);
        other.begin("first_name\nSiti\n").await;
        other.owner.delete(&other.path.clone()).await.json(200);
        other.owner.get(&other.path.clone()).await.refused(404, "not_found");
        scene.test.run_jobs().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_the_program_or_stops_the_import_takes_no_row_twice() {
    on_both(async |scene| {
        let rows: String = (0..2_500).map(|n| format!("Person {n},\n")).collect();
        let mut import = import(&scene, 1);
        import.begin(format!("first_name,email\n{rows}")).await;
        let plan = json!({ "columns": ["first_name", "email"], "find_by": null, "existing": "skip" });
        assert_eq!(figures(&import.plan(plan).await), [2_500, 0, 0, 0, 0]);
        import.owner.post(&format!("{}/run", import.path), json!({})).await.json(200);
        // Nothing happens for a while, and it is told to go on, on another node: the first job is one too many.
        let node = scene.test.beside().await;
        scene.test.advance(121_000);
        let twice = import.owner.clone().at(&node).post(&format!("{}/run", import.path), json!({})).await.json(200);
        assert_eq!(twice["import"]["state"], "running");
        let (one, other) = tokio::join!(base::run_due_jobs(&scene.test.app), base::run_due_jobs(&node.app));
        one.and(other).expect("due jobs to run");
        scene.test.run_jobs().await;
        let done = import.show().await;
        assert_eq!((&done["state"], figures(&done)), (&json!("done"), vec![2_500, 0, 0, 0, 0]));
        let mut count = 0;
        let mut cursor = String::new();
        loop {
            let page = import.owner.get(&format!("/api/v1/contacts?limit=100{cursor}")).await.json(200);
            count += page["items"].as_array().expect("items").len();
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(count, 2_500);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_table_is_refused_and_odd_rows_are_named() {
    on_both(async |scene| {
        let mut import = import(&scene, 1);
        let put = async |import: &mut Import<'_>, table: &[u8]| {
            let file = import.upload(table).await;
            import.owner.put(&import.path.clone(), file).await
        };
        put(&mut import, b"PK\x03\x04xlsx").await.refused(422, "contact_import_file_workbook");
        put(&mut import, b"first_name\n").await.refused(422, "contact_import_file_invalid");
        put(&mut import, b"\n;;\n").await.refused(422, "contact_import_file_invalid");
        let long = "a\nx\n".repeat(100_001);
        put(&mut import, long.as_bytes()).await.refused(422, "contact_import_too_long");
        import.owner.get(&import.path.clone()).await.refused(404, "not_found");
        let unknown = json!({ "file_id": format!("fil_{}", "0".repeat(32)) });
        import.owner.put(&import.path.clone(), unknown).await.refused(422, "file_unknown");

        let huge = "x".repeat(100_000);
        let table = format!(
            "first_name,email\n\"Siti\",siti@kopi.id\n{huge},\nBudi,budi@kopi.id,more,cells\n\
             '=1+1,formula@kopi.id\n\0,zero@kopi.id\n\"open,\n{}",
            "Nobody,\n".repeat(200)
        );
        import.begin(table).await;
        for wrong in [
            json!({ "columns": ["first_name"], "find_by": null, "existing": "skip" }),
            json!({ "columns": ["password", null], "find_by": null, "existing": "skip" }),
            json!({ "columns": ["email", "email"], "find_by": null, "existing": "skip" }),
            json!({ "columns": ["first_name", null], "find_by": "email", "existing": "skip" }),
            json!({ "columns": [null, null], "find_by": null, "existing": "skip" }),
        ] {
            let answer = import.owner.put(&format!("{}/plan", import.path), wrong).await;
            answer.refused(422, "contact_import_plan_invalid");
        }
        import.owner.post(&format!("{}/run", import.path), json!({})).await.refused(409, "contact_import_over");
        let tried = import.plan(by_email(json!(["first_name", "email"]), "skip")).await;
        assert_eq!(figures(&tried), [2, 0, 0, 0, 4]);
        let lines = [
            (3, "contact_field_invalid"),
            (4, "contact_import_row_too_wide"),
            (6, "contact_field_invalid"),
            (7, "contact_import_quote_open"),
        ];
        assert_eq!(import.problems().await, lines.map(|(line, code)| (line, code.to_owned())));
        import.run().await;
        assert_eq!(found(&scene, "q=formula").await, ["=1+1"]);
        import.take_back().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_sees_and_edits_everybody_imports_and_as_long_as_he_may() {
    on_both(async |scene| {
        let mut admin = scene.member("admin", "chat_administrator", false).await;
        let mut supervisor = scene.member("supervisor", "supervisor", true).await;
        supervisor.get("/api/v1/contact-imports").await.refused(403, "forbidden");
        let mut import = import(&scene, 1);
        import.owner = admin.clone();
        import.begin("first_name\nSiti\n").await;
        for one in [&mut supervisor, &mut scene.test.client()] {
            for address in ["", "/problems", "/problems.csv"] {
                let answer = one.get(&format!("{}{address}", import.path)).await;
                assert!([401, 403].contains(&answer.status.as_u16()));
            }
        }
        import.plan(json!({ "columns": ["first_name"], "find_by": null, "existing": "skip" })).await;
        admin.post(&format!("{}/run", import.path), json!({})).await.json(200);
        let me = admin.get("/api/v1/me").await.json(200)["member"]["id"].clone();
        let disabled = json!({ "disabled": true });
        scene.owner.clone().patch(&format!("/api/v1/members/{}", text(&me)), disabled).await.json(200);
        scene.test.run_jobs().await;
        import.owner = scene.owner.clone();
        let stopped = import.show().await;
        assert_eq!((&stopped["state"], figures(&stopped)), (&json!("stopped"), vec![0, 0, 0, 0, 0]));
        let mut other = self::import(&scene, 2);
        other.begin("first_name\nBudi\n").await;
        assert_eq!(figures(&import.run().await), [1, 0, 0, 0, 0]);
    })
    .await;
}
