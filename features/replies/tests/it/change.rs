use crate::scene::{list, make, of_inbox, on_both, path, personal, shortcuts, workspace};
use base::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_named_changes_and_the_rest_stays() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let mut expected = make(&administrator, "ship", workspace()).await;
        let address = path(&expected);
        for (field, given, kept) in [
            ("shortcut", json!("Kirim"), json!("kirim")),
            ("title", json!(" Ongkir "), json!("Ongkir")),
            ("text", json!("Halo {{me.name}}"), json!("Halo {{me.name}}")),
            ("group", json!(""), Value::Null),
            ("scope", personal(scene.administrator_id), personal(scene.administrator_id)),
        ] {
            expected["quick_reply"][field] = kept;
            assert_eq!(administrator.patch(&address, json!({ field: given })).await.json(200), expected, "{field}");
        }
        assert_eq!(administrator.patch(&address, json!({})).await.json(200), expected);
        assert_eq!(list(&administrator).await, [expected]);
    })
    .await;
}

#[tokio::test]
async fn a_refused_change_changes_nothing() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        make(&administrator, "open", workspace()).await;
        let known = make(&administrator, "ship", workspace()).await;
        let before = list(&administrator).await;
        for (change, status, code) in [
            (json!({ "title": "Other", "shortcut": "open" }), 409, "shortcut_taken"),
            (json!({ "title": "Other", "text": "{{order.number}}" }), 422, "placeholder_unknown"),
            (json!({ "title": "Other", "text": "" }), 422, "quick_reply_text_invalid"),
            (json!({ "id": known["quick_reply"]["id"] }), 400, "invalid_body"),
        ] {
            administrator.patch(&path(&known), change).await.refused(status, code);
        }
        assert_eq!(list(&administrator).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_one_is_gone_and_its_shortcut_free() {
    on_both(async |scene| {
        let mut administrator = scene.administrator.clone();
        let known = make(&administrator, "ship", workspace()).await;
        assert_eq!(administrator.delete(&path(&known)).await.status, 204);
        administrator.delete(&path(&known)).await.refused(404, "not_found");
        assert_eq!(list(&administrator).await, Vec::<Value>::new());
        make(&administrator, "ship", workspace()).await;
    })
    .await;
}

#[tokio::test]
async fn hidden_is_missing_and_visible_is_forbidden() {
    on_both(async |scene| {
        let (inside_id, inside) = scene.member("Budi", Role::Agent).await;
        let (outside_id, outside) = scene.member("Sari", Role::Agent).await;
        let (leads_id, leads) = scene.member("Rina", Role::Supervisor).await;
        let inbox = scene.inbox(&[inside_id, leads_id]).await;
        let own = make(&inside, "own", personal(inside_id)).await;
        let of_inbox_one = make(&leads, "box", of_inbox(inbox)).await;
        let of_all = make(&scene.administrator, "all", workspace()).await;
        let rename = json!({ "title": "Mine" });

        for (client, hidden) in
            [(&outside, &of_inbox_one), (&outside, &own), (&leads, &own), (&scene.administrator, &own)]
        {
            let mut client = client.clone();
            client.patch(&path(hidden), &rename).await.refused(404, "not_found");
            client.delete(&path(hidden)).await.refused(404, "not_found");
            let uses = format!("{}/uses", path(hidden));
            let id = ids::QuickReplyUseId(ids::Uuid::from_u128(1));
            client.post(&uses, json!({ "id": id })).await.refused(404, "not_found");
        }
        for (client, visible) in [(&inside, &of_inbox_one), (&inside, &of_all), (&leads, &of_all)] {
            client.clone().patch(&path(visible), &rename).await.refused(403, "forbidden");
            client.clone().delete(&path(visible)).await.refused(403, "forbidden");
        }
        // Nobody shares by moving what is his own.
        let moved = |scope: Value| json!({ "scope": scope });
        inside.clone().patch(&path(&own), moved(workspace())).await.refused(403, "forbidden");
        inside.clone().patch(&path(&own), moved(of_inbox(inbox))).await.refused(403, "forbidden");
        inside.clone().patch(&path(&own), moved(personal(outside_id))).await.refused(404, "not_found");
        leads.clone().patch(&path(&of_inbox_one), moved(workspace())).await.refused(403, "forbidden");
        leads.clone().patch(&path(&of_inbox_one), &rename).await.json(200);
        assert_eq!(shortcuts(&outside).await, ["all"]);
        assert_eq!(shortcuts(&scene.administrator).await, ["all", "box"]);
    })
    .await;
}
