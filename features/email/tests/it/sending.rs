use crate::scene::{BUDI, US, on_both};
use serde_json::{Value, json};

/// R192, R198, R291
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_arrives_in_its_thread() {
    on_both(async |scene| {
        scene
            .writes(&format!("Budi <{BUDI}>"), "Cc: Sari <sari@x.example>\nReferences: <0@toko.example>\n", "Kapan?")
            .await;
        let conversation = scene.conversation().await;
        let file = scene.owner.clone().upload("/api/v1/files?name=faktur.txt", "text/plain", "halo").await.json(201);
        let (id, sent) =
            scene.try_answer(&conversation, json!({ "text": "*Besok* <pagi>", "file_ids": [file["id"]] })).await;
        sent.json(201);
        assert_eq!(scene.delivery(&conversation, &id).await, (json!("queued"), Value::Null));
        scene.test.run_jobs().await;
        assert_eq!(scene.delivery(&conversation, &id).await, (json!("sent"), Value::Null));
        let mails = scene.servers.mails(BUDI);
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert_eq!((mail.subject.as_deref(), mail.answers[0].as_str()), (Some("Re: Pesanan 7"), "1@toko.example"));
        assert_eq!(mail.references, ["0@toko.example", "1@toko.example"]);
        let from = mail.from.clone().expect("a sender");
        assert_eq!((from.address.as_str(), from.name.as_deref()), (US, Some("Kopi Senja")));
        assert!(mail.reply_to[0].address.starts_with("help+"));
        assert_eq!(mail.text.as_deref().map(str::trim), Some("Besok <pagi>\n\n-- \nKopi Senja\nJl. Melati 7"));
        assert!(mail.html.as_deref().is_some_and(|html| html.contains("<b>Besok</b> &lt;pagi&gt;")));
        assert_eq!((mail.parts[0].name.as_str(), &mail.parts[0].bytes[..]), ("faktur.txt", &b"halo"[..]));
        assert_eq!(scene.servers.mails("sari@x.example").len(), 1, "to all of the last one");
        let entry = scene.entry(&conversation, &id).await;
        assert_eq!(
            (&entry["mail"]["to"][0]["address"], &entry["mail"]["cc"][0]["address"]),
            (&json!(BUDI), &json!("sari@x.example"))
        );
        assert_eq!(scene.health().await["mailbox"]["last_sent_at"], json!(testkit::START));
    })
    .await;
}

/// R195, R196, C16
#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_says_is_what_the_team_sees() {
    on_both(async |scene| {
        let conversation = scene.begins().await;
        let to = |address: &str| json!({ "text": "Halo", "mail": { "to": [address], "cc": [], "subject": "Baru" } });
        let refused = scene.answer(&conversation, to("nobody@x.example")).await;
        let entry = scene.entry(&conversation, &refused).await;
        assert_eq!((&entry["delivery"], &entry["failure"]), (&json!("failed"), &json!("channel_refused")));
        assert!(entry["failure_detail"].as_str().is_some_and(|detail| detail.contains("No such person")));
        let uncertain = scene.answer(&conversation, to("stall@x.example")).await;
        assert_eq!(scene.delivery(&conversation, &uncertain).await, (json!("uncertain"), json!("uncertain")));
        assert_eq!(scene.servers.mails("stall@x.example").len(), 1, "it may have arrived, and is not sent again");
        let good = scene.answer(&conversation, to("sari@x.example")).await;
        assert_eq!(scene.delivery(&conversation, &good).await.0, json!("sent"));
        assert_eq!(scene.servers.mails("sari@x.example")[0].subject.as_deref(), Some("Baru"));
        for wrong in [json!([]), json!(["a b"]), json!(["a@b\r\nBcc: c@d"])] {
            let (_, answer) =
                scene.try_answer(&conversation, json!({ "text": "x", "mail": { "to": wrong, "cc": [] } })).await;
            answer.refused(422, "recipients_invalid");
        }
        let later = scene.answer(&conversation, to("later@x.example")).await;
        assert_eq!(scene.delivery(&conversation, &later).await.0, json!("queued"));
        scene.test.advance(49 * 3_600_000);
        scene.test.run_jobs().await;
        assert_eq!(scene.delivery(&conversation, &later).await, (json!("failed"), json!("channel_unreachable")));
    })
    .await;
}

/// R220, C34
#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_begun_with_an_address() {
    on_both(async |scene| {
        let body = |address: &str| {
            json!({ "with": { "kind": "address", "external_id": address, "name": "Budi" }, "id": "ent_0198f3c2000070009000000000000099", "text": "Pesanan Anda siap" })
        };
        let path = scene.path("sessions");
        scene.owner.clone().post(&path, body("budi")).await.refused(422, "address_invalid");
        let made = scene.owner.clone().post(&path, body("Budi@Toko.example")).await.json(201);
        scene.test.run_jobs().await;
        let mail = scene.servers.mails(BUDI).pop().expect("a mail");
        assert_eq!((mail.subject.as_deref(), mail.answers.len()), (Some("Kopi Senja"), 0));
        let contact = &made["conversation"]["contact"];
        assert_eq!((&contact["name"], &contact["email"]), (&json!("Budi"), &json!(BUDI)));
        // His answer finds it.
        scene.writes(BUDI, &format!("In-Reply-To: <{}>\n", mail.id.expect("a name")), "Terima kasih").await;
        let conversation = scene.conversation().await;
        assert_eq!(scene.texts(&conversation).await, ["Pesanan Anda siap", "Terima kasih"]);
    })
    .await;
}

/// Marks are elements, the writer's lines and the inbox's stand below, and a mail may go without them.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_looks_as_it_was_written_and_is_signed() {
    on_both(async |scene| {
        let conversation = scene.begins().await;
        let me = |signature: &str| json!({ "signature": signature });
        let mut owner = scene.owner.clone();
        owner.patch("/api/v1/me", me("{{contact.name}}")).await.refused(422, "signature_invalid");
        let changed = owner.patch("/api/v1/me", me("*{{me.name}}*, {{inbox.name}}")).await.json(200);
        assert_eq!(changed["signature"], json!("*{{me.name}}*, {{inbox.name}}"));
        let text = "Bring:\n- *two* cups\n- [our beans](https://kopi.example/gayo)\n> as you said";
        let id = scene.answer(&conversation, json!({ "text": text })).await;
        let mail = scene.servers.mails(BUDI).pop().expect("a mail");
        let html = mail.html.expect("html").replace("\r\n", "");
        let link = "<a href=\"https://kopi.example/gayo\">our beans</a>";
        assert!(html.contains(&format!("<ul><li><b>two</b> cups</li><li>{link}</li></ul>")), "{html}");
        assert!(html.contains("<b>Ayu</b>, Orders<br>Kopi Senja<br>Jl. Melati 7"), "{html}");
        let plain = mail.text.expect("text").replace("\r\n", "\n");
        assert_eq!(
            plain.trim(),
            "Bring:\n- two cups\n- our beans (https://kopi.example/gayo)\n> as you said\n\n-- \nAyu, Orders\n\
             Kopi Senja\nJl. Melati 7"
        );
        let entry = scene.entry(&conversation, &id).await;
        assert_eq!(entry["mail"]["signature"], json!("*Ayu*, Orders\nKopi Senja\nJl. Melati 7"));
        assert_eq!(entry["text"], json!(text), "what was written stays as it was");

        scene.answer(&conversation, json!({ "text": "Halo", "mail": { "unsigned": true } })).await;
        let mail = scene.servers.mails(BUDI).pop().expect("a mail");
        assert_eq!(mail.text.as_deref().map(str::trim), Some("Halo"));
        assert_eq!(mail.subject.as_deref(), Some("Re: Pesanan 7"), "and to whom it always goes");
        let path = scene.path("");
        let wrong = json!({ "email": { "signature": "{{order}}" } });
        owner.patch(path.trim_end_matches('/'), wrong).await.refused(422, "signature_invalid");
    })
    .await;
}

/// Who is written to is remembered as long as the customer says nothing else, and never ourselves.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_goes_to_all_or_to_whom_the_last_one_went() {
    on_both(async |scene| {
        let cc = format!("Cc: Sari <sari@x.example>, {US}\n");
        scene.writes(BUDI, &cc, "Kapan?").await;
        let conversation = scene.conversation().await;
        let to = async |mail: Value| {
            let id = scene.answer(&conversation, json!({ "text": "Halo", "mail": mail })).await;
            let mail = scene.entry(&conversation, &id).await["mail"].clone();
            let all = |name: &str| {
                let list = mail[name].as_array().expect("a list").clone();
                list.iter().map(|one| one["address"].as_str().expect("one").to_owned()).collect::<Vec<_>>()
            };
            (all("to"), all("cc"))
        };
        let some = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(to(Value::Null).await, (some(&[BUDI]), some(&["sari@x.example"])));
        let added = json!({ "to": [BUDI, US], "cc": ["dewi@x.example", BUDI] });
        assert_eq!(to(added).await, (some(&[BUDI]), some(&["dewi@x.example"])), "neither us nor anybody twice");
        assert_eq!(to(Value::Null).await, (some(&[BUDI]), some(&["dewi@x.example"])), "as before");
        let elsewhere = json!({ "to": ["toko@x.example"] });
        assert_eq!(to(elsewhere).await.0, some(&["toko@x.example"]));
        assert_eq!(to(Value::Null).await, (some(&[BUDI]), some(&["sari@x.example"])), "the customer is not forgotten");
        scene.writes(BUDI, &cc, "Halo?").await;
        assert_eq!(to(Value::Null).await, (some(&[BUDI]), some(&["sari@x.example"])));
        let (_, ours) = scene.try_answer(&conversation, json!({ "text": "x", "mail": { "to": [US] } })).await;
        ours.refused(422, "recipients_invalid");
    })
    .await;
}
