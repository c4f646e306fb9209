use crate::scene::{Scene, on_both};
use audit::{Anchor, Fault, Verified, verify};
use db::{Sql, params, sql};
use serde_json::json;

async fn walk(scene: &Scene, anchor: Option<&Anchor>) -> Verified {
    verify(&scene.test.app.db, scene.workspace, anchor).await.expect("a walk")
}

/// Behind the product's back.
async fn tamper(scene: &Scene, statement: &'static Sql) {
    let workspace = scene.workspace;
    let done = scene
        .test
        .app
        .write(workspace, move |tx| Box::pin(async move { Ok(tx.execute(statement, &params![workspace]).await?) }));
    assert_eq!(done.await.expect("a change"), 1);
}

async fn tags(scene: &Scene, names: std::ops::Range<u32>) {
    let mut client = scene.administrator.clone();
    for name in names {
        client.post("/api/v1/tags", json!({ "name": format!("T{name}"), "color": "red" })).await.json(201);
    }
}

#[tokio::test]
async fn a_chain_is_whole_until_somebody_changes_it() {
    on_both(async |scene| {
        tags(&scene, 0..5).await;
        let whole = walk(&scene, None).await;
        assert_eq!((whole.lines, whole.fault), (7, None));
        let anchor = Anchor { number: 7, hash: whole.hash.clone() };
        tags(&scene, 5..6).await;
        assert_eq!(walk(&scene, Some(&anchor)).await.fault, None);

        let other = Anchor { hash: "00".to_owned(), ..anchor.clone() };
        assert_eq!(walk(&scene, Some(&other)).await.fault, Some(Fault::Anchor(7)));
        let later = Anchor { number: 9, ..anchor };
        assert_eq!(walk(&scene, Some(&later)).await.fault, Some(Fault::Missing(9)), "the newest lines were cut off");

        tamper(&scene, sql!("UPDATE audit SET member_name = 'Nobody' WHERE workspace_id = $1 AND number = 4")).await;
        let broken = walk(&scene, None).await;
        assert_eq!((broken.lines, broken.fault), (3, Some(Fault::Changed(4))));
        tamper(&scene, sql!("DELETE FROM audit WHERE workspace_id = $1 AND number = 3")).await;
        assert_eq!(walk(&scene, None).await.fault, Some(Fault::Missing(3)));
    })
    .await;
}

#[tokio::test]
async fn lines_that_are_cut_off_are_missed() {
    on_both(async |scene| {
        tags(&scene, 0..3).await;
        tamper(&scene, sql!("DELETE FROM audit WHERE workspace_id = $1 AND number = 5")).await;
        assert_eq!(walk(&scene, None).await.fault, Some(Fault::Missing(5)));
        tamper(&scene, sql!("UPDATE audit_ends SET number = 4 WHERE workspace_id = $1")).await;
        assert_eq!(walk(&scene, None).await.fault, Some(Fault::End), "its hash is that of the line that is gone");
    })
    .await;
}

#[tokio::test]
async fn a_chain_that_is_gone_is_looked_for() {
    on_both(async |scene| {
        let chains = async || audit::chains(&scene.test.app.db).await.expect("the chains");
        tamper(&scene, sql!("DELETE FROM audit_ends WHERE workspace_id = $1")).await;
        assert_eq!(chains().await, [scene.workspace]);
        assert_eq!(walk(&scene, None).await.fault, Some(Fault::End), "its lines are there");
        tamper(&scene, sql!("DELETE FROM audit WHERE workspace_id = $1 AND number = 1")).await;
        tamper(&scene, sql!("DELETE FROM audit WHERE workspace_id = $1")).await;
        assert_eq!(chains().await, [scene.workspace], "the workspace should have one");
        let anchor = Anchor { number: 1, hash: "00".to_owned() };
        assert_eq!(walk(&scene, Some(&anchor)).await.fault, Some(Fault::Missing(1)));
    })
    .await;
}

/// Two at once write one after the other; none takes the other's place.
#[tokio::test]
async fn changes_at_the_same_time_make_one_chain() {
    on_both(async |scene| {
        let each = (0..20).map(|number| {
            let mut client = scene.administrator.clone();
            async move {
                client.post("/api/v1/tags", json!({ "name": format!("T{number}"), "color": "red" })).await.json(201)
            }
        });
        futures_util::future::join_all(each).await;
        let walked = walk(&scene, None).await;
        assert_eq!((walked.lines, walked.fault), (22, None));
    })
    .await;
}
