use crate::scene::on_both;
use base::Role;
use serde_json::json;

fn path(id: ids::MemberId) -> String {
    format!("/api/v1/members/{id}")
}

#[tokio::test]
async fn every_member_sees_the_members() {
    on_both(async |scene| {
        let (_, mut reader) = scene.browser_of("Rina", Role::Reader).await;
        let items = reader.get("/api/v1/members").await.json(200)["items"].clone();
        let names: Vec<_> = items.as_array().expect("a list").iter().map(|item| item["name"].clone()).collect();
        assert_eq!(names, ["Wati", "Rina"]);
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_members_changes_them() {
    on_both(async |scene| {
        for role in [Role::ChatAdministrator, Role::Supervisor, Role::Agent, Role::Reader] {
            let (id, mut member) = scene.browser_of(&format!("{role:?}"), role).await;
            let raise = json!({ "role": "administrator" });
            member.patch(&path(id), &raise).await.refused(403, "forbidden");
            member.patch(&path(scene.administrator), json!({ "disabled": true })).await.refused(403, "forbidden");
            let nobody = ids::MemberId(ids::Uuid::nil());
            member.patch(&path(nobody), &raise).await.refused(404, "not_found");
            assert_eq!(member.get("/api/v1/me").await.json(200)["member"]["role"], role.to_string());
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_role_reaches_everybody_and_reopens_the_members_sockets() {
    on_both(async |scene| {
        let (id, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let mut administrator = scene.administrator().await;
        let mut theirs = agent.socket("/ws").await.expect("a socket");
        let mut mine = administrator.socket("/ws").await.expect("a socket");
        let position = theirs.hello(None).await.last().expect("a frame")["position"].as_i64().expect("a position");
        mine.hello(None).await;
        agent.get("/api/v1/me").await.json(200); // remembered with the old role
        let member = administrator.patch(&path(id), json!({ "role": "supervisor" })).await.json(200);
        assert_eq!(member["role"], "supervisor");
        assert_eq!(mine.event("member.updated").await["data"], json!({ "member": member }));
        assert_eq!(theirs.closed().await, 4403);
        let rights = agent.get("/api/v1/me").await.json(200)["rights"].clone();
        assert!(rights.as_array().expect("rights").contains(&json!("conversation:view:inbox")), "{rights}");
        // Whoever resumes over a change of his rights reloads.
        let mut again = agent.socket("/ws").await.expect("a socket");
        assert_eq!(again.hello(Some(position)).await[0]["type"], "reset");
        assert!(mine.events().await.is_empty(), "once");
    })
    .await;
}

#[tokio::test]
async fn a_disabled_member_is_out_at_once_and_enabled_has_to_sign_in_again() {
    on_both(async |scene| {
        let (id, mut agent) = scene.browser_of("Budi", Role::Agent).await;
        let mut administrator = scene.administrator().await;
        let mut socket = agent.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        agent.get("/api/v1/me").await.json(200);
        let member = administrator.patch(&path(id), json!({ "disabled": true })).await.json(200);
        assert_eq!(member["disabled"], true);
        assert_eq!(socket.closed().await, 4401);
        agent.get("/api/v1/me").await.refused(401, "unauthenticated");
        let items = administrator.get("/api/v1/members").await.json(200)["items"].clone();
        assert_eq!(items[1], member, "he stays in the list");
        administrator.patch(&path(id), json!({ "disabled": false })).await.json(200);
        agent.get("/api/v1/me").await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays() {
    on_both(async |scene| {
        let mut first = scene.administrator().await;
        let me = path(scene.administrator);
        first.patch(&me, json!({ "role": "agent" })).await.refused(409, "last_administrator");
        first.patch(&me, json!({ "disabled": true })).await.refused(409, "last_administrator");
        let (id, mut second) = scene.browser_of("Sari", Role::Administrator).await;
        first.patch(&path(id), json!({ "disabled": true })).await.json(200);
        first.patch(&me, json!({ "role": "agent" })).await.refused(409, "last_administrator");
        first.patch(&path(id), json!({ "disabled": false })).await.json(200);
        second.get("/api/v1/me").await.refused(401, "unauthenticated");
        first.patch(&me, json!({ "role": "agent" })).await.json(200);
        first.patch(&path(id), json!({ "role": "agent" })).await.refused(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn two_administrators_cannot_end_each_other_at_once() {
    on_both(async |scene| {
        let (id, mut second) = scene.browser_of("Sari", Role::Administrator).await;
        let mut first = scene.administrator().await;
        let demote = json!({ "role": "agent" });
        let (theirs, mine) = (path(id), path(scene.administrator));
        let answers = tokio::join!(first.patch(&theirs, &demote), second.patch(&mine, &demote));
        let won = [&answers.0, &answers.1].iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won, 1, "{answers:?}");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_nothing_tells_nobody_and_unknown_fields_are_refused() {
    on_both(async |scene| {
        let (id, _) = scene.browser_of("Budi", Role::Agent).await;
        let mut administrator = scene.administrator().await;
        let mut socket = administrator.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        administrator.patch(&path(id), json!({})).await.json(200);
        administrator.patch(&path(id), json!({ "role": "agent", "disabled": false })).await.json(200);
        for body in [json!({ "name": "X" }), json!({ "email": "x@y.example" }), json!({ "role": "owner" })] {
            administrator.patch(&path(id), body).await.refused(400, "invalid_body");
        }
        assert!(socket.events().await.is_empty());
    })
    .await;
}
