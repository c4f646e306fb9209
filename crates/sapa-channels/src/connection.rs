//! What connecting an inbox with an account asks of people, and what is asked of the provider for it.

use crate::{Outcome, Request};

/// What people give, beside a token.
#[derive(Debug)]
pub struct Connection {
    /// Where the provider's interface is, unless it is one's own.
    pub address: &'static str,
    /// Where it is when this field is filled in.
    pub otherwise: Option<(&'static str, &'static str)>,
    /// Whether it can be asked for updates instead of pushing them.
    pub polling: bool,
    /// Whether we tell it ourselves where to push to; otherwise people do.
    pub hooked: bool,
    pub fields: &'static [Field],
}

impl Connection {
    /// Whether the provider's interface is there.
    pub fn is_own(&self, address: &str) -> bool {
        self.address == address || self.otherwise.is_some_and(|(_, other)| other == address)
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    /// It is sealed, and shown to nobody: pushes are signed with it.
    pub secret: bool,
    pub needed: bool,
}

/// What is to be done at the provider.
#[derive(Clone, Copy)]
pub enum Task<'a> {
    /// Whatever is needed so that the account is ours; updates are pushed to this address with this secret, or asked for.
    Connect(Option<Hook<'a>>),
    /// See how it goes.
    Check,
    /// Nobody listens any more.
    Leave,
}

#[derive(Clone, Copy)]
pub struct Hook<'a> {
    pub address: &'a str,
    pub secret: &'a str,
}

/// One request of a task.
pub struct Step {
    pub name: &'static str,
    pub request: Request,
}

/// What the provider says of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its own name for it.
    pub id: String,
    pub name: String,
    /// As people look for it.
    pub username: String,
    /// Where it pushes updates to; empty: nowhere. `None`: it does not say.
    pub pushes_to: Option<String>,
    /// Whether it tells us anything at all.
    pub subscribed: Option<bool>,
    /// What else of its names must be known, as fields of the connection.
    pub fields: Vec<(String, String)>,
    /// The app that the token is of.
    pub app: Option<String>,
    /// Updates that wait there.
    pub pending: i64,
    /// What it last said of our address, in milliseconds UTC.
    pub last_error_at: Option<i64>,
    pub last_error: Option<String>,
    /// When the token ends, in milliseconds UTC.
    pub token_ends_at: Option<i64>,
    /// What else it says of how the account goes, by a word of its own.
    pub notes: Vec<(String, String)>,
}

/// Why an account cannot be connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nobody is behind the token.
    Token,
    /// The token may not do this.
    Scope(&'static str),
    /// What was given there is nothing that the token knows.
    Field(&'static str),
    /// The provider does not take our address: what it says.
    Address(String),
    Other(Outcome),
}
