//! WhatsApp's Cloud API: webhooks in, Graph calls out.
//!
//! What one customer and one number say to each other is read; groups are counted. A customer may be known by a name
//! of Meta's alone, without a number. Absent: flows, catalogues and carousels of ours, calls, history of the phone.

mod answer;
mod connect;
mod request;
mod split;
mod template;
mod update;

use crate::{
    Account, Adapter, Answer, Capabilities, Connection, Delivery, FileLimits, Found, Handshake, Inbound, Item, Length,
    Locate, Located, Outbound, Outcome, Pace, Part, Request, Step, Task, Template, Unit, Unreadable, Wrong, graph,
};
use std::collections::BTreeMap;

const MEGABYTE: u64 = 1024 * 1024;

/// By the Cloud API of November 2026.
const CAPABILITIES: Capabilities = Capabilities {
    text: Length { max: 4_096, unit: Unit::Characters },
    caption: Length { max: 1_024, unit: Unit::Characters },
    files: FileLimits {
        image: 5 * MEGABYTE,
        audio: 16 * MEGABYTE,
        video: 16 * MEGABYTE,
        other: 100 * MEGABYTE,
        other_types: &[],
        inbound: 100 * MEGABYTE,
    },
    files_together: 1,
    window_hours: Some(24),
    human_hours: None,
    templates: true,
    tells_delivered: true,
    tells_read: true,
    edit: false,
    delete: false,
    quote: true,
    buttons: true,
    reactions: &["👍", "❤️", "😂", "😮", "😢", "🙏"],
    typing: true,
    seen: true,
    starts: false,
    comments: None,
    account_pace: Pace { every_ms: 12, at_once: 80 },
    person_pace: Pace { every_ms: 6_000, at_once: 45 },
};

pub struct WhatsApp;

impl Adapter for WhatsApp {
    fn name(&self) -> &'static str {
        "whatsapp"
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

    fn learn(&self, account: &Account, step: &str, answer: &Answer<'_>, found: &mut Found) -> Result<(), Wrong> {
        connect::learn(account, step, answer, found)
    }

    fn is_genuine(&self, delivery: &Delivery<'_>, secrets: &[Vec<u8>]) -> bool {
        graph::is_genuine(delivery, secrets)
    }

    fn handshake(&self, query: &BTreeMap<String, String>) -> Option<Handshake> {
        graph::handshake(query)
    }

    fn ask_for_templates(&self, account: &Account, page: Option<&str>) -> Option<Request> {
        Some(template::ask(account, page))
    }

    fn templates(&self, answer: &Answer<'_>) -> Result<(Vec<Template>, Option<String>), Outcome> {
        template::read(answer)
    }

    fn split(&self, body: &[u8]) -> Vec<Item> {
        split::split(body)
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
        Locate::Ask(graph::get(account, reference, ""))
    }

    fn located(&self, account: &Account, answer: &Answer<'_>) -> Result<Located, Outcome> {
        answer::located(account, answer)
    }
}
