//! A browser, as far as the server can tell: it keeps cookies and sends its Origin.

use crate::{Node, Socket};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{collections::BTreeMap, net::SocketAddr};
use tower::ServiceExt;

/// The public address of the server under test.
pub const ORIGIN: &str = "https://desk.test";
pub const HOST: &str = "desk.test";

#[derive(Clone)]
pub struct Client {
    service: Router,
    server: SocketAddr,
    cookies: BTreeMap<String, String>,
    bearer: Option<String>,
    origin: Option<String>,
    address: SocketAddr,
    user_agent: String,
    range: Option<&'static str>,
    more: Vec<(&'static str, String)>,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Client {
    pub(crate) fn new(service: Router, server: SocketAddr) -> Self {
        Self {
            service,
            server,
            cookies: BTreeMap::new(),
            bearer: None,
            origin: Some(ORIGIN.to_owned()),
            address: SocketAddr::from(([192, 0, 2, 1], 50_000)),
            user_agent: "Test browser".to_owned(),
            range: None,
            more: Vec::new(),
        }
    }

    /// With the cookie `name=value`, as after signing in.
    #[must_use]
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    #[must_use]
    pub fn with_bearer(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    /// As a page of `origin` would ask.
    #[must_use]
    pub fn with_origin(mut self, origin: &str) -> Self {
        self.origin = Some(origin.to_owned());
        self
    }

    /// As a program without a page would ask.
    #[must_use]
    pub fn without_origin(mut self) -> Self {
        self.origin = None;
        self
    }

    /// The same browser at another server.
    #[must_use]
    pub fn at(mut self, node: &Node) -> Self {
        (self.service, self.server) = (node.service.clone(), node.address);
        self
    }

    /// From another peer's address.
    #[must_use]
    pub fn from_address(mut self, address: [u8; 4]) -> Self {
        self.address = SocketAddr::from((address, 50_000));
        self
    }

    /// Asks for a part, for example `bytes=0-9`.
    #[must_use]
    pub fn with_range(mut self, range: &'static str) -> Self {
        self.range = Some(range);
        self
    }

    /// With one more header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.more.push((name, value.to_owned()));
        self
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&mut self, path: &str, body: impl Serialize) -> Answer {
        self.send(Method::POST, path, Some(json(&body))).await
    }

    pub async fn put(&mut self, path: &str, body: impl Serialize) -> Answer {
        self.send(Method::PUT, path, Some(json(&body))).await
    }

    pub async fn patch(&mut self, path: &str, body: impl Serialize) -> Answer {
        self.send(Method::PATCH, path, Some(json(&body))).await
    }

    pub async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends raw bytes of a type.
    pub async fn upload(&mut self, path: &str, media_type: &str, bytes: impl Into<Bytes>) -> Answer {
        self.send(Method::POST, path, Some((media_type.to_owned(), bytes.into()))).await
    }

    /// Sends raw bytes, which may break off.
    pub async fn append(&mut self, path: &str, bytes: Body) -> Answer {
        let mut request = Request::builder().method(Method::PATCH).uri(path).extension(ConnectInfo(self.address));
        *request.headers_mut().expect("headers of a fresh request") = self.headers();
        let request = request.header(header::CONTENT_TYPE, "application/octet-stream").body(bytes);
        self.answer(request.expect("a request")).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<(String, Bytes)>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).extension(ConnectInfo(self.address));
        *request.headers_mut().expect("headers of a fresh request") = self.headers();
        let request = match body {
            Some((media_type, bytes)) => request
                .header(header::CONTENT_TYPE, media_type)
                .header(header::CONTENT_LENGTH, bytes.len())
                .body(Body::from(bytes)),
            None => request.body(Body::empty()),
        };
        self.answer(request.expect("a request")).await
    }

    async fn answer(&mut self, request: Request<Body>) -> Answer {
        let answer = self.service.clone().oneshot(request).await;
        let (parts, body) = answer.expect("the service never fails").into_parts();
        let body = body.collect().await.expect("the whole body").to_bytes();
        self.keep_cookies(&parts.headers);
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Opens a socket on the listening server; the answer when it is refused before the upgrade.
    pub async fn socket(&self, path: &str) -> Result<Socket, Answer> {
        Socket::open(self.server, path, self.headers()).await
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut add = |name, text: &str| headers.insert(name, HeaderValue::from_str(text).expect("a header's text"));
        add(header::HOST, HOST);
        add(header::USER_AGENT, &self.user_agent);
        if let Some(origin) = &self.origin {
            add(header::ORIGIN, origin);
        }
        if let Some(token) = &self.bearer {
            add(header::AUTHORIZATION, &format!("Bearer {token}"));
        }
        if let Some(range) = self.range {
            add(header::RANGE, range);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            add(header::COOKIE, &pairs.join("; "));
        }
        for (name, value) in &self.more {
            headers.insert(*name, HeaderValue::from_str(value).expect("a header's text"));
        }
        headers
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("a cookie's text");
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').expect("a cookie's name and value");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn json(body: &impl Serialize) -> (String, Bytes) {
    ("application/json".to_owned(), serde_json::to_vec(body).expect("a body as JSON").into())
}

impl Answer {
    /// The body, when the status is 200 to 299.
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{}", self.describe());
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.describe()))
    }

    /// The body as loose JSON, when the status is as expected.
    #[track_caller]
    pub fn json(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.describe());
        if self.body.is_empty() { Value::Null } else { serde_json::from_slice(&self.body).expect("JSON") }
    }

    /// The params of the problem, when the status and its code are as expected.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Value {
        let problem = self.json(status);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(problem["code"], code, "{problem}");
        problem["params"].clone()
    }

    fn describe(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}
