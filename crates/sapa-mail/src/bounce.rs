//! What a server says about one of our mails (RFC 3464), also where it says so in its own words.

use crate::{
    machine::Kind,
    read::{clean_line, ids},
};
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

/// Of a text that is no report.
const SEARCHED: usize = 20_000;
const REASON_CHARACTERS: usize = 300;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounce {
    /// Whether it is the end: a delay is none.
    pub is_final: bool,
    /// Whom it did not reach.
    pub recipient: Option<String>,
    /// What the other server said.
    pub reason: Option<String>,
    /// Names that the mail in question may have.
    pub about: Vec<String>,
}

/// What `multipart/report` says.
pub(crate) fn report(message: &Message<'_>) -> Option<Kind> {
    let content = message.root_part().content_type()?;
    if !(content.ctype().eq_ignore_ascii_case("multipart") && content.subtype()?.eq_ignore_ascii_case("report")) {
        return None;
    }
    let of = |kind: &str| message.parts.iter().find(|part| is(part, "message", kind));
    match content.attribute("report-type").map(str::to_lowercase).as_deref() {
        Some("delivery-status") => {}
        Some(_) => return Some(Kind::Report),
        None => drop(of("delivery-status")?),
    }
    let status = of("delivery-status").map(|part| String::from_utf8_lossy(part.contents()).into_owned());
    let field = |name: &str| {
        let lines = unfolded(status.as_deref().unwrap_or_default());
        lines.into_iter().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            // `rfc822; budi@x.example`, `smtp; 550 No`.
            let value = value.trim();
            let said = value.split_once(';').map_or(value, |(_, said)| said.trim());
            key.trim().eq_ignore_ascii_case(name).then(|| said.to_owned())
        })
    };
    let code = field("Status").unwrap_or_default();
    let is_final = match field("Action").map(|action| action.to_lowercase()).as_deref() {
        Some("failed") => !code.starts_with('4') || code.is_empty() || code == "4.4.7",
        Some(_) => false,
        None => code.starts_with('5'),
    };
    let reason = field("Diagnostic-Code").or((!code.is_empty()).then_some(code));
    Some(Kind::Bounce(Box::new(Bounce {
        is_final,
        recipient: field("Final-Recipient")
            .or_else(|| field("Original-Recipient"))
            .map(|text| clean_line(&text, REASON_CHARACTERS)),
        reason: reason.map(|text| clean_line(&text, REASON_CHARACTERS)),
        about: about(message),
    })))
}

/// Of servers that only write a text.
pub(crate) fn guessed(message: &Message<'_>) -> Bounce {
    let text = message.body_text(0).unwrap_or_default();
    let reason = text.lines().map(str::trim).find(|line| has_code(line));
    let failed = message.header_raw("X-Failed-Recipients").map(|text| clean_line(text, REASON_CHARACTERS));
    let is_final = reason.is_some() || failed.is_some();
    Bounce {
        is_final,
        recipient: failed,
        reason: reason.map(|line| clean_line(line, REASON_CHARACTERS)),
        about: about(message),
    }
}

/// `550` or `5.1.1` as a word of its own.
fn has_code(line: &str) -> bool {
    line.split(|char: char| !char.is_ascii_digit() && char != '.').any(|word| {
        let word = word.trim_matches('.');
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.starts_with('5')
            && ((word.len() == 3 && digits == 3) || (word.matches('.').count() == 2 && word.starts_with("5.")))
    })
}

fn about(message: &Message<'_>) -> Vec<String> {
    let mut about = Vec::new();
    for part in &message.parts {
        match &part.body {
            PartType::Message(inner) => about.extend(inner.message_id().map(str::to_owned)),
            PartType::Text(text) if is(part, "text", "rfc822-headers") => about.extend(id_in(text)),
            PartType::Text(text) => {
                let end = text.char_indices().nth(SEARCHED).map_or(text.len(), |(at, _)| at);
                about.extend(id_in(&text[..end]));
            }
            _ => {}
        }
    }
    about.extend(ids(message.in_reply_to()));
    about.extend(ids(message.references()));
    about
}

fn id_in(text: &str) -> Vec<String> {
    let lines = unfolded(text);
    let ids = lines.iter().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        if !key.trim().eq_ignore_ascii_case("message-id") {
            return None;
        }
        Some(value.trim().trim_matches(['<', '>']).to_owned())
    });
    ids.collect()
}

fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn is(part: &MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    part.content_type().is_some_and(|content| {
        content.ctype().eq_ignore_ascii_case(kind)
            && content.subtype().is_some_and(|found| found.eq_ignore_ascii_case(subtype))
    })
}
