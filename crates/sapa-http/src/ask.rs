//! One request to a provider's interface, whose answer is read.
//!
//! What must stay true: whoever gets no answer is told whether the other side may have the whole request, since what it
//! may have must not be asked again; nothing is followed elsewhere.

use crate::{Failure, Outbound, Target, exchange::exchange, post::broken};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use http_body_util::{BodyExt, Limited, StreamBody};
use hyper::{
    Method,
    body::Frame,
    header::{CONTENT_LENGTH, RETRY_AFTER},
};
use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;

/// A longer answer is none that we asked for.
const ANSWER_BYTES: usize = 4 * 1024 * 1024;

type Parts = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// What to ask.
pub struct Ask {
    /// With a body it is a POST, without one a GET.
    pub body: Option<AskBody>,
    pub headers: Vec<(&'static str, String)>,
    /// For all of it.
    pub wait: Duration,
}

/// Exactly so many bytes.
pub struct AskBody {
    pub length: u64,
    pub parts: Parts,
}

/// The whole answer, whatever it says. Its body may hold secrets: it has no `Debug`.
pub struct Answered {
    pub status: u16,
    /// Seconds that the other side wants us to wait, if it says so.
    pub retry_after_s: Option<u64>,
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Debug)]
pub struct Unanswered {
    pub failure: Failure,
    /// The other side may have all that was asked.
    pub left: bool,
}

impl AskBody {
    pub fn of(bytes: Vec<u8>) -> Self {
        Self { length: bytes.len() as u64, parts: Box::pin(stream::iter([Ok(Bytes::from(bytes))])) }
    }
}

impl Outbound {
    pub async fn ask(&self, target: &Target, ask: Ask) -> Result<Answered, Unanswered> {
        let left = Arc::new(AtomicBool::new(false));
        let asked = timeout(ask.wait, self.try_ask(target, ask, &left)).await.unwrap_or(Err(Failure::Late));
        asked.map_err(|failure| Unanswered { failure, left: left.load(Ordering::SeqCst) })
    }

    async fn try_ask(&self, target: &Target, ask: Ask, left: &Arc<AtomicBool>) -> Result<Answered, Failure> {
        self.must_allow(target)?;
        let method = if ask.body.is_some() { Method::POST } else { Method::GET };
        let body = ask.body.unwrap_or_else(|| AskBody::of(Vec::new()));
        let mut request = target.request(method).header(CONTENT_LENGTH, body.length);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        let line = self.line(target).await?;
        // A request without a body is whole with its head.
        let (length, mut handed, left) = (body.length, 0, left.clone());
        left.store(length == 0, Ordering::SeqCst);
        let parts = body.parts.map(move |part| {
            handed += part.as_ref().map_or(0, |bytes| bytes.len() as u64);
            left.fetch_or(handed >= length, Ordering::SeqCst);
            part.map(Frame::data)
        });
        let request = request.body(StreamBody::new(parts)).map_err(broken)?;
        let (response, _driver) = exchange(line, request).await?;
        let status = response.status().as_u16();
        let retry_after_s = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let body = Limited::new(response.into_body(), ANSWER_BYTES).collect().await.map_err(broken)?;
        Ok(Answered { status, retry_after_s, body: body.to_bytes() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    /// Reads until a request ends so, answers with these bytes and hangs up; answers what it read.
    async fn server(end: &'static str, answer: &'static str) -> (Target, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/bot7:secret/getMe", listener.local_addr().expect("an address"));
        let read = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let (mut request, mut part) = (Vec::new(), [0; 4096]);
            while !request.ends_with(end.as_bytes()) {
                let read = stream.read(&mut part).await.expect("a request");
                request.extend_from_slice(&part[..read]);
            }
            let _ = stream.write_all(answer.as_bytes()).await;
            String::from_utf8_lossy(&request).into_owned()
        });
        (Target::parse(&url).expect("an address"), read)
    }

    fn ask(body: Option<AskBody>) -> Ask {
        let headers = vec![("content-type", "application/json".to_owned())];
        Ask { body, headers, wait: Duration::from_secs(5) }
    }

    #[tokio::test]
    async fn an_answer_is_read_whole() {
        let answer = "HTTP/1.1 429 Slow\r\nretry-after: 3\r\ncontent-length: 4\r\n\r\nlate";
        let (target, read) = server("{}", answer).await;
        let answered = Outbound::new(true).ask(&target, ask(Some(AskBody::of(b"{}".to_vec())))).await;
        let answered = answered.expect("an answer");
        assert_eq!((answered.status, answered.retry_after_s, &answered.body[..]), (429, Some(3), &b"late"[..]));
        let request = read.await.expect("a request");
        assert!(request.starts_with("POST /bot7:secret/getMe HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("content-length: 2\r\n") && !request.contains("chunked"), "{request}");
        let (target, read) = server("\r\n\r\n", "HTTP/1.1 204 Fine\r\n\r\n").await;
        assert_eq!(Outbound::new(true).ask(&target, ask(None)).await.map(|answer| answer.status).ok(), Some(204));
        assert!(read.await.expect("a request").starts_with("GET "));
    }

    #[tokio::test]
    async fn whoever_gets_no_answer_knows_whether_all_of_it_left() {
        let (target, _read) = server("{}", "").await;
        let hung_up = Outbound::new(true).ask(&target, ask(Some(AskBody::of(b"{}".to_vec())))).await;
        assert!(hung_up.is_err_and(|unanswered| unanswered.left), "it may have it");

        // It hangs up in the middle of what is still to come.
        let (target, _read) = server("be", "").await;
        let first = stream::iter([Ok(Bytes::from_static(b"be"))]).chain(stream::pending());
        let body = AskBody { length: 9, parts: Box::pin(first) };
        let broken = Outbound::new(true).ask(&target, ask(Some(body))).await;
        assert!(broken.is_err_and(|unanswered| !unanswered.left), "it cannot have what did not leave");

        let nobody = Target::parse("http://127.0.0.1:1/").expect("an address");
        let unanswered = Outbound::new(true).ask(&nobody, ask(None)).await;
        assert!(unanswered.is_err_and(|unanswered| !unanswered.left));
        let private = Outbound::new(false).ask(&nobody, ask(None)).await;
        assert!(private.is_err_and(|unanswered| matches!(unanswered.failure, Failure::Private)));
    }
}
