//! One HTTP/1.1 keep-alive connection with one request at a time, as a browser's tab holds it.
//!
//! Must stay true: one request is one write, an answer is parsed in place, and every request has a time limit. Absent on
//! purpose: chunked answers, compression, redirects and pipelining; the server's JSON answers carry their length.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use bytes::{Buf, BytesMut};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::target::Target;

const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ANSWER_BYTES_MAX: usize = 16 << 20;
const HEADERS_MAX: usize = 48;
const READ_BYTES: usize = 4096;

/// Who is asking.
#[derive(Clone, Debug)]
pub enum Credential {
    Nobody,
    /// A visitor's token.
    Bearer(String),
    /// A member's `name=value` cookie.
    Cookie(String),
}

/// An answer that refused: the status and the server's stable code.
#[derive(Debug)]
pub struct Refused {
    pub status: u16,
    pub code: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the server refused with {} {}", self.status, self.code)
    }
}

impl std::error::Error for Refused {}

/// An answer, borrowed from the connection's buffer until the next request.
#[derive(Debug)]
pub struct Answer<'a> {
    pub status: u16,
    head: &'a [u8],
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The answer itself when it is a success, else what the server refused with.
    pub fn success(self) -> Result<Self> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        let code = serde_json::from_slice::<Problem>(self.body).map_or_else(|_| "without a code".into(), |it| it.code);
        Err(Refused { status: self.status, code }.into())
    }

    pub fn json<T: DeserializeOwned>(self) -> Result<T> {
        let answer = self.success()?;
        serde_json::from_slice(answer.body).context("failed to read an answer's JSON")
    }

    /// The `name=value` part of the first cookie that the answer sets.
    pub fn cookie(&self) -> Option<String> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
        let mut parsed = httparse::Response::new(&mut headers);
        parsed.parse(self.head).ok()?;
        let header = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case("set-cookie"))?;
        let value = std::str::from_utf8(header.value).ok()?;
        Some(value.split(';').next()?.trim().to_owned())
    }
}

#[derive(serde::Deserialize)]
struct Problem {
    code: String,
}

/// One open connection.
pub struct Connection {
    stream: TcpStream,
    host: String,
    origin: String,
    request: Vec<u8>,
    buffer: BytesMut,
    /// Bytes of the last answer at the front of `buffer`.
    answered: usize,
}

impl Connection {
    pub async fn open(target: &Target) -> Result<Self> {
        let stream = timeout(CONNECT_TIMEOUT, TcpStream::connect(target.address))
            .await
            .context("connecting took too long")?
            .with_context(|| format!("failed to connect to {}", target.host))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            host: target.host.clone(),
            origin: target.origin.clone(),
            request: Vec::new(),
            buffer: BytesMut::new(),
            answered: 0,
        })
    }

    pub async fn get(&mut self, path: &str, credential: &Credential) -> Result<Answer<'_>> {
        self.send("GET", path, credential, None).await
    }

    pub async fn post(&mut self, path: &str, credential: &Credential, body: &impl Serialize) -> Result<Answer<'_>> {
        self.send("POST", path, credential, Some(&serde_json::to_vec(body)?)).await
    }

    pub async fn patch(&mut self, path: &str, credential: &Credential, body: &impl Serialize) -> Result<Answer<'_>> {
        self.send("PATCH", path, credential, Some(&serde_json::to_vec(body)?)).await
    }

    /// Sends one request and waits for the whole answer.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        credential: &Credential,
        body: Option<&[u8]>,
    ) -> Result<Answer<'_>> {
        self.write_head(method, path, credential, "")?;
        match body {
            Some(body) => {
                write!(self.request, "content-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len())?;
                self.request.extend_from_slice(body);
            }
            None => self.request.extend_from_slice(b"\r\n"),
        }
        timeout(REQUEST_TIMEOUT, self.exchange())
            .await
            .with_context(|| format!("no answer within {} s", REQUEST_TIMEOUT.as_secs()))?
            .with_context(|| format!("failed to {method} {path}"))
    }

    /// Asks for a WebSocket and hands over the stream with what was already read of it.
    pub async fn upgrade(mut self, path: &str, credential: &Credential) -> Result<(TcpStream, BytesMut)> {
        // The nonce guards browsers against confused caches; between two programs it only has to be well-formed.
        const UPGRADE: &str = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: c2FwYS1sb2FkLXNvY2tldA==\r\n";
        self.write_head("GET", path, credential, UPGRADE)?;
        self.request.extend_from_slice(b"\r\n");
        let answer = timeout(REQUEST_TIMEOUT, self.exchange()).await.context("no answer to the upgrade")??;
        let status = answer.status;
        if status != 101 {
            answer.success()?;
            bail!("expected 101 to the upgrade of {path}, got {status}");
        }
        self.buffer.advance(self.answered);
        Ok((self.stream, self.buffer))
    }

    fn write_head(&mut self, method: &str, path: &str, credential: &Credential, more: &str) -> Result<()> {
        self.request.clear();
        let (host, origin) = (&self.host, &self.origin);
        write!(self.request, "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\n{more}")?;
        match credential {
            Credential::Nobody => {}
            Credential::Bearer(token) => write!(self.request, "authorization: Bearer {token}\r\n")?,
            Credential::Cookie(cookie) => write!(self.request, "cookie: {cookie}\r\n")?,
        }
        Ok(())
    }

    async fn exchange(&mut self) -> Result<Answer<'_>> {
        self.buffer.advance(self.answered);
        self.answered = 0;
        ensure!(self.buffer.is_empty(), "the server sent more than one answer to a request");
        self.stream.write_all(&self.request).await?;
        let head = loop {
            if let Some(head) = parse_head(&self.buffer)? {
                break head;
            }
            self.read().await?;
        };
        let total = head.bytes + head.body_bytes;
        ensure!(total <= ANSWER_BYTES_MAX, "an answer of {total} bytes is too large");
        while self.buffer.len() < total {
            self.read().await?;
        }
        self.answered = total;
        let (front, _) = self.buffer.split_at(total);
        let (head_bytes, body) = front.split_at(head.bytes);
        Ok(Answer { status: head.status, head: head_bytes, body })
    }

    async fn read(&mut self) -> Result<()> {
        self.buffer.reserve(READ_BYTES);
        let count = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(count > 0, "the server closed the connection");
        Ok(())
    }
}

struct Head {
    status: u16,
    bytes: usize,
    body_bytes: usize,
}

fn parse_head(buffer: &[u8]) -> Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut parsed = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(bytes) = parsed.parse(buffer).context("failed to read an answer's head")? else {
        return Ok(None);
    };
    let mut body_bytes = 0;
    for header in parsed.headers.iter() {
        if header.name.eq_ignore_ascii_case("content-length") {
            body_bytes = std::str::from_utf8(header.value)?.trim().parse()?;
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            bail!("the server answered without a length, which this client does not read");
        }
    }
    Ok(Some(Head { status: parsed.code.unwrap_or_default(), bytes, body_bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_complete_only_with_its_empty_line() {
        assert!(parse_head(b"HTTP/1.1 201 Created\r\ncontent-length: 12\r\n").expect("a valid start").is_none());
        let head =
            parse_head(b"HTTP/1.1 201 Created\r\nContent-Length: 12\r\n\r\n{").expect("valid").expect("complete");
        assert_eq!((head.status, head.bytes, head.body_bytes), (201, 44, 12));
    }

    #[test]
    fn an_answer_without_length_is_refused() {
        assert!(parse_head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
    }

    #[test]
    fn finds_the_cookie_and_the_code() {
        let head = b"HTTP/1.1 200 OK\r\nset-cookie: __Host-sapa=abc; Path=/; Secure\r\n\r\n";
        assert_eq!(Answer { status: 200, head, body: b"" }.cookie().as_deref(), Some("__Host-sapa=abc"));
        let refused = Answer { status: 429, head: b"", body: br#"{"code":"too_many_requests","status":429}"# };
        let error = refused.success().expect_err("429 is no success");
        assert_eq!(error.downcast_ref::<Refused>().map(|it| it.code.as_str()), Some("too_many_requests"));
    }
}
