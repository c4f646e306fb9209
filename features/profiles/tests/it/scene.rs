//! A workspace with its owner, members, a website and another system that writes for its customers.

use ids::{AttributeId, ContactNoteId, EntryId, Uuid};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use testkit::{Client, TestApp};

pub const PASSWORD: &str = "a long enough password";
const BASE: u128 = 0x0198_f3c2_0000_7000_9000_0000_0000_0000;

pub struct Scene {
    pub test: TestApp,
    pub owner: Client,
    pub inbox: String,
    /// Another system's inbox, and its client.
    pub orders: String,
    pub system: Client,
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
        widget::feature(),
        api_inbox::feature(),
    ]
}

pub async fn on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| run(Scene::new(test).await).await).await;
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub fn path(contact: &str) -> String {
    format!("/api/v1/contacts/{contact}")
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
        let api = json!({ "name": "Orders", "api": { "webhook_url": "http://127.0.0.1:9/hook" } });
        let orders = text(&owner.post("/api/v1/inboxes", api).await.json(201)["id"]);
        let token = owner.post(&format!("/api/v1/inboxes/{orders}/tokens"), json!({})).await.json(201);
        let system = test.client().without_origin().with_bearer(&text(&token["token"]));
        Self { test, owner, inbox: text(&inbox["id"]), orders, system, numbers: AtomicU64::new(1) }
    }

    fn number(&self) -> Uuid {
        Uuid::from_u128(BASE + u128::from(self.numbers.fetch_add(1, Ordering::Relaxed)))
    }

    pub fn entry(&self) -> String {
        EntryId(self.number()).to_string()
    }

    pub fn note(&self) -> String {
        ContactNoteId(self.number()).to_string()
    }

    /// A member of both inboxes, or of none.
    pub async fn member(&self, name: &str, role: &str, works: bool) -> Client {
        let inbox_ids = if works { json!([self.inbox, self.orders]) } else { json!([]) };
        let invitation = json!({ "email": format!("{name}@shop.test"), "role": role, "inbox_ids": inbox_ids });
        let invited = self.owner.clone().post("/api/v1/invitations", invitation).await.json(201);
        let token = text(&invited["link"]).split_once('#').expect("a token").1.to_owned();
        let mut client = self.test.client();
        let accept = json!({ "token": token, "name": name, "password": PASSWORD, "locale": "en" });
        client.post("/api/v1/invitations/accept", accept).await.json(201);
        client
    }

    pub async fn visitor(&self) -> Client {
        self.visitor_with_token().await.0
    }

    pub async fn visitor_with_token(&self) -> (Client, String) {
        let asked = json!({ "inbox_id": self.inbox, "origin": "https://shop.test", "locale": "id" });
        let made = self.test.client().post("/w/api/v1/visitors", asked).await.json(201);
        let token = text(&made["token"]);
        (self.test.client().with_bearer(&token), token)
    }

    /// A visitor's message; answers its conversation.
    pub async fn write(&self, visitor: &mut Client, words: &str) -> String {
        self.test.advance(1_000);
        let body = json!({ "id": self.entry(), "text": words, "file_ids": [] });
        text(&visitor.post("/w/api/v1/messages", body).await.json(201)["conversation_id"])
    }

    /// A message of a customer of the other system; answers its conversation.
    pub async fn order(&self, customer: Value, words: &str) -> String {
        self.test.advance(1_000);
        let message = json!({ "external_id": format!("m-{}", self.number()), "text": words });
        let body = json!({ "contact": customer, "message": message });
        let path = format!("/api/v1/inboxes/{}/messages", self.orders);
        text(&self.system.clone().post(&path, body).await.json(201)["conversation_id"])
    }

    pub async fn conversation(&self, id: &str) -> Value {
        let shown = self.owner.clone().get(&format!("/api/v1/conversations/{id}")).await.json(200);
        shown["item"]["conversation"].clone()
    }

    pub async fn contact_of(&self, conversation: &str) -> String {
        text(&self.conversation(conversation).await["contact"]["id"])
    }

    /// Puts a member in charge, or nobody.
    pub async fn hand(&self, conversation: &str, to: Option<&mut Client>) {
        let to = match to {
            Some(member) => json!({ "kind": "member", "id": member.get("/api/v1/me").await.json(200)["member"]["id"] }),
            None => json!({ "kind": "queue" }),
        };
        let holder = self.conversation(conversation).await["holder"].clone();
        let path = format!("/api/v1/conversations/{conversation}/assignment");
        self.owner.clone().put(&path, json!({ "to": to, "holder": holder })).await.json(200);
    }

    /// Something to know of contacts; answers its id.
    pub async fn attribute(&self, mut declared: Value) -> String {
        let id = AttributeId(self.number()).to_string();
        if declared["kind"].is_null() {
            declared["kind"] = json!("text");
        }
        self.owner.clone().put(&format!("/api/v1/contact-attributes/{id}"), declared).await.json(200);
        id
    }

    pub async fn tag(&self, name: &str) -> String {
        text(&self.owner.clone().post("/api/v1/tags", json!({ "name": name, "color": "red" })).await.json(201)["id"])
    }

    /// A contact who never wrote.
    pub async fn create(&self, fields: Value) -> String {
        self.test.advance(1);
        let made = self.owner.clone().post("/api/v1/contacts", json!({ "fields": fields })).await.json(201);
        text(&made["contact"]["id"])
    }
}
