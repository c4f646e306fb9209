//! Teams: who makes and changes them, what two at once keep, and who hears of it.

use crate::scene::{Scene, new_member, on_both};
use base::Role;
use ids::{MemberId, TeamId, Uuid, WorkspaceId};
use serde_json::{Value, json};
use testkit::{Client, Socket};

const PATH: &str = "/api/v1/teams";

fn path(team: &Value) -> String {
    format!("{PATH}/{}", team["id"].as_str().expect("an id"))
}

fn seat(member: MemberId, leads: bool) -> Value {
    json!({ "member_id": member, "leads": leads })
}

async fn make(client: &mut Client, name: &str, members: &[Value]) -> Value {
    client.post(PATH, json!({ "name": name, "members": members })).await.json(201)
}

async fn list(client: &mut Client) -> Value {
    client.get(PATH).await.json(200)["items"].clone()
}

async fn listen(client: &Client) -> Socket {
    let mut socket = client.socket("/ws").await.expect("a socket");
    socket.hello(None).await;
    socket
}

/// Two agents, and the administrator.
async fn people(scene: &Scene) -> (Client, (MemberId, Client), (MemberId, Client)) {
    let sari = scene.browser_of("Sari", Role::Agent).await;
    let budi = scene.browser_of("Budi", Role::Agent).await;
    (scene.administrator().await, sari, budi)
}

#[tokio::test]
async fn a_team_is_made_changed_and_removed_and_everybody_hears_of_it() {
    on_both(async |scene| {
        let (mut administrator, (sari, mut sari_client), (budi, _)) = people(&scene).await;
        let (_, reader) = scene.browser_of("Rina", Role::Reader).await;
        let mut desk = listen(&reader).await;
        let team = make(&mut administrator, " Shipping ", &[seat(budi, false), seat(sari, true)]).await;
        assert_eq!(
            (&team["name"], &team["members"]),
            (&json!("Shipping"), &json!([seat(sari, true), seat(budi, false)]))
        );
        assert_eq!(desk.event("team.updated").await["data"], json!({ "team": team }));
        assert_eq!(list(&mut sari_client).await, json!([team]), "whoever works here sees it");

        let change = json!({ "name": "Logistics", "put": [seat(budi, true)], "remove": [sari] });
        let changed = administrator.patch(&path(&team), change).await.json(200);
        assert_eq!((&changed["name"], &changed["members"]), (&json!("Logistics"), &json!([seat(budi, true)])));
        assert_eq!(desk.event("team.updated").await["data"], json!({ "team": changed }));
        administrator.patch(&path(&team), json!({ "put": [seat(budi, true)] })).await.json(200);
        assert!(desk.events().await.is_empty(), "a change of nothing is not told");

        assert_eq!(administrator.delete(&path(&team)).await.status, 204);
        assert_eq!(desk.event("team.gone").await["data"], json!({ "team_id": team["id"] }));
        assert_eq!(list(&mut administrator).await, json!([]));
        administrator.delete(&path(&team)).await.refused(404, "not_found");
        administrator.patch(&path(&team), json!({})).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_members_manages_teams() {
    on_both(async |scene| {
        let team = make(&mut scene.administrator().await, "Shipping", &[]).await;
        for role in [Role::ChatAdministrator, Role::Supervisor, Role::Agent, Role::Reader] {
            let (id, mut member) = scene.browser_of(&format!("{role:?}"), role).await;
            member.post(PATH, json!({ "name": "Mine" })).await.refused(403, "forbidden");
            member.patch(&path(&team), json!({ "put": [seat(id, true)] })).await.refused(403, "forbidden");
            member.delete(&path(&team)).await.refused(403, "forbidden");
            let nobody = json!({ "id": TeamId(Uuid::nil()) });
            member.delete(&path(&nobody)).await.refused(404, "not_found");
        }
        assert_eq!(list(&mut scene.administrator().await).await, json!([team]));
    })
    .await;
}

#[tokio::test]
async fn the_same_request_again_makes_no_second_team() {
    on_both(async |scene| {
        let mut administrator = scene.administrator().await;
        let asked = json!({ "id": TeamId(Uuid::from_u128(7)), "name": "Shipping" });
        let made = administrator.post(PATH, &asked).await.json(201);
        let mut desk = listen(&administrator).await;
        assert_eq!(administrator.post(PATH, &asked).await.json(201), made);
        assert!(desk.events().await.is_empty(), "told once");
        assert_eq!(list(&mut administrator).await, json!([made]));
    })
    .await;
}

#[tokio::test]
async fn a_name_is_one_whatever_its_case() {
    on_both(async |scene| {
        let mut administrator = scene.administrator().await;
        make(&mut administrator, "Größe", &[]).await;
        let other = make(&mut administrator, "Other", &[]).await;
        let taken = administrator.post(PATH, json!({ "name": "GRÖßE" })).await.refused(409, "team_name_taken");
        assert_eq!(taken["name"], "GRÖßE");
        administrator.patch(&path(&other), json!({ "name": "größe" })).await.refused(409, "team_name_taken");
        let renamed = administrator.patch(&path(&other), json!({ "name": "OTHER" })).await.json(200);
        assert_eq!(renamed["name"], "OTHER", "its own name in another case");
        for wrong in ["", "  ", &"x".repeat(41)] {
            administrator.post(PATH, json!({ "name": wrong })).await.refused(422, "team_name_invalid");
        }
        make(&mut administrator, &"é".repeat(40), &[]).await;
    })
    .await;
}

#[tokio::test]
async fn two_administrators_at_once_undo_nothing_of_each_other() {
    on_both(async |scene| {
        let (mut first, (sari, _), (budi, _)) = people(&scene).await;
        let (_, mut second) = scene.browser_of("Ayu", Role::Administrator).await;
        let team = make(&mut first, "Shipping", &[]).await;
        let (one, other) = (json!({ "put": [seat(sari, true)] }), json!({ "put": [seat(budi, false)] }));
        let place = path(&team);
        let answers = tokio::join!(first.patch(&place, &one), second.patch(&place, &other));
        assert!(answers.0.status.is_success() && answers.1.status.is_success(), "{answers:?}");
        assert_eq!(list(&mut first).await[0]["members"], json!([seat(sari, true), seat(budi, false)]));
    })
    .await;
}

#[tokio::test]
async fn who_joins_leads_or_leaves_has_new_rights_at_once_and_others_keep_their_sockets() {
    on_both(async |scene| {
        let (mut administrator, (sari, sari_client), (_, budi_client)) = people(&scene).await;
        let team = make(&mut administrator, "Shipping", &[]).await;
        let mut others = listen(&budi_client).await;
        for change in
            [json!({ "put": [seat(sari, false)] }), json!({ "put": [seat(sari, true)] }), json!({ "remove": [sari] })]
        {
            let mut theirs = listen(&sari_client).await;
            administrator.patch(&path(&team), &change).await.json(200);
            assert_eq!(theirs.closed().await, 4403, "{change}");
            assert_eq!(others.event("team.updated").await["kind"], "team.updated");
        }
        let mut theirs = listen(&sari_client).await;
        administrator.patch(&path(&team), json!({ "name": "Logistics" })).await.json(200);
        theirs.event("team.updated").await;
        administrator.patch(&path(&team), json!({ "put": [seat(sari, false)] })).await.json(200);
        assert_eq!(theirs.closed().await, 4403);
        let mut theirs = listen(&sari_client).await;
        administrator.delete(&path(&team)).await;
        assert_eq!(theirs.closed().await, 4403, "with the team");
    })
    .await;
}

#[tokio::test]
async fn a_caller_carries_his_inboxes_and_teams_and_nobody_who_is_disabled_is_one() {
    on_both(async |scene| {
        let (mut administrator, (sari, _), (budi, _)) = people(&scene).await;
        for _ in 0..2 {
            scene.inbox(&[sari, budi]).await;
        }
        let mut teams = Vec::new();
        for name in ["Shipping", "Returns", "Others"] {
            let team = make(&mut administrator, name, &[seat(sari, name == "Returns"), seat(budi, false)]).await;
            teams.push(team["id"].as_str().expect("an id").parse::<TeamId>().expect("a team's id"));
        }
        let team = teams[0];
        let asked = scene.test.app.read(scene.workspace, move |tx| {
            Box::pin(async move {
                people::as_caller(tx, sari).await?;
                people::callers_in(tx, team).await?;
                Ok(tx.statements())
            })
        });
        assert_eq!(asked.await.expect("callers"), 2, "one for each, however many places they have");
        let callers = async || {
            let read = scene.test.app.read(scene.workspace, move |tx| Box::pin(people::callers_in(tx, team)));
            read.await.expect("callers")
        };
        let found = callers().await;
        assert_eq!(found.iter().map(|caller| caller.id).collect::<Vec<_>>(), [sari, budi]);
        for caller in &found {
            assert_eq!((caller.inboxes.len(), caller.teams.len()), (2, 3), "{}", caller.name);
            let leads: Vec<_> = teams.iter().map(|team| caller.leads(*team)).collect();
            assert_eq!(leads, [false, caller.id == sari, false]);
            assert!(teams.iter().all(|team| caller.is_in(*team)));
        }
        administrator.patch(&format!("/api/v1/members/{budi}"), json!({ "disabled": true })).await.json(200);
        assert_eq!(callers().await.len(), 1);
        let kept = list(&mut administrator).await[2]["members"].clone();
        assert_eq!(kept.as_array().map(Vec::len), Some(2), "he keeps his place");
        administrator.patch(&format!("/api/v1/members/{budi}"), json!({ "disabled": false })).await.json(200);
        assert_eq!(callers().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_strangers_id_joins_nothing_and_there_are_limits() {
    on_both(async |scene| {
        let mut administrator = scene.administrator().await;
        let stranger = MemberId(Uuid::from_u128(9));
        let asked = json!({ "name": "Shipping", "members": [seat(stranger, false)] });
        let unknown = administrator.post(PATH, &asked).await.refused(422, "member_unknown");
        assert_eq!(unknown["id"], stranger.to_string());
        assert_eq!(list(&mut administrator).await, json!([]), "the whole request is refused");
        let crowd: Vec<_> = (0..101_u128).map(|n| seat(MemberId(Uuid::from_u128(n)), false)).collect();
        let many = json!({ "name": "Crowd", "members": crowd });
        let refused = administrator.post(PATH, many).await.refused(422, "too_many_team_members");
        assert_eq!(refused["max"], 100);
        for n in 0..100 {
            make(&mut administrator, &format!("Team {n}"), &[]).await;
        }
        let refused = administrator.post(PATH, json!({ "name": "One more" })).await.refused(422, "too_many_teams");
        assert_eq!(refused["max"], 100);
    })
    .await;
}

#[tokio::test]
async fn other_workspaces_are_apart() {
    on_both(async |scene| {
        let elsewhere = WorkspaceId(Uuid::from_u128(1));
        let made = scene.test.app.write(elsewhere, |tx| {
            Box::pin(async move {
                let asked = serde_json::from_value(json!({ "name": "Shipping" })).expect("a request");
                let theirs = people::create_team(tx, asked).await?;
                let member = people::add_member(tx, new_member("Tono", Role::Agent)).await?;
                Ok((theirs.id, member.id))
            })
        });
        let (team, member) = made.await.expect("a team of another workspace");
        let mut administrator = scene.administrator().await;
        assert_eq!(list(&mut administrator).await, json!([]));
        let theirs = json!({ "id": team });
        administrator.patch(&path(&theirs), json!({ "name": "Mine" })).await.refused(404, "not_found");
        administrator.delete(&path(&theirs)).await.refused(404, "not_found");
        let asked = json!({ "name": "Shipping", "members": [seat(member, false)] });
        administrator.post(PATH, asked).await.refused(422, "member_unknown");
        make(&mut administrator, "Shipping", &[]).await;
    })
    .await;
}

#[tokio::test]
async fn state_before_and_events_make_the_state_after() {
    on_both(async |scene| {
        let (mut administrator, (sari, _), (budi, _)) = people(&scene).await;
        let (_, mut reader) = scene.browser_of("Rina", Role::Reader).await;
        let kept = make(&mut administrator, "Kept", &[seat(sari, false)]).await;
        let passing = make(&mut administrator, "Passing", &[seat(sari, false)]).await;
        let before = list(&mut reader).await;
        let mut socket = reader.socket("/ws").await.expect("a socket");
        let position = socket.hello(None).await.last().expect("ready")["position"].as_i64();

        make(&mut administrator, "New", &[seat(budi, true)]).await;
        let change = json!({ "name": "Renamed", "put": [seat(budi, true)], "remove": [sari] });
        administrator.patch(&path(&kept), change).await.json(200);
        administrator.delete(&path(&passing)).await;

        let live = socket.events().await;
        let mut missed = reader.socket("/ws").await.expect("a socket").hello(position).await;
        // That he is here himself is told when it is noticed.
        missed.retain(|frame| frame["type"] == "event" && frame["kind"] != "presence.updated");
        assert_eq!(missed, live);
        let mut after = before.as_array().expect("a list").clone();
        for event in live {
            let (team, gone) = (&event["data"]["team"], &event["data"]["team_id"]);
            after.retain(|known| known["id"] != team["id"] && known["id"] != *gone);
            after.extend((event["kind"] == "team.updated").then(|| team.clone()));
        }
        after.sort_by_key(|team| team["name"].as_str().map(str::to_lowercase));
        assert_eq!(json!(after), list(&mut reader).await);
    })
    .await;
}

/// Whoever gives places gives them to others: to himself only when he sees everything anyhow.
#[tokio::test]
async fn who_does_not_see_everything_is_put_into_inboxes_and_teams_by_others() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let rights = ["conversation:view:own", "member:manage:all", "inbox:manage:all"];
        let role = owner.post("/api/v1/roles", json!({ "name": "Places", "rights": rights })).await.json(201);
        let role = Role::parse(role["role"].as_str().expect("a role")).expect("a role");
        let (me, mut mine) = scene.browser_of("Lina", role).await;
        let (other, _) = scene.browser_of("Budi", Role::Agent).await;
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox(&[]).await);
        let seat = |member| json!({ "member_id": member, "leads": false });

        mine.patch(&inbox, json!({ "member_ids": [me, other] })).await.refused(403, "own_place");
        mine.patch(&inbox, json!({ "member_ids": [other] })).await.json(200);
        let own = json!({ "name": "Mine", "api": {}, "member_ids": [me] });
        mine.post("/api/v1/inboxes", own).await.refused(403, "own_place");
        let made = json!({ "name": "Mine", "members": [seat(me)] });
        mine.post("/api/v1/teams", made).await.refused(403, "own_place");
        let made = mine.post("/api/v1/teams", json!({ "name": "Ours", "members": [seat(other)] })).await.json(201);
        let (team, path) = (made["id"].clone(), format!("/api/v1/teams/{}", made["id"].as_str().expect("an id")));
        mine.patch(&path, json!({ "put": [seat(me)] })).await.refused(403, "own_place");

        // Where others put him he stays, whatever he changes beside it; his team brings him nowhere by his own hand.
        owner.patch(&path, json!({ "put": [seat(me)] })).await.json(200);
        mine.patch(&path, json!({ "name": "Theirs", "put": [json!({ "member_id": me, "leads": true })] }))
            .await
            .json(200);
        mine.patch(&inbox, json!({ "team_ids": [team] })).await.refused(403, "own_place");
        owner.patch(&inbox, json!({ "team_ids": [team], "member_ids": [me] })).await.json(200);
        mine.patch(&inbox, json!({ "team_ids": [team], "member_ids": [me, other] })).await.json(200);
        mine.patch(&inbox, json!({ "member_ids": [other] })).await.json(200);
        mine.patch(&inbox, json!({ "member_ids": [me, other] })).await.refused(403, "own_place");
        scene.test.run_jobs().await;
    })
    .await;
}
