//! A workspace with an owner, an inbox, members and visitors, made through the interface.

use ids::{ConversationId, EntryId, Uuid, WorkspaceId};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use testkit::{Client, TestApp};

const PASSWORD: &str = "a long enough password";

pub struct Scene {
    pub test: TestApp,
    pub owner: Client,
    pub inbox: String,
    numbers: AtomicU64,
}

fn setup() -> (people::SetupToken, String) {
    people::SetupToken::new(&base::Random::seeded(1))
}

fn features() -> Vec<base::Feature> {
    vec![
        people::feature(setup().0, inboxes::join),
        inboxes::feature(),
        tags::feature(),
        conversations::feature(),
        widget::feature(),
        search::feature(),
    ]
}

pub async fn on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| run(Scene::new(test).await).await).await;
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
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
        Self { test, owner, inbox: text(&inbox["id"]), numbers: AtomicU64::new(1) }
    }

    pub async fn member(&self, name: &str, role: &str, works: bool) -> Client {
        let inbox_ids = if works { json!([self.inbox]) } else { json!([]) };
        let invitation = json!({ "email": format!("{name}@shop.test"), "role": role, "inbox_ids": inbox_ids });
        let invited = self.owner.clone().post("/api/v1/invitations", invitation).await.json(201);
        let token = text(&invited["link"]).split_once('#').expect("a token").1.to_owned();
        let mut client = self.test.client();
        let accept = json!({ "token": token, "name": name, "password": PASSWORD, "locale": "en" });
        client.post("/api/v1/invitations/accept", accept).await.json(201);
        client
    }

    pub fn entry(&self) -> String {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        EntryId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + u128::from(number))).to_string()
    }

    pub async fn visitor(&self) -> Client {
        let asked = json!({ "inbox_id": self.inbox, "origin": "https://shop.test", "locale": "id" });
        let made = self.test.client().post("/w/api/v1/visitors", asked).await.json(201);
        self.test.client().with_bearer(&text(&made["token"]))
    }

    /// A visitor's message; answers its conversation.
    pub async fn write(&self, visitor: &mut Client, words: &str) -> String {
        self.test.advance(1_000);
        let body = json!({ "id": self.entry(), "text": words, "file_ids": [] });
        text(&visitor.post("/w/api/v1/messages", body).await.json(201)["conversation_id"])
    }

    pub async fn answer(&self, member: &mut Client, conversation: &str, words: &str) {
        self.test.advance(1_000);
        let body = json!({ "id": self.entry(), "text": words, "file_ids": [], "holder": { "kind": "queue" } });
        member.post(&format!("/api/v1/conversations/{conversation}/messages"), body).await.json(201);
    }

    pub async fn tag(&self, conversation: &str, name: &str) {
        let mut owner = self.owner.clone();
        let tag = owner.post("/api/v1/tags", json!({ "name": name, "color": "red" })).await.json(201);
        let path = format!("/api/v1/conversations/{conversation}/tags/{}", text(&tag["id"]));
        owner.put(&path, json!({})).await.json(200);
    }

    /// How much of a conversation is indexed.
    pub async fn documents(&self, conversation: &str) -> i64 {
        let id: ConversationId = conversation.parse().expect("an id");
        let counted = self.test.app.read(WorkspaceId(Uuid::nil()), move |tx| {
            Box::pin(async move {
                let sql = db::sql!("SELECT COUNT(*) AS n FROM search_entries WHERE conversation_id = $1");
                let row = tx.first(sql, &db::params![id]).await?.expect("a number");
                Ok(row.get::<i64>("n")?)
            })
        });
        counted.await.expect("a number")
    }

    pub async fn indexed(&self) {
        search::catch_up(&self.test.app, &mut |_| ()).await.expect("the index to catch up");
    }
}

/// A query as it stands in an address.
pub fn escaped(query: &str) -> String {
    query.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The texts of all hits, newest first, through all pages.
pub async fn found(member: &mut Client, query: &str) -> Vec<String> {
    let (mut texts, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/search?q={}&limit=2&zone=Asia/Jakarta{cursor}", escaped(query));
        let page = member.get(&path).await.json(200);
        texts.extend(page["hits"].as_array().expect("hits").iter().map(|hit| text(&hit["snippet"]["text"])));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return texts,
        }
    }
}
