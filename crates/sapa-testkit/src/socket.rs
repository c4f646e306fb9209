//! A WebSocket client for tests. Every wait has a limit.

use crate::Answer;
use axum::{
    body::Bytes,
    http::{HeaderMap, Request, header},
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::{net::SocketAddr, time::Duration};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, handshake::client::generate_key},
};

const WAIT: Duration = Duration::from_secs(10);
/// How long silence must last to count as silence.
const QUIET: Duration = Duration::from_millis(150);
const PRESENCE: &str = "presence.updated";

pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What the server sent.
#[derive(Debug, PartialEq)]
pub enum Frame {
    Json(Value),
    /// The socket ended with this code.
    Closed(u16),
}

impl Socket {
    pub(crate) async fn open(server: SocketAddr, path: &str, headers: HeaderMap) -> Result<Self, Answer> {
        let mut request = Request::builder().uri(format!("ws://{server}{path}")).body(()).expect("a request");
        *request.headers_mut() = headers;
        for (name, value) in [
            (header::CONNECTION, "Upgrade"),
            (header::UPGRADE, "websocket"),
            (header::SEC_WEBSOCKET_VERSION, "13"),
            (header::SEC_WEBSOCKET_KEY, &generate_key()),
        ] {
            request.headers_mut().insert(name, value.parse().expect("a header's text"));
        }
        match tokio::time::timeout(WAIT, connect_async(request)).await.expect("the server to answer in time") {
            Ok((stream, _)) => Ok(Self { stream }),
            Err(Error::Http(answer)) => {
                let (parts, body) = answer.into_parts();
                let body = Bytes::from(body.unwrap_or_default());
                Err(Answer { status: parts.status, headers: parts.headers, body })
            }
            Err(error) => panic!("failed to open a socket: {error}"),
        }
    }

    pub async fn send(&mut self, frame: Value) {
        self.stream.send(Message::text(frame.to_string())).await.expect("a frame to leave");
    }

    /// Says hello and reads what was missed, up to `ready` or `reset`, which is the last of the answer.
    pub async fn hello(&mut self, after: Option<i64>) -> Vec<Value> {
        self.send(json!({ "type": "hello", "after": after })).await;
        self.until_ready().await
    }

    /// What comes up to `ready` or `reset`, which is the last of the answer: for a hello of another form.
    pub async fn until_ready(&mut self) -> Vec<Value> {
        let mut frames = Vec::new();
        loop {
            let frame = self.json().await;
            let end = matches!(frame["type"].as_str(), Some("ready" | "reset"));
            frames.push(frame);
            if end {
                return frames;
            }
        }
    }

    /// The next frame; a socket that just ends counts as closed with 1006, as in browsers.
    pub async fn next(&mut self) -> Frame {
        tokio::time::timeout(WAIT, self.read()).await.expect("a frame in time")
    }

    /// The next frame, which must be JSON. That somebody came or left is told whenever it is noticed, and passed over.
    pub async fn json(&mut self) -> Value {
        loop {
            let frame = self.any_json().await;
            if frame["kind"] != PRESENCE {
                return frame;
            }
        }
    }

    async fn any_json(&mut self) -> Value {
        match self.next().await {
            Frame::Json(value) => value,
            Frame::Closed(code) => panic!("the socket ended with {code}"),
        }
    }

    /// The next event of a kind; others and heartbeats before it are passed over.
    pub async fn event(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.any_json().await;
            if frame["type"] == "event" && frame["kind"] == kind {
                return frame;
            }
        }
    }

    /// The next event, whatever its kind; see [`Self::json`].
    pub async fn next_event(&mut self) -> Value {
        loop {
            let frame = self.json().await;
            if frame["type"] == "event" {
                return frame;
            }
        }
    }

    /// Passes over whatever comes until the socket ends, and answers the code.
    pub async fn closed(&mut self) -> u16 {
        loop {
            if let Frame::Closed(code) = self.next().await {
                return code;
            }
        }
    }

    /// The events that come before it is quiet, without those that [`Self::json`] passes over.
    pub async fn events(&mut self) -> Vec<Value> {
        let mut events = Vec::new();
        while let Ok(frame) = tokio::time::timeout(QUIET, self.read()).await {
            match frame {
                Frame::Json(value) if value["type"] == "event" && value["kind"] != PRESENCE => events.push(value),
                Frame::Json(_) => {}
                Frame::Closed(code) => panic!("the socket ended with {code}"),
            }
        }
        events
    }

    async fn read(&mut self) -> Frame {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Frame::Json(serde_json::from_str(&text).expect("a frame of JSON"));
                }
                Some(Ok(Message::Close(close))) => return Frame::Closed(close.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Frame::Closed(1006),
            }
        }
    }
}
