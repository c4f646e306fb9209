//! The context of a request: who asks, and a permit that is granted inside the transaction it is for.

use crate::{App, Caller, Credentials, MemberCaller, Problem, Tx, refusal};
use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, Method, header, request::Parts},
};
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use std::{
    future::Future,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// The cookie that holds a member's sign-in.
pub const COOKIE: &str = "__Host-sapa";

/// A proof that the caller may do something, together with what it is about. A handler names the permit in its
/// signature and has no other way to the database. What the caller may not see answers
/// [`refusal::NOT_FOUND`], what he may see but not do [`refusal::FORBIDDEN`].
pub trait Permit: Sized + Send + 'static {
    /// What the path names: `()`, an id, or a tuple of ids.
    type Target: DeserializeOwned + Send + 'static;

    fn grant(
        caller: &Caller,
        target: Self::Target,
        tx: &mut Tx<'_>,
    ) -> impl Future<Output = Result<Self, Problem>> + Send;
}

/// The permit of pages that are open to everybody, such as signing in.
pub struct Anyone;

impl Permit for Anyone {
    type Target = ();

    async fn grant(_caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        Ok(Self)
    }
}

/// The permit of what every member may do for himself.
pub struct AnyMember(pub Arc<MemberCaller>);

impl Permit for AnyMember {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        Ok(Self(caller.member()?.clone()))
    }
}

/// A request whose handler needs the permit `P`.
pub struct Ctx<P: Permit> {
    app: App,
    caller: Caller,
    target: P::Target,
    /// The address under which the browser asked.
    asked: Option<String>,
}

impl<P: Permit> Ctx<P> {
    /// Grants the permit and runs a command, in one transaction.
    pub async fn write<T, F>(self, command: F) -> Result<T, Problem>
    where
        F: for<'t, 'a> FnOnce(&'t mut Tx<'a>, P) -> BoxFuture<'t, Result<T, Problem>> + Send + 'static,
        T: Send + 'static,
    {
        let Self { app, caller, target, asked } = self;
        let workspace = caller.workspace();
        app.write(workspace, move |tx| {
            Box::pin(async move {
                tx.asked = asked;
                let permit = P::grant(&caller, target, tx).await?;
                command(tx, permit).await
            })
        })
        .await
    }

    /// Grants the permit and runs a query.
    pub async fn read<T, F>(self, query: F) -> Result<T, Problem>
    where
        F: for<'t, 'a> FnOnce(&'t mut Tx<'a>, P) -> BoxFuture<'t, Result<T, Problem>> + Send + 'static,
        T: Send + 'static,
    {
        let Self { app, caller, target, asked } = self;
        let workspace = caller.workspace();
        app.read(workspace, move |tx| {
            Box::pin(async move {
                tx.asked = asked;
                let permit = P::grant(&caller, target, tx).await?;
                query(tx, permit).await
            })
        })
        .await
    }

    /// Only grants the permit: for handlers whose work is outside the database, such as streaming a file.
    pub async fn permit(self) -> Result<(App, P), Problem> {
        let app = self.app.clone();
        let permit = self.read(|_, permit| Box::pin(async move { Ok(permit) })).await?;
        Ok((app, permit))
    }

    pub fn app(&self) -> &App {
        &self.app
    }
}

impl<P: Permit> FromRequestParts<App> for Ctx<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let credentials = credentials(&parts.headers);
        let safe = matches!(parts.method, Method::GET | Method::HEAD);
        if !safe && credentials.bearer.is_none() {
            same_origin(&parts.headers, app)?;
        }
        let caller = app.authenticate(&credentials).await?;
        // A path that is no id names nothing.
        let Path(target) = Path::<P::Target>::from_request_parts(parts, app).await.map_err(|_| refusal::NOT_FOUND)?;
        Ok(Self { app: app.clone(), caller, target, asked: asked_address(&parts.headers) })
    }
}

/// A JSON body of at most the router's limit; unknown members are refused by the types themselves.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let json = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !json.is_some_and(|value| value.starts_with("application/json")) {
            return Err(refusal::INVALID_BODY.with("detail", "content-type: application/json is needed"));
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| {
            if rejection.status().as_u16() == 413 { refusal::BODY_TOO_LARGE } else { refusal::INVALID_BODY }
        })?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| refusal::INVALID_BODY.with("detail", error.to_string()))
    }
}

/// What the headers show to prove who is asking.
pub(crate) fn credentials(headers: &HeaderMap) -> Credentials {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .map(str::to_owned);
    let cookie = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split("; "))
        .find_map(|pair| pair.strip_prefix(COOKIE)?.strip_prefix('='))
        .map(str::to_owned);
    // One proof at a time: a cookie is believed only where its request's origin is looked at.
    let cookie = cookie.filter(|_| bearer.is_none());
    Credentials { cookie, bearer }
}

/// Refuses a request that no page of ours made: its Origin must be the configured public address or the very
/// host that it asks. A missing Origin is refused too, since every browser sends it with such requests.
pub(crate) fn same_origin(headers: &HeaderMap, app: &App) -> Result<(), Problem> {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let origin = text(header::ORIGIN).ok_or(refusal::WRONG_ORIGIN)?;
    let host = origin.split_once("://").map(|(_, host)| host);
    if app.public_url.as_deref() == Some(origin) || (host.is_some() && host == text(header::HOST)) {
        Ok(())
    } else {
        Err(refusal::WRONG_ORIGIN.into())
    }
}

/// The address under which a browser asks, as its Host header says. Only on the machine itself is it plain
/// HTTP: elsewhere browsers would not keep the sign-in's cookie.
fn asked_address(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    if !host.bytes().all(plain) {
        return None;
    }
    let machine = ["localhost", "127.0.0.1", "[::1]"];
    let local =
        machine.iter().any(|name| host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')));
    Some(format!("{}://{host}", if local { "http" } else { "https" }))
}

/// The peer's address, for sign-in lists and limits. Forwarded headers are not believed.
pub fn client_address(parts: &Parts) -> String {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(String::new, |info| info.0.ip().to_string())
}

/// The peer's address as an argument of a handler.
pub struct ClientAddress(pub String);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(client_address(parts)))
    }
}

/// What one customer of a network provider holds, for limits: an IPv4 address, or 64 bits of an IPv6 one.
pub fn network_of(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

/// The browser's own description, cut to 300 characters.
pub fn user_agent(headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_asked_address_is_plain_http_on_the_machine_itself_only() {
        let asked = |host: &str| asked_address(&HeaderMap::from_iter([(header::HOST, host.parse().expect("a host"))]));
        for (host, address) in [
            ("localhost:8787", "http://localhost:8787"),
            ("127.0.0.1:8787", "http://127.0.0.1:8787"),
            ("[::1]:8787", "http://[::1]:8787"),
            ("desk.example", "https://desk.example"),
            ("localhost.evil.example", "https://localhost.evil.example"),
            ("127.0.0.1.evil.example:80", "https://127.0.0.1.evil.example:80"),
        ] {
            assert_eq!(asked(host).as_deref(), Some(address));
        }
        assert_eq!(asked("a\"><script>"), None);
        assert_eq!(asked_address(&HeaderMap::new()), None);
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2:ffff::1"));
        assert_ne!(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
        assert_eq!(network_of("::ffff:192.0.2.1"), network_of("192.0.2.1"));
    }
}
