//! A workspace with its administrator, and members of any role.

use base::{COOKIE, Feature, Random, Role, Tx};
use ids::{InboxId, MemberId, TeamId, WorkspaceId};
use people::{Browser, Email, Locale, NewMember, NewWorkspace, SetupToken};
use serde_json::{Value, json};
use testkit::{Client, Socket, TestApp};

pub const PATH: &str = "/api/v1/quick-replies";
const INBOXES: &str = "/api/v1/inboxes";
pub const TEAMS: &str = "/api/v1/teams";

pub struct Scene {
    pub test: TestApp,
    pub workspace: WorkspaceId,
    pub administrator: Client,
    pub administrator_id: MemberId,
}

pub fn features() -> Vec<Feature> {
    vec![
        people::feature(SetupToken::new(&Random::seeded(1)).0, inboxes::join),
        inboxes::feature(),
        conversations::feature(),
        replies::feature(),
    ]
}

/// Runs a test on both engines, with a workspace.
pub async fn on_both(test: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |app: TestApp| test(Scene::new(app).await).await).await;
}

/// The address of a quick reply, from the item that names it.
pub fn path(item: &Value) -> String {
    format!("{PATH}/{}", item["quick_reply"]["id"].as_str().expect("an id"))
}

pub fn personal(member: MemberId) -> Value {
    json!({ "kind": "personal", "member_id": member })
}

pub fn of_inbox(inbox: InboxId) -> Value {
    json!({ "kind": "inbox", "inbox_id": inbox })
}

pub fn of_team(team: TeamId) -> Value {
    json!({ "kind": "team", "team_id": team })
}

pub fn workspace() -> Value {
    json!({ "kind": "workspace" })
}

/// What a request to make one says.
pub fn body(shortcut: &str, scope: Value) -> Value {
    let text = "Hi {{contact.first_name|there}}, we ship every day.";
    json!({ "shortcut": shortcut, "title": "Shipping", "group": "Orders", "text": text, "scope": scope })
}

/// Makes one that is wanted to be made.
pub async fn make(client: &Client, shortcut: &str, scope: Value) -> Value {
    client.clone().post(PATH, body(shortcut, scope)).await.json(201)
}

/// What a member may use now.
pub async fn list(client: &Client) -> Vec<Value> {
    client.clone().get(PATH).await.json(200)["items"].as_array().expect("a list").clone()
}

pub async fn shortcuts(client: &Client) -> Vec<String> {
    let shortcut = |item: &Value| item["quick_reply"]["shortcut"].as_str().expect("a shortcut").to_owned();
    list(client).await.iter().map(shortcut).collect()
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let password = "correct horse".to_owned();
        let new = NewWorkspace::new("Toko Wati", "Wati", "wati@toko.example", password, Locale::Id);
        let (workspace, administrator_id) =
            people::set_up(&test.app, new.expect("a valid workspace")).await.expect("the first workspace");
        let token = test.app.write(workspace, move |tx| Box::pin(sign_in(tx, administrator_id))).await;
        let administrator = test.client().with_cookie(COOKIE, &token.expect("a sign-in"));
        Self { test, workspace, administrator, administrator_id }
    }

    /// The browser of a new member of this role.
    pub async fn member(&self, name: &str, role: Role) -> (MemberId, Client) {
        let email = Email::parse(&format!("{}@toko.example", name.to_lowercase())).expect("an address");
        let new =
            NewMember { name: name.to_owned(), email, role, password_hash: "none".to_owned(), locale: Locale::En };
        let added = self.test.app.write(self.workspace, |tx| {
            Box::pin(async move {
                let member = people::add_member(tx, new).await?.id;
                Ok((member, sign_in(tx, member).await?))
            })
        });
        let (member, token) = added.await.expect("a member");
        (member, self.test.client().with_cookie(COOKIE, &token))
    }

    /// A team of these members, each with whether he leads it.
    pub async fn team(&self, name: &str, members: &[(MemberId, bool)]) -> TeamId {
        let members: Vec<_> = members.iter().map(|(id, leads)| json!({ "member_id": id, "leads": leads })).collect();
        let body = json!({ "name": name, "members": members });
        let team = self.administrator.clone().post(TEAMS, body).await.json(201);
        team["id"].as_str().expect("an id").parse().expect("a team's id")
    }

    /// Who comes into a team, with whether he leads it, and who goes.
    pub async fn move_in_team(&self, team: TeamId, put: &[(MemberId, bool)], remove: &[MemberId]) {
        let put: Vec<_> = put.iter().map(|(id, leads)| json!({ "member_id": id, "leads": leads })).collect();
        let body = json!({ "put": put, "remove": remove });
        self.administrator.clone().patch(&format!("{TEAMS}/{team}"), body).await.json(200);
    }

    /// An inbox in which these members work.
    pub async fn inbox(&self, members: &[MemberId]) -> InboxId {
        let website = json!({ "allowed_origins": [], "title": "Toko", "greeting": "Halo!", "color": "#0b6e69" });
        let body = json!({ "name": "Toko", "website": website, "member_ids": members });
        let inbox = self.administrator.clone().post(INBOXES, body).await.json(201);
        inbox["id"].as_str().expect("an id").parse().expect("an inbox's id")
    }
}

/// The member's socket after its hello.
pub async fn listen(client: &Client) -> Socket {
    let mut socket = client.socket("/ws").await.expect("a socket");
    assert_eq!(socket.hello(None).await.last().expect("a frame")["type"], "ready");
    socket
}

async fn sign_in(tx: &mut Tx<'_>, member: MemberId) -> Result<String, base::Problem> {
    let browser = Browser { address: "192.0.2.9".to_owned(), user_agent: "Another browser".to_owned() };
    let (token, _) = people::open_sign_in(tx, member, &browser).await?;
    Ok(token.reveal())
}
