//! What every adapter takes and gives.

use crate::{Capabilities, Connection, Filled, Found, Step, Task, Template, Wrong};
use std::collections::BTreeMap;

/// A channel of a provider.
pub trait Adapter: Sync {
    /// As the database and the wire spell it.
    fn name(&self) -> &'static str;

    fn capabilities(&self) -> &'static Capabilities;

    /// What connecting an inbox asks of people.
    fn connection(&self) -> &'static Connection;

    /// What is asked of the provider for a task, in order.
    fn steps(&self, account: &Account, task: &Task<'_>) -> Vec<Step>;

    /// What the answer to a step tells, beside what is known already.
    fn learn(&self, account: &Account, step: &str, answer: &Answer<'_>, found: &mut Found) -> Result<(), Wrong>;

    /// Asks for everything from this number on that the provider tells, and waits so long for a first one. `None`:
    /// it only pushes.
    fn ask_for_updates(&self, _account: &Account, _next: Option<i64>, _wait_s: u64) -> Option<Request> {
        None
    }

    /// Whether the provider sent these bytes, by one of the secrets that it has of us, or we of it.
    fn is_genuine(&self, delivery: &Delivery<'_>, secrets: &[Vec<u8>]) -> bool;

    /// What a provider that looks whether an address is ours shows, and wants to hear.
    fn handshake(&self, _query: &BTreeMap<String, String>) -> Option<Handshake> {
        None
    }

    /// Asks for the templates with which the account may write first, from this page on …
    fn ask_for_templates(&self, _account: &Account, _page: Option<&str>) -> Option<Request> {
        None
    }

    /// … and what the answer says: templates, and the next page.
    fn templates(&self, answer: &Answer<'_>) -> Result<(Vec<Template>, Option<String>), Outcome> {
        Err(self.outcome(answer))
    }

    /// The items of one delivery, whether it was pushed or asked for. What cannot be read is one item without a key.
    fn split(&self, body: &[u8]) -> Vec<Item>;

    /// What an item says.
    fn read(&self, item: &[u8]) -> Result<Inbound, Unreadable>;

    /// The requests that say it, in order. Each arrives, or not, on its own.
    fn requests(&self, account: &Account, outbound: &Outbound) -> Vec<Part>;

    /// What the provider's answer means.
    fn outcome(&self, answer: &Answer<'_>) -> Outcome;

    /// Asks who somebody is who only has a name of the provider's …
    fn ask_for_person(&self, _account: &Account, _id: &str) -> Option<Request> {
        None
    }

    /// … and what the answer says.
    fn person(&self, answer: &Answer<'_>) -> Result<Person, Outcome> {
        Err(self.outcome(answer))
    }

    /// Asks for what was said lately, from this page on, in case it was told to nobody …
    fn ask_for_missed(&self, _account: &Account, _page: Option<&str>) -> Option<Request> {
        None
    }

    /// … and what of it was said since then, as if it had been pushed. `own`: the provider's name for the account.
    fn missed(&self, _account: &Account, _own: &str, answer: &Answer<'_>, _since: i64) -> Result<Missed, Outcome> {
        Err(self.outcome(answer))
    }

    /// Asks for a token that lasts longer …
    fn ask_for_token(&self, _account: &Account) -> Option<Request> {
        None
    }

    /// … and what the answer says: the token, and for how many seconds it lasts.
    fn token(&self, answer: &Answer<'_>) -> Result<(String, i64), Outcome> {
        Err(self.outcome(answer))
    }

    /// Asks for the account's newest posts, from this page on …
    fn ask_for_posts(&self, _account: &Account, _page: Option<&str>) -> Option<Request> {
        None
    }

    /// … and what the answer says: posts, and the next page.
    fn posts(&self, answer: &Answer<'_>) -> Result<(Vec<Post>, Option<String>), Outcome> {
        Err(self.outcome(answer))
    }

    /// Whom a private answer to a comment reached, by the name under which he can be written to.
    fn reached_whom(&self, _answer: &Answer<'_>) -> Option<String> {
        None
    }

    /// Where a customer's file is, or whom to ask …
    fn locate(&self, account: &Account, reference: &str) -> Locate;

    /// … and what the answer says.
    fn located(&self, account: &Account, answer: &Answer<'_>) -> Result<Located, Outcome>;
}

/// A push, as it came.
pub struct Delivery<'a> {
    pub headers: &'a dyn Fn(&str) -> Option<&'a str>,
    pub body: &'a [u8],
}

/// What was shown with a look at our address, and what is answered if it is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    pub shown: String,
    pub answer: String,
}

/// One thing that the provider tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The provider's own name for it: the same again is the same.
    pub key: Option<String>,
    /// Of which account it is, where several may share an address.
    pub account: Option<String>,
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
    /// What else the provider calls him, or called him before.
    pub also: Vec<String>,
    /// With a plus and digits only.
    pub phone: Option<String>,
    pub name: Option<String>,
    pub username: Option<String>,
    pub language: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Message(Received),
    /// He says it below a post of ours, for everybody to read.
    Commented(Comment),
    /// What it says now; the newest is the truth.
    Edited(Received),
    /// Of one person on one message: all that he has on it now; the newest is the truth.
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
    /// He took it back.
    Revoked {
        target: String,
    },
    /// We said it: on a phone with the same account, with another program, or from here.
    Echoed {
        said: Received,
        /// As we called it, see [`Outbound::reference`], if it was said from here and the provider tells so.
        reference: Option<String>,
    },
    /// How far something that we said has come.
    Reached {
        target: String,
        /// As we called it, see [`Outbound::reference`].
        reference: Option<String>,
        to: Reached,
    },
    /// The same of all that we said to him up to this one, or until that time.
    ReachedUpTo {
        target: Option<String>,
        until: Option<i64>,
        to: Reached,
    },
    /// He followed a link to us, and says nothing yet.
    Referred {
        source: String,
        /// The link is an advertisement.
        by_ad: bool,
    },
    /// He is called otherwise from now on, or too.
    Renamed,
    /// Whether he can be written to.
    Reachable(bool),
    /// How the account goes: a word of the provider's, and what it says about it.
    Account {
        about: String,
        says: String,
        /// The templates are not what they were.
        templates: bool,
    },
    /// Nothing of the customer's; a word for the count.
    Ignored(&'static str),
}

/// Forward only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    Sent,
    Delivered,
    Read,
    /// Why, as an answer would have said it.
    Failed(Outcome),
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
    /// Which is an advertisement.
    pub by_ad: bool,
    /// Of what else it is about.
    pub about: Option<About>,
    /// What it is, when it is nothing that we can show.
    pub unsupported: Option<String>,
}

/// What somebody wrote below a post of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: String,
    pub post: String,
    /// With our marks.
    pub text: Option<String>,
}

/// Something of ours that people comment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub id: String,
    /// Where people look at it.
    pub address: String,
}

/// What a message is about, beside what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// He names us in a story of his, which is its file.
    StoryMention,
    /// He answers a story of ours, which is its file.
    StoryReply,
    /// A post that he shares.
    Post,
    Reel,
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
    /// What the connection asks beside it, apart from secrets.
    pub fields: BTreeMap<String, String>,
}

/// Of the fields of an account, that which stands when it is to tell of comments, too. People do not fill it in.
pub const COMMENTS: &str = "comments";

impl Account {
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbound {
    pub chat: String,
    /// Ours for it, which the provider may give back when it tells how far it came.
    pub reference: String,
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
        /// The text is what this template says, filled in.
        template: Option<Filled>,
        /// Its marks were not taken: as it is written.
        plain: bool,
        /// The window is closed, and a person says it.
        late: bool,
    },
    /// An answer to what somebody wrote below a post: below it too, or to him alone.
    Comment {
        target: String,
        text: String,
        publicly: bool,
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
    /// A sign at a message of his, or none any more.
    React {
        target: String,
        emoji: Option<String>,
    },
    /// He sees that somebody writes.
    Typing,
    /// He sees that this message of his, and all before it, was read.
    Seen {
        target: String,
    },
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
    /// The provider's name for it, once it is there.
    pub uploaded: Option<String>,
}

/// What was said while nobody listened.
#[derive(Debug)]
pub struct Missed {
    pub items: Vec<Item>,
    /// Where to go on.
    pub next: Option<String>,
}

/// How one gets to know where a customer's file is.
pub enum Locate {
    Ask(Request),
    Known(Located),
}

/// Where a customer's file is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located {
    /// It may be a secret.
    pub address: String,
    pub headers: Vec<(&'static str, String)>,
    /// Of its bytes, if the provider says so: SHA-256.
    pub sha256: Option<Vec<u8>>,
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
    /// He sees nothing of it, and the same twice is no harm.
    pub unseen: bool,
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
    /// Never as it is, for a reason that has a word of ours; and what the provider says about it.
    Refused(Refusal, String),
    /// Perhaps later.
    Retry,
    /// Too much to this one: later, and each time much later.
    Crowded,
    /// Not before so many milliseconds.
    Rate(i64),
    /// Our token is no more.
    Reauthorize,
    /// Nothing can be said through this account before somebody mends it: what the provider says about it.
    Broken(String),
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

/// Why one message is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// He cannot be reached, and the provider does not say why.
    Recipient,
    /// The file is not as the provider wants it.
    File,
    /// The template is not, or no more, or it is filled in otherwise than it says.
    Template,
    /// He wants no offers.
    Declined,
    /// The provider lets no more through for now; tomorrow perhaps.
    Limit,
    /// The comment is gone, too old, or was answered privately before.
    Comment,
}
