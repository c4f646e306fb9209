//! Telegram, as far as a bot can tell: a server that keeps what was asked and answers as a test says.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

pub const TOKEN: &str = "7001:geheim-token";
/// Of another bot.
pub const OTHER_TOKEN: &str = "7002:rahasia";
/// A picture of one pixel.
pub const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

#[derive(Clone)]
pub struct Telegram {
    pub address: String,
    state: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    calls: Vec<Call>,
    /// What it answers to the next methods that say something.
    answers: VecDeque<(u16, String)>,
    updates: Vec<Value>,
    webhook: Value,
    messages: i64,
}

/// A method that was called.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    /// Of forms: `field:value` lines, as text.
    pub said: Value,
}

impl Telegram {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let telegram = Self { address, state: Arc::default() };
        let routes = Router::new()
            .route("/{bot}/{method}", post(call))
            .route("/file/{bot}/{*path}", get(file))
            .layer(DefaultBodyLimit::disable())
            .with_state(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        telegram
    }

    /// What it was told since it was asked last, without questions about itself.
    pub fn said(&self) -> Vec<Call> {
        let mut calls = std::mem::take(&mut self.state.lock().expect("the state").calls);
        calls.retain(|call| {
            call.method.starts_with("send")
                || call.method.starts_with("edit")
                || call.method.starts_with("delete") && call.method != "deleteWebhook"
                || call.method.starts_with("answer")
                || call.method == "setMessageReaction"
        });
        calls
    }

    pub fn calls(&self, method: &str) -> Vec<Value> {
        let state = self.state.lock().expect("the state");
        state.calls.iter().filter(|call| call.method == method).map(|call| call.said.clone()).collect()
    }

    /// How it answers the next thing that is said, instead of taking it.
    pub fn answers(&self, status: u16, body: &Value) {
        self.state.lock().expect("the state").answers.push_back((status, body.to_string()));
    }

    pub fn answers_nonsense(&self, status: u16) {
        self.state.lock().expect("the state").answers.push_back((status, "<html>".to_owned()));
    }

    /// Waits to be asked for.
    pub fn holds(&self, update: Value) {
        self.state.lock().expect("the state").updates.push(update);
    }

    pub fn secret(&self) -> String {
        self.state.lock().expect("the state").webhook["secret_token"].as_str().expect("a secret").to_owned()
    }
}

fn fine(result: &Value) -> Response {
    Json(json!({ "ok": true, "result": result })).into_response()
}

async fn call(State(telegram): State<Telegram>, Path((bot, method)): Path<(String, String)>, body: Bytes) -> Response {
    if bot != format!("bot{TOKEN}") && bot != format!("bot{OTHER_TOKEN}") {
        let refused = json!({ "ok": false, "error_code": 401, "description": "Unauthorized" });
        return (StatusCode::UNAUTHORIZED, Json(refused)).into_response();
    }
    let said = serde_json::from_slice(&body).unwrap_or_else(|_| json!(String::from_utf8_lossy(&body)));
    let mut state = telegram.state.lock().expect("the state");
    state.calls.push(Call { method: method.clone(), said: said.clone() });
    match method.as_str() {
        "getMe" if bot.ends_with(OTHER_TOKEN) => {
            fine(&json!({ "id": 7002, "is_bot": true, "first_name": "Kedai", "username": "kedai_bot" }))
        }
        "getMe" => fine(&json!({ "id": 7001, "is_bot": true, "first_name": "Kopi Senja", "username": "kopi_bot" })),
        "setWebhook" => {
            state.webhook = said;
            fine(&json!(true))
        }
        "deleteWebhook" => {
            state.webhook = Value::Null;
            fine(&json!(true))
        }
        "getWebhookInfo" => fine(&json!({ "url": state.webhook["url"], "pending_update_count": state.updates.len() })),
        "getUpdates" => {
            let offset = said["offset"].as_i64().unwrap_or(0);
            state.updates.retain(|update| update["update_id"].as_i64() >= Some(offset));
            fine(&json!(state.updates))
        }
        "getFile" => match said["file_id"].as_str() {
            Some("gone") => {
                let refused = json!({ "ok": false, "error_code": 400, "description": "Bad Request: invalid file_id" });
                (StatusCode::BAD_REQUEST, Json(refused)).into_response()
            }
            _ => fine(&json!({ "file_path": "photos/1.gif" })),
        },
        _ => {
            if let Some((status, body)) = state.answers.pop_front() {
                return (StatusCode::from_u16(status).expect("a status"), body).into_response();
            }
            state.messages += 1;
            fine(&json!({ "message_id": 1_000 + state.messages, "chat": { "id": 42 } }))
        }
    }
}

async fn file(Path((bot, _)): Path<(String, String)>) -> Response {
    if bot == format!("bot{TOKEN}") { GIF.into_response() } else { StatusCode::NOT_FOUND.into_response() }
}
