//! A workspace with an owner, a website inbox, members and visitors, made through the interface.

use ids::{EntryId, Uuid};
use serde_json::{Value, json};
use std::{
    ops::{Deref, DerefMut},
    sync::atomic::{AtomicU64, Ordering},
};
use testkit::{Answer, Client, Socket, TestApp};

const PASSWORD: &str = "a long enough password";

pub struct Scene {
    pub test: TestApp,
    pub owner: Client,
    pub inbox: String,
    numbers: AtomicU64,
}

/// A signed-in member.
#[derive(Clone)]
pub struct Member {
    client: Client,
    pub id: String,
    pub name: String,
}

#[derive(Clone)]
pub struct Visitor {
    pub client: Client,
    token: String,
}

/// The same token in every app of the tests.
fn setup() -> (people::SetupToken, String) {
    people::SetupToken::new(&base::Random::seeded(1))
}

fn features() -> Vec<base::Feature> {
    vec![
        people::feature(setup().0, inboxes::join),
        inboxes::feature(),
        tags::feature(),
        conversations::feature(),
        visitors::feature(),
        widget::feature(),
    ]
}

pub async fn on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| run(Scene::new(test).await).await).await;
}

pub fn entry_id(number: u64) -> String {
    EntryId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + u128::from(number))).to_string()
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let mut owner = test.client();
        let setup = json!({
            "token": setup().1, "workspace_name": "Kopi Senja", "name": "owner", "email": "owner@shop.test",
            "password": PASSWORD, "locale": "en",
        });
        owner.post("/api/v1/setup", setup).await.json(201);
        let website = json!({ "title": "Kopi Senja", "greeting": "Halo!", "color": "#0b6e69", "allowed_origins": [] });
        let inbox = owner.post("/api/v1/inboxes", json!({ "name": "Shop", "website": website })).await.json(201);
        let inbox = inbox["id"].as_str().expect("an id").to_owned();
        Self { test, owner, inbox, numbers: AtomicU64::new(1_000_000) }
    }

    /// An agent who works in the inbox.
    pub async fn agent(&self, name: &str) -> Member {
        self.member(name, "agent", true).await
    }

    pub async fn member(&self, name: &str, role: &str, works: bool) -> Member {
        let inbox_ids = if works { json!([self.inbox]) } else { json!([]) };
        let invitation = json!({ "email": format!("{name}@shop.test"), "role": role, "inbox_ids": inbox_ids });
        let invited = self.owner.clone().post("/api/v1/invitations", invitation).await.json(201);
        let token = invited["link"].as_str().expect("a link").split_once('#').expect("a token").1.to_owned();
        let mut client = self.test.client();
        let accept = json!({ "token": token, "name": name, "password": PASSWORD, "locale": "en" });
        let me = client.post("/api/v1/invitations/accept", accept).await.json(201);
        Member { client, id: me["member"]["id"].as_str().expect("an id").to_owned(), name: name.to_owned() }
    }

    pub async fn visitor(&self) -> Visitor {
        self.visitor_of(&self.inbox).await
    }

    /// Of one that is made for him.
    pub async fn visitor_of_another_inbox(&self) -> Visitor {
        let website = json!({ "title": "Other", "greeting": "Halo!", "color": "#0b6e69", "allowed_origins": [] });
        let body = json!({ "name": "Other", "website": website });
        let inbox = self.owner.clone().post("/api/v1/inboxes", body).await.json(201);
        self.visitor_of(inbox["id"].as_str().expect("an id")).await
    }

    async fn visitor_of(&self, inbox: &str) -> Visitor {
        let asked = json!({ "inbox_id": inbox, "origin": "https://shop.test", "locale": "id" });
        let made = self.anonymous().post("/w/api/v1/visitors", asked).await.json(201);
        self.visitor_with(made["token"].as_str().expect("a token"))
    }

    pub fn visitor_with(&self, token: &str) -> Visitor {
        Visitor { client: self.test.client().with_bearer(token), token: token.to_owned() }
    }

    pub fn anonymous(&self) -> Client {
        self.test.client()
    }

    /// A member's message, having seen `holder` in charge.
    pub async fn answer(&self, member: &mut Member, conversation: &str, text: &str, holder: Value) -> Answer {
        let id = entry_id(self.numbers.fetch_add(1, Ordering::Relaxed));
        let body = json!({ "id": id, "text": text, "file_ids": [], "holder": holder });
        member.post(&format!("/api/v1/conversations/{conversation}/messages"), body).await
    }

    pub async fn thread(&self, member: &mut Client, conversation: &str) -> Value {
        member.get(&format!("/api/v1/conversations/{conversation}")).await.json(200)
    }

    /// Keeps "before + events = after" as a case that the clients replay. Ids are counted anew, so that the case is
    /// the same in every run; `SAPA_WRITE_CASES=1` writes it, otherwise it must be what is committed.
    pub fn keep_case(&self, name: &str, before: &Value, events: &[Value], after: &Value) {
        let snapshot = |thread: &Value| {
            let id = thread["item"]["conversation"]["id"].as_str().expect("an id");
            json!({ "items": [thread["item"]], "threads": { id: thread["entries"] } })
        };
        let case = json!({ "before": snapshot(before), "events": events, "after": snapshot(after) });
        let text = count_ids(&serde_json::to_string_pretty(&case).expect("JSON")) + "\n";
        let path = format!("{}/../../web/protocol/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("SAPA_WRITE_CASES").is_some() {
            std::fs::write(&path, &text).expect("the case to be written");
        }
        let kept = std::fs::read_to_string(&path).expect("the committed case");
        assert!(kept == text, "{path} is stale: run `make generate`");
    }

    /// One more browser of a member, without his password.
    pub async fn browser_of(&self, member: ids::MemberId) -> Client {
        let workspace = self.workspace(&mut self.owner.clone()).await;
        let token = self.test.app.write(workspace, move |tx| {
            Box::pin(async move {
                let browser =
                    people::Browser { address: "192.0.2.9".to_owned(), user_agent: "Another browser".to_owned() };
                Ok(people::open_sign_in(tx, member, &browser).await?.0.reveal())
            })
        });
        self.test.client().with_cookie(base::COOKIE, &token.await.expect("a sign-in"))
    }

    pub async fn sign_in(&self, client: &mut Client, name: &str) {
        let asked = json!({ "email": format!("{name}@shop.test"), "password": PASSWORD });
        client.post("/api/v1/sign-in", asked).await.json(200);
    }

    /// That he is at his desk is known from now on, and not told whenever his socket is noticed.
    pub async fn is_here(&self, member: &Member) {
        let workspace = self.workspace(&mut member.client()).await;
        let id = member.id.parse().expect("a member's id");
        people::attend(self.test.app.clone(), [(workspace, id)].into()).await;
    }

    pub async fn workspace(&self, member: &mut Client) -> ids::WorkspaceId {
        let me = member.get("/api/v1/me").await.json(200);
        me["workspace"]["id"].as_str().expect("an id").parse().expect("a workspace's id")
    }

    /// All who were told to be on the site have left it.
    pub async fn all_left(&self, at: i64) {
        let written = self.test.app.write(self.workspace(&mut self.owner.clone()).await, move |tx| {
            Box::pin(async move {
                let left = db::sql!(
                    "UPDATE conversations SET visit = replace(visit, '\"left_at\":null', $2) WHERE workspace_id = $1"
                );
                tx.execute(left, &db::params![tx.workspace, format!("\"left_at\":{at}")]).await?;
                Ok(())
            })
        });
        written.await.expect("the visits");
    }

    /// Queued and open conversations of the inbox.
    pub async fn counters(&self, member: &mut Client) -> (i64, i64) {
        let desk = member.get("/api/v1/desk").await.json(200);
        let number = |name: &str| desk["counters"][0][name].as_i64().expect("a number");
        (number("queued"), number("open"))
    }
}

impl Deref for Member {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl DerefMut for Member {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.client
    }
}

impl Member {
    pub fn new(client: Client, id: &str, name: &str) -> Self {
        Self { client, id: id.to_owned(), name: name.to_owned() }
    }

    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// A token of his with these rights.
    pub async fn token(&self, scene: &Scene, rights: &[&str]) -> String {
        let expires_at = scene.test.app.clock.now() + 24 * 3_600_000;
        let asked = json!({ "name": "Backup", "rights": rights, "expires_at": expires_at });
        let made = self.client().post("/api/v1/member-tokens", asked).await.json(201);
        made["token"].as_str().expect("a token").to_owned()
    }

    /// A program that shows one.
    pub async fn program(&self, scene: &Scene, rights: &[&str]) -> Client {
        scene.test.client().without_origin().with_bearer(&self.token(scene, rights).await)
    }
}

impl Visitor {
    /// A message with a fresh id.
    pub async fn write(&mut self, text: &str) -> Value {
        static NUMBERS: AtomicU64 = AtomicU64::new(2_000_000);
        let id = entry_id(NUMBERS.fetch_add(1, Ordering::Relaxed));
        self.write_as(&id, text).await.json(201)
    }

    pub async fn write_as(&mut self, id: &str, text: &str) -> Answer {
        self.client.post("/w/api/v1/messages", json!({ "id": id, "text": text, "file_ids": [] })).await
    }

    pub async fn socket(&self) -> Socket {
        self.socket_after(None).await.0
    }

    pub async fn socket_after(&self, after: Option<i64>) -> (Socket, Vec<Value>) {
        let mut socket = self.client.socket("/w/ws").await.expect("a socket");
        socket.send(json!({ "type": "hello", "after": after, "token": self.token })).await;
        let missed = socket.until_ready().await;
        (socket, missed)
    }
}

/// Every id replaced by its prefix and its number in order of appearance.
fn count_ids(text: &str) -> String {
    let mut known: Vec<String> = Vec::new();
    let mut out = String::new();
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            out.push('"');
        }
        let id = part.len() == 36 && part.as_bytes()[3] == b'_' && part[4..].bytes().all(|b| b.is_ascii_hexdigit());
        if !id {
            out.push_str(part);
            continue;
        }
        let number = known.iter().position(|other| other == part).unwrap_or_else(|| {
            known.push(part.to_owned());
            known.len() - 1
        });
        out.push_str(&format!("{}_0000000000007000{:016}", &part[..3], number + 1));
    }
    out
}
