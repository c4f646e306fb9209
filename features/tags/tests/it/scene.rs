//! A workspace with its administrator, and members of any role.

use base::{COOKIE, Feature, Random, Role, Tx};
use ids::{MemberId, WorkspaceId};
use people::{Browser, Email, Locale, NewMember, NewWorkspace, SetupToken};
use serde_json::{Value, json};
use testkit::{Client, TestApp};

pub const PATH: &str = "/api/v1/tags";

pub struct Scene {
    pub test: TestApp,
    pub workspace: WorkspaceId,
    pub administrator: Client,
}

fn features() -> Vec<Feature> {
    vec![people::feature(SetupToken::new(&Random::seeded(1)).0, inboxes::join), inboxes::feature(), tags::feature()]
}

/// Runs a test on both engines, with a workspace.
pub async fn on_both(test: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |app: TestApp| test(Scene::new(app).await).await).await;
}

pub fn path(tag: &Value) -> String {
    format!("{PATH}/{}", tag["id"].as_str().expect("an id"))
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let password = "correct horse".to_owned();
        let new = NewWorkspace::new("Toko Wati", "Wati", "wati@toko.example", password, Locale::Id);
        let (workspace, administrator) =
            people::set_up(&test.app, new.expect("a valid workspace")).await.expect("the first workspace");
        let token = test.app.write(workspace, move |tx| Box::pin(sign_in(tx, administrator))).await;
        let administrator = test.client().with_cookie(COOKIE, &token.expect("a sign-in"));
        Self { test, workspace, administrator }
    }

    /// The browser of a new member of this role.
    pub async fn member(&self, name: &str, role: Role) -> Client {
        let email = Email::parse(&format!("{}@toko.example", name.to_lowercase())).expect("an address");
        let new =
            NewMember { name: name.to_owned(), email, role, password_hash: "none".to_owned(), locale: Locale::En };
        let added = self.test.app.write(self.workspace, |tx| {
            Box::pin(async move {
                let member = people::add_member(tx, new).await?.id;
                sign_in(tx, member).await
            })
        });
        self.test.client().with_cookie(COOKIE, &added.await.expect("a member"))
    }

    /// One that is wanted to be made.
    pub async fn tag(&self, name: &str) -> Value {
        self.administrator.clone().post(PATH, json!({ "name": name, "color": "teal" })).await.json(201)
    }
}

/// What a member sees now.
pub async fn list(client: &Client) -> Vec<Value> {
    let items = client.clone().get(PATH).await.json(200)["items"].as_array().expect("a list").clone();
    items.into_iter().map(|item| item["tag"].clone()).collect()
}

async fn sign_in(tx: &mut Tx<'_>, member: MemberId) -> Result<String, base::Problem> {
    let browser = Browser { address: "192.0.2.9".to_owned(), user_agent: "Another browser".to_owned() };
    let (token, _) = people::open_sign_in(tx, member, &browser).await?;
    Ok(token.reveal())
}
