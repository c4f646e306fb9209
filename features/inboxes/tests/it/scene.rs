//! A workspace with its administrator, and members of any role.

use base::{COOKIE, Feature, Random, Role, Tx};
use ids::{InboxId, MemberId, WorkspaceId};
use people::{Browser, Email, Locale, NewMember, NewWorkspace, SetupToken};
use serde_json::{Value, json};
use testkit::{Client, Socket, TestApp};

pub const PATH: &str = "/api/v1/inboxes";

pub struct Scene {
    pub test: TestApp,
    pub workspace: WorkspaceId,
    pub administrator: Client,
    pub administrator_id: MemberId,
}

pub fn features() -> Vec<Feature> {
    vec![people::feature(SetupToken::new(&Random::seeded(1)).0, inboxes::join), inboxes::feature()]
}

/// Runs a test on both engines, with a workspace.
pub async fn on_both(test: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |app: TestApp| test(Scene::new(app).await).await).await;
}

pub fn website() -> Value {
    json!({
        "allowed_origins": [], "title": "Toko", "greeting": "Halo!", "greeting_in": {}, "color": "#0b6e69", "rating": true, "page_visits": true, "visitors_now": false, "left_is_failure": true, "greetings": [],
        "pre_chat": no_form(), "hours": no_hours(),
    })
}

/// Nothing is said about hours when nobody set them.
pub fn no_hours() -> Value {
    json!({ "enabled": false, "calendar_id": null, "zone": "UTC", "week": [], "closed_days": [] })
}

/// What is asked before the first message when nobody set anything.
pub fn no_form() -> Value {
    json!({
        "name": "off", "email": "off", "phone": "off", "consent_text": "", "consent_text_in": {}, "consent_link": "",
        "consent_version": 0,
    })
}

pub fn path(inbox: &Value) -> String {
    format!("{PATH}/{}", inbox["id"].as_str().expect("an id"))
}

pub fn id(inbox: &Value) -> InboxId {
    inbox["id"].as_str().expect("an id").parse().expect("an inbox's id")
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

    /// An inbox in which these members work.
    pub async fn inbox(&self, members: &[MemberId]) -> Value {
        let body = json!({ "name": "Toko", "website": website(), "member_ids": members });
        self.administrator.clone().post(PATH, body).await.json(201)
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
