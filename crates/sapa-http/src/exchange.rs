//! One request and its answer over a connection of their own.
//!
//! What must stay true: the connection ends with whoever waits for the answer; what he gave up goes on nowhere.

use crate::{Failure, Outbound, Target, post::broken};
use bytes::Bytes;
use hyper::{
    Method, Request, Response,
    body::{Body, Incoming},
    client::conn::http1,
    header::{HOST, USER_AGENT},
    http::request::Builder,
};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    task::JoinHandle,
};

const AGENT: &str = concat!("Sapa/", env!("CARGO_PKG_VERSION"));

/// A connection, encrypted or not.
pub trait Line: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Line for T {}

/// The connection behind an answer, which ends with it.
pub(crate) struct Driver(JoinHandle<Result<(), hyper::Error>>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Target {
    /// A request to it, with what every request has.
    pub(crate) fn request(&self, method: Method) -> Builder {
        Request::builder()
            .method(method)
            .uri(self.path())
            .header(HOST, self.uri.authority().map_or("", |authority| authority.as_str()))
            .header(USER_AGENT, AGENT)
    }
}

impl Outbound {
    pub(crate) async fn line(&self, target: &Target) -> Result<Box<dyn Line>, Failure> {
        let stream = self.connect(target).await?;
        Ok(if target.secure { Box::new(self.secure(target, stream).await?) } else { Box::new(stream) })
    }
}

/// The head of the answer; its body comes as long as the driver is there.
pub(crate) async fn exchange<B>(
    line: Box<dyn Line>,
    request: Request<B>,
) -> Result<(Response<Incoming>, Driver), Failure>
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(line)).await.map_err(broken)?;
    let driver = Driver(tokio::spawn(connection));
    Ok((sender.send_request(request).await.map_err(broken)?, driver))
}
