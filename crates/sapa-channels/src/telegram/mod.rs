//! Telegram's Bot API: updates in, method calls out.
//!
//! Only what one person and the bot say to each other is read; groups and channels are counted. Absent: business
//! accounts, payments, inline queries, albums of ours.

mod answer;
mod connect;
mod marks;
mod request;
mod update;

pub use connect::{
    Bot, WebhookInfo, bot, done, get_me, get_updates, get_webhook_info, remove_webhook, set_webhook, webhook_info,
};

use crate::{
    Account, Adapter, Answer, Capabilities, FileLimits, Inbound, Item, Length, Outbound, Outcome, Pace, Part, Request,
    Unit, Unreadable,
};

/// Where the Bot API is, unless it is one's own.
pub const ADDRESS: &str = "https://api.telegram.org";
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
        inbound: 20 * MEGABYTE,
    },
    files_together: 1,
    window_hours: None,
    tells_delivered: false,
    tells_read: false,
    edit: true,
    delete: true,
    quote: true,
    buttons: true,
    reactions: true,
    typing: true,
    starts: false,
    account_pace: Pace { per_second: 30 },
    person_pace: Pace { per_second: 1 },
};

pub struct Telegram;

impl Adapter for Telegram {
    fn name(&self) -> &'static str {
        "telegram"
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
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

    fn locate(&self, account: &Account, reference: &str) -> Request {
        request::call(account, "getFile", &serde_json::json!({ "file_id": reference }))
    }

    fn located(&self, account: &Account, answer: &Answer<'_>) -> Result<String, Outcome> {
        answer::located(account, answer)
    }
}
