use crate::scene::{BUDI, US, id, on_both};
use serde_json::{Value, json};

/// R083
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_begins_a_conversation_and_is_left_as_it_was() {
    on_both(async |scene| {
        let conversation = scene.begins().await;
        let item = scene.thread(&conversation).await["item"]["conversation"].clone();
        assert_eq!((&item["channel"], &item["title"]), (&json!("email"), &json!("Pesanan 7")));
        assert_eq!((&item["contact"]["name"], &item["contact"]["email"]), (&json!("Budi Santoso"), &json!(BUDI)));
        let message = scene.last(&conversation).await;
        assert_eq!((&message["text"], &message["mail"]["subject"]), (&json!("Kapan dikirim?"), &json!("Pesanan 7")));
        assert_eq!(message["mail"]["from"]["address"], json!(BUDI));
        assert!(!scene.servers.is_seen(US), "nobody read it there");
        assert_eq!(scene.look().await, 0, "and once");
        assert_eq!(scene.health().await["mailbox"]["last_in_at"], json!(testkit::START));

        // A copy of the same mail is the same mail; another one under its name is not.
        let again =
            format!("From: {BUDI}\nTo: {US}\nSubject: Pesanan 7\nMessage-ID: <1@toko.example>\n\nKapan dikirim?\n");
        scene.comes(&again).await;
        assert_eq!(scene.messages(&conversation).await.len(), 1);
        scene.comes(&again.replace("Kapan", "Sudah")).await;
        assert_eq!(scene.texts(&conversation).await, ["Kapan dikirim?", "Sudah dikirim?"]);
    })
    .await;
}

/// What somebody knows who was written to finds the conversation; what everybody can guess does not.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_found_by_token_and_by_name_and_never_by_its_subject() {
    on_both(async |scene| {
        let conversation = scene.begins().await;
        scene.answer(&conversation, json!({ "text": "Besok" })).await;
        let ours = scene.servers.mails(BUDI).pop().expect("our answer");
        let (name, address) = (ours.id.expect("a name"), ours.reply_to[0].address.clone());
        scene.writes(BUDI, &format!("In-Reply-To: <{name}>\n"), "Baik").await;
        scene.writes("sari@toko.example", "", "Saya juga").await;
        assert_eq!(scene.listed().await.len(), 2, "the same subject is no proof");

        let by_reference = format!("References: <x@y> <{name}>\n");
        scene.writes("Sari <sari.other@toko.example>", &by_reference, "Saya istrinya").await;
        let stranger = scene.last(&conversation).await;
        assert_eq!((&stranger["text"], &stranger["mail"]["stranger"]), (&json!("Saya istrinya"), &json!(true)));
        assert_eq!((&stranger["author"]["kind"], &stranger["author"]["name"]), (&json!("contact"), &json!("Sari")));
        scene.writes("sari.other@toko.example", &by_reference, "Lagi").await;
        assert_eq!(scene.last(&conversation).await["mail"]["stranger"], json!(false), "she has a part in it now");

        let token =
            format!("From: {BUDI}\nTo: {}\nSubject: x\nMessage-ID: <t@x>\n\nDengan token\n", address.to_uppercase());
        scene.comes(&token).await;
        assert_eq!(scene.last(&conversation).await["text"], json!("Dengan token"));
        let guess = format!(
            "From: eve@x.example\nTo: help+{}@kopi.example\nSubject: x\nMessage-ID: <g@x>\n\nTebak\n",
            "a".repeat(26)
        );
        scene.comes(&guess).await;
        assert_eq!(scene.listed().await.len(), 3);
        let contact = scene.thread(&conversation).await["item"]["conversation"]["contact"].clone();
        assert_eq!(contact["email"], json!(BUDI), "who else wrote changed nothing of him");
    })
    .await;
}

/// R291
#[tokio::test(flavor = "multi_thread")]
async fn machines_open_nothing_and_what_goes_in_circles_is_counted() {
    on_both(async |scene| {
        let conversation = scene.begins().await;
        let sent = scene.answer(&conversation, json!({ "text": "Besok" })).await;
        let name = scene.servers.mails(BUDI).pop().and_then(|mail| mail.id).expect("a name");
        let path = format!("/api/v1/conversations/{conversation}/closure");
        scene.owner.clone().put(&path, json!({ "reason": "solved" })).await.json(200);
        let state = async || {
            let item = scene.thread(&conversation).await["item"]["conversation"].clone();
            (item["status"].clone(), item["waiting_since"].clone(), item["inbound_count"].clone())
        };
        let before = state().await;
        assert_eq!(before.0, json!("closed"));
        scene.writes(BUDI, &format!("In-Reply-To: <{name}>\nAuto-Submitted: auto-replied\n"), "Saya cuti").await;
        let last = scene.last(&conversation).await;
        assert_eq!((&last["text"], &last["mail"]["automatic"]), (&json!("Saya cuti"), &json!(true)));
        assert_eq!(state().await, before, "nobody has to answer it");
        let dropped = async || scene.health().await["mailbox"]["dropped"].clone();
        scene.writes("far@x.example", "Auto-Submitted: auto-replied\n", "Cuti").await;
        assert_eq!((dropped().await, scene.listed().await.len()), (json!(1), 1), "and nobody asked this one");
        scene.writes(US, "", "Sendiri").await;
        scene.writes("x@x.example", &format!("X-Sapa-Desk: {}\n", scene.inbox), "Kembali").await;
        assert_eq!((dropped().await, scene.listed().await.len()), (json!(3), 1));

        let report = format!(
            "From: MAILER-DAEMON@mx.example\nTo: {US}\nMessage-ID: <dsn@mx.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
             --b\n\nSorry\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {BUDI}\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 Mailbox full\n\n\
             --b\nContent-Type: message/rfc822\n\nMessage-ID: <{name}>\n\nx\n--b--\n"
        );
        scene.comes(&report.replace("Action: failed", "Action: delayed").replace("<dsn", "<dsn1")).await;
        assert_eq!(scene.delivery(&conversation, &sent).await, (json!("sent"), Value::Null));
        scene.comes(&report).await;
        assert_eq!(scene.delivery(&conversation, &sent).await, (json!("failed"), json!("mail_bounced")));
        let detail = scene.entry(&conversation, &sent).await["failure_detail"].clone();
        assert_eq!(detail, json!(format!("{BUDI}: 552 Mailbox full")));
        assert_eq!(scene.texts(&conversation).await.len(), 3, "a server's report is nobody's message");

        // A shop's mail is a message like any other, and opens the session again.
        scene.writes(BUDI, "List-Unsubscribe: <mailto:x@x.example>\n", "Diskon").await;
        assert_eq!(state().await.0, json!("open"));
    })
    .await;
}

/// R291
#[tokio::test(flavor = "multi_thread")]
async fn html_is_shown_without_what_it_could_do_and_goes_with_its_message() {
    on_both(async |scene| {
        let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        let mail = format!(
            "From: {BUDI}\nTo: {US}\nSubject: Foto\nMessage-ID: <h@x>\nContent-Type: multipart/related; boundary=r\n\n\
             --r\nContent-Type: text/html\n\n<p>Lihat <b>ini</b><script>alert(1)</script> <img src=\"cid:f@x\" onerror=x>\
             <img src=\"https://x.example/p.gif\"></p><div class=gmail_quote>On 2 Nov Ayu wrote: Besok</div>\n\
             --r\nContent-Type: image/png; name=foto.png\nContent-ID: <f@x>\nContent-Transfer-Encoding: base64\n\n{png}\n\
             --r\nContent-Type: text/plain; name=catatan.txt\nContent-Disposition: attachment\n\nhalo\n--r--\n"
        );
        scene.comes(&mail).await;
        let conversation = scene.conversation().await;
        let message = scene.last(&conversation).await;
        assert_eq!(message["text"], json!("Lihat ini"));
        let told = &message["mail"];
        assert_eq!([&told["formatted"], &told["quoted"], &told["remote"]], [&json!(true); 3]);
        let files = message["files"].as_array().expect("files");
        assert_eq!((files.len(), &told["inline"]), (2, &json!([files[0]["id"]])));

        let entry = id(&message["id"]);
        let page = async |more: &str| {
            scene.owner.clone().get(&format!("/api/v1/conversations/{conversation}/mail?entry={entry}{more}")).await
        };
        let shown = page("").await;
        let html = String::from_utf8_lossy(&shown.body).into_owned();
        assert!(html.contains(&format!("src=\"/api/v1/files/{}/preview\"", id(&files[0]["id"]))), "{html}");
        assert!(!html.contains("script") && !html.contains("onerror") && html.contains("display:none"), "{html}");
        let policy = shown.headers["content-security-policy"].to_str().expect("a policy").to_owned();
        assert!(policy.contains("img-src 'self' data:;") && policy.contains("sandbox") && !policy.contains("script"));
        let more = page("&quoted=true&remote=true").await;
        let policy = more.headers["content-security-policy"].to_str().expect("a policy").to_owned();
        assert!(policy.contains("https:") && !String::from_utf8_lossy(&more.body).contains("display:none"));
        scene.test.client().get(&format!("/api/v1/conversations/{conversation}/mail?entry={entry}")).await.refused(401, "unauthenticated");

        let gone = format!("/api/v1/conversations/{conversation}/entries/{entry}");
        scene.owner.clone().delete(&gone).await.json(200);
        page("").await.refused(404, "not_found");
        assert_eq!(scene.last(&conversation).await["mail"], Value::Null);
        scene.test.run_jobs().await;
    })
    .await;
}

/// A blocked contact is not heard, and what is no mail stops nobody.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_counted_and_who_is_blocked_is_not_heard() {
    on_both(async |scene| {
        let conversation = scene.begins().await;
        scene.comes("Subject: from nobody\n\nx\n").await;
        assert_eq!(scene.health().await["failed_mails"], json!(1));
        let listed = scene.owner.clone().get(&scene.path("failed-mails")).await.json(200);
        let failed = listed["items"][0].clone();
        assert_eq!(
            (&failed["subject"], &failed["from"], &failed["failure"], &listed["next_cursor"]),
            (&json!("from nobody"), &Value::Null, &json!("nobody wrote it"), &Value::Null)
        );
        let one = format!("failed-mails/{}", failed["id"].as_str().expect("an id"));
        let raw = scene.owner.clone().get(&scene.path(&one)).await;
        assert!(raw.status == 200 && raw.body.ends_with(b"x\r\n"));
        scene.owner.clone().post(&scene.path(&format!("{one}/replay")), json!({})).await.json(204);
        assert_eq!(scene.health().await["failed_mails"], json!(0), "it is read again");
        scene.test.run_jobs().await;
        assert_eq!(scene.health().await["failed_mails"], json!(1), "and still nobody wrote it");
        scene.owner.clone().put(&format!("/api/v1/conversations/{conversation}/block"), json!({})).await.json(200);
        scene.writes(BUDI, "", "Halo").await;
        assert_eq!(scene.messages(&conversation).await.len(), 1);
    })
    .await;
}

/// A file for which there is no room makes its mail wait; nobody gets half of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_waits_while_its_file_cannot_be_kept() {
    on_both(async |scene| {
        let files = scene.test.app.blobs.path().to_owned();
        let aside = files.with_extension("aside");
        std::fs::rename(&files, &aside).expect("the store goes");
        std::fs::write(&files, "in its place").expect("a file");
        let mail = format!(
            "From: {BUDI}\nTo: {US}\nSubject: Bukti\nMessage-ID: <w@x>\nContent-Type: multipart/mixed; boundary=b\n\n\
             --b\nContent-Type: text/plain\n\nTerlampir\n\
             --b\nContent-Type: text/plain; name=bukti.txt\nContent-Disposition: attachment\n\nlunas\n--b--\n"
        );
        scene.comes(&mail).await;
        assert_eq!(scene.listed().await.len(), 0);
        std::fs::remove_file(&files).expect("room");
        std::fs::rename(&aside, &files).expect("the store comes back");
        scene.test.advance(60_000);
        scene.test.run_jobs().await;
        let message = scene.last(&scene.conversation().await).await;
        assert_eq!((&message["text"], &message["files"][0]["name"]), (&json!("Terlampir"), &json!("bukti.txt")));
        assert_eq!(scene.health().await["failed_mails"], json!(0));
    })
    .await;
}

/// A server that numbers its folder anew, and a mail larger than we take: what follows it is not lost with it.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_was_made_anew_is_read_to_its_end() {
    on_both(async |scene| {
        let conversation = scene.begins().await;
        let mut large = format!("From: {BUDI}\r\nSubject: Besar\r\nMessage-ID: <l@x>\r\n\r\n").into_bytes();
        large.resize(26 * 1024 * 1024, b'x');
        scene.servers.deliver(US, scene.number(), &large);
        let small = format!("From: {BUDI}\r\nSubject: Kecil\r\nMessage-ID: <s@x>\r\n\r\nMasih ada?");
        scene.servers.deliver(US, scene.number(), small.as_bytes());
        scene.servers.number_anew(US);
        scene.look().await;
        scene.test.run_jobs().await;
        assert_eq!(scene.texts(&conversation).await, ["Kapan dikirim?", "Masih ada?"], "each once");
        assert_eq!(scene.health().await["failed_mails"], json!(1), "and somebody hears of the large one");
        let failed = scene.owner.clone().get(&scene.path("failed-mails")).await.json(200)["items"][0].clone();
        assert_eq!(failed["size"], json!(0));
        let replay = scene.path(&format!("failed-mails/{}/replay", failed["id"].as_str().expect("an id")));
        scene.owner.clone().post(&replay, json!({})).await.refused(404, "not_found");
        scene.look().await;
        assert_eq!(scene.health().await["failed_mails"], json!(1));
    })
    .await;
}

/// Somebody's own server pushes whole mails, with a signature over them and the time.
#[tokio::test(flavor = "multi_thread")]
async fn pushed_mail_is_signed() {
    on_both(async |scene| {
        let secret = scene.health().await["mailbox"]["hook_secret"].as_str().map(outbound::Secret::parse).expect("one");
        let body = format!("From: {BUDI}\r\nSubject: Dorong\r\nMessage-ID: <p@x>\r\n\r\nHalo").into_bytes();
        let now = testkit::START / 1_000;
        let push = async |at: i64, body: &[u8], signed: &[u8]| {
            let signature = outbound::sign(&[secret.clone().expect("a secret")], "1", at, signed);
            let client = scene.test.client().without_origin().with_header("webhook-id", "1");
            let client =
                client.with_header("webhook-timestamp", &at.to_string()).with_header("webhook-signature", &signature);
            client.clone().upload(&format!("/hooks/{}/mail", scene.inbox), "message/rfc822", body.to_vec()).await
        };
        push(now, &body, b"other").await.refused(401, "unauthenticated");
        push(now - 3_600, &body, &body).await.refused(401, "unauthenticated");
        assert_eq!(push(now, &body, &body).await.status, 202);
        assert_eq!(push(now, &body, &body).await.status, 202);
        scene.test.run_jobs().await;
        let conversation = scene.conversation().await;
        assert_eq!(scene.texts(&conversation).await, ["Halo"]);
    })
    .await;
}
