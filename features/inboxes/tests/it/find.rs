use crate::scene::{id, on_both, path};
use ids::{InboxId, Uuid, WorkspaceId};
use serde_json::json;

#[tokio::test]
async fn the_widget_finds_an_inbox_without_knowing_its_workspace() {
    on_both(async |scene| {
        let inbox = scene.inbox(&[]).await;
        scene.administrator.clone().patch(&path(&inbox), json!({ "enabled": false })).await.json(200);
        let find = async |id: InboxId| {
            let nowhere = WorkspaceId(Uuid::nil());
            let found = scene.test.app.read(nowhere, move |tx| Box::pin(inboxes::find_anywhere(tx, id))).await;
            found.expect("a look-up")
        };
        let found = find(id(&inbox)).await.expect("the inbox");
        assert_eq!((found.id, found.workspace, found.enabled), (id(&inbox), scene.workspace, false));
        assert_eq!((found.locale.as_str(), found.website.title.as_str()), ("id", "Toko"));
        assert!(find(InboxId(Uuid::from_u128(1))).await.is_none());
    })
    .await;
}
