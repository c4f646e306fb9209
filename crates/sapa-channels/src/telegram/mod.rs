//! Telegram's Bot API: updates in, method calls out.
//!
//! Only what one person and the bot say to each other is read; groups and channels are counted. Absent: business
//! accounts, payments, inline queries, albums of ours.

mod answer;
mod connect;
mod marks;
mod request;
mod update;

pub(crate) use marks::{Piece, fence_ends, fenced, link_end, pieces, quoted};

use crate::{
    Account, Adapter, Answer, Capabilities, Connection, Delivery, FileLimits, Found, Inbound, Item, Length, Locate,
    Located, Outbound, Outcome, Pace, Part, Request, Step, Task, Unit, Unreadable, Wrong,
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The header with the secret that we gave it.
const SECRET: &str = "x-telegram-bot-api-secret-token";
const MEGABYTE: u64 = 1024 * 1024;

/// By the Bot API 10.3.
const CAPABILITIES: Capabilities = Capabilities {
    text: Length { max: 4_096, unit: Unit::Utf16 },
    caption: Length { max: 1_024, unit: Unit::Utf16 },
    files: FileLimits {
        image: 10 * MEGABYTE,
        audio: 50 * MEGABYTE,
        video: 50 * MEGABYTE,
        other: 50 * MEGABYTE,
        other_types: &[],
        inbound: 20 * MEGABYTE,
    },
    files_together: 1,
    window_hours: None,
    human_hours: None,
    templates: false,
    tells_delivered: false,
    tells_read: false,
    edit: true,
    delete: true,
    quote: true,
    buttons: true,
    reactions: &["👍", "❤", "😁", "😢", "🙏", "👌"],
    typing: true,
    seen: false,
    starts: false,
    comments: None,
    account_pace: Pace { every_ms: 33, at_once: 30 },
    person_pace: Pace { every_ms: 1_000, at_once: 1 },
};

pub struct Telegram;

impl Adapter for Telegram {
    fn name(&self) -> &'static str {
        "telegram"
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn connection(&self) -> &'static Connection {
        &connect::CONNECTION
    }

    fn steps(&self, account: &Account, task: &Task<'_>) -> Vec<Step> {
        connect::steps(account, task)
    }

    fn learn(&self, _account: &Account, step: &str, answer: &Answer<'_>, found: &mut Found) -> Result<(), Wrong> {
        connect::learn(step, answer, found)
    }

    fn ask_for_updates(&self, account: &Account, next: Option<i64>, wait_s: u64) -> Option<Request> {
        Some(connect::get_updates(account, next, wait_s))
    }

    /// The secrets are hashes of what it shows.
    fn is_genuine(&self, delivery: &Delivery<'_>, secrets: &[Vec<u8>]) -> bool {
        let shown = Sha256::digest((delivery.headers)(SECRET).unwrap_or_default());
        secrets.iter().any(|secret| bool::from(shown.as_slice().ct_eq(secret)))
    }

    fn split(&self, body: &[u8]) -> Vec<Item> {
        update::split(body)
    }

    fn read(&self, item: &[u8]) -> Result<Inbound, Unreadable> {
        update::read(item)
    }

    fn requests(&self, account: &Account, outbound: &Outbound) -> Vec<Part> {
        request::parts(account, outbound)
    }

    fn outcome(&self, answer: &Answer<'_>) -> Outcome {
        answer::outcome(answer)
    }

    fn locate(&self, account: &Account, reference: &str) -> Locate {
        Locate::Ask(request::call(account, "getFile", &serde_json::json!({ "file_id": reference })))
    }

    fn located(&self, account: &Account, answer: &Answer<'_>) -> Result<Located, Outcome> {
        answer::located(account, answer)
    }
}
