//! A workspace with its administrator, and members of any role.

use base::{COOKIE, Feature, Random, Role, Tx};
use ids::{MemberId, WorkspaceId};
use people::{Browser, Email, Locale, NewMember, NewWorkspace, SetupToken};
use serde_json::Value;
use testkit::{Client, TestApp};

pub const PATH: &str = "/api/v1/audit";

pub struct Scene {
    pub test: TestApp,
    pub workspace: WorkspaceId,
    pub administrator: Client,
}

fn features() -> Vec<Feature> {
    vec![
        people::feature(SetupToken::new(&Random::seeded(1)).0, inboxes::join),
        inboxes::feature(),
        tags::feature(),
        conversations::feature(),
        replies::feature(),
        widget::feature(),
        audit::feature(),
    ]
}

/// Runs a test on both engines, with a workspace.
pub async fn on_both(test: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |app: TestApp| test(Scene::new(app).await).await).await;
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let new = NewWorkspace::new("Toko Wati", "Wati", "wati@toko.example", "correct horse".to_owned(), Locale::Id);
        let (workspace, administrator) =
            people::set_up(&test.app, new.expect("a valid workspace")).await.expect("the first workspace");
        let token = test.app.write(workspace, move |tx| Box::pin(sign_in(tx, administrator))).await;
        let administrator = test.client().with_cookie(COOKIE, &token.expect("a sign-in"));
        Self { test, workspace, administrator }
    }

    /// A new member of this role and his browser.
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

    /// The newest lines first.
    pub async fn lines(&self, query: &str) -> Vec<Value> {
        let page = self.administrator.clone().get(&format!("{PATH}{query}")).await.json(200);
        page["lines"].as_array().expect("lines").clone()
    }
}

async fn sign_in(tx: &mut Tx<'_>, member: MemberId) -> Result<String, base::Problem> {
    let browser = Browser { address: "192.0.2.9".to_owned(), user_agent: "A browser".to_owned() };
    let (token, _) = people::open_sign_in(tx, member, &browser).await?;
    Ok(token.reveal())
}
