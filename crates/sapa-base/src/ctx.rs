//! The context of a request: who asks, and a permit that is granted inside the transaction it is for.

use crate::{App, Caller, Credentials, MemberCaller, Problem, ThrottleKind, Tx, refusal};
use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, Method, header, request::Parts},
};
use futures_util::future::BoxFuture;
use ipnet::IpNet;
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

/// The permit of what a member does for himself where he is signed in, and no program in his name: what opens his
/// account, or tells who may.
pub struct SignedIn(pub Arc<MemberCaller>);

impl Permit for SignedIn {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?;
        member.must_be_signed_in()?;
        Ok(Self(member.clone()))
    }
}

/// Requests of the programs that show one token.
pub const REQUESTS_PER_MEMBER_TOKEN: ThrottleKind =
    ThrottleKind { name: "requests_per_member_token", limit: 600, minutes: 1 };

/// A request whose handler needs the permit `P`.
pub struct Ctx<P: Permit> {
    app: App,
    caller: Caller,
    target: P::Target,
    /// The address under which the browser asked.
    asked: Option<String>,
    /// From where a member asks for a change.
    from: Option<IpAddr>,
}

/// For a query before a command: each has its own transaction and its own permit.
impl<P: Permit<Target: Clone>> Clone for Ctx<P> {
    fn clone(&self) -> Self {
        Self {
            app: self.app.clone(),
            caller: self.caller.clone(),
            target: self.target.clone(),
            asked: self.asked.clone(),
            from: self.from,
        }
    }
}

impl<P: Permit> Ctx<P> {
    /// Grants the permit and runs a command, in one transaction.
    pub async fn write<T, F>(self, command: F) -> Result<T, Problem>
    where
        F: for<'t, 'a> FnOnce(&'t mut Tx<'a>, P) -> BoxFuture<'t, Result<T, Problem>> + Send + 'static,
        T: Send + 'static,
    {
        let Self { app, caller, target, asked, from } = self;
        let workspace = caller.workspace();
        app.write(workspace, move |tx| {
            Box::pin(async move {
                (tx.asked, tx.from) = (asked, from);
                tx.by = caller.member().ok().cloned();
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
        let Self { app, caller, target, asked, .. } = self;
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
        let credentials = credentials(parts, app);
        let safe = matches!(parts.method, Method::GET | Method::HEAD);
        if !safe && credentials.bearer.is_none() {
            same_origin(&parts.headers, app)?;
        }
        let caller = app.authenticate(&credentials).await?;
        admit(&caller, safe, app)?;
        // A path that is no id names nothing.
        let Path(target) = Path::<P::Target>::from_request_parts(parts, app).await.map_err(|_| refusal::NOT_FOUND)?;
        let from = if safe { None } else { client_ip(parts, app) };
        Ok(Self { app: app.clone(), caller, target, asked: asked_address(&parts.headers), from })
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

/// What stands after the question mark; see [`Body`].
pub struct QueryOf<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for QueryOf<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Problem> {
        let query = Query::<T>::try_from_uri(&parts.uri);
        query.map(|Query(query)| Self(query)).map_err(|wrong| refusal::INVALID_BODY.with("detail", wrong.body_text()))
    }
}

/// What holds for every request of a program in a member's name: so many, and no change by one that may only look,
/// whatever every member may do for himself.
pub(crate) fn admit(caller: &Caller, safe: bool, app: &App) -> Result<(), Problem> {
    let Caller::Member(member) = caller else { return Ok(()) };
    let Some((token, _)) = member.token() else { return Ok(()) };
    app.throttle(&REQUESTS_PER_MEMBER_TOKEN, &token.to_string())?;
    if safe || !member.rights.only_look() { Ok(()) } else { Err(refusal::FORBIDDEN.into()) }
}

/// What a request shows to prove who is asking.
pub(crate) fn credentials(parts: &Parts, app: &App) -> Credentials {
    let headers = &parts.headers;
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
    Credentials { cookie, bearer, address: client_ip(parts, app) }
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

/// Who asks, for sign-in lists and limits: the peer, or what the last proxy that is not ours was told by its peer. A
/// forwarded address is believed only of the proxies that the settings name.
pub fn client_address(parts: &Parts, app: &App) -> String {
    client_ip(parts, app).map_or_else(String::new, |address| address.to_string())
}

fn client_ip(parts: &Parts, app: &App) -> Option<IpAddr> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
    Some(asking(peer, &parts.headers, &app.trusted_proxies))
}

fn asking(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_ours = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let told: Vec<_> = forwarded.flat_map(|line| line.split(',')).collect();
    // Each proxy appends its peer: from the end, as long as the one who told it is ours.
    let mut asking = peer;
    for text in told.iter().rev() {
        let (true, Ok(before)) = (is_ours(&asking), text.trim().parse::<IpAddr>()) else { break };
        asking = before.to_canonical();
    }
    asking
}

/// The peer's address as an argument of a handler.
pub struct ClientAddress(pub String);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(client_address(parts, app)))
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
    fn a_forwarded_address_is_believed_of_our_proxies_only() {
        let trusted: Vec<IpNet> = ["127.0.0.1/32", "10.0.0.0/8"].map(|text| text.parse().expect("a network")).into();
        let asks = |peer: &str, told: &str| {
            let headers =
                HeaderMap::from_iter([("x-forwarded-for".parse().expect("a name"), told.parse().expect("a value"))]);
            asking(peer.parse::<IpAddr>().expect("an address"), &headers, &trusted).to_string()
        };
        assert_eq!(asks("203.0.113.9", "198.51.100.1"), "203.0.113.9", "a stranger says so");
        assert_eq!(asks("127.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(asks("127.0.0.1", "1.2.3.4, 198.51.100.1, 10.1.2.3"), "198.51.100.1", "two proxies of ours");
        assert_eq!(asks("127.0.0.1", "nonsense"), "127.0.0.1");
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2:ffff::1"));
        assert_ne!(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
        assert_eq!(network_of("::ffff:192.0.2.1"), network_of("192.0.2.1"));
    }
}
