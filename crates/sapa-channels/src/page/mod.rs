//! Facebook pages (Messenger) and professional accounts of Instagram: webhooks in, Graph calls out.
//!
//! What must stay true: both speak the same language; where they differ stands in [`Page`], as data. A person is known
//! by a name that holds for one page or account. Absent: mentions in comments, handing over to other programs, payments.

mod answer;
mod comment;
mod connect;
mod missed;
mod request;
mod split;
mod update;

use crate::{
    Account, Adapter, Answer, Capabilities, Comments, Connection, Delivery, FileLimits, Found, Handshake, Inbound,
    Item, Length, Locate, Located, Missed, Outbound, Outcome, Pace, Part, Person, Post, Request, Step, Task, Unit,
    Unreadable, Wrong, graph,
};
use std::collections::BTreeMap;

const MEGABYTE: u64 = 1024 * 1024;
const DAY_HOURS: i64 = 24;
const HOUR_MS: i64 = 3_600_000;
/// Private answers to comments that the platform lets an account give; public ones get no more from us.
const COMMENTS_PER_HOUR: i64 = 750;

/// One of the two.
pub(crate) struct Page {
    name: &'static str,
    capabilities: &'static Capabilities,
    connection: &'static Connection,
    /// What pushes about it are called.
    object: &'static str,
    /// What it must tell us.
    fields: &'static [&'static str],
    /// And this, where comments are answered.
    comments: &'static str,
    /// What its posts are called, and where one is looked at.
    posts: (&'static str, &'static str),
    /// What is below a comment.
    replies: &'static str,
    /// What is asked about people.
    person: &'static str,
    /// Whether it gives back what a message was called by us.
    gives_back: bool,
}

const MESSENGER_CAPABILITIES: Capabilities = Capabilities {
    text: Length { max: 2_000, unit: Unit::Characters },
    // Words and a file are two messages.
    caption: Length { max: 0, unit: Unit::Characters },
    files: FileLimits {
        image: 8 * MEGABYTE,
        audio: 25 * MEGABYTE,
        video: 25 * MEGABYTE,
        other: 25 * MEGABYTE,
        other_types: &[],
        inbound: 25 * MEGABYTE,
    },
    files_together: 1,
    window_hours: Some(DAY_HOURS),
    human_hours: Some(7 * DAY_HOURS),
    templates: false,
    tells_delivered: true,
    tells_read: true,
    edit: false,
    delete: false,
    quote: true,
    buttons: true,
    reactions: &["❤️", "😆", "😮", "😢", "😠", "👍", "👎"],
    typing: true,
    seen: true,
    starts: false,
    comments: Some(Comments {
        private_days: 7,
        pace: Pace { every_ms: HOUR_MS / COMMENTS_PER_HOUR, at_once: 50 },
        text: Length { max: 1_000, unit: Unit::Characters },
    }),
    account_pace: Pace { every_ms: 25, at_once: 40 },
    person_pace: Pace { every_ms: 500, at_once: 10 },
};

const INSTAGRAM_CAPABILITIES: Capabilities = Capabilities {
    text: Length { max: 1_000, unit: Unit::Bytes },
    files: FileLimits { other_types: &["application/pdf"], ..MESSENGER_CAPABILITIES.files },
    tells_delivered: false,
    reactions: &["❤️"],
    account_pace: Pace { every_ms: 10, at_once: 100 },
    ..MESSENGER_CAPABILITIES
};

/// By the Send API of November 2026.
pub(crate) const MESSENGER: Page = Page {
    name: "messenger",
    capabilities: &MESSENGER_CAPABILITIES,
    connection: &connect::MESSENGER,
    object: "page",
    fields: &[
        "messages",
        "messaging_postbacks",
        "message_deliveries",
        "message_reads",
        "message_echoes",
        "message_reactions",
        "message_edits",
        "messaging_referrals",
        "standby",
        "messaging_policy_enforcement",
    ],
    comments: "feed",
    posts: ("posts", "permalink_url"),
    replies: "comments",
    person: "first_name,last_name",
    gives_back: true,
};

/// By the Instagram API of November 2026.
pub(crate) const INSTAGRAM: Page = Page {
    name: "instagram",
    capabilities: &INSTAGRAM_CAPABILITIES,
    connection: &connect::INSTAGRAM,
    object: "instagram",
    fields: &[
        "messages",
        "messaging_postbacks",
        "messaging_seen",
        "message_reactions",
        "messaging_referral",
        "message_edit",
        "standby",
    ],
    comments: "comments",
    posts: ("media", "permalink"),
    replies: "replies",
    person: "name,username",
    gives_back: false,
};

impl Adapter for Page {
    fn name(&self) -> &'static str {
        self.name
    }

    fn capabilities(&self) -> &'static Capabilities {
        self.capabilities
    }

    fn connection(&self) -> &'static Connection {
        self.connection
    }

    fn steps(&self, account: &Account, task: &Task<'_>) -> Vec<Step> {
        connect::steps(self, account, task)
    }

    fn learn(&self, account: &Account, step: &str, answer: &Answer<'_>, found: &mut Found) -> Result<(), Wrong> {
        connect::learn(self, account, step, answer, found)
    }

    fn is_genuine(&self, delivery: &Delivery<'_>, secrets: &[Vec<u8>]) -> bool {
        graph::is_genuine(delivery, secrets)
    }

    fn handshake(&self, query: &BTreeMap<String, String>) -> Option<Handshake> {
        graph::handshake(query)
    }

    fn split(&self, body: &[u8]) -> Vec<Item> {
        split::split(body)
    }

    fn read(&self, item: &[u8]) -> Result<Inbound, Unreadable> {
        update::read(item)
    }

    fn requests(&self, account: &Account, outbound: &Outbound) -> Vec<Part> {
        request::parts(self, account, outbound)
    }

    fn outcome(&self, answer: &Answer<'_>) -> Outcome {
        answer::outcome(answer)
    }

    fn ask_for_person(&self, account: &Account, id: &str) -> Option<Request> {
        Some(graph::get(account, id, &format!("fields={}", self.person)))
    }

    fn person(&self, answer: &Answer<'_>) -> Result<Person, Outcome> {
        answer::person(answer)
    }

    fn ask_for_missed(&self, account: &Account, page: Option<&str>) -> Option<Request> {
        Some(missed::ask(self, account, page))
    }

    fn missed(&self, account: &Account, own: &str, answer: &Answer<'_>, since: i64) -> Result<Missed, Outcome> {
        missed::read(account, own, answer, since)
    }

    fn ask_for_token(&self, account: &Account) -> Option<Request> {
        connect::ask_for_token(self, account)
    }

    fn token(&self, answer: &Answer<'_>) -> Result<(String, i64), Outcome> {
        answer::token(answer)
    }

    fn ask_for_posts(&self, account: &Account, page: Option<&str>) -> Option<Request> {
        Some(comment::ask_for_posts(self, account, page))
    }

    fn posts(&self, answer: &Answer<'_>) -> Result<(Vec<Post>, Option<String>), Outcome> {
        comment::posts(self, answer)
    }

    fn reached_whom(&self, answer: &Answer<'_>) -> Option<String> {
        comment::reached_whom(answer)
    }

    /// Links to customers' files are open, for some days.
    fn locate(&self, _account: &Account, reference: &str) -> Locate {
        Locate::Known(Located { address: reference.to_owned(), ..Located::default() })
    }

    fn located(&self, _account: &Account, answer: &Answer<'_>) -> Result<Located, Outcome> {
        Err(self.outcome(answer))
    }
}
