//! A workspace with its administrator, and members of any role.

use base::{COOKIE, Feature, Random, Role, Tx};
use ids::{MemberId, WorkspaceId};
use people::{Browser, Email, Locale, NewMember, NewWorkspace, SetupToken};
use serde_json::{Value, json};
use testkit::{Client, TestApp};

pub const PASSWORD: &str = "correct horse";
pub const ADMINISTRATOR: &str = "wati@toko.example";

pub struct Scene {
    pub test: TestApp,
    pub workspace: WorkspaceId,
    pub administrator: MemberId,
}

pub fn setup() -> (SetupToken, String) {
    SetupToken::new(&Random::seeded(1))
}

pub fn features() -> Vec<Feature> {
    vec![people::feature(setup().0, inboxes::join), inboxes::feature()]
}

/// Runs a test on both engines, with a workspace.
pub async fn on_both(test: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |app: TestApp| test(Scene::new(app).await).await).await;
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let new = NewWorkspace::new("Toko Wati", "Wati", ADMINISTRATOR, PASSWORD.to_owned(), Locale::Id);
        let (workspace, administrator) =
            people::set_up(&test.app, new.expect("a valid workspace")).await.expect("the first workspace");
        Self { test, workspace, administrator }
    }

    /// The browser of a member of this role, whose password nobody knows.
    pub async fn browser_of(&self, name: &str, role: Role) -> (MemberId, Client) {
        self.test.advance(1); // members are listed in the order in which they joined
        let new = new_member(name, role);
        let added = self.test.app.write(self.workspace, |tx| Box::pin(add(tx, new))).await;
        let (member, token) = added.expect("a member");
        (member, self.test.client().with_cookie(COOKIE, &token))
    }

    /// One more browser of the administrator.
    pub async fn administrator(&self) -> Client {
        let id = self.administrator;
        let token = self.test.app.write(self.workspace, move |tx| Box::pin(sign_in(tx, id))).await;
        self.test.client().with_cookie(COOKIE, &token.expect("a sign-in"))
    }

    /// Signs the administrator in by password.
    pub async fn sign_in(&self) -> Client {
        let mut client = self.test.client();
        client.post("/api/v1/sign-in", credentials(ADMINISTRATOR, PASSWORD)).await.json(200);
        client
    }

    /// An inbox in which these members work, made by the administrator.
    pub async fn inbox(&self, members: &[MemberId]) -> String {
        let website = json!({ "allowed_origins": [], "title": "Toko", "greeting": "", "color": "#0B6E69" });
        let body = json!({ "name": "Toko", "website": website, "member_ids": members });
        let inbox = self.administrator().await.post("/api/v1/inboxes", body).await.json(201);
        inbox["id"].as_str().expect("an id").to_owned()
    }
}

pub fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

pub fn new_member(name: &str, role: Role) -> NewMember {
    NewMember {
        name: name.to_owned(),
        email: Email::parse(&format!("{}@toko.example", name.to_lowercase())).expect("an address"),
        role,
        password_hash: "none".to_owned(),
        locale: Locale::En,
    }
}

async fn add(tx: &mut Tx<'_>, new: NewMember) -> Result<(MemberId, String), base::Problem> {
    let member = people::add_member(tx, new).await?;
    Ok((member.id, sign_in(tx, member.id).await?))
}

async fn sign_in(tx: &mut Tx<'_>, member: MemberId) -> Result<String, base::Problem> {
    let browser = Browser { address: "192.0.2.9".to_owned(), user_agent: "Another browser".to_owned() };
    let (token, _) = people::open_sign_in(tx, member, &browser).await?;
    Ok(token.reveal())
}
