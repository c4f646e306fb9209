//! One POST to one address, with every limit.

use crate::{exchange::exchange, guard::is_public};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Uri,
    header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

/// For all of it: name, connection, request and answer.
const WAIT: Duration = Duration::from_secs(15);
/// How long the rest of an answer is waited for, once its status is there.
const BODY: Duration = Duration::from_secs(2);
/// An answer is not read beyond this; what it says does not matter.
const ANSWER_BYTES: usize = 64 * 1024;
/// Signed addresses of files are long.
const URL_CHARACTERS: usize = 2_000;
/// Of a file's name, behind the dot.
const ENDING_CHARACTERS: usize = 8;

/// Makes requests. Cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    pub(crate) private_networks: bool,
    pub(crate) tls: Arc<ClientConfig>,
}

/// An address that a request may go to, as far as its text tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub(crate) uri: Uri,
    pub(crate) secure: bool,
    pub(crate) host: String,
    port: u16,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Seconds that the other side wants us to wait, if it says so.
    pub retry_after_s: Option<u64>,
}

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("the address leads into a private network")]
    Private,
    #[error("the address is not https")]
    Plain,
    #[error("the name of the host is not known")]
    Name,
    #[error("no answer in time")]
    Late,
    #[error("the connection failed: {0}")]
    Connection(String),
}

impl Outbound {
    /// `private_networks`: whether addresses that are not public, and plain HTTP, are allowed.
    pub fn new(private_networks: bool) -> Self {
        Self::trusting(private_networks, RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() })
    }

    pub(crate) fn trusting(private_networks: bool, roots: RootCertStore) -> Self {
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map(|builder| builder.with_root_certificates(roots).with_no_client_auth());
        #[expect(clippy::expect_used, reason = "the provider and its versions are both compiled in")]
        Self { private_networks, tls: Arc::new(tls.expect("protocol versions of the provider")) }
    }

    /// Whether a request may go there, as far as the text tells; names are looked at when they are resolved.
    pub fn allows(&self, target: &Target) -> bool {
        self.must_allow(target).is_ok()
    }

    pub(crate) fn must_allow(&self, target: &Target) -> Result<(), Failure> {
        let literal = target.host.trim_matches(['[', ']']).parse().ok();
        match literal.is_none_or(is_public) {
            _ if self.private_networks => Ok(()),
            false => Err(Failure::Private),
            true if target.secure => Ok(()),
            true => Err(Failure::Plain),
        }
    }

    /// Sends `body` as JSON. Anything but an answer, whatever it is, is a failure.
    pub async fn post(
        &self,
        target: &Target,
        headers: &[(&'static str, String)],
        body: Bytes,
    ) -> Result<Answer, Failure> {
        timeout(WAIT, self.say(target, headers, body)).await.unwrap_or(Err(Failure::Late))
    }

    async fn say(&self, target: &Target, headers: &[(&'static str, String)], body: Bytes) -> Result<Answer, Failure> {
        self.must_allow(target)?;
        let mut request =
            target.request(Method::POST).header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(body)).map_err(broken)?;
        let (response, _driver) = exchange(self.line(target).await?, request).await?;
        let status = response.status().as_u16();
        let retry_after_s = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        // Read to the end or the limit, whichever comes first; a status without its body still is one.
        let body = Limited::new(response.into_body(), ANSWER_BYTES).collect();
        let _ = timeout(BODY, body).await;
        Ok(Answer { status, retry_after_s })
    }

    pub(crate) async fn secure(&self, target: &Target, stream: TcpStream) -> Result<TlsStream<TcpStream>, Failure> {
        let name = ServerName::try_from(target.host.trim_matches(['[', ']']).to_owned()).map_err(broken)?;
        TlsConnector::from(self.tls.clone()).connect(name, stream).await.map_err(broken)
    }

    pub(crate) async fn connect(&self, target: &Target) -> Result<TcpStream, Failure> {
        self.connect_to(target.host.trim_matches(['[', ']']), target.port).await
    }

    /// Resolves once, checks every address that came, and connects to one of exactly these.
    pub(crate) async fn connect_to(&self, host: &str, port: u16) -> Result<TcpStream, Failure> {
        let found: Vec<SocketAddr> = lookup_host((host, port)).await.map_err(|_| Failure::Name)?.collect();
        // One private address among public ones is no accident.
        if !self.private_networks && found.iter().any(|address| !is_public(address.ip())) {
            return Err(Failure::Private);
        }
        let mut last = Failure::Name;
        for address in found {
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = broken(error),
            }
        }
        Err(last)
    }
}

pub(crate) fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::Connection(error.to_string())
}

impl Target {
    /// Reads `https://host[:port]/path`, or `http://…`, of at most 2,000 characters. No user or password, since they
    /// would stand in logs; no fragment.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains('#') {
            return None;
        }
        // With the slash that `https://host?key=1` leaves out: a request needs it, and so it is stored.
        let whole = text.parse::<Uri>().ok()?.to_string();
        if whole.chars().count() > URL_CHARACTERS {
            return None;
        }
        let uri: Uri = whole.parse().ok()?;
        let secure = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = uri.authority()?;
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return None;
        }
        let port = match &authority.as_str()[authority.host().len()..] {
            "" if secure => 443,
            "" => 80,
            rest => rest.strip_prefix(':')?.parse().ok().filter(|port| *port != 0)?,
        };
        let host = authority.host().to_ascii_lowercase();
        Some(Self { secure, host, port, uri })
    }

    /// The name of a file behind the last slash of the path, decoded where that is text. What does not end as files do,
    /// such as `.pdf`, is no name and may be a secret.
    pub fn file_name(&self) -> Option<String> {
        let last = self.last_part();
        let (name, ending) = last.rsplit_once('.')?;
        let usual =
            (1..=ENDING_CHARACTERS).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
        (usual && !name.is_empty()).then_some(last)
    }

    fn last_part(&self) -> String {
        let last = self.uri.path().rsplit('/').next().unwrap_or_default();
        let byte = |at: usize| u8::from_str_radix(last.get(at + 1..at + 3)?, 16).ok();
        let (mut bytes, mut at) = (Vec::new(), 0);
        while let Some(char) = last.as_bytes().get(at) {
            let decoded = if *char == b'%' { byte(at) } else { None };
            bytes.push(decoded.unwrap_or(*char));
            at += if decoded.is_some() { 3 } else { 1 };
        }
        String::from_utf8(bytes).unwrap_or_else(|_| last.to_owned())
    }

    pub(crate) fn path(&self) -> &str {
        self.uri.path_and_query().map_or("/", |path| path.as_str())
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.uri.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{
            ServerConfig,
            pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
        },
    };

    /// Answers one request with these bytes; answers what it read.
    async fn server(answer: Vec<u8>) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook?a=b", listener.local_addr().expect("an address"));
        let read = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let (mut request, mut part) = (Vec::new(), [0; 4096]);
            while !request.ends_with(b"}") {
                let read = stream.read(&mut part).await.expect("a request");
                request.extend_from_slice(&part[..read]);
            }
            let _ = stream.write_all(&answer).await;
            String::from_utf8_lossy(&request).into_owned()
        });
        (url, read)
    }

    async fn post(outbound: &Outbound, url: &str) -> Result<Answer, Failure> {
        let target = Target::parse(url).expect("an address");
        outbound.post(&target, &[("webhook-id", "out_1".into())], Bytes::from_static(b"{}")).await
    }

    #[tokio::test]
    async fn a_request_arrives_and_its_answer_is_told() {
        let (url, read) = server(b"HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n".to_vec()).await;
        let answer = post(&Outbound::new(true), &url).await.expect("an answer");
        assert_eq!(answer, Answer { status: 503, retry_after_s: Some(7) });
        let request = read.await.expect("a request");
        assert!(request.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("webhook-id: out_1") && request.ends_with("\r\n\r\n{}"), "{request}");
    }

    #[tokio::test]
    async fn private_networks_are_closed_unless_they_are_allowed() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let closed = Outbound::new(false);
        for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"] {
            let asked = post(&closed, &format!("https://{host}:{port}/")).await;
            assert!(matches!(asked, Err(Failure::Private | Failure::Name)), "{host}: {asked:?}");
        }
        let knocked = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
        assert!(knocked.is_err(), "nothing was even connected");
        assert!(!closed.allows(&Target::parse("http://shop.example/").expect("an address")), "plain HTTP");
    }

    /// As [`server`], over TLS, with a certificate that nobody trusts: made for this test, for `localhost`.
    async fn secure_server(answer: &'static [u8]) -> (String, CertificateDer<'static>) {
        let certificate = CertificateDer::from_pem_slice(include_bytes!("../tests/data/localhost.crt"));
        let certificate = certificate.expect("a certificate");
        let key = PrivateKeyDer::from_pem_slice(include_bytes!("../tests/data/localhost.key")).expect("its key");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key);
        let acceptor = TlsAcceptor::from(Arc::new(config.expect("a server")));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut part = [0; 4096];
                let _ = stream.read(&mut part).await;
                let _ = stream.write_all(answer).await;
                let _ = stream.shutdown().await;
            }
        });
        (format!("https://localhost:{port}/hook"), certificate)
    }

    #[tokio::test]
    async fn a_certificate_must_be_trusted_and_of_the_host() {
        let (url, certificate) = secure_server(b"HTTP/1.1 204 No Content\r\n\r\n").await;
        let mut roots = RootCertStore::empty();
        roots.add(certificate).expect("a root");
        let trusting = Outbound::trusting(true, roots);
        assert_eq!(post(&trusting, &url).await.expect("an answer").status, 204);
        let other = url.replace("localhost", "127.0.0.1");
        assert!(matches!(post(&trusting, &other).await, Err(Failure::Connection(_))), "another host");
        assert!(matches!(post(&Outbound::new(true), &url).await, Err(Failure::Connection(_))), "trusted by nobody");
    }

    #[tokio::test]
    async fn a_redirect_is_an_answer_and_nothing_more() {
        let (url, read) =
            server(b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_vec()).await;
        assert_eq!(post(&Outbound::new(true), &url).await.expect("an answer").status, 302);
        read.await.expect("one request");
    }

    #[tokio::test]
    async fn an_answer_without_end_ends() {
        let mut answer = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        answer.resize(4 * ANSWER_BYTES, b'x');
        let (url, _read) = server(answer).await;
        assert_eq!(post(&Outbound::new(true), &url).await.expect("an answer").status, 200);
    }

    #[tokio::test(start_paused = true)]
    async fn who_never_answers_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        assert!(matches!(post(&Outbound::new(true), &url).await, Err(Failure::Late)));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "shop.example/hook",
            "/hook",
            "ftp://shop.example",
            "file:///etc/passwd",
            "https://",
            "https://user:password@shop.example",
            "https://shop.example:0/",
            "https://shop.example:99999/",
            "https://shop.example/#part",
            "https://shop example/",
        ] {
            assert_eq!(Target::parse(text), None, "{text}");
        }
        let target = Target::parse(" https://Shop.Example/hook?key=1 ").expect("an address");
        assert_eq!((target.host.as_str(), target.port, target.path()), ("shop.example", 443, "/hook?key=1"));
        let long = |rest: usize| format!("https://a.example?{}", "x".repeat(rest));
        let longest = Target::parse(&long(URL_CHARACTERS - "https://a.example/?".len())).expect("an address");
        assert_eq!(longest.path().get(..4), Some("/?xx"));
        let stored = longest.to_string();
        assert_eq!((stored.len(), Target::parse(&stored).as_ref()), (URL_CHARACTERS, Some(&longest)));
        assert_eq!(Target::parse(&long(URL_CHARACTERS - "https://a.example?".len())), None);
    }

    #[test]
    fn a_file_is_called_by_the_end_of_its_address_when_that_ends_as_files_do() {
        for (path, name) in [
            ("a/invoice%20%C3%A4.pdf?key=1", Some("invoice ä.pdf")),
            ("a/..%2F..%2Fbackup.tar.gz", Some("../../backup.tar.gz")),
            ("50%.txt", Some("50%.txt")),
            ("%FF.txt", Some("%FF.txt")),
            ("a/..%2F..%2Fetc", None),
            ("a/0b2f8c5d9e", None),
            ("a/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl", None),
            ("a/.hidden", None),
            ("a/", None),
            ("?key=a.pdf", None),
        ] {
            let target = Target::parse(&format!("https://a.example/{path}")).expect("an address");
            assert_eq!(target.file_name().as_deref(), name, "{path}");
        }
    }
}
