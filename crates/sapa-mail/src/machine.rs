//! Whether a person wrote it. What a machine wrote is never answered by a machine.

use crate::{Bounce, bounce};
use mail_parser::Message;

/// Who speaks in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Person,
    /// A machine that has something to say, such as a shop, or a list.
    Automatic,
    /// A machine answers for somebody who is away.
    Away,
    /// A server says what became of one of our mails.
    Bounce(Box<Bounce>),
    /// Receipts and complaints of programs, which nobody reads.
    Report,
    /// It goes in circles.
    Loop,
}

/// A mail that passed more servers than this goes in circles.
const HOPS: usize = 50;
/// The header of a conversation's own mails.
pub const DESK: &str = "X-Sapa-Desk";

pub(crate) fn kind(message: &Message<'_>) -> Kind {
    let header = |name: &'static str| message.header_raw(name).map(|value| value.trim().to_lowercase());
    if message.header_values("Received").count() > HOPS {
        return Kind::Loop;
    }
    if let Some(report) = bounce::report(message) {
        return report;
    }
    if header("X-Failed-Recipients").is_some() || is_postmaster(message) {
        return Kind::Bounce(Box::new(bounce::guessed(message)));
    }
    let submitted = header("Auto-Submitted").unwrap_or_default();
    let precedence = header("Precedence").unwrap_or_default();
    let replies = ["X-Autoreply", "X-Autorespond", "X-Autoresponder"].into_iter().any(|name| header(name).is_some());
    if submitted.starts_with("auto-replied") || replies || precedence == "auto_reply" {
        return Kind::Away;
    }
    let listed = ["List-Id", "List-Unsubscribe", "Feedback-ID", "X-Auto-Response-Suppress"];
    let bulk = matches!(precedence.as_str(), "bulk" | "list" | "junk");
    let submitted = !submitted.is_empty() && submitted != "no";
    if submitted || bulk || listed.into_iter().any(|name| header(name).is_some()) {
        return Kind::Automatic;
    }
    Kind::Person
}

fn is_postmaster(message: &Message<'_>) -> bool {
    let from = message.from().and_then(|from| from.first()).and_then(|from| from.address()).unwrap_or_default();
    let local = from.split('@').next().unwrap_or_default().to_lowercase();
    matches!(local.as_str(), "mailer-daemon" | "postmaster")
        || message.header_raw("Return-Path").is_some_and(|path| path.trim() == "<>" && local.is_empty())
}
