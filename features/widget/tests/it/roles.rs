//! A role whose rights reach the conversations of one's teams.

use crate::scene::{Member, Scene, on_both};
use serde_json::{Value, json};

/// Reads, answers and gives away what his teams have.
const LEADS: [&str; 4] =
    ["conversation:view:team", "conversation:reply:team", "conversation:assign:team", "conversation:close:team"];

async fn role(scene: &Scene, rights: &[&str]) -> String {
    let made = scene.owner.clone().post("/api/v1/roles", json!({ "name": "Leads", "rights": rights })).await.json(201);
    made["role"].as_str().expect("an id").to_owned()
}

async fn begin(scene: &Scene) -> String {
    scene.visitor().await.write("Halo").await["conversation_id"].as_str().expect("an id").to_owned()
}

async fn hand(scene: &Scene, conversation: &str, from: &Value, to: &Value) {
    let path = format!("/api/v1/conversations/{conversation}/assignment");
    scene.owner.clone().put(&path, json!({ "to": to, "holder": from })).await.json(200);
}

async fn listed(member: &mut Member) -> Vec<String> {
    let page = member.get("/api/v1/conversations?view=all").await.json(200);
    let items = page["items"].as_array().expect("items").clone();
    items.iter().map(|item| item["conversation"]["id"].as_str().expect("an id").to_owned()).collect()
}

/// C01, C29
#[tokio::test(flavor = "multi_thread")]
async fn whose_rights_reach_his_team_sees_what_it_has_in_his_inboxes_and_nothing_else() {
    on_both(async |scene| {
        let mut dewi = scene.member("dewi", &role(&scene, &LEADS).await, true).await;
        let (colleague, stranger) = (scene.agent("ana").await, scene.agent("budi").await);
        let seat = |member: &Member| json!({ "member_id": member.id, "leads": false });
        let team = json!({ "name": "Night", "members": [seat(&dewi), seat(&colleague)] });
        scene.owner.clone().post("/api/v1/teams", team).await.json(201);
        let (queue, of) = (json!({ "kind": "queue" }), |member: &Member| json!({ "kind": "member", "id": member.id }));
        let (ours, theirs) = (begin(&scene).await, begin(&scene).await);
        hand(&scene, &ours, &queue, &of(&colleague)).await;
        hand(&scene, &theirs, &queue, &of(&stranger)).await;

        let path = |id: &str| format!("/api/v1/conversations/{id}");
        assert_eq!(listed(&mut dewi).await, [ours.as_str()]);
        let can = dewi.get(&path(&ours)).await.json(200)["item"]["can"].clone();
        for one in ["reply", "assign_any", "close"] {
            assert!(can.as_array().expect("rights").contains(&json!(one)), "{can}");
        }
        assert!(!can.as_array().expect("rights").contains(&json!("redact")), "{can}");
        dewi.get(&path(&theirs)).await.refused(404, "not_found");

        // It leaves the team, and with it her desk.
        let mut socket = dewi.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        hand(&scene, &ours, &of(&colleague), &of(&stranger)).await;
        assert_eq!(socket.event("conversation.gone").await["data"]["conversation_id"], ours);
        dewi.get(&path(&ours)).await.refused(404, "not_found");
        hand(&scene, &theirs, &of(&stranger), &of(&colleague)).await;
        assert_eq!(socket.event("conversation.updated").await["data"]["conversation"]["id"], theirs);
        assert_eq!(listed(&mut dewi).await, [theirs.as_str()]);
        let closed = json!({ "reason": "solved" });
        dewi.put(&format!("{}/closure", path(&theirs)), closed).await.json(200);
    })
    .await;
}

/// C29
#[tokio::test(flavor = "multi_thread")]
async fn who_loses_the_right_to_answer_by_his_role_leaves_what_he_had_to_the_queue() {
    on_both(async |scene| {
        let role = role(&scene, &["conversation:view:own", "conversation:reply:own"]).await;
        let mut dewi = scene.member("dewi", &role, true).await;
        let conversation = begin(&scene).await;
        scene.answer(&mut dewi, &conversation, "Hi", json!({ "kind": "queue" })).await.json(201);
        scene.test.run_jobs().await;
        let reads = json!({ "rights": ["conversation:view:inbox"] });
        scene.owner.clone().patch(&format!("/api/v1/roles/{role}"), reads).await.json(200);
        let path = format!("/api/v1/conversations/{conversation}/messages");
        let late =
            json!({ "id": crate::scene::entry_id(77), "text": "x", "holder": { "kind": "member", "id": dewi.id } });
        dewi.post(&path, late).await.refused(403, "forbidden");
        scene.test.run_jobs().await;
        let thread = scene.thread(&mut scene.owner.clone(), &conversation).await;
        assert_eq!(thread["item"]["conversation"]["holder"], json!({ "kind": "queue" }));
    })
    .await;
}
