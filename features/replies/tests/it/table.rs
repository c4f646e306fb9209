use crate::scene::{PATH, body, list, listen, make, of_inbox, on_both, personal, shortcuts, workspace};
use base::Role;
use serde_json::{Value, json};
use testkit::Client;

async fn import(client: &Client, table: &str) -> Value {
    client.clone().upload(&format!("{PATH}/import"), "text/csv; charset=utf-8", table.to_owned()).await.json(200)
}

async fn export(client: &Client) -> String {
    let answer = client.clone().get(&format!("{PATH}/export")).await;
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"quick-replies.csv\"");
    String::from_utf8(answer.body.to_vec()).expect("UTF-8")
}

#[tokio::test]
async fn good_lines_come_in_and_bad_ones_are_named() {
    on_both(async |scene| {
        let inbox = scene.inbox(&[]).await;
        let mut socket = listen(&scene.administrator).await;
        let table = "shortcut,title,group,scope,inbox,text\n\
            ship,Shipping,Orders,workspace,,\"Two\nlines\"\n\
            two words,Bad,,,,x\n\
            box,Box,,inbox,TOKO,of the inbox\n\
            lost,Lost,,inbox,Nowhere,x\n\
            odd,Odd,,all,,x\n\
            open,,,,,Hi {{order.number}}\n\
            mine,,,,,Hi {{contact.name}}\n";
        let result = import(&scene.administrator, table).await;
        assert_eq!((&result["made"], &result["changed"], &result["unchanged"]), (&json!(3), &json!(0), &json!(0)));
        let refused: Vec<_> = result["refused"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|line| (line["line"].as_i64().expect("a line"), line["code"].as_str().expect("a code")))
            .collect();
        let expected =
            [(4, "shortcut_invalid"), (6, "inbox_unknown"), (7, "scope_unknown"), (8, "placeholder_unknown")];
        assert_eq!(refused, expected);
        assert_eq!(result["refused"][1]["params"], json!({ "inbox": "Nowhere" }));
        assert_eq!(socket.events().await.len(), 3, "every desk hears of each");
        let scopes: Vec<_> =
            list(&scene.administrator).await.iter().map(|item| item["quick_reply"]["scope"].clone()).collect();
        assert_eq!(scopes, [of_inbox(inbox), personal(scene.administrator_id), workspace()]);
        let mine = list(&scene.administrator).await[1]["quick_reply"].clone();
        assert_eq!(mine["title"], "mine", "without a title the shortcut is it");
    })
    .await;
}

#[tokio::test]
async fn a_shortcut_that_is_there_is_changed_and_keeps_its_uses() {
    on_both(async |scene| {
        let known = make(&scene.administrator, "ship", workspace()).await;
        let table = "shortcut,scope,text\nSHIP,workspace,New words\nnew,workspace,More\nnew,workspace,Even more\n";
        let result = import(&scene.administrator, table).await;
        assert_eq!(result, json!({ "made": 1, "changed": 2, "unchanged": 0, "refused": [] }));
        let after = list(&scene.administrator).await;
        assert_eq!(after.len(), 2);
        assert_eq!(after[0]["quick_reply"]["text"], "Even more");
        assert_eq!(after[1]["quick_reply"]["id"], known["quick_reply"]["id"]);
        assert_eq!(after[1]["quick_reply"]["text"], "New words");
        assert_eq!(after[1]["quick_reply"]["group"], "Orders", "the table says nothing of groups");
        assert_eq!(after[1]["quick_reply"]["title"], "Shipping");
        let again = import(&scene.administrator, table).await;
        assert_eq!((&again["made"], &again["changed"]), (&json!(0), &json!(2)));
    })
    .await;
}

#[tokio::test]
async fn what_was_exported_imports_unchanged_and_elsewhere_the_same() {
    on_both(async |scene| {
        let (agent_id, agent) = scene.member("Budi", Role::Agent).await;
        let inbox = scene.inbox(&[agent_id]).await;
        make(&scene.administrator, "all", workspace()).await;
        make(&scene.administrator, "box", of_inbox(inbox)).await;
        let mut odd = body("odd", personal(scene.administrator_id));
        odd["title"] = json!("=SUM(A1)");
        odd["text"] = json!("Line one\n\"quoted\", and; more");
        scene.administrator.clone().post(PATH, odd).await.json(201);
        let before = list(&scene.administrator).await;
        let table = export(&scene.administrator).await;
        assert!(!table.contains("\n=") && !table.contains(",="), "{table}");
        let result = import(&scene.administrator, &table).await;
        assert_eq!(result, json!({ "made": 0, "changed": 0, "unchanged": 3, "refused": [] }));
        assert_eq!(list(&scene.administrator).await, before);
        // An agent may have the personal lines only.
        let taken = import(&agent, &table).await;
        assert_eq!((&taken["made"], taken["refused"].as_array().map(Vec::len)), (&json!(1), Some(2)));
        assert!(taken["refused"].as_array().expect("a list").iter().all(|line| line["code"] == "forbidden"));
        assert_eq!(shortcuts(&agent).await, ["all", "box", "odd"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_table_is_refused_whole() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let address = format!("{PATH}/import");
        let mut upload = async |kind: &str, bytes: Vec<u8>| administrator.upload(&address, kind, bytes).await;
        upload("application/json", b"{}".to_vec()).await.refused(400, "invalid_body");
        upload("text/csv", b"shortcut,text\n\xff\xfe,x".to_vec()).await.refused(422, "csv_invalid");
        let params = upload("text/csv", b"shortcut,title\na,b".to_vec()).await.refused(422, "csv_column_missing");
        assert_eq!(params["column"], "text");
        let large = vec![b'x'; 1024 * 1024 + 1];
        upload("text/csv", large).await.refused(413, "body_too_large");
        assert_eq!(list(&scene.administrator).await, Vec::<Value>::new());
    })
    .await;
}
