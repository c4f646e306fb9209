//! One GET of a file: the answer as a stream, from where the file is or has moved to.
//!
//! What must stay true: where an answer leads on to is checked like the first address; from the first connection to the
//! last byte it takes no longer than [`WAIT`].
//! Absent: a limit of the size. Whoever keeps the bytes counts them.

use crate::{
    Failure, Outbound, Target,
    exchange::{Driver, exchange},
    post::broken,
};
use bytes::Bytes;
use futures_util::Stream;
use http_body_util::Empty;
use hyper::{
    HeaderMap, Method, Response, Uri,
    body::{Body, Incoming},
    header::{CONTENT_LENGTH, HeaderName, LOCATION, RETRY_AFTER},
};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep_until, timeout_at};

/// For all of it: names, connections, redirects and the whole file. Shorter than a job's lease.
const WAIT: Duration = Duration::from_secs(45);
/// How often a file may have moved.
const HOPS: usize = 3;

/// The head of an answer, whatever it says, and the stream of what follows.
pub struct Fetched {
    pub status: u16,
    /// Seconds that the other side wants us to wait, if it says so.
    pub retry_after_s: Option<u64>,
    /// How many bytes come, by what the other side says.
    pub length: Option<u64>,
    body: Incoming,
    late: Pin<Box<Sleep>>,
    _driver: Driver,
}

impl Outbound {
    /// Asks for a file. An answer that leads elsewhere is followed a few times; one that leads nowhere is the answer.
    pub async fn get(&self, target: &Target) -> Result<Fetched, Failure> {
        self.get_with(target, &[]).await
    }

    /// With headers that only the first server sees, since they may hold a secret.
    pub async fn get_with(&self, target: &Target, headers: &[(&'static str, String)]) -> Result<Fetched, Failure> {
        let until = Instant::now() + WAIT;
        timeout_at(until, self.follow(target, headers, until)).await.unwrap_or(Err(Failure::Late))
    }

    async fn follow(
        &self,
        target: &Target,
        mut headers: &[(&'static str, String)],
        until: Instant,
    ) -> Result<Fetched, Failure> {
        let mut target = target.clone();
        let mut hops = 0;
        loop {
            let (response, driver) = self.knock(&target, headers).await?;
            match moved_to(&target, &response) {
                Some(next) if hops < HOPS => (target, headers) = (next, &[]),
                _ => return Ok(Fetched::new(response, driver, until)),
            }
            hops += 1;
        }
    }

    async fn knock(
        &self,
        target: &Target,
        headers: &[(&'static str, String)],
    ) -> Result<(Response<Incoming>, Driver), Failure> {
        self.must_allow(target)?;
        let mut request = target.request(Method::GET);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Empty::<Bytes>::new()).map_err(broken)?;
        exchange(self.line(target).await?, request).await
    }
}

/// The next address, when the answer names one.
fn moved_to(from: &Target, response: &Response<Incoming>) -> Option<Target> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    from.at(response.headers().get(LOCATION)?.to_str().ok()?)
}

fn number(headers: &HeaderMap, name: HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

impl Target {
    /// What a page of this address means by a link: a whole address, one without its scheme or host, or a path from
    /// the root. Others are nobody's habit.
    fn at(&self, link: &str) -> Option<Self> {
        let link = link.split('#').next().unwrap_or_default();
        let uri: Uri = link.parse().ok()?;
        let scheme = self.uri.scheme_str()?;
        match (uri.scheme(), link.starts_with("//"), link.starts_with('/')) {
            (Some(_), ..) => Self::parse(link),
            (None, true, _) => Self::parse(&format!("{scheme}:{link}")),
            (None, false, true) => Self::parse(&format!("{scheme}://{}{link}", self.uri.authority()?)),
            _ => None,
        }
    }
}

impl Fetched {
    fn new(response: Response<Incoming>, driver: Driver, until: Instant) -> Self {
        let headers = response.headers();
        Self {
            status: response.status().as_u16(),
            retry_after_s: number(headers, RETRY_AFTER),
            length: number(headers, CONTENT_LENGTH),
            body: response.into_body(),
            late: Box::pin(sleep_until(until)),
            _driver: driver,
        }
    }
}

impl Stream for Fetched {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.late.as_mut().poll(context).is_ready() {
                return Poll::Ready(Some(Err(Failure::Late)));
            }
            let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(context)) else { return Poll::Ready(None) };
            // What is no data are headers after it.
            match frame.map(|frame| frame.into_data()) {
                Ok(Ok(data)) => return Poll::Ready(Some(Ok(data))),
                Ok(Err(_)) => {}
                Err(error) => return Poll::Ready(Some(Err(broken(error)))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt;
    use tokio::task::JoinHandle;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    /// Answers each request with the next of these; answers where it is, and what it was asked.
    async fn server(answers: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = tokio::spawn(async move {
            let mut asked = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let mut part = [0; 4096];
                let read = stream.read(&mut part).await.expect("a request");
                asked.push(String::from_utf8_lossy(&part[..read]).lines().next().unwrap_or_default().to_owned());
                let _ = stream.write_all(answer.as_bytes()).await;
            }
            asked
        });
        (url, asked)
    }

    fn moved(to: &str) -> String {
        format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
    }

    fn target(url: &str) -> Target {
        Target::parse(url).expect("an address")
    }

    async fn bytes(fetched: Fetched) -> Vec<u8> {
        fetched.map(|part| part.expect("a part").to_vec()).concat().await
    }

    #[tokio::test]
    async fn a_file_comes_from_where_it_has_moved_to() {
        let file = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello".to_owned();
        let (url, asked) = server(vec![moved("/b?c=d#e"), moved("//127.0.0.1:1/"), file]).await;
        // The second leads to a port where nobody is.
        let failed = Outbound::new(true).get(&target(&format!("{url}/a"))).await;
        assert!(matches!(failed, Err(Failure::Connection(_))));
        let fetched = Outbound::new(true).get(&target(&format!("{url}/f"))).await.expect("an answer");
        assert_eq!((fetched.status, fetched.length), (200, Some(5)));
        assert_eq!(bytes(fetched).await, b"hello");
        let asked = asked.await.expect("requests");
        assert_eq!(asked, ["GET /a HTTP/1.1", "GET /b?c=d HTTP/1.1", "GET /f HTTP/1.1"]);
    }

    #[tokio::test]
    async fn a_secret_header_goes_to_the_first_server_only() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = tokio::spawn(async move {
            let mut asked = Vec::new();
            for answer in [moved("/b"), "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned()] {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let mut part = [0; 4096];
                let read = stream.read(&mut part).await.expect("a request");
                asked.push(String::from_utf8_lossy(&part[..read]).contains("Bearer t"));
                let _ = stream.write_all(answer.as_bytes()).await;
            }
            asked
        });
        let headers = [("authorization", "Bearer t".to_owned())];
        Outbound::new(true).get_with(&target(&format!("{url}/a")), &headers).await.expect("an answer");
        assert_eq!(asked.await.expect("requests"), [true, false]);
    }

    #[tokio::test]
    async fn one_that_moves_on_and_on_is_answered_as_it_is() {
        let (url, asked) = server(vec![moved("/a"); HOPS + 1]).await;
        assert_eq!(Outbound::new(true).get(&target(&url)).await.expect("an answer").status, 302);
        assert_eq!(asked.await.expect("requests").len(), HOPS + 1);
        let (url, _asked) = server(vec![moved("file:///etc/passwd")]).await;
        assert_eq!(Outbound::new(true).get(&target(&url)).await.expect("an answer").status, 302);
    }

    #[test]
    fn a_link_may_leave_out_what_stays_the_same() {
        let here = target("https://a.example:8443/b/c");
        let at = |link: &str| here.at(link).map(|target| target.to_string());
        assert_eq!(at("/d?e=f#g").as_deref(), Some("https://a.example:8443/d?e=f"));
        assert_eq!(at("//b.example/d").as_deref(), Some("https://b.example/d"));
        assert_eq!(at("http://b.example/d").as_deref(), Some("http://b.example/d"));
        for link in ["d", "", "javascript:alert(1)", "https://user:word@b.example/", "ftp://b.example/"] {
            assert_eq!(at(link), None, "{link}");
        }
    }

    #[tokio::test]
    async fn what_leads_into_a_private_network_is_not_followed() {
        let closed = Outbound::new(false);
        let public = target("https://files.example/a");
        for link in ["https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "http://10.0.0.1/"] {
            let next = public.at(link).expect("an address");
            assert!(matches!(closed.knock(&next, &[]).await, Err(Failure::Private)), "{link}");
        }
        let plain = public.at("http://shop.example/").expect("an address");
        assert!(
            matches!(closed.knock(&plain, &[]).await, Err(Failure::Plain)),
            "public, but for everybody on the way to read"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_does_not_end_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel").await;
            std::future::pending::<()>().await;
        });
        let mut fetched = Outbound::new(true).get(&target(&url)).await.expect("an answer");
        let mut last = fetched.next().await;
        while let Some(Ok(_)) = last {
            last = fetched.next().await;
        }
        assert!(matches!(last, Some(Err(Failure::Late))));
    }
}
