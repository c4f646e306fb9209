//! The quick replies of a team: who sees and changes them, when people come and go, and when the team goes.

use crate::scene::{PATH, TEAMS, body, list, listen, make, of_team, on_both, path, personal, shortcuts, workspace};
use base::Role;
use ids::{TeamId, Uuid};
use serde_json::json;

#[tokio::test]
async fn the_team_uses_them_its_leads_change_them_and_nobody_else_sees_them() {
    on_both(async |scene| {
        let (leads_id, leads) = scene.member("Sari", Role::Agent).await;
        let (in_id, inside) = scene.member("Budi", Role::Agent).await;
        let (_, outside) = scene.member("Rina", Role::Supervisor).await;
        let team = scene.team("Shipping", &[(leads_id, true), (in_id, false)]).await;
        let made = make(&leads, "ship", of_team(team)).await;
        assert_eq!(made["can"], json!(["manage"]));
        assert_eq!(shortcuts(&leads).await, ["ship"]);
        assert_eq!(shortcuts(&outside).await, Vec::<String>::new());
        let seen = list(&inside).await;
        assert_eq!((&seen[0]["quick_reply"], &seen[0]["can"]), (&made["quick_reply"], &json!([])));
        let own = shortcuts(&scene.administrator).await;
        assert_eq!(own, ["ship"], "who changes those of the workspace");

        let title = json!({ "title": "Parcels" });
        inside.clone().patch(&path(&made), &title).await.refused(403, "forbidden");
        inside.clone().post(PATH, body("more", of_team(team))).await.refused(403, "forbidden");
        outside.clone().patch(&path(&made), &title).await.refused(404, "not_found");
        outside.clone().post(PATH, body("more", of_team(team))).await.refused(404, "not_found");
        outside.clone().delete(&path(&made)).await.refused(404, "not_found");
        leads.clone().patch(&path(&made), &title).await.json(200);
        leads.clone().post(PATH, body("SHIP", of_team(team))).await.refused(409, "shortcut_taken");
        make(&leads, "ship", personal(leads_id)).await;
        make(&scene.administrator, "ship", workspace()).await;
        let other = scene.team("Returns", &[]).await;
        let moved = json!({ "scope": of_team(other) });
        leads.clone().patch(&path(&made), &moved).await.refused(404, "not_found");
        scene.administrator.clone().patch(&path(&made), &moved).await.json(200);
        assert_eq!(shortcuts(&inside).await, ["ship"], "the workspace's");
        let nowhere = of_team(TeamId(Uuid::from_u128(1)));
        scene.administrator.clone().post(PATH, body("more", nowhere)).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn a_program_leads_no_team() {
    on_both(async |scene| {
        let (leads_id, mut leads) = scene.member("Sari", Role::Agent).await;
        let team = scene.team("Shipping", &[(leads_id, true)]).await;
        let made = make(&leads, "ship", of_team(team)).await;
        let rights = ["conversation:view", "conversation:reply"];
        let expires_at = scene.test.app.clock.now() + 24 * 3_600_000;
        let token = json!({ "name": "Backup", "rights": rights, "expires_at": expires_at });
        let token = leads.post("/api/v1/member-tokens", token).await.json(201);
        let mut program = scene.test.client().with_bearer(token["token"].as_str().expect("a token"));
        assert_eq!(list(&program).await[0]["can"], json!([]));
        program.patch(&path(&made), json!({ "title": "Parcels" })).await.refused(403, "forbidden");
        program.post(PATH, body("more", of_team(team))).await.refused(403, "forbidden");
        program.delete(&path(&made)).await.refused(403, "forbidden");
        make(&program, "mine", personal(leads_id)).await;
    })
    .await;
}

#[tokio::test]
async fn who_comes_into_a_team_sees_its_replies_and_who_goes_does_not() {
    on_both(async |scene| {
        let (id, agent) = scene.member("Budi", Role::Agent).await;
        let team = scene.team("Shipping", &[]).await;
        let made = make(&scene.administrator, "ship", of_team(team)).await;
        let mut before = listen(&agent).await;
        scene.administrator.clone().patch(&path(&made), json!({ "title": "Parcels" })).await.json(200);
        assert!(before.events().await.is_empty());

        scene.move_in_team(team, &[(id, false)], &[]).await;
        assert_eq!(before.closed().await, 4403, "his desk comes back and loads them");
        assert_eq!(shortcuts(&agent).await, ["ship"]);
        let mut inside = listen(&agent).await;
        scene.administrator.clone().patch(&path(&made), json!({ "title": "Sending" })).await.json(200);
        assert_eq!(inside.event("quick_reply.updated").await["can"], json!([]));

        scene.move_in_team(team, &[(id, true)], &[]).await;
        assert_eq!(inside.closed().await, 4403);
        assert_eq!(list(&agent).await[0]["can"], json!(["manage"]));

        scene.move_in_team(team, &[], &[id]).await;
        assert_eq!(shortcuts(&agent).await, Vec::<String>::new());
        agent.clone().patch(&path(&made), json!({ "title": "Mine" })).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn with_a_team_go_its_quick_replies_and_no_others() {
    on_both(async |scene| {
        let (id, agent) = scene.member("Budi", Role::Agent).await;
        let team = scene.team("Shipping", &[(id, false)]).await;
        for shortcut in ["one", "two"] {
            make(&scene.administrator, shortcut, of_team(team)).await;
        }
        let other = scene.team("Returns", &[(id, false)]).await;
        make(&scene.administrator, "back", of_team(other)).await;
        make(&agent, "own", personal(id)).await;
        let mut desk = listen(&scene.administrator).await;
        let mut administrator = scene.administrator.clone();
        assert_eq!(administrator.delete(&format!("{TEAMS}/{team}")).await.status, 204);
        assert_eq!(shortcuts(&agent).await, ["back", "own"], "at once");
        desk.event("team.gone").await;
        scene.test.run_jobs().await;
        for _ in 0..2 {
            desk.event("quick_reply.gone").await;
        }
        assert_eq!(shortcuts(&administrator).await, ["back"]);
        assert_eq!(shortcuts(&agent).await, ["back", "own"]);
    })
    .await;
}

#[tokio::test]
async fn a_table_names_the_team() {
    on_both(async |scene| {
        let (id, agent) = scene.member("Budi", Role::Agent).await;
        let (_, outside) = scene.member("Sari", Role::Agent).await;
        let team = scene.team("Shipping", &[(id, true)]).await;
        make(&agent, "ship", of_team(team)).await;
        let answer = agent.clone().get(&format!("{PATH}/export")).await;
        let table = String::from_utf8(answer.body.to_vec()).expect("UTF-8");
        assert!(table.contains("ship,Shipping,Orders,team,,Shipping,"), "{table}");
        let import = async |client: &testkit::Client, table: &str| {
            let address = format!("{PATH}/import");
            client.clone().upload(&address, "text/csv; charset=utf-8", table.to_owned()).await.json(200)
        };
        assert_eq!(import(&agent, &table).await["unchanged"], 1);
        let lines = "shortcut,scope,team,text\nnew,team, SHIPPING ,x\nlost,team,Nowhere,x\n";
        let result = import(&agent, lines).await;
        assert_eq!((&result["made"], &result["refused"][0]["code"]), (&json!(1), &json!("team_unknown")));
        assert_eq!(result["refused"][0]["params"], json!({ "team": "Nowhere" }));
        // Those of another team are neither made nor found out.
        let result = import(&outside, "shortcut,scope,team,text\nship,team,Shipping,x\nother,team,Shipping,x\n").await;
        let codes: Vec<_> = result["refused"].as_array().expect("a list").iter().map(|one| &one["code"]).collect();
        assert_eq!(codes, ["forbidden", "forbidden"]);
        assert_eq!(shortcuts(&agent).await, ["new", "ship"]);
    })
    .await;
}
