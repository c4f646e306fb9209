//! Meta's Graph, as far as a WhatsApp number can tell: a server that keeps what was asked and answers as a test says.

use crate::telegram::GIF;
use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

pub const TOKEN: &str = "EAAGgeheim";
pub const NUMBER: &str = "1010";
pub const BUSINESS: &str = "2020";

#[derive(Clone)]
pub struct Graph {
    pub address: String,
    state: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    said: Vec<(String, Value)>,
    answers: VecDeque<(u16, String)>,
    scopes: Option<Vec<&'static str>>,
    messages: i64,
}

impl Graph {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let graph = Self { address, state: Arc::default() };
        let routes = Router::new().fallback(answer).with_state(graph.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        graph
    }

    /// What customers were told since it was asked last: what kind of call, and its body.
    pub fn said(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.state.lock().expect("the state").said)
    }

    /// How it answers the next thing that is said, instead of taking it.
    pub fn answers(&self, status: u16, body: &Value) {
        self.state.lock().expect("the state").answers.push_back((status, body.to_string()));
    }

    pub fn refuses(&self, code: i64) {
        self.answers(400, &json!({ "error": { "code": code, "message": "no", "fbtrace_id": "x" } }));
    }

    pub fn answers_nonsense(&self) {
        self.state.lock().expect("the state").answers.push_back((200, "<html>".to_owned()));
    }

    pub fn allows(&self, scopes: Vec<&'static str>) {
        self.state.lock().expect("the state").scopes = Some(scopes);
    }
}

fn refused(code: i64) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": { "code": code, "message": "no" } }))).into_response()
}

async fn answer(State(graph): State<Graph>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let bearer = format!("Bearer {TOKEN}");
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&bearer) {
        return refused(190);
    }
    let path = uri.path().trim_start_matches("/v25.0/").to_owned();
    let mut state = graph.state.lock().expect("the state");
    if method == Method::POST && path != format!("{BUSINESS}/subscribed_apps") {
        let kind = path.rsplit('/').next().unwrap_or_default().to_owned();
        let said = serde_json::from_slice(&body).unwrap_or_else(|_| json!(String::from_utf8_lossy(&body)));
        state.said.push((kind.clone(), said));
        if kind == "media" {
            return Json(json!({ "id": "up-1" })).into_response();
        }
        if let Some((status, body)) = state.answers.pop_front() {
            return (StatusCode::from_u16(status).expect("a status"), body).into_response();
        }
        state.messages += 1;
        return Json(json!({ "messages": [{ "id": format!("wamid.out{}", state.messages) }] })).into_response();
    }
    let scopes = state.scopes.clone();
    let scopes = scopes.unwrap_or_else(|| vec!["whatsapp_business_messaging", "whatsapp_business_management"]);
    let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let body = match path.as_str() {
        "debug_token" => json!({ "data": { "is_valid": true, "scopes": scopes, "expires_at": 0 } }),
        NUMBER => json!({ "id": NUMBER, "verified_name": "Kopi Senja", "display_phone_number": "+62 811 1",
            "quality_rating": "GREEN" }),
        "2020/phone_numbers" => json!({ "data": [{ "id": NUMBER }] }),
        "2020/subscribed_apps" => json!({ "success": true, "data": [{}] }),
        "2020/message_templates" => templates(),
        "media-1" => json!({ "url": format!("{}/file/1", graph.address), "sha256": hash(GIF), "file_size": 40 }),
        "media-2" => json!({ "url": format!("{}/file/1", graph.address), "sha256": hash(b"other") }),
        "/file/1" => return GIF.into_response(),
        _ => return refused(100),
    };
    Json(body).into_response()
}

fn templates() -> Value {
    json!({ "data": [
        { "name": "pesanan_siap", "language": "id", "status": "APPROVED", "category": "UTILITY", "components": [
            { "type": "BODY", "text": "Halo {{1}}, pesanan {{2}} siap." }] },
        { "name": "foto", "language": "id", "status": "APPROVED", "category": "MARKETING", "components": [
            { "type": "HEADER", "format": "IMAGE" }, { "type": "BODY", "text": "Baru!" }] },
        { "name": "tunda", "language": "id", "status": "PENDING", "category": "UTILITY", "components": [
            { "type": "BODY", "text": "Tunggu" }] },
    ] })
}
