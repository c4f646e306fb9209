//! Meta's Graph, as far as a number of WhatsApp, a page and an account of Instagram can tell: a server that keeps what was
//! asked and answers as a test says.

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
use tokio::{net::TcpListener, sync::Semaphore};

pub const TOKEN: &str = "EAAGgeheim";
pub const NUMBER: &str = "1010";
pub const BUSINESS: &str = "2020";
pub const PAGE: &str = "3030";
/// What an account of Instagram is called in pushes, and by its own log-in.
pub const ACCOUNT: &str = "4040";
pub const SCOPED: &str = "5050";

#[derive(Clone)]
pub struct Graph {
    pub address: String,
    state: Arc<Mutex<Known>>,
    /// What is said is answered when there is a permit.
    answers: Arc<Semaphore>,
}

#[derive(Default)]
struct Known {
    said: Vec<(String, Value)>,
    answers: VecDeque<(u16, String)>,
    scopes: Option<Vec<&'static str>>,
    messages: i64,
    /// What a page or an account tells, when it tells anything.
    told: Option<Value>,
    late: bool,
    missed: Option<Value>,
    silent: bool,
}

impl Graph {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let graph = Self { address, state: Arc::default(), answers: Arc::new(Semaphore::new(0)) };
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

    /// What is said from now on is taken, and answered only after [`Self::answers_at_last`].
    pub fn answers_late(&self) {
        self.state.lock().expect("the state").late = true;
    }

    pub fn answers_at_last(&self) {
        self.state.lock().expect("the state").late = false;
        self.answers.add_permits(1_000);
    }

    /// Until something was said.
    pub async fn hears(&self) {
        while self.state.lock().expect("the state").said.is_empty() {
            tokio::task::yield_now().await;
        }
    }

    /// It tells nothing any more, as after an outage of ours.
    pub fn forgets_us(&self) {
        self.state.lock().expect("the state").told = None;
    }

    /// Nobody makes it tell anything.
    pub fn keeps_silent(&self) {
        self.state.lock().expect("the state").silent = true;
    }

    /// What was said while nobody listened.
    pub fn was_told(&self, conversations: Value) {
        self.state.lock().expect("the state").missed = Some(conversations);
    }

    pub fn tells(&self) -> bool {
        self.state.lock().expect("the state").told.is_some()
    }

    pub fn allows(&self, scopes: Vec<&'static str>) {
        self.state.lock().expect("the state").scopes = Some(scopes);
    }
}

fn refused(code: i64) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": { "code": code, "message": "no" } }))).into_response()
}

async fn answer(State(graph): State<Graph>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    // Links to what people send are open.
    if uri.path() == "/open/1" {
        return GIF.into_response();
    }
    let bearer = format!("Bearer {TOKEN}");
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&bearer) {
        return refused(190);
    }
    let path = uri.path().trim_start_matches("/v25.0/").to_owned();
    if method == Method::POST && !path.ends_with("/subscribed_apps") {
        let answer = take(&graph, &path, &body);
        let late = graph.state.lock().expect("the state").late;
        if late {
            graph.answers.acquire().await.expect("a permit").forget();
        }
        return answer;
    }
    let mut state = graph.state.lock().expect("the state");
    if method == Method::POST && path.ends_with("/subscribed_apps") {
        if state.silent {
            return refused(200);
        }
        let leaves = uri.query().is_some_and(|query| query.contains("method=delete"));
        let fields: Value = serde_json::from_slice(&body).unwrap_or_default();
        let fields: Vec<_> = fields["subscribed_fields"].as_str().unwrap_or_default().split(',').collect();
        state.told = (!leaves).then(|| json!([{ "id": "5", "subscribed_fields": fields }]));
        return Json(json!({ "success": true })).into_response();
    }
    let scopes = state.scopes.clone();
    let scopes = scopes.unwrap_or_else(|| {
        vec![
            "whatsapp_business_messaging",
            "whatsapp_business_management",
            "pages_messaging",
            "pages_manage_metadata",
            "instagram_basic",
            "instagram_manage_messages",
        ]
    });
    let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let body = match path.as_str() {
        "debug_token" => json!({ "data": { "is_valid": true, "scopes": scopes, "expires_at": 0, "app_id": "5" } }),
        NUMBER => json!({ "id": NUMBER, "verified_name": "Kopi Senja", "display_phone_number": "+62 811 1",
            "quality_rating": "GREEN" }),
        "2020/phone_numbers" => json!({ "data": [{ "id": NUMBER }] }),
        "2020/subscribed_apps" => json!({ "success": true, "data": [{}] }),
        "2020/message_templates" => templates(),
        PAGE => json!({ "id": PAGE, "name": "Kopi Senja",
            "instagram_business_account": { "id": ACCOUNT, "username": "kopi.senja", "name": "Kopi Senja" } }),
        "me" => json!({ "id": SCOPED, "user_id": ACCOUNT, "username": "kopi.senja", "name": "Kopi Senja" }),
        "3030/subscribed_apps" | "me/subscribed_apps" => json!({ "data": state.told.clone().unwrap_or(json!([])) }),
        "3030/conversations" => {
            state.said.push(("conversations".to_owned(), json!(uri.query())));
            state.missed.clone().unwrap_or(json!({ "data": [] }))
        }
        "3030/posts" => {
            json!({ "data": [{ "id": "3030_9", "permalink_url": "https://www.facebook.com/kopi/posts/9" }] })
        }
        "refresh_access_token" => json!({ "access_token": TOKEN, "expires_in": 5_184_000 }),
        "7707" => json!({ "id": "7707", "first_name": "Budi", "last_name": "Santoso", "name": "Budi Santoso",
            "username": "budi.s" }),
        "media-1" => json!({ "url": format!("{}/file/1", graph.address), "sha256": hash(GIF), "file_size": 40 }),
        "media-2" => json!({ "url": format!("{}/file/1", graph.address), "sha256": hash(b"other") }),
        "/file/1" => return GIF.into_response(),
        _ => return refused(100),
    };
    Json(body).into_response()
}

/// Something is said.
fn take(graph: &Graph, path: &str, body: &[u8]) -> Response {
    let mut state = graph.state.lock().expect("the state");
    let kind = path.rsplit('/').next().unwrap_or_default().to_owned();
    let said = serde_json::from_slice(body).unwrap_or_else(|_| json!(String::from_utf8_lossy(body)));
    state.said.push((kind.clone(), said));
    match kind.as_str() {
        "media" => return Json(json!({ "id": "up-1" })).into_response(),
        "message_attachments" => return Json(json!({ "attachment_id": "up-1" })).into_response(),
        _ => {}
    }
    if let Some((status, body)) = state.answers.pop_front() {
        return (StatusCode::from_u16(status).expect("a status"), body).into_response();
    }
    state.messages += 1;
    let number = state.messages;
    let answer = match path.strip_suffix("/messages") {
        // An answer below a comment is a comment.
        None => json!({ "id": format!("reply_{number}") }),
        Some(NUMBER) => json!({ "messages": [{ "id": format!("wamid.out{number}") }] }),
        _ => json!({ "recipient_id": "7707", "message_id": format!("m_out{number}") }),
    };
    Json(answer).into_response()
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
