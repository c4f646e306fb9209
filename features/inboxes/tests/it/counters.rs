use crate::scene::{Scene, id, listen, on_both};
use base::{Role, Scope};
use inboxes::Counters;
use serde_json::{Value, json};

async fn move_by(scene: &Scene, inbox: &Value, queued: i64, open: i64) {
    let inbox = id(inbox);
    let moved =
        scene.test.app.write(scene.workspace, move |tx| Box::pin(inboxes::move_counters(tx, inbox, queued, open)));
    moved.await.expect("counters to move");
}

#[tokio::test]
async fn counters_move_and_reach_who_works_there_or_sees_everything() {
    on_both(async |scene| {
        let (inside_id, inside) = scene.member("Budi", Role::Agent).await;
        let (_, outside) = scene.member("Sari", Role::Supervisor).await;
        let (_, views_all) = scene.member("Rina", Role::ChatAdministrator).await;
        let inbox = scene.inbox(&[inside_id]).await;
        let (mut seeing, mut blind) = (Vec::new(), listen(&outside).await);
        for client in [&inside, &views_all, &scene.administrator] {
            seeing.push(listen(client).await);
        }
        move_by(&scene, &inbox, 1, 1).await;
        move_by(&scene, &inbox, 1, 1).await;
        move_by(&scene, &inbox, -1, 0).await;
        for socket in &mut seeing {
            let told: Vec<_> = socket.events().await.iter().map(|event| event["data"].clone()).collect();
            let counters = |queued, open| json!({ "inbox_id": inbox["id"], "queued": queued, "open": open });
            assert_eq!(told, [counters(1, 1), counters(2, 2), counters(1, 2)]);
        }
        assert!(blind.events().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_snapshot_of_the_counters_equals_what_the_events_told() {
    on_both(async |scene| {
        let (one, two) = (scene.inbox(&[]).await, scene.inbox(&[]).await);
        move_by(&scene, &one, 2, 3).await;
        move_by(&scene, &two, 0, 1).await;
        let counters = async |role: Role, inboxes: Vec<ids::InboxId>| {
            let member = base::MemberCaller {
                workspace: scene.workspace,
                id: scene.administrator_id,
                name: "Anybody".into(),
                rights: role.rights().expect("a shipped role"),
                inboxes,
                teams: Vec::new(),
                colleagues: Vec::new(),
                message_characters: 2_000,
                proven: base::Proven::Unasked,
            };
            let read = scene
                .test
                .app
                .read(scene.workspace, move |tx| Box::pin(async move { inboxes::counters(tx, &member).await }));
            read.await.expect("counters")
        };
        let of = |inbox: &Value, queued, open| Counters { inbox_id: id(inbox), queued, open };
        let mut all = counters(Role::Administrator, vec![]).await;
        all.sort_by_key(|counters| counters.open);
        assert_eq!(all, [of(&two, 0, 1), of(&one, 2, 3)]);
        let supervisor = Role::Supervisor.rights().expect("a shipped role");
        assert!(supervisor.scope(base::Right::CONVERSATION_VIEW) < Scope::All);
        assert_eq!(counters(Role::Supervisor, vec![id(&two)]).await, [of(&two, 0, 1)]);
        assert_eq!(counters(Role::Agent, vec![]).await, []);
    })
    .await;
}
