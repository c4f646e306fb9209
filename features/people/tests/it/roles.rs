//! Roles that a workspace makes.

use crate::scene::{Scene, new_member, on_both};
use base::Role;
use ids::{MemberId, RoleId, Uuid};
use serde_json::{Value, json};
use testkit::Client;

const PATH: &str = "/api/v1/roles";

fn path(role: &Value) -> String {
    format!("{PATH}/{}", role["role"].as_str().expect("an id"))
}

fn member(id: MemberId) -> String {
    format!("/api/v1/members/{id}")
}

async fn make(client: &mut Client, name: &str, rights: &[&str]) -> Value {
    client.post(PATH, json!({ "name": name, "rights": rights })).await.json(201)
}

/// The role of that row, as a type.
fn role(made: &Value) -> Role {
    Role::parse(made["role"].as_str().expect("an id")).expect("a role")
}

async fn rights(client: &mut Client) -> Value {
    client.get("/api/v1/me").await.json(200)["rights"].clone()
}

async fn listed(client: &mut Client, role: &Value) -> Value {
    let items = client.get(PATH).await.json(200)["items"].clone();
    items.as_array().expect("a list").iter().find(|item| item["role"] == role["role"]).cloned().unwrap_or_default()
}

/// C29
#[tokio::test]
async fn a_role_is_made_given_changed_and_removed_and_its_rights_hold_at_once() {
    on_both(async |scene| {
        let (id, mut budi) = scene.browser_of("Budi", Role::Agent).await;
        let mut owner = scene.administrator().await;
        let body = json!({
            "name": " Night shift ", "description": "From 22:00",
            "rights": ["conversation:reply:own", "conversation:view:inbox"],
        });
        let made = owner.post(PATH, body).await.json(201);
        assert_eq!(
            (&made["name"], &made["description"], &made["members"], &made["can_give"]),
            (&json!("Night shift"), &json!("From 22:00"), &json!(0), &json!(true))
        );
        assert_eq!(made["rights"], json!(["conversation:view:inbox", "conversation:reply:own"]));
        assert_eq!(listed(&mut budi, &made).await["can_give"], false, "everybody sees them, and may not give them");

        let mut socket = budi.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let given = owner.patch(&member(id), json!({ "role": made["role"] })).await.json(200);
        assert_eq!((&given["role"], &given["sees"]), (&made["role"], &json!("inbox")));
        assert_eq!(socket.closed().await, 4403);
        assert_eq!(rights(&mut budi).await, made["rights"]);

        let mut socket = budi.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        let mut watches = owner.socket("/ws").await.expect("a socket");
        watches.hello(None).await;
        // A name changes nobody's rights.
        owner.patch(&path(&made), json!({ "name": "Nights" })).await.json(200);
        assert!(socket.events().await.iter().all(|event| event["kind"] == "role.updated"));
        let changed = owner.patch(&path(&made), json!({ "rights": ["conversation:view:own"] })).await.json(200);
        assert_eq!((&changed["name"], &changed["members"]), (&json!("Nights"), &json!(1)));
        assert_eq!(socket.closed().await, 4403);
        assert_eq!(rights(&mut budi).await, json!(["conversation:view:own"]));
        let told = watches.event("member.updated").await["data"]["member"].clone();
        assert_eq!((&told["role"], &told["sees"]), (&made["role"], &json!("own")));

        let held = owner.delete(&path(&made)).await.refused(409, "role_held");
        assert_eq!(held, json!({ "members": 1, "invitations": 0 }));
        owner
            .delete(&format!("{}?replacement={}", path(&made), made["role"].as_str().expect("an id")))
            .await
            .refused(422, "role_unknown");
        owner.delete(&format!("{}?replacement=reader", path(&made))).await.json(204);
        assert_eq!(rights(&mut budi).await, json!(["conversation:view:inbox", "record:view:all"]));
        assert_eq!(listed(&mut owner, &made).await, Value::Null);
        owner.patch(&path(&made), json!({})).await.refused(404, "not_found");
        let again = make(&mut owner, "Nights", &[]).await;
        owner.delete(&path(&again)).await.json(204);
    })
    .await;
}

/// C29
#[tokio::test]
async fn nobody_grants_what_he_lacks() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let own = [
            "conversation:view:inbox",
            "conversation:reply:inbox",
            "conversation:note:own",
            "member:manage:all",
            "record:view:all",
        ];
        let manages = make(&mut owner, "People", &own).await;
        let above = make(&mut owner, "Above", &["conversation:view:all"]).await;
        let (_, mut dewi) = scene.browser_of("Dewi", role(&manages)).await;
        let (agent, _) = scene.browser_of("Budi", Role::Agent).await;
        let (plain, _) = scene.browser_of("Sari", Role::Reader).await;

        // Making.
        let with = |rights: &[&str]| json!({ "name": "Mine", "rights": rights });
        for rights in [
            &["conversation:view:all"][..],
            &["tag:manage:all"],
            &["conversation:view:inbox", "conversation:note:inbox"],
        ] {
            dewi.post(PATH, with(rights)).await.refused(403, "forbidden");
        }
        let mine = dewi.post(PATH, with(&["conversation:view:team", "member:manage:all"])).await.json(201);
        assert_eq!((&mine["can_give"], &listed(&mut dewi, &above).await["can_give"]), (&json!(true), &json!(false)));
        // Changing, his own role among them, and removing.
        dewi.patch(&path(&mine), json!({ "rights": ["tag:manage:all"] })).await.refused(403, "forbidden");
        dewi.patch(&path(&manages), json!({ "rights": [own[0], own[3], "inbox:manage:all"] }))
            .await
            .refused(403, "forbidden");
        dewi.patch(&path(&above), json!({ "rights": [] })).await.refused(403, "forbidden");
        dewi.delete(&path(&above)).await.refused(403, "forbidden");
        // Giving and taking; an agent gives conversations away, and Dewi cannot.
        for to in [json!("administrator"), json!("agent"), above["role"].clone()] {
            dewi.patch(&member(plain), json!({ "role": to })).await.refused(403, "forbidden");
            let invited = json!({ "email": "new@toko.example", "role": to, "inbox_ids": [] });
            dewi.post("/api/v1/invitations", invited).await.refused(403, "forbidden");
        }
        for theirs in [agent, scene.administrator] {
            dewi.patch(&member(theirs), json!({ "role": "reader" })).await.refused(403, "forbidden");
            dewi.patch(&member(theirs), json!({ "disabled": true })).await.refused(403, "forbidden");
        }
        dewi.patch(&member(plain), json!({ "role": mine["role"] })).await.json(200);
        dewi.delete(&format!("{}?replacement=agent", path(&mine))).await.refused(403, "forbidden");
        dewi.delete(&format!("{}?replacement=reader", path(&mine))).await.json(204);
        // Less than he has he may make of his own.
        dewi.patch(&path(&manages), json!({ "rights": [own[0]] })).await.json(200);
        dewi.post(PATH, with(&[own[0]])).await.refused(403, "forbidden");
        assert_eq!(rights(&mut dewi).await, json!([own[0]]));
    })
    .await;
}

/// C29
#[tokio::test]
async fn only_who_manages_members_makes_roles_and_the_shipped_ones_stay() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let made = make(&mut owner, "Night shift", &[]).await;
        let nobody = json!({ "role": RoleId(Uuid::nil()) });
        for kind in [Role::ChatAdministrator, Role::Supervisor, Role::Agent, Role::Reader] {
            let (_, mut other) = scene.browser_of(&kind.to_string(), kind).await;
            other.post(PATH, json!({ "name": "X", "rights": [] })).await.refused(403, "forbidden");
            other.patch(&path(&made), json!({ "name": "X" })).await.refused(403, "forbidden");
            other.delete(&path(&made)).await.refused(403, "forbidden");
            other.patch(&path(&nobody), json!({ "name": "X" })).await.refused(404, "not_found");
            assert_eq!(other.get(PATH).await.json(200)["items"].as_array().expect("a list").len(), 6);
        }
        for shipped in Role::SHIPPED {
            owner.patch(&format!("{PATH}/{shipped}"), json!({ "rights": [] })).await.refused(404, "not_found");
            owner.delete(&format!("{PATH}/{shipped}")).await.refused(404, "not_found");
        }
        // Not even for a role with as many rights.
        let all: Vec<_> = owner.get(PATH).await.json(200)["items"][0]["rights"].as_array().expect("rights").clone();
        let twin = owner.post(PATH, json!({ "name": "Twin", "rights": all })).await.json(201);
        owner
            .patch(&member(scene.administrator), json!({ "role": twin["role"] }))
            .await
            .refused(409, "last_administrator");
        let (_, mut second) = scene.browser_of("Ayu", Role::Administrator).await;
        owner.patch(&member(scene.administrator), json!({ "role": twin["role"] })).await.json(200);
        assert_eq!(rights(&mut owner).await, json!(all));
        second.patch(&path(&twin), json!({ "rights": [] })).await.json(200);
        owner.post(PATH, json!({ "name": "X", "rights": [] })).await.refused(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn what_no_role_can_be_is_refused() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let body = |name: &str, rights: &[&str]| json!({ "name": name, "rights": rights });
        let refused = owner.post(PATH, body(" ", &[])).await.refused(422, "role_name_invalid");
        assert_eq!(refused["max"], 40);
        let long = json!({ "name": "X", "rights": [], "description": "x".repeat(301) });
        owner.post(PATH, long).await.refused(422, "role_description_invalid");
        for wrong in ["conversation:view", "conversation:eat:all", "tag:manage:inbox", "conversation:view:none"] {
            let refused = owner.post(PATH, body("X", &[wrong])).await.refused(422, "role_right_unknown");
            assert_eq!(refused["right"], wrong);
        }
        let unseen = ["conversation:view:own", "conversation:close:team"];
        let refused = owner.post(PATH, body("X", &unseen)).await.refused(422, "role_right_unseen");
        assert_eq!(refused["right"], "conversation:close");
        owner.post(PATH, body("X", &["contact:block:own"])).await.refused(422, "role_right_unseen");

        let id = RoleId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0001));
        let asked = json!({ "id": id, "name": "Nights", "rights": [] });
        let made = owner.post(PATH, &asked).await.json(201);
        assert_eq!(owner.post(PATH, &asked).await.json(201), made, "the same id twice is one role");
        owner.post(PATH, body("NIGHTS", &[])).await.refused(409, "role_name_taken");
        let other = make(&mut owner, "Days", &[]).await;
        owner.patch(&path(&other), json!({ "name": "nights" })).await.refused(409, "role_name_taken");
        let stranger = json!({ "role": RoleId(Uuid::from_u128(9)) });
        let (budi, _) = scene.browser_of("Budi", Role::Agent).await;
        owner.patch(&member(budi), &stranger).await.refused(422, "role_unknown");
        let invited = json!({ "email": "new@toko.example", "role": stranger["role"], "inbox_ids": [] });
        owner.post("/api/v1/invitations", invited).await.refused(422, "role_unknown");
        for n in 2..50 {
            make(&mut owner, &format!("Role {n}"), &[]).await;
        }
        let refused = owner.post(PATH, body("One more", &[])).await.refused(422, "too_many_roles");
        assert_eq!(refused["max"], 50);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_names_the_role_and_goes_over_to_the_one_that_takes_its_place() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let made = make(&mut owner, "Night shift", &["conversation:view:own"]).await;
        let invited = json!({ "email": "new@toko.example", "role": made["role"], "inbox_ids": [] });
        let invited = owner.post("/api/v1/invitations", invited).await.json(201);
        let token = invited["link"].as_str().expect("a link").split_once('#').expect("a token").1.to_owned();
        let look = json!({ "token": token });
        let seen = scene.test.client().post("/api/v1/invitations/look", &look).await.json(200);
        assert_eq!((&seen["role"], &seen["role_name"]), (&made["role"], &json!("Night shift")));
        let held = owner.delete(&path(&made)).await.refused(409, "role_held");
        assert_eq!(held, json!({ "members": 0, "invitations": 1 }));
        owner.delete(&format!("{}?replacement=reader", path(&made))).await.json(204);
        let seen = scene.test.client().post("/api/v1/invitations/look", &look).await.json(200);
        assert_eq!((&seen["role"], &seen["role_name"]), (&json!("reader"), &json!(null)));
    })
    .await;
}

#[tokio::test]
async fn whose_rights_reach_his_teams_comes_anew_when_somebody_joins_or_leaves_them() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let leads = make(&mut owner, "Leads", &["conversation:view:team"]).await;
        let (dewi, client) = scene.browser_of("Dewi", role(&leads)).await;
        let (sari, beside) = scene.browser_of("Sari", Role::Agent).await;
        let (budi, _) = scene.browser_of("Budi", Role::Agent).await;
        let seat = |id: MemberId| json!({ "member_id": id, "leads": false });
        let team = json!({ "name": "Shipping", "members": [seat(dewi), seat(sari)] });
        let team = owner.post("/api/v1/teams", team).await.json(201);
        let team = format!("/api/v1/teams/{}", team["id"].as_str().expect("an id"));
        for change in [json!({ "put": [seat(budi)] }), json!({ "remove": [budi] })] {
            let (mut his, mut theirs) =
                (client.socket("/ws").await.expect("a socket"), beside.socket("/ws").await.expect("a socket"));
            his.hello(None).await;
            theirs.hello(None).await;
            owner.patch(&team, change).await.json(200);
            assert_eq!(his.closed().await, 4403);
            assert_eq!(theirs.event("team.updated").await["kind"], "team.updated", "whose do not stays");
        }
    })
    .await;
}

/// C29
#[tokio::test]
async fn what_a_member_may_do_is_explained() {
    on_both(async |scene| {
        let mut owner = scene.administrator().await;
        let leads = make(&mut owner, "Leads", &["conversation:view:team", "tag:manage:all"]).await;
        let (dewi, mut client) = scene.browser_of("Dewi", role(&leads)).await;
        let (other, _) = scene.browser_of("Budi", Role::Agent).await;
        let explained = async |owner: &mut Client, right: &str| {
            let all = owner.get(&format!("{}/rights", member(dewi))).await.json(200);
            let items = all["items"].as_array().expect("rights").clone();
            let one = items.into_iter().find(|item| item["right"] == right).expect("the right");
            (all["role_name"].clone(), one["scope"].clone(), one["effect"].clone(), one["roles"].clone())
        };
        let (name, scope, effect, _) = explained(&mut owner, "conversation:view").await;
        assert_eq!((name, scope, effect), (json!("Leads"), json!("team"), json!("no_place")));
        let (_, scope, effect, roles) = explained(&mut owner, "tag:manage").await;
        assert_eq!((scope, effect), (json!("all"), json!("held")));
        assert_eq!(roles, json!(["administrator", "chat_administrator", "supervisor", leads["role"]]));
        let (_, scope, effect, roles) = explained(&mut owner, "conversation:redact").await;
        assert_eq!((scope, effect), (json!("none"), json!("lacking")));
        assert_eq!(roles, json!(["administrator", "chat_administrator", "supervisor"]));
        scene.inbox(&[dewi]).await;
        assert_eq!(explained(&mut owner, "conversation:view").await.2, json!("no_team"));
        let team = json!({ "name": "Night", "members": [{ "member_id": dewi, "leads": false }, { "member_id": other, "leads": false }] });
        owner.post("/api/v1/teams", team).await.json(201);
        assert_eq!(explained(&mut client, "conversation:view").await.2, json!("held"), "he asks of himself");
        assert_eq!(client.get(&format!("{}/rights", member(dewi))).await.json(200)["colleagues"], 1);
        client.get(&format!("{}/rights", member(other))).await.refused(403, "forbidden");
        client.get(&format!("{}/rights", member(MemberId(Uuid::nil())))).await.refused(404, "not_found");
        owner.patch(&member(dewi), json!({ "disabled": true })).await.json(200);
        assert_eq!(explained(&mut owner, "tag:manage").await.2, json!("disabled"));
    })
    .await;
}

#[tokio::test]
async fn roles_of_other_workspaces_are_apart() {
    on_both(async |scene: Scene| {
        let elsewhere = ids::WorkspaceId(Uuid::from_u128(1));
        let mut owner = scene.administrator().await;
        let made = make(&mut owner, "Night shift", &[]).await;
        let theirs = role(&made);
        let added = scene.test.app.write(elsewhere, move |tx| {
            Box::pin(async move { people::add_member(tx, new_member("Tono", theirs)).await })
        });
        assert_eq!(added.await.expect_err("no role of this workspace").refusal().code, "role_unknown");
    })
    .await;
}
