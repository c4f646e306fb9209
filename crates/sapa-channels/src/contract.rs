//! What every adapter takes and gives.

use crate::Capabilities;

/// A channel of a provider.
pub trait Adapter: Sync {
    /// As the database and the wire spell it.
    fn name(&self) -> &'static str;

    fn capabilities(&self) -> &'static Capabilities;

    /// The items of one delivery, whether it was pushed or asked for. What cannot be read is one item without a key.
    fn split(&self, body: &[u8]) -> Vec<Item>;

    /// What an item says.
    fn read(&self, item: &[u8]) -> Result<Inbound, Unreadable>;

    /// The requests that say it, in order. Each arrives, or not, on its own.
    fn requests(&self, account: &Account, outbound: &Outbound) -> Vec<Part>;

    /// What the provider's answer means.
    fn outcome(&self, answer: &Answer<'_>) -> Outcome;

    /// Asks where a customer's file is …
    fn locate(&self, account: &Account, reference: &str) -> Request;

    /// … and what the answer says: an address, which may be a secret.
    fn located(&self, account: &Account, answer: &Answer<'_>) -> Result<String, Outcome>;
}

/// One thing that the provider tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The provider's own name for it: the same again is the same.
    pub key: Option<String>,
    /// As it came.
    pub body: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// The provider's name for where it was said: the customer himself, where he writes alone.
    pub chat: String,
    pub person: Option<Person>,
    /// When, in milliseconds UTC, by what the provider says.
    pub at: Option<i64>,
    pub what: What,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub id: String,
    pub name: Option<String>,
    pub username: Option<String>,
    pub language: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Message(Received),
    /// What it says now.
    Edited(Received),
    /// Of one person on one message: all that he has on it now.
    Reacted {
        target: String,
        emoji: Vec<String>,
    },
    /// A button under a message: what stands on it, and what the provider wants acknowledged.
    Pressed {
        id: String,
        target: Option<String>,
        text: String,
    },
    /// Whether he can be written to.
    Reachable(bool),
    /// Nothing of the customer's; a word for the count.
    Ignored(&'static str),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    pub id: String,
    /// With our marks.
    pub text: Option<String>,
    pub files: Vec<RemoteFile>,
    /// The message that it answers.
    pub reply_to: Option<String>,
    /// Messages with the same one are one.
    pub album: Option<String>,
    /// By which link he came.
    pub source: Option<String>,
    /// What it is, when it is nothing that we can show.
    pub unsupported: Option<String>,
}

/// A customer's file, at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteFile {
    pub reference: String,
    pub name: String,
    /// In bytes, by what the provider says.
    pub size: Option<u64>,
}

/// Who asks, and where. It has no `Debug`, so that it cannot slip into a log.
#[derive(Clone)]
pub struct Account {
    /// Of the provider's interface, without a slash at the end.
    pub address: String,
    pub token: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbound {
    pub chat: String,
    pub say: Say,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Say {
    Message {
        /// With our marks.
        text: Option<String>,
        files: Vec<OutboundFile>,
        reply_to: Option<String>,
        button: Option<Button>,
        /// Its marks were not taken: as it is written.
        plain: bool,
    },
    /// Other words for what the text's part said.
    Edit {
        target: String,
        beside_a_file: bool,
        text: String,
        button: Option<Button>,
    },
    Delete {
        targets: Vec<String>,
    },
    /// He sees that somebody writes.
    Typing,
    /// The button that he pressed is taken.
    Pressed {
        id: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundFile {
    pub name: String,
    pub media_type: String,
    pub size: u64,
    /// Of pictures, in pixels.
    pub width: Option<i64>,
    pub height: Option<i64>,
}

/// A link to press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub text: String,
    pub url: String,
}

/// One request of what is said.
pub struct Part {
    /// Tells it from the others, the same at each try.
    pub name: String,
    pub request: Request,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// Without `Debug`: an address may hold the token.
pub struct Request {
    pub method: Method,
    pub address: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Empty,
    Json(Vec<u8>),
    /// Fields, and one of the outbound's files by its place.
    Form {
        fields: Vec<(&'static str, String)>,
        field: &'static str,
        file: usize,
    },
}

/// What came back.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub status: u16,
    pub retry_after_s: Option<u64>,
    pub body: &'a [u8],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider has it, under these names.
    Accepted(Vec<String>),
    /// Never, whatever is done: what it says about it.
    Permanent(String),
    /// Perhaps later.
    Retry,
    /// Not before so many milliseconds.
    Rate(i64),
    /// Our token is no more.
    Reauthorize,
    /// Not now: he wrote too long ago.
    Window,
    /// He does not want to hear from us.
    Blocked,
    /// He is called otherwise now.
    Moved(String),
    /// Without its marks it may pass.
    Marks,
    /// It may have it, or not.
    Uncertain,
}
