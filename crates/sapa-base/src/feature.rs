//! What a feature hands to the program: one value, collected in one line.

use crate::{
    App, Caller, EventKind, JobKind, Ms, Problem, Refusal, ThrottleKind, Token, VisitorCaller,
    callers::{Proof, Shown},
};
use futures_util::future::BoxFuture;
use ids::{MemberId, WorkspaceId};
use std::{collections::BTreeSet, net::IpAddr, sync::Arc};
use utoipa_axum::router::OpenApiRouter;

/// What a request or a socket shows to prove who is asking.
#[derive(Clone, Default)]
pub struct Credentials {
    /// The value of the `__Host-sapa` cookie.
    pub cookie: Option<String>,
    /// The value after `Authorization: Bearer`, or the token of a visitor socket's first frame.
    pub bearer: Option<String>,
    /// From where it is asked, as far as that is known.
    pub address: Option<IpAddr>,
}

/// Turns credentials into a caller; `None` when they are not of its kind or open nothing.
pub type Authenticate = for<'a> fn(&'a App, &'a Credentials) -> BoxFuture<'a, Result<Option<Caller>, Problem>>;

/// A frame that clients may send over their socket besides the stream's own.
#[derive(Clone, Copy)]
pub struct SocketFrame {
    /// The frame's `type`.
    pub name: &'static str,
    /// Its effect is ephemeral; what it cannot use it ignores.
    pub handle: fn(App, Caller, serde_json::Value) -> BoxFuture<'static, ()>,
}

/// Told of a visitor who has a socket now (`None`), or has had none for a while: since when. It must be quick to find
/// that there is nothing to do.
pub type Presence = fn(App, Arc<VisitorCaller>, Option<Ms>) -> BoxFuture<'static, ()>;

/// Told which members have a socket on this node: of one when he opens his first, and of all every
/// [`crate::stream::ATTENDANCE_S`] seconds. Who is not told of any more, by no node, has left.
pub type Attendance = fn(App, BTreeSet<(WorkspaceId, MemberId)>) -> BoxFuture<'static, ()>;

/// How an event looks to clients, for the description of the interface.
#[derive(Clone, Copy)]
pub struct EventShape {
    pub kind: &'static str,
    /// The name of the schema of its data; the feature's routes bring the schema itself.
    pub schema: &'static str,
    /// Lists beside the data that depend on the listener: their names and the schemas of their items.
    pub lists: &'static [(&'static str, &'static str)],
    pub to: Listeners,
}

/// Whose socket an event comes through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Listeners {
    Members,
    Visitors,
}

/// A job that follows events of a kind, enqueued by the transaction that writes the event. Its payload is the event's
/// facts. It is how a feature acts on what happens in another that does not know of it.
#[derive(Clone, Copy)]
pub struct Follow {
    pub event: &'static EventKind,
    /// Whether an event with these facts is one of them.
    pub wants: fn(&str) -> bool,
    pub job: &'static JobKind,
}

/// Work that goes on as long as the app, on every node that works on jobs. It looks at [`App::is_stopping`] itself.
pub type Task = fn(App) -> BoxFuture<'static, ()>;

/// Everything a feature adds to the program.
#[derive(Default)]
pub struct Feature {
    pub name: &'static str,
    pub routes: OpenApiRouter<App>,
    pub authenticate: Option<Authenticate>,
    pub events: &'static [&'static EventKind],
    pub event_shapes: &'static [EventShape],
    pub jobs: &'static [&'static JobKind],
    /// Jobs that wait for other systems: they have workers of their own, so that a slow one holds up no other job.
    pub outside_jobs: &'static [&'static JobKind],
    /// Jobs that fetch files from other systems, each for up to a minute: they hold up only each other.
    pub fetch_jobs: &'static [&'static JobKind],
    pub follows: &'static [Follow],
    pub frames: &'static [SocketFrame],
    pub presences: &'static [Presence],
    pub attendances: &'static [Attendance],
    pub tasks: &'static [Task],
    pub refusals: &'static [Refusal],
    pub throttles: &'static [ThrottleKind],
}

impl Credentials {
    pub fn cookie_token(&self) -> Option<Token> {
        Token::parse(self.cookie.as_deref()?)
    }

    pub fn bearer_token(&self) -> Option<Token> {
        Token::parse(self.bearer.as_deref()?)
    }

    /// The token of a member, for his program.
    pub fn member_token(&self) -> Option<Token> {
        Token::parse_marked(self.bearer.as_deref()?)
    }

    pub(crate) fn proof(&self) -> Option<Proof> {
        let shown = |token: Option<Token>, how| token.map(|token| (how, token.hash()));
        shown(self.bearer_token(), Shown::Bearer)
            .or_else(|| shown(self.member_token(), Shown::Marked))
            .or_else(|| shown(self.cookie_token(), Shown::Cookie))
    }
}
