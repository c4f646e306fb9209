//! Tables of contacts that go out.

use crate::scene::on_both;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn what_the_table_shows_goes_out_and_no_cell_is_a_formula() {
    on_both(async |scene| {
        let level = scene.attribute(json!({ "name": "Level" })).await;
        let vip = scene.tag("VIP").await;
        for number in 0..120 {
            scene.create(json!({ "first_name": format!("Person {number:03}") })).await;
        }
        let odd = json!({ "first_name": "=cmd", "email": "odd@kopi.id", "phone": "+62 812 34", "address": "Two\nlines, \"so\"" });
        let odd = crate::scene::path(&scene.create(odd).await);
        let mut owner = scene.owner.clone();
        owner.put(&format!("{odd}/tags/{vip}"), json!({})).await.json(200);
        owner.patch(&odd, json!({ "version": 2, "attributes": { level.as_str(): "-1" } })).await.json(200);

        let all = owner.get("/api/v1/contact-export?list=sort%3Doldest&columns=name,created_at&zone=Asia/Jakarta").await;
        assert_eq!(all.headers["content-disposition"], "attachment; filename=\"contacts.csv\"");
        let table = String::from_utf8(all.body.to_vec()).expect("text");
        let lines: Vec<_> = table.lines().collect();
        assert_eq!((lines.len(), lines[0]), (122, "\u{feff}name,created_at"));
        assert_eq!(lines[1], "Person 000,2025-11-20 20:20:00");

        let some = owner.get(&format!("/api/v1/contact-export?list=q%3Dcmd%26tag%3D{vip}")).await;
        let table = String::from_utf8(some.body.to_vec()).expect("text");
        let (header, row) = table.split_once('\n').expect("two lines");
        assert!(header.ends_with("language,tags,created_at,Level"), "{header}");
        assert!(row.starts_with("'=cmd,'=cmd,,,odd@kopi.id,'+62 812 34,,,,\"Two\nlines, \"\"so\"\"\",,VIP,"), "{row}");
        assert!(row.trim_end().ends_with(",'-1"), "{row}");

        let book = owner.get("/api/v1/contact-export?format=xlsx").await;
        assert_eq!(book.headers["content-disposition"], "attachment; filename=\"contacts.xlsx\"");
        assert!(book.body.starts_with(b"PK\x03\x04"));

        owner.get("/api/v1/contact-export?columns=password").await.refused(422, "contact_columns_invalid");
        owner.get("/api/v1/contact-export?list=offset%3D1").await.refused(400, "invalid_body");
        let mut agent = scene.member("agent", "agent", true).await;
        agent.get("/api/v1/contact-export").await.refused(403, "forbidden");
    })
    .await;
}
