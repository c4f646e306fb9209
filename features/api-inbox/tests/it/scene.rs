//! A workspace with an API inbox, its members, and the other system: a client with a token, and a server that is told.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use ids::{EntryId, Uuid};
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, AtomicU64, Ordering},
};
use testkit::{Answer, Client, TestApp};
use tokio::net::TcpListener;

const PASSWORD: &str = "a long enough password";

pub struct Scene {
    pub test: TestApp,
    pub owner: Client,
    pub inbox: String,
    /// Holds a token.
    pub system: Client,
    pub token: String,
    pub receiver: Receiver,
    numbers: AtomicU64,
}

/// The other system's server.
#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    status: Arc<AtomicU16>,
    got: Arc<Mutex<Vec<Told>>>,
}

/// One request that it got.
#[derive(Clone, Debug)]
pub struct Told {
    pub id: String,
    pub timestamp: i64,
    pub signature: String,
    pub raw: Vec<u8>,
    pub body: Value,
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
        api_inbox::feature(),
    ]
}

pub async fn on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| run(Scene::new(test).await).await).await;
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let text = |name: &str| headers[name].to_str().expect("text").to_owned();
    let told = Told {
        id: text("webhook-id"),
        timestamp: text("webhook-timestamp").parse().expect("seconds"),
        signature: text("webhook-signature"),
        raw: body.to_vec(),
        body: serde_json::from_slice(&body).expect("JSON"),
    };
    receiver.got.lock().expect("the list").push(told);
    StatusCode::from_u16(receiver.status.load(Ordering::SeqCst)).expect("a status")
}

impl Receiver {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let receiver = Self { url, status: Arc::new(AtomicU16::new(204)), got: Arc::default() };
        let routes = Router::new().route("/hook", post(take)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        receiver
    }

    /// What it answers from now on.
    pub fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// What it got since it was asked last.
    pub fn got(&self) -> Vec<Told> {
        std::mem::take(&mut self.got.lock().expect("the list"))
    }
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let mut owner = test.client();
        let setup = json!({
            "token": setup().1, "workspace_name": "Kopi Senja", "name": "Ayu", "email": "ayu@shop.test",
            "password": PASSWORD, "locale": "en",
        });
        owner.post("/api/v1/setup", setup).await.json(201);
        let receiver = Receiver::new().await;
        let body = json!({ "name": "Orders", "api": { "webhook_url": receiver.url } });
        let made = owner.post("/api/v1/inboxes", body).await.json(201);
        let inbox = made["id"].as_str().expect("an id").to_owned();
        let token = owner.post(&format!("/api/v1/inboxes/{inbox}/tokens"), json!({})).await.json(201)["token"]
            .as_str()
            .expect("a token")
            .to_owned();
        // Another system is no page of ours.
        let system = test.client().without_origin().with_bearer(&token);
        Self { test, owner, inbox, system, token, receiver, numbers: AtomicU64::new(1_000_000) }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/inboxes/{}/{rest}", self.inbox)
    }

    /// A message of Budi.
    pub async fn post(&self, external_id: &str, text: &str) -> Value {
        self.try_post(json!({
            "contact": { "external_id": "budi", "name": "Budi" },
            "message": { "external_id": external_id, "text": text },
        }))
        .await
        .json(201)
    }

    pub async fn try_post(&self, body: Value) -> Answer {
        self.system.clone().post(&self.path("messages"), body).await
    }

    /// The owner answers, whoever has the conversation.
    pub async fn answer(&self, conversation: &str, text: &str) -> String {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let id = EntryId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + u128::from(number))).to_string();
        let holder = self.thread(conversation).await["item"]["conversation"]["holder"].clone();
        let body = json!({ "id": id, "text": text, "holder": holder });
        let mut owner = self.owner.clone();
        owner.post(&format!("/api/v1/conversations/{conversation}/messages"), body).await.json(201);
        id
    }

    pub async fn thread(&self, conversation: &str) -> Value {
        self.owner.clone().get(&format!("/api/v1/conversations/{conversation}")).await.json(200)
    }

    /// The texts of the messages, in the order of the thread.
    pub async fn texts(&self, conversation: &str) -> Vec<Value> {
        let thread = self.thread(conversation).await;
        let entries = thread["entries"].as_array().expect("entries").clone();
        entries.into_iter().filter(|entry| entry["kind"] == "message").map(|entry| entry["text"].clone()).collect()
    }

    pub async fn entry(&self, conversation: &str, id: &str) -> Value {
        let thread = self.thread(conversation).await;
        let entries = thread["entries"].as_array().expect("entries").clone();
        entries.into_iter().find(|entry| entry["id"] == id).expect("the entry")
    }

    /// How its delivery stands, and why it failed.
    pub async fn delivery(&self, conversation: &str, id: &str) -> (Value, Value) {
        let entry = self.entry(conversation, id).await;
        (entry["delivery"].clone(), entry["failure"].clone())
    }
}

pub fn id(value: &Value) -> String {
    value.as_str().expect("an id").to_owned()
}
