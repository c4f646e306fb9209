//! A workspace with its owner, members, a website and a type of records.

use ids::{EntryId, RecordId, RecordStateId, RecordTypeId, Uuid};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use testkit::{Client, TestApp};

const PASSWORD: &str = "a long enough password";
const BASE: u128 = 0x0198_f3c2_0000_7000_9000_0000_0000_0000;

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
        profiles::feature(),
        records::feature(),
        widget::feature(),
        audit::feature(),
    ]
}

pub async fn on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| run(Scene::new(test).await).await).await;
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The state of a type at a place.
pub fn state(number: u128) -> String {
    RecordStateId(Uuid::from_u128(number)).to_string()
}

pub fn type_path(number: u128) -> String {
    format!("/api/v1/record-types/{}", RecordTypeId(Uuid::from_u128(number)))
}

/// Orders: open (11), sent (12) and done (13).
pub fn orders() -> Value {
    let states = json!([
        { "id": state(11), "name": "Open", "done": false },
        { "id": state(12), "name": "Sent", "done": false },
        { "id": state(13), "name": "Done", "done": true },
    ]);
    json!({ "name": "Order", "icon": "order", "color": "teal", "fields": [], "states": states })
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

    fn number(&self) -> Uuid {
        Uuid::from_u128(BASE + u128::from(self.numbers.fetch_add(1, Ordering::Relaxed)))
    }

    pub fn entry(&self) -> String {
        EntryId(self.number()).to_string()
    }

    /// Declares orders; answers their id.
    pub async fn orders(&self) -> String {
        text(&self.owner.clone().put(&type_path(1), orders()).await.json(200)["id"])
    }

    /// A member of the inbox, or of none.
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

    pub async fn contact_of(&self, conversation: &str) -> String {
        let shown = self.owner.clone().get(&format!("/api/v1/conversations/{conversation}")).await.json(200);
        text(&shown["item"]["conversation"]["contact"]["id"])
    }

    /// Puts the member in charge.
    pub async fn hand(&self, conversation: &str, to: &mut Client) {
        let id = to.get("/api/v1/me").await.json(200)["member"]["id"].clone();
        let shown = self.owner.clone().get(&format!("/api/v1/conversations/{conversation}")).await.json(200);
        let holder = shown["item"]["conversation"]["holder"].clone();
        let body = json!({ "to": { "kind": "member", "id": id }, "holder": holder });
        self.owner.clone().put(&format!("/api/v1/conversations/{conversation}/assignment"), body).await.json(200);
    }

    /// Makes a record from a conversation.
    pub async fn create(&self, by: &mut Client, conversation: &str, body: Value) -> Value {
        self.test.advance(1_000);
        let id = RecordId(self.number());
        by.put(&format!("/api/v1/conversations/{conversation}/records/{id}"), body).await.json(200)
    }

    /// What the log of the conversation says of records, newest first.
    pub async fn said(&self, conversation: &str) -> Vec<Value> {
        let log =
            self.owner.clone().get(&format!("/api/v1/conversations/{conversation}/log?kind=record")).await.json(200);
        log["lines"].as_array().expect("lines").iter().map(|line| line["record"].clone()).collect()
    }
}
