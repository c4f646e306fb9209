//! A workspace with a Telegram inbox, its owner, and Telegram.

use crate::telegram::{TOKEN, Telegram};
use ids::{EntryId, Uuid};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use testkit::{Answer, Client, TestApp};

const PASSWORD: &str = "a long enough password";

pub struct Scene {
    pub test: TestApp,
    pub owner: Client,
    pub inbox: String,
    pub telegram: Telegram,
    numbers: AtomicU64,
    updates: AtomicI64,
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
        messengers::feature(),
    ]
}

/// With the bot connected, and its updates pushed.
pub async fn on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| {
        let scene = Scene::new(test).await;
        scene.connect(json!({ "token": TOKEN, "way": "webhook", "address": scene.telegram.address })).await.json(200);
        run(scene).await;
    })
    .await;
}

pub async fn unconnected_on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| run(Scene::new(test).await).await).await;
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let mut owner = test.client();
        let setup = json!({
            "token": setup().1, "workspace_name": "Kopi Senja", "name": "Ayu", "email": "ayu@shop.test",
            "password": PASSWORD, "locale": "en",
        });
        owner.post("/api/v1/setup", setup).await.json(201);
        let body = json!({ "name": "Bot", "messenger": { "channel": "telegram" }, "close_after_minutes": 0 });
        let made = owner.post("/api/v1/inboxes", body).await.json(201);
        let telegram = Telegram::new().await;
        let (numbers, updates) = (AtomicU64::new(1), AtomicI64::new(500));
        Self { test, owner, inbox: id(&made["id"]), telegram, numbers, updates }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/inboxes/{}/{rest}", self.inbox)
    }

    pub async fn connect(&self, body: Value) -> Answer {
        self.owner.clone().put(&self.path("connection"), body).await
    }

    /// An update with the next number.
    pub fn update(&self, kind: &str, about: &Value) -> Value {
        json!({ "update_id": self.updates.fetch_add(1, Ordering::Relaxed), kind: about })
    }

    /// Something that Budi says.
    pub fn message(&self, number: i64, content: &Value) -> Value {
        let mut message = json!({
            "message_id": number, "date": testkit::START / 1_000, "chat": { "id": 42, "type": "private" },
            "from": { "id": 42, "first_name": "Budi", "last_name": "Santoso", "username": "budi", "language_code": "id" },
        });
        for (key, value) in content.as_object().expect("content") {
            message[key] = value.clone();
        }
        message
    }

    /// Telegram pushes it, with the secret that it was given.
    pub async fn push(&self, update: &Value) -> Answer {
        self.push_with(&self.telegram.secret(), update.to_string().into_bytes()).await
    }

    pub async fn push_with(&self, secret: &str, body: Vec<u8>) -> Answer {
        let client = self.test.client().without_origin().with_header("x-telegram-bot-api-secret-token", secret);
        client.clone().upload(&format!("/hooks/{}", self.inbox), "application/json", body).await
    }

    /// Budi says it, and it was read. Answers his conversation.
    pub async fn says(&self, number: i64, text: &str) -> String {
        self.tells("message", &self.message(number, &json!({ "text": text }))).await;
        self.conversation().await
    }

    pub async fn tells(&self, kind: &str, about: &Value) {
        self.push(&self.update(kind, about)).await.json(200);
        self.test.run_jobs().await;
    }

    /// The only one that there is.
    pub async fn conversation(&self) -> String {
        let listed = self.owner.clone().get("/api/v1/conversations?view=all").await.json(200);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
        id(&listed["items"][0]["conversation"]["id"])
    }

    pub async fn thread(&self, conversation: &str) -> Value {
        self.owner.clone().get(&format!("/api/v1/conversations/{conversation}")).await.json(200)
    }

    /// In the order of the thread.
    pub async fn messages(&self, conversation: &str) -> Vec<Value> {
        let entries = self.thread(conversation).await["entries"].as_array().expect("entries").clone();
        entries.into_iter().filter(|entry| entry["kind"] == "message").collect()
    }

    pub async fn texts(&self, conversation: &str) -> Vec<Value> {
        self.messages(conversation).await.iter().map(|entry| entry["text"].clone()).collect()
    }

    /// The owner answers, whoever has the conversation.
    pub async fn try_answer(&self, conversation: &str, more: Value) -> (String, Answer) {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let id = EntryId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + u128::from(number))).to_string();
        let holder = self.thread(conversation).await["item"]["conversation"]["holder"].clone();
        let mut body = json!({ "id": id, "text": "", "holder": holder });
        for (key, value) in more.as_object().expect("a body") {
            body[key] = value.clone();
        }
        let path = format!("/api/v1/conversations/{conversation}/messages");
        (id, self.owner.clone().post(&path, body).await)
    }

    pub async fn answer(&self, conversation: &str, text: &str) -> String {
        let (id, answer) = self.try_answer(conversation, json!({ "text": text })).await;
        answer.json(201);
        id
    }

    pub async fn upload(&self, name: &str, bytes: &'static [u8]) -> Value {
        let path = format!("/api/v1/files?name={name}");
        self.owner.clone().upload(&path, "application/octet-stream", bytes).await.json(201)["id"].clone()
    }

    /// How its delivery stands, and why.
    pub async fn delivery(&self, conversation: &str, id: &str) -> (Value, Value) {
        let entry = self.entry(conversation, id).await;
        (entry["delivery"].clone(), entry["failure"].clone())
    }

    pub async fn entry(&self, conversation: &str, id: &str) -> Value {
        self.messages(conversation).await.into_iter().find(|entry| entry["id"] == id).expect("the entry")
    }

    /// All that is due, and due within so many seconds.
    pub async fn run_for(&self, seconds: i64) {
        self.test.run_jobs().await;
        for _ in 0..seconds {
            self.test.advance(1_000);
            self.test.run_jobs().await;
        }
    }
}

pub fn id(value: &Value) -> String {
    value.as_str().expect("an id").to_owned()
}
